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
from collections.abc import Iterator
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
from tests.w3c.results import Result, answered, solutions, valued
from tests.w3c.suites import Term

BASE = "http://e/"
PROLOGUE = f"BASE <{BASE}>\nPREFIX : <{BASE}>\n"
_THINGS = (":a", ":b", ":c", ":d")
_PREDICATES = (":p", ":q", ":r")
_LITERALS = ("1", "2", "3", "10", '"a"', '"b"', '"a"@nl', '"b"@en', "true", "2.5")
_GRAPHS = (":g1", ":g2")
_VARIABLES = ("?u", "?v", "?w", "?x", "?y", "?z")
NOBODY = "?nobody"
"""A variable that is bound nowhere."""


class Writer:
    """Writes one random query after the other."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._fresh = 0
        self._scope = [NOBODY]

    def data(self) -> str:
        """Returns a small data set in TriG, in which every thing and every value occurs in every graph.

        A path of length zero from what is not in the graph is a known difference (docs/conformance.md).
        """
        whole = [f"{thing} :p {after} ." for thing, after in pairwise(_THINGS)]
        whole += [f":e :every {value} ." for value in _LITERALS]
        default, *named = (" ".join((*self._statements(), *whole)) for _ in range(len(_GRAPHS) + 1))
        graphs = [f"{graph} {{ {content} }}" for graph, content in zip(_GRAPHS, named, strict=True)]
        return f"@prefix : <{BASE}> .\n{{ {default} }}\n" + "\n".join(graphs)

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
                # rdflib cannot evaluate an EXISTS between SELECT and WHERE; the few queries that have one are counted.
                return f"{PROLOGUE}SELECT {distinct}{what} {{ {self._group(3)} }}{order}"

    def _statements(self) -> Iterator[str]:
        # Two things that two properties connect are one row of `:p|:q` in our engine and two in rdflib: a known
        # difference too. So no two things have two properties between them.
        pairs = set(pairwise(_THINGS))
        for _ in range(self._chance.randint(6, 20)):
            thing = self._chance.choice(_THINGS)
            # rdflib counts a path of any length twice where it comes back to where it was.
            other = self._chance.choice([each for each in _THINGS + _LITERALS if each > thing or each in _LITERALS])
            if (thing, other) not in pairs:
                pairs.add((thing, other))
                yield f"{thing} {self._chance.choice(_PREDICATES)} {other} ."

    def _grouped(self, depth: int) -> str:
        by = self._variable()
        count = self._chance.choice(("COUNT(*)", f"COUNT({self._variable()})", f"COUNT(DISTINCT {self._variable()})"))
        # MIN and MAX over values of several kinds, and SUM and AVG over what is no number: each engine has an order and
        # an end of its own. SAMPLE and GROUP_CONCAT may give any one of several answers.
        # Of no value at all the least is an error, so the column stays unbound; rdflib says "None".
        texts = [f'{name}(COALESCE(STR({self._variable()}), "z"))' for name in ("MIN", "MAX")]
        other = self._chance.choice(("", "", "SUM(1)", *texts))
        other = f" ({other} AS {self._name()})" if other else ""
        having = self._chance.choice(("", "", f" HAVING (COUNT(*) > {self._chance.randint(1, 3)})"))
        # rdflib makes a group where there is no row, so there is always one. Rows without a value for the key are a
        # group of their own (SPARQL 1.1, section 11.2), in which the key stays unbound; rdflib binds it to None, which
        # joins with nothing and cannot be sorted.
        group = f"{{ {self._group(depth)} }} UNION {{ :a :p {by} }} FILTER (BOUND({by}))"
        # DISTINCT changes nothing here, but makes rdflib evaluate a subquery by itself, as section 12 asks; else it
        # lets the values of the pattern outside into it.
        return f"SELECT DISTINCT {by} ({count} AS {self._name()}){other} {{ {group} }} GROUP BY {by}{having}"

    def _group(self, depth: int, *, optional: bool = False) -> str:
        outside, self._scope = self._scope, []
        parts = [self._triple() + " ." for _ in range(self._chance.randint(1, 2))]
        self._scope = [each for part in parts for each in part.split() if each.startswith("?")] or [NOBODY]
        more = self._chance.randint(0, 3) if depth else 0
        parts += [self._part(depth - 1, optional=optional) for _ in range(more)]
        self._scope = outside
        return " ".join(parts)

    def _part(self, depth: int, *, optional: bool) -> str:
        """Returns a part of a group.

        To rdflib a pattern in OPTIONAL has the values of the pattern in front of it, also in a subquery or in a MINUS
        there, where it has none (section 18.2: what is inside is evaluated first); so neither stands there.
        """
        match self._chance.randrange(9 if optional else 11):
            case 0 | 1:
                return f"OPTIONAL {{ {self._group(depth, optional=True)} }}"
            case 2:
                left, right = self._group(depth, optional=optional), self._group(depth, optional=optional)
                return f"{{ {left} }} UNION {{ {right} }}"
            case 3 | 4:
                return f"FILTER ({self._condition(2)})"
            case 5:
                return f"BIND ({self._value(2)} AS {self._name()})"
            case 6:
                return self._values()
            case 7:
                graph = self._chance.choice((*_GRAPHS, "?g"))
                return f"GRAPH {graph} {{ {self._group(depth, optional=optional)} }}"
            case 8:
                return f"{self._variable()} {self._path(2)} {self._chance.choice((*_THINGS, *_VARIABLES))} ."
            case 9:
                return f"MINUS {{ {self._group(depth)} }}"
            case _:
                return f"{{ {self._grouped(min(depth, 1))} }}"

    def _values(self) -> str:
        rows = " ".join(
            f"({self._chance.choice((*_THINGS, 'UNDEF'))} {self._chance.choice(_THINGS + _LITERALS)})"
            for _ in range(self._chance.randint(1, 3))
        )
        first, second = self._chance.sample(_VARIABLES, 2)
        # rdflib does not count these among the variables in front of an OPTIONAL with a FILTER, and then loses rows;
        # the pattern that matches nothing names them once more.
        return f"VALUES ({first} {second}) {{ {rows} }} OPTIONAL {{ {first} :none {second} }}"

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
                # Alternatives that can give the same two ends are the known difference of `_statements`.
                "({}|{})".format(*self._chance.sample(_PREDICATES, 2)),
                f"^({inner})",
                *repeated,
                # rdflib reads the triples of `!(:p|^:q)` forwards only (section 18.4, NPS and inverse), and gives up on
                # one that is turned round.
                "!({}|{})".format(*self._chance.sample(_PREDICATES, 2)),
            )
        )

    def _condition(self, depth: int) -> str:
        if depth and self._chance.random() < 0.4:
            left, right = self._condition(depth - 1), self._condition(depth - 1)
            # `error && false` is an error to rdflib, where it is false (section 17.2).
            return self._chance.choice(
                (
                    f"(COALESCE({left}, false) && {right})",
                    f"({left} || {right})",
                    f"(!({left}))",
                    f"IF({left}, {right}, false)",
                )
            )
        # In a nested group rdflib sees variables that are bound outside it only; so a condition is about what its own
        # group binds, or about what nobody does.
        variable, other = self._inside(), self._inside()
        return self._chance.choice(
            (
                f"{variable} = {other}",
                f"{variable} != {self._chance.choice(_THINGS)}",
                # To rdflib there is an order between all kinds of values, and what is unbound is just no number, where
                # section 17.3 has an error.
                f"(isNumeric(COALESCE({variable}, :a)) && {variable} > {self._chance.randint(1, 3)})",
                f"(isNumeric(COALESCE({variable}, :a)) && {variable} <= {self._chance.randint(1, 3)})",
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
                f"EXISTS {{ {self._triple(variables=(variable, other))} }}",
                f"NOT EXISTS {{ {self._triple(variables=(variable, other))} }}",
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
            # To rdflib a product of integers is a decimal; to XPath, and so to section 17.3, it is an integer.
            f"({variable} / 2 - {self._variable()})",
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

    def _inside(self) -> str:
        return self._chance.choice((*self._scope, *self._scope, *self._scope, NOBODY))

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
        # SPARQL 1.1, section 16.2: a statement with a literal as subject, or no IRI as predicate, is left out of the
        # graph; rdflib leaves it in.
        lines = {
            f"{_term(s)} {_term(p)} {valued(_term(o))}"
            for s, p, o in found.graph
            if isinstance(s, rdflib.IdentifiedNode) and isinstance(p, rdflib.URIRef)
        }
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
    given = [int(each) for each in sys.argv[1:]]
    raise SystemExit(main(*[*given, *(10000, 1)[len(given) :]]))
