"""Asks random queries over random graphs of our engine and of rdflib, and compares the answers.

    python bench/random_queries.py [NUMBER] [SEED]

NUMBER is 10,000 by default. Answers are compared as multisets of rows, or sets of statements, with numbers by value
(`tests/w3c/results.py`). Each difference is printed with its query and data; the exit status is 1 where there is one.

The two parsers and the two evaluations have nothing in common, so where both agree both are very probably right. What
the queries leave out is what is known to differ, and why, stands beside the place where it is left out.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib.plugins.sparql.processor import SPARQLResult

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kennis_ld.engine.interface import Question
from kennis_ld.engine.store import StoreEngine
from kennis_ld.errors import QueryError
from tests.w3c.results import Result, answered, solutions
from tests.w3c.suites import Term

BASE = "http://e/"
PROLOGUE = f"PREFIX : <{BASE}>\n"
_THINGS = (":a", ":b", ":c", ":d")
_PREDICATES = (":p", ":q", ":r")
_LITERALS = ("1", "2", "3", "10", '"a"', '"b"', '"a"@nl', '"b"@en', "true", "2.5")
_GRAPHS = (":g1", ":g2")
_VARIABLES = ("?u", "?v", "?w", "?x", "?y", "?z")


class Writer:
    """Writes one random query after the other."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._fresh = 0

    def data(self) -> str:
        """Returns a small data set in TriG, in which every thing occurs in every graph.

        A path of length zero from a thing that is not in the graph is a known difference (docs/conformance.md).
        """
        whole = " ".join(f"{thing} :p {after} ." for thing, after in pairwise(_THINGS))
        parts = [f"{{ {self._triples()} {whole} }}"]
        parts += [f"{graph} {{ {self._triples()} {whole} }}" for graph in _GRAPHS]
        return PROLOGUE.replace("PREFIX", "@prefix").replace(">\n", "> .\n") + "\n".join(parts)

    def query(self) -> str:
        """Returns a query."""
        match self._chance.randrange(10):
            case 0:
                return f"{PROLOGUE}ASK {{ {self._group(2)} }}"
            case 1:
                template = self._triple(variables=_VARIABLES[:3])
                return f"{PROLOGUE}CONSTRUCT {{ {template} }} WHERE {{ {self._group(2)} }}"
            case 2 | 3:
                return PROLOGUE + self._grouped(2)
            case _:
                distinct = self._chance.choice(("", "", "DISTINCT "))
                order = self._chance.choice(("", "", f" ORDER BY {self._variable()} DESC({self._variable()})"))
                what = self._chance.choice(("*", "?u ?v ?w", f"?u ({self._value(1)} AS {self._name()})"))
                return f"{PROLOGUE}SELECT {distinct}{what} {{ {self._group(3)} }}{order}"

    def _triples(self) -> str:
        return " ".join(self._statement() for _ in range(self._chance.randint(3, 12)))

    def _statement(self) -> str:
        thing = self._chance.choice(_THINGS)
        # rdflib counts a path of any length twice where it comes back to where it was.
        others = [each for each in _THINGS + _LITERALS if each > thing or each in _LITERALS]
        return f"{thing} {self._chance.choice(_PREDICATES)} {self._chance.choice(others)} ."

    def _grouped(self, depth: int) -> str:
        by = self._variable()
        count = self._chance.choice(("COUNT(*)", f"COUNT({self._variable()})", f"COUNT(DISTINCT {self._variable()})"))
        # MIN and MAX over values of several kinds, and SUM and AVG over what is no number: each engine has an order and
        # an end of its own. SAMPLE and GROUP_CONCAT may give any one of several answers.
        other = self._chance.choice(("", "", "SUM(1)", "MAX(STR(?x))", "MIN(STR(?y))"))
        other = f" ({other} AS {self._name()})" if other else ""
        having = self._chance.choice(("", "", f" HAVING (COUNT(*) > {self._chance.randint(1, 3)})"))
        # rdflib makes a group where there is no row, so there is always one.
        group = f"{{ {self._group(depth)} }} UNION {{ :a :p :b }}"
        return f"SELECT {by} ({count} AS {self._name()}){other} {{ {group} }} GROUP BY {by}{having}"

    def _group(self, depth: int) -> str:
        parts = [self._triple() + " ." for _ in range(self._chance.randint(1, 2))]
        parts.extend(self._part(depth - 1) for _ in range(self._chance.randint(0, 3) if depth else 0))
        return " ".join(parts)

    def _part(self, depth: int) -> str:
        match self._chance.randrange(11):
            case 0 | 1:
                return f"OPTIONAL {{ {self._group(depth)} }}"
            case 2:
                return f"{{ {self._group(depth)} }} UNION {{ {self._group(depth)} }}"
            case 3:
                return f"MINUS {{ {self._group(depth)} }}"
            case 4 | 5:
                return f"FILTER ({self._condition(2)})"
            case 6:
                return f"BIND ({self._value(2)} AS {self._name()})"
            case 7:
                return self._values()
            case 8:
                graph = self._chance.choice((*_GRAPHS, "?g"))
                return f"GRAPH {graph} {{ {self._group(depth)} }}"
            case 9:
                return f"{{ {self._grouped(min(depth, 1))} }}"
            case _:
                return f"{self._variable()} {self._path(2)} {self._chance.choice((*_THINGS, *_VARIABLES))} ."

    def _values(self) -> str:
        rows = " ".join(
            f"({self._chance.choice((*_THINGS, 'UNDEF'))} {self._chance.choice(_THINGS + _LITERALS)})"
            for _ in range(self._chance.randint(1, 3))
        )
        first, second = self._chance.sample(_VARIABLES, 2)
        return f"VALUES ({first} {second}) {{ {rows} }}"

    def _triple(self, *, variables: tuple[str, ...] = _VARIABLES) -> str:
        subject = self._chance.choice((*variables, *variables, *_THINGS))
        predicate = self._chance.choice((*_PREDICATES, *_PREDICATES, self._chance.choice(variables)))
        return f"{subject} {predicate} {self._chance.choice((*variables, *variables, *_THINGS, *_LITERALS))}"

    def _path(self, depth: int) -> str:
        if not depth:
            return self._chance.choice(_PREDICATES)
        inner = self._path(depth - 1)
        # rdflib counts a path twice that is repeated in two ways.
        repeated = tuple(f"({inner}){sign}" for sign in "*+?" if not set(inner) & set("*+?"))
        return self._chance.choice(
            (
                inner,
                f"({inner}/{self._path(depth - 1)})",
                f"({inner}|{self._path(depth - 1)})",
                f"^({inner})",
                *repeated,
                f"!({self._chance.choice(_PREDICATES)}|^{self._chance.choice(_PREDICATES)})",
            )
        )

    def _condition(self, depth: int) -> str:
        if depth and self._chance.random() < 0.4:
            left, right = self._condition(depth - 1), self._condition(depth - 1)
            return self._chance.choice(
                (f"({left} && {right})", f"({left} || {right})", f"(!({left}))", f"IF({left}, {right}, false)")
            )
        variable, other = self._variable(), self._variable()
        return self._chance.choice(
            (
                f"{variable} = {other}",
                f"{variable} != {self._chance.choice(_THINGS)}",
                f"{variable} > {self._chance.randint(1, 3)}",
                f"{variable} <= {self._chance.randint(1, 3)}",
                f"BOUND({variable})",
                f"isIRI({variable})",
                f"isLiteral({variable})",
                f'LANG({variable}) = "nl"',
                f"sameTerm({variable}, {other})",
                f'REGEX(STR({variable}), "[ab]$")',
                f'STRSTARTS(STR({variable}), "{BASE}")',
                # rdflib gives up where a list has a variable without a value, also behind what is equal.
                f"{variable} IN (:a, 1)",
                f"{variable} NOT IN (:b, 2)",
                f"EXISTS {{ {self._triple()} }}",
                f"NOT EXISTS {{ {self._triple()} }}",
            )
        )

    def _value(self, depth: int) -> str:
        variable = self._variable()
        options = [
            f"STR({variable})",
            f"STRLEN(STR({variable}))",
            f"UCASE(STR({variable}))",
            f"DATATYPE({variable})",
            f"COALESCE({variable}, {self._chance.choice(_LITERALS)})",
            f"({variable} + {self._chance.randint(1, 3)})",
            f"({variable} * 2 - {self._variable()})",
            f'CONCAT(STR({variable}), "x")',
            f"LANG({variable})",
            f"IRI(STR({variable}))",
            f'REPLACE(STR({variable}), "e", "f")',
            f"({self._condition(1)})",
        ]
        if depth:
            options.append(f"IF({self._condition(1)}, {self._value(depth - 1)}, {self._value(depth - 1)})")
        return self._chance.choice(options)

    def _name(self) -> str:
        self._fresh += 1
        return f"?n{self._fresh}"

    def _variable(self) -> str:
        return self._chance.choice(_VARIABLES)


