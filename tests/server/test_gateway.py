"""What a web process answers by itself, what it asks the pool, and what it leaves to the application."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import pytest

from kennis_ld.errors import BudgetExceeded, EngineUnavailable, MalformedQuery, QueryError, TooManyRequests
from kennis_ld.server import application, gateway
from kennis_ld.web.security import HEADERS
from tests.server.served import Served
from tests.server.wire import get
from tests.web.city import DIGEST

RESPONSE_OF = gateway.Response.of
SELECT = "SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 3"
JSON = "application/sparql-results+json"


def address(query: str, **more: str) -> str:
    return f"/sparql?{urlencode({'query': query, **more})}"


def test_a_query_in_every_form(served: Served) -> None:
    """GET, POST with a form, POST and QUERY with a query in the body say the same, and so do their media types."""
    form = {"content_type": "application/x-www-form-urlencoded"}
    direct = {"content_type": "application/sparql-query"}
    bodies = {
        served.get(address(SELECT), accept=JSON).body,
        served.get("/sparql", method="POST", body=urlencode({"query": SELECT}).encode(), accept=JSON, **form).body,
        served.get("/sparql", method="POST", body=SELECT.encode(), accept=JSON, **direct).body,
        served.get("/sparql", method="QUERY", body=SELECT.encode(), accept=JSON, **direct).body,
        served.get(address(SELECT, format="json"), accept="text/csv").body,
    }
    assert 1 == len(bodies)
    assert 3 == len(json.loads(bodies.pop())["results"]["bindings"])
    assert b"s\r\n" == served.get(address(SELECT), accept="text/csv").body[:3]


def test_a_header_is_no_place_for_a_query(served: Served) -> None:
    """Only the target counts, whatever stands before the query in it and in headers (F2)."""
    got = served.get("/sparql?x=1&query=ASK%20%7B%7D", user_agent="/sparql?query=SELECT%20*%20%7B%7D&", accept=JSON)
    assert {"head": {}, "boolean": True} == json.loads(got.body)


def test_what_is_asked_twice_is_kept(served: Served) -> None:
    """An answer is kept from its second time on, and then nobody is asked; another Accept is another answer."""
    for _ in range(4):
        assert 200 == served.get(address(SELECT), accept=JSON).status
    assert 2 == len(served.pool.clients)
    served.get(address(SELECT), accept="text/csv")
    assert 3 == len(served.pool.clients)


def test_what_was_asked_long_ago_is_forgotten(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many queries are known again and no more, so what was asked before very many others is as if it was not."""
    monkeypatch.setattr(gateway, "MOST_ASKED", 10)
    for number in range(11):
        served.get(address(SELECT + f" #{number}"), accept=JSON)
    for _ in range(3):
        served.get(address(SELECT + " #0"), accept=JSON)
    assert 13 == len(served.pool.clients)


@pytest.mark.parametrize("query", ["SELECT (NOW() AS ?n) {}", "SELECT (RAND() AS ?n) {}", "SELECT (UUID() AS ?n) {}"])
def test_what_is_never_the_same_is_not_kept(served: Served, query: str) -> None:
    """The time, chance and new names are answered anew, and have no tag."""
    for _ in range(4):
        assert "etag" not in served.get(address(query), accept=JSON).headers
    assert 4 == len(served.pool.clients)


def test_pages_are_kept(served: Served) -> None:
    """A page is made once for all, also for who asks it from elsewhere."""
    first = served.get("/projecten", accept="text/html")
    asked = served.application._threads._work_queue.qsize()
    again = served.get("/projecten", accept="text/html", peer="198.51.100.1")
    assert (first.status, first.headers | {"date": ""}, first.body) == (
        again.status, again.headers | {"date": ""}, again.body,
    )  # fmt: skip
    assert asked == served.application._threads._work_queue.qsize()


@pytest.mark.parametrize("target", ["/projecten", address(SELECT), "/def.ttl", "/static/site.css"])
@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_a_known_tag_is_enough(served: Served, target: str, coding: str) -> None:
    """Whoever has an answer gets 304 with its tag, the first time and each after, and no words about a body."""
    headers = {"accept_encoding": coding}
    tag = served.get(target, **headers).headers["etag"]
    for _ in range(3):
        again = served.get(target, if_none_match=tag, **headers)
        assert (304, b"", tag) == (again.status, again.body, again.headers["etag"])
        assert not {"content-type", "content-length", "content-encoding"} & set(again.headers)
        served.get(target, **headers)
    for other in ('"other"', f'W/"x", "{tag}x"'):
        assert 200 == served.get(target, if_none_match=other, **headers).status


def test_the_application_is_not_asked_for_a_known_query(served: Served) -> None:
    """A 304 for a query costs nobody a query."""
    tag = served.get(address(SELECT), accept=JSON).headers["etag"]
    assert 304 == served.get(address(SELECT), accept=JSON, if_none_match=tag).status
    assert 1 == len(served.pool.clients)


