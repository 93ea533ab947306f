"""Checks statements against SHACL shapes, many times faster than pyshacl, and says what pyshacl would say.

The shapes are compiled; a shape that cannot be compiled, or that says nothing in words of its own, is left to pyshacl.
Large data is checked in parts. What all parts refer to is added and checked once; each part is checked together with
it, and what a part says of it is checked again, so that the cost of a part does not grow with the whole.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Sequence
from copy import copy
from dataclasses import dataclass

from rdflib import Graph
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from kennis_ld.graph.formats import Statement, lexical, term, written
from kennis_ld.model.texts import Bilingual
from kennis_ld.quality.compilation import Compiler
from kennis_ld.quality.constraints import COMPONENTS
from kennis_ld.quality.index import SUBCLASS, TYPE, Index
from kennis_ld.quality.rule import Broken, NotUnderstood, Shape, Target
from kennis_ld.quality.validation import (
    NothingToValidate,
    Result,
    Validation,
    Words,
    outcome,
    reported,
    targeted_shapes,
    words,
)

_LOG = logging.getLogger(__name__)
_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A shape with a target; without a compiled shape where pyshacl must judge."""

    node: Node
    target: Target
    shape: Shape | None


@dataclass(frozen=True, slots=True)
class _Beforehand:
    """What a rule finds in what all parts refer to, and about which nodes."""

    nodes: frozenset[str]
    results: Sequence[Result]


class Checker:
    """Checks the parts of one set of data against the same shapes.

    Attributes:
        left_to_pyshacl: the shapes that are not compiled, each with the reason.
    """

    def __init__(self, shapes: Graph) -> None:
        compiler = Compiler(shapes, COMPONENTS)
        self._shapes = shapes
        self._words: dict[Node, Words] = {}
        self.left_to_pyshacl: dict[Node, str] = {}
        self._rules: list[_Rule] = []
        for node in sorted(targeted_shapes(shapes), key=written):
            compiled: Shape | None = None
            try:
                compiled = compiler.shape(node)
            except NotUnderstood as reason:
                self.left_to_pyshacl[node] = str(reason)
                _LOG.warning("%s is left to pyshacl, which takes longer: %s", node, reason)
            self._rules.append(_Rule(node, Target.of(node, shapes), compiled))
        self._used = self._properties()
        self._context = Index(self._used)
        self._beforehand: dict[Node, _Beforehand] = {}
        self._nodes: frozenset[str] = frozenset()

    def afresh(self) -> Checker:
        """Returns a checker of other data by the same shapes, which are not compiled again."""
        other = copy(self)
        other._context, other._beforehand, other._nodes = Index(self._used), {}, frozenset()
        return other

    def add(self, statements: Iterable[Statement]) -> None:
        """Adds statements that all parts refer to, and checks what was added so far."""
        self._context.add(statements)
        self._nodes = frozenset(
            node for subject, _, value in self._context.statements() for node in (subject, value) if node[0] != '"'
        )
        self._beforehand = {}
        for rule in self._rules:
            if rule.shape and rule.shape.goes_forward:
                nodes = frozenset(rule.target.nodes_in(self._context))
                found = self._found(rule, nodes, self._context)
                if found is not None:
                    self._beforehand[rule.node] = _Beforehand(nodes, found)

    def check(self, statements: Iterable[Statement]) -> Validation:
        """Returns what the shapes say of a part, and of what was added, as pyshacl says it of both in one graph."""
        part = tuple(statements)
        index = self._context.extended(part)
        # About a node of what was added, a part can only change what a rule finds by saying something of such a node.
        told = {prop for subject, prop, _ in part if subject in self._nodes}
        results: set[Result] = set()
        judged: list[Node] = []
        anything = False
        for rule in self._rules:
            nodes = rule.target.nodes_in(index)
            anything = anything or bool(nodes)
            known = self._beforehand.get(rule.node)
            if known and rule.shape and told.isdisjoint({*rule.shape.properties, SUBCLASS}):
                results.update(known.results)
                # Mostly it is the same set: to take thousands of nodes from it, one after the other, takes long.
                nodes = () if nodes is known.nodes else frozenset(nodes) - known.nodes
            if not nodes:
                continue
            found = self._found(rule, nodes, index)
            if found is None:
                judged.append(rule.node)
            else:
                results.update(found)
        if not anything:
            return NothingToValidate()
        if judged:
            results.update(reported(_graph(index), _only(self._shapes, judged), self._shapes))
        return outcome(results)

    def _found(self, rule: _Rule, nodes: Collection[str], index: Index) -> Sequence[Result] | None:
        """Returns what a rule finds; None where pyshacl must say it."""
        if rule.shape is None:
            return None
        try:
            broken = rule.shape.check(index)(nodes)
        except NotUnderstood:
            return None
        results = [self._result(each) for each in broken]
        return None if any(result.messages == Bilingual() for result in results) else results

    def _result(self, broken: Broken) -> Result:
        said = self._words.get(broken.shape)
        if said is None:
            said = self._words[broken.shape] = words(broken.shape, self._shapes)
        path = "" if broken.path is None else f"<{lexical(broken.path)}>"
        value = None if broken.value is None else term(broken.value)
        return said.about(term(broken.focus), path, value, str(broken.component))

    def _properties(self) -> Collection[str] | None:
        """Returns what must be looked at: all, where pyshacl may be asked for words, for it names what it likes."""
        reporting = {node for rule in self._rules if rule.shape for node in rule.shape.reports}
        if self.left_to_pyshacl or any(words(node, self._shapes).messages == Bilingual() for node in reporting):
            return None
        used = (rule.shape.properties | rule.target.properties for rule in self._rules if rule.shape)
        return frozenset({TYPE, SUBCLASS}).union(*used)


def _graph(index: Index) -> Graph:
    graph = Graph()
    for subject, predicate, value in index.statements():
        graph.add((term(subject), term(predicate), term(value)))
    return graph


def _only(shapes: Graph, wanted: Collection[Node]) -> Graph:
    """Returns the shapes with the targets of a few only."""
    others = targeted_shapes(shapes) - set(wanted)
    kept = Graph()
    for triple in shapes:
        subject, predicate, value = triple
        if subject in others and (predicate in _TARGETS or (predicate == RDF.type and value == RDFS.Class)):
            continue
        kept.add(triple)
    return kept
