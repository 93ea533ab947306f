"""Says where an edition comes from: its agenda, its document, the reading of it and the software that read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, RDFS, SDO

from kennis_ld.graph.statements import Triple, labels, truth, types, when
from kennis_ld.iri import Iris
from kennis_ld.model.catalogue import AgendaFacts
from kennis_ld.model.texts import Texts
from kennis_ld.vocabulary import AgendaTerms


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """What the publication and the document tell about one edition.

    Attributes:
        key: fixed once, part of the IRI.
        period: the years it is about, as in ISO 8601 ("2023/2027"); may be empty.
        issued: year, month or day of publication; empty where the city does not tell.
        before: key of the edition that this one revises; empty for the first.
        documents: file name and digest of its document, and of a second one with the participations.
        changes_only: whether it lists changes, so that what it does not name stays.
    """

    key: str
    title: Texts
    period: str
    issued: str
    before: str
    documents: Sequence[tuple[str, str]]
    changes_only: bool = False


def document_iri(edition: str, iris: Iris) -> str:
    """Returns the IRI of the source document of an edition."""
    return iris.resource("document", edition)


def agenda_triples(agenda: AgendaFacts, editions: Iterable[str], iris: Iris) -> Iterator[Triple]:
    """Yields the agenda, whatever the edition (`dct:hasVersion` leads to the editions)."""
    ks = AgendaTerms(iris.terms)
    subject = URIRef(iris.agenda(agenda.key))
    yield from types(subject, ks.Agenda, SDO.CreativeWork, PROV.Entity)
    yield from labels(subject, DCTERMS.title, SDO.name, RDFS.label, **agenda.title)
    yield from labels(subject, DCTERMS.description, **agenda.description)
    yield subject, DCTERMS.publisher, URIRef(iris.organisation(agenda.publisher))
    for edition in editions:
        yield subject, DCTERMS.hasVersion, URIRef(iris.edition(edition))


def edition_triples(agenda: str, edition: EditionFacts, *, version: str, iris: Iris) -> Iterator[Triple]:
    """Yields one edition and how it was read (PROV-O, section 3.1): document, activity, software with its version."""
    ks = AgendaTerms(iris.terms)
    subject = URIRef(iris.edition(edition.key))
    activity = URIRef(iris.resource("activiteit", edition.key))
    software = URIRef(iris.resource("software", "kennis-ld"))
    yield from types(subject, ks.AgendaEdition, SDO.CreativeWork, PROV.Entity, PROV.Plan)
    yield from labels(subject, DCTERMS.title, SDO.name, RDFS.label, **edition.title)
    yield subject, DCTERMS.isVersionOf, URIRef(iris.agenda(agenda))
    if edition.period:
        yield subject, SDO.temporalCoverage, Literal(edition.period)
    if edition.issued:
        yield subject, DCTERMS.issued, when(edition.issued)
    if edition.before:
        yield subject, PROV.wasRevisionOf, URIRef(iris.edition(edition.before))
    if edition.changes_only:
        yield subject, ks.changesOnly, truth(True)
    yield subject, PROV.wasGeneratedBy, activity
    yield from types(activity, PROV.Activity)
    first = edition.documents[0][0]
    yield from labels(activity, RDFS.label, nl=f"Inlezen van {first}", en=f"Reading of {first}")
    addresses = (document_iri(edition.key, iris), iris.resource("document", edition.key, "deelnames"))
    for document, (name, sha256) in zip(map(URIRef, addresses), edition.documents, strict=False):
        yield subject, DCTERMS.source, document
        yield from types(document, PROV.Entity, SDO.DigitalDocument)
        yield document, RDFS.label, Literal(name)
        yield document, SDO.sha256, Literal(sha256)
        yield activity, PROV.used, document
    yield activity, PROV.wasAssociatedWith, software
    yield from types(software, PROV.SoftwareAgent, SDO.SoftwareApplication)
    yield software, RDFS.label, Literal("kennis-ld")
    yield software, SDO.softwareVersion, Literal(version)
