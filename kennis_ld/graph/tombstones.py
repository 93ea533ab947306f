"""Statements about what is no longer: that an IRI is deprecated, why, what took its place, and who decided."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Literal, URIRef
from rdflib.namespace import DC, DCTERMS, OWL, PROV, RDFS, SKOS

from kennis_ld.graph.statements import Triple, day, labels, text, truth, types
from kennis_ld.iri import Iris
from kennis_ld.model.decision import Decision, parts

DECISION = "besluit"
"""Concept in the IRI of a decision: `/id/besluit/project--{key}` is about `/id/project/{key}`."""


def tombstone(decision: Decision, iris: Iris, language: str) -> Iterator[Triple]:
    """Yields what remains of an IRI: that it is deprecated, why, what took its place, and who decided when.

    The office is a literal (`dc:creator` of DCMI 1.1 takes one): an IRI for it would be one more promise.
    """
    subject = URIRef(decision.iri)
    concept, keys = parts(decision.follows or decision.iri)
    record = URIRef(iris.resource(DECISION, concept, *keys))
    yield subject, OWL.deprecated, truth(True)
    yield subject, SKOS.changeNote, text(decision.reason, language)
    yield subject, PROV.wasInvalidatedBy, record
    if decision.replaced_by:
        yield subject, DCTERMS.isReplacedBy, URIRef(decision.replaced_by)
    if decision.follows:
        return
    name = iris.reference(decision.iri)
    nl, en = ("vervangen", "replaced") if decision.replaced_by else ("ingetrokken", "withdrawn")
    yield from types(record, PROV.Activity)
    yield from labels(record, RDFS.label, nl=f"Besluit: {name} is {nl}", en=f"Decision: {name} was {en}")
    yield record, DCTERMS.description, text(decision.reason, language)
    yield record, DC.creator, Literal(decision.decided_by)
    yield record, DCTERMS.date, day(decision.day)
