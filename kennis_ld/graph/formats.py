"""Turns statements into bytes and back, streaming: the one place that writes and parses RDF.

N-Quads lines are the common coin: every statement becomes a line, lines are sorted, and the other forms are written
from the sorted lines. pyoxigraph checks every IRI and language tag on the way, so what comes out parses elsewhere.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO

import pyoxigraph as ox
from rdflib import Literal, URIRef
from rdflib.term import Node

from kennis_ld import jsonld
from kennis_ld.graph.statements import Triple

FORMATS: Mapping[str, ox.RdfFormat] = {
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
"""The forms of published RDF, by the end of their file names."""

# What XML 1.0 (section 2.2) cannot write; such a literal would make RDF/XML and SPARQL XML results ill-formed.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def lines(triples: Iterable[Triple], *, graph: str | None = None) -> Iterator[str]:
    """Yields each statement as a line of N-Quads, without its line end.

    Args:
        triples: the statements.
        graph: IRI of their named graph; None for the default graph.

    Raises:
        ValueError: an IRI is not one, or a text holds a character that XML cannot write.
    """
    name = f" <{graph}>" if graph else ""
    for subject, predicate, value in triples:
        yield f"<{_iri(subject)}> <{_iri(predicate)}> {_term(value)}{name} ."


def write(nquads: IO[bytes], form: str, output: IO[bytes], *, prefixes: Mapping[str, str]) -> None:
    """Writes N-Quads in another form; only the default graph where the form has no named graphs.

    Args:
        nquads: sorted lines, so that what is about one subject stands together.
        form: key of `FORMATS`.
        output: where the bytes go.
        prefixes: prefixes for the forms that have them.
    """
    wanted = FORMATS[form]
    if form == "jsonld":
        for part in jsonld.document(map(bytes.decode, nquads), prefixes):
            output.write(part.encode())
        return
    quads = ox.parse(input=nquads, format=ox.RdfFormat.N_QUADS)
    if wanted.supports_datasets and form == "nq":
        ox.serialize(quads, output, format=wanted)
        return
    default = ox.DefaultGraph()
    triples = (quad.triple for quad in quads if quad.graph_name == default)
    ox.serialize(triples, output, format=wanted, prefixes=dict(prefixes))


def converted(text: bytes, form: str, wanted: str, *, prefixes: Mapping[str, str]) -> bytes:
    """Returns RDF in another form; for small documents such as a catalogue or an ontology."""
    triples = (quad.triple for quad in ox.parse(input=text, format=FORMATS[form]))
    if wanted == "jsonld":
        lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
        return jsonld.small_document(lines.decode().split("\n"), prefixes)
    return ox.serialize(triples, format=FORMATS[wanted], prefixes=dict(prefixes)) or b""


def parsed(text: bytes, form: str, *, base: str | None = None) -> Iterator[Triple]:
    """Yields the statements of a document; blank nodes are an error, for published data has none.

    Raises:
        ValueError: the document has a blank node or is not in this form.
    """
    for quad in ox.parse(input=io.BytesIO(text), format=FORMATS[form], base_iri=base):
        yield _triple(quad)


def default_graph(nquads: IO[bytes]) -> Iterator[Triple]:
    """Yields the statements of the default graph of N-Quads, streaming."""
    default = ox.DefaultGraph()
    for quad in ox.parse(input=nquads, format=ox.RdfFormat.N_QUADS):
        if quad.graph_name == default:
            yield _triple(quad)


def _triple(quad: ox.Quad) -> Triple:
    subject, predicate, value = _node(quad.subject), _node(quad.predicate), _node(quad.object)
    if not isinstance(subject, URIRef) or not isinstance(predicate, URIRef):
        raise ValueError(f"no IRI: {quad}")
    if not isinstance(value, URIRef | Literal):
        raise ValueError(f"blank node: {quad}")
    return subject, predicate, value


def _iri(iri: URIRef) -> str:
    return ox.NamedNode(str(iri)).value


def _term(value: URIRef | Literal) -> str:
    if isinstance(value, URIRef):
        return f"<{_iri(value)}>"
    content = str(value)
    if found := _NOT_XML.search(content):
        raise ValueError(f"the text holds U+{ord(found[0]):04X}, which XML cannot write: {content[:60]!r}")
    if value.language:
        return str(ox.Literal(content, language=value.language))
    if value.datatype:
        return str(ox.Literal(content, datatype=ox.NamedNode(str(value.datatype))))
    return str(ox.Literal(content))


def _node(term: object) -> Node | None:
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.Literal():
            datatype = None if term.language or term.datatype.value.endswith("#string") else URIRef(term.datatype.value)
            return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
        case _:
            return None
