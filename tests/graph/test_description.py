"""What is said about a resource, read from N-Triples: names, links and participations."""

from __future__ import annotations

import pytest

from kennis_ld.graph.description import Description, Participation, Term, document, membership, statements

TERMS = "https://voorbeeld.example/def#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
ORG = "http://www.w3.org/ns/org#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
TEXT = f"""\
<urn:ul> <{SKOS}prefLabel> "Universiteit"@nl .
<urn:ul> <{SKOS}prefLabel> "University"@en .
<urn:sloot> <{SCHEMA}identifier> "10a" .
<urn:deelname> <{ORG}member> <urn:ul> .
<urn:deelname> <{ORG}organization> <urn:sloot> .
<urn:deelname> <{ORG}role> <urn:trekker> .
<urn:trekker> <{SKOS}notation> "T" .
<urn:deelname> <{TERMS}sourceText> "UL" .
<urn:deelname> <{TERMS}doubt> "?"@nl .
<urn:deelname> <{TERMS}certainty> <urn:onzeker> .
<urn:deelname> <{TERMS}resolution> <urn:herleid> .
<urn:deelname> <{SCHEMA}startDate> "2023-01-01"^^<{XSD}date> .
<urn:deelname> <{SCHEMA}endDate> "2024-01-01"^^<{XSD}date> .
"""


def described(text: str = TEXT) -> Description:
    """The description that the text gives."""
    return Description(statements(text.encode()), terms=TERMS)


def test_a_literal_keeps_its_language_and_datatype() -> None:
    """An IRI is a link; a literal has its language or its datatype."""
    assert ["urn:ul"] == described().links("urn:deelname", "org:member")
    assert [Term("2023-01-01", datatype=f"{XSD}date")] == described().objects("urn:deelname", "schema:startDate")
    assert [Term("University", language="en"), Term("Universiteit", language="nl")] == sorted(
        described().objects("urn:ul", "skos:prefLabel"), key=lambda term: term.language
    )
    assert [] == described().links("urn:ul", "skos:prefLabel") == described().objects("urn:ul", "org:member")


@pytest.mark.parametrize(
    ("there", "language", "expected"),
    [
        ('"a"@nl "b"@en "c"', "en", "b"),
        ('"a"@nl "b"@en "c"', "fr", "a"),
        ('"a"@NL-be "b"@en', "nl", "a"),
        ('"b"@en "c"', "fr", "c"),
        ('"a"@en "d"@de', "fr", "d"),
        ('"d"@de', "fr", "d"),
    ],
)
def test_a_text_in_the_language_or_the_next_best(there: str, language: str, expected: str) -> None:
    """The language that is asked for, else Dutch, else no language, else the city's own, else English."""
    text = "".join(f"<urn:a> <{SKOS}note> {literal} .\n" for literal in there.split())
    found = described(text).text("urn:a", "skos:note", language=language)
    assert expected == (found and found.value)


def test_a_text_is_no_link() -> None:
    """A link is no text, and where there is no text there is none."""
    assert described(f"<urn:a> <{SKOS}note> <urn:b> .").text("urn:a", "skos:note", language="nl") is None


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        ("https://elders.example/a/Naam", "Naam"),
        ("https://elders.example/a#Naam", "Naam"),
        ("https://elders.example/a/Naam/", "Naam"),
        ("https://elders.example/a#", "a"),
        ("#/", "#/"),
        (f"{TERMS}lead", "ks:lead"),
        (f"{SCHEMA}name", "schema:name"),
        (f"{SCHEMA}a/b", "b"),
    ],
)
def test_what_has_no_name_is_called_by_its_iri(iri: str, expected: str) -> None:
    """By its short form where its namespace is known, else by the last part."""
    assert Term(expected) == described().label(iri, language="nl")


def test_a_thing_has_the_name_in_the_language() -> None:
    """The properties that name a thing are tried in their order."""
    assert Term("University", language="en") == described().label("urn:ul", language="en")
    both = f'{TEXT}<urn:ul> <http://www.w3.org/2000/01/rdf-schema#label> "UL"@nl .\n'
    assert Term("UL", language="nl") == described(both).label("urn:ul", language="nl")


