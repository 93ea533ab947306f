"""Turns statements into bytes and back, streaming: the one place that writes and parses RDF.

N-Quads lines are the common coin: every statement becomes a line, lines are sorted, and the other forms are written
from the sorted lines. pyoxigraph checks every IRI and language tag on the way, so what comes out parses elsewhere.
"""

from __future__ import annotations

import io
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import IO, TypeAlias, TypeVar

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

from kennis_ld import jsonld
from kennis_ld.graph.statements import Triple, triple

FORMATS: Mapping[str, ox.RdfFormat] = {
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
"""The forms of published RDF, by the end of their file names."""

Statement: TypeAlias = tuple[str, str, str]
"""Subject, predicate and object as N-Triples writes them."""

BYTES_AT_ONCE = 1_000_000
"""How much is written in another form at once."""

_END_OF_XML = b"</rdf:RDF>"

_Text = TypeVar("_Text", bound=str)

# What XML 1.0 (section 2.2) cannot write; such a literal would make RDF/XML and SPARQL XML results ill-formed.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def lines(triples: Iterable[Triple]) -> Iterator[str]:
    """Returns each statement as a line of N-Triples, without its line end; streaming.

    Raises:
        ValueError: an IRI is not one, or a text holds a character that XML cannot write.
    """
    return written_lines(statements(triples))


def written_lines(written: Iterable[Statement]) -> Iterator[str]:
    """Returns each statement as a line; see `lines`."""
    return (f"{subject} {predicate} {value} ." for subject, predicate, value in written)


def statements(triples: Iterable[Triple]) -> Iterator[Statement]:
    """Yields each statement with its terms as N-Triples writes them.

    Raises:
        ValueError: an IRI is not one, or a text holds a character that XML cannot write.
    """
    known: dict[URIRef, str] = {}
    for subject, predicate, value in triples:
        if (first := known.get(subject)) is None:
            first = known[subject] = iri(subject)
        if (second := known.get(predicate)) is None:
            second = known[predicate] = iri(predicate)
        if isinstance(value, URIRef):
            if (third := known.get(value)) is None:
                third = known[value] = iri(value)
        else:
            third = _literal(xml_text(value))
        yield first, second, third


def iri(address: str) -> str:
    """Returns an IRI as N-Triples writes it.

    Raises:
        ValueError: it is none.
    """
    return f"<{ox.NamedNode(str(address)).value}>"


def literal(text: str, *, language: str = "", datatype: str = "") -> str:
    """Returns a text as N-Triples writes it, with its language or datatype.

    Raises:
        ValueError: the language or datatype is none.
    """
    if language:
        return str(ox.Literal(text, language=language))
    return str(ox.Literal(text, datatype=ox.NamedNode(datatype)) if datatype else ox.Literal(text))


def xml_text(text: _Text) -> _Text:
    """Returns a text as it is.

    Raises:
        ValueError: it holds a character that XML cannot write.
    """
    if found := _NOT_XML.search(text):
        raise ValueError(f"the text holds U+{ord(found[0]):04X}, which XML cannot write: {text[:60]!r}")
    return text


def triples(statements: Iterable[Statement]) -> Iterator[Triple]:
    """Yields each statement, without blank nodes, with its terms as rdflib has them."""
    return (triple(*map(term, statement)) for statement in statements)


def written(term: Node) -> str:
    """Returns a term as N-Triples writes it, with `xsd:string` where rdflib has it: there the two are different terms.

    Raises:
        ValueError: an IRI is not one.
    """
    match term:
        case URIRef():
            return iri(term)
        case Literal():
            return f"{_literal(term)}^^<{XSD.string}>" if term.datatype == XSD.string else _literal(term)
        case _:
            return f"_:{term}"


@lru_cache(maxsize=20_000)
def term(text: str) -> Node:
    """Returns the term that a text of N-Triples is."""
    if text.startswith("<"):
        return URIRef(text[1:-1])
    if text.startswith("_"):
        return BNode(text[2:])
    end = text.rindex('"')
    if text.endswith(">"):
        return Literal(lexical(text), datatype=URIRef(text[end + 4 : -1]), normalize=False)
    return Literal(lexical(text), lang=text[end + 2 :] or None)


def lexical(text: str) -> str:
    """Returns what a literal or IRI of N-Triples says, without marks, language and datatype."""
    if text.startswith("<"):
        return text[1:-1]
    content = text[1 : text.rindex('"')]
    return _ESCAPE.sub(_unescaped, content) if "\\" in content else content


def write_jsonld(ntriples: IO[bytes], output: IO[bytes], *, prefixes: Mapping[str, str]) -> None:
    """Writes N-Triples as JSON-LD, streaming; see `write`."""
    output.writelines(part.encode() for part in jsonld.document(map(bytes.decode, ntriples), prefixes))


def write(
    ntriples: IO[bytes], outputs: Mapping[str, IO[bytes]], *, prefixes: Mapping[str, str], at_once: int = BYTES_AT_ONCE
) -> None:
    """Writes N-Triples in other forms, streaming; to read takes longer than to write, so that is done once for all.

    Args:
        ntriples: sorted lines, so that what is about one subject stands together.
        outputs: where the bytes go, by key of `FORMATS`; JSON-LD has a function of its own.
        prefixes: prefixes for the forms that have them.
        at_once: how many bytes are read at once, about.
    """
    # A part is written as a document. All of them are one where each but the first goes without the lines of its head.
    heads = {"ttl": len(prefixes), "rdf": 2}
    for number, part in enumerate(_parts(ntriples, at_once)):
        triples = [*ox.parse(input=part, format=ox.RdfFormat.N_TRIPLES)]
        for form, output in outputs.items():
            text = _document(triples, form, prefixes)
            body = text.split(b"\n", heads.get(form, 0))[-1] if number else text
            output.write(body.removesuffix(_END_OF_XML))
    if "rdf" in outputs:
        outputs["rdf"].write(_END_OF_XML)


def _document(triples: Iterable[ox.Triple], form: str, prefixes: Mapping[str, str]) -> bytes:
    """Returns statements in a form; in XML with a reference for each carriage return.

    The engine writes it as it is, and others read that as a line feed (XML 1.0, section 2.11).
    """
    text = ox.serialize(triples, format=FORMATS[form], prefixes=dict(prefixes)) or b""
    return text.replace(b"\r", b"&#13;") if form == "rdf" else text


def _parts(ntriples: IO[bytes], at_once: int) -> Iterator[bytes]:
    """Yields lines in parts of a bounded size, those about one subject in one part; at least one part."""
    kept: list[bytes] = []
    while lines := ntriples.readlines(at_once):
        kept += lines
        last = kept[-1].partition(b" ")[0]
        if end := bisect_left(kept, last, key=lambda line: line.partition(b" ")[0]):
            yield b"".join(kept[:end])
            kept = kept[end:]
    yield b"".join(kept)


def converted(text: bytes, form: str, wanted: str, *, prefixes: Mapping[str, str]) -> bytes:
    """Returns RDF in another form; for small documents such as a catalogue or an ontology."""
    triples = (quad.triple for quad in ox.parse(input=text, format=FORMATS[form]))
    if wanted == "jsonld":
        lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
        return jsonld.small_document(lines.decode().split("\n"), prefixes)
    return _document(triples, wanted, prefixes)


def parsed(text: bytes, form: str, *, base: str | None = None) -> Iterator[Triple]:
    """Yields the statements of a document; blank nodes are an error, for published data has none.

    Raises:
        ValueError: the document has a blank node or is not in this form.
    """
    for quad in ox.parse(input=io.BytesIO(text), format=FORMATS[form], base_iri=base):
        yield _of(quad)


def with_blank_nodes(text: bytes, form: str) -> Iterator[tuple[Node, Node, Node]]:
    """Yields the statements of a document that may have blank nodes, without relative IRIs."""
    for quad in ox.parse(input=io.BytesIO(text), format=FORMATS[form]):
        yield term(str(quad.subject)), term(str(quad.predicate)), term(str(quad.object))


@dataclass(frozen=True, slots=True)
class ForeignStatement:
    """A statement of somebody else: about `subject`, with a text or, where `is_iri`, an IRI."""

    subject: str
    predicate: str
    value: str
    is_iri: bool


def foreign_statements(file: IO[bytes], form: str) -> Iterator[ForeignStatement]:
    """Yields the statements about things with an IRI in RDF of somebody else, of all graphs, streaming.

    Raises:
        SyntaxError: the file is not in this form.
    """
    for quad in ox.parse(input=file, format=FORMATS[form], base_iri="urn:file:"):
        subject, value = quad.subject, quad.object
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
            yield ForeignStatement(subject.value, quad.predicate.value, value.value, isinstance(value, ox.NamedNode))


def subjects_among(lines: Iterable[bytes], iris: Iterable[str]) -> set[str]:
    """Returns which of these IRIs are a subject in lines of N-Quads."""
    wanted = {f"<{iri}>".encode(): iri for iri in iris}
    return {wanted[subject] for line in lines if (subject := line.partition(b" ")[0]) in wanted} if wanted else set()


def in_default_graph(line: bytes) -> bool:
    """Whether a line of N-Quads has no graph; as `lines` writes it, with one blank between terms."""
    _, quote, rest = line.rpartition(b'"')
    return rest.count(b" ") == (1 if quote else 3)


def read_statements(lines: Iterable[str]) -> Iterator[Statement]:
    """Yields the statements of lines without a graph, as `lines` writes them, each with its line end."""
    for line in lines:
        subject, predicate, value = line.split(" ", 2)
        yield subject, predicate, value[: -len(" .\n")]


def default_graph(nquads: IO[bytes]) -> Iterator[Triple]:
    """Yields the statements of the default graph of N-Quads, streaming."""
    default = ox.DefaultGraph()
    for quad in ox.parse(input=nquads, format=ox.RdfFormat.N_QUADS):
        if quad.graph_name == default:
            yield _of(quad)


def _of(quad: ox.Quad) -> Triple:
    return triple(*(term(str(each)) for each in quad.triple))


def _literal(value: Literal) -> str:
    return literal(str(value), language=value.language or "", datatype=str(value.datatype or ""))


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(found[3], found[3])
