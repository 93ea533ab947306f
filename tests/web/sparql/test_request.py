"""What a request to /sparql means, and how its answer looks to a machine, without a web framework.

It is decoded once, as the standards say; the Flask view sends the same.
"""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, quote

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from kennis_ld.engine.interface import Answer
from kennis_ld.web.problems import Problem
from kennis_ld.web.security import HEADERS, refused
from kennis_ld.web.site import Site
from kennis_ld.web.sparql.request import (
    DIRECT,
    FORM,
    MOST_PARAMETERS,
    Forms,
    SparqlRequest,
    answered,
    forms,
    is_volatile,
    question,
    read,
    tag,
    unchanged,
)
from tests.web.city import BASE, DIGEST

_PIECES = st.one_of(
    st.sampled_from(
        ["query=", "&", "=", "%", "%25", "%2", "%zz", "+", "\\", "\\x41", "%5Cx41", "%C3%A9", "%C3", "%00", "%0A"]
    ),
    st.characters(codec="latin-1"),
    st.text(max_size=4).map(lambda text: "".join(f"%{byte:02X}" for byte in text.encode(errors="ignore"))),
)


QUERY = "SELECT * { ?s ?p 'é+%41' }"
ENCODED = b"query=SELECT+*+%7B+%3Fs+%3Fp+%27%C3%A9%2B%2541%27+%7D"


def in_address(query_string: str) -> SparqlRequest:
    """What a GET request asks."""
    return read("GET", query_string.encode("latin-1"), "", "", b"")


@given(st.lists(_PIECES, max_size=20).map("".join))
def test_a_query_is_decoded_as_by_the_standard_library(query_string: str) -> None:
    """Any text in an address is the query that the standard library reads, or a problem where that has none."""
    encoded = "".join(each if each < "\x80" else f"%{ord(each):02X}" for each in query_string)
    try:
        pairs = parse_qsl(encoded, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        with pytest.raises(Problem):
            in_address(query_string)
        return
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) > 1 or any("\0" in each for each in queries) or any(name == "update" for name, _ in pairs):
        with pytest.raises(Problem):
            in_address(query_string)
    else:
        assert (queries or [None])[0] == in_address(query_string).query


def test_so_many_parameters_and_no_more() -> None:
    """As many parameters as there may be are read; one more is a problem, however long the address may be."""
    most = "&".join(["named-graph-uri=http://a/"] * MOST_PARAMETERS)
    assert MOST_PARAMETERS == len(in_address(most).named_graphs)
    with pytest.raises(Problem):
        in_address(f"{most}&query=ASK%7B%7D")


@pytest.mark.parametrize(
    ("method", "query_string", "content_type", "body"),
    [
        ("GET", ENCODED, "", b""),
        ("HEAD", ENCODED, "", b""),
        ("GET", ENCODED, DIRECT, b"a body of a GET says nothing"),
        ("POST", b"", FORM, ENCODED),
        ("POST", b"", f"{DIRECT}; charset=UTF-8", QUERY.encode()),
        ("QUERY", b"", FORM, ENCODED),
        ("QUERY", b"", f'{DIRECT};charset="utf-8"', QUERY.encode()),
    ],
)
def test_the_same_query_in_every_way(method: str, query_string: bytes, content_type: str, body: bytes) -> None:
    """GET, HEAD, POST and QUERY (RFC 10008) carry the same query."""
    assert SparqlRequest(QUERY) == read(method, query_string, content_type, "", body)


@pytest.mark.parametrize("method", ["POST", "QUERY"])
@pytest.mark.parametrize(
    ("content_type", "encoding", "body", "name"),
    [
        ("", "", b"ASK {}", "unsupported-media-type"),
        ("text/plain", "", b"ASK {}", "unsupported-media-type"),
        (DIRECT, "gzip", b"ASK {}", "unsupported-media-type"),
        (f"{DIRECT}; charset=utf-16", "", b"ASK {}", "unsupported-media-type"),
        (FORM, "", b"", "invalid-request"),
        (FORM, "", b"update=DROP+ALL", "read-only"),
        (DIRECT, "", b"ASK {} # \xff", "invalid-request"),
    ],
)
def test_a_body_that_is_no_query(method: str, content_type: str, encoding: str, body: bytes, name: str) -> None:
    """A body has to be a query or a form with one, in UTF-8; what is refused for POST is for QUERY."""
    with pytest.raises(Problem) as caught:
        read(method, b"", content_type, encoding, body)
    assert name == caught.value.name
    if name == "unsupported-media-type":
        assert f"{FORM}, {DIRECT}" == caught.value.headers["Accept-Query"] == caught.value.headers["Accept-Post"]


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_graphs(name: str) -> None:
    """An empty name of a graph is as none (Virtuoso's forms); a wrong one is told by its parameter (fault D3)."""
    assert SparqlRequest("ASK {}") == in_address(f"{name}=&query=ASK+%7B%7D&{name}=")
    for wrong in ("agenda", "http://a/ b", "http://a/%3Cx%3E", "%3Ahttp", "http://["):
        with pytest.raises(Problem) as caught:
            in_address(f"query=ASK+%7B%7D&{name}={wrong}")
        assert ("invalid-graph", name) == (caught.value.name, caught.value.details["parameter"])


