"""From the register to statements: names, wholes, identities with their evidence, and what is provisional."""

from __future__ import annotations

from hashlib import sha256

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import FOAF, ORG, OWL, RDF, RDFS, SDO, SKOS, XSD

from kennis_ld.graph.organisations import organisation_triples
from kennis_ld.graph.statements import Triple
from kennis_ld.iri import Iris
from kennis_ld.model import Identifier, Organisation
from kennis_ld.vocabulary import SCHEMA_CLASSES, AgendaTerms

BASE = "https://data.zandwijk.example"
IRIS = Iris(BASE)
KS = AgendaTerms(IRIS.terms)
LAB = URIRef(f"{BASE}/id/organisatie/lab")


def said(organisation: Organisation) -> set[Triple]:
    found = list(organisation_triples(organisation, IRIS, "nl"))
    assert len(found) == len(set(found))
    return set(found)


def nl(text: str) -> Literal:
    return Literal(text, lang="nl")


def en(text: str) -> Literal:
    return Literal(text, lang="en")


def test_an_organisation_that_tells_all() -> None:
    """Every filled column of the register is said, in the words of schema.org, ORG and SKOS and in our own."""
    organisation = Organisation(
        key="lab",
        name="Stadslab",
        name_en="City Lab",
        kind="ResearchOrganization",
        parents=("zu", "gz"),
        abbreviations=("SL", "Stadslab"),
        spellings=("Stads-lab", "SL"),
        doubtful_spellings=("Stadslap",),
        identifiers=(
            Identifier("ror", "0093src13", "https://ror.org/0093src13"),
            Identifier("wikidata", "Q1", "http://www.wikidata.org/entity/Q1"),
            Identifier("tooi", "gm0001", "https://identifier.overheid.nl/tooi/id/gemeente/gm0001"),
        ),
        homepage="https://lab.example/",
        evidence="op de eigen site",
        evidence_en="own site",
        project="sloten",
        note="Een noot.",
        note_en="A note.",
    )
    ror, wikidata, tooi = (URIRef(f"{BASE}/id/identificatie/lab--{name}") for name in ("ror", "wikidata", "tooi"))
    expected: set[Triple] = {
        (LAB, RDF.type, SDO.Organization),
        (LAB, RDF.type, SDO.ResearchOrganization),
        (LAB, RDF.type, ORG.OrganizationalUnit),
        (LAB, SDO.name, nl("Stadslab")),
        (LAB, SDO.name, en("City Lab")),
        (LAB, RDFS.label, nl("Stadslab")),
        (LAB, SKOS.prefLabel, nl("Stadslab")),
        (LAB, SKOS.prefLabel, en("City Lab")),
        (LAB, SKOS.altLabel, nl("SL")),
        (LAB, SKOS.altLabel, nl("Stads-lab")),
        (LAB, ORG.unitOf, URIRef(f"{BASE}/id/organisatie/zu")),
        (LAB, ORG.unitOf, URIRef(f"{BASE}/id/organisatie/gz")),
        (LAB, SDO.parentOrganization, URIRef(f"{BASE}/id/organisatie/zu")),
        (LAB, SDO.parentOrganization, URIRef(f"{BASE}/id/organisatie/gz")),
        (LAB, OWL.sameAs, URIRef("https://ror.org/0093src13")),
        (LAB, OWL.sameAs, URIRef("http://www.wikidata.org/entity/Q1")),
        (LAB, OWL.sameAs, URIRef("https://identifier.overheid.nl/tooi/id/gemeente/gm0001")),
        (LAB, SDO.identifier, ror),
        (LAB, SDO.identifier, wikidata),
        (LAB, SDO.identifier, tooi),
        (LAB, FOAF.homepage, URIRef("https://lab.example/")),
        (LAB, SDO.url, URIRef("https://lab.example/")),
        (LAB, RDFS.seeAlso, URIRef(f"{BASE}/id/project/sloten")),
        (LAB, SKOS.note, nl("Een noot.")),
        (LAB, SKOS.note, en("A note.")),
        *((each, KS.evidence, nl("op de eigen site")) for each in (LAB, ror, wikidata, tooi)),
        *((each, KS.evidence, en("own site")) for each in (LAB, ror, wikidata, tooi)),
        (ror, RDF.type, SDO.PropertyValue),
        (ror, RDFS.label, nl("ROR: Stadslab")),
        (ror, SDO.propertyID, Literal("ROR")),
        (ror, SDO.value, Literal("0093src13")),
        (ror, SDO.url, URIRef("https://ror.org/0093src13")),
        (wikidata, RDF.type, SDO.PropertyValue),
        (wikidata, RDFS.label, nl("Wikidata: Stadslab")),
        (wikidata, SDO.propertyID, Literal("Wikidata")),
        (wikidata, SDO.value, Literal("Q1")),
        (wikidata, SDO.url, URIRef("http://www.wikidata.org/entity/Q1")),
        (tooi, RDF.type, SDO.PropertyValue),
        (tooi, RDFS.label, nl("TOOI: Stadslab")),
        (tooi, SDO.propertyID, Literal("TOOI")),
        (tooi, SDO.value, Literal("gm0001")),
        (tooi, SDO.url, URIRef("https://identifier.overheid.nl/tooi/id/gemeente/gm0001")),
    }
    assert expected == said(organisation)


