"""Maps the concepts that a city adds to those of the software: its narrower roles (SKOS, NL-SBB; ORG, section 5.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import Literal, URIRef
from rdflib.namespace import ORG, SKOS

from kennis_ld.graph.statements import Triple, labels, types
from kennis_ld.iri import Iris
from kennis_ld.model import NarrowerRole

ROLES = "rollen"
"""Key of the concept scheme of the roles."""


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
