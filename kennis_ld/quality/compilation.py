"""Compiles SHACL shapes to rules that look at many nodes at once: a path, and what must hold of the values.

What a rule finds is what pyshacl finds, also where pyshacl reads the standard in its own way. For a shape that cannot
be compiled `NotUnderstood` is raised, so that pyshacl can be asked. The constraints themselves are those of
`kennis_ld.quality.constraints`. Sections are those of SHACL (W3C, 20 July 2017).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeAlias

from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection as List
from rdflib.namespace import RDF, RDFS, SH, XSD
from rdflib.term import Node

from kennis_ld.graph.formats import written
from kennis_ld.quality.index import TYPE, Index, Reader
from kennis_ld.quality.rule import Check, NotUnderstood, Shape
from kennis_ld.quality.sparql_constraints import Query

_SILENT = {
    SH[name]
    for name in (
        *("path", "severity", "name", "description", "message", "order", "group", "deactivated"),
        *("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"),
        *("flags", "qualifiedMinCount", "qualifiedMaxCount"),
    )
}
"""Properties of a shape that find nothing by themselves."""

_SINGLE = {
    SH[name]
    for name in (
        *("minCount", "maxCount", "minLength", "maxLength", "datatype", "nodeKind"),
        *("languageIn", "uniqueLang", "in", "qualifiedValueShape"),
    )
}
"""Parameters that a shape may have once."""


class Compiler:
    """Compiles the shapes of one graph; shapes within others once.

    Args:
        components: what compiles each parameter of a constraint, by its IRI.
    """

    def __init__(self, shapes: Graph, components: Mapping[URIRef, Component]) -> None:
        self._shapes = shapes
        self._components = components
        self._known: dict[Node, Shape] = {}
        self._open: list[Node] = []
        self._foreign = any((None, way, SH.ConstraintComponent) in shapes for way in (RDF.type, RDFS.subClassOf))

    def shape(self, node: Node) -> Shape:
        """Returns a shape, compiled.

        Raises:
            NotUnderstood: it needs something that is not compiled, or is no usable shape.
        """
        if node in self._known:
            return self._known[node]
        if node in self._open or self._foreign or (node, None, None) not in self._shapes:
            raise NotUnderstood(f"{node}: recursive, with components of its own, or not there")
        kinds = set(self._shapes.objects(node, RDF.type))
        if not kinds <= {SH.NodeShape, SH.PropertyShape, RDFS.Class}:
            raise NotUnderstood(f"{node}: a shape that is something else as well")
        self._open.append(node)
        try:
            self._known[node] = self._compiled(node)
        finally:
            self._open.pop()
        return self._known[node]

    def _compiled(self, node: Node) -> Shape:
        path, used = self._path_of(node)
        if self._one(node, SH.deactivated) == Literal(True):
            return Shape(node, path, (), frozenset(), frozenset())
        checks: list[Callable[[Index], Check]] = []
        properties = {TYPE, *used}
        for prop in sorted(set(self._shapes.predicates(node)), key=written):
            if not str(prop).startswith(str(SH)) or prop in _SILENT:
                continue
            make = self._components.get(URIRef(str(prop)))
            if make is None:
                raise NotUnderstood(f"{node}: {prop}")
            for value in [self.one(node, prop)] if prop in _SINGLE else self.objects(node, prop):
                check, looked_at = make(self, node, value)
                checks.append(check)
                properties |= looked_at
        within = (self._known[each].reports for each in self._shapes.objects(node, SH.property))
        return Shape(node, path, tuple(checks), frozenset(properties), frozenset({node}).union(*within))

    def _one(self, node: Node, prop: Node) -> Node | None:
        found = list(self._shapes.objects(node, prop))
        if len(found) > 1:
            raise NotUnderstood(f"{node}: {prop} more than once")
        return found[0] if found else None

    def objects(self, node: Node, prop: Node) -> list[Node]:
        """Returns the values of a parameter, sorted."""
        return sorted(self._shapes.objects(node, prop), key=written)

    def list(self, node: Node | None) -> list[Node]:
        """Returns the members of a list."""
        if node is None or (node != RDF.nil and (node, RDF.first, None) not in self._shapes):
            raise NotUnderstood(f"{node}: no list")
        return list(List(self._shapes, node))

    def whole(self, node: Node, value: Node) -> int:
        """Returns the whole number of at least 0 that the value of a parameter is."""
        if not (isinstance(value, Literal) and value.datatype == XSD.integer and isinstance(value.value, int)):
            raise NotUnderstood(f"{node}: {value} is no whole number")
        if value.value < 0:
            raise NotUnderstood(f"{node}: {value} below 0")
        return value.value

    def one(self, node: Node, prop: Node) -> Node:
        """Returns the one value of a parameter."""
        value = self._one(node, prop)
        if value is None:
            raise NotUnderstood(f"{node}: without {prop}")
        return value

    def has_path(self, node: Node) -> bool:
        """Whether it is a property shape."""
        return (node, SH.path, None) in self._shapes

    def query(self, node: Node) -> Query | None:
        """Returns a SPARQL constraint, compiled; None for one that is switched off."""
        if self._one(node, SH.deactivated) == Literal(True):
            return None
        if set(self._shapes.predicates(node)) - {RDF.type, SH.select, SH.deactivated}:
            raise NotUnderstood(f"{node}: a query with words or prefixes of its own")
        try:
            return Query.compiled(str(self.one(node, SH.select)))
        except ValueError as error:
            raise NotUnderstood(f"{node}: {error}") from error

    def _path_of(self, node: Node) -> tuple[Callable[[Index], Reader], frozenset[str]]:
        path = self._one(node, SH.path)
        return (lambda index: _itself, frozenset()) if path is None else self._path(path)

    def _path(self, path: Node) -> tuple[Callable[[Index], Reader], frozenset[str]]:
        if isinstance(path, URIRef):
            prop = written(path)
            return (lambda index: index.reader(prop)), frozenset({prop})
        said = set(self._shapes.predicates(path))
        if said == {SH.inversePath}:
            inverse = self._one(path, SH.inversePath)
            if not isinstance(inverse, URIRef):
                raise NotUnderstood(f"{path}: the inverse of more than one step")
            back = written(inverse)
            return (lambda index: index.inverse_reader(back)), frozenset({back, f"^{back}"})
        if said == {SH.zeroOrOnePath}:
            make, properties = self._path(self.one(path, SH.zeroOrOnePath))
            return (lambda index: _any_of([_itself, make(index)])), properties
        if said == {SH.alternativePath}:
            members = self.list(self._one(path, SH.alternativePath))
            if len(members) > 1 and all(isinstance(step, URIRef) for step in members):
                properties = frozenset(map(written, members))
                return (lambda index: index.reader_of_any(properties)), properties
            steps = [self._path(step) for step in members]
            join = _any_of
        elif said != {RDF.first, RDF.rest}:
            raise NotUnderstood(f"{path}: another kind of path")
        else:
            steps = [self._path(step) for step in self.list(path)]
            join = _one_after_the_other
        if len(steps) < 2:
            raise NotUnderstood(f"{path}: fewer than two steps")
        makers = [make for make, _ in steps]
        return (lambda index: join([make(index) for make in makers])), frozenset().union(*(used for _, used in steps))


def _itself(node: str) -> Collection[str]:
    return (node,)


def _any_of(readers: Sequence[Reader]) -> Reader:
    def read(node: str) -> Collection[str]:
        found = [values for reader in readers if (values := reader(node))]
        return found[0] if len(found) == 1 else frozenset().union(*found) if found else ()

    return read


def _one_after_the_other(readers: Sequence[Reader]) -> Reader:
    def read(node: str) -> Collection[str]:
        nodes: Collection[str] = (node,)
        for reader in readers:
            if len(nodes) == 1:
                (only,) = nodes
                nodes = reader(only)
            else:
                nodes = frozenset(value for each in nodes for value in reader(each))
        return nodes

    return read


Made: TypeAlias = tuple[Callable[[Index], Check], frozenset[str]]
"""The maker of a check, with the properties that it looks at."""

Component: TypeAlias = Callable[[Compiler, Node, Node], Made]
"""Compiles one value of a parameter of a shape."""
