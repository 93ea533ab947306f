"""What the tests of the rules share: the shapes, the valid agenda, and the cases that each break one rule."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH, Namespace

from kennis_ld.graph.definitions import definition_triples, shapes_graph
from kennis_ld.graph.formats import Statement, written
from kennis_ld.iri import Iris
from kennis_ld.quality.checker import Checker
from kennis_ld.quality.validation import Validation
from tests.quality.by_pyshacl import validate

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
IRIS = Iris("https://data.example.org")
RULES = Namespace(f"{IRIS.base}/def/shapes#")


@dataclass(frozen=True, slots=True)
class Case:
    """One change to the valid agenda, and what must be said of it."""

    name: str
    data: str
    focus: URIRef

    @property
    def rule(self) -> URIRef:
        """The rule that must be broken."""
        return RULES[self.name.partition(":")[0]]

    @property
    def found(self) -> Validation:
        """What is found; with the queries only where the rule is one."""
        return found(self.data, queries=self._has_query)

    @property
    def checked(self) -> Validation:
        """What the compiled rules find."""
        return checker(queries=self._has_query).check(statements_of(data(self.data)))

    @property
    def _has_query(self) -> bool:
        return next(shapes().objects(self.rule, SH.sparql), None) is not None


def statements_of(graph: Graph) -> Iterator[Statement]:
    """Yields the statements of a graph, with the terms as N-Triples writes them."""
    for subject, predicate, value in graph:
        yield written(subject), written(predicate), written(value)


@cache
def shapes() -> Graph:
    """All rules, as the software loads them."""
    return shapes_graph(
        [path.read_text(encoding="utf-8") for path in sorted((REPOSITORY / "shapes").glob("*.ttl"))], IRIS
    )


@cache
def concepts() -> Graph:
    """The concepts that the software brings along."""
    graph = Graph()
    for triple in definition_triples((REPOSITORY / "ontology" / "concepts.ttl").read_text(encoding="utf-8"), IRIS):
        graph.add(triple)
    return graph


@lru_cache(maxsize=1)
def data(turtle: str) -> Graph:
    """The agenda of a text, with the concepts that the software brings along; both ways are asked of the same one."""
    graph = Graph().parse(data=turtle, format="turtle", publicID=IRIS.root)
    graph += concepts()
    return graph


def valid() -> str:
    """The agenda about which no rule has anything to say."""
    return (HERE / "valid.ttl").read_text(encoding="utf-8")


@cache
def without_queries() -> Graph:
    """The shapes with their SPARQL constraints switched off: reading those is half the time of a small validation."""
    graph = Graph() + shapes()
    for query in shapes().subjects(SH.select, None):
        graph.add((query, SH.deactivated, Literal(True)))
    return graph


@cache
def found(turtle: str, *, queries: bool = False) -> Validation:
    """What the rules say of the agenda of a text; the tests ask the same text more than once."""
    return validate(data(turtle), shapes() if queries else without_queries())


@cache
def checker(*, queries: bool) -> Checker:
    """The rules, compiled."""
    return Checker(shapes() if queries else without_queries())


def case(name: str) -> Case:
    """The case of that name."""
    return next(case for case in cases() if case.name == name)


@cache
def cases() -> list[Case]:
    """All cases, in the order of the file."""
    table = tomllib.loads((HERE / "cases.toml").read_text(encoding="utf-8"))
    return [_case(name, **change) for name, change in table.items()]


def rules() -> list[URIRef]:
    """Every shape with a severity, sorted."""
    return sorted(shape for shape in shapes().subjects(SH.severity, None) if isinstance(shape, URIRef))


def shape_nodes() -> list[URIRef]:
    """Every shape that says it is one, building blocks included."""
    kinds = (SH.NodeShape, SH.PropertyShape)
    return sorted({shape for kind in kinds for shape in shapes().subjects(RDF.type, kind)})  # type: ignore[type-var]


def _case(name: str, *, of: str = "", takes: str = "", gives: str = "", adds: str = "", focus: str = "") -> Case:
    turtle = valid()
    if of:
        block = re.search(rf"^<{re.escape(of)}> a .*?\.$\n(?:\n|\Z)", turtle, re.MULTILINE | re.DOTALL)
        assert block, f"{name}: valid.ttl has no block about {of}"
        assert block[0].count(takes) == 1, f"{name}: {takes!r} occurs {block[0].count(takes)} times"
        turtle = turtle.replace(block[0], block[0].replace(takes, gives))
    node = focus or of
    return Case(name, f"{turtle}\n{adds}\n", URIRef(node if node.startswith("http") else f"{IRIS.root}{node}"))
