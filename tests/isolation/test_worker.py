"""A worker by itself, at the other end of its link."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox
import pytest

from kennis_ld.engine.interface import MIB, Answer, Budget, Question
from kennis_ld.engine.store import StoreEngine
from kennis_ld.errors import BudgetExceeded, EngineUnavailable, MalformedQuery, QueryError
from kennis_ld.isolation import messages, worker
from tests.isolation.conftest import BUDGET, ENDLESS, GOOD, ask

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

SMALL = Budget(seconds=5.0, memory=24 * MIB)
"""Little memory, the stack not counted; a worker retires when it has grown by a quarter of it."""

DOUBLED = " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(21))
LONG = ask(f"SELECT ?a21 {{ BIND('abcd' AS ?a0) {DOUBLED} }}")
"""A query whose answer has 8 MiB."""


@dataclass
class Forked:
    """A worker, and this end of its link."""

    link: socket.socket
    process: int
    reader: messages.Reader = field(default_factory=messages.Reader)

    def send(self, *questions: Question, seconds: float = 5.0) -> None:
        """Asks questions in one write."""
        deadline = time.monotonic() + seconds
        self.link.sendall(b"".join(messages.question_frame(each, deadline) for each in questions))

    def outcomes(self, number: int) -> list[Answer | QueryError]:
        """Returns the next outcomes; fewer where the worker ends."""
        found: list[Answer | QueryError] = []
        while len(found) < number and (data := self.link.recv(65_536)):
            found += map(messages.outcome_of, self.reader.frames(data))
        return found

    def exit_code(self) -> int:
        """Returns its exit code, when it has ended."""
        code = os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
        self.process = 0
        return code


def forked(store: ox.Store, budget: Budget) -> Forked:
    ours, theirs = socket.socketpair()
    child = os.fork()
    if not child:
        worker.work(theirs, StoreEngine(store, budget=budget, guarded=False), budget)
    theirs.close()
    ours.settimeout(20)
    return Forked(ours, child)


@pytest.fixture
def one(store: ox.Store) -> Iterator[Forked]:
    yield from ended(forked(store, BUDGET))


@pytest.fixture
def small(store: ox.Store) -> Iterator[Forked]:
    yield from ended(forked(store, SMALL))


def ended(one: Forked) -> Iterator[Forked]:
    yield one
    one.link.close()
    if one.process:
        os.kill(one.process, signal.SIGKILL)
        os.waitpid(one.process, 0)


def test_pipelined_queries_are_answered_in_order(one: Forked) -> None:
    """Of fifty queries in one write each gets its own answer, in the order in which they were asked."""
    one.send(*(ask(f"SELECT ?name {{ <thing/{number}> <name> ?name }}") for number in range(50)))
    assert [f'"ding {number}"' for number in range(50)] == [
        outcome.body.decode().split('"value":')[1].split(",")[0].rstrip("}]")
        for outcome in one.outcomes(50)
        if isinstance(outcome, Answer)
    ]


def test_an_error_is_an_outcome(one: Forked) -> None:
    """A malformed query among others gets its error, and those behind it their answers."""
    one.send(GOOD, ask("SELEC"), GOOD)
    assert [Answer, MalformedQuery, Answer] == [type(outcome) for outcome in one.outcomes(3)]


def test_a_query_that_comes_too_late_is_not_begun(one: Forked) -> None:
    """Whose deadline is over is told that all workers are busy, at once, and nothing is computed."""
    start = time.monotonic()
    one.send(ENDLESS, GOOD, seconds=-0.1)
    assert [EngineUnavailable, EngineUnavailable] == [type(outcome) for outcome in one.outcomes(2)]
    assert time.monotonic() - start < 1
    one.send(GOOD)
    assert [Answer] == [type(outcome) for outcome in one.outcomes(1)]


def test_the_kernel_ends_an_endless_query(one: Forked) -> None:
    """Where nobody ends a worker whose query is over its time, the alarm does, a second later."""
    start = time.monotonic()
    one.send(ENDLESS, seconds=0.1)
    assert [] == one.outcomes(1)
    assert -signal.SIGALRM == one.exit_code()
    assert 1 <= time.monotonic() - start < 5


def test_an_idle_worker_lives_on(one: Forked) -> None:
    """Between two queries no alarm is armed."""
    one.send(GOOD, seconds=0.05)
    assert 1 == len(one.outcomes(1))
    one.link.settimeout(1.3)
    with pytest.raises(TimeoutError):
        one.link.recv(1)
    one.send(GOOD)
    assert 1 == len(one.outcomes(1))


def test_it_ends_with_its_link(one: Forked) -> None:
    """A worker that nobody can ask any more ends, in order."""
    one.send(GOOD)
    one.outcomes(1)
    one.link.close()
    assert worker.RETIRED == one.exit_code()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGPIPE])
def test_it_is_not_ended_by_who_stops_the_site(one: Forked, number: signal.Signals) -> None:
    """SIGTERM and SIGINT for all processes of a site let a worker finish."""
    one.send(GOOD)
    one.outcomes(1)
    os.kill(one.process, number)
    one.send(GOOD)
    assert [Answer] == [type(outcome) for outcome in one.outcomes(1)]


def test_it_retires_when_it_has_grown(small: Forked) -> None:
    """A worker that a long answer made large answers all it was asked in one go, and retires."""
    small.send(LONG, GOOD)
    assert [Answer, Answer] == [type(outcome) for outcome in small.outcomes(2)]
    assert b"" == small.link.recv(1)
    assert worker.RETIRED == small.exit_code()


def test_it_cannot_take_more_memory(small: Forked) -> None:
    """A text that grows over the budget is stopped by the bound on memory, long before the time is over."""
    doubled = " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(28))
    start = time.monotonic()
    small.send(ask(f"SELECT (STRLEN(?a28) AS ?n) {{ BIND('abcd' AS ?a0) {doubled} }}"))
    outcomes = small.outcomes(1)
    assert all(isinstance(outcome, BudgetExceeded) for outcome in outcomes)
    if not outcomes:
        assert small.exit_code() not in {worker.RETIRED, -signal.SIGALRM, -signal.SIGKILL}
    assert time.monotonic() - start < 5
