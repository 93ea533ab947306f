"""Heavy queries compute one after the other, and nobody is forgotten."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kennis_ld.engine import turns
from kennis_ld.engine.turns import Turns, processors_to_miss
from tests.waiting import eventually

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at in /proc")


@pytest.fixture
def processes() -> Iterator[list[int]]:
    """Three processes of this one that have nothing to do."""
    started = [subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) for _ in range(3)]
    yield [each.pid for each in started]
    for each in started:
        each.kill()
        each.communicate()


def is_stopped(process: int) -> bool:
    """Whether a process was stopped by a signal."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def going(processes: list[int]) -> list[int]:
    """Returns which of the processes are not stopped."""
    return [each for each in processes if not is_stopped(each)]


class Clock:
    """A clock that is moved by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr(turns.time, "monotonic", lambda: self.now)


def run(given: Turns, processes: list[int], clock: Clock, seconds: float, *, spares: bool = False) -> dict[int, float]:
    """Gives turns for so many seconds; returns how long each process was not stopped."""
    went, end = dict.fromkeys(processes, 0.0), clock.now + seconds
    while clock.now < end:
        pause = given.give(processes, spares_others=spares)
        assert pause is not None
        expected = set(processes) - given._stopped
        assert eventually(lambda: set(going(processes)) == expected)  # noqa: B023
        step = max(0.001, pause)
        for each in expected:
            went[each] += step
        clock.now += step
    return went


def test_one_after_the_other(processes: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """All get as much, and next to nothing at the same time as another one."""
    went = run(Turns(1), processes, Clock(monkeypatch), 6.0)
    assert all(1.9 < each < 2.5 for each in went.values())


def test_a_pause_between_two_turns(processes: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where others are to be spared, they compute for a third of the time; all get as much."""
    went = run(Turns(1), processes, Clock(monkeypatch), 9.0, spares=True)
    assert all(0.8 < each < 1.7 for each in went.values())


def test_all_may_look_at_their_clock(processes: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is stopped goes on for a moment in every turn, so that who has to end does not wait for its own."""
    clock = Clock(monkeypatch)
    given = Turns(1)
    looked = dict.fromkeys(processes, clock.now)
    for _ in range(200):
        pause = given.give(processes, spares_others=True)
        assert pause is not None
        for each in set(processes) - given._stopped:
            assert clock.now - looked[each] <= 2 * turns.TURN
            looked[each] = clock.now
        clock.now += max(0.001, pause)


def test_the_last_one_goes_on(processes: list[int]) -> None:
    """Who is alone waits for nobody, also when it was stopped for others."""
    given = Turns(1)
    given.give(processes)
    (first,) = (each for each in processes if each not in given._stopped)
    waiting = next(each for each in processes if each != first)
    given.give([waiting])
    assert eventually(lambda: not is_stopped(waiting))


def test_as_many_at_once_as_processors_can_be_missed(processes: list[int]) -> None:
    """Where two can compute at once, one of three waits; a processor is left for others where there are several."""
    given = Turns(2)
    given.give(processes)
    assert eventually(lambda: len(going(processes)) == 2)
    assert max(1, len(os.sched_getaffinity(0)) - 1) == processors_to_miss()


def test_who_has_ended_is_in_nobodys_way(processes: list[int]) -> None:
    """A process that died, and was not waited for yet, is stopped and let go without a word."""
    given = Turns(1)
    os.kill(processes[0], signal.SIGKILL)
    assert eventually(lambda: Path(f"/proc/{processes[0]}/stat").read_text().rpartition(")")[2].split()[0] == "Z")
    given.give(processes)
    given.give(processes[1:])
    assert eventually(lambda: len(going(processes[1:])) == 1)