def test_question_in_the_forms_of_the_client() -> None:
    """What the engine is asked follows from Accept, or from a form by name; a page is made from JSON or Turtle."""
    wanted = SparqlRequest("ASK {}", ("http://a/",), ("http://b/",))
    assert Forms("text/csv", None) == forms("text/csv", wanted)
    assert Forms("application/sparql-results+xml", "application/ld+json") == forms(
        "application/sparql-results+xml, application/ld+json", wanted
    )
    assert Forms("text/csv", "text/turtle") == forms(None, SparqlRequest("ASK {}", format="csv"))
    asked = question("http://x/", wanted, forms("text/html", wanted))
    assert ("json", "ttl", ("http://a/",), ("http://b/",)) == (
        asked.solutions, asked.graph, asked.default_graphs, asked.named_graphs,
    )  # fmt: skip
    with pytest.raises(Problem, match="not-acceptable"):
        forms("image/png", wanted)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (RAND() AS ?x) {}", "SELECT (rand ( ) AS ?x) {}", "SELECT (struuid() AS ?x) {}",
        "SELECT (UUID#\n() AS ?x) {}", "SELECT (BNODE('a') AS ?x) {}", "ASK { FILTER(1<NOW()&&2>1) }",
        "SELECT * { BIND(1+NOW() AS ?t) }", "ASK{FILTER(1=1&&NOW()>'2024-01-01'^^<x:d>)}",
    ],
)  # fmt: skip
def test_volatile(query: str) -> None:
    """A call of a function whose value is another one each time makes the answer another one each time."""
    assert is_volatile(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p <https://knowledge.example/now> }", "SELECT ?now { ?now ?rand ?uuid }",
        "PREFIX now: <x:> ASK { now:rand now:uuid now:bnode }", "SELECT * { ?s ?p 'now() and rand()' }",
        "# NOW()\nASK {}", "SELECT * { ?brandt ?grand (1 2) }", 'ASK { ?knowledge ?p "RAND()" }',
    ],
)  # fmt: skip
def test_not_volatile(query: str) -> None:
    """The same letters in an IRI, a name, a text, a comment or another word call nothing (fault D8)."""
    assert not is_volatile(query)


JSON = Forms("application/sparql-results+json", "text/turtle")
COMMON = {*HEADERS.items(), ("Kennis-Release", DIGEST)}


def test_answer() -> None:
    """The bytes of the engine with every header that they are sent with; without a tag nothing is kept."""
    found = answered(Answer("boolean", "json", b"{}"), JSON, release=DIGEST, tag="abc")
    expected = {
        ("Content-Type", "application/sparql-results+json"),
        ("ETag", '"abc"'),
        ("Cache-Control", "no-cache"),
        ("Vary", "Accept"),
    }
    assert (200, b"{}") == (found.status_code, found.data)
    assert expected | COMMON | {("Content-Length", "2")} == set(found.headers)
    without = answered(Answer("graph", "ttl", b""), JSON, release=DIGEST, tag=None)
    expected = {("Content-Type", "text/turtle; charset=utf-8"), ("Vary", "Accept"), ("Cache-Control", "no-store")}
    assert expected | COMMON | {("Content-Length", "0")} == set(without.headers)


def test_unchanged() -> None:
    """304 says of its answer what a 200 would, and has no body."""
    found = unchanged(release=DIGEST, tag="abc")
    expected = {("ETag", '"abc"'), ("Cache-Control", "no-cache"), ("Vary", "Accept")}
    assert (304, b"") == (found.status_code, found.data)
    assert expected | COMMON <= set(found.headers)


def test_refusal() -> None:
    """A problem in the words and with the headers that it has everywhere."""
    found = refused(Problem("read-only", headers={"Retry-After": "1"}), base=BASE, release=DIGEST)
    assert (403, f"{BASE}/def/problems#read-only") == (found.status_code, json.loads(found.data)["type"])
    assert {
        ("Content-Type", "application/problem+json"),
        ("Cache-Control", "no-store"),
        ("Retry-After", "1"),
    } | COMMON <= set(found.headers)


def test_tag() -> None:
    """What is asked, the forms and the place make the tag; what is volatile or comes in a body has none."""
    ask = b"query=ASK%7B%7D"
    tags = [
        tag("seed", "GET", query_string, "ASK{}", chosen, path=path)
        for query_string in (ask, b"query=ASK%7B+%7D", ask + b"&default-graph-uri=a:", ask + b"&named-graph-uri=a:")
        for chosen in (JSON, Forms("text/csv", None), Forms(None, "text/csv"))
        for path in ("/sparql", "/en/sparql")
    ]
    assert 24 == len(set(tags))
    assert tags[0] == tag("seed", "HEAD", ask, "ASK{}", JSON)
    assert tag("other", "GET", ask, "ASK{}", JSON) != tags[0]
    for method, query in (("POST", "ASK {}"), ("QUERY", "ASK {}"), ("GET", "SELECT (NOW() AS ?x) {}")):
        assert tag("seed", method, b"", query, JSON) is None


@pytest.mark.parametrize("accept", ["*/*", "text/csv", "application/xml", "application/n-triples, text/csv;q=0.5"])
@pytest.mark.parametrize("query", ["ASK { ?s ?p ?o }", "SELECT * { ?s ?p ?o } LIMIT 3", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_the_view_sends_the_same(shared_app: Flask, query: str, accept: str) -> None:
    """What the functions say together is what Flask sends: status, headers and bytes."""
    site: Site = shared_app.extensions["kennis_ld"]
    seen = shared_app.test_client().get(f"/sparql?query={quote(query)}", headers={"Accept": accept})
    query_string = f"query={quote(query)}".encode()
    wanted = read("GET", query_string, "", "", b"")
    chosen = forms(accept, wanted)
    if seen.status_code == 406:
        return
    answer = site.engine.answer(question(site.iris.root, wanted, chosen))
    its = tag(site.tag_seed, "GET", query_string, query, chosen)
    found = answered(answer, chosen, release=site.release.digest, tag=its)
    assert (found.status_code, {*found.headers}, found.data) == (seen.status_code, set(seen.headers), seen.data)
