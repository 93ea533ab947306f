"""A heavy query takes no worker from light ones: its worker counts no more, and another stands in its place."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kennis_ld.engine import wire
from kennis_ld.engine.budget import Budget, Lane
from kennis_ld.engine.busy import Busy
from kennis_ld.engine.pool import PooledEngine
from kennis_ld.engine.supervisor import Supervisor
from kennis_ld.errors import BudgetExceeded, EngineUnavailable, QueryError
from tests.engine.conftest import ENDLESS, GOOD
from tests.engine.processes import children
from tests.waiting import eventually

LANE = Lane("public", workers=1, budget=Budget(seconds=4.0))


@pytest.fixture
def service(quads: Path) -> Iterator[Supervisor]:
    """A service with one worker."""
    with Supervisor([quads], lanes=(LANE,)) as running:
        yield running


def workers(service: Supervisor) -> list[int]:
    """Returns the workers of a service, those that are dying left out."""
    return children(service.warden)


def test_a_light_query_beside_a_heavy_one_in_a_lane_of_one_worker(service: Supervisor) -> None:
    """Where one worker is at a heavy query, another answers light ones; at its end there is one again."""
    seen: list[QueryError] = []
    engine, other = service.engine(), service.engine()

    def attack() -> None:
        with pytest.raises(BudgetExceeded) as caught:
            other.answer(ENDLESS)
        seen.append(caught.value)

    hostile = threading.Thread(target=attack)
    hostile.start()
    assert eventually(lambda: len(workers(service)) == 2)
    for _ in range(20):
        engine.answer(GOOD)
    assert [] == seen
    hostile.join()
    assert eventually(lambda: len(workers(service)) == 1)
    assert 1 == len(seen)


def test_there_are_never_more_than_three_times_as_many_workers(service: Supervisor) -> None:
    """However many heavy queries come, they do not fill the machine: the next one hears that all workers are busy."""
    seen: list[str] = []
    most = 0

    def attack() -> None:
        try:
            service.engine().answer(ENDLESS)
        except QueryError as error:
            seen.append(type(error).__name__)

    hostile = [threading.Thread(target=attack) for _ in range(5)]
    for thread in hostile:
        thread.start()
    while any(thread.is_alive() for thread in hostile):
        most = max(most, len(workers(service)))
        for thread in hostile:
            thread.join(0.01)
    assert 3 == most
    assert {"BudgetExceeded", "EngineUnavailable"} == set(seen)


def test_a_question_that_is_too_late_is_told_so(service: Supervisor) -> None:
    """Whose time is over before a worker has begun hears that they were busy, not that the query was too heavy."""
    engine: PooledEngine = service.engine()
    connection = engine.connect().socket
    with connection:
        connection.settimeout(5)
        connection.sendall(wire.question_frame(GOOD, time.monotonic() - 0.1, 7))
        outcome = wire.read_outcome(wire.Reader(connection))
    assert isinstance(outcome, wire.Outcome)
    assert isinstance(outcome.result, EngineUnavailable)


def test_what_a_worker_notes_is_its_own(tmp_path: Path) -> None:
    """That a worker is at its last question is no word about another, and is forgotten with it."""
    busy = Busy.create(tmp_path / "busy")
    busy.begin(7, 3)
    busy.begin_last(7)
    assert (True, False) == (busy.is_at_last(7), busy.is_at_last(8))
    busy.end(7)
    assert (False, True) == (7 in busy, busy.is_at_last(7))
    busy.forget(7)
    assert not busy.is_at_last(7)
    busy.close()
