"""The engine on an endpoint elsewhere, tried on a real one over loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph

from kennis_ld.engine.inline import complete_text, term
from kennis_ld.engine.interface import GRAPH_FORMATS, SOLUTION_FORMATS, Budget, Iri, Text
from kennis_ld.engine.remote import RemoteEngine
from kennis_ld.engine.store import StoreEngine, load_store
from kennis_ld.errors import (
    BudgetExceeded,
    EngineUnavailable,
    MalformedQuery,
    NoSuitableFormat,
    QueryError,
    QueryNotAllowed,
    ResultTooLarge,
)
from tests.engine.conftest import BASE, ask

KEYS = {media: key for key, media in (*SOLUTION_FORMATS.items(), *GRAPH_FORMATS.items())}
STATUSES = {
    400: MalformedQuery,
    401: QueryError,
    403: QueryNotAllowed,
    404: QueryError,
    406: NoSuitableFormat,
    413: QueryError,
    414: ResultTooLarge,
    418: QueryError,
    429: EngineUnavailable,
    500: QueryError,
    503: EngineUnavailable,
    504: BudgetExceeded,
}


@pytest.fixture(scope="module")
def local(quads: Path) -> StoreEngine:
    return StoreEngine(load_store([quads]), budget=Budget(rows=None))


@pytest.fixture(scope="module")
def server(local: StoreEngine) -> Iterator[str]:
    """An endpoint that answers from the store at /sparql; elsewhere with a status, with HTML, or not at all."""
    released = threading.Event()

    class Endpoint(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode(), strict_parsing=True)
            match self.path.strip("/"):
                case "sparql":
                    key = KEYS[self.headers["Accept"]]
                    graphs = {
                        "default_graphs": tuple(fields.get("default-graph-uri", ())),
                        "named_graphs": tuple(fields.get("named-graph-uri", ())),
                    }
                    form = {"graph" if key in GRAPH_FORMATS else "solutions": key}
                    answer = local.answer(ask(fields["query"][0], **form, **graphs))
                    self._send(200, f"{answer.media_type}; charset=utf-8", answer.body)
                case "html":
                    self._send(200, "text/html", b"<p>Please log in")
                case "cut":
                    body = b'{"head": {"vars": ["s"]}, "results": {"bindings": []}}'
                    self._send(200, SOLUTION_FORMATS["json"], body, **{"X-SPARQL-MaxRows": "5"})
                case "unsound":
                    self._send(200, SOLUTION_FORMATS["xml"], b"<sparql>")
                case "slow":
                    released.wait(10)
                case status:
                    self._send(int(status), "text/plain", b"/etc/secret is the path")

        def _send(self, status: int, media_type: str, body: bytes, **headers: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            for name, value in {"Retry-After": "7", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Endpoint) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        released.set()
        running.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("SELECT ?name { <thing/1> <name> ?name }", {}),
        ("# ASK {\nPREFIX ask: <x> SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", {"solutions": "xml"}),
        ("BASE <http://example.org/thing/> ASK { <1> ?p ?o }", {"solutions": "csv"}),
        ("DESCRIBE <thing/1>", {"graph": "ttl"}),
        ("CONSTRUCT WHERE { <thing/2> ?p ?o }", {}),
        ("SELECT ?s ?o { ?s <name> ?o }", {"bindings": {"s": Iri(f"{BASE}thing/3")}}),
        (
            "SELECT ?s ?n { ?s <name> ?n OPTIONAL { ?s <none> ?x } FILTER(?n = 'ding 4'@nl) }",
            {"bindings": {"n": Text("ding 4", "nl")}},
        ),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", {"bindings": {"s": Iri(f"{BASE}thing/3")}}),
        ("CONSTRUCT WHERE { ?s ?p ?o }", {"bindings": {"s": Iri(f"{BASE}thing/3")}}),
        ("DESCRIBE ?s", {"bindings": {"s": Iri(f"{BASE}thing/3")}}),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", {"default_graphs": (f"{BASE}graph/old",)}),
        ("SELECT ?g { GRAPH ?g { ?s ?p ?o } }", {"named_graphs": (f"{BASE}graph/old",)}),
    ],
)
def test_a_remote_engine_answers_as_a_local_one(
    server: str, local: StoreEngine, text: str, more: dict[str, object]
) -> None:
    """What is asked over HTTP gives what the store itself gives, bindings, base and graphs included."""
    remote = RemoteEngine(f"{server}/sparql").answer(ask(text, **more))
    # DESCRIBE and CONSTRUCT WHERE with a bound variable are not something pyoxigraph does; the bound text is.
    assert remote == local.answer(
        ask(complete_text(ask(text, **more)), **{key: each for key, each in more.items() if key != "bindings"})
    )


def test_rows_may_come_in_another_form(server: str, local: StoreEngine) -> None:
    """Rows that come as XML are the same JSON, with languages, datatypes and gaps; what is no XML is an error."""
    question = ask("SELECT ?s ?o ?n ?none { ?s <name> ?o OPTIONAL { ?s <none> ?none } BIND(STRLEN(?o) AS ?n) }")
    assert local.answer(question) == RemoteEngine(f"{server}/sparql", rows_as="xml").answer(question)
    with pytest.raises(QueryError, match="form"):
        RemoteEngine(f"{server}/unsound", rows_as="xml").answer(question)


def test_a_bound_value_restricts_the_answer(server: str) -> None:
    """Of all things only the bound one comes back."""
    question = ask("SELECT ?s ?o { ?s <name> ?o }", bindings={"s": Iri(f"{BASE}thing/3")})
    rows = json.loads(RemoteEngine(f"{server}/sparql").answer(question).body)["results"]["bindings"]
    assert [(row["s"]["value"], row["o"]["value"]) for row in rows] == [(f"{BASE}thing/3", "ding 3")]


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_is_the_error_it_means(server: str, status: int) -> None:
    """Every status of an endpoint is one of our errors, without the words of that server."""
    with pytest.raises(QueryError) as caught:
        RemoteEngine(f"{server}/{status}").answer(ask("ASK {}"))
    assert type(caught.value) is STATUSES[status]
    assert "secret" not in str(caught.value)
    if isinstance(caught.value, EngineUnavailable):
        assert caught.value.retry_after == 7


def test_what_is_no_answer_is_none(server: str) -> None:
    """A page, silence, a closed port, too many rows or bytes, rows left out, and a text that is no query are errors."""
    with pytest.raises(NoSuitableFormat):
        RemoteEngine(f"{server}/html").answer(ask("ASK {}"))
    with pytest.raises(BudgetExceeded):
        RemoteEngine(f"{server}/slow", budget=Budget(seconds=1)).answer(ask("ASK {}"))
    with pytest.raises(EngineUnavailable):
        RemoteEngine("http://127.0.0.1:1/").answer(ask("ASK {}"))
    for budget in (Budget(rows=10), Budget(body_bytes=100)):
        with pytest.raises(ResultTooLarge):
            RemoteEngine(f"{server}/sparql", budget=budget).answer(ask("SELECT * { ?s <name> ?o }"))
    with pytest.raises(ResultTooLarge, match="5 rows"):
        # Virtuoso leaves out what is more than ResultSetMaxRows, and says so in a header alone.
        RemoteEngine(f"{server}/cut").answer(ask("SELECT * { ?s ?p ?o }"))
    for text in ("DROP ALL", "hello"):
        with pytest.raises(MalformedQuery):
            RemoteEngine(f"{server}/sparql").answer(ask(text))
    with pytest.raises(NoSuitableFormat):
        RemoteEngine(f"{server}/sparql").answer(ask("ASK {}", solutions=None))


@given(st.text(alphabet=st.one_of(st.sampled_from("\\\"'\n\r\tuU0022{}<>#"), st.characters(exclude_categories=["Cs"]))))
def test_a_written_literal_is_one_term(value: str) -> None:
    """Whatever its characters, a bound text comes out of the parser of an engine as it went in."""
    rows = ox.Store().query(f"SELECT ?x {{ VALUES ?x {{ {term(Text(value))} }} }}")
    assert [row["x"].value for row in rows] == [value]  # type: ignore[union-attr, index]


def test_a_literal_does_not_end_where_an_escape_is_read_first() -> None:
    """For an engine that replaces escapes before it reads the query, a literal is still one literal."""
    value = "a\\u0022 } DROP ALL #"
    rows = Graph().query(f"SELECT ?x {{ VALUES ?x {{ {term(Text(value))} }} }}")
    assert [str(row[0]) for row in rows] == [value]  # type: ignore[index]


@pytest.mark.parametrize(
    "bindings",
    [
        {"s": Iri("http://example.org/> } DROP ALL #")},
        {"s": Iri("http://example.org/\\u003E")},
        {"s": Iri("no iri")},
        {"s": Text("a", 'en" } #')},
        {"s } #": Text("a")},
    ],
)
def test_what_is_no_term_is_not_written(bindings: dict[str, Iri | Text]) -> None:
    """A value that would change the query is refused."""
    with pytest.raises(MalformedQuery):
        complete_text(ask("SELECT ?s { ?s ?p ?o }", bindings=bindings))
