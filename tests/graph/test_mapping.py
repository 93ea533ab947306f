"""From an entry to statements: each property of each kind of thing, and no property without a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, RDF, RDFS, SDO, XSD

from kennis_ld.graph.formats import triples
from kennis_ld.graph.mapping import Mapping
from kennis_ld.graph.statements import Triple
from kennis_ld.graph.things import statements_of
from kennis_ld.iri import Iris
from kennis_ld.model import Certainty, Entry, Participation, Place, ProjectEntry, Role, Way
from kennis_ld.vocabulary import AgendaTerms

BASE = "https://data.zandwijk.example"
IRIS = Iris(BASE)
KS = AgendaTerms(IRIS.terms)
MAPPING = Mapping(IRIS, "nl")
EDITION, DOCUMENT = URIRef(f"{BASE}/id/editie/2030"), URIRef(f"{BASE}/id/document/2030")
PROJECT, ENTRY = URIRef(f"{BASE}/id/project/sloten"), URIRef(f"{BASE}/id/agendapunt/2030--sloten")
LEAD, PARTNER = (URIRef(f"{BASE}/id/deelname/sloten--{key}") for key in ("zu--trekker", "gz--partner"))
ZU, GZ = (URIRef(f"{BASE}/id/organisatie/{key}") for key in ("zu", "gz"))
ITEM = ProjectEntry(
    project="sloten",
    entry=Entry(
        "1a",
        "Sloten",
        "Het water.",
        ((Role.LEAD, "ZU"), (Role.PARTNER, "GZ?")),
        ("1. Water", "Peil"),
        Place("a.pdf", 3, 5, 1, 2),
        headings=("Trekkers", "Partners"),
    ),
    themes=("water", "peil"),
    participations=(
        Participation("sloten", "zu", Role.LEAD, Certainty.STATED, Way.ABBREVIATION, ("ZU", "Univ.")),
        Participation("sloten", "gz", Role.PARTNER, Certainty.DOUBTFUL, Way.NAME, ("GZ?",), doubt="?"),
    ),
    groups=("inwoners", "scholen"),
    open_list=("e.a.",),
    remarks=("een bureau",),
)


def nl(text: str) -> Literal:
    return Literal(text, lang="nl")


def entry(item: ProjectEntry) -> set[Triple]:
    found = list(triples(statements_of(MAPPING.entry(item, edition="2030", document=str(DOCUMENT)))))
    assert len(found) == len(set(found))
    return set(found)


def about(triples: Iterable[Triple], subject: URIRef) -> set[tuple[URIRef, URIRef | Literal]]:
    return {(prop, value) for found, prop, value in triples if found == subject}


OF_ENTRY: set[tuple[URIRef, URIRef | Literal]] = {
    (RDF.type, KS.Entry),
    (RDF.type, PROV.Entity),
    (RDFS.label, nl("1a Sloten")),
    (SDO.name, nl("Sloten")),
    (KS.number, Literal("1a")),
    (KS.project, PROJECT),
    (DCTERMS.isPartOf, EDITION),
    (SDO.about, URIRef(f"{BASE}/id/thema/peil")),
    (KS.partiesText, nl("Trekkers: ZU | Partners: GZ?")),
    (KS.remark, nl("een bureau")),
    (KS.firstLine, Literal("3", datatype=XSD.integer)),
    (KS.lastLine, Literal("5", datatype=XSD.integer)),
    (KS.firstPage, Literal("1", datatype=XSD.integer)),
    (KS.lastPage, Literal("2", datatype=XSD.integer)),
    (PROV.wasDerivedFrom, DOCUMENT),
}
DESCRIBED: set[tuple[URIRef, URIRef | Literal]] = {
    (RDF.type, KS.Project),
    (RDF.type, SDO.Project),
    (RDF.type, ORG.OrganizationalCollaboration),
    (SDO.name, nl("Sloten")),
    (RDFS.label, nl("Sloten")),
    (SDO.description, nl("Het water.")),
    (SDO.about, URIRef(f"{BASE}/id/thema/peil")),
    (DCTERMS.subject, URIRef(f"{BASE}/id/thema/peil")),
}
OF_PROJECT = DESCRIBED | {
    (SDO.identifier, Literal("1a")),
    (KS.entry, ENTRY),
    (DCTERMS.isReferencedBy, EDITION),
    (KS.participation, LEAD),
    (KS.participation, PARTNER),
    (KS.lead, ZU),
    (KS.otherParties, nl("inwoners")),
    (KS.otherParties, nl("scholen")),
    (KS.openEnded, Literal("true", datatype=XSD.boolean)),
    (KS.openEndedText, nl("e.a.")),
}
OF_LEAD: set[tuple[URIRef, URIRef | Literal]] = {
    (RDF.type, KS.Participation),
    (RDF.type, ORG.Membership),
    (RDF.type, SDO.OrganizationRole),
    (ORG.organization, PROJECT),
    (ORG.member, ZU),
    (SDO.member, ZU),
    (ORG.role, URIRef(f"{BASE}/id/begrip/trekker")),
    (SDO.roleName, nl("trekker")),
    (KS.certainty, URIRef(f"{BASE}/id/begrip/bevestigd")),
    (KS.resolution, URIRef(f"{BASE}/id/begrip/herleid-afkorting")),
    (KS.sourceText, nl("ZU")),
    (KS.sourceText, nl("Univ.")),
    (PROV.wasDerivedFrom, ENTRY),
}
OF_PARTNER: set[tuple[URIRef, URIRef | Literal]] = {
    (RDF.type, KS.Participation),
    (RDF.type, ORG.Membership),
    (RDF.type, SDO.OrganizationRole),
    (ORG.organization, PROJECT),
    (ORG.member, GZ),
    (SDO.member, GZ),
    (ORG.role, URIRef(f"{BASE}/id/begrip/partner")),
    (SDO.roleName, nl("partner")),
    (KS.certainty, URIRef(f"{BASE}/id/begrip/onzeker")),
    (KS.resolution, URIRef(f"{BASE}/id/begrip/herleid-naam")),
    (KS.sourceText, nl("GZ?")),
    (KS.doubt, nl("?")),
    (PROV.wasDerivedFrom, ENTRY),
}


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        pytest.param(ENTRY, OF_ENTRY, id="entry"),
        pytest.param(PROJECT, OF_PROJECT, id="project"),
        pytest.param(LEAD, OF_LEAD, id="lead"),
        pytest.param(PARTNER, OF_PARTNER, id="doubtful partner"),
        pytest.param(ZU, {(ORG.hasMembership, LEAD)}, id="the organisation that leads"),
        pytest.param(GZ, {(ORG.hasMembership, PARTNER)}, id="the organisation that takes part"),
    ],
)
def test_each_thing_is_described(subject: URIRef, expected: set[tuple[URIRef, URIRef | Literal]]) -> None:
    """An entry, its project and its participations have these properties, and the short cut only to who is certain."""
    assert expected == about(entry(ITEM), subject)


def test_nothing_else_is_said() -> None:
    """An entry says something of itself, its project, its participations and who takes part, and of nothing else."""
    assert {ENTRY, PROJECT, LEAD, PARTNER, ZU, GZ} == {subject for subject, _, _ in entry(ITEM)}


@pytest.mark.parametrize("certainty", Certainty)
@pytest.mark.parametrize("role", [Role.LEAD, Role.PARTNER])
@pytest.mark.parametrize("way", [Way.SPELLING, Way.PROVISIONAL])
def test_certainty_role_and_way(certainty: Certainty, role: Role, way: Way) -> None:
    """Each certainty, role and way is its own concept; only a doubtful participation has no short cut."""
    part = Participation("sloten", "zu", role, certainty, way, ("ZU",))
    found = entry(replace(ITEM, participations=(part,)))
    subject = URIRef(f"{BASE}/id/deelname/sloten--zu--{role.key}")
    concept = f"{BASE}/id/begrip/"
    assert {
        (KS.certainty, URIRef(concept + certainty.value)),
        (KS.resolution, URIRef(concept + way.value)),
        (ORG.role, URIRef(concept + role.key)),
        (SDO.roleName, nl(role.key)),
    } <= about(found, subject)
    short = {(prop, value) for prop, value in about(found, PROJECT) if prop in {KS.lead, KS.partner}}
    wanted = {(KS.lead if role == Role.LEAD else KS.partner, ZU)}
    assert (set() if certainty is Certainty.DOUBTFUL else wanted) == short


@pytest.mark.parametrize("end", ["", "2031-02-01", "2031"])
@pytest.mark.parametrize("start", ["", "2030-12-31", "2030"])
def test_period_of_a_participation(start: str, end: str) -> None:
    """A start or end is a day or a year, and is said only where the source says it."""
    part = replace(ITEM.participations[0], start=start, end=end)
    found = about(entry(replace(ITEM, participations=(part,))), LEAD)
    days = {(SDO.startDate, start), (SDO.endDate, end)}
    wanted = {(prop, Literal(day, datatype=XSD.gYear if len(day) == 4 else XSD.date)) for prop, day in days if day}
    assert OF_LEAD | wanted == found


def test_a_missing_value_is_no_statement() -> None:
    """An entry without title, text, theme, parties, lines and pages says only what there is; closed is said too."""
    bare = ProjectEntry("sloten", Entry("1a", "", "", (), (), Place("a.txt")), (), ())
    found = entry(bare)
    assert {
        (RDF.type, KS.Entry),
        (RDF.type, PROV.Entity),
        (RDFS.label, nl("1a")),
        (KS.number, Literal("1a")),
        (KS.project, PROJECT),
        (DCTERMS.isPartOf, EDITION),
        (PROV.wasDerivedFrom, DOCUMENT),
    } == about(found, ENTRY)
    assert {
        (RDF.type, KS.Project),
        (RDF.type, SDO.Project),
        (RDF.type, ORG.OrganizationalCollaboration),
        (SDO.identifier, Literal("1a")),
        (KS.entry, ENTRY),
        (DCTERMS.isReferencedBy, EDITION),
        (KS.openEnded, Literal("false", datatype=XSD.boolean)),
    } == about(found, PROJECT)
    assert {ENTRY, PROJECT} == {subject for subject, _, _ in found}


@pytest.mark.parametrize("pages", [(1, None), (None, 2), (None, None)])
def test_pages_that_are_not_known(pages: tuple[int | None, int | None]) -> None:
    """A document without pages has lines only."""
    place = Place("a.txt", 3, 3, *pages)
    found = about(entry(replace(ITEM, entry=replace(ITEM.entry, place=place))), ENTRY)
    assert {KS.firstLine, KS.lastLine} == {prop for prop, _ in found} & {
        KS.firstLine, KS.lastLine, KS.firstPage, KS.lastPage,
    }  # fmt: skip


def test_texts_have_the_language_of_the_document() -> None:
    """What the document says is in its language; what the model calls a role is English where it is not Dutch."""
    found = triples(statements_of(Mapping(IRIS, "fy").entry(ITEM, edition="2030", document=str(DOCUMENT))))
    tags = {(prop, value.language) for _, prop, value in found if isinstance(value, Literal) and value.language}
    assert {"fy"} == {language for prop, language in tags if prop != SDO.roleName}
    assert {(SDO.roleName, "en")} == {tag for tag in tags if tag[0] == SDO.roleName}


def test_earlier_entry_in_the_current_state() -> None:
    """Of an earlier edition the current state keeps the entry, and that the project stood there; no parties."""
    found = set(triples(statements_of(MAPPING.history(ITEM, edition="2030", document=str(DOCUMENT)))))
    assert OF_ENTRY == about(found, ENTRY)
    assert {(KS.entry, ENTRY), (DCTERMS.isReferencedBy, EDITION)} == about(found, PROJECT)
    assert {ENTRY, PROJECT} == {subject for subject, _, _ in found}


def test_project_that_left() -> None:
    """A project that is no longer on the agenda keeps its name, its text and its theme."""
    assert {(PROJECT, *rest) for rest in DESCRIBED} == set(triples(statements_of(MAPPING.former(ITEM))))
