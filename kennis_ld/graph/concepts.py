"""Maps the concepts that a city adds to those of the software: its narrower roles, and the statuses
of its projects (SKOS, NL-SBB; ORG, section 5.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, SKOS

from kennis_ld.graph.statements import Triple, labels, types
from kennis_ld.iri import Iris
from kennis_ld.model import NarrowerRole, Status

ROLES = "rollen"
"""Key of the concept scheme of the roles."""

STATUSES = "statussen"
"""Key of the concept scheme of the statuses."""


def role_triples(roles: Iterable[NarrowerRole], iris: Iris) -> Iterator[Triple]:
    """Yields narrower roles as concepts under lead or partner, in the scheme of the roles."""
    for role in roles:
        subject, broader = URIRef(iris.concept(role.key)), URIRef(iris.concept(role.main.key))
        yield from types(subject, SKOS.Concept, ORG.Role)
        yield from labels(subject, SKOS.prefLabel, nl=role.label, en=role.label_en)
        yield from labels(subject, SKOS.definition, nl=role.definition, en=role.definition_en)
        yield subject, SKOS.notation, Literal(role.notation)
        yield subject, SKOS.inScheme, URIRef(iris.scheme(ROLES))
        yield subject, SKOS.broader, broader
        yield broader, SKOS.narrower, subject


def status_key(status: Status) -> str:
    """Returns the key of the concept of a status, which never is that of another concept."""
    return f"status-{status.key}"


def status_triples(statuses: Iterable[Status], iris: Iris) -> Iterator[Triple]:
    """Yields statuses as concepts, and their scheme where there is one."""
    scheme = URIRef(iris.scheme(STATUSES))
    for at, status in enumerate(statuses):
        if at == 0:
            yield from types(scheme, SKOS.ConceptScheme)
            yield from labels(scheme, DCTERMS.title, nl="Statussen van projecten", en="Statuses of projects")
            yield from labels(scheme, SKOS.prefLabel, nl="Statussen van projecten", en="Statuses of projects")
        subject = URIRef(iris.concept(status_key(status)))
        yield from types(subject, SKOS.Concept)
        yield from labels(subject, SKOS.prefLabel, nl=status.label, en=status.label_en)
        yield from labels(subject, SKOS.definition, nl=status.definition, en=status.definition_en)
        yield subject, SKOS.inScheme, scheme
        yield subject, SKOS.topConceptOf, scheme
        yield scheme, SKOS.hasTopConcept, subject
