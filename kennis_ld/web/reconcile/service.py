"""What the service knows and answers, whatever the version of the API in which it is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from kennis_ld.engine.interface import Iri
from kennis_ld.graph.statements import PREFIXES
from kennis_ld.web.problems import Problem
from kennis_ld.web.reconcile.name_index import NameIndex
from kennis_ld.web.site import Site, made_once
from kennis_ld.web.sparql.answers import labels
from kennis_ld.web.words import Words, in_language

MOST_QUERIES = 100
"""Names in a batch, and things in a request for values: what is asked must not keep others waiting."""

MOST_CANDIDATES = 25
MOST_SUGGESTIONS = 20
USUAL_CANDIDATES = 5

PREVIEW = {"width": 420, "height": 180}
"""Pixels that a preview takes."""

KINDS = {"schema:Organization": "organisatie", "schema:Project": "project", "skos:Concept": "thema"}
"""The types that can be asked for, and the concept in the address of such a thing."""

PROPERTIES: Mapping[str, Sequence[str]] = {
    "schema:Organization": ("schema:name", "skos:altLabel", "schema:url", "owl:sameAs", "org:unitOf", "rdf:type"),
    "schema:Project": (
        "schema:name",
        "schema:identifier",
        "schema:description",
        "schema:about",
        "ks:lead",
        "ks:partner",
    ),
    "skos:Concept": ("skos:prefLabel", "skos:notation", "skos:definition", "skos:broader"),
}
"""The properties whose values can be asked for, by type."""

_KNOWN = tuple(dict.fromkeys(name for names in PROPERTIES.values() for name in names))


def invalid(where: str) -> Problem:
    """Returns the problem of a request that is wrong in a part, by the name that the API has for it."""
    return Problem("invalid-reconciliation", where=where, most=MOST_QUERIES)


class Named(NamedTuple):
    """A thing, type or property.

    Attributes:
        id: what it goes by in the service.
        name: what people read.
        language: of the name; empty where it has none.
    """

    id: str
    name: str
    language: str = ""

    def json(self, *, lang: bool) -> dict[str, Any]:
        """Returns it as it is written, with its language where it has one and that is wanted."""
        return {"id": self.id, "name": self.name} | ({"lang": self.language} if lang and self.language else {})


class Candidate(NamedTuple):
    """A thing that may be meant.

    Attributes:
        thing: the thing.
        kind: its type.
        score: from 0 to 100; 100 where a name is the same but for capitals and punctuation.
        sure: whether it is the only thing with that name.
    """

    thing: Named
    kind: Named
    score: float
    sure: bool

    def json(self, *, lang: bool) -> dict[str, Any]:
        """Returns it as it is written; see `Named.json`."""
        kind = self.kind.json(lang=lang)
        return {**self.thing.json(lang=lang), "type": [kind], "score": self.score, "match": self.sure}


class Value(NamedTuple):
    """A value of a property.

    Attributes:
        text: the value, or the name of the thing that it is.
        id: of that thing; empty where it is a text, or something that the service does not have.
        language: of the text; empty where it has none.
    """

    text: str
    id: str = ""
    language: str = ""

    def json(self, *, lang: bool) -> dict[str, Any]:
        """Returns it as it is written; see `Named.json`."""
        told = {"id": self.id, "name": self.text} if self.id else {"str": self.text}
        return told | ({"lang": self.language} if lang and self.language else {})


@dataclass(frozen=True, slots=True)
class _Things:
    """What can be found: an index of all names, the names of each thing by language, and its type."""

    index: NameIndex
    names: Mapping[str, Mapping[str, str]]
    kinds: Mapping[str, str]


class Service:
    """What can be asked of a site, in a language."""

    def __init__(self, site: Site, words: Words) -> None:
        """Makes it; what takes long is made once for a release."""
        self._site = site
        self._words = words
        self._things = _things(site)
        self._said: dict[str, Mapping[str, list[Value]]] = {}

    @property
    def title(self) -> str:
        """What the service is called."""
        return in_language(self._site.settings.title, self._words.language).value

    @property
    def language(self) -> str:
        """The language in which it speaks."""
        return self._words.language

    def kinds(self) -> list[Named]:
        """Returns the types."""
        return [self._kind(kind) for kind in KINDS]

    def candidates(self, name: str, kinds: Iterable[str], limit: int) -> list[Candidate]:
        """Returns what a name may mean, the best first; the identifier of a thing means that thing."""
        wanted, known = set(kinds), self._things
        if (iri := self._iri(name)) and known.kinds[iri] in wanted:
            return [self._candidate(iri, 100.0, sure=True)]
        found = known.index.find(name, passes=lambda iri: known.kinds[iri] in wanted, limit=limit)
        return [self._candidate(each.thing, each.score, sure=each.sure) for each in found]

    def suggested(self, kind: str, prefix: str) -> list[tuple[Named, Named | None]]:
        """Returns things, types or properties that what was typed may become, things with their type.

        An identifier gives what it is of. Without anything typed there are all types and properties, and no thing.
        """
        if kind != "entity":
            told = self.kinds() if kind == "type" else [self.property(name) for name in _KNOWN]
            typed = prefix.casefold()
            return [(each, None) for each in told if typed in each.name.casefold() or prefix == each.id]
        first = [iri for iri in (self._iri(prefix),) if iri]
        found = dict.fromkeys([*first, *self._things.index.starting(prefix)])
        return [(self._thing(iri), self._kind(self._things.kinds[iri])) for iri in found]

    def properties(self, kind: str) -> list[Named]:
        """Returns the properties whose values can be asked for, of things of a type."""
        return [self.property(name) for name in PROPERTIES.get(kind, ())]

    def property(self, name: str) -> Named:
        """Returns a property."""
        label = labels(self._site, self.language)(_full(name, self._site))
        return Named(name, label.value, label.language) if label else Named(name, name)

    def asked_properties(self, wanted: Any) -> list[str]:
        """Returns the properties that a request names and that there are.

        Raises:
            Problem: it is no list.
        """
        if not isinstance(wanted, list):
            raise invalid("properties")
        return [str(each["id"]) for each in wanted if isinstance(each, dict) and each.get("id") in _KNOWN]

    def asked_things(self, wanted: Any) -> list[str]:
        """Returns the identifiers of the things that a request names.

        Raises:
            Problem: it is no list, or a longer one than may be.
        """
        if not isinstance(wanted, list) or len(wanted) > MOST_QUERIES:
            raise invalid("ids")
        return [*map(str, wanted)]

    def values(self, key: str, properties: Sequence[str]) -> Mapping[str, list[Value]]:
        """Returns the values of properties of a thing, in the language where they come in several."""
        iri = self._iri(key)
        if iri and iri not in self._said:
            self._said[iri] = self._looked_up(iri)
        said = self._said[iri] if iri else {}
        return {name: said.get(_full(name, self._site), []) if name in _KNOWN else [] for name in properties}

    def thing(self, key: str) -> tuple[str, Named, Named, list[str]]:
        """Returns the IRI of a thing, the thing, its type, and its names in other languages.

        Raises:
            Problem: there is none.
        """
        iri = self._iri(key)
        if iri is None:
            raise Problem("not-found")
        thing = self._thing(iri)
        others = dict.fromkeys(name for name in self._things.names[iri].values() if name != thing.name)
        return iri, thing, self._kind(self._things.kinds[iri]), list(others)

    def _looked_up(self, iri: str) -> Mapping[str, list[Value]]:
        found = defaultdict[str, dict[str, Value]](dict)
        for row in self._site.lookup.rows("values", this=Iri(iri)):
            value, its, language = row["value"], found[row["property"]], row.get("value@", "")
            # A value in another language counts only where there is nothing yet.
            if language in {"", self.language} or not its:
                name, key, of_name = self._known(value)
                its.setdefault(value, Value(name, key, of_name or language))
        return {name: [*its.values()] for name, its in found.items()}

    def _known(self, value: str) -> tuple[str, str, str]:
        """Returns the name, identifier and language of a thing; of what the service does not have only what it is."""
        if value not in self._things.kinds:
            return value, "", ""
        thing = self._thing(value)
        return thing.name, thing.id, thing.language

    def _candidate(self, iri: str, score: float, *, sure: bool) -> Candidate:
        return Candidate(self._thing(iri), self._kind(self._things.kinds[iri]), score, sure)

    def _thing(self, iri: str) -> Named:
        name = in_language(self._things.names[iri], self.language)
        return Named(self._site.iris.reference(iri), name.value, name.language)

    def _kind(self, kind: str) -> Named:
        return Named(kind, self._words(f"term.{kind.replace(':', '-')}"))

    def _iri(self, key: str) -> str | None:
        """Returns the IRI of a thing from its identifier, or from the IRI itself."""
        iri = self._site.iris.things + self._site.iris.reference(key)
        return iri if iri in self._things.kinds else None


def limited(value: Any, usual: int, *, least: int = 1, most: int = MOST_CANDIDATES) -> int:
    """Returns how many are wanted: a number that somebody gave, within bounds, or else the usual."""
    text = str(value)
    return max(least, min(int(text), most)) if text.isascii() and text.isdigit() and len(text) < 7 else usual


@made_once
def _things(site: Site) -> _Things:
    names: dict[str, dict[str, str]] = {}
    kinds: dict[str, str] = {}
    pairs = []
    short = {_full(kind, site): kind for kind in KINDS}
    for row in site.lookup.rows("names"):
        iri = row["thing"]
        pairs.append((row["name"], iri))
        kinds[iri] = short[row["kind"]]
        if row["other"] == "false":
            names.setdefault(iri, {}).setdefault(row.get("name@", ""), row["name"])
    index = NameIndex((name, iri) for name, iri in pairs if iri in names)
    return _Things(index, names, {iri: kind for iri, kind in kinds.items() if iri in names})


def _full(name: str, site: Site) -> str:
    prefix, _, local = name.partition(":")
    return (site.iris.terms if prefix == "ks" else PREFIXES[prefix]) + local
