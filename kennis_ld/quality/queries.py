"""Compiles the queries of SHACL-SPARQL constraints to look-ups in an index.

Only what rules are mostly made of is compiled: patterns with a known property, comparisons of things, EXISTS and NOT
EXISTS, "and" and "or". For anything else a `ValueError` says what it is, and pyshacl can be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from rdflib import URIRef, Variable

from kennis_ld.graph.formats import written
from kennis_ld.quality.index import Index

_Terms: TypeAlias = list[str]
"""The terms of constants and variables, by their place."""

_Step: TypeAlias = Callable[[_Terms], bool]
"""Goes on with what is known so far; says whether to stop looking."""

_Pattern: TypeAlias = tuple[int, str, int]
"""Places of subject and object, and the property between them."""

_Condition: TypeAlias = Callable[[_Terms], bool]


@dataclass(frozen=True, slots=True)
class _Comparison:
    first: int
    second: int
    equal: bool


@dataclass(frozen=True, slots=True)
class _Both:
    parts: tuple[_Filter, ...]


@dataclass(frozen=True, slots=True)
class _Either:
    parts: tuple[_Filter, ...]


@dataclass(frozen=True, slots=True)
class _Exists:
    group: _Group
    wanted: bool


_Filter: TypeAlias = _Comparison | _Both | _Either | _Exists


@dataclass(frozen=True, slots=True)
class _Group:
    patterns: tuple[_Pattern, ...]
    filters: tuple[_Filter, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A query, compiled.

    Attributes:
        properties: the properties in its patterns.
    """

    properties: frozenset[str]
    _group: _Group
    _terms: tuple[str, ...]
    _known: frozenset[int]
    _answer: Mapping[str, int]

    @classmethod
    def compiled(cls, text: str) -> Query:
        """Returns the query of a text.

        Raises:
            ValueError: it is no query, or has something that is not compiled.
        """
        # Imported here: the parser takes as long to load as all that is around it.
        from rdflib.plugins.sparql import prepareQuery

        try:
            algebra = prepareQuery(text).algebra
        except Exception as error:
            raise ValueError(f"no query: {error}") from error
        return _Reading().query(algebra)

    def bound(self, index: Index) -> Callable[[str], Iterator[Mapping[str, str]]]:
        """Returns what answers the query for a focus node, each row once, from an index.

        The answer raises ValueError where it would have to compare literals.
        """
        rows: dict[tuple[str, ...], None] = {}
        places = tuple(self._answer.values())

        def found(terms: _Terms) -> bool:
            rows[tuple(terms[place] for place in places)] = None
            return False

        run = _steps(self._group, index, self._known, found)

        def answer(focus: str) -> Iterator[Mapping[str, str]]:
            rows.clear()
            run([focus, *self._terms])
            for row in list(rows):
                yield dict(zip(self._answer, row, strict=True))

        return answer


class _Reading:
    """Reads the algebra of one query; `this` has the first place."""

    def __init__(self) -> None:
        self._terms: list[str] = [""]
        self._known = {0}
        self._properties: set[str] = set()

    def query(self, algebra: Any) -> Query:
        scope = {"this": 0}
        part = algebra.p
        if algebra.name != "SelectQuery" or algebra.datasetClause:
            raise ValueError("no plain SELECT")
        if part.name == "Distinct":
            part = part.p
        if part.name != "Project":
            raise ValueError(part.name)
        names = [str(name) for name in part.PV]
        if "this" not in names or not {"this", "path", "value"} >= set(names):
            raise ValueError("other variables than $this, ?path and ?value")
        part = part.p
        while part.name == "Extend":
            if not isinstance(part.expr, URIRef) or str(part.var) in scope:
                raise ValueError("a computed value")
            scope[str(part.var)] = self._constant(part.expr)
            part = part.p
        group = self._group(part, scope)
        if not set(names) <= set(scope):
            raise ValueError("a variable without a value")
        return Query(
            frozenset(self._properties),
            group,
            tuple(self._terms[1:]),
            frozenset(self._known),
            {name: scope[name] for name in names},
        )

    def _group(self, part: Any, scope: dict[str, int]) -> _Group:
        expressions = []
        while part.name == "Filter":
            expressions.append(part.expr)
            part = part.p
        patterns = tuple(self._patterns(part, scope))
        return _Group(patterns, tuple(self._filter(expression, scope) for expression in expressions))

    def _patterns(self, part: Any, scope: dict[str, int]) -> Iterator[_Pattern]:
        if part.name == "Join":
            yield from self._patterns(part.p1, scope)
            yield from self._patterns(part.p2, scope)
            return
        if part.name != "BGP":
            raise ValueError(part.name)
        for subject, prop, value in part.triples:
            if not isinstance(prop, URIRef) or subject == value:
                raise ValueError("a property that is not known, or a thing and itself")
            self._properties.add(written(prop))
            yield self._place(subject, scope), written(prop), self._place(value, scope)

    def _filter(self, expression: Any, scope: dict[str, int]) -> _Filter:
        match expression.name:
            case "RelationalExpression" if expression.op in {"=", "!="}:
                sides = [self._side(side, scope) for side in (expression.expr, expression.other)]
                return _Comparison(sides[0], sides[1], expression.op == "=")
            case "ConditionalAndExpression" | "ConditionalOrExpression":
                parts = tuple(self._filter(part, scope) for part in (expression.expr, *expression.other))
                return _Both(parts) if expression.name == "ConditionalAndExpression" else _Either(parts)
            case "Builtin_EXISTS" | "Builtin_NOTEXISTS":
                group = self._group(expression.graph, dict(scope))
                return _Exists(group, expression.name == "Builtin_EXISTS")
            case _:
                raise ValueError(expression.name)

    def _side(self, side: object, scope: Mapping[str, int]) -> int:
        if isinstance(side, URIRef):
            return self._constant(side)
        if isinstance(side, Variable) and str(side) in scope:
            return scope[str(side)]
        raise ValueError(f"{side} in a comparison")

    def _place(self, term: Any, scope: dict[str, int]) -> int:
        if isinstance(term, URIRef):
            return self._constant(term)
        if not isinstance(term, Variable):
            raise ValueError(f"{term!r} in a pattern")
        if str(term) not in scope:
            scope[str(term)] = self._new("")
        return scope[str(term)]

    def _constant(self, iri: URIRef) -> int:
        place = self._new(written(iri))
        self._known.add(place)
        return place

    def _new(self, text: str) -> int:
        self._terms.append(text)
        return len(self._terms) - 1


