"""Compiles the constraints of SHACL shapes, a function for each component (SHACL, W3C, 20 July 2017, sections 4 and 5).

Each says what pyshacl says, also where that reads the standard in its own way.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial

from rdflib import Literal, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from kennis_ld.graph.formats import lexical, written
from kennis_ld.quality.compilation import Compiler, Component, Made
from kennis_ld.quality.index import Index
from kennis_ld.quality.queries import Query
from kennis_ld.quality.rule import Broken, Check, NotUnderstood, Pairs, Shape, Test
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
    def made(compiler: Compiler, node: Node) -> Made:
        _needs_path(compiler, node)
        bound = compiler.whole(node, parameter)
        yield _all(node, parameter, lambda values: right(len(values), bound)), _NONE

    return made


def _class(compiler: Compiler, node: Node) -> Made:
    for each in compiler.objects(node, SH["class"]):
        cls = written(each)

        def test(index: Index, cls: str = cls) -> Test:
            return index.instances(cls).__contains__

        yield _each(node, SH["class"], test), _NONE


def _datatype(compiler: Compiler, node: Node) -> Made:
    datatype = compiler.one(node, SH.datatype)
    fits = of_datatype(datatype)
    if fits is None:
        raise NotUnderstood(f"{node}: datatype {datatype}")
    yield _each(node, SH.datatype, lambda index: fits), _NONE


def _node_kind(compiler: Compiler, node: Node) -> Made:
    kinds = _KINDS.get(URIRef(str(compiler.one(node, SH.nodeKind))))
    if kinds is None:
        raise NotUnderstood(f"{node}: no kind of node")
    yield _each(node, SH.nodeKind, lambda index: lambda value: value[0] in kinds), _NONE


def _length(parameter: URIRef, right: Callable[[int, int], bool]) -> Component:
    def made(compiler: Compiler, node: Node) -> Made:
        bound = compiler.whole(node, parameter)

        def fits(value: str) -> bool:
            if value[0] == "_":  # it has no length, and at least none
                return bound == 0 and parameter == SH.minLength
            return right(len(lexical(value)), bound)

        yield _each(node, parameter, lambda index: fits), _NONE

    return made


def _pattern(compiler: Compiler, node: Node) -> Made:
    given = compiler.objects(node, SH.flags)
    if len(given) > 1:
        raise NotUnderstood(f"{node}: flags more than once")
    flags = str(given[0]).lower() if given else ""
    options = (re.IGNORECASE if "i" in flags else 0) | (re.MULTILINE if "m" in flags else 0)
    for each in compiler.objects(node, SH.pattern):
        try:
            search = re.compile(str(each), options).search
        except re.error as error:
            raise NotUnderstood(f"{node}: {error}") from error

        def fits(value: str, search: Callable[[str], object] = search) -> bool:
            return value[0] != "_" and search(lexical(value)) is not None

        yield _each(node, SH.pattern, lambda index, fits=fits: fits), _NONE  # type: ignore[misc]


def _language_in(compiler: Compiler, node: Node) -> Made:
    wanted = {str(each).lower() for each in compiler.list(compiler.one(node, SH.languageIn))}

    def fits(value: str) -> bool:
        if not has_language(value):
            return False
        language = value[value.rindex('"') + 2 :].lower()
        return "*" in wanted or any(f"{language}-".startswith(f"{each}-") for each in wanted)

    yield _each(node, SH.languageIn, lambda index: fits), _NONE


def _unique_lang(compiler: Compiler, node: Node) -> Made:
    _needs_path(compiler, node)
    wanted = compiler.one(node, SH.uniqueLang)
    if wanted not in {Literal(True), Literal(False)}:
        raise NotUnderstood(f"{node}: uniqueLang is not true or false")

    def unique(values: Collection[str]) -> bool:
        tags = [value[value.rindex('"') + 2 :].lower() for value in values if has_language(value)]
        return len(tags) == len(set(tags))

    if wanted == Literal(True):
        yield _all(node, SH.uniqueLang, unique), _NONE


def _compared(
    parameter: URIRef,
    wrong: Callable[[frozenset[str], frozenset[str]], Iterable[str]],
    *,
    in_order: bool = False,
) -> Component:
    """Makes checks of the value nodes against those of another property (section 4.5)."""
    component = _component(parameter)

    def made(compiler: Compiler, node: Node) -> Made:
        if in_order:
            _needs_path(compiler, node)
        for other in compiler.objects(node, parameter):
            prop = written(other)

            def bound(index: Index, prop: str = prop) -> Check:
                read = index.reader(prop)
                return lambda pairs: [
                    Broken(node, focus, None, value, component)
                    for focus, values in pairs
                    if values or read(focus)
                    for value in wrong(frozenset(values), frozenset(read(focus)))
                ]

            yield bound, frozenset({prop})

    return made


def _has_value(compiler: Compiler, node: Node) -> Made:
    for each in compiler.objects(node, SH.hasValue):
        wanted = written(each)

        def there(values: Collection[str], wanted: str = wanted) -> bool:
            return wanted in values

        yield _all(node, SH.hasValue, there), _NONE


def _in(compiler: Compiler, node: Node) -> Made:
    allowed = frozenset(written(each) for each in compiler.list(compiler.one(node, SH["in"])))
    yield _each(node, SH["in"], lambda index: allowed.__contains__), _NONE


def _not(compiler: Compiler, node: Node) -> Made:
    for each in compiler.objects(node, SH["not"]):
        shape = compiler.shape(each)

        def test(index: Index, shape: Shape = shape) -> Test:
            conforms = shape.test(index)
            return lambda value: not conforms(value)

        yield _each(node, SH["not"], test), shape.properties


def _combined(parameter: URIRef, enough: Callable[[Iterable[bool]], bool]) -> Component:
    """Makes checks of the value nodes against a list of shapes (section 4.6)."""

    def made(compiler: Compiler, node: Node) -> Made:
        for each in compiler.objects(node, parameter):
            shapes = [compiler.shape(member) for member in compiler.list(each)]
            if not shapes or len(set(shapes)) < len(shapes):
                raise NotUnderstood(f"{node}: an empty list, or a shape twice")

            def test(index: Index, shapes: Sequence[Shape] = shapes) -> Test:
                tests = [shape.test(index) for shape in shapes]
                return lambda value: enough(conforms(value) for conforms in tests)

            yield _each(node, parameter, test), frozenset().union(*(shape.properties for shape in shapes))

    return made


def _node(compiler: Compiler, node: Node) -> Made:
    for each in compiler.objects(node, SH.node):
        if compiler.has_path(each):
            raise NotUnderstood(f"{each}: a property shape as sh:node")
        shape = compiler.shape(each)
        yield _each(node, SH.node, shape.test), shape.properties


def _property(compiler: Compiler, node: Node) -> Made:
    for each in compiler.objects(node, SH.property):
        if not compiler.has_path(each):
            raise NotUnderstood(f"{each}: no property shape")
        shape = compiler.shape(each)

        def bound(index: Index, shape: Shape = shape) -> Check:
            check = shape.check(index)
            return lambda pairs: check({value for _, values in pairs for value in values})

        yield bound, shape.properties


def _qualified(compiler: Compiler, node: Node) -> Made:
    """Makes the check of sh:qualifiedMinCount and sh:qualifiedMaxCount (section 4.7.3)."""
    _needs_path(compiler, node)
    shape = compiler.shape(compiler.one(node, SH.qualifiedValueShape))
    bounds = [
        (compiler.whole(node, parameter), right, _component(parameter))
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

    yield bound, shape.properties


def _sparql(compiler: Compiler, node: Node) -> Made:
    """Makes the check of SPARQL constraints (section 5): what a query finds is broken."""
    own_value = not compiler.has_path(node)
    for each in compiler.objects(node, SH.sparql):
        query = compiler.query(each)
        if query is None:
            continue

        def bound(index: Index, query: Query = query) -> Check:
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

        yield bound, query.properties.union(f"^{prop}" for prop in query.properties)


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
