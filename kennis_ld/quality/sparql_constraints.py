"""Compiles the queries of SHACL-SPARQL constraints to look-ups in an index.

Only what rules are mostly made of is compiled: patterns with a known property that each begin with something that is
known by then, comparisons of things, EXISTS and NOT EXISTS, "and" and "or". They are done in the order of the text. For
anything else a `ValueError` says what it is, and pyshacl can be asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urljoin

from kennis_ld.quality.index import TYPE, Index, Reader

_Terms: TypeAlias = list[str]
"""The terms of constants and variables, by their place."""

_Step: TypeAlias = Callable[[_Terms], bool]
"""Goes on with what is known so far; says whether to stop looking."""

_Part: TypeAlias = Callable[[Index, _Step], _Step]
"""Makes the step of a pattern or filter, given the step that follows."""

_UNBOUND = -1
"""The place of a variable that has a value after the group only, or within a filter of it only."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query, compiled.

    Attributes:
        properties: the properties in its patterns.
    """

    properties: frozenset[str]
    _group: Sequence[_Part]
    _terms: tuple[str, ...]
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

        run = _steps(self._group, index, found)

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
        names: list[str] = []
        computed: dict[str, int] = {}
        while self._next.upper() not in {"WHERE", "{"}:
            if self._skip("("):
                constant = self._constant(self._iri(self._take()))
                self._expect("AS")
                names.append(self._variable(self._take()))
                computed[names[-1]] = constant
                self._expect(")")
            else:
                names.append(self._variable(self._take()))
        self._skip("WHERE")
        scope = {**dict.fromkeys(computed, _UNBOUND), "this": 0}
        group = self._group(scope)
        if self._next:
            raise ValueError(f"{self._next} at the end")
        places = {name: scope.get(name, _UNBOUND) for name in names} | computed
        if not {"this"} <= places.keys() <= {"this", "path", "value"} or _UNBOUND in places.values():
            raise ValueError("other variables than $this, ?path and ?value")
        if len(places) < len(names) or "this" in computed:
            raise ValueError("two values for a variable")
        return Query(frozenset(self._properties), group, tuple(self._terms[1:]), places)

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

    def _group(self, scope: dict[str, int]) -> Sequence[_Part]:
        self._expect("{")
        parts: list[_Part] = []
        while not self._skip("}"):
            if self._skip("FILTER"):
                parts.append(self._primary(scope))
                self._skip(".")
            else:
                parts += self._triples(scope)
                if self._next != "}" and self._next.upper() != "FILTER":
                    self._expect(".")
        return parts

    def _triples(self, scope: dict[str, int]) -> Iterator[_Part]:
        subject, is_known = self._place(self._take(), scope)
        while True:
            prop = self._take()
            prop = TYPE if prop == "a" else f"<{self._iri(prop)}>"
            self._properties.add(prop)
            while True:
                value, is_known_value = self._place(self._take(), scope)
                if value == subject:
                    raise ValueError("a thing and itself")
                if is_known:
                    yield _both(subject, prop, value) if is_known_value else _forward(subject, prop, value)
                elif is_known_value:
                    yield _backward(subject, prop, value)
                else:
                    raise ValueError(f"{prop} between two things of which nothing is known")
                is_known = True
                if not self._skip(","):
                    break
            if not self._skip(";"):
                return

    def _either(self, scope: dict[str, int]) -> _Part:
        return self._joined("||", any, lambda: self._joined("&&", all, lambda: self._primary(scope)))

    def _joined(self, sign: str, how: Callable[[Iterable[bool]], bool], part: Callable[[], _Part]) -> _Part:
        """Reads parts with a sign between them, of which `how` says whether they hold together."""
        parts = [part()]
        while self._skip(sign):
            parts.append(part())
        if len(parts) == 1:
            return parts[0]

        def bound(index: Index, go_on: _Step) -> _Step:
            conditions = [part(index, _holds) for part in parts]
            return lambda terms: how(condition(terms) for condition in conditions) and go_on(terms)

        return bound

    def _primary(self, scope: dict[str, int]) -> _Part:
        if self._skip("("):
            found = self._either(scope)
            self._expect(")")
            return found
        wanted = not self._skip("NOT")
        if self._skip("EXISTS"):
            inner = {name: place for name, place in scope.items() if place != _UNBOUND}
            group = self._group(inner)
            scope.update(dict.fromkeys(inner.keys() - scope.keys(), _UNBOUND))
            return _exists(group, wanted=wanted)
        first, operator, second = self._side(scope), self._take(), self._side(scope)
        if not wanted or operator not in {"=", "!="}:
            raise ValueError(f"{operator} in a filter")
        equal = operator == "="
        return lambda index, go_on: lambda terms: _same(terms[first], terms[second]) is equal and go_on(terms)

    def _side(self, scope: Mapping[str, int]) -> int:
        token = self._take()
        if not token.startswith(("?", "$")):
            return self._constant(self._iri(token))
        place = scope.get(self._variable(token), _UNBOUND)
        if place == _UNBOUND:
            raise ValueError(f"{token} without a value before the filter")
        return place

    def _place(self, token: str, scope: dict[str, int]) -> tuple[int, bool]:
        """Returns the place of a term in a pattern, and whether it has a value by then."""
        if not token.startswith(("?", "$")):
            return self._constant(self._iri(token)), True
        name = self._variable(token)
        if name in scope:
            if scope[name] == _UNBOUND:
                raise ValueError(f"{token} is computed, or in a filter before it has a value")
            return scope[name], True
        scope[name] = self._new("")
        return scope[name], False

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
        return self._new(f"<{iri}>")

    def _new(self, text: str) -> int:
        self._terms.append(text)
        return len(self._terms) - 1


_TOKEN = re.compile(
    r"#[^\n]*|<[^<>\"{}|^`\\\s]*>|[?$]\w+|\|\||&&|!=|[\w-]*:[\w-]*(?:\.[\w-]+)*|\"(?:[^\"\\]|\\.)*\"|\w+|\S"
)
_VARIABLE = re.compile(r"[?$]\w+")
_LOCAL_NAME = re.compile(r"[\w-]*(?:\.[\w-]+)*")


def _steps(group: Sequence[_Part], index: Index, found: _Step) -> _Step:
    """Returns what finds the solutions of a group."""
    step = found
    for part in reversed(group):
        step = part(index, step)
    return step


def _both(subject: int, prop: str, value: int) -> _Part:
    def bound(index: Index, go_on: _Step) -> _Step:
        read = index.reader(prop)
        return lambda terms: terms[value] in read(terms[subject]) and go_on(terms)

    return bound


def _forward(subject: int, prop: str, value: int) -> _Part:
    return lambda index, go_on: _each(index.reader(prop), subject, value, go_on)


def _backward(subject: int, prop: str, value: int) -> _Part:
    return lambda index, go_on: _each(index.inverse_reader(prop), value, subject, go_on)


def _each(read: Reader, known: int, new: int, go_on: _Step) -> _Step:
    def step(terms: _Terms) -> bool:
        for each in read(terms[known]):
            terms[new] = each
            if go_on(terms):
                return True
        return False

    return step


def _exists(group: Sequence[_Part], *, wanted: bool) -> _Part:
    def bound(index: Index, go_on: _Step) -> _Step:
        exists = _steps(group, index, _holds)
        return lambda terms: exists(terms) is wanted and go_on(terms)

    return bound


def _holds(terms: _Terms) -> bool:
    return True


def _same(first: str, second: str) -> bool:
    if first.startswith('"') or second.startswith('"'):
        raise ValueError("literals compare by their value")
    return first == second
