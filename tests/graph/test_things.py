"""Terms as texts, and the lines that things make."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Literal, URIRef

from kennis_ld.graph import formats
from kennis_ld.graph.things import (
    ORG,
    Pair,
    Terms,
    Thing,
    link,
    plain,
    quads,
    statements_of,
    text,
    texts,
    things,
    together,
)
from kennis_ld.vocabulary import AgendaTerms

A, B = "<https://x.example/a>", "<https://x.example/a/b>"
GRAPH = "https://x.example/graph"
PAIRS: st.SearchStrategy[Pair] = st.tuples(
    st.sampled_from(["<p>", "<p/q>"]), st.sampled_from([A, B, '"a"', '"a"@nl', '"a"@nl-be', '"a b"', '"é"@nl', '"🌊"'])
)
SUBJECTS = st.sampled_from([A, B, "<é>"])
THINGS: st.SearchStrategy[list[Thing]] = st.lists(st.tuples(SUBJECTS, st.lists(PAIRS, max_size=6)))


@given(value=st.text(st.characters(codec="utf-8", exclude_characters="\ufffe\uffff"), max_size=20))
def test_a_text_is_written_as_the_engine_writes_it(value: str) -> None:
    """Whatever stands in a text, short ways included, it is written as pyoxigraph does, or refused for XML."""
    if re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", value):
        with pytest.raises(ValueError, match="XML cannot write"):
            text(value, "nl")
    else:
        assert formats.literal(value, language="nl") == text(value, "nl")
        assert formats.literal(value) == plain(value)


def test_a_term_that_is_not_there_is_an_error() -> None:
    """A slip of the finger is no new IRI."""
    assert "<http://www.w3.org/ns/org#member>" == ORG.member
    with pytest.raises(AttributeError):
        _ = ORG.membr
    with pytest.raises(AttributeError):
        _ = Terms(AgendaTerms("https://x.example/def#")).Projct


def test_an_iri_of_others_is_looked_at() -> None:
    """What comes from a document is refused where it is no IRI."""
    with pytest.raises(ValueError, match="Invalid"):
        link("https://x.example/a b")


def test_no_text_is_no_statement() -> None:
    """An empty text is left out."""
    assert [("<p>", '"a"@nl')] == list(texts("<p>", ["", "a"], "nl"))


def test_parts_of_a_thing_come_together() -> None:
    """What is said of one thing in several places is said of it."""
    triples = [
        (URIRef("https://x.example/a"), URIRef("https://x.example/p"), Literal("1")),
        (URIRef("https://x.example/b"), URIRef("https://x.example/p"), Literal("2")),
        (URIRef("https://x.example/a"), URIRef("https://x.example/p"), Literal("3", lang="nl")),
    ]
    found = things(triples)
    assert [A, "<https://x.example/b>"] == [subject for subject, _ in found]
    assert set(triples) == set(formats.triples(statements_of(found)))
    assert {A: [("<p>", A), ("<p>", B)]} == together([(A, [("<p>", A)]), (A, [("<p>", B)])])


@given(found=THINGS, always=THINGS, current=st.booleans(), graph=st.sampled_from([None, GRAPH]))
def test_lines_are_sorted(found: list[Thing], always: list[Thing], current: bool, graph: str | None) -> None:
    """Lines come out as all of them sorted, each once, those of a subject together, the default graph apart as well."""
    lines = [*quads(found, always, current=current, graph=graph)]
    default = {
        *formats.written_lines(statements_of(always)),
        *(formats.written_lines(statements_of(found)) if current else ()),
    }
    named = {f"{line[:-1]}<{graph}> ." for line in formats.written_lines(statements_of(found)) if graph}
    for at, expected in enumerate((default, default | named)):
        assert sorted(expected, key=str.encode) == "".join(each[at] for each in lines).splitlines()
    subjects = [both.partition(" ")[0] for _, both in lines if both]
    assert len(set(subjects)) == len(subjects)
