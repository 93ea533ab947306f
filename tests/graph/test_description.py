"""What is said about a resource, read from N-Triples: names, links and participations."""

from __future__ import annotations

from kennis_ld.graph.description import Description, Term, statements
from kennis_ld.graph.reader import Reader

TERMS = "https://voorbeeld.example/def#"
ORG = "http://www.w3.org/ns/org#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
TEXT = f"""\
<urn:ul> <{SKOS}prefLabel> "Universiteit"@nl .
<urn:ul> <{SKOS}prefLabel> "University"@en .
<urn:sloot> <https://schema.org/identifier> "10a" .
<urn:deelname> <{ORG}member> <urn:ul> .
<urn:deelname> <{ORG}organization> <urn:sloot> .
<urn:deelname> <{ORG}role> <urn:trekker> .
<urn:trekker> <{SKOS}notation> "T" .
<urn:deelname> <{TERMS}sourceText> "UL" .
"""


def described() -> Description:
    """The description that the text gives."""
    return Description(statements(TEXT.encode()), terms=TERMS)


def test_a_literal_keeps_its_language() -> None:
    """An IRI is a link, a literal has its language, and the one in the language that is asked for names the thing."""
    assert ["urn:ul"] == described().links("urn:deelname", "org:member")
    assert Term("University", language="en") == described().label("urn:ul", language="en")
    assert Term("Universiteit", language="nl") == described().label("urn:ul", language="fr")


def test_a_participation_is_found_from_both_sides() -> None:
    """A project and an organisation tell of the same participation, in the role that is asked for and in no other."""
    (found,) = described().participations("urn:sloot", "T")
    assert [found] == described().participations("urn:ul", "T")
    assert ("urn:ul", "urn:sloot", [Term("UL")]) == (found.organisation, found.project, list(found.words))
    assert [] == described().participations("urn:ul", "P")


def test_a_term_has_the_name_that_the_reader_was_given() -> None:
    """A reader names a property by the words of whoever reads, and a participation by its two sides."""
    reader = Reader("urn:ul", described(), language="nl", term=lambda iri, short: f"[{short}]")
    assert Term("[org:member]", language="nl") == reader.name(f"{ORG}member")
    plain = Reader("urn:ul", described(), language="nl", term=lambda iri, short: None)
    assert "Universiteit – urn:sloot" == plain.name("urn:deelname").value