def ours(data: str, query: str) -> Result:
    """Returns what our engine answers."""
    store = ox.Store()
    store.load(data.encode(), format=ox.RdfFormat.TRIG)
    # rdflib counts the variables of a FILTER among those of SELECT *; a variable without a value does not matter here.
    return replace(answered(StoreEngine(store).answer(Question(query, BASE))), variables=())


def theirs(data: str, query: str) -> Result:
    """Returns what rdflib answers."""
    dataset = rdflib.Dataset()
    dataset.parse(data=data, format="trig")
    found = dataset.query(query)
    assert isinstance(found, SPARQLResult)
    if found.type == "ASK":
        return Result("boolean", (), ((str(found.askAnswer), 1),))
    if found.type == "CONSTRUCT":
        assert found.graph is not None
        lines = {f"{_term(s)} {_term(p)} {_term(o)}" for s, p, o in found.graph}
        return Result("graph", (), tuple((line, 1) for line in sorted(lines)))
    rows = [{str(name): _term(value) for name, value in row.items()} for row in found.bindings]
    return solutions((), rows)


def _term(node: object) -> Term:
    match node:
        case rdflib.Literal():
            if node.language:
                return ox.Literal(str(node), language=node.language)
            return (
                ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype))) if node.datatype else ox.Literal(node)
            )
        case rdflib.BNode():
            return ox.BlankNode(str(node))
        case _:
            return ox.NamedNode(str(node))


