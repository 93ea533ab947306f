"""What the endpoint refuses, by which status, and in which words."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from kennis_ld.errors import BudgetExceeded, EngineUnavailable, QueryNotAllowed, ResultTooLarge
from tests.web.city import BASE, CountingEngine
from tests.web.html import read
from tests.web.sparql.asking import ASK, BROWSER, CONSTRUCT, DIRECT, FORM, SELECT, ask, problem


@pytest.mark.parametrize(
    ("address", "body", "content_type"),
    [
        ("/sparql?query=ASK+%7B%7D&query=ASK+%7B%7D", None, None),
        ("/sparql?query=ASK+%7B%7D", "query=ASK+%7B%7D", FORM),
        ("/sparql?query=ASK+%7B%7D", "ASK {}", DIRECT),
        ("/sparql", "query=ASK+%7B%7D&query=ASK+%7B%7D", FORM),
        ("/sparql", "", FORM),
        ("/sparql", "default-graph-uri=http%3A%2F%2Fa", FORM),
        ("/sparql?query=%ff", None, None),
        ("/sparql?query=ASK+%7B%7D%00", None, None),
        ("/sparql", "query=%ED%A0%80", FORM),
        ("/sparql", b"ASK {} #\xff", DIRECT),
        ("/sparql", "ASK {}".encode("utf-16"), DIRECT),
        ("/sparql?" + "a=1&" * 300 + "query=ASK+%7B%7D", None, None),
    ],
    ids=["twice", "address and form", "address and body", "twice in a form", "empty", "no query", "no UTF-8", "NUL",
         "surrogate", "no UTF-8 in the body", "UTF-16", "300 parameters"],
)  # fmt: skip
def test_request_that_is_not_well_formed(
    client: FlaskClient, address: str, body: str | bytes | None, content_type: str | None
) -> None:
    """400 for what the protocol does not know, before anything is run (cases 42 and 43)."""
    response = client.get(address) if body is None else client.post(address, data=body, content_type=content_type)
    assert problem(response)["type"].endswith("#invalid-request")
    assert 400 == response.status_code


@pytest.mark.parametrize(
    "query", ["", "SELECT", "INSERT DATA { <a:a> <b:b> <c:c> }", "LOAD <http://127.0.0.1:1/>", "ASK {} ; DROP ALL"]
)
def test_text_that_is_no_query(client: FlaskClient, query: str) -> None:
    """400 for text that is no query, an update among them (case 40)."""
    response = ask(client, query)
    assert (400, True) == (response.status_code, problem(response)["type"].endswith("#malformed-query"))


def test_malformed_query_names_the_place(client: FlaskClient) -> None:
    """Line and column are told, in words and as numbers, in the text as the user wrote it."""
    members = problem(ask(client, "SELECT ?x\nWHERE { ?x }"))
    assert 2 == members["line"]
    assert members["column"] > 1
    assert f"line {members['line']}, column {members['column']}" in members["detail"]


@pytest.mark.parametrize(
    ("send", "status", "name"),
    [
        (lambda c: ask(c, ASK, **{"default-graph-uri": "geen iri"}), 400, "invalid-graph"),
        (lambda c: c.post("/sparql", data={"update": "DROP ALL"}), 403, "read-only"),
        (lambda c: c.get("/sparql?update=DROP+ALL"), 403, "read-only"),
        (lambda c: ask(c, "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"), 403, "federation-disabled"),
        (lambda c: ask(c, "SELECT * { service silent ?x { ?s ?p ?o } }"), 403, "federation-disabled"),
        (lambda c: c.post("/sparql", data="DROP ALL", content_type="application/sparql-update"), 415,
         "unsupported-media-type"),
        (lambda c: c.post("/sparql", data=ASK, content_type="text/plain"), 415, "unsupported-media-type"),
        (lambda c: c.post("/sparql", data=ASK), 415, "unsupported-media-type"),
        (lambda c: c.post("/sparql", data=ASK, content_type=f"{DIRECT}; charset=utf-16"), 415,
         "unsupported-media-type"),
        (lambda c: c.post("/sparql", data=b"\x1f\x8b", content_type=DIRECT, headers={"Content-Encoding": "gzip"}), 415,
         "unsupported-media-type"),
        (lambda c: c.post("/sparql", data="#" * (64 * 1024 + 1), content_type=DIRECT), 413, "query-too-large"),
        (lambda c: c.post("/sparql", data="#" * (128 * 1024 + 1), content_type=DIRECT), 413, "body-too-large"),
        (lambda c: c.get("/sparql?query=" + "a" * 9000), 414, "address-too-long"),
        (lambda c: ask(c, SELECT, "image/png"), 406, "not-acceptable"),
        (lambda c: ask(c, SELECT, "text/turtle"), 406, "not-acceptable"),
        (lambda c: ask(c, CONSTRUCT, "text/csv"), 406, "not-acceptable"),
        (lambda c: ask(c, 'SELECT ("\\u0001" AS ?x) {}', "application/sparql-results+xml"), 406, "not-acceptable"),
        (lambda c: ask(c, SELECT, "a/b," * 2000), 431, "header-too-long"),
        (lambda c: c.put("/sparql", data=ASK), 405, "method-not-allowed"),
        (lambda c: c.delete("/sparql"), 405, "method-not-allowed"),
        (lambda c: c.patch("/sparql"), 405, "method-not-allowed"),
    ],
)  # fmt: skip
def test_refusal(client: FlaskClient, send: Any, status: int, name: str) -> None:
    """Each refusal has its own status and `type`, and the type is explained there (cases 9, 36, 40, 41, 44, 45)."""
    response = send(client)
    members = problem(response)
    assert (status, f"{BASE}/def/problems#{name}") == (response.status_code, members["type"])
    assert name in read(client.get("/def/problems", headers={"Accept": "text/html"}).text).values("section", "id")
    if status == 405:
        assert "GET, HEAD, OPTIONS, POST, QUERY" == response.headers["Allow"]
    if status == 406:
        assert members["available"]


@pytest.mark.parametrize("query", [
    '# SERVICE\nASK { ?service <https://schema.org/service> "SERVICE" }',
    "PREFIX service: <http://a/SERVICE#> ASK { ?s service:service ?o }",
])  # fmt: skip
def test_the_word_service_is_no_service(client: FlaskClient, query: str) -> None:
    """Only a SERVICE clause is refused, not a comment, variable, name or text with that word (case 37)."""
    assert 200 == ask(client, query).status_code


@pytest.mark.parametrize(
    ("error", "status", "name", "headers"),
    [
        (ResultTooLarge(limit=10_000, unit="rows"), 413, "result-too-large", {}),
        (ResultTooLarge(limit=65_536, unit="query bytes"), 413, "query-too-large", {}),
        (BudgetExceeded(limit="10 seconds"), 503, "query-budget-exceeded", {}),
        (BudgetExceeded(limit="512 MiB of memory", cause="memory"), 503, "query-budget-exceeded", {}),
        (BudgetExceeded(cause="engine"), 503, "engine-stopped", {}),
        (EngineUnavailable("/run/secret.sock is gone", retry_after=3), 503, "service-busy", {"Retry-After": "3"}),
        (QueryNotAllowed("kennis_ld.engine.x", reason="read-only", remedy="/etc/passwd"), 403, "read-only", {}),
        (RuntimeError("/usr/lib/python3/secret.py"), 500, "internal-error", {}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("accept", ["*/*", BROWSER])
def test_error_of_the_engine(
    own_client: FlaskClient,
    engine: CountingEngine,
    accept: str,
    error: Exception,
    status: int,
    name: str,
    headers: dict[str, str],
) -> None:
    """An error of the engine becomes its status and our words; its own text stays inside (safety facts, case 47)."""
    own_client.get("/sparql", headers={"Accept": BROWSER})
    engine.error = error
    response = ask(own_client, SELECT, accept)
    assert (status, headers.get("Retry-After")) == (response.status_code, response.headers.get("Retry-After"))
    assert "ETag" not in response.headers
    for secret in ("secret", "/run", "/usr", "/etc", "kennis_ld.engine", "Traceback"):
        assert secret not in response.text
    if accept == "*/*":
        assert problem(response)["type"].endswith(f"#{name}")
    else:
        assert "text/html; charset=utf-8" == response.headers["Content-Type"]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (BudgetExceeded(limit="10 seconds"), "10 seconden"),
        (BudgetExceeded(limit="1 second"), "1 seconde"),
        (BudgetExceeded(limit="512 MiB of memory", cause="memory"), "512 MiB geheugen"),
        (ResultTooLarge(limit=10_000, unit="rows"), "10000 rijen"),
    ],
)
def test_a_bound_is_said_in_dutch(own_client: FlaskClient, engine: CountingEngine, error: Exception, said: str) -> None:
    """What a query passed is named with its unit in the language of the page."""
    own_client.get("/sparql", headers={"Accept": BROWSER})
    engine.error = error
    assert said in ask(own_client, SELECT, BROWSER).text


def test_page_and_problem_use_the_same_words(client: FlaskClient) -> None:
    """A person reads in the page what a program reads in the problem."""
    members = problem(ask(client, "SELECT ?x\nWHERE { ?x }"))
    page = client.get(f"/en/sparql?query={quote('SELECT ?x' + chr(10) + 'WHERE { ?x }')}", headers={"Accept": BROWSER})
    assert 400 == page.status_code
    for part in ("title", "detail", "remedy"):
        assert members[part] in page.text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * { ?s a schema:Project }", "PREFIX schema: <https://schema.org/>"),
        ("SELECT *\n{ ?s a ks:Project }", "PREFIX ks: <def#>"),
        ("SELECT * { ?s a onbekend:Project }", "PREFIX onbekend: <…>"),
    ],
)
def test_forgotten_prefix(client: FlaskClient, query: str, expected: str) -> None:
    """A prefix that no line declares is named, with the line to add; with a known one, the line works (fault D7)."""
    members = problem(ask(client, query))
    assert (400, expected) == (members["status"], members["declaration"])
    assert expected in members["remedy"]
    assert f"The prefix {members['prefix']} at line" in members["detail"]
    assert expected.replace("<", "&lt;").replace(">", "&gt;") in ask(client, query, BROWSER).text
    if "…" not in expected:
        assert 200 == ask(client, f"{expected}\n{query}").status_code


@pytest.mark.parametrize(
    ("triple", "unfit"),
    [
        ("<a:a> <b:b> <<( <c:c> <d:d> 1 )>>", ["application/ld+json"]),
        ("<a:a> <http://x/1> 1", ["application/rdf+xml"]),
        ("<a:a> <http://x/> 1", ["application/rdf+xml"]),
        ("<a:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#li> 1", ["application/rdf+xml"]),
        ("<a:a> <http://x/1> <<( <c:c> <d:d> 1 )>>", ["application/ld+json", "application/rdf+xml"]),
        ("<a:a> <b:b> <<( <c:c> <http://x/1> 1 )>>", ["application/ld+json", "application/rdf+xml"]),
        ('<a:a> <b:b> "\\u0001"', ["application/rdf+xml"]),
    ],
)
def test_form_that_cannot_hold_the_answer(client: FlaskClient, triple: str, unfit: list[str]) -> None:
    """406 with the forms that can hold it, and they do; never a 500, never a document that is none (faults D4, D5)."""
    query = f"CONSTRUCT {{ {triple} }} {{}}"
    every = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"}
    for media_type in unfit:
        members = problem(ask(client, query, media_type))
        assert 406 == members["status"]
        assert media_type not in members["available"]
    for media_type in every - set(unfit):
        assert 200 == ask(client, query, media_type).status_code


def test_memory_is_named_where_it_is_the_cause(own_client: FlaskClient, engine: CountingEngine) -> None:
    """Whoever cannot know why the engine stopped names no bound, and says what to try (fault D18)."""
    engine.error = BudgetExceeded(limit="512 MiB of memory", cause="memory")
    assert "512 MiB of memory" in ask(own_client, SELECT).text
    engine.error = BudgetExceeded(cause="engine")
    members = problem(ask(own_client, SELECT))
    assert "ORDER BY STR(?x)" in members["remedy"]
    assert not re.search("MiB|memory|seconds", json.dumps(members))
    assert "limit" not in members
