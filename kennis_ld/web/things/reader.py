"""The pages of single things: what a thing is chooses the template, its statements give what the template shows.

A text is shown as it is written: a line is a paragraph, lines that begin with "- " form a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template

from kennis_ld.graph.description import NAMING, Description, Participation, Term
from kennis_ld.web.documents import rdf_forms
from kennis_ld.web.pages.overview import LEAD, PARTNER, appearances, overview
from kennis_ld.web.site import Site, current_words
from kennis_ld.web.words import Words

_TEMPLATES = (
    ("ks:Project", "project.html"),
    ("schema:Organization", "organisation.html"),
    ("skos:Concept", "concept.html"),
)
_GENERAL = {"schema:Organization", "schema:CreativeWork", "org:Organization", "prov:Entity", "skos:Concept"}
_FIRST = ("rdf:type", *NAMING, "skos:definition", "schema:description", "dct:description")

MOST_CHARACTERS = 64 * 1024
"""What a page shows of one text; the data have all of it (safety facts, case 61)."""

_BULLETS = ("- ", "• ", "* ")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or the items of a list.

    Attributes:
        lines: one line for a paragraph, an item each for a list.
        is_list: which of the two.
    """

    lines: Sequence[str]
    is_list: bool = False


class Reader:
    """A description, read in one language."""

    def __init__(self, site: Site, iri: str, description: Description, words: Words) -> None:
        self._site = site
        self._words = words
        self.iri = iri
        self.about = description
        self.language = words.language

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
        """Returns the name of a property or class: from the word table, or from the ontology of the publication."""
        short = self.about.short(iri)
        found = self._words.get(f"term.{short.replace(':', '-')}")
        return found or self._own_terms().get(iri)

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
            return self.term(kind) is None, not short.startswith("ks:"), short in _GENERAL or ":" not in short, short

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
        return [Reader(self._site, iri, self.about, self._words) for iri in sorted(iris, reverse=True)]

    def reader(self, iri: str) -> Reader:
        """Returns a reader of another thing in the same description."""
        return Reader(self._site, iri, self.about, self._words)

    def _own_terms(self) -> dict[str, str]:
        def named() -> dict[str, str]:
            rows = self._site.lookup.rows("terms")
            dutch = {row["term"]: row["label"] for row in rows if row.get("label@") != "en"}
            english = {row["term"]: row["label"] for row in rows if row.get("label@") == "en"}
            return {**english, **dutch} if self.language == "nl" else {**dutch, **english}

        found: dict[str, str] = self._site.value(f"terms {self.language}", named)
        return found


def page_of(site: Site, iri: str, description: Description, *, data: bytes) -> str:
    """Returns the page about a thing, in the language of the path.

    Args:
        site: the site.
        iri: the thing.
        description: the statements about it.
        data: the same statements as JSON-LD, for the head of the page.
    """
    reader = Reader(site, iri, description, current_words())
    kinds = set(description.links(iri, "rdf:type"))
    template = next((name for kind, name in _TEMPLATES if description.iri(kind) in kinds), "thing.html")
    # A project with one entry, in the current edition, has no history yet.
    is_old = template == "project.html" and (len(reader.entries()) > 1 or not reader.number(iri))
    return render_template(
        template,
        r=reader,
        LEAD=LEAD,
        PARTNER=PARTNER,
        history=appearances(site, iri) if is_old else (),
        known=overview(site),
        forms=rdf_forms(site.address(iri) or ""),
        data=_in_script(data.decode()),
    )


def blocks(text: str) -> list[Block]:
    r"""Returns the paragraphs and lists of a text, in order, without a word lost but the bullets.

    >>> [block.lines for block in blocks("Doel:\n- een\n- twee\n\nKlaar.")]
    [['Doel:'], ['een', 'twee'], ['Klaar.']]
    """
    found: list[Block] = []
    items: list[str] = []
    for line in (*text[:MOST_CHARACTERS].splitlines(), ""):
        plain = line.strip()
        if plain.startswith(_BULLETS):
            items.append(plain[2:].strip())
            continue
        if items:
            found.append(Block(items, is_list=True))
            items = []
        if plain:
            found.append(Block([plain]))
    return found


def _in_script(data: str) -> str:
    """Escapes JSON so that nothing in it ends or opens a script element (HTML standard, section 4.12.1.3)."""
    return data.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
