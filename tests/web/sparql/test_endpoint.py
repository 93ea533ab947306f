"""The SPARQL 1.1 Protocol by the letter, for a service that only reads."""

from __future__ import annotations

import html
import json
import re
import runpy
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kennis_ld.web.sparql import endpoint
from kennis_ld.web.sparql.answers import MOST_ROWS_SHOWN
from tests.conftest import ROOT
from tests.web.city import BASE, CountingEngine
from tests.web.html import read
from tests.web.sparql.asking import ASK, BROWSER, CONSTRUCT, DESCRIBE, DIRECT, FORM, SD, SELECT, ask


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
    assert [f"{BASE}/id/project/{key}" for key in ("draaien", "lezen", "schone-sloot", "vergeten")] == [
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
    editions = {f"{BASE}/id/editie/2019-2022", f"{BASE}/id/editie/2023-2027"}
    assert {f"{BASE}{path}" for path in ("/def", "/kwaliteit", "/catalog", "/.well-known/void")} | editions == names
    assert set() == said("feature"), "no federation, no union default graph"


def test_query_page_works_without_script(client: FlaskClient) -> None:
    """A person gets a form that sends the query to this very address; an example fills it in."""
    for path, title in (("/sparql", "Alle projecten"), ("/en/sparql", "All projects")):
        page = read(client.get(f"{path}?example=partijen-per-project", headers={"Accept": BROWSER}).text)
        assert path in page.values("form", "action")
        assert "query" in page.values("textarea", "name")
        assert "PREFIX ks: <def#>" in page.text
        assert title in page.text
        # The editor, where it was built, is a file beside the page; what stands in the page is data.
        kinds = [each.get("type") for name, each in page.elements if name == "script"]
        assert ["application/ld+json"] == [kind for kind, text in zip(kinds, page.scripts, strict=True) if text]


@pytest.mark.parametrize("path", ["/sparql", "/en/sparql"])
def test_the_query_page_opens_with_a_short_query(client: FlaskClient, path: str) -> None:
    """Who comes with nothing finds a query of at most ten lines that answers, in words of the language of the page."""
    text = client.get(path, headers={"Accept": BROWSER}).text
    query = html.unescape(text.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0])
    assert len([line for line in query.splitlines() if line and not line.startswith(("PREFIX", "#"))]) <= 10
    answer = ask(client, query, "application/sparql-results+json").get_json(force=True)
    titles = {row[answer["head"]["vars"][1]]["value"] for row in answer["results"]["bindings"]}
    assert "Schone sloot" in titles
    assert text.index("<textarea") < text.index("?example=partijen-per-project") < text.index("<footer")


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


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("PREFIX x: <a:a> # ?o\nSELECT DISTINCT * { ?s ?p ?o } LIMIT 1", ["s", "p", "o"]),
        ("SELECT ?p ?o ?s { ?s ?p ?o } LIMIT 1", ["p", "o", "s"]),
        ("SELECT (COUNT(*) AS ?b) (1 AS ?a) { ?s ?p ?o }", ["b", "a"]),
    ],
)
def test_columns_stand_as_the_query_has_them(client: FlaskClient, query: str, columns: list[str]) -> None:
    """The columns of an answer have the order of the query, also where that asks for all of them."""
    assert columns == re.findall(r'<th scope="col"[^>]*>([a-z]+)</th>', ask(client, query, BROWSER).text)


def test_triple_term_in_a_table(client: FlaskClient) -> None:
    """A statement about a statement is shown as SPARQL 1.2 writes it."""
    text = ask(client, 'SELECT (<<( <a:a> <b:b> <<( <c:c> <d:d> "e" )>> )>> AS ?x) {}', BROWSER).text
    assert "<<( a:a b:b <<( c:c d:d e )>> )>>" in read(text).text


def test_long_answer_says_what_is_shown(client: FlaskClient) -> None:
    """The page shows the beginning of a long answer, and says how many rows there are."""
    query = "SELECT ?a ?b { ?a ?p ?x . ?b ?q ?y } LIMIT 1001"
    text = ask(client, query, BROWSER).text
    assert "1001 resultaten" in text
    assert f"de eerste {MOST_ROWS_SHOWN} rijen" in text
    assert MOST_ROWS_SHOWN == read(text).tags().count("tr") - 1


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


def test_terms_have_labels_and_counts(leiden_client: FlaskClient) -> None:
    """Each class and property of the data comes with its label in the language and how often it is used."""
    told = {path: leiden_client.get(f"{path}sparql/termen").get_json() for path in ("/", "/en/")}
    terms = {path: {name: rest for name, *rest in each["terms"]} for path, each in told.items()}
    assert ["deelname", 270, "class"] == terms["/"]["ks:Participation"]
    assert ["participation", 270, "class"] == terms["/en/"]["ks:Participation"]
    assert "property" == terms["/"]["org:member"][2]
    assert told["/"]["prefixes"]["ks"].endswith("/def#")
    assert {name.partition(":")[0] for name in terms["/"]} <= set(told["/"]["prefixes"])


def test_answers_name_concepts_terms_and_editions(leiden_client: FlaskClient) -> None:
    """Beside the address of a concept, an edition or a class stands its name."""
    query = "PREFIX ks: <http://localhost:8000/def#> SELECT ?a ?b ?c { ?a a ks:AgendaEdition . "
    query += "BIND(ks:Participation AS ?b) BIND(<http://localhost:8000/id/begrip/beoogd> AS ?c) }"
    text = leiden_client.get("/en/sparql", query_string={"query": query}, headers={"Accept": BROWSER}).text
    for name in ("Agenda 2023-2027, progress of projects", "participation", "intended"):
        assert f"{name}</bdi></a>" in text


def test_the_form_works_without_the_editor(leiden_client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no editor was built the page has the form alone, and no word of keys that do nothing."""
    monkeypatch.setattr(endpoint, "EDITOR", ROOT / "no-such-file")
    text = leiden_client.get("/sparql?query=ASK%7B%7D%23", headers={"Accept": BROWSER}).text
    assert "<textarea" in text
    assert "editor.js" not in text
    assert "data-editor" not in text


def test_installing_goes_on_without_node(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Node is not there the editor is left out with a reason, and nothing fails."""
    monkeypatch.setenv("PATH", "")
    assert "Node is not installed" == runpy.run_path(str(ROOT / "editor" / "build.py"))["built"]()