def test_an_organisation_that_tells_little() -> None:
    """What is not filled in is not said: no empty text, no class beside schema:Organization, no whole."""
    assert {
        (LAB, RDF.type, SDO.Organization),
        (LAB, RDF.type, ORG.Organization),
        (LAB, SDO.name, nl("Lab")),
        (LAB, RDFS.label, nl("Lab")),
        (LAB, SKOS.prefLabel, nl("Lab")),
    } == said(Organisation("lab", "Lab"))


def test_a_provisional_organisation_says_so() -> None:
    """An organisation that only a document names says that it is provisional; one of the register says nothing."""
    found = said(Organisation("lab", "Lab", provisional=True)) - said(Organisation("lab", "Lab"))
    assert {(LAB, KS.provisional, Literal("true", datatype=XSD.boolean))} == found


@pytest.mark.parametrize("kind", sorted(SCHEMA_CLASSES - {"Organization", "Project"}))
def test_every_kind_is_a_class_of_schema_org(kind: str) -> None:
    """The kinds that a register may give exist, and each is stated beside schema:Organization."""
    found = {value for _, prop, value in said(Organisation("lab", "Lab", kind=kind)) if prop == RDF.type}
    assert {SDO.Organization, ORG.Organization, URIRef(f"https://schema.org/{kind}")} == found


def test_only_the_projects_of_the_agenda_are_projects() -> None:
    """Who counts schema:Project counts the agenda, also where the register calls an organisation a project."""
    assert said(Organisation("lab", "Lab")) == said(Organisation("lab", "Lab", kind="Project"))


def test_identifiers_of_other_registers() -> None:
    """Each has a record of its own, by a digest of its address, is named after its host, and is no `owl:sameAs`."""
    addresses = ("https://www.kvk.example/1", "https://www.kvk.example/2")
    found = said(Organisation("lab", "Stadslab", identifiers=tuple(Identifier("same_as", "1", a) for a in addresses)))
    records = {value for _, prop, value in found if prop == SDO.identifier}
    digests = {sha256(address.encode()).hexdigest()[:16] for address in addresses}
    assert {URIRef(f"{BASE}/id/identificatie/lab--adres-{digest}") for digest in digests} == records
    assert {URIRef(address) for address in addresses} == {value for _, prop, value in found if prop == SDO.sameAs}
    assert not {value for _, prop, value in found if prop == OWL.sameAs}
    assert {"www.kvk.example"} == {str(value) for _, prop, value in found if prop == SDO.propertyID}
    assert {nl("www.kvk.example: Stadslab")} == {v for s, prop, v in found if s in records and prop == RDFS.label}
