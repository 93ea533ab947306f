"""Workers: what kills one is felt by nobody else, and what they answer is what the store answers."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from kennis_ld.engine import wire
from kennis_ld.engine.budget import MIB
from kennis_ld.engine.interface import Answer, Iri
from kennis_ld.engine.memory import memory_engine
from kennis_ld.engine.pool import CURRENT, PooledEngine
from kennis_ld.engine.supervisor import Supervisor
from kennis_ld.errors import (
    BudgetExceeded,
    EngineUnavailable,
    MalformedQuery,
    NoSuitableFormat,
    QueryNotAllowed,
    ResultTooLarge,
)
from tests.engine.conftest import BASE, LANES, SMALL, ask
from tests.engine.processes import children, descriptors
from tests.waiting import eventually

GOOD = ask("SELECT ?name { <thing/1> <name> ?name }")
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def _doubled(times: int) -> str:
    steps = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(times))
    return f'SELECT (STRLEN(?x{times}) AS ?n) {{ BIND("{"x" * 64}" AS ?x0) {steps} }}'


HOSTILE = {
    "join of everything": ENDLESS,
    "sorted join": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?f LIMIT 1",
    "200 patterns": "SELECT * {" + " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(200)) + "} LIMIT 1",
    "doubled text": _doubled(30),
    "nested collection": "SELECT * { ?s ?p " + "(" * 1000 + "1" + ")" * 1000 + " }",
    "paths": "SELECT (COUNT(*) AS ?n) { ?a (<p>|!<p>)* ?b . ?c (<p>|!<p>)* ?d . ?e (<p>|!<p>)* ?f }",
    "values": "SELECT (COUNT(*) AS ?n) {"
    + " ".join(f"VALUES ?{name} {{ {' '.join(map(str, range(1000)))} }}" for name in "abcd")
    + "}",
    "triples for pairs": "CONSTRUCT {" + " ".join(f"?a <p{n}> ?d ." for n in range(500)) + "} { ?a ?b ?c . ?d ?e ?f }",
}
NESTED = {
    "parentheses": "SELECT (" + "(" * 30000 + "1" + ")" * 30000 + " AS ?x) {}",
    "groups": "SELECT * " + "{" * 30000 + "}" * 30000,
    "nots": "SELECT (" + "!" * 60000 + "1 AS ?x) {}",
    "sums": "SELECT (1" + "+1" * 30000 + " AS ?x) {}",
    "unions": "SELECT * { {}" + " UNION {}" * 7000 + " }",
}


@pytest.fixture(scope="module")
def engine(service: Supervisor) -> PooledEngine:
    pooled = service.engine()
    pooled.answer(GOOD)
    return pooled


def test_a_worker_answers_as_the_store_does(engine: PooledEngine, quads: Path) -> None:
    """Kind, form and bytes come through the socket unchanged, with bindings and graphs going the other way."""
    store = memory_engine([quads])
    for question in (
        GOOD,
        ask("SELECT ?s ?o { ?s <name> ?o } ORDER BY ?s LIMIT 90", solutions="xml"),
        ask("ASK { <thing/1> ?p ?o }", solutions="csv"),
        ask("CONSTRUCT WHERE { <thing/1> <name> ?o }", graph="ttl"),
        ask("SELECT ?s ?o { ?s <name> ?o }", bindings={"s": Iri(f"{BASE}thing/3")}),
        ask("SELECT ?o { ?s <name> ?o } ORDER BY ?o", default_graphs=(f"{BASE}graph/old",)),
    ):
        assert engine.answer(question) == store.answer(question)


def test_errors_come_through_as_they_are(engine: PooledEngine) -> None:
    """Every kind of refusal keeps its type and its details on the way from the worker."""
    with pytest.raises(MalformedQuery) as malformed:
        engine.answer(ask("SELECT *\n{ FOO }"))
    assert (malformed.value.line, malformed.value.column) == (2, 3)
    with pytest.raises(ResultTooLarge) as large:
        engine.answer(ask("SELECT * { ?s ?p ?o }"))
    assert (large.value.limit, large.value.unit) == (100, "rows")
    with pytest.raises(NoSuitableFormat) as form:
        engine.answer(ask("ASK {}", solutions=None))
    assert form.value.kind == "boolean"
    with pytest.raises(QueryNotAllowed):
        engine.answer(ask("SELECT * { SERVICE <http://127.0.0.1:1/> {} }"))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_kills_only_its_worker(engine: PooledEngine, name: str) -> None:
    """A query over its budget ends in time with one error, and the next is answered (cases 1 to 4, 10, 12, 13, 16)."""
    start = time.monotonic()
    with pytest.raises((BudgetExceeded, ResultTooLarge)):
        engine.answer(ask(HOSTILE[name]))
    assert time.monotonic() - start < SMALL.seconds + 0.5
    assert b"ding 1" in engine.answer(GOOD).body


@pytest.mark.parametrize("name", NESTED)
def test_deep_nesting_overflows_no_stack(engine: PooledEngine, name: str) -> None:
    """A text of 64 KiB, nested as deep as it can be, is answered, refused or stopped; it never crashes (cases 7, 8)."""
    try:
        engine.answer(ask(NESTED[name]))
    except (BudgetExceeded, MalformedQuery, ResultTooLarge) as error:
        assert "memory" not in str(error)  # noqa: PT017
    assert b"ding 1" in engine.answer(GOOD).body


def test_memory_is_bounded_before_time(quads: Path) -> None:
    """A query that takes memory faster than time is stopped at its bound on memory, and told so (cases 2 to 6)."""
    lane = replace(LANES[0], budget=replace(SMALL, seconds=20.0, memory=64 * MIB))
    with Supervisor([quads], lanes=(lane,)) as running:
        engine = running.engine()
        for name in ("doubled text", "sorted join"):
            with pytest.raises(BudgetExceeded, match="64 MiB of memory"):
                engine.answer(ask(HOSTILE[name]))
        assert b"ding 1" in engine.answer(GOOD).body


def test_a_worker_that_is_killed_counts_as_over_budget(service: Supervisor, engine: PooledEngine) -> None:
    """Whoever asked a question whose worker was killed is told so, and a new worker takes its place (cases 30, 31)."""
    for name in (signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT):
        _wait_until_quiet(service)
        busy = _in_background(engine, ENDLESS)
        worker = _busy_worker(service)
        os.kill(worker, name)
        assert isinstance(busy(), BudgetExceeded)
        assert eventually(lambda: len(children(service.warden)) == 3)
        assert b"ding 1" in engine.answer(GOOD).body


def test_a_client_that_goes_away_takes_its_worker_with_it(service: Supervisor, engine: PooledEngine) -> None:
    """When a web process drops a question, the worker ends at once and not at the end of its time (case 21)."""
    _wait_until_quiet(service)
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(service.folder / CURRENT / "public"))
        connection.sendall(wire.question_frame(ask(ENDLESS), time.monotonic() + 60, 1))
        assert connection.recv(len(wire.BEGUN)) == wire.BEGUN
        worker = _busy_worker(service)
        gone_at = time.monotonic()
    assert eventually(lambda: worker not in children(service.warden), seconds=SMALL.seconds)
    assert time.monotonic() - gone_at < SMALL.seconds / 2
    assert b"ding 1" in engine.answer(GOOD).body


def test_a_client_that_says_nothing_keeps_no_worker(service: Supervisor, engine: PooledEngine) -> None:
    """Connections that send no question cost their workers no more than the time of one query (case 22)."""
    silent = [socket.socket(socket.AF_UNIX) for _ in range(2)]
    for connection in silent:
        connection.connect(str(service.folder / CURRENT / "public"))
    assert eventually(lambda: isinstance(_outcome(engine, GOOD.text), Answer))
    for connection in silent:
        connection.close()


def test_pages_answer_while_every_public_worker_is_busy(service: Supervisor, engine: PooledEngine) -> None:
    """The site's own queries have their own worker, without a bound on rows."""
    busy = [_in_background(engine, ENDLESS) for _ in range(4)]
    _busy_worker(service)
    pages = service.engine("pages")
    start = time.monotonic()
    rows = json.loads(pages.answer(ask("SELECT * { ?s ?p ?o }")).body)["results"]["bindings"]
    assert len(rows) == 800
    assert time.monotonic() - start < SMALL.seconds
    for wait in busy:
        assert isinstance(wait(), BudgetExceeded | EngineUnavailable)


