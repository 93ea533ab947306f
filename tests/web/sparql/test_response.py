"""How an answer of /sparql looks to a machine, without a web framework; the Flask view sends the same."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from flask import Flask

from kennis_ld.engine.interface import Answer
from kennis_ld.web.problems import Problem
from kennis_ld.web.security import HEADERS, refused
from kennis_ld.web.site import Site
from kennis_ld.web.sparql.request import Forms, answered, forms, question, read, tag, unchanged
from tests.web.city import BASE, DIGEST

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
    assert (200, b"{}", expected | COMMON) == (found.status, found.body, set(found.headers))
    without = answered(Answer("graph", "ttl", b""), JSON, release=DIGEST, tag=None)
    expected = {("Content-Type", "text/turtle; charset=utf-8"), ("Vary", "Accept"), ("Cache-Control", "no-store")}
    assert expected | COMMON == set(without.headers)


def test_unchanged() -> None:
    """304 says of its answer what a 200 would, and has no body."""
    found = unchanged(release=DIGEST, tag="abc")
    expected = {("ETag", '"abc"'), ("Cache-Control", "no-cache"), ("Vary", "Accept")}
    assert (304, b"", expected | COMMON) == (found.status, found.body, set(found.headers))


def test_refusal() -> None:
    """A problem in the words and with the headers that it has everywhere."""
    found = refused(Problem("read-only", headers={"Retry-After": "1"}), base=BASE, release=DIGEST)
    assert (403, f"{BASE}/def/problems#read-only") == (found.status, json.loads(found.body)["type"])
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
    length = ("Content-Length", str(len(found.body)))
    assert (found.status, {*found.headers, length}, found.body) == (seen.status_code, set(seen.headers), seen.data)
