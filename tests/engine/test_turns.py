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


def test_one_after_the_other(processes: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """One has its turn at a time, and after as many turns as there are processes all have had one."""
    clock = [100.0]
    monkeypatch.setattr(turns.time, "monotonic", lambda: clock[0])
    given = Turns(1)
    seen = []
    for _ in range(6):
        given.give(processes)
        assert eventually(lambda: len(going(processes)) == 1)
        # Within a turn nothing changes.
        given.give(processes)
        seen += going(processes)
        clock[0] += turns.TURN
    assert set(processes) == set(seen[:3])
    assert seen[:3] == seen[3:]


def test_the_last_one_goes_on(processes: list[int]) -> None:
    """Who is alone waits for nobody, also when it was stopped for others."""
    given = Turns(1)
    given.give(processes)
    (first,) = (each for each in processes if each not in given._stopped)
    waiting = next(each for each in processes if each != first)
    given.give([waiting])
    assert eventually(lambda: not is_stopped(waiting))


def test_a_pause_between_two_turns(processes: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where others are to be spared, nobody computes for a while after each turn; and no longer than that."""
    clock = [100.0]
    monkeypatch.setattr(turns.time, "monotonic", lambda: clock[0])
    given = Turns(1)
    seen = []
    for _ in range(60):
        given.give(processes, spares_others=True)
        wanted = 0 if given._is_pause else 1
        assert eventually(lambda wanted=wanted: len(going(processes)) == wanted)
        seen.append(tuple(going(processes)))
        clock[0] += 0.1
    assert set(processes) == {each for turn in seen for each in turn}
    assert 0.25 < sum(map(bool, seen)) / len(seen) < 0.45
    clock[0] += turns.PAUSE
    given.give(processes)
    assert eventually(lambda: len(going(processes)) == 1)


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
