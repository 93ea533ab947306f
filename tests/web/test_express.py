"""The short way of a machine's query says exactly what the application says."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from kennis_ld.web import express
from tests.web.city import CountingEngine

SELECT = "SELECT ?s { ?s a <https://schema.org/Project> } ORDER BY ?s LIMIT 3"
CONSTRUCT = "CONSTRUCT { ?s a <a:b> } WHERE { ?s a <https://schema.org/Project> } ORDER BY ?s LIMIT 1"
ACCEPTS = (
    None,
    "*/*",
    "application/sparql-results+json",
    "application/sparql-results+xml, text/turtle;q=0.5",
    "text/csv",
    "text/html",
    "text/html;q=0.1, application/n-triples",
    "image/png",
    "nonsense",
    "text/turtle" + " " * 5000,
)
TARGETS = (
    *(f"/sparql?query={quote(query)}" for query in (SELECT, CONSTRUCT, "ASK {}", "DESCRIBE <a:b>")),
    f"/sparql?query={quote(SELECT)}&format=csv",
    f"/sparql?query={quote(CONSTRUCT)}&format=nt",
    f"/sparql?query={quote(SELECT)}&default-graph-uri=a:b&named-graph-uri=a:c",
    f"/sparql?query={quote(SELECT)}&query={quote(SELECT)}",
    f"/sparql?query={quote('SELECT * {')}",
    f"/sparql?query={quote('SELECT * { SERVICE <a:b> { ?s ?p ?o } }')}",
    f"/sparql?query={quote('DROP ALL')}",
    "/sparql?update=x",
    "/sparql?query=%ff",
    "/sparql?query=%00",
    "/sparql",
    "/sparql/?query=ASK%7B%7D",
    f"/en/sparql?query={quote(SELECT)}",
    f"/sparql?query={quote(SELECT)}%23{'x' * 9000}",
)


@pytest.mark.parametrize("accept", ACCEPTS)
@pytest.mark.parametrize("target", TARGETS)
def test_both_ways_say_the_same(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, target: str, accept: str | None
) -> None:
    """Status, headers and body are the same, whether or not there is a short way."""
    headers = {} if accept is None else {"Accept": accept}
    short = client.get(target, headers=headers)
    monkeypatch.setattr(express, "answer", lambda *_: None)
    # Another header, so that the answer is not the one that was kept.
    whole = client.get(target, headers={**headers, "Accept-Encoding": "identity"})
    assert whole.status == short.status
    assert dict(whole.headers) == dict(short.headers)
    assert whole.data == short.data


@pytest.mark.parametrize("host", ["localhost", "evil.example", "", 'a"b'])
def test_the_guard_stands_before_both_ways(client: FlaskClient, host: str) -> None:
    """A query for another host is refused on the short way too."""
    answer = client.get(TARGETS[0], headers={"Host": host, "Accept": "text/csv"})
    assert (200 if host == "localhost" else 400) == answer.status_code


@pytest.mark.parametrize("query", [SELECT, "SELECT * {", "SELECT * { SERVICE <a:b> { ?s ?p ?o } }"])
def test_no_query_runs_twice(own_client: FlaskClient, engine: CountingEngine, query: str) -> None:
    """Where the short way ends in a problem, the application tells it and asks nothing again."""
    own_client.get("/healthz")
    before = engine.asked
    own_client.get(f"/sparql?query={quote(query)}", headers={"Accept": "text/csv"})
    assert before + 1 == engine.asked


@pytest.mark.parametrize("accept", ["text/csv", "text/html"])
@pytest.mark.parametrize("call", ["RAND()", "rand()", "R%41ND()", "%6eow()", "STRUUID()", "BNODE()"])
def test_what_changes_each_time_is_asked_each_time(
    own_client: FlaskClient, engine: CountingEngine, call: str, accept: str
) -> None:
    """An answer that is another one each time is not kept, however the address spells it."""
    own_client.get("/sparql", headers={"Accept": accept})
    before = engine.asked
    for _ in range(2):
        target = f"/sparql?query=SELECT%20({call}%20AS%20%3Fx)%20%7B%7D"
        assert 200 == own_client.get(target, headers={"Accept": accept}).status_code
    assert before + 2 == engine.asked