@pytest.mark.parametrize(
    ("error", "status", "problem"),
    [
        (MalformedQuery("No.", line=1, column=2), 400, "malformed-query"),
        (BudgetExceeded(limit="10 seconds"), 503, "query-budget-exceeded"),
        (TooManyRequests(retry_after=7), 429, "too-many-requests"),
        (EngineUnavailable("Busy.", retry_after=7), 503, "service-busy"),
    ],
    ids=["malformed", "budget", "client", "busy"],
)
def test_an_error_is_a_problem(served: Served, error: QueryError, status: int, problem: str) -> None:
    """Each error of a query is problem+json with its status, the headers of all answers, and Retry-After where due."""
    served.engine.error = error
    got = served.get(address(SELECT), accept=JSON)
    assert (status, "application/problem+json") == (got.status, got.headers["content-type"])
    assert problem == json.loads(got.body)["type"].rpartition("#")[2]
    assert {name.lower(): value for name, value in HEADERS.items()}.items() <= got.headers.items()
    assert ("7" if hasattr(error, "retry_after") else None) == got.headers.get("retry-after")


def test_readiness(served: Served) -> None:
    """/readyz says whether the pool can be asked, /healthz that the process answers; neither waits for anybody."""
    assert (200, f"ok {DIGEST}\n".encode()) == ((got := served.get("/readyz")).status, got.body)
    served.pool.is_ready = False
    assert (503, "1") == ((got := served.get("/readyz")).status, got.headers["retry-after"])
    assert (200, b"ok\n") == ((got := served.get("/healthz")).status, got.body)
    for path in ("/readyz", "/healthz"):
        assert 405 == served.get(path, method="POST", body=b"x").status
        head = served.get(path, method="HEAD")
        assert (b"", served.get(path).headers["content-length"]) == (head.body, head.headers["content-length"])


def test_readiness_of_another_engine(served: Served) -> None:
    """Where another server holds the data it is asked, each time: it can be gone while our workers are well."""
    served.pool.is_remote = True
    assert (200, f"ok {DIGEST}\n".encode()) == ((got := served.get("/readyz")).status, got.body)
    served.own_engine.error = EngineUnavailable("Gone.", retry_after=7)
    assert 503 == served.get("/readyz").status
    served.own_engine.error, served.pool.is_ready = None, False
    assert 503 == served.get("/readyz").status


def test_what_cannot_be_read_is_a_problem(served: Served) -> None:
    """What the parser refuses gets the same kind of answer as all else: problem+json with the headers of all (F7)."""
    wire = served.wire()
    wire.send(b"nonsense\r\n\r\n")
    (got,) = served.answered(wire)
    assert (400, "application/problem+json") == (got.status, got.headers["content-type"])
    assert {name.lower(): value for name, value in HEADERS.items()}.items() <= got.headers.items()
    assert "*" == got.headers["access-control-allow-origin"]
    assert 1 == served.counted('kennis_ld_responses_total{route="none",method="-",status="400"}')


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (get("/", f"X: {'x' * 70_000}"), 431),
        (get("/" + "a" * 9000), 414),
        (get("/" + "a" * 70_000), 431),
        (get("/sparql", "Content-Type: application/sparql-query", method="POST", body=b"#" * 140_000), 413),
        (get("/sparql", "Content-Type: application/sparql-query", method="POST", body=b"#" * 70_000), 413),
        (get("/sparql?query=x&query=y"), 400),
        (get("http://elsewhere.example/"), 400),
        (b"CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 405),
    ],
    ids=["header", "address", "long address", "body", "query", "two queries", "another host", "tunnel"],
)
def test_limits(served: Served, request_: bytes, status: int) -> None:
    """What is too long is refused with its own status, in words that a machine can read (F7)."""
    wire = served.wire()
    wire.send(request_)
    (got,) = served.answered(wire)
    assert (status, "application/problem+json") == (got.status, got.headers["content-type"])
    assert status == json.loads(got.body)["status"]


def test_the_client_behind_a_proxy(served: Served) -> None:
    """Who asks is seen through the proxies that are trusted, and through no others."""
    for peer in ("10.0.0.1", "192.0.2.1"):
        served.get(address("ASK {}") + peer, peer=peer, x_forwarded_for="203.0.113.9")
    assert ["203.0.113.9", "192.0.2.1"] == served.pool.clients


def test_who_goes_away_leaves_its_query(served: Served) -> None:
    """When a connection is lost, its query is told, also that of a page; its answer goes nowhere."""
    served.pool.holds = True
    wire = served.wire()
    wire.send(get(address(SELECT)))
    wire.transport.end = "close"
    wire.connection.connection_lost(None)
    assert [True] == [each.has_left for each in served.pool.held]
    served.pool.held.pop().answer()
    assert b"" == wire.transport.sent


