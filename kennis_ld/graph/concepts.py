"""Maps the concepts that a city adds to those of the software: its narrower roles, its themes, and the statuses of its
projects (SKOS, NL-SBB; ORG, section 5.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, SKOS

from kennis_ld.graph.statements import Triple, labels, texts, types
from kennis_ld.iri import Iris
from kennis_ld.model import NarrowerRole, Status, Theme

ROLES = "rollen"
"""Key of the concept scheme of the roles."""

STATUSES = "statussen"
"""Key of the concept scheme of the statuses."""

THEMES = "themas"
"""Key of the concept scheme of the themes."""


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


def theme_triples(themes: Iterable[Theme], *, title: str, title_en: str, iris: Iris, language: str) -> Iterator[Triple]:
    """Yields the concept scheme of the themes, sub-headings as narrower concepts (NL-SBB, SKOS-AP-NL 1.0).

    Args:
        themes: themes before the sub-headings that stand under them.
    """
    scheme = URIRef(iris.scheme(THEMES))
    yield from types(scheme, SKOS.ConceptScheme)
    yield from labels(scheme, DCTERMS.title, nl=title, en=title_en)
    yield from labels(scheme, SKOS.prefLabel, nl=title, en=title_en)
    for theme in themes:
        subject = URIRef(iris.theme(theme.key))
        yield from types(subject, SKOS.Concept)
        yield from labels(subject, SKOS.prefLabel, nl=theme.label, en=theme.label_en)
        yield from texts(subject, SKOS.altLabel, (other for other in theme.headings if other != theme.label), language)
        yield from labels(subject, SKOS.definition, nl=theme.definition, en=theme.definition_en)
        yield subject, SKOS.inScheme, scheme
        if theme.notation:
            yield subject, SKOS.notation, Literal(theme.notation)
        if theme.broader:
            broader = URIRef(iris.theme(theme.broader))
            yield subject, SKOS.broader, broader
            yield broader, SKOS.narrower, subject
        else:
            yield subject, SKOS.topConceptOf, scheme
            yield scheme, SKOS.hasTopConcept, subject
