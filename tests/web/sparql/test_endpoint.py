"""The SPARQL 1.1 Protocol by the letter, for a service that only reads."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kennis_ld.errors import BudgetExceeded, EngineUnavailable, QueryNotAllowed, ResultTooLarge
from tests.web.city import BASE, CountingEngine
from tests.web.html import read

SELECT = "PREFIX ks: <def#> SELECT ?project WHERE { ?project a ks:Project } ORDER BY ?project"
ASK = "ASK { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT WHERE { ?s <https://schema.org/name> ?o }"
DESCRIBE = "DESCRIBE <id/project/draaien>"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
SD = "http://www.w3.org/ns/sparql-service-description#"


def ask(client: FlaskClient, query: str, accept: str | None = None, **parameters: str) -> TestResponse:
    """Asks over GET."""
    return client.get(
        f"/sparql?{urlencode({'query': query, **parameters})}", headers={"Accept": accept} if accept else {}
    )


def problem(response: TestResponse) -> dict[str, Any]:
    """Returns the members of a problem, after a look at what every problem has."""
    assert "application/problem+json" == response.headers["Content-Type"]
    members: dict[str, Any] = json.loads(response.data)
    assert response.status_code == members["status"]
    assert {"type", "title", "detail", "remedy"} <= set(members)
    return members


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (SELECT, None, "application/sparql-results+json"),
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "application/json", "application/json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "application/xml", "application/xml"),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (SELECT, "application/sparql-results+json;q=0.1, text/csv;q=0.2", "text/csv; charset=utf-8"),
        (SELECT, BROWSER, "text/html; charset=utf-8"),
        (SELECT, "text/turtle, application/sparql-results+xml;q=0.5", "application/sparql-results+xml"),
        (ASK, None, "application/sparql-results+json"),
        (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
        (CONSTRUCT, None, "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (DESCRIBE, None, "text/turtle; charset=utf-8"),
        (DESCRIBE, BROWSER, "text/html; charset=utf-8"),
    ],
)
def test_form_of_the_answer(client: FlaskClient, query: str, accept: str | None, expected: str) -> None:
    """Each kind of query answers in the form the client likes best, and says that it depends on that."""
    response = ask(client, query, accept)
    assert (200, expected, "Accept") == (
        response.status_code,
        response.headers["Content-Type"],
        response.headers["Vary"],
    )
    assert response.data


def test_three_ways_to_ask(client: FlaskClient) -> None:
    """GET, POST of a form and POST of the query itself give the same answer (SPARQL 1.1 Protocol, section 2.1)."""
    answers = {
        ask(client, SELECT).data,
        client.post("/sparql", data={"query": SELECT}).data,
        client.post("/sparql", data=SELECT, content_type=DIRECT).data,
        client.post("/sparql", data=SELECT.encode(), content_type=f"{DIRECT}; charset=UTF-8").data,
    }
    assert 1 == len(answers)
    rows = json.loads(answers.pop())["results"]["bindings"]
    assert [f"{BASE}/id/project/{key}" for key in ("draaien", "lezen", "schone-sloot")] == [
        row["project"]["value"] for row in rows
    ]


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_nothing_is_decoded_twice(client: FlaskClient, way: str) -> None:
    """A percent sign in a query stays a percent sign, a plus a plus, and é an é."""
    query = 'SELECT ("a%41b+é" AS ?x) {}'
    response = {
        "get": lambda: ask(client, query),
        "form": lambda: client.post("/sparql", data=f"query={quote(query)}", content_type=FORM),
        "direct": lambda: client.post("/sparql", data=query.encode(), content_type=DIRECT),
    }[way]()
    assert "a%41b+é" == json.loads(response.data)["results"]["bindings"][0]["x"]["value"]


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_graphs_of_the_request(client: FlaskClient, way: str) -> None:
    """default-graph-uri and named-graph-uri make the data set, each as often as it is given."""
    default = [f"{BASE}/id/editie/2019-2022", f"{BASE}/def"]
    named = [f"{BASE}/id/editie/2023-2027"]
    pairs = [("default-graph-uri", iri) for iri in default] + [("named-graph-uri", iri) for iri in named]
    query = "SELECT DISTINCT ?g { { ?s ?p ?o BIND('default' AS ?g) } UNION { GRAPH ?g { ?s ?p ?o } } }"
    graphs = urlencode(pairs)
    response = {
        "get": lambda: client.get(f"/sparql?{graphs}&query={quote(query)}"),
        "form": lambda: client.post("/sparql", data=f"{graphs}&query={quote(query)}", content_type=FORM),
        "direct": lambda: client.post(f"/sparql?{graphs}", data=query, content_type=DIRECT),
    }[way]()
    found = {row["g"]["value"] for row in json.loads(response.data)["results"]["bindings"]}
    assert {"default", *named} == found
    count = "SELECT (COUNT(*) AS ?n) { <id/project/vergeten> ?p ?o }"
    with_graph = json.loads(client.get(f"/sparql?{graphs}&query={quote(count)}").data)
    assert "0" != with_graph["results"]["bindings"][0]["n"]["value"]


def test_unknown_graph_is_empty(client: FlaskClient) -> None:
    """A graph that is not there is an empty graph, and nothing is fetched or opened (case 39)."""
    for iri in ("http://127.0.0.1:1/graph", "file:///etc/hostname"):
        rows = json.loads(ask(client, "SELECT * { ?s ?p ?o }", **{"default-graph-uri": iri}).data)
        assert [] == rows["results"]["bindings"]


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
        (lambda c: c.get("/sparql", headers={"X-Much": "a" * 70_000}), 431, "header-too-long"),
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


def test_page_and_problem_use_the_same_words(client: FlaskClient) -> None:
    """A person reads in the page what a program reads in the problem."""
    members = problem(ask(client, "SELECT ?x\nWHERE { ?x }"))
    page = client.get(f"/en/sparql?query={quote('SELECT ?x' + chr(10) + 'WHERE { ?x }')}", headers={"Accept": BROWSER})
    assert 400 == page.status_code
    for part in ("title", "detail", "remedy"):
        assert members[part] in page.text


def test_tag_and_304(own_client: FlaskClient, engine: CountingEngine) -> None:
    """A release never changes, so neither does an answer: it is not computed again for who has it."""
    first = ask(own_client, SELECT)
    asked = engine.asked
    address = f"/sparql?{urlencode({'query': SELECT})}"
    again = own_client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (304, b"", asked) == (again.status_code, again.data, engine.asked)
    assert (first.headers["ETag"], "Accept") == (again.headers["ETag"], again.headers["Vary"])
    others = {
        ask(own_client, SELECT, "text/csv").headers["ETag"],
        ask(own_client, SELECT, "application/json").headers["ETag"],
        ask(own_client, SELECT + " ").headers["ETag"],
        ask(own_client, SELECT, **{"default-graph-uri": "http://a"}).headers["ETag"],
        ask(own_client, SELECT, **{"named-graph-uri": "http://a"}).headers["ETag"],
        first.headers["ETag"],
    }
    assert 6 == len(others)


def test_form_by_name(client: FlaskClient) -> None:
    """A link can name the form; what is no form is passed over, as clients send much (SPARQLWrapper: output=json)."""
    assert "text/csv; charset=utf-8" == ask(client, SELECT, BROWSER, format="csv").headers["Content-Type"]
    assert "application/ld+json" == ask(client, CONSTRUCT, BROWSER, format="jsonld").headers["Content-Type"]
    wrapper = ask(client, SELECT, "application/sparql-results+json", format="json", output="json", results="json")
    assert "application/sparql-results+json" == wrapper.headers["Content-Type"]
    assert 200 == ask(client, SELECT, format="exe").status_code


def test_head_and_preflight(client: FlaskClient) -> None:
    """HEAD answers as GET does; a browser on another site may ask (case 46)."""
    head = client.head(f"/sparql?{urlencode({'query': SELECT})}")
    assert (200, b"", "application/sparql-results+json") == (head.status_code, head.data, head.headers["Content-Type"])
    preflight = client.options(
        "/sparql", headers={"Origin": "https://elders.example", "Access-Control-Request-Method": "POST"}
    )
    assert (204, b"", "*") == (preflight.status_code, preflight.data, preflight.headers["Access-Control-Allow-Origin"])
    assert {"GET", "HEAD", "OPTIONS", "POST", "QUERY"} == set(
        preflight.headers["Access-Control-Allow-Methods"].split(", ")
    )
    assert "*" == preflight.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in preflight.headers
    assert 404 == client.options("/bestaat-niet").status_code


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, ox.RdfFormat.TURTLE),
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    ],
)
def test_service_description(client: FlaskClient, accept: str | None, form: ox.RdfFormat) -> None:
    """Without a query a machine gets a description of the service, true of this one (SPARQL 1.1 SD, section 2)."""
    response = client.get("/sparql", headers={"Accept": accept} if accept else {})
    store = ox.Store()
    store.extend(ox.parse(response.data, format=form))
    service = ox.NamedNode(f"{BASE}/sparql")

    def said(name: str) -> set[str]:
        return {quad.object.value for quad in store.quads_for_pattern(service, ox.NamedNode(SD + name), None)}

    assert {f"{BASE}/sparql"} == said("endpoint")
    assert {f"{SD}SPARQL11Query"} == said("supportedLanguage")
    assert 8 == len(said("resultFormat"))
    names = {quad.object.value for quad in store.quads_for_pattern(None, ox.NamedNode(f"{SD}name"), None)}
    assert {f"{BASE}/def", f"{BASE}/id/editie/2019-2022", f"{BASE}/id/editie/2023-2027"} == names
    assert set() == said("feature"), "no federation, no union default graph"


def test_query_page_works_without_script(client: FlaskClient) -> None:
    """A person gets a form that sends the query to this very address; an example fills it in."""
    for path, title in (("/sparql", "Alle projecten"), ("/en/sparql", "All projects")):
        page = read(client.get(f"{path}?example=projecten", headers={"Accept": BROWSER}).text)
        assert path in page.values("form", "action")
        assert "query" in page.values("textarea", "name")
        assert "PREFIX ks: <def#>" in page.text
        assert title in page.text
        assert [] == page.scripts


def test_answer_as_a_table(client: FlaskClient) -> None:
    """A person sees a table whose things can be followed and whose answer can be taken along in each form."""
    response = ask(client, SELECT, BROWSER)
    page = read(response.text)
    links = page.values("a", "href")
    assert "/doc/project/schone-sloot" in links
    for form in ("csv", "tsv", "json", "xml"):
        link = next(each for each in links if each.endswith(f"format={form}"))
        assert 200 == client.get(link).status_code
    assert "ja" in read(ask(client, ASK, BROWSER).text).text
    assert "schema.org/name" in read(ask(client, CONSTRUCT, BROWSER).text).text


def test_triple_term_in_a_table(client: FlaskClient) -> None:
    """A statement about a statement is shown as SPARQL 1.2 writes it."""
    text = ask(client, 'SELECT (<<( <a:a> <b:b> <<( <c:c> <d:d> "e" )>> )>> AS ?x) {}', BROWSER).text
    assert "<<( a:a b:b <<( c:c d:d e )>> )>>" in read(text).text


def test_long_answer_says_what_is_shown(client: FlaskClient) -> None:
    """The page shows the beginning of a long answer, and says how many rows there are."""
    query = "SELECT ?a ?b { ?a ?p ?x . ?b ?q ?y } LIMIT 1001"
    text = ask(client, query, BROWSER).text
    assert "Rijen: 1001" in text
    assert "de eerste 1000 rijen" in text
    assert 1000 == read(text).tags().count("tr") - 1


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


def test_query_method(client: FlaskClient) -> None:
    """QUERY (RFC 10008) is answered exactly as POST of the query is, and the service says that it can be used."""
    for body, content_type in ((SELECT, DIRECT), (f"query={quote(SELECT)}", FORM), ("ASK", DIRECT), ("", FORM)):
        posted = client.post("/sparql", data=body, content_type=content_type)
        queried = client.open("/sparql", method="QUERY", data=body, content_type=content_type)
        assert (posted.status_code, dict(posted.headers), posted.data) == (
            queried.status_code, dict(queried.headers), queried.data,
        )  # fmt: skip
    for response in (client.options("/sparql"), client.get("/sparql")):
        assert f"{FORM}, {DIRECT}" == response.headers["Accept-Query"]


@pytest.mark.parametrize("call", ["RAND()", "now()", "STRUUID()", "BNODE()"])
@pytest.mark.parametrize("accept", ["text/csv", BROWSER])
def test_what_changes_each_time_has_no_tag(client: FlaskClient, call: str, accept: str) -> None:
    """An answer that is another one each time is not to be kept by anybody."""
    response = ask(client, f"SELECT ({call} AS ?x) {{}}", accept)
    assert (200, False) == (response.status_code, "ETag" in response.headers)


def test_sparql_1_2(client: FlaskClient) -> None:
    """Syntax of SPARQL 1.2 runs, and no words of the site say that only 1.1 does (fault D13)."""
    assert 200 == ask(client, "SELECT (<<( <a:a> <b:b> 1 )>> AS ?x) {}").status_code
    for text in (client.get("/def/problems").text, client.get("/sparql", headers={"Accept": BROWSER}).text):
        assert "SPARQL 1.1," not in text
        assert "geen SPARQL 1.1" not in text
    assert "SPARQL 1.2" in client.get("/sparql").text


def test_memory_is_named_where_it_is_the_cause(own_client: FlaskClient, engine: CountingEngine) -> None:
    """Whoever cannot know why the engine stopped names no bound, and says what to try (fault D18)."""
    engine.error = BudgetExceeded(limit="512 MiB of memory", cause="memory")
    assert "512 MiB of memory" in ask(own_client, SELECT).text
    engine.error = BudgetExceeded(cause="engine")
    members = problem(ask(own_client, SELECT))
    assert "ORDER BY STR(?x)" in members["remedy"]
    assert not re.search("MiB|memory|seconds", json.dumps(members))
    assert "limit" not in members
