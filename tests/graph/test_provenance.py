"""Where an edition comes from: agenda, document, reading and software."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, SDO, XSD

from kennis_ld.graph.provenance import EditionFacts, agenda_triples, document_iri, edition_triples
from kennis_ld.graph.statements import Triple
from kennis_ld.iri import Iris
from kennis_ld.model.catalogue import AgendaFacts
from kennis_ld.vocabulary import AgendaTerms

BASE = "https://data.zandwijk.example"
IRIS = Iris(BASE)
KS = AgendaTerms(IRIS.terms)
AGENDA, EDITION = URIRef(f"{BASE}/id/agenda/zandwijk"), URIRef(f"{BASE}/id/editie/2030")
DOCUMENT, ACTIVITY = URIRef(f"{BASE}/id/document/2030"), URIRef(f"{BASE}/id/activiteit/2030")
SOFTWARE = URIRef(f"{BASE}/id/software/kennis-ld")
FACTS = EditionFacts(
    "2030", {"nl": "Agenda 2030", "en": "Agenda of 2030"}, "2030/2031", "2030-01-02", "2026", [("a.txt", "0" * 64)]
)


def both(subject: URIRef, prop: URIRef, nl: str, en: str) -> set[Triple]:
    return {(subject, prop, Literal(nl, lang="nl")), (subject, prop, Literal(en, lang="en"))}


def test_an_edition_and_how_it_was_read() -> None:
    """An edition leads to its agenda, to the one before it, to its document and to the reading of that."""
    expected: set[Triple] = {
        (EDITION, RDF.type, KS.AgendaEdition),
        (EDITION, RDF.type, SDO.CreativeWork),
        (EDITION, RDF.type, PROV.Entity),
        (EDITION, RDF.type, PROV.Plan),
        *both(EDITION, DCTERMS.title, "Agenda 2030", "Agenda of 2030"),
        *both(EDITION, SDO.name, "Agenda 2030", "Agenda of 2030"),
        *both(EDITION, RDFS.label, "Agenda 2030", "Agenda of 2030"),
        (EDITION, DCTERMS.isVersionOf, AGENDA),
        (EDITION, SDO.temporalCoverage, Literal("2030/2031")),
        (EDITION, DCTERMS.issued, Literal("2030-01-02", datatype=XSD.date)),
        (EDITION, PROV.wasRevisionOf, URIRef(f"{BASE}/id/editie/2026")),
        (EDITION, DCTERMS.source, DOCUMENT),
        (EDITION, PROV.wasGeneratedBy, ACTIVITY),
        (DOCUMENT, RDF.type, PROV.Entity),
        (DOCUMENT, RDF.type, SDO.DigitalDocument),
        (DOCUMENT, RDFS.label, Literal("a.txt")),
        (DOCUMENT, SDO.sha256, Literal("0" * 64)),
        (ACTIVITY, RDF.type, PROV.Activity),
        *both(ACTIVITY, RDFS.label, "Inlezen van a.txt", "Reading of a.txt"),
        (ACTIVITY, PROV.used, DOCUMENT),
        (ACTIVITY, PROV.wasAssociatedWith, SOFTWARE),
        (SOFTWARE, RDF.type, PROV.SoftwareAgent),
        (SOFTWARE, RDF.type, SDO.SoftwareApplication),
        (SOFTWARE, RDFS.label, Literal("kennis-ld")),
        (SOFTWARE, SDO.softwareVersion, Literal("1.2")),
    }
    assert expected == set(edition_triples("zandwijk", FACTS, version="1.2", iris=IRIS))
    assert str(DOCUMENT) == document_iri("2030", IRIS)


@pytest.mark.parametrize(
    ("field", "prop"),
    [
        ("period", SDO.temporalCoverage),
        ("issued", DCTERMS.issued),
        ("before", PROV.wasRevisionOf),
    ],
)
def test_what_is_not_told_is_not_said(field: str, prop: URIRef) -> None:
    """A first edition revises nothing; an edition without period or date says nothing of them."""
    whole = set(edition_triples("zandwijk", FACTS, version="1.2", iris=IRIS))
    found = set(edition_triples("zandwijk", replace(FACTS, **{field: ""}), version="1.2", iris=IRIS))
    assert {triple for triple in whole if triple[1] == prop} == whole - found
    assert found < whole


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_title_has_the_languages_that_it_is_told_in(language: str) -> None:
    """An edition with a title in one language has none in another."""
    whole = set(edition_triples("zandwijk", FACTS, version="1.2", iris=IRIS))
    title = {language: FACTS.title[language]}
    found = set(edition_triples("zandwijk", replace(FACTS, title=title), version="1.2", iris=IRIS))
    other = next(text for each, text in FACTS.title.items() if each != language)
    assert {triple for triple in whole if str(triple[2]) == other} == whole - found
    assert found < whole


@pytest.mark.parametrize(
    ("issued", "kind"), [("2030", XSD.gYear), ("2030-01", XSD.gYearMonth), ("2030-01-02", XSD.date)]
)
def test_date_of_issue_is_as_exact_as_it_is_told(issued: str, kind: URIRef) -> None:
    """A year is a year and a month a month."""
    found = edition_triples("zandwijk", replace(FACTS, issued=issued), version="1.2", iris=IRIS)
    assert [Literal(issued, datatype=kind)] == [value for _, prop, value in found if prop == DCTERMS.issued]


def test_an_agenda() -> None:
    """The agenda, whatever the edition, leads to all its editions and to who publishes it."""
    facts = AgendaFacts(
        "zandwijk", {"nl": "Kennisagenda", "en": "Knowledge agenda"}, {"nl": "Van de stad.", "en": "Of the city."}, "gz"
    )
    expected: set[Triple] = {
        (AGENDA, RDF.type, KS.Agenda),
        (AGENDA, RDF.type, SDO.CreativeWork),
        (AGENDA, RDF.type, PROV.Entity),
        *both(AGENDA, DCTERMS.title, "Kennisagenda", "Knowledge agenda"),
        *both(AGENDA, SDO.name, "Kennisagenda", "Knowledge agenda"),
        *both(AGENDA, RDFS.label, "Kennisagenda", "Knowledge agenda"),
        *both(AGENDA, DCTERMS.description, "Van de stad.", "Of the city."),
        (AGENDA, DCTERMS.publisher, URIRef(f"{BASE}/id/organisatie/gz")),
        (AGENDA, DCTERMS.hasVersion, URIRef(f"{BASE}/id/editie/2026")),
        (AGENDA, DCTERMS.hasVersion, EDITION),
    }
    assert expected == set(agenda_triples(facts, ["2026", "2030"], IRIS))


def test_a_second_document() -> None:
    """An edition whose participations stand in a document of their own was read from both."""
    second = URIRef(f"{BASE}/id/document/2030--deelnames")
    facts = replace(FACTS, documents=[*FACTS.documents, ("wie.csv", "1" * 64)])
    more = set(edition_triples("zandwijk", facts, version="1.2", iris=IRIS)) - set(
        edition_triples("zandwijk", FACTS, version="1.2", iris=IRIS)
    )
    assert {
        (EDITION, DCTERMS.source, second),
        (second, RDF.type, PROV.Entity),
        (second, RDF.type, SDO.DigitalDocument),
        (second, RDFS.label, Literal("wie.csv")),
        (second, SDO.sha256, Literal("1" * 64)),
        (ACTIVITY, PROV.used, second),
    } == more
