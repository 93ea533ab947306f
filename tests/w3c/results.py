"""Answers and expected results as values that can be compared, whoever wrote them and however.

Solutions are compared as multisets of rows, graphs as sets of statements; blank nodes by RDF canonicalisation
(RDFC-1.0), numbers by value and datatype, for an engine may write 2.0 as it likes.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kennis_ld.engine.interface import Answer
from tests.w3c.suites import RDF, Term, address

XSD = "http://www.w3.org/2001/XMLSchema#"
_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_SRX = "{http://www.w3.org/2005/sparql-results#}"
_FRACTIONS = frozenset({"decimal", "double", "float"})
_WHOLE = frozenset(
    {"integer", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"}
    | {f"unsigned{size}" for size in ("Long", "Int", "Short", "Byte")}
    | {"long", "int", "short", "byte"}
)
_GRAPHS = {"nt": ox.RdfFormat.N_TRIPLES, "ttl": ox.RdfFormat.TURTLE, "rdf": ox.RdfFormat.RDF_XML}

Row = Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Result:
    """An answer in a form that equals every other form of the same answer.

    Attributes:
        kind: `solutions`, `boolean` or `graph`.
        variables: names of the columns, sorted; empty where there are none.
        content: rows or statements, and how often each occurs.
    """

    kind: str
    variables: tuple[str, ...]
    content: tuple[tuple[str, int], ...]


def expected(path: Path) -> Result:
    """Returns the expected result in a file of the suite."""
    content = path.read_bytes()
    match path.suffix:
        case ".srx":
            return _of_xml(content)
        case ".srj":
            return _of_json(content)
        case ".tsv":
            return _of_tsv(content)
        case ".ttl":
            triples = list(ox.parse(content, format=ox.RdfFormat.TURTLE, base_iri=address(path)))
            is_table = any(triple.predicate.value == f"{_RS}resultVariable" for triple in triples)
            return _of_table(triples) if is_table else _graph(triples)
        case _:
            raise ValueError(path)


def answered(answer: Answer) -> Result:
    """Returns the result that an answer says."""
    if answer.kind == "graph":
        return _graph(ox.parse(answer.body, format=_GRAPHS[answer.format]))
    readers: Mapping[str, Callable[[bytes], Result]] = {"json": _of_json, "xml": _of_xml, "tsv": _of_tsv}
    return readers[answer.format](answer.body)


def solutions(variables: Iterable[str], rows: Iterable[Row]) -> Result:
    """Returns rows as a result; the order of rows and columns is left out of it."""
    names, rows = tuple(sorted(variables)), list(rows)
    if any(isinstance(term, ox.BlankNode) for row in rows for term in row.values()):
        content = _canonical(_statements(rows))
    else:
        content = [" ".join(sorted(f"?{name} {valued(term)}" for name, term in row.items())) for row in rows]
    return Result("solutions", names, _counted(content))


def valued(term: Term) -> Term:
    """Returns a literal in one fixed form for its value; every other term as it is."""
    if not isinstance(term, ox.Literal):
        return term
    if term.language:
        return ox.Literal(term.value, language=term.language.lower())
    name = term.datatype.value.removeprefix(XSD)
    try:
        if name in _WHOLE:
            return ox.Literal(str(int(term.value)), datatype=term.datatype)
        if name in _FRACTIONS:
            # Two ways to add up the same doubles can be trusted to agree on so many digits.
            return ox.Literal(f"{float(term.value):.12g}", datatype=term.datatype)
    except ValueError:
        return term
    if name == "boolean":
        return ox.Literal({"1": "true", "0": "false"}.get(term.value, term.value), datatype=term.datatype)
    return term


def _boolean(value: bool) -> Result:
    return Result("boolean", (), ((str(value), 1),))


def _graph(triples: Iterable[ox.Triple | ox.Quad]) -> Result:
    quads = (ox.Quad(each.subject, each.predicate, valued(each.object)) for each in triples)
    # A CONSTRUCT may write a statement twice; the graph has it once.
    return Result("graph", (), _counted(set(_canonical(quads))))


def _canonical(quads: Iterable[ox.Quad]) -> list[str]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return [str(quad) for quad in dataset]


def _statements(rows: Iterable[Row]) -> Iterable[ox.Quad]:
    for row in rows:
        node = ox.BlankNode()
        yield ox.Quad(node, ox.NamedNode(f"{RDF}type"), ox.NamedNode(f"{_RS}ResultSolution"))
        for name, term in row.items():
            yield ox.Quad(node, ox.NamedNode(f"urn:variable:{name}"), valued(term))


def _counted(content: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(content).items()))


def _of_json(content: bytes) -> Result:
    parsed = json.loads(content)
    if "boolean" in parsed:
        return _boolean(parsed["boolean"])
    rows = [{name: _of_binding(value) for name, value in row.items()} for row in parsed["results"]["bindings"]]
    return solutions(parsed["head"]["vars"], rows)


def _of_binding(value: Mapping[str, Any]) -> Term:
    match value["type"]:
        case "uri":
            return ox.NamedNode(value["value"])
        case "bnode":
            return ox.BlankNode(value["value"])
        case _:
            return _literal(value["value"], value.get("xml:lang"), value.get("datatype"))


def _literal(value: str, language: str | None, datatype: str | None) -> ox.Literal:
    if language:
        return ox.Literal(value, language=language)
    return ox.Literal(value, datatype=ox.NamedNode(datatype)) if datatype else ox.Literal(value)


def _of_xml(content: bytes) -> Result:
    root = ElementTree.fromstring(content)  # noqa: S314 - files of the suite, and our own answers
    boolean = root.find(f"{_SRX}boolean")
    if boolean is not None:
        return _boolean((boolean.text or "").strip() == "true")
    rows = [
        {binding.attrib["name"]: _of_element(binding[0]) for binding in row.iter(f"{_SRX}binding")}
        for row in root.iter(f"{_SRX}result")
    ]
    return solutions((each.attrib["name"] for each in root.iter(f"{_SRX}variable")), rows)


def _of_element(element: ElementTree.Element) -> Term:
    text = element.text or ""
    match element.tag.removeprefix(_SRX):
        case "uri":
            return ox.NamedNode(text)
        case "bnode":
            return ox.BlankNode(text)
        case _:
            language = element.attrib.get("{http://www.w3.org/XML/1998/namespace}lang")
            return _literal(text, language, element.attrib.get("datatype"))


def _of_tsv(content: bytes) -> Result:
    parsed = ox.parse_query_results(content, format=ox.QueryResultsFormat.TSV)
    if isinstance(parsed, ox.QueryBoolean):
        return _boolean(bool(parsed))
    names = [each.value for each in parsed.variables]
    return solutions(names, [{name: row[name] for name in names if row[name] is not None} for row in parsed])


def _of_table(triples: Iterable[ox.Triple]) -> Result:
    """Reads a result in the vocabulary of the first test suite (rs:ResultSet)."""
    store = ox.Store()
    store.extend(ox.Quad(each.subject, each.predicate, each.object) for each in triples)
    names = [each.object.value for each in store.quads_for_pattern(None, ox.NamedNode(f"{_RS}resultVariable"), None)]
    rows: dict[str, dict[str, Term]] = {}
    for found in store.query(
        f"PREFIX rs: <{_RS}> "
        "SELECT * { ?set rs:solution ?row OPTIONAL { ?row rs:binding [ rs:variable ?name ; rs:value ?value ] } }"
    ):
        row = rows.setdefault(str(found["row"]), {})
        if found["name"] is not None:
            row[found["name"].value] = found["value"]
    return solutions(names, rows.values())