def test_short_and_whole_names() -> None:
    """A name as `prefix:name` and its IRI are the same; what the namespaces do not hold stays an IRI."""
    for short, iri in (("ks:lead", f"{TERMS}lead"), ("org:role", f"{ORG}role")):
        assert (iri, short) == (described().iri(short), described().short(iri))
    assert f"{ORG}a/b" == described().short(f"{ORG}a/b")
    assert f"{ORG}" == described().short(ORG)


def test_a_participation_is_found_from_both_sides() -> None:
    """A project and an organisation tell of the same participation, in the role that is asked for and in no other."""
    expected = Participation(
        "urn:deelname",
        organisation="urn:ul",
        project="urn:sloot",
        role="T",
        certainty="urn:onzeker",
        resolution="urn:herleid",
        words=[Term("UL")],
        doubts=[Term("?", language="nl")],
        period=("2023-01-01", "2024-01-01"),
        narrower="",
    )
    assert [expected] == described().participations("urn:sloot", "T") == described().participations("urn:ul", "T")
    assert [] == described().participations("urn:ul", "P") == described().participations("urn:trekker", "T")


def test_what_a_participation_does_not_say_is_empty() -> None:
    """Certainty, dates and words may be missing."""
    bare = "\n".join(TEXT.splitlines()[:7])
    (found,) = described(bare).participations("urn:sloot", "T")
    assert ("", "", [], [], ("", "")) == (
        found.certainty, found.resolution, list(found.words), list(found.doubts), found.period,
    )  # fmt: skip


def test_what_is_said_and_what_refers() -> None:
    """Asking about what is not there adds nothing."""
    found = described()
    assert (
        [] == found.properties("urn:niets") == found.objects("urn:niets", "ks:lead") == found.subjects("ks:x", "urn:ul")
    )
    assert (True, False) == (found.describes("urn:ul"), found.describes("urn:niets"))
    assert ["urn:deelname"] == found.subjects("org:member", "urn:ul")
    assert [("urn:deelname", f"{ORG}member")] == found.referring("urn:ul")
    assert [(f"{SKOS}notation", [Term("T")])] == found.properties("urn:trekker")
    assert (True, False) == (bool(found), bool(described("")))


def test_a_document_starts_with_what_it_is_about() -> None:
    """Its type first, then its other statements; other things follow in the order of their IRIs, each line once."""
    lines = [
        "<urn:b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:Z> .",
        "<urn:b> <urn:a> <urn:x> .",
        "<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:A> .",
        *(f"<urn:a> <http://a> <urn:x{at}> ." for at in range(9)),
        "<urn:c> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:A> .",
        "<urn:c> <urn:p> <urn:b> .",
    ]
    shuffled = "\n".join([*reversed(lines), "", lines[0]]).encode()
    assert lines == document(shuffled, "nt", terms=TERMS, about="urn:b").decode().splitlines()


@pytest.mark.parametrize(
    ("prefix", "namespace"),
    [
        ("ks", TERMS),
        ("org", ORG),
        ("as", "https://www.w3.org/ns/activitystreams#"),
        ("ldes", "https://w3id.org/ldes#"),
        ("sd", "http://www.w3.org/ns/sparql-service-description#"),
        ("tree", "https://w3id.org/tree#"),
    ],
)
def test_a_document_declares_the_prefixes_that_it_uses(prefix: str, namespace: str) -> None:
    """And no others but rdf:, which the types need."""
    text = f"<urn:a> <{namespace}name> <urn:b> .\n".encode()
    lines = document(text, "ttl", terms=TERMS, about="urn:a").decode().splitlines()
    assert {f"@prefix {prefix}: <{namespace}> .", f"@prefix rdf: <{RDF}> ."} == set(lines[:2])
    assert [f"<urn:a> {prefix}:name <urn:b> ."] == lines[2:]


def test_a_document_says_what_it_is_about_and_part_of() -> None:
    """A statement a line; without a dataset and its licence it only says what it is about."""
    about = "<urn:d> <http://xmlns.com/foaf/0.1/primaryTopic> <urn:a> ."
    assert f"{about}\n" == membership("urn:d", "urn:a", None).decode()
    assert [
        about,
        "<urn:d> <http://rdfs.org/ns/void#inDataset> <urn:set> .",
        "<urn:d> <http://purl.org/dc/terms/license> <urn:licence> .",
    ] == membership("urn:d", "urn:a", ("urn:set", "urn:licence")).decode().splitlines()