def _steps(group: _Group, index: Index, known: frozenset[int], found: _Step) -> _Step:
    """Returns what finds the solutions of a group, the patterns with the fewest candidates first."""
    order: list[tuple[_Pattern, frozenset[int]]] = []
    waiting = list(group.patterns)
    while waiting:
        best = min(waiting, key=lambda pattern: _candidates(pattern, index, known))
        waiting.remove(best)
        order.append((best, known))
        known |= {best[0], best[2]}
    step = found
    for condition in (_condition(each, index, known) for each in group.filters):
        step = _checked(condition, step)
    for pattern, before in reversed(order):
        step = _matched(pattern, index, before, step)
    return step


def _candidates(pattern: _Pattern, index: Index, known: frozenset[int]) -> float:
    """About how many ways there are to go on with a pattern."""
    subject, prop, value = pattern
    subjects, values = len(index.subjects(prop)), len(index.objects(prop))
    match subject in known, value in known:
        case True, True:
            return 0
        case True, False:
            return values / max(subjects, 1)
        case False, True:
            return subjects / max(values, 1)
        case _:
            return float(1 + subjects) * 1e6


def _matched(pattern: _Pattern, index: Index, known: frozenset[int], go_on: _Step) -> _Step:
    subject, prop, value = pattern
    read, back = index.reader(prop), index.inverse_reader(prop)

    def both(terms: _Terms) -> bool:
        return terms[value] in read(terms[subject]) and go_on(terms)

    def forward(terms: _Terms) -> bool:
        for each in read(terms[subject]):
            terms[value] = each
            if go_on(terms):
                return True
        return False

    def backward(terms: _Terms) -> bool:
        for each in back(terms[value]):
            terms[subject] = each
            if go_on(terms):
                return True
        return False

    def any_pair(terms: _Terms) -> bool:
        for each in index.subjects(prop):
            terms[subject] = each
            if forward(terms):
                return True
        return False

    match subject in known, value in known:
        case True, True:
            return both
        case True, False:
            return forward
        case False, True:
            return backward
        case _:
            return any_pair


def _checked(condition: _Condition, go_on: _Step) -> _Step:
    return lambda terms: condition(terms) and go_on(terms)


def _condition(filtered: _Filter, index: Index, known: frozenset[int]) -> _Condition:
    match filtered:
        case _Comparison(first, second, equal):
            return lambda terms: _same(terms[first], terms[second]) is equal
        case _Both(parts):
            conditions = [_condition(part, index, known) for part in parts]
            return lambda terms: all(condition(terms) for condition in conditions)
        case _Either(parts):
            conditions = [_condition(part, index, known) for part in parts]
            return lambda terms: any(condition(terms) for condition in conditions)
        case _Exists(group, wanted):
            exists = _steps(group, index, known, _stop)
            return exists if wanted else lambda terms: not exists(terms)


def _stop(terms: Sequence[str]) -> bool:
    return True


def _same(first: str, second: str) -> bool:
    if first.startswith('"') or second.startswith('"'):
        raise ValueError("literals compare by their value")
    return first == second