def test_queries_with_a_page_of_one_client_have_a_bound(served: Served) -> None:
    """Of many queries of one client for a page some wait, others hear 429; other clients and readiness go on (F3)."""
    served.pool.holds = True
    hostile = [served.wire() for _ in range(64)]
    for number, wire in enumerate(hostile):
        wire.send(get(f"/sparql?query=ASK%7B%7D%23{number}", "Accept: text/html"))
    assert 200 == served.get("/readyz").status
    assert 200 == served.get("/projecten", peer="198.51.100.1").status
    served.until(lambda: 60 == sum(b"HTTP/1.1 429" in each.transport.sent for each in hostile))
    assert application.WAITING_OF_ONE == len(served.pool.held)
    other = served.wire(peer="198.51.100.1")
    other.send(get("/sparql?query=ASK%7B%7D", "Accept: text/html"))
    served.until(lambda: application.WAITING_OF_ONE + 1 == len(served.pool.held))
    served.pool.held.pop().answer()
    assert [200] == [each.status for each in served.answered(other)]


def test_long_answers_of_one_client_have_a_bound(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that takes nothing of its downloads has so many at once; then it hears 429, and others do not."""
    monkeypatch.setattr(application, "LONG", 100)
    target = f"/download/{DIGEST}/agenda.nq"
    slow = [served.wire() for _ in range(application.DOWNLOADS_OF_ONE)]
    for wire in slow:
        wire.send(get(target))
        wire.connection._writable = served.loop.create_future()
        served.until(lambda wire=wire: bool(wire.transport.sent))  # type: ignore[misc]
    busy = served.get(target)
    assert (429, "5") == (busy.status, busy.headers["retry-after"])
    assert 200 == served.get(target, peer="198.51.100.1").status
    for wire in slow:
        wire.connection.resume_writing()
    for wire in slow:
        assert [200] == [each.status for each in served.answered(wire)]
    assert 200 == served.get(target).status


def test_pipelined_requests_of_all_kinds(served: Served) -> None:
    """Pages, queries, problems and what is kept come back in the order in which they were asked on a connection."""
    wire = served.wire()
    targets = ["/projecten", address(SELECT), "/healthz", "/bestaat-niet", address("ASK {}"), "/def.ttl"] * 3
    wire.send(b"".join(get(target, "Accept: */*") for target in targets))
    got = served.answered(wire, len(targets))
    assert [200, 200, 200, 404, 200, 200] * 3 == [each.status for each in got]
    assert [each.body for each in got[:6]] == [each.body for each in got[6:12]]


def test_a_failure_says_nothing_of_itself(served: Served) -> None:
    """An error that nobody foresaw is 500 without a word of it, and the log has its place."""
    served.engine.error = RuntimeError("secret")
    served.pool.ask = lambda *_: 1 / 0  # type: ignore[method-assign,assignment,return-value]
    got = served.get(address(SELECT), accept=JSON)
    assert (500, False) == (got.status, b"division" in got.body)


@pytest.mark.parametrize("target", [address(SELECT), "/projecten"])
def test_a_failure_behind_the_answer_is_one(served: Served, monkeypatch: pytest.MonkeyPatch, target: str) -> None:
    """Where an answer comes later and cannot be sent as it is, the client gets 500 and does not wait."""
    monkeypatch.setattr(gateway, "_answer_head", lambda *_: 1 / 0)
    monkeypatch.setattr(gateway.Response, "of", lambda *given: RESPONSE_OF(*given) if given[0] == 500 else 1 / 0)
    assert 500 == served.get(target, accept=JSON).status


def test_a_failure_after_the_answer_is_no_second_one(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where counting fails, the client has its answer, and no other one that it would take for the next."""
    monkeypatch.setattr(served.metrics, "request", lambda *_: 1 / 0)
    wire = served.wire()
    wire.send(get("/healthz"))
    (response,) = served.answered(wire)
    assert 200 == response.status


def test_every_request_is_counted_once(served: Served) -> None:
    """Each answer counts once by route, method and status, and has one line in the log, however it was made."""
    for _ in range(3):
        served.get("/projecten")
        served.get(address(SELECT), accept=JSON)
        served.get("/healthz")
        served.get("/bestaat-niet")
        served.get("/doc/project/schone-sloot.ttl")
        served.get(address("SELEC"), accept=JSON)
    for route, status in (
        ("pages", 200), ("sparql", 200), ("operations", 200), ("none", 404), ("resources", 200), ("sparql", 400),
    ):  # fmt: skip
        sample = f'kennis_ld_responses_total{{route="{route}",method="GET",status="{status}"}}'
        assert 3 == served.counted(sample), sample
    assert 2 == served.counted('kennis_ld_queries_total{outcome="answered"}')
    assert 3 == served.counted('kennis_ld_queries_total{outcome="malformed"}')
    lines = [json.loads(line) for line in served.lines()]
    assert 18 == len(lines)
    assert {"192.0.2.0/24"} == {line["client"] for line in lines}
    assert not [line for line in served.lines() if quote("SELEC") in line]


def test_a_connection_too_many_is_counted_and_logged(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    """Connections that are refused count, and the log says so once, not each time (F11)."""
    served.wire(most=1)
    for _ in range(5):
        assert "abort" == served.wire(most=1).transport.end
    assert 5 == served.counted("kennis_ld_connections_refused_total")
    assert 1 == len([each for each in caplog.records if "Connections are refused" in each.message])
