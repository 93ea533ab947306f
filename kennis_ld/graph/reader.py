"""Reads a description in one language: names, texts, and things in the order in which people look for them.

In goes a `Description`; out come terms and IRIs for whoever shows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kennis_ld.graph.description import NAMING, Description, Participation, Term

_GENERAL = {
    "foaf:Agent", "org:Organization", "prov:Entity", "schema:CreativeWork", "schema:Organization", "skos:Concept",
}  # fmt: skip
_FIRST = ("rdf:type", *NAMING, "skos:definition", "schema:description", "dct:description")


class Reader:
    """A description, read in one language, of one thing in it."""

    def __init__(self, iri: str, about: Description, *, language: str, term: Callable[[str, str], str | None]) -> None:
        """Makes a reader.

        Args:
            term: gives the name of a property or class, by its IRI and by `prefix:name`; None where it has none.
        """
        self.iri = iri
        self.about = about
        self.language = language
        self._term = term

    def name(self, iri: str) -> Term:
        """Returns the name of a thing, a term of the ontology or a well-known term."""
        if not self.about.describes(iri):
            known = self.term(iri)
            if known is not None:
                return Term(known, language=self.language)
        if self.about.text(iri, *NAMING, language=self.language) is None:
            # A participation has no name of its own: who takes part, and in what.
            sides = [*self.about.links(iri, "org:member"), *self.about.links(iri, "org:organization")]
            if sides:
                return Term(" – ".join(self.about.label(side, language=self.language).value for side in sides))
        return self.about.label(iri, language=self.language)

    def term(self, iri: str) -> str | None:
        """Returns the name of a property or class; None where it has none."""
        return self._term(iri, self.about.short(iri))

    def text(self, *names: str) -> Term | None:
        """Returns the text of the first of the properties that has one."""
        return self.about.text(self.iri, *names, language=self.language)

    def texts(self, name: str) -> list[Term]:
        """Returns the literals of a property in the language; all of them where none is in it."""
        literals = [term for term in self.about.objects(self.iri, name) if not term.is_iri]
        return [term for term in literals if term.language in {self.language, ""}] or literals

    def number(self, iri: str) -> str:
        """Returns the number of a project in the current edition; empty where it has none."""
        numbers = [term.value for term in self.about.objects(iri, "schema:identifier") if not term.is_iri]
        return numbers[0] if numbers else ""

    def by_name(self, iris: Sequence[str]) -> list[str]:
        """Returns things in the order of their names."""
        return sorted(iris, key=lambda iri: (self.name(iri).value.casefold(), iri))

    def by_number(self, iris: Sequence[str]) -> list[str]:
        """Returns projects in the order of their numbers as people count: 1b, 2, 10a."""

        def parts(iri: str) -> list[tuple[int, str]]:
            return [
                (int(part) if part.isascii() and part.isdigit() else -1, part)
                for part in re.findall(r"[0-9]{1,9}|[^0-9]+", self.number(iri))
            ]

        return sorted(iris, key=lambda iri: (not self.number(iri), parts(iri), self.name(iri).value))

    def kinds(self) -> list[str]:
        """Returns the types of the thing, the most telling one first."""

        def rank(kind: str) -> tuple[bool, bool, bool, str]:
            short = self.about.short(kind)
            return self.term(kind) is None, not short.startswith("ks:"), short in _GENERAL, short

        return sorted(self.about.links(self.iri, "rdf:type"), key=rank)

    def properties(self) -> list[tuple[str, list[Term]]]:
        """Returns every property with its objects: type, names and descriptions first."""
        first = {self.about.iri(name): place for place, name in enumerate(_FIRST)}
        return sorted(self.about.properties(self.iri), key=lambda each: (first.get(each[0], len(first)), each[0]))

    def mentions(self) -> list[tuple[str, str]]:
        """Returns what refers to the thing: subject and property, as far as the statements go."""
        return self.about.referring(self.iri)

    def parties(self, role: str) -> list[Participation]:
        """Returns the participations in a role, of a project or of an organisation, by the name of the other side."""

        def other(each: Participation) -> str:
            return each.project if each.organisation == self.iri else each.organisation

        found = self.about.participations(self.iri, role)
        return sorted(found, key=lambda each: (self.name(other(each)).value.casefold(), each.iri))

    def entries(self) -> list[Reader]:
        """Returns the entries of a project, the one of the latest edition first."""
        iris = {*self.about.links(self.iri, "ks:entry"), *self.about.subjects("ks:project", self.iri)}
        return [self.reader(iri) for iri in sorted(iris, reverse=True)]

    def reader(self, iri: str) -> Reader:
        """Returns a reader of another thing in the same description."""
        return Reader(iri, self.about, language=self.language, term=self._term)
