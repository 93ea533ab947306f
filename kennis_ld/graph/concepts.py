"""Maps the concepts that a city adds to those of the software: its narrower roles, its themes, and the statuses of its
projects (SKOS, NL-SBB; ORG, section 5.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, SKOS

from kennis_ld.graph.statements import Triple, labels, texts, types
from kennis_ld.iri import Iris
from kennis_ld.model import Role, Status, Theme
from kennis_ld.model.texts import Texts, told

ROLES = "rollen"
"""Key of the concept scheme of the roles."""

STATUSES = "statussen"
"""Key of the concept scheme of the statuses."""

THEMES = "themas"
"""Key of the concept scheme of the themes."""


def role_triples(roles: Iterable[Role], iris: Iris) -> Iterator[Triple]:
    """Yields narrower roles as concepts under lead or partner, in the scheme of the roles."""
    for role in roles:
        subject = URIRef(iris.concept(role.key))
        yield from _concept(subject, role.labels, role.definitions, iris.scheme(ROLES), role.notation)
        yield from types(subject, ORG.Role)
        yield from _under(subject, iris.concept(role.main.key))


def status_key(status: Status) -> str:
    """Returns the key of the concept of a status, which never is that of another concept."""
    return f"status-{status.key}"


def status_triples(statuses: Sequence[Status], iris: Iris) -> Iterator[Triple]:
    """Yields statuses as concepts, and their scheme where there is one."""
    if statuses:
        yield from _scheme(iris.scheme(STATUSES), {"nl": "Statussen van projecten", "en": "Statuses of projects"})
    for status in statuses:
        subject = URIRef(iris.concept(status_key(status)))
        yield from _concept(subject, status.labels, status.definitions, iris.scheme(STATUSES))
        yield from _on_top(subject, iris.scheme(STATUSES))


def theme_triples(themes: Iterable[Theme], *, title: Texts, iris: Iris, language: str) -> Iterator[Triple]:
    """Yields the concept scheme of the themes, sub-headings as narrower concepts (NL-SBB, SKOS-AP-NL 1.0)."""
    yield from _scheme(iris.scheme(THEMES), title)
    for theme in themes:
        subject = URIRef(iris.theme(theme.key))
        names = told(theme.label, theme.label_en, language)
        definitions = told(theme.definition, theme.definition_en, language)
        yield from _concept(subject, names, definitions, iris.scheme(THEMES), theme.notation)
        yield from texts(subject, SKOS.altLabel, (other for other in theme.headings if other != theme.label), language)
        above = theme.broader
        yield from _under(subject, iris.theme(above)) if above else _on_top(subject, iris.scheme(THEMES))


def _scheme(scheme: str, title: Texts) -> Iterator[Triple]:
    yield from types(URIRef(scheme), SKOS.ConceptScheme)
    yield from labels(URIRef(scheme), DCTERMS.title, SKOS.prefLabel, **title)


def _concept(subject: URIRef, names: Texts, definitions: Texts, scheme: str, notation: str = "") -> Iterator[Triple]:
    yield from types(subject, SKOS.Concept)
    yield from labels(subject, SKOS.prefLabel, **names)
    yield from labels(subject, SKOS.definition, **definitions)
    yield subject, SKOS.inScheme, URIRef(scheme)
    if notation:
        yield subject, SKOS.notation, Literal(notation)


def _under(subject: URIRef, broader: str) -> Iterator[Triple]:
    yield subject, SKOS.broader, URIRef(broader)
    yield URIRef(broader), SKOS.narrower, subject


def _on_top(subject: URIRef, scheme: str) -> Iterator[Triple]:
    yield subject, SKOS.topConceptOf, URIRef(scheme)
    yield URIRef(scheme), SKOS.hasTopConcept, subject
