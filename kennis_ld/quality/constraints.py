"""Compiles the constraints of SHACL shapes, a function for each component (SHACL, W3C, 20 July 2017, sections 4 and 5).

Each says what pyshacl says, also where that reads the standard in its own way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import RDF, SH, XSD
from rdflib.term import Node

from kennis_ld.graph.formats import lexical, term, written
from kennis_ld.quality.compilation import Compiler, Component, Made
from kennis_ld.quality.index import Index
from kennis_ld.quality.queries import Query
from kennis_ld.quality.rule import Broken, Check, NotUnderstood, Pairs, Shape, Test

_NONE: frozenset[str] = frozenset()


def _each(node: Node, component: URIRef, test: Callable[[Index], Test]) -> Callable[[Index], Check]:
    """Makes a check of every value node."""

    def bound(index: Index) -> Check:
        fits = test(index)
        return lambda pairs: [
            Broken(node, focus, None, value, component)
            for focus, values in pairs
            for value in values
            if not fits(value)
        ]

    return bound


def _all(node: Node, component: URIRef, test: Callable[[Collection[str]], bool]) -> Callable[[Index], Check]:
    """Makes a check of the value nodes together."""

    def check(pairs: Pairs) -> list[Broken]:
        return [Broken(node, focus, None, None, component) for focus, values in pairs if not test(values)]

    return lambda index: check


def _min_count(compiler: Compiler, node: Node) -> Made:
    _needs_path(compiler, node)
    least = compiler.whole(node, SH.minCount)
    yield _all(node, SH.MinCountConstraintComponent, lambda values: len(values) >= least), _NONE


def _max_count(compiler: Compiler, node: Node) -> Made:
    _needs_path(compiler, node)
    most = compiler.whole(node, SH.maxCount)
    yield _all(node, SH.MaxCountConstraintComponent, lambda values: len(values) <= most), _NONE


def _class(compiler: Compiler, node: Node) -> Made:
    for each in compiler.objects(node, SH["class"]):
        cls = written(each)

        def test(index: Index, cls: str = cls) -> Test:
            return index.instances(cls).__contains__

        yield _each(node, SH.ClassConstraintComponent, test), _NONE


def _datatype(compiler: Compiler, node: Node) -> Made:
    datatype = compiler.one(node, SH.datatype)
    if datatype == RDF.langString:
        yield _each(node, SH.DatatypeConstraintComponent, lambda index: _has_language), _NONE
        return
    python = _PYTHON.get(URIRef(str(datatype)))
    if python is None:
        raise NotUnderstood(f"{node}: datatype {datatype}")

    def fits(value: str) -> bool:
        if _has_language(value):
            return False
        literal = term(value)
        if not isinstance(literal, Literal):
            return False
        same = literal.datatype == datatype or (literal.datatype is None and datatype == XSD.string)
        return same and not literal.ill_typed and isinstance(literal.value, python)

    yield _each(node, SH.DatatypeConstraintComponent, lambda index: fits), _NONE


def _node_kind(compiler: Compiler, node: Node) -> Made:
    kinds = _KINDS.get(URIRef(str(compiler.one(node, SH.nodeKind))))
    if kinds is None:
        raise NotUnderstood(f"{node}: no kind of node")
    yield _each(node, SH.NodeKindConstraintComponent, lambda index: lambda value: value[0] in kinds), _NONE


def _min_length(compiler: Compiler, node: Node) -> Made:
    least = compiler.whole(node, SH.minLength)

    def fits(value: str) -> bool:
        return least == 0 or (value[0] != "_" and len(lexical(value)) >= least)

    yield _each(node, SH.MinLengthConstraintComponent, lambda index: fits), _NONE


def _max_length(compiler: Compiler, node: Node) -> Made:
    most = compiler.whole(node, SH.maxLength)

    def fits(value: str) -> bool:
        return value[0] != "_" and len(lexical(value)) <= most

    yield _each(node, SH.MaxLengthConstraintComponent, lambda index: fits), _NONE


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

        yield _each(node, SH.PatternConstraintComponent, lambda index, fits=fits: fits), _NONE  # type: ignore[misc]


def _language_in(compiler: Compiler, node: Node) -> Made:
    wanted = {str(each).lower() for each in compiler.list(compiler.one(node, SH.languageIn))}

    def fits(value: str) -> bool:
        if not _has_language(value):
            return False
        language = value[value.rindex('"') + 2 :].lower()
        return "*" in wanted or language in wanted or language.partition("-")[0] in wanted

    yield _each(node, SH.LanguageInConstraintComponent, lambda index: fits), _NONE


def _unique_lang(compiler: Compiler, node: Node) -> Made:
    _needs_path(compiler, node)
    wanted = compiler.one(node, SH.uniqueLang)
    if wanted not in {Literal(True), Literal(False)}:
        raise NotUnderstood(f"{node}: uniqueLang is not true or false")

    def unique(values: Collection[str]) -> bool:
        tags = [value[value.rindex('"') + 2 :].lower() for value in values if _has_language(value)]
        return len(tags) == len(set(tags))

    if wanted == Literal(True):
        yield _all(node, SH.UniqueLangConstraintComponent, unique), _NONE


def _equals(compiler: Compiler, node: Node) -> Made:
    yield from _compared(compiler, node, SH.equals, SH.EqualsConstraintComponent, lambda own, other: own ^ other)


def _disjoint(compiler: Compiler, node: Node) -> Made:
    yield from _compared(compiler, node, SH.disjoint, SH.DisjointConstraintComponent, lambda own, other: own & other)


def _less_than(compiler: Compiler, node: Node) -> Made:
    _needs_path(compiler, node)
    yield from _compared(
        compiler, node, SH.lessThan, SH.LessThanConstraintComponent, lambda own, other: _out_of_order(own, other, False)
    )


def _less_than_or_equals(compiler: Compiler, node: Node) -> Made:
    _needs_path(compiler, node)
    yield from _compared(
        compiler,
        node,
        SH.lessThanOrEquals,
        SH.LessThanOrEqualsConstraintComponent,
        lambda own, other: _out_of_order(own, other, True),
    )


def _compared(
    compiler: Compiler,
    node: Node,
    parameter: URIRef,
    component: URIRef,
    wrong: Callable[[frozenset[str], frozenset[str]], Iterable[str]],
) -> Made:
    """Makes checks of the value nodes against those of another property (section 4.5)."""
    for other in compiler.objects(node, parameter):
        prop = written(other)

        def bound(index: Index, prop: str = prop) -> Check:
            read = index.reader(prop)

            def check(pairs: Pairs) -> list[Broken]:
                return [
                    Broken(node, focus, None, value, component)
                    for focus, values in pairs
                    if values or read(focus)
                    for value in wrong(frozenset(values), frozenset(read(focus)))
                ]

            return check

        yield bound, frozenset({prop})


def _out_of_order(own: Iterable[str], others: Iterable[str], equal: bool) -> Iterator[str]:
    for value in own:
        first = _comparable(value)
        for other in others:
            second = _comparable(other)
            if not _in_order(first, second, equal):
                yield value


def _in_order(first: Literal | str, second: Literal | str, equal: bool) -> bool:
    if isinstance(first, Literal) != isinstance(second, Literal):
        return False
    try:
        return first < second or (equal and first <= second)
    except TypeError:
        # Two literals, one of which is no value of its datatype; pyshacl stops here, the standard does not.
        return False


def _comparable(value: str) -> Literal | str:
    """What pyshacl compares: text as text, anything else as a literal."""
    found = term(value)
    if isinstance(found, BNode):
        raise NotUnderstood("a blank node has no order")
    return found if isinstance(found, Literal) and not isinstance(found.value, str) else lexical(value)


def _has_value(compiler: Compiler, node: Node) -> Made:
    for each in compiler.objects(node, SH.hasValue):
        wanted = written(each)

        def there(values: Collection[str], wanted: str = wanted) -> bool:
            return wanted in values

        yield _all(node, SH.HasValueConstraintComponent, there), _NONE


def _in(compiler: Compiler, node: Node) -> Made:
    allowed = frozenset(written(each) for each in compiler.list(compiler.one(node, SH["in"])))
    yield _each(node, SH.InConstraintComponent, lambda index: allowed.__contains__), _NONE


def _not(compiler: Compiler, node: Node) -> Made:
    for each in compiler.objects(node, SH["not"]):
        shape = compiler.shape(each)

        def test(index: Index, shape: Shape = shape) -> Test:
            conforms = shape.test(index)
            return lambda value: not conforms(value)

        yield _each(node, SH.NotConstraintComponent, test), shape.properties


def _and(compiler: Compiler, node: Node) -> Made:
    yield from _combined(compiler, node, SH["and"], SH.AndConstraintComponent, all)


def _or(compiler: Compiler, node: Node) -> Made:
    yield from _combined(compiler, node, SH["or"], SH.OrConstraintComponent, any)


def _xone(compiler: Compiler, node: Node) -> Made:
    yield from _combined(compiler, node, SH.xone, SH.XoneConstraintComponent, lambda found: sum(found) == 1)


def _combined(
    compiler: Compiler, node: Node, parameter: URIRef, component: URIRef, enough: Callable[[Iterable[bool]], bool]
) -> Made:
    """Makes checks of the value nodes against a list of shapes (section 4.6)."""
    for each in compiler.objects(node, parameter):
        shapes = [compiler.shape(member) for member in compiler.list(each)]
        if not shapes or len(set(shapes)) < len(shapes):
            raise NotUnderstood(f"{node}: an empty list, or a shape twice")

        def test(index: Index, shapes: Sequence[Shape] = shapes) -> Test:
            tests = [shape.test(index) for shape in shapes]
            return lambda value: enough(conforms(value) for conforms in tests)

        yield _each(node, component, test), frozenset().union(*(shape.properties for shape in shapes))


def _node(compiler: Compiler, node: Node) -> Made:
    for each in compiler.objects(node, SH.node):
        if compiler.has_path(each):
            raise NotUnderstood(f"{each}: a property shape as sh:node")
        shape = compiler.shape(each)
        yield _each(node, SH.NodeConstraintComponent, shape.test), shape.properties


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
        (compiler.whole(node, parameter), component)
        for parameter, component in (
            (SH.qualifiedMinCount, SH.QualifiedMinCountConstraintComponent),
            (SH.qualifiedMaxCount, SH.QualifiedMaxCountConstraintComponent),
        )
        if compiler.objects(node, parameter)
    ]
    if not bounds:
        raise NotUnderstood(f"{node}: a qualified shape without a number")

    def bound(index: Index) -> Check:
        conforms = shape.test(index)

        def check(pairs: Pairs) -> list[Broken]:
            found: list[Broken] = []
            for focus, values in pairs:
                count = sum(map(conforms, values))
                for limit, component in bounds:
                    if count < limit if component == SH.QualifiedMinCountConstraintComponent else count > limit:
                        found.append(Broken(node, focus, None, None, component))
            return found

        return check

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


def _has_language(value: str) -> bool:
    return value[0] == '"' and value[-1] not in '">'


_PYTHON: dict[URIRef, type | tuple[type, ...]] = {
    XSD.string: (str, bytes),
    XSD.integer: int,
    XSD.float: float,
    XSD.decimal: Decimal,
    XSD.boolean: bool,
    XSD.date: date,
    XSD.time: time,
    XSD.dateTime: datetime,
    # Of these pyshacl looks no further than whether rdflib could read them.
    **dict.fromkeys((XSD.gYear, XSD.gYearMonth, XSD.anyURI, XSD.duration), object),
}
"""What pyshacl expects the value of a literal to be, by its datatype."""

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
    SH.minCount: _min_count,
    SH.maxCount: _max_count,
    SH["class"]: _class,
    SH.datatype: _datatype,
    SH.nodeKind: _node_kind,
    SH.minLength: _min_length,
    SH.maxLength: _max_length,
    SH.pattern: _pattern,
    SH.languageIn: _language_in,
    SH.uniqueLang: _unique_lang,
    SH.equals: _equals,
    SH.disjoint: _disjoint,
    SH.lessThan: _less_than,
    SH.lessThanOrEquals: _less_than_or_equals,
    SH.hasValue: _has_value,
    SH["in"]: _in,
    SH["not"]: _not,
    SH["and"]: _and,
    SH["or"]: _or,
    SH.xone: _xone,
    SH.node: _node,
    SH.property: _property,
    SH.qualifiedValueShape: _qualified,
    SH.sparql: _sparql,
}
"""What compiles each parameter; sh:flags and the qualified numbers go with another one."""
