"""Checks a graph against SHACL shapes and gives the outcome as values: the only place that knows pyshacl.

The data comes in as it will be published: nothing is inferred, nothing is imported, nothing is changed. Large data is
checked in parts, whose outcomes `merge` adds up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from kennis_ld.graph.statements import Triple, published
from kennis_ld.iri import Iris
from kennis_ld.model import Severity
from kennis_ld.model.texts import Bilingual

_SEVERITIES = {SH.Violation: Severity.VIOLATION, SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}
_TERMS = {severity: term for term, severity in _SEVERITIES.items()}
_ORDER = tuple(_TERMS)


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that a shape has to say about one node.

    Attributes:
        severity: as the shape says; a violation stops a release.
        focus: the node that was checked.
        path: where from the focus, as a SPARQL property path; empty for a rule about the node itself.
        value: the term that breaks the rule; None where something is missing.
        shape: IRI of the rule; empty for a shape without an IRI (in shapes of others).
        component: IRI of the SHACL constraint component.
        remedies: what to do now, as the shape says with `shapes:remedy`.
    """

    severity: Severity
    focus: Node
    path: str
    value: Node | None
    shape: str
    messages: Bilingual
    component: str
    remedies: Bilingual

    @property
    def sort_key(self) -> tuple[int, str, str, str, str, str]:
        """Most serious first, then by rule and by node; the same in every run."""
        value = "" if self.value is None else self.value.n3()
        return (_ORDER.index(self.severity), self.shape, self.focus.n3(), self.path, value, self.component)


@dataclass(frozen=True, slots=True)
class Valid:
    """No violation; there may be warnings and remarks."""

    results: tuple[Result, ...] = ()


@dataclass(frozen=True, slots=True)
class Invalid:
    """At least one violation."""

    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class NothingToValidate:
    """No shape found a node to check, so nothing was shown: a typing error in a target looks like this."""

    results: tuple[Result, ...] = ()


Validation = Valid | Invalid | NothingToValidate


def reported(data: Graph, shapes: Graph, described: Graph) -> Iterator[Result]:
    """Yields what pyshacl reports on the data.

    Args:
        described: the graph that has the words of the shapes; a shape is named there as in the other one.

    Raises:
        ValueError: the shapes are no usable SHACL.
    """
    # Imported here: it takes as long to load as all that is around it, and is seldom needed.
    import pyshacl
    from pyshacl.errors import ReportableRuntimeError

    # pyshacl adds statements about owl:Class to the shapes it is given, and reads them sooner in a store of one graph.
    given = Graph("SimpleMemory")
    given += shapes
    try:
        _, report, text = pyshacl.validate(
            data, shacl_graph=given, inference="none", advanced=False, do_owl_imports=False
        )
    except ReportableRuntimeError as error:
        raise ValueError(f"the shapes cannot be used: {error}") from error
    if not isinstance(report, Graph):
        # Some mistakes pyshacl raises; this one, in a SPARQL constraint, it returns.
        raise ValueError(f"the shapes cannot be used: {text}")
    yield from _results(report, described)


def merge(validations: Iterable[Validation]) -> Validation:
    """Returns the outcome of all parts together; what several parts say of the same node is said once.

    A part with nothing to validate adds nothing; only when all parts are like that, the whole is.
    """
    parts = [part for part in validations if not isinstance(part, NothingToValidate)]
    return outcome(result for part in parts for result in part.results) if parts else NothingToValidate()


def report_triples(validation: Valid | Invalid, iris: Iris) -> tuple[Triple, ...]:
    """Returns the SHACL validation report as sorted statements without blank nodes.

    The IRI of a result is made of what it says, so the same finding has the same IRI in every release. A path of more
    than one step is a blank node in SHACL; it is left out here and stands at the rule (`sh:sourceShape`). For the same
    reason a blank node of the data is left out. A `NothingToValidate` has no report: "conforms" would be untrue.
    """
    described = [(URIRef(iris.resource("bevinding", _digest(result))), result) for result in validation.results]
    content = "\n".join(iri for iri, _ in described)
    report = URIRef(iris.resource("validatie", hashlib.sha256(content.encode()).hexdigest()[:32]))
    triples: list[tuple[Node, Node, Node]] = [
        (report, RDF.type, SH.ValidationReport),
        (report, SH.conforms, Literal(not validation.results)),
    ]
    for iri, result in described:
        triples.append((report, SH.result, iri))
        triples.extend((iri, predicate, term) for predicate, term in _description(result))
    return published(triples)


def outcome(results: Iterable[Result]) -> Valid | Invalid:
    """Returns the outcome that results amount to, each once."""
    ordered = tuple(sorted(set(results), key=lambda result: result.sort_key))
    if any(result.severity is Severity.VIOLATION for result in ordered):
        return Invalid(ordered)
    return Valid(ordered)