def test_the_queue_is_bounded(quads: Path) -> None:
    """More questions than the queue holds are turned away at once, with the time after which to come back (case 24)."""
    # One that gives its place away to no other worker.
    lane = replace(LANES[0], workers=1, queue=1, wait=0.3, polite=False)
    with Supervisor([quads], lanes=(lane,)) as running:
        engine = running.engine()
        engine.answer(GOOD)
        with ThreadPoolExecutor(8) as threads:
            results = list(threads.map(lambda _: _outcome(engine, ENDLESS), range(8)))
    kinds = [type(each) for each in results]
    assert set(kinds) <= {BudgetExceeded, EngineUnavailable}
    turned_away = [each for each in results if isinstance(each, EngineUnavailable)]
    assert len(turned_away) >= 6
    assert all(each.retry_after > 0 for each in turned_away)


def test_many_threads_get_their_own_answers(engine: PooledEngine) -> None:
    """Questions from many threads at once each get the answer to themselves."""

    def name(number: int) -> str:
        body = engine.answer(ask(f"SELECT ?name {{ <thing/{number}> <name> ?name }}")).body
        return str(json.loads(body)["results"]["bindings"][0]["name"]["value"])

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(name, range(300))) == [f"ding {number}" for number in range(300)]


def test_no_packet_leaves_a_worker_even_without_the_guard(quads: Path) -> None:
    """With the guard switched off a SERVICE clause still reaches nobody: a worker cannot open a socket (case 38)."""
    seen: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        port = listener.getsockname()[1]
        lanes = (replace(LANES[0], guarded=False),)
        with Supervisor([quads], lanes=lanes) as running:
            engine = running.engine()
            for call in ("SERVICE", "SERVICE SILENT"):
                for host in ("127.0.0.1", "localhost"):
                    text = f"SELECT * {{ {call} <http://{host}:{port}/> {{ ?s ?p ?o }} }}"
                    seen.append(_outcome(engine, text))
            assert engine.answer(GOOD).body
        with pytest.raises(TimeoutError):
            listener.accept()
    assert len(seen) == 4


