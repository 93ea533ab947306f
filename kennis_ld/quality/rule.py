"""A SHACL shape that was compiled: where it finds its nodes, what it reads of them, and what they break.

Sections are those of SHACL (W3C, 20 July 2017).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rdflib import Graph, URIRef
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from kennis_ld.graph.formats import written
from kennis_ld.quality.index import Index, Reader

Pairs: TypeAlias = Sequence[tuple[str, Collection[str]]]
"""Focus nodes, each with its value nodes."""

Test: TypeAlias = Callable[[str], bool]
"""Whether a node is as it must be."""


class NotUnderstood(Exception):
    """A shape, or the data it is about, needs something that is not compiled."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A shape that a node breaks: the shape, the node, the path where it is not that of the shape, value, component."""

    shape: Node
    focus: str
    path: str | None
    value: str | None
    component: URIRef


Check: TypeAlias = Callable[[Pairs], list[Broken]]
"""Says what is broken among focus nodes."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A compiled shape.

    Attributes:
        node: the shape in the graph of shapes.
        path: makes the reader of its value nodes.
        checks: make what looks at the value nodes, one for each constraint.
        properties: the properties that it looks at, those of shapes within it included; once more, with ^ before it,
            each that it reads from value to subject, or anywhere in the data.
        reports: the shapes that may stand in what it says: itself, and those it has with sh:property.
    """

    node: Node
    path: Callable[[Index], Reader]
    checks: tuple[Callable[[Index], Check], ...]
    properties: frozenset[str]
    reports: frozenset[Node]

    @property
    def goes_forward(self) -> bool:
        """Whether it reads only values of its focus nodes, values of these, and so on."""
        return not any(prop.startswith("^") for prop in self.properties)

    def check(self, index: Index) -> Callable[[Iterable[str]], list[Broken]]:
        """Returns what says how nodes break the shape."""
        read = self.path(index)
        checks = [check(index) for check in self.checks]

        def found(nodes: Iterable[str]) -> list[Broken]:
            pairs = [(node, read(node)) for node in nodes]
            return [broken for check in checks for broken in check(pairs)]

        return found

    def test(self, index: Index) -> Test:
        """Returns what says whether a node conforms to the shape, whatever its severity (section 3.4)."""
        check = self.check(index)
        known: dict[str, bool] = {}

        def conforms(node: str) -> bool:
            found = known.get(node)
            if found is None:
                found = known[node] = not check((node,))
            return found

        return conforms


@dataclass(frozen=True, slots=True)
class Target:
    """Where a shape finds its focus nodes (section 2.1.3)."""

    classes: tuple[str, ...]
    nodes: tuple[str, ...]
    subjects: tuple[str, ...]
    objects: tuple[str, ...]

    @classmethod
    def of(cls, shape: Node, shapes: Graph) -> Target:
        """Returns the target of a shape."""

        def named(prop: URIRef) -> tuple[str, ...]:
            return tuple(sorted(written(node) for node in shapes.objects(shape, prop)))

        implicit = (written(shape),) if (shape, RDF.type, RDFS.Class) in shapes else ()
        return cls(
            (*named(SH.targetClass), *implicit),
            named(SH.targetNode),
            named(SH.targetSubjectsOf),
            named(SH.targetObjectsOf),
        )

    @property
    def properties(self) -> frozenset[str]:
        """The properties that are looked at."""
        return frozenset({*self.subjects, *self.objects})

    def nodes_in(self, index: Index) -> Collection[str]:
        """Returns the focus nodes."""
        found = [
            *(index.instances(cls) for cls in self.classes),
            *(index.subjects(prop) for prop in self.subjects),
            *(index.objects(prop) for prop in self.objects),
        ]
        if len(found) == 1 and not self.nodes:
            return found[0]
        return frozenset(self.nodes).union(*found)
