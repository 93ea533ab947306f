"""Cleaning markup: nothing of the text is lost, and the structure stays readable."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kennis_ld.agenda.text import cleaned, joined, one_line

CASES = [
    ("<p>Eén.</p> <p>Twee.</p>", "Eén.\n\nTwee."),
    ("RAAK-MKB project: <i>Biostimulanten van bol</i>. De roep", "RAAK-MKB project: Biostimulanten van bol. De roep"),
    ('ambities: <ul style="x"> - Partners werken samen - Inwoners', "ambities:\n\n- Partners werken samen\n- Inwoners"),
    ("<ul><li>een</li><li>twee</li></ul>", "- een\n- twee"),
    ("onderdelen zijn: - Meer werk - Onderzoek doen", "onderdelen zijn:\n\n- Meer werk\n- Onderzoek doen"),
    ("plannen - soms op tijdelijke basis - voor", "plannen - soms op tijdelijke basis - voor"),
    ("kinderen <5 jaar en >3", "kinderen <5 jaar en >3"),
    ("tussen <naam> en <x", "tussen <naam> en <x"),
    ("A &amp; B &euro; 5", "A & B € 5"),
    ("dubbel &amp;amp; goed", "dubbel & goed"),
    ("<script>alert(1)</script>tekst", "<script>alert(1)</script>tekst"),
    ("regel<br/>volgende", "regel\nvolgende"),
    ("  veel   wit \t hier  ", "veel wit hier"),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "expected"), CASES, ids=[markup[:30] for markup, _ in CASES])
def test_markup_becomes_text_that_reads_well(markup: str, expected: str) -> None:
    """Paragraphs and lists stay paragraphs and lists; what only looks like markup is text."""
    assert expected == cleaned(markup)


MARKUP = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<ul>", "<li>", "</li>", "<br>", "&amp;", "&lt;", "&#39;", ": - ", " - ", "Woord", "klein"]
    )
    | st.sampled_from(["<i>", "</i>", "<naam>", "<", ">", "&", "&amp;lt;p&amp;gt;", "\n", "é", "<5", "<p", "x<y>z"]),
    max_size=20,
).map(" ".join)


@given(MARKUP | st.text(max_size=80))
def test_cleaning_twice_is_cleaning_once(markup: str) -> None:
    """Clean text is stable, so that an edition that is read again gives the same release."""
    once = cleaned(markup)
    assert once == cleaned(once)


@given(MARKUP)
def test_no_word_is_lost(markup: str) -> None:
    """Every word between tags is in the text, in the same order."""
    words = re.findall(r"Woord|klein|é|<naam>|x<y>z", markup)
    assert words == re.findall(r"Woord|klein|é|<naam>|x<y>z", cleaned(markup))


@pytest.mark.parametrize("tag", ['<ul style="none>', "<a href='x>", '<p class="a>', '<br title=">', '</i ">'])
def test_tag_with_a_quotation_mark_that_is_never_closed_swallows_no_words(tag: str) -> None:
    """To a browser all words up to the next quotation mark are part of such a tag; to us they are text."""
    assert ["drie", "ambities", "meten", "weten"] == re.findall(
        r"\w+", cleaned(f"drie ambities {tag} meten <i>weten</i>")
    )


def test_cell_broken_over_a_page_is_one_sentence_again() -> None:
    """In the middle of a sentence the parts are joined by a blank (1j, 3a); after a full stop by a paragraph (4/7)."""
    assert "kennis en ervaring" == joined("kennis en", "ervaring")
    assert "Samen met de andere partneruniversiteiten" == joined("Samen met de andere", "partneruniversiteiten")
    assert "region.\n\nVoortzetting LIC:" == joined("region.", "Voortzetting LIC:")
    assert "alleen" == joined("", "alleen") == joined("alleen", "")


def test_title_is_one_line() -> None:
    """A title has no line breaks, whatever the cell has."""
    assert "Twee regels" == one_line("<p>Twee</p>\n<p>regels</p>")