def test_a_worker_leaks_nothing(service: Supervisor, engine: PooledEngine) -> None:
    """After many questions and deaths the warden has as many descriptors and children as before (case 35)."""
    engine.answer(GOOD)
    assert eventually(lambda: len(children(service.warden)) == 3)
    before = descriptors(service.warden), descriptors(os.getpid())
    for _ in range(200):
        engine.answer(GOOD)
    for _ in range(5):
        os.kill(children(service.warden)[0], signal.SIGKILL)
        assert eventually(lambda: len(children(service.warden)) == 3)
    # The supervisor's threads may have one open for a moment; a leak does not go away.
    assert eventually(lambda: (descriptors(service.warden), descriptors(os.getpid())) == before)


def _outcome(engine: PooledEngine, text: str) -> object:
    try:
        return engine.answer(ask(text))
    except Exception as error:
        return error


def _in_background(engine: PooledEngine, text: str):  # type: ignore[no-untyped-def]
    results: list[object] = []
    thread = threading.Thread(target=lambda: results.append(_outcome(engine, text)))
    thread.start()

    def wait() -> object:
        thread.join(10)
        return results[0]

    return wait


def _wait_until_quiet(service: Supervisor) -> None:
    """Waits until every worker is there and none computes: a new one has to get ready."""

    def is_quiet() -> bool:
        workers = children(service.warden)
        return len(workers) == 3 and all(_state(each) == "S" for each in workers)

    assert eventually(is_quiet)


def _busy_worker(service: Supervisor) -> int:
    """Returns the process id of a worker that is at a question."""
    found: list[int] = []
    busy = service.engine().busy()

    def look() -> bool:
        found[:] = [each for each in children(service.warden) if each in busy]
        return bool(found)

    try:
        assert eventually(look)
    finally:
        busy.close()
    return found[0]


def _state(process: int) -> str:
    """Returns R where a thread of a process is running."""
    states = []
    for task in Path(f"/proc/{process}/task").iterdir():
        try:
            states.append((task / "stat").read_text().rpartition(")")[2].split()[0])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return "R" if "R" in states else "S"
