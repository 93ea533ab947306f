"""The pool, with real workers that do what their queries say: sleep, burn, die."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator

import pytest

from kennis_ld.engine.interface import Answer, Budget, Question
from kennis_ld.errors import (
    BudgetExceeded,
    ClientLeft,
    EngineUnavailable,
    MalformedQuery,
    QueryError,
    QueryNotAllowed,
    TooManyRequests,
)
from kennis_ld.isolation import pool as pools
from kennis_ld.isolation.admission import Client, ClientLimits
from kennis_ld.isolation.messages import Order
from tests.isolation.zygotes import OTHER, Running, running
from tests.waiting import PATIENCE

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


@pytest.fixture
def site() -> Iterator[Running]:
    """A pool with two workers."""
    with running() as site:
        yield site


@pytest.fixture
def single() -> Iterator[Running]:
    """A pool with one worker, so that what is asked stands behind each other."""
    with running(warm=1) as site:
        yield site


def test_all_are_answered_in_order(single: Running) -> None:
    """Of a hundred queries at once each gets its own answer, those at one worker in order."""
    asked = [single.ask(f"echo {number}") for number in range(100)]
    single.finish(*asked)
    assert [f"echo {number}" for number in range(100)] == [each.text for each in asked]
    assert asked == single.done


def test_nobody_waits_behind_a_slow_query(site: Running) -> None:
    """Queries behind one that takes long are asked elsewhere, and answered long before it."""
    slow = site.ask("sleep 0.4")
    quick = [site.ask(f"echo {number}") for number in range(20)]
    start = time.monotonic()
    site.finish(slow, *quick)
    assert "sleep 0.4" == slow.text
    assert site.done[-1] is slow
    assert max(each.when for each in quick) - start < 0.35


def test_nobody_waits_behind_two_slow_queries(site: Running) -> None:
    """Queries that stand behind a slow one at two workers are asked of a third."""
    slow = [site.ask(f"burn 0.5 {number}") for number in range(2)]
    quick = [site.ask(f"echo {number}") for number in range(20)]
    site.finish(*slow, *quick)
    assert all(each in slow for each in site.done[-2:])


@pytest.mark.parametrize(("text", "cause"), [("twice", ""), ("garble", "engine"), ("boast", "engine")])
def test_a_worker_that_answers_wrongly_is_ended(text: str, cause: str) -> None:
    """A worker is ended that answers what nobody asked or can read, or more than may be; each query has an outcome."""
    with running(warm=1, budget=Budget(seconds=PATIENCE)) as single:
        (worker,) = single.zygote.workers
        asked = single.ask(text)
        single.finish(asked)
        single.until(lambda: worker not in single.zygote.workers)
        after = single.ask("echo after")
        single.finish(after)
    assert cause == getattr(asked.outcome, "cause", "")
    assert "echo after" == after.text


def test_who_fails_on_an_answer_costs_nobody_else_theirs(single: Running, caplog: pytest.LogCaptureFixture) -> None:
    """Where whoever asked cannot take the answer, the log says so, and those behind it at the worker get their own."""
    taken: list[Answer | QueryError] = []

    def fail(outcome: Answer | QueryError) -> None:
        taken.append(outcome)
        raise ZeroDivisionError

    single.pool.ask(Question("echo first", "http://example.org/"), OTHER, fail)
    behind = [single.ask(f"echo {number}") for number in range(20)]
    single.finish(*behind)
    assert 1 == len(taken)
    assert [f"echo {number}" for number in range(20)] == [each.text for each in behind]
    assert "ZeroDivisionError" in caplog.text


def test_a_query_that_was_asked_twice_has_one_answer(site: Running) -> None:
    """The first answer of a query that was hedged counts, and the other is dropped."""
    asked = [site.ask("sleep 0.05"), *(site.ask(f"sleep 0.03 {number}") for number in range(6))]
    site.finish(*asked)
    site.until(lambda: all(not link.queries for link in site.pool._links))
    assert {1} == {len(each.outcomes) for each in asked}
    assert all(each.query is not None and not each.query.copies for each in asked)


def test_who_kills_its_worker_is_answered(site: Running) -> None:
    """A query that ends the engine's process gets an error that says so; those behind it get their answers."""
    deadly = site.ask(f"die {signal.SIGSEGV.value}")
    behind = [site.ask(f"echo {number}") for number in range(20)]
    site.finish(deadly, *behind)
    assert isinstance(deadly.outcome, BudgetExceeded)
    assert "engine" == deadly.outcome.cause
    assert [f"echo {number}" for number in range(20)] == [each.text for each in behind]
    site.until(lambda: len(site.zygote.workers) >= 2 and site.pool.is_ready)


