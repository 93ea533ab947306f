"""Maps the register to RDF: organisations, what they are units of, and identities elsewhere with their evidence."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from urllib.parse import urlsplit

from rdflib import Literal, URIRef
from rdflib.namespace import FOAF, ORG, OWL, RDFS, SDO, SKOS

from kennis_ld.graph.statements import Triple, alike, labels, texts, truth, types
from kennis_ld.iri import Iris
from kennis_ld.model import Identifier, Organisation
from kennis_ld.model.organisation import AUTHORITIES
from kennis_ld.model.texts import told
from kennis_ld.vocabulary import AgendaTerms


def organisation_triples(organisation: Organisation, iris: Iris, language: str) -> Iterator[Triple]:
    """Yields one organisation of the register, or a provisional one.

    Identities are those that the register gives with evidence; the register takes care that a territory is never the
    same as its government.
    """
    ks = AgendaTerms(iris.terms)
    subject = URIRef(iris.organisation(organisation.key))
    yield from types(subject, SDO.Organization, ORG.OrganizationalUnit if organisation.parents else ORG.Organization)
    # In schema.org a project is an organisation; who asks for projects here asks for those of the agenda.
    if organisation.kind not in {"Organization", "Project"}:
        yield from types(subject, SDO[organisation.kind])
    yield from texts(subject, RDFS.label, (organisation.name,), language)
    names = told(organisation.name, organisation.name_en, language)
    yield from labels(subject, SDO.name, SKOS.prefLabel, **names)
    yield from texts(subject, SKOS.altLabel, _other_names(organisation), language)
    for parent in organisation.parents:
        yield from alike(subject, URIRef(iris.organisation(parent)), ORG.unitOf, SDO.parentOrganization)
    for identifier in organisation.identifiers:
        yield from _identifier_triples(organisation, identifier, iris, language)
    if organisation.homepage:
        yield from alike(subject, URIRef(organisation.homepage), FOAF.homepage, SDO.url)
    if organisation.project:
        yield subject, RDFS.seeAlso, URIRef(iris.project(organisation.project))
    yield from labels(subject, SKOS.note, **told(organisation.note, organisation.note_en, language))
    yield from labels(subject, ks.evidence, **told(organisation.evidence, organisation.evidence_en, language))
    if organisation.provisional:
        yield subject, ks.provisional, truth(True)


def _identifier_triples(
    organisation: Organisation, identifier: Identifier, iris: Iris, language: str
) -> Iterator[Triple]:
    ks = AgendaTerms(iris.terms)
    subject = URIRef(iris.organisation(organisation.key))
    # Of other registers there may be several; their record is known by a digest of the address.
    if (key := identifier.register) in AUTHORITIES:
        name = AUTHORITIES[key][0]
    else:
        name, key = urlsplit(identifier.iri).netloc, f"adres-{sha256(identifier.iri.encode()).hexdigest()[:16]}"
    record = URIRef(iris.resource("identificatie", organisation.key, key))
    yield subject, same_as(identifier), URIRef(identifier.iri)
    yield subject, SDO.identifier, record
    yield from types(record, SDO.PropertyValue)
    yield from texts(record, RDFS.label, (f"{name}: {organisation.name}",), language)
    yield record, SDO.propertyID, Literal(name)
    yield record, SDO.value, Literal(identifier.value)
    yield record, SDO.url, URIRef(identifier.iri)
    yield from labels(record, ks.evidence, **told(organisation.evidence, organisation.evidence_en, language))


def same_as(identifier: Identifier) -> URIRef:
    """Returns the property of an identity: `owl:sameAs` for ROR, Wikidata and TOOI, which name the thing itself.

    An address in any other register may be that of a concept or a page, so it only identifies the organisation.
    """
    return OWL.sameAs if identifier.register in AUTHORITIES else SDO.sameAs


def _other_names(organisation: Organisation) -> Iterator[str]:
    """Yields abbreviations and spellings once; a doubtful spelling is no name of the organisation and stays out."""
    for name in dict.fromkeys((*organisation.abbreviations, *organisation.spellings)):
        if name != organisation.name:
            yield name
