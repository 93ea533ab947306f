"""Compiles the constraints of SHACL shapes, a function for each component (SHACL, W3C, 20 July 2017, sections 4 and 5).

Each says what pyshacl says, also where that reads the standard in its own way.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial

from rdflib import Literal, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from kennis_ld.graph.formats import lexical, written
from kennis_ld.quality.compilation import Compiler, Component, Made
from kennis_ld.quality.index import Index
from kennis_ld.quality.rule import Broken, Check, NotUnderstood, Pairs, Test
from kennis_ld.quality.terms import has_language, of_datatype, out_of_order

_NONE: frozenset[str] = frozenset()


def _component(parameter: URIRef) -> URIRef:
    """Returns the component that has a parameter: sh:MinCountConstraintComponent of sh:minCount."""
    name = parameter.removeprefix(str(SH))
    return SH[f"{name[0].upper()}{name[1:]}ConstraintComponent"]


def _each(node: Node, parameter: URIRef, test: Callable[[Index], Test]) -> Callable[[Index], Check]:
    """Makes a check of every value node."""
    component = _component(parameter)

    def bound(index: Index) -> Check:
        fits = test(index)
        return lambda pairs: [
            Broken(node, focus, None, value, component)
            for focus, values in pairs
            for value in values
            if not fits(value)
        ]

    return bound


def _all(node: Node, parameter: URIRef, test: Callable[[Collection[str]], bool]) -> Callable[[Index], Check]:
    """Makes a check of the value nodes together."""
    component = _component(parameter)

    def check(pairs: Pairs) -> list[Broken]:
        return [Broken(node, focus, None, None, component) for focus, values in pairs if not test(values)]

    return lambda index: check


def _count(parameter: URIRef, right: Callable[[int, int], bool]) -> Component:
    def made(compiler: Compiler, node: Node, value: Node) -> Made:
        _needs_path(compiler, node)
        bound = compiler.whole(node, value)
        return _all(node, parameter, lambda values: right(len(values), bound)), _NONE

    return made


def _class(compiler: Compiler, node: Node, value: Node) -> Made:
    cls = written(value)
    return _each(node, SH["class"], lambda index: index.instances(cls).__contains__), _NONE


def _datatype(compiler: Compiler, node: Node, value: Node) -> Made:
    fits = of_datatype(value)
    if fits is None:
        raise NotUnderstood(f"{node}: datatype {value}")
    return _each(node, SH.datatype, lambda index: fits), _NONE


def _node_kind(compiler: Compiler, node: Node, value: Node) -> Made:
    kinds = _KINDS.get(URIRef(str(value)))
    if kinds is None:
        raise NotUnderstood(f"{node}: no kind of node")
    return _each(node, SH.nodeKind, lambda index: lambda value: value[0] in kinds), _NONE


def _length(parameter: URIRef, right: Callable[[int, int], bool]) -> Component:
    def made(compiler: Compiler, node: Node, value: Node) -> Made:
        bound = compiler.whole(node, value)

        def fits(value: str) -> bool:
            if value[0] == "_":  # it has no length, and at least none
                return bound == 0 and parameter == SH.minLength
            return right(len(lexical(value)), bound)

        return _each(node, parameter, lambda index: fits), _NONE

    return made


def _pattern(compiler: Compiler, node: Node, value: Node) -> Made:
    given = compiler.objects(node, SH.flags)
    if len(given) > 1:
        raise NotUnderstood(f"{node}: flags more than once")
    flags = str(given[0]).lower() if given else ""
    options = (re.IGNORECASE if "i" in flags else 0) | (re.MULTILINE if "m" in flags else 0)
    try:
        search = re.compile(str(value), options).search
    except re.error as error:
        raise NotUnderstood(f"{node}: {error}") from error

    def fits(value: str) -> bool:
        return value[0] != "_" and search(lexical(value)) is not None

    return _each(node, SH.pattern, lambda index: fits), _NONE


def _language_in(compiler: Compiler, node: Node, value: Node) -> Made:
    wanted = {str(each).lower() for each in compiler.list(value)}

    def fits(value: str) -> bool:
        if not has_language(value):
            return False
        language = value[value.rindex('"') + 2 :].lower()
        return "*" in wanted or any(f"{language}-".startswith(f"{each}-") for each in wanted)

    return _each(node, SH.languageIn, lambda index: fits), _NONE


def _unique_lang(compiler: Compiler, node: Node, value: Node) -> Made:
    _needs_path(compiler, node)
    if value not in {Literal(True), Literal(False)}:
        raise NotUnderstood(f"{node}: uniqueLang is not true or false")

    def unique(values: Collection[str]) -> bool:
        tags = [value[value.rindex('"') + 2 :].lower() for value in values if has_language(value)]
        return len(tags) == len(set(tags))

    return _all(node, SH.uniqueLang, unique if value == Literal(True) else lambda values: True), _NONE


def _compared(
    parameter: URIRef,
    wrong: Callable[[frozenset[str], frozenset[str]], Iterable[str]],
    *,
    in_order: bool = False,
) -> Component:
    """Makes a check of the value nodes against those of another property (section 4.5)."""
    component = _component(parameter)

    def made(compiler: Compiler, node: Node, value: Node) -> Made:
        if in_order:
            _needs_path(compiler, node)
        prop = written(value)

        def bound(index: Index) -> Check:
            read = index.reader(prop)
            return lambda pairs: [
                Broken(node, focus, None, value, component)
                for focus, values in pairs
                if values or read(focus)
                for value in wrong(frozenset(values), frozenset(read(focus)))
            ]

        return bound, frozenset({prop})

    return made


def _has_value(compiler: Compiler, node: Node, value: Node) -> Made:
    wanted = written(value)
    return _all(node, SH.hasValue, lambda values: wanted in values), _NONE


def _in(compiler: Compiler, node: Node, value: Node) -> Made:
    allowed = frozenset(written(each) for each in compiler.list(value))
    return _each(node, SH["in"], lambda index: allowed.__contains__), _NONE


def _not(compiler: Compiler, node: Node, value: Node) -> Made:
    shape = compiler.shape(value)

    def test(index: Index) -> Test:
        conforms = shape.test(index)
        return lambda value: not conforms(value)

    return _each(node, SH["not"], test), shape.properties


def _combined(parameter: URIRef, enough: Callable[[Iterable[bool]], bool]) -> Component:
    """Makes a check of the value nodes against a list of shapes (section 4.6)."""

    def made(compiler: Compiler, node: Node, value: Node) -> Made:
        shapes = [compiler.shape(member) for member in compiler.list(value)]
        if not shapes or len(set(shapes)) < len(shapes):
            raise NotUnderstood(f"{node}: an empty list, or a shape twice")

        def test(index: Index) -> Test:
            tests = [shape.test(index) for shape in shapes]
            return lambda value: enough(conforms(value) for conforms in tests)

        return _each(node, parameter, test), frozenset().union(*(shape.properties for shape in shapes))

    return made


def _node(compiler: Compiler, node: Node, value: Node) -> Made:
    if compiler.has_path(value):
        raise NotUnderstood(f"{value}: a property shape as sh:node")
    shape = compiler.shape(value)
    return _each(node, SH.node, shape.test), shape.properties


def _property(compiler: Compiler, node: Node, value: Node) -> Made:
    if not compiler.has_path(value):
        raise NotUnderstood(f"{value}: no property shape")
    shape = compiler.shape(value)

    def bound(index: Index) -> Check:
        check = shape.check(index)
        return lambda pairs: check({value for _, values in pairs for value in values})

    return bound, shape.properties


def _qualified(compiler: Compiler, node: Node, value: Node) -> Made:
    """Makes the check of sh:qualifiedMinCount and sh:qualifiedMaxCount (section 4.7.3)."""
    _needs_path(compiler, node)
    shape = compiler.shape(value)
    bounds = [
        (compiler.whole(node, compiler.one(node, parameter)), right, _component(parameter))
        for parameter, right in ((SH.qualifiedMinCount, operator.ge), (SH.qualifiedMaxCount, operator.le))
        if compiler.objects(node, parameter)
    ]
    if not bounds:
        raise NotUnderstood(f"{node}: a qualified shape without a number")

    def bound(index: Index) -> Check:
        conforms = shape.test(index)

        return lambda pairs: [
            Broken(node, focus, None, None, component)
            for focus, values in pairs
            for limit, right, component in bounds
            if not right(sum(map(conforms, values)), limit)
        ]

    return bound, shape.properties


def _sparql(compiler: Compiler, node: Node, value: Node) -> Made:
    """Makes the check of a SPARQL constraint (section 5): what its query finds is broken."""
    own_value = not compiler.has_path(node)
    query = compiler.query(value)
    if query is None:
        return (lambda index: lambda pairs: []), _NONE

    def bound(index: Index) -> Check:
        ask = query.bound(index)

        def check(pairs: Pairs) -> list[Broken]:
            found: list[Broken] = []
            for focus, _ in pairs:
                try:
                    rows = list(ask(focus))
                except ValueError as error:
                    raise NotUnderstood(str(error)) from error
                for row in rows:
                    value = row.get("value", focus if own_value else None)
                    found.append(
                        Broken(node, row.get("this", focus), row.get("path"), value, SH.SPARQLConstraintComponent)
                    )
            return found

        return check

    return bound, query.properties.union(f"^{prop}" for prop in query.properties)


def _needs_path(compiler: Compiler, node: Node) -> None:
    if not compiler.has_path(node):
        raise NotUnderstood(f"{node}: for property shapes only")


_KINDS = {
    SH.IRI: "<",
    SH.BlankNode: "_",
    SH.Literal: '"',
    SH.BlankNodeOrIRI: "_<",
    SH.BlankNodeOrLiteral: '_"',
    SH.IRIOrLiteral: '<"',
}
"""How the terms of a kind begin (section 4.1.3)."""

COMPONENTS: Mapping[URIRef, Component] = {
    SH.minCount: _count(SH.minCount, operator.ge),
    SH.maxCount: _count(SH.maxCount, operator.le),
    SH["class"]: _class,
    SH.datatype: _datatype,
    SH.nodeKind: _node_kind,
    SH.minLength: _length(SH.minLength, operator.ge),
    SH.maxLength: _length(SH.maxLength, operator.le),
    SH.pattern: _pattern,
    SH.languageIn: _language_in,
    SH.uniqueLang: _unique_lang,
    SH.equals: _compared(SH.equals, operator.xor),
    SH.disjoint: _compared(SH.disjoint, operator.and_),
    SH.lessThan: _compared(SH.lessThan, partial(out_of_order, equal=False), in_order=True),
    SH.lessThanOrEquals: _compared(SH.lessThanOrEquals, partial(out_of_order, equal=True), in_order=True),
    SH.hasValue: _has_value,
    SH["in"]: _in,
    SH["not"]: _not,
    SH["and"]: _combined(SH["and"], all),
    SH["or"]: _combined(SH["or"], any),
    SH.xone: _combined(SH.xone, lambda found: sum(found) == 1),
    SH.node: _node,
    SH.property: _property,
    SH.qualifiedValueShape: _qualified,
    SH.sparql: _sparql,
}
"""What compiles each parameter; sh:flags and the qualified numbers go with another one."""
