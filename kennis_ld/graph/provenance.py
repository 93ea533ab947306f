"""Says where an edition comes from: its agenda, its document, the reading of it and the software that read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, RDFS, SDO

from kennis_ld.graph.statements import Triple, labels, truth, types, when
from kennis_ld.iri import Iris
from kennis_ld.model.catalogue import AgendaFacts
from kennis_ld.vocabulary import AgendaTerms


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """What the publication and the document tell about one edition.

    Attributes:
        key: fixed once, part of the IRI.
        title: Dutch title.
        title_en: English title; may be empty.
        period: the years it is about, as in ISO 8601 ("2023/2027"); may be empty.
        issued: year, month or day of publication; empty where the city does not tell.
        document: file name of the document.
        sha256: digest of the document.
        before: key of the edition that this one revises; empty for the first.
        participations: file name and digest of a second document, with the participations; None for none.
        changes_only: whether it lists changes, so that what it does not name stays.
    """

    key: str
    title: str
    title_en: str
    period: str
    issued: str
    document: str
    sha256: str
    before: str
    changes_only: bool = False
    participations: tuple[str, str] | None = None


def document_iri(edition: str, iris: Iris) -> str:
    """Returns the IRI of the source document of an edition."""
    return iris.resource("document", edition)


def agenda_triples(agenda: AgendaFacts, editions: Iterable[str], iris: Iris) -> Iterator[Triple]:
    """Yields the agenda, whatever the edition (`dct:hasVersion` leads to the editions)."""
    ks = AgendaTerms(iris.terms)
    subject = URIRef(iris.agenda(agenda.key))
    yield from types(subject, ks.Agenda, SDO.CreativeWork, PROV.Entity)
    yield from labels(subject, DCTERMS.title, nl=agenda.title, en=agenda.title_en)
    yield from labels(subject, SDO.name, nl=agenda.title, en=agenda.title_en)
    yield from labels(subject, RDFS.label, nl=agenda.title, en=agenda.title_en)
    yield from labels(subject, DCTERMS.description, nl=agenda.description, en=agenda.description_en)
    yield subject, DCTERMS.publisher, URIRef(iris.organisation(agenda.publisher))
    for edition in editions:
        yield subject, DCTERMS.hasVersion, URIRef(iris.edition(edition))


def edition_triples(agenda: str, edition: EditionFacts, *, version: str, iris: Iris) -> Iterator[Triple]:
    """Yields one edition and how it was read (PROV-O, section 3.1): document, activity, software with its version."""
    ks = AgendaTerms(iris.terms)
    subject = URIRef(iris.edition(edition.key))
    document = URIRef(document_iri(edition.key, iris))
    activity = URIRef(iris.resource("activiteit", edition.key))
    software = URIRef(iris.resource("software", "kennis-ld"))
    yield from types(subject, ks.AgendaEdition, SDO.CreativeWork, PROV.Entity, PROV.Plan)
    yield from labels(subject, DCTERMS.title, nl=edition.title, en=edition.title_en)
    yield from labels(subject, SDO.name, nl=edition.title, en=edition.title_en)
    yield from labels(subject, RDFS.label, nl=edition.title, en=edition.title_en)
    yield subject, DCTERMS.isVersionOf, URIRef(iris.agenda(agenda))
    if edition.period:
        yield subject, SDO.temporalCoverage, Literal(edition.period)
    if edition.issued:
        yield subject, DCTERMS.issued, when(edition.issued)
    if edition.before:
        yield subject, PROV.wasRevisionOf, URIRef(iris.edition(edition.before))
    if edition.changes_only:
        yield subject, ks.changesOnly, truth(True)
    yield subject, DCTERMS.source, document
    yield subject, PROV.wasGeneratedBy, activity
    yield from types(document, PROV.Entity, SDO.DigitalDocument)
    yield document, RDFS.label, Literal(edition.document)
    yield document, SDO.sha256, Literal(edition.sha256)
    yield from types(activity, PROV.Activity)
    yield from labels(activity, RDFS.label, nl=f"Inlezen van {edition.document}", en=f"Reading of {edition.document}")
    yield activity, PROV.used, document
    if edition.participations:
        second = URIRef(iris.resource("document", edition.key, "deelnames"))
        name, sha256 = edition.participations
        yield subject, DCTERMS.source, second
        yield from types(second, PROV.Entity, SDO.DigitalDocument)
        yield second, RDFS.label, Literal(name)
        yield second, SDO.sha256, Literal(sha256)
        yield activity, PROV.used, second
    yield activity, PROV.wasAssociatedWith, software
    yield from types(software, PROV.SoftwareAgent, SDO.SoftwareApplication)
    yield software, RDFS.label, Literal("kennis-ld")
    yield software, SDO.softwareVersion, Literal(version)
