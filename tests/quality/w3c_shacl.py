"""The W3C tests of SHACL: the data and shapes of each, from the folder of standards beside the project."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import Graph, Literal
from rdflib.namespace import RDF, SH, Namespace

from tests.standards_shapes import STANDARDS

SUITE = STANDARDS / "w3c" / "shacl-tests" / "tests"
_MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
_SHT = Namespace("http://www.w3.org/ns/shacl-test#")


@dataclass(frozen=True, slots=True)
class W3cCase:
    """One test: its name and its two graphs."""

    name: str
    data: Graph
    shapes: Graph


@cache
def w3c_names() -> tuple[str, ...]:
    """Returns the names of the tests, sorted: those of SHACL Core begin with `core`, of SHACL-SPARQL with `sparql`."""
    files = (path for path in sorted(SUITE.rglob("*.ttl")) if "sht:Validate" in path.read_text(encoding="utf-8"))
    return tuple(str(path.relative_to(SUITE).with_suffix("")) for path in files)


def w3c_case(name: str) -> W3cCase:
    """Returns a test."""
    path = SUITE / f"{name}.ttl"
    manifest = _parsed(path)
    (test,) = manifest.subjects(RDF.type, _SHT.Validate)
    action = manifest.value(test, _MF.action)
    data, shapes = (str(manifest.value(action, prop)) for prop in (_SHT.dataGraph, _SHT.shapesGraph))
    return W3cCase(name, _parsed(Path(data.removeprefix("file://"))), _parsed(Path(shapes.removeprefix("file://"))))


def worded(shapes: Graph) -> Graph:
    """Returns shapes that each say something in words, so that nobody needs pyshacl for that."""
    graph = Graph() + shapes
    nodes = {*shapes.subjects(SH.path), *shapes.subjects(RDF.type, SH.NodeShape)}
    parameters = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
    nodes |= {node for parameter in parameters for node in shapes.subjects(parameter)}
    for node in nodes:
        if (node, SH.message, None) not in graph:
            graph.add((node, SH.message, Literal("Dit klopt niet. Verbeter het.", lang="nl")))
    return graph


def _parsed(path: Path) -> Graph:
    return Graph().parse(path, format="turtle", publicID=path.as_uri())
