"""The queries of the draft of the API 1.0.

A query is a list of conditions. One on a name or an identifier finds candidates; one on a property that is required,
and one that says "none", leaves candidates out. Other conditions on properties have no say, as in 0.2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kennis_ld.agenda.similarity import words
from kennis_ld.web.reconcile.service import (
    KINDS,
    MOST_CANDIDATES,
    MOST_QUERIES,
    USUAL_CANDIDATES,
    Candidate,
    Service,
    invalid,
    limited,
)

MOST_VALUES = 10 * MOST_QUERIES
"""Values of all conditions of a batch together."""


def found(service: Service, given: Any) -> list[list[Candidate]]:
    """Returns what each query of a batch may mean, the best first.

    Raises:
        Problem: it is no batch, or it asks more than one may.
    """
    if not isinstance(given, list) or len(given) > MOST_QUERIES:
        raise invalid("queries")
    queries = [_conditions(each) for each in given]
    conditions = [condition for query in queries for condition in query]
    names = sum(len(each.values) for each in conditions if each.finds)
    if names > MOST_QUERIES or sum(len(each.values) for each in conditions) > MOST_VALUES:
        raise invalid("propertyValue")
    return [_found(service, query, each) for query, each in zip(queries, given, strict=True)]


def _conditions(given: Any) -> list[_Condition]:
    """Returns the conditions of the query that a request gives."""
    conditions = given.get("conditions") if isinstance(given, dict) else None
    if not isinstance(conditions, list) or not conditions:
        raise invalid("conditions")
    return [_Condition.read(each) for each in conditions]


@dataclass(frozen=True, slots=True)
class _Condition:
    """What candidates must be like.

    Attributes:
        kind: `name`, `id` or `property`.
        about: the property; empty for another kind.
        values: the values, as texts; an entity by its identifier.
        quantifier: how many of them must hold: `any`, `all` or `none`.
        filters: whether it leaves candidates out.
    """

    kind: str
    about: str
    values: tuple[str, ...]
    quantifier: str
    filters: bool

    @property
    def finds(self) -> bool:
        """Whether it is about what a thing is called, and so finds candidates."""
        return self.kind != "property"

    @classmethod
    def read(cls, given: Any) -> _Condition:
        """Returns the condition that a request gives."""
        if not isinstance(given, dict) or "propertyValue" not in given:
            raise invalid("propertyValue")
        kind, quantifier = given.get("matchType"), given.get("matchQuantifier", "any")
        if kind not in ("name", "id", "property"):
            raise invalid("matchType")
        if quantifier not in ("any", "all", "none"):
            raise invalid("matchQuantifier")
        about = given.get("propertyId") if kind == "property" else ""
        if not isinstance(about, str):
            raise invalid("propertyId")
        value = given["propertyValue"]
        values = tuple(map(_text, value if isinstance(value, list) else [value]))
        filters = quantifier == "none" or given.get("required") is True or (kind != "property" and quantifier == "all")
        return cls(kind, about, values, quantifier, filters)

    def holds(self, fits: Callable[[str], bool]) -> bool:
        """Whether as many of the values fit as must."""
        if self.quantifier == "all":
            return all(map(fits, self.values))
        return any(map(fits, self.values)) == (self.quantifier == "any")


def _found(service: Service, conditions: Iterable[_Condition], given: Mapping[str, Any]) -> list[Candidate]:
    """Returns what a query may mean, by its conditions and what else the request gives of it; the best first."""
    kinds = (str(given["type"]),) if given.get("type") else tuple(KINDS)
    best: dict[str, Candidate] = {}
    passes: list[Callable[[str], bool]] = []
    for each in conditions:
        if not each.finds:
            if each.filters:
                passes.append(_has_property(service, each))
            continue
        meant = {value: _meant(service, value, each, kinds) for value in each.values}
        if each.filters:
            passes.append(_is_among(meant, each))
        if each.quantifier != "none":
            for candidate in (candidate for some in meant.values() for candidate in some):
                known = best.setdefault(candidate.thing.id, candidate)
                best[candidate.thing.id] = max(known, candidate, key=lambda it: it.score)
    left = [each for each in best.values() if all(fits(each.thing.id) for fits in passes)]
    # Where several are each the only one with a name that was asked for, it is not sure which is meant.
    is_sure = sum(each.sure for each in left) == 1
    left = [each._replace(sure=each.sure and is_sure) for each in left]
    return sorted(left, key=lambda each: (-each.score, each.thing.id))[: limited(given.get("limit"), USUAL_CANDIDATES)]


def _meant(service: Service, value: str, condition: _Condition, kinds: Iterable[str]) -> list[Candidate]:
    found = service.candidates(value, kinds, MOST_CANDIDATES)
    if condition.quantifier == "none":
        return [each for each in found if each.score == 100.0]
    return [each for each in found if each.thing.id == value] if condition.kind == "id" else found


def _is_among(found: Mapping[str, list[Candidate]], condition: _Condition) -> Callable[[str], bool]:
    ids = {value: {each.thing.id for each in some} for value, some in found.items()}
    return lambda key: condition.holds(lambda value: key in ids[value])


def _has_property(service: Service, condition: _Condition) -> Callable[[str], bool]:
    """Returns whether a thing has the values, but for capitals and punctuation."""

    def fits(key: str, wanted: str) -> bool:
        values = service.values(key, [condition.about])[condition.about]
        return any(wanted == value.id or words(wanted) == words(value.text) for value in values)

    return lambda key: condition.holds(lambda value: fits(key, value))


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("id")
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str | int | float):
        raise invalid("propertyValue")
    return str(value)
