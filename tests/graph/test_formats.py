"""Statements as bytes and back, in every form."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import pytest
from rdflib import RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kennis_ld.graph import formats
from kennis_ld.graph.dumps import media_type
from kennis_ld.graph.statements import Triple

ONE, TWO = URIRef("https://x.example/1"), URIRef("https://x.example/Ding")
SAID: list[Triple] = [
    (ONE, RDF.type, TWO),
    (ONE, RDFS.label, Literal('Een "kop"\n\ten 2 \\ ☃', lang="nl")),
    (ONE, RDFS.comment, Literal("1", datatype=XSD.integer)),
    (ONE, RDFS.comment, Literal("tekst")),
]
COMMENT = "<https://x.example/1> <http://www.w3.org/2000/01/rdf-schema#comment>"
LINES = [
    "<https://x.example/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://x.example/Ding> .",
    '<https://x.example/1> <http://www.w3.org/2000/01/rdf-schema#label> "Een \\"kop\\"\\n\\ten 2 \\\\ ☃"@nl .',
    f'{COMMENT} "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
    f'{COMMENT} "tekst" .',
]
BULK = "".join(
    f'<https://x.example/{key}> <{RDFS.label}> "{text}" .\n' for key in ("1", "2", "a/b", "c") for text in "abc"
).encode()


def quads() -> bytes:
    """Two statements of the default graph, one of a named graph."""
    lines = [*formats.lines(SAID[:2]), f"<{TWO}> <{RDF.type}> <{ONE}> <https://x.example/graph> ."]
    return "".join(f"{line}\n" for line in lines).encode()


def current() -> bytes:
    """Those of the default graph."""
    return b"".join(line for line in quads().splitlines(keepends=True) if formats.in_default_graph(line))


@pytest.mark.parametrize(
    "value", [TWO, Literal("a b . <x> c"), Literal('\\"\n', lang="nl"), Literal("1", datatype=XSD.integer)]
)
def test_a_line_tells_whether_it_has_a_graph(value: URIRef | Literal) -> None:
    """A line of the default graph is known by its terms, whatever its text holds; read again it has the same terms."""
    (line,) = formats.lines([(ONE, RDFS.label, value)])
    named = f"{line[:-1]}<{ONE}> ."
    assert [True, False] == [formats.in_default_graph(f"{text}\n".encode()) for text in (line, named)]
    assert [*formats.statements([(ONE, RDFS.label, value)])] == [*formats.read_statements([f"{line}\n"])]
    assert value == formats.term(formats.written(value))


def test_lines() -> None:
    """A statement is a line of N-Triples."""
    assert LINES == list(formats.lines(SAID))


@pytest.mark.parametrize("form", formats.FORMATS)
def test_there_and_back(form: str) -> None:
    """Every form gives back what was put in, also when it is made of another one."""
    text = "".join(f"{line}\n" for line in LINES).encode()
    converted = formats.converted(text, "nt", form, prefixes={"x": "https://x.example/"})
    assert set(LINES) == set(formats.lines(formats.parsed(converted, form)))
    assert set(LINES) == set(formats.converted(converted, form, "nt", prefixes={}).decode().splitlines())


def write(ntriples: BytesIO, form: str, output: BytesIO, *, prefixes: Mapping[str, str]) -> None:
    if form == "jsonld":
        formats.write_jsonld(ntriples, output, prefixes=prefixes)
    else:
        formats.write(ntriples, {form: output}, prefixes=prefixes)


@pytest.mark.parametrize("at_once", [1, 90, 1_000, formats.BYTES_AT_ONCE])
@pytest.mark.parametrize("prefixes", [{}, {"x": "https://x.example/", "rdfs": str(RDFS)}])
def test_parts_make_the_document(at_once: int, prefixes: Mapping[str, str]) -> None:
    """However much is written at once, the bytes are those of the engine, also where nothing is said."""
    for lines in (b"", BULK):
        outputs = {form: BytesIO() for form in ("nt", "ttl", "rdf")}
        formats.write(BytesIO(lines), outputs, prefixes=prefixes, at_once=at_once)
        for form, output in outputs.items():
            assert formats.converted(lines, "nt", form, prefixes=prefixes) == output.getvalue()


@pytest.mark.parametrize("form", ["nt", "ttl", "rdf", "jsonld"])
def test_a_form_without_graphs_holds_the_default_graph(form: str) -> None:
    """A dump without named graphs is the current state, which is in N-Quads what has no graph."""
    output = BytesIO()
    write(BytesIO(current()), form, output, prefixes={"x": "https://x.example/"})
    assert LINES[:2] == sorted(formats.lines(formats.parsed(output.getvalue(), form)))
    assert SAID[:2] == list(formats.default_graph(BytesIO(quads())))


@pytest.mark.parametrize("form", ["ttl", "rdf"])
def test_prefixes_make_it_readable(form: str) -> None:
    """Forms with prefixes use those that are given."""
    output = BytesIO()
    write(BytesIO(current()), form, output, prefixes={"voorbeeld": "https://x.example/"})
    assert b"voorbeeld" in output.getvalue()
    text = formats.converted(LINES[0].encode(), "nt", form, prefixes={"voorbeeld": "https://x.example/"})
    assert b"voorbeeld" in text


def test_a_number_stays_as_it_was_written() -> None:
    """'01' is not turned into '1' on the way, and a text is no xsd:string to be told apart from a text."""
    for value in ('"01"^^<http://www.w3.org/2001/XMLSchema#integer>', '"01"'):
        line = f"{COMMENT} {value} ."
        assert [line] == list(formats.lines(formats.parsed(line.encode(), "nt")))
    (triple,) = formats.parsed(f'{COMMENT} "a"^^<http://www.w3.org/2001/XMLSchema#string> .'.encode(), "nt")
    assert Literal("a") == triple[2]


def test_an_empty_document() -> None:
    """No statements are an empty document, and the other way round."""
    assert b"" == formats.converted(b"", "nt", "nt", prefixes={})
    assert [] == list(formats.parsed(b"", "nt"))


def test_relative_iris_get_a_base() -> None:
    """A Turtle text with relative IRIs is read under an address, and refused without one."""
    (triple,) = formats.parsed(b"<1> a <Ding> .", "ttl", base="https://x.example/")
    assert (ONE, RDF.type, TWO) == triple
    with pytest.raises(SyntaxError):
        list(formats.parsed(b"<1> a <2> .", "ttl"))


@pytest.mark.parametrize(
    "text", ["_:a <https://x.example/p> <https://x.example/Ding> .", "<https://x.example/1> a _:b ."]
)
def test_blank_nodes_are_refused(text: str) -> None:
    """Published data has no blank nodes, so a document with one is not ours."""
    with pytest.raises(ValueError, match=r"no IRI|blank node"):
        list(formats.parsed(text.encode(), "ttl"))


@pytest.mark.parametrize("letter", ["\x00", "\x08", "\x0b", "\x0c", "\x0e", "\x1f", "\ufffe", "\uffff"])
def test_what_xml_cannot_write_is_refused(letter: str) -> None:
    """A literal that would break RDF/XML stops at once, with the letter and where it stands."""
    with pytest.raises(ValueError, match=rf"U\+{ord(letter):04X}.*'Dit staat ervoor"):
        list(formats.lines([(ONE, RDFS.label, Literal(f"Dit staat ervoor {letter}"))]))


@pytest.mark.parametrize("letter", ["\t", "\n", "\r", "\x7f", "\x85", "\U0001f600", "\ufffd"])
def test_what_xml_can_write_is_kept(letter: str) -> None:
    """Other letters come through every form."""
    (line,) = formats.lines([(ONE, RDFS.label, Literal(f"a{letter}b"))])
    xml = formats.converted(line.encode(), "nt", "rdf", prefixes={})
    (triple,) = formats.parsed(xml, "rdf")
    assert f"a{letter}b" == str(triple[2])


@pytest.mark.parametrize("iri", ["geen iri", "https://x.example/<", "relatief"])
def test_what_is_no_iri_is_refused(iri: str) -> None:
    """An IRI that is none stops before it is published, as subject, property or value."""
    with pytest.raises(ValueError, match="IRI"):
        list(formats.lines([(URIRef(iri), RDF.type, TWO)]))
    with pytest.raises(ValueError, match="IRI"):
        list(formats.lines([(ONE, RDF.type, URIRef(iri))]))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("agenda.nq", "application/n-quads"),
        ("agenda.ttl", "text/turtle"),
        ("agenda.jsonld", "application/ld+json"),
        ("agenda.rdf", "application/rdf+xml"),
        ("agenda.csv", "text/csv"),
        ("agenda.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("agenda.csv-metadata.json", "application/csvm+json"),
        ("ro-crate-metadata.json", "application/ld+json"),
        ("findings.json", "application/json"),
        ("circle.svg", "image/svg+xml"),
        ("CITATION.cff", "application/yaml"),
        ("links.sssom.tsv", "text/tab-separated-values"),
    ],
)
def test_media_type_of_a_file(name: str, expected: str) -> None:
    """Each file of a release is served as what it is."""
    assert expected == media_type(name)


def test_others_read_it() -> None:
    """Another library reads each form the same, also a carriage return, which in XML is one as a reference only."""
    said = [*SAID[:2], (ONE, RDFS.comment, Literal("een\rtwee\r\ndrie"))]
    text = "".join(f"{line}\n" for line in formats.lines(said)).encode()
    for form, name in (("ttl", "turtle"), ("rdf", "xml"), ("jsonld", "json-ld")):
        output = BytesIO()
        write(BytesIO(text), form, output, prefixes={})
        for document in (formats.converted(text, "nt", form, prefixes={}), output.getvalue()):
            assert set(said) == set(Graph().parse(data=document, format=name))


@pytest.mark.parametrize(
    ("text", "says", "term"),
    [
        ("<https://x.example/1>", "https://x.example/1", ONE),
        ('"a"', "a", Literal("a")),
        ('""', "", Literal("")),
        ('"a"@nl-be', "a", Literal("a", lang="nl-be")),
        (f'"01"^^<{XSD.integer}>', "01", Literal("01", datatype=XSD.integer, normalize=False)),
        (f'"a"^^<{XSD.string}>', "a", Literal("a", datatype=XSD.string)),
        (r'"\t\b\n\r\f\"\'\\"', "\t\b\n\r\f\"'\\", Literal("\t\b\n\r\f\"'\\")),
        (r'"\u0041\U0001F600\u00e9x"', "A😀éx", Literal("A😀éx")),
        (r'"a\\u0041"@en', r"a\u0041", Literal(r"a\u0041", lang="en")),
        ('"zegt \\"ja\\"@nl"', 'zegt "ja"@nl', Literal('zegt "ja"@nl')),
        ("_:b1", None, BNode("b1")),
    ],
)
def test_a_term_of_a_line(text: str, says: str | None, term: Node) -> None:
    """A term is read with every escape of N-Triples, its language as written and its datatype, and written so again."""
    assert term == formats.term(text)
    assert term == formats.term(formats.written(term))
    assert says is None or says == formats.lexical(text)
    if says is not None and "\\" not in text:
        assert text == formats.written(term)


def test_statements_are_triples_again() -> None:
    """What was written is read as it was; a blank node in it is refused."""
    assert SAID == list(formats.triples(formats.statements(SAID)))
    with pytest.raises(ValueError, match="blank node"):
        list(formats.triples([("<https://x.example/1>", f"<{RDF.type}>", "_:a")]))


def test_what_others_say() -> None:
    """Of RDF of others each statement about a thing with an IRI is read, of every graph; blank nodes are left out."""
    text = b'<a> <p:q> "x"@nl ; <p:r> <b> , [ <p:q> "in" ] . _:c <p:q> "y" .'
    file = f"<{ONE}>"
    assert [
        formats.ForeignStatement("urn:a", "p:q", "x", is_iri=False),
        formats.ForeignStatement("urn:a", "p:r", "urn:b", is_iri=True),
    ] == list(formats.foreign_statements(BytesIO(text.replace(b"<a>", b"<urn:a>").replace(b"<b>", b"<urn:b>")), "ttl"))
    graph = f'{file} <p:q> "in a graph" <urn:g> .\n'.encode()
    assert [formats.ForeignStatement(str(ONE), "p:q", "in a graph", is_iri=False)] == list(
        formats.foreign_statements(BytesIO(graph), "nq")
    )
    (said,) = formats.foreign_statements(BytesIO(b"<hier> <p:q> <#daar> ."), "ttl")
    assert ("urn:hier", "urn:file:#daar") == (said.subject.replace("urn:file:", "urn:"), said.value)