def _results(report: Graph, shapes: Graph) -> Iterator[Result]:
    # Only what hangs on the report: a nested shape may leave results of its own in the graph (sh:detail).
    for node in report.objects(None, SH.result):
        shape = report.value(node, SH.sourceShape)
        focus = report.value(node, SH.focusNode)
        if shape is None or focus is None:
            raise ValueError("a SHACL result without a focus node or a source shape")
        path, component = report.value(node, SH.resultPath), report.value(node, SH.sourceConstraintComponent)
        along = "" if path is None else _path_text(path, shapes)
        result = words(shape, shapes).about(focus, along, report.value(node, SH.value), str(component or ""))
        # pyshacl's wording only where the rule has none, for that loses the language in SPARQL rules.
        own = result.messages == Bilingual()
        yield replace(result, messages=_text(report.objects(node, SH.resultMessage))) if own else result


@dataclass(frozen=True, slots=True)
class Words:
    """What a shape says of itself, whatever it finds; see `Result`."""

    severity: Severity
    path: str
    shape: str
    messages: Bilingual
    remedies: Bilingual

    def about(self, focus: Node, path: str, value: Node | None, component: str) -> Result:
        """Returns what the shape says of a node; `path` is where, unless the shape itself says so."""
        return Result(
            self.severity, focus, self.path or path, value, self.shape, self.messages, component, self.remedies
        )


def words(shape: Node, shapes: Graph) -> Words:
    """Returns what a shape says of itself."""
    path, severity = shapes.value(shape, SH.path), shapes.value(shape, SH.severity)
    return Words(
        # A severity of one's own is allowed (SHACL, section 2.1.4) and unknown here, so it is taken seriously.
        severity=_SEVERITIES.get(URIRef(str(severity)), Severity.VIOLATION),
        path="" if path is None else _path_text(path, shapes),
        shape=str(shape) if isinstance(shape, URIRef) else "",
        messages=_text(shapes.objects(shape, SH.message)),
        remedies=_text(shapes.objects(shape, remedy_of(shape))),
    )


def remedy_of(shape: Node) -> URIRef:
    """Returns the property with which a shape says what to do: `#remedy` beside the shape, in shapes/common.ttl."""
    return URIRef(f"{str(shape).partition('#')[0]}#remedy")


def _text(literals: Iterable[Node]) -> Bilingual:
    """The texts by language; one without a language, as pyshacl makes itself, stands for both."""
    by_language: dict[str, str] = {}
    for literal in sorted(literals, key=lambda term: term.n3()):
        if isinstance(literal, Literal):
            by_language.setdefault(literal.language or "", str(literal))
    plain = by_language.get("", "")
    return Bilingual(nl=by_language.get("nl", plain), en=by_language.get("en", plain))


def _path_text(path: Node, shapes: Graph) -> str:
    """The path as SPARQL writes it (SHACL, section 2.3.1, maps the one to the other)."""
    if isinstance(path, URIRef):
        return path.n3()
    if (inverse := shapes.value(path, SH.inversePath)) is not None:
        return f"^{_path_text(inverse, shapes)}"
    if (alternatives := shapes.value(path, SH.alternativePath)) is not None:
        return f"({'|'.join(_path_text(step, shapes) for step in Collection(shapes, alternatives))})"
    for predicate, mark in ((SH.zeroOrMorePath, "*"), (SH.oneOrMorePath, "+"), (SH.zeroOrOnePath, "?")):
        if (repeated := shapes.value(path, predicate)) is not None:
            return f"{_path_text(repeated, shapes)}{mark}"
    return f"({'/'.join(_path_text(step, shapes) for step in Collection(shapes, path))})"


def targeted_shapes(shapes: Graph) -> frozenset[Node]:
    """Returns the shapes that say themselves what they are about."""
    explicit = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
    found = {shape for predicate in explicit for shape in shapes.subjects(predicate, None)}
    # A shape that is a class as well targets its own instances (SHACL, section 2.1.3.3).
    found |= {shape for shape in shapes.subjects(RDF.type, RDFS.Class) if (shape, RDF.type, SH.NodeShape) in shapes}
    return frozenset(found)


def _description(result: Result) -> Iterator[tuple[URIRef, Node]]:
    yield RDF.type, SH.ValidationResult
    yield SH.resultSeverity, _TERMS[result.severity]
    yield SH.sourceConstraintComponent, URIRef(result.component)
    if not isinstance(result.focus, BNode):
        yield SH.focusNode, result.focus
    if result.path.startswith("<") and result.path.endswith(">") and result.path.count("<") == 1:
        yield SH.resultPath, URIRef(result.path[1:-1])
    if result.value is not None and not isinstance(result.value, BNode):
        yield SH.value, result.value
    if result.shape:
        yield SH.sourceShape, URIRef(result.shape)
    for language, message in result.messages.texts.items():
        if message:
            yield SH.resultMessage, Literal(f"{message} {result.remedies.texts[language]}".rstrip(), lang=language)


def _digest(result: Result) -> str:
    # Not the wording, so that a better message keeps the IRI; only for a rule without an IRI does it tell which rule.
    wording = "" if result.shape else f"{result.messages.nl}\n{result.messages.en}"
    content = "\n".join((*map(str, result.sort_key), wording))
    return hashlib.sha256(content.encode()).hexdigest()[:32]
