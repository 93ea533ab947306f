"""Texts on a page: whatever stands in the data is text, in its own language, and leads nowhere that it may not."""

from __future__ import annotations

import pytest
from flask import Flask

from kennis_ld.graph.description import Term
from kennis_ld.web.written import Written, blocks
from tests.web.city import BASE


@pytest.fixture
def written(shared_app: Flask) -> Written:
    """What writes names for a Dutch page."""
    return Written(shared_app.extensions["kennis_ld"], "nl")


def test_name_is_text(written: Written) -> None:
    """Signs of HTML are shown as they are, also in what gives a language."""
    assert "<bdi>&lt;b&gt;A &amp; B&lt;/b&gt;</bdi>" == written.text(Term("<b>A & B</b>"))
    assert '<bdi lang="&#34;&gt;">x</bdi>' == written.text(Term("x", language='">'))


def test_name_in_another_language_says_so(written: Written) -> None:
    """Of a name in the language of the page nothing has to be said; a very long word may break."""
    assert "<bdi>Water</bdi>" == written.text(Term("Water", language="nl"))
    assert '<bdi lang="de">Wasser</bdi>' == written.text(Term("Wasser", language="de"))
    assert f'<bdi class="long">{"x" * 28}</bdi>' == written.text(Term("x" * 28))


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        (f"{BASE}/id/organisatie/museum", '<a href="/doc/organisatie/museum"><bdi>N</bdi></a>'),
        ("https://x.example/?a=1&b", '<a href="https://x.example/?a=1&amp;b" rel="external nofollow"><bdi>N</bdi></a>'),
        ("javascript:alert(1)", '<bdi>N</bdi> <code class="iri"><bdi>javascript:alert(1)</bdi></code>'),
    ],
)
def test_link_leads_where_it_may(written: Written, iri: str, expected: str) -> None:
    """A thing of ours by its path, another by its address; what is no web address is no link."""
    assert expected == written.link(iri, Term("N"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een regel.", [(False, ["Een regel."])]),
        ("Een.\n\nTwee.", [(False, ["Een."]), (False, ["Twee."])]),
        ("Doel:\n- a\n- b\nKlaar.", [(False, ["Doel:"]), (True, ["a", "b"]), (False, ["Klaar."])]),
        ("- a", [(True, ["a"])]),
        ("-5 graden", [(False, ["-5 graden"])]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_prose(text: str, expected: list[tuple[bool, list[str]]]) -> None:
    """Lines are paragraphs, lines with a bullet are lists, and no word is lost."""
    assert expected == [(block.is_list, list(block.lines)) for block in blocks(text)]
