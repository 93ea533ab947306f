"""JSON-LD as other software wants it: types as @type, short names, the context inside."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from kennis_ld import jsonld

A = "<https://x.example/a>"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {"schema": "https://schema.org/", "xsd": XSD, "ks": "https://x.example/def#"}


def triples(document: bytes) -> set[str]:
    """What pyoxigraph reads in a document."""
    return {str(quad.triple) for quad in ox.parse(document, ox.RdfFormat.JSON_LD)}


def test_a_thing_is_what_it_is_by_type() -> None:
    """Types are @type, names have a prefix, and only prefixes that are used stand in the context."""
    lines = [
        f"{A} {TYPE} <https://schema.org/Project> .",
        f"{A} {TYPE} <https://x.example/def#Project> .",
        f'{A} <https://schema.org/name> "Een \\"kop\\"\\n"@nl .',
        f'{A} <https://schema.org/position> "12"^^<{XSD}integer> .',
        f'{A} <https://schema.org/startDate> "2023-01-01"^^<{XSD}date> .',
        f"{A} <https://schema.org/about> <https://x.example/b> .",
        f'{A} <https://schema.org/isPartOf> "true"^^<{XSD}boolean> .',
    ]
    expected = {
        "@context": PREFIXES,
        "@graph": [
            {
                "@id": "https://x.example/a",
                "@type": ["schema:Project", "ks:Project"],
                "schema:name": {"@language": "nl", "@value": 'Een "kop"\n'},
                "schema:position": 12,
                "schema:startDate": {"@type": "xsd:date", "@value": "2023-01-01"},
                "schema:about": {"@id": "https://x.example/b"},
                "schema:isPartOf": True,
            }
        ],
    }
    more = {**PREFIXES, "dct": "http://purl.org/dc/terms/"}
    assert expected == json.loads(jsonld.small_document(lines, more))


def test_numbers_and_truths_that_json_would_change_stay_texts() -> None:
    """'01', '+1', a very long number and '1' for true come back as they were written."""
    values = [("01", "integer"), ("+1", "integer"), ("1" * 20, "integer"), ("-0", "integer"), ("1", "boolean")]
    lines = [f'{A} <https://schema.org/p> "{text}"^^<{XSD}{kind}> .' for text, kind in values]
    assert {line.removesuffix(" .") for line in lines} == triples(jsonld.small_document(lines, PREFIXES))


def test_an_iri_that_looks_like_a_short_name_is_not_one() -> None:
    """<schema:x> stays what it is: its prefix is left out of the context."""
    lines = [f"{A} <https://schema.org/p> <schema:x> ."]
    assert {lines[0].removesuffix(" .")} == triples(jsonld.small_document(lines, PREFIXES))


def test_a_type_may_be_anything() -> None:
    """A type that is a text, which RDF allows, is not lost; nor is the type of a blank node."""
    lines = [f'{A} {TYPE} "Ding" .', f"_:b1 {TYPE} <https://schema.org/Thing> ."]
    document = jsonld.small_document(lines, PREFIXES)
    assert f'{A} {TYPE} "Ding"' in triples(document)
    assert 2 == len(triples(document))


def test_only_the_default_graph() -> None:
    """Of N-Quads, what stands in a named graph is left out."""
    lines = [f'{A} <https://schema.org/name> "a" .\n', f'{A} <https://schema.org/name> "b" <https://x.example/g> .\n']
    text = "".join(jsonld.document(lines, PREFIXES))
    assert [{"@id": "https://x.example/a", "schema:name": "a"}] == json.loads(text)["@graph"]


_IRIS = st.builds("https://x.example/{}".format, st.from_regex(r"[a-z/?]{0,6}", fullmatch=True))
_NODES = st.one_of(_IRIS, st.sampled_from(["https://schema.org/Thing", "https://schema.org//x", "schema:a", "xsd:b"]))
_TEXTS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=12)
_LITERALS = st.one_of(
    st.builds(ox.Literal, _TEXTS),
    st.builds(lambda text: ox.Literal(text, language="nl"), _TEXTS),
    st.builds(lambda text: ox.Literal(text, datatype=ox.NamedNode(f"{XSD}date")), _TEXTS),
    st.builds(lambda value: ox.Literal(str(value), datatype=ox.NamedNode(f"{XSD}integer")), st.integers()),
)


@given(st.lists(st.tuples(_NODES, _NODES, st.one_of(_NODES, _LITERALS)), max_size=8))
def test_there_and_back(found: Iterable[tuple[str, str, str | ox.Literal]]) -> None:
    """What is written is what is read, whatever the IRIs and texts."""
    said = [
        ox.Triple(ox.NamedNode(s), ox.NamedNode(p), o if isinstance(o, ox.Literal) else ox.NamedNode(o))
        for s, p, o in found
    ]
    lines = (ox.serialize(said, format=ox.RdfFormat.N_TRIPLES) or b"").decode().split("\n")
    assert {str(triple) for triple in said} == triples(jsonld.small_document(lines, PREFIXES))
