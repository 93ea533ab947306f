"""Compiles the queries of SHACL-SPARQL constraints to look-ups in an index.

Only what rules are mostly made of is compiled: patterns with a known property, comparisons of things, EXISTS and NOT
EXISTS, "and" and "or". For anything else a `ValueError` says what it is, and pyshacl can be asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urljoin

from kennis_ld.quality.index import TYPE, Index

_Terms: TypeAlias = list[str]
"""The terms of constants and variables, by their place."""

_Step: TypeAlias = Callable[[_Terms], bool]
"""Goes on with what is known so far; says whether to stop looking."""

_Pattern: TypeAlias = tuple[int, str, int]
"""Places of subject and object, and the property between them."""

_Condition: TypeAlias = Callable[[_Terms], bool]

_Filter: TypeAlias = Callable[[Index, frozenset[int]], _Condition]
"""Makes the condition for an index, where the terms in some places are known before it is asked."""


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
        return _Reading(text).query()

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
    """Reads the text of one query, whose terms get places; `this` has the first (grammar: SPARQL 1.1, section 19.8).

    rdflib's own parser takes as long to load as the rest of a check.
    """

    def __init__(self, text: str) -> None:
        self._tokens = [found[0] for found in _TOKEN.finditer(text) if not found[0].startswith("#")]
        self._at = 0
        self._base = ""
        self._prefixes: dict[str, str] = {}
        self._terms = [""]
        self._known = {0}
        self._properties: set[str] = set()

    def query(self) -> Query:
        """Returns the query."""
        while self._next.upper() in {"BASE", "PREFIX"}:
            kind, name = self._take().upper(), self._take()
            if kind == "BASE":
                self._base = name[1:-1]
            else:
                self._prefixes[name.removesuffix(":")] = self._iri(self._take())
        self._expect("SELECT")
        self._skip("DISTINCT")
        scope, names = {"this": 0}, []
        while self._next.upper() not in {"WHERE", "{"}:
            if self._skip("("):
                constant = self._constant(self._iri(self._take()))
                self._expect("AS")
                names.append(self._variable(self._take()))
                if names[-1] in scope:
                    raise ValueError("a value for what has one")
                scope[names[-1]] = constant
                self._expect(")")
            else:
                names.append(self._variable(self._take()))
        computed = set(scope)
        self._skip("WHERE")
        group = self._group(scope, outside=frozenset(computed - {"this"}))
        if self._next:
            raise ValueError(f"{self._next} at the end")
        if "this" not in names or not {"this", "path", "value"} >= set(names) or not set(names) <= set(scope):
            raise ValueError("other variables than $this, ?path and ?value")
        places = {name: scope[name] for name in names}
        return Query(frozenset(self._properties), group, tuple(self._terms[1:]), frozenset(self._known), places)

    @property
    def _next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        found = self._next
        self._at += 1
        return found

    def _skip(self, token: str) -> bool:
        there = self._next.upper() == token
        self._at += there
        return there

    def _expect(self, token: str) -> None:
        if not self._skip(token):
            raise ValueError(f"{self._next!r} instead of {token}")

    def _group(self, scope: dict[str, int], outside: frozenset[str] = frozenset()) -> _Group:
        """Reads a group; `outside` are the variables that get their value after it."""
        self._expect("{")
        patterns: list[_Pattern] = []
        starts: list[int] = []
        while not self._skip("}"):
            if self._skip("FILTER"):
                starts.append(self._at)
                self._pass_over()
            else:
                patterns += self._triples(scope, outside)
                if self._next != "}" and self._next.upper() != "FILTER":
                    self._expect(".")
        # A filter holds for its whole group, also where it stands before the patterns.
        end, filters = self._at, []
        for start in starts:
            self._at = start
            filters.append(self._primary(scope))
        self._at = end
        return _Group(tuple(patterns), tuple(filters))

    def _pass_over(self) -> None:
        """Passes over a filter: EXISTS and NOT EXISTS with their group, or what stands in brackets."""
        while self._next and self._next not in ("(", "{"):
            self._take()
        depth = 0
        while self._next:
            bracket = self._take()
            depth += (bracket in ("(", "{")) - (bracket in (")", "}"))
            if depth == 0:
                self._skip(".")
                return
        raise ValueError("a bracket without its other half")

    def _triples(self, scope: dict[str, int], outside: frozenset[str]) -> Iterator[_Pattern]:
        subject = self._place(self._take(), scope, outside)
        while True:
            prop = self._take()
            prop = TYPE if prop == "a" else f"<{self._iri(prop)}>"
            self._properties.add(prop)
            while True:
                value = self._place(self._take(), scope, outside)
                if value == subject:
                    raise ValueError("a thing and itself")
                yield subject, prop, value
                if not self._skip(","):
                    break
            if not self._skip(";"):
                return

    def _either(self, scope: Mapping[str, int]) -> _Filter:
        return self._joined("||", any, lambda: self._joined("&&", all, lambda: self._primary(scope)))

    def _joined(self, sign: str, how: Callable[[Iterable[bool]], bool], part: Callable[[], _Filter]) -> _Filter:
        """Reads parts with a sign between them, of which `how` says whether they hold together."""
        parts = [part()]
        while self._skip(sign):
            parts.append(part())
        if len(parts) == 1:
            return parts[0]

        def bound(index: Index, known: frozenset[int]) -> _Condition:
            conditions = [part(index, known) for part in parts]
            return lambda terms: how(condition(terms) for condition in conditions)

        return bound

    def _primary(self, scope: Mapping[str, int]) -> _Filter:
        if self._skip("("):
            found = self._either(scope)
            self._expect(")")
            return found
        wanted = not self._skip("NOT")
        if self._skip("EXISTS"):
            return _exists(self._group(dict(scope)), wanted=wanted)
        first, operator, second = self._side(scope), self._take(), self._side(scope)
        if not wanted or operator not in {"=", "!="}:
            raise ValueError(f"{operator} in a filter")
        equal = operator == "="
        return lambda index, known: lambda terms: _same(terms[first], terms[second]) is equal

    def _side(self, scope: Mapping[str, int]) -> int:
        token = self._take()
        if not token.startswith(("?", "$")):
            return self._constant(self._iri(token))
        if self._variable(token) not in scope:
            raise ValueError(f"{token} without a value")
        return scope[self._variable(token)]

    def _place(self, token: str, scope: dict[str, int], outside: frozenset[str]) -> int:
        if not token.startswith(("?", "$")):
            return self._constant(self._iri(token))
        name = self._variable(token)
        if name in outside:
            raise ValueError(f"{token} is computed")
        if name not in scope:
            scope[name] = self._new("")
        return scope[name]

    @staticmethod
    def _variable(token: str) -> str:
        if not _VARIABLE.fullmatch(token):
            raise ValueError(f"{token!r} instead of a variable")
        return token[1:]

    def _iri(self, token: str) -> str:
        if token.startswith("<") and token.endswith(">"):
            # urljoin drops an empty fragment, and a namespace has one.
            whole = urljoin(self._base, token[1:-1])
            return f"{whole}#" if token.endswith("#>") and not whole.endswith("#") else whole
        prefix, colon, name = token.partition(":")
        if not colon or prefix not in self._prefixes or not _LOCAL_NAME.fullmatch(name):
            raise ValueError(f"{token!r} instead of an IRI")
        return self._prefixes[prefix] + name

    def _constant(self, iri: str) -> int:
        place = self._new(f"<{iri}>")
        self._known.add(place)
        return place

    def _new(self, text: str) -> int:
        self._terms.append(text)
        return len(self._terms) - 1


_TOKEN = re.compile(
    r"#[^\n]*|<[^<>\"{}|^`\\\s]*>|[?$]\w+|\|\||&&|!=|[\w-]*:[\w-]*(?:\.[\w-]+)*|\"(?:[^\"\\]|\\.)*\"|\w+|\S"
)
_VARIABLE = re.compile(r"[?$]\w+")
_LOCAL_NAME = re.compile(r"[\w-]*(?:\.[\w-]+)*")


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
    for each in group.filters:
        step = _checked(each(index, known), step)
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


def _exists(group: _Group, *, wanted: bool) -> _Filter:
    def bound(index: Index, known: frozenset[int]) -> _Condition:
        exists = _steps(group, index, known, lambda terms: True)
        return exists if wanted else lambda terms: not exists(terms)

    return bound


def _checked(condition: _Condition, go_on: _Step) -> _Step:
    return lambda terms: condition(terms) and go_on(terms)


def _same(first: str, second: str) -> bool:
    if first.startswith('"') or second.startswith('"'):
        raise ValueError("literals compare by their value")
    return first == second
