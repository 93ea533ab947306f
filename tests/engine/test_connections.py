"""Connections that stay after an answer: they cost nobody anything, whatever happens to the worker at the other end."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kennis_ld.engine.budget import Budget, Lane
from kennis_ld.engine.connections import Connections
from kennis_ld.engine.intake import KEPT
from kennis_ld.engine.interface import Answer
from kennis_ld.engine.pool import PooledEngine
from kennis_ld.engine.supervisor import Supervisor
from kennis_ld.engine.wire import Outcome
from kennis_ld.errors import BudgetExceeded
from tests.engine.conftest import ENDLESS, GOOD
from tests.engine.processes import children, descriptors
from tests.waiting import eventually

LANE = Lane("public", workers=2, budget=Budget(seconds=4.0))


@pytest.fixture
def service(quads: Path) -> Iterator[Supervisor]:
    """A service with two workers."""
    with Supervisor([quads], lanes=(LANE,)) as running:
        yield running


def kept(engine: PooledEngine) -> Connections:
    """The connections of an engine."""
    return engine._connections


def know_both_workers(engine: PooledEngine) -> None:
    """Asks until there is a connection to each worker."""

    def ask_two() -> bool:
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(lambda _: engine.answer(GOOD), range(20)))
        return len(kept(engine)) == 2

    assert eventually(ask_two)


def test_a_connection_is_used_again(service: Supervisor) -> None:
    """Many questions, one after the other, need one connection."""
    engine = service.engine()
    for _ in range(50):
        engine.answer(GOOD)
    assert 1 == len(kept(engine))


def test_there_is_at_most_one_to_each_worker(service: Supervisor) -> None:
    """Many threads leave no more connections than there are workers, and closing leaves none."""
    engine = service.engine()
    know_both_workers(engine)
    with ThreadPoolExecutor(16) as threads:
        list(threads.map(lambda _: engine.answer(GOOD), range(400)))
    assert 2 == len(kept(engine))
    before = descriptors(os.getpid())
    engine.close()
    # The two, and the bytes that say who is busy.
    assert before - 3 == descriptors(os.getpid())


def test_a_question_does_not_stay_behind_another(service: Supervisor) -> None:
    """While a worker computes without end, no question goes to it, though there is a connection."""
    engine, other = service.engine(), service.engine()
    know_both_workers(engine)
    results: list[Exception] = []

    def endless() -> None:
        with pytest.raises(BudgetExceeded) as caught:
            other.answer(ENDLESS)
        results.append(caught.value)

    thread = threading.Thread(target=endless)
    thread.start()
    assert eventually(lambda: any(worker in kept(engine)._busy for worker in children(service.warden)))
    for _ in range(20):
        # None, where the machine was so busy that the question before was not light.
        asked = kept(engine).take()
        if asked is not None:
            assert asked.worker not in kept(engine)._busy
            kept(engine).give(asked, Outcome(Answer("boolean", "json", b""), 0.0, asked.worker or 0))
        assert b"ding 1" in engine.answer(GOOD).body
    assert thread.is_alive()
    thread.join()
    assert 1 == len(results)
    assert eventually(lambda: not any(worker in kept(engine)._busy for worker in children(service.warden)))


def test_a_worker_that_is_gone_is_not_missed(service: Supervisor) -> None:
    """Where the worker of a connection was killed in the meantime, the question goes to another one."""
    engine = service.engine()
    for _ in range(5):
        know_both_workers(engine)
        for worker in children(service.warden):
            os.kill(worker, signal.SIGKILL)
        assert b"ding 1" in engine.answer(GOOD).body
        assert eventually(lambda: len(children(service.warden)) == 2)


def test_a_worker_keeps_few_connections(service: Supervisor) -> None:
    """More processes than a worker keeps connections for are all answered, again and again."""
    engines = [service.engine() for _ in range(KEPT * 3)]
    for _ in range(3):
        for engine in engines:
            assert b"ding 1" in engine.answer(GOOD).body
