"""Who computes for long lets others go first, and is like them again afterwards."""

from __future__ import annotations

import os
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from kennis_ld.engine.interface import Question
from kennis_ld.engine.priority import Priority, may_return
from kennis_ld.engine.supervisor import Supervisor
from tests.engine.conftest import GOOD, LANES
from tests.engine.processes import children
from tests.waiting import eventually

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what Linux schedules")

SOME_TIME = Question(
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(STR(?c)) < STRLEN(STR(?f))) }", "http://localhost/"
)
"""It takes long enough to be last for a while, and comes to its end."""


def place() -> tuple[int, int, set[int]]:
    """Returns how the thread that calls is scheduled."""
    return os.sched_getscheduler(0), os.getpriority(os.PRIO_PROCESS, 0), os.sched_getaffinity(0)


def test_every_step_is_taken_back() -> None:
    """A thread is last, then only behind, then last on fewer processors, and in the end what it was."""
    if not may_return():
        pytest.skip("this system lets nobody return")
    seen = []

    def steps() -> None:
        seen.append(place())
        priority = Priority(threading.get_native_id(), returns=True)
        priority.be_last()
        seen.append(place())
        priority.be_behind()
        seen.append(place())
        priority.be_last()
        priority.leave_a_processor()
        seen.append(place())
        priority.come_back()
        seen.append(place())

    thread = threading.Thread(target=steps)
    thread.start()
    thread.join()
    first, last, behind, fewer, back = seen
    assert (os.SCHED_IDLE, first[1], first[2]) == last
    assert (os.SCHED_OTHER, 10, first[2]) == behind
    assert os.SCHED_IDLE == fewer[0]
    assert max(1, len(first[2]) - 1) == len(fewer[2])
    assert first == back


def test_who_cannot_return_takes_one_step() -> None:
    """It has the last priority of the usual kind, and it is no use to ask for more."""
    seen = []

    def steps() -> None:
        priority = Priority(threading.get_native_id(), returns=False)
        priority.be_behind()
        seen.append(place()[:2])
        priority.be_last()
        priority.come_back()
        seen.append(place()[:2])

    thread = threading.Thread(target=steps)
    thread.start()
    thread.join()
    assert [(os.SCHED_OTHER, 0), (os.SCHED_OTHER, 19)] == seen


def test_who_tries_whether_it_can_return_stays_where_it_is() -> None:
    """The trial is made in another process."""
    before = place()
    may_return()
    assert before == place()


def test_a_worker_is_like_others_after_a_query_that_took_long(quads: Path) -> None:
    """What a query that was not heavy let go first goes no longer first when it is over."""
    with Supervisor([quads], lanes=(replace(LANES[0], workers=1),)) as service:
        engine = service.engine()
        engine.answer(GOOD)
        (worker,) = children(service.warden)
        engine.answer(SOME_TIME)
        threads = [int(each.name) for each in Path(f"/proc/{worker}/task").iterdir()]
        assert eventually(lambda: {os.SCHED_OTHER} == {os.sched_getscheduler(each) for each in threads})