def test_the_alarm_is_a_matter_of_time(site: Running) -> None:
    """A query whose worker the alarm ended passed its limit of time."""
    asked = site.ask(f"die {signal.SIGALRM.value}")
    site.finish(asked)
    assert isinstance(asked.outcome, BudgetExceeded)
    assert ("time", "0.6 seconds") == (asked.outcome.cause, asked.outcome.limit)


def test_killed_from_outside_is_asked_again(site: Running) -> None:
    """A query whose worker somebody killed is asked of another one, and answered."""
    asked = site.ask("sleep 0.2")
    site.until(lambda: any(link.is_late for link in site.pool._links))
    (link,) = (each for each in site.pool._links if each.queries)
    os.kill(link.worker, signal.SIGKILL)
    site.finish(asked)
    assert "sleep 0.2" == asked.text


def test_killed_twice_is_enough(site: Running) -> None:
    """A query whose worker is killed a second time may be the reason, and is not begun a third time."""
    asked = site.ask(f"die {signal.SIGKILL.value}")
    before = site.zygote.forked
    site.finish(asked)
    assert isinstance(asked.outcome, BudgetExceeded)
    site.until(lambda: len(site.zygote.workers) >= 2)
    assert before + 2 == site.zygote.forked


def test_stopped_once_and_killed_once_is_answered(site: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """A query whose worker is stopped, and whose next worker is killed, is asked of a third one."""
    monkeypatch.setattr(pools, "_STUCK", 0.1)
    asked = site.ask("sleep 0.4")
    seen = set[int]()
    for number in (signal.SIGSTOP, signal.SIGKILL):
        site.until(lambda: any(link.queries and link.worker not in seen for link in site.pool._links))
        (link,) = (each for each in site.pool._links if each.queries and each.worker not in seen)
        seen.add(link.worker)
        os.kill(link.worker, number)
    monkeypatch.setattr(pools, "_STUCK", 2.0)
    site.finish(asked)
    assert "sleep 0.4" == asked.text


def test_a_worker_that_retires_costs_nothing(single: Running) -> None:
    """What stands at a worker that ends of itself is asked of the next one."""
    asked = [single.ask(f"echo {number}") for number in range(5)]
    os.kill(single.zygote.workers[0], signal.SIGTERM)
    single.finish(*asked)
    assert [f"echo {number}" for number in range(5)] == [each.text for each in asked]


def test_a_query_at_which_every_worker_retires(site: Running) -> None:
    """A query that no worker ever answers is not asked again after its time, but told so."""
    asked = site.ask("retire")
    start = time.monotonic()
    site.finish(asked)
    assert isinstance(asked.outcome, BudgetExceeded | EngineUnavailable)
    assert 0.6 <= time.monotonic() - start < 5


def test_over_its_time(site: Running) -> None:
    """A query that sleeps or computes over its time is answered with the limit, and its worker ends."""
    sleeping, computing = site.ask("sleep 5"), site.ask("burn 5", OTHER)
    workers = [*site.zygote.workers]
    start = time.monotonic()
    site.finish(sleeping, computing)
    assert 0.6 <= time.monotonic() - start < 3
    for each in (sleeping, computing):
        assert isinstance(each.outcome, BudgetExceeded)
        assert "0.6 seconds" == each.outcome.limit
    site.until(lambda: not set(workers) & set(site.zygote.workers))


def test_waiting_is_not_heavy() -> None:
    """Only computing makes a query heavy: of twenty that sleep, none is refused, whatever one client may have."""
    with running(limits=ClientLimits(heavy=1), heavy=1) as site:
        asked = [site.ask(f"sleep 0.12 {number}") for number in range(4)]
        site.finish(*asked)
        assert 4 == len({each.text for each in asked})
        assert not [each for each in site.zygote.orders if each[0] is Order.DEMOTE]


def test_the_third_heavy_query_of_a_client() -> None:
    """Of three queries that compute for long two go on, behind everything else, and the third is refused."""
    with running(limits=ClientLimits(heavy=2), heavy=8, budget=Budget(seconds=10)) as site:
        asked = [site.ask(f"burn 0.5 {number}") for number in range(3)]
        other = site.ask("burn 0.5 other", OTHER)
        site.until(lambda: all(each.is_done for each in asked))
        refused = [each for each in asked if isinstance(each.outcome, TooManyRequests)]
        assert 1 == len(refused)
        site.finish(other)
        assert not isinstance(other.outcome, TooManyRequests)
        demoted = {worker for order, worker in site.zygote.orders if order is Order.DEMOTE}
        assert 3 == len(demoted)
        # A worker that computes behind everything else answers no other query.
        site.until(lambda: not demoted & set(site.zygote.workers))


def test_light_queries_beside_heavy_ones() -> None:
    """While all places for heavy queries are taken, the light queries of everybody are answered."""
    with running(heavy=2, budget=Budget(seconds=3)) as site:
        heavy = [site.ask(f"burn 5 {number}", Client(f"198.51.100.{number}", "-")) for number in range(2)]
        site.until(lambda: 2 == sum(link.is_heavy for link in site.pool._links))
        light = [site.ask(f"echo {number}", Client(f"203.0.113.{number}", "-")) for number in range(50)]
        site.until(lambda: all(each.is_done for each in light))
        assert not any(each.is_done for each in heavy)
        assert [f"echo {number}" for number in range(50)] == [each.text for each in light]
        late = site.ask("burn 5", OTHER)
        site.until(lambda: late.is_done)
        assert isinstance(late.outcome, EngineUnavailable)
        assert 5 == late.outcome.retry_after


def test_who_has_left_is_stopped_early(site: Running) -> None:
    """A long query whose asker is gone ends with its worker; a short one is answered all the same."""
    long, short = site.ask("sleep 5"), site.ask("echo 1", OTHER)
    for each in (long, short):
        assert each.query is not None
        each.query.leave()
    start = time.monotonic()
    site.finish(long, short)
    assert "echo 1" == short.text
    assert isinstance(long.outcome, ClientLeft)
    assert time.monotonic() - start < 2


def test_clients_that_wait_take_turns() -> None:
    """Where queries wait, the clients go in turn: who asks one does not wait for fifty of another."""
    with running(warm=1) as site:
        filling = [site.ask(f"echo f{number}") for number in range(pools._DEPTH)]
        many = [site.ask(f"echo m{number}") for number in range(50)]
        one = site.ask("echo one", OTHER)
        site.finish(*filling, *many, one)
        assert "echo one" == one.text
        assert site.done.index(one) - len(filling) <= 1


def test_a_worker_that_is_full_takes_no_more(single: Running) -> None:
    """A worker has so many queries at most; the others wait, and are asked when there is room."""
    asked = [single.ask(f"echo {number}") for number in range(pools._DEPTH * 3)]
    assert [pools._DEPTH] == [len(link.queries) for link in single.pool._links]
    single.finish(*asked)
    assert len(asked) == len({each.text for each in asked})


def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waited for a worker too long is told that all are busy."""
    monkeypatch.setattr(pools, "_LONGEST_WAIT", 0.2)
    with running(warm=1) as site:
        site.zygote.may_fork = False
        slow = site.ask("sleep 0.5")
        site.until(lambda: any(link.is_late for link in site.pool._links))
        behind = [site.ask(f"echo {number}") for number in range(pools._DEPTH + 5)]
        site.finish(slow, *behind)
        busy = [each for each in behind if isinstance(each.outcome, EngineUnavailable)]
        assert behind[-6:] == busy


def test_a_client_may_not_ask() -> None:
    """A query that may not be asked is refused at once, and nothing is told later."""
    with running(limits=ClientLimits(errors=1)) as site:
        for _ in range(2):
            bad = site.ask("bad")
            site.finish(bad)
            assert isinstance(bad.outcome, MalformedQuery)
        with pytest.raises(TooManyRequests):
            site.ask("echo 1")
        with pytest.raises(QueryNotAllowed):
            site.ask("SELECT * { SERVICE <http://a/> {} }", OTHER)
        assert "echo 2" == finished(site, "echo 2")


def finished(site: Running, text: str) -> str:
    asked = site.ask(text, OTHER)
    site.finish(asked)
    return asked.text


def test_no_worker_can_be_forked() -> None:
    """While the system lets nobody fork, the workers that are there answer; when it does again, there are more."""
    with running() as site:
        site.zygote.may_fork = False
        asked = site.ask(f"die {signal.SIGSEGV.value}")
        site.finish(asked)
        assert "echo 1" == finished(site, "echo 1")
        site.zygote.may_fork = True
        site.until(lambda: len(site.zygote.workers) == 2)
        assert "echo 2" == finished(site, "echo 2")


def test_the_zygote_is_gone(site: Running) -> None:
    """Without a zygote the workers that are there answer on."""
    site.zygote.go()
    assert ["echo 1", "echo 2"] == [finished(site, "echo 1"), finished(site, "echo 2")]


def test_neither_zygote_nor_workers(site: Running) -> None:
    """Where there is nobody who could ever answer, a query is refused at once, not after a long wait."""
    site.zygote.go()
    for each in site.zygote.workers:
        os.kill(each, signal.SIGKILL)
    site.until(lambda: not site.pool._links)
    start, asked = time.monotonic(), site.ask("echo 1")
    site.finish(asked)
    assert isinstance(asked.outcome, EngineUnavailable)
    assert time.monotonic() - start < 1


def test_ready_while_others_are_heavy() -> None:
    """Heavy queries do not make a pool unready while another worker is on its way; that none can be forked does."""
    with running(warm=1) as site:
        assert site.pool.is_ready
        site.zygote.may_fork = False
        heavy = site.ask("burn 5")
        site.until(lambda: site.pool._links[0].is_long)
        assert site.pool.is_ready
        site.pool._able -= pools._LONGEST_LACK
        assert not site.pool.is_ready
        site.finish(heavy)


def test_a_pool_that_is_closed_answers_everybody() -> None:
    """What was not answered when a pool is closed is told so."""
    with running(warm=1) as site:
        asked = [site.ask(f"sleep 1 {number}") for number in range(pools._DEPTH + 10)]
        site.pool.close()
        assert {1} == {len(each.outcomes) for each in asked}
        assert {EngineUnavailable} == {type(each.outcome) for each in asked}


def test_there_are_as_many_workers_as_before(site: Running) -> None:
    """Workers that were forked while others were slow end when there is nothing to do."""
    slow = [site.ask(f"burn 0.3 {number}") for number in range(2)]
    site.finish(*slow, site.ask("echo 1"))
    site.until(lambda: 2 == len(site.zygote.workers))


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_lost(seed: int) -> None:
    """Whatever queries do, each that is asked gets exactly one outcome, and each that can be answered its answer."""
    chance = random.Random(seed)
    kinds = ["echo"] * 12 + ["sleep 0.02", "sleep 0.15", "burn 0.02", "burn 0.15", "bad", "retire", "die 11", "die 9"]
    with running() as site:
        asked = []
        for number in range(100):
            kind = chance.choice(kinds)
            asked.append((kind, site.ask(f"{kind} x {number}", Client(f"192.0.2.{number % 7}", "-"))))
            if chance.random() < 0.1:
                site.until(lambda: True)
            if chance.random() < 0.02 and site.zygote.workers:
                os.kill(chance.choice(site.zygote.workers), signal.SIGKILL)
            query = asked[-1][1].query
            if chance.random() < 0.05 and query is not None:
                query.leave()
        site.until(lambda: all(each.is_done for _, each in asked), seconds=30)
        assert {1} == {len(each.outcomes) for _, each in asked}
        for kind, each in asked:
            if kind == "echo" and each.query is not None and not each.query.is_left and not each.query.kills:
                assert isinstance(each.outcome, QueryError) or each.text.startswith("echo")
        assert not site.pool._admission._running._going_on
        assert 0 == site.pool._admission._running._total