def campaign(number: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Compares so many queries; returns how often what came of it, and the differences in words."""
    writer = Writer(random.Random(seed))
    seen: Counter[str] = Counter()
    differences = []
    data = writer.data()
    for index in range(number):
        if index % 20 == 0:
            data = writer.data()
        query = writer.query()
        try:
            our_own = ours(data, query)
        except QueryError as error:
            # rdflib must have something against it too, or we refused what is right.
            our_own = Result(type(error).__name__, (), ())
        try:
            other = theirs(data, query)
        except Exception as error:
            seen[f"rdflib {type(error).__name__} {str(error)[:80]}"] += 1
            other = None
        if other is None:
            continue
        seen["same" if our_own == other else "different"] += 1
        seen["with rows"] += bool(our_own.content)
        if our_own != other:
            differences.append(f"{data}\n{query}\nours:   {our_own}\nrdflib: {other}\n")
    return seen, differences


def main(number: int, seed: int) -> int:
    """Returns 0 when there is no difference."""
    start = time.monotonic()
    seen, differences = campaign(number, seed)
    print(*differences, sep="\n")
    print(f"{number} queries, seed {seed}, {time.monotonic() - start:.0f} s: {dict(seen)}")
    return 1 if differences else 0


if __name__ == "__main__":
    raise SystemExit(main(*(int(each) for each in (*sys.argv[1:], "10000", "1")[:2])))
