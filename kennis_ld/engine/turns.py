"""Lets heavy queries compute one after the other, and not all at once.

Each that can run takes something from the light ones, also when it is last in line: the kernel owes it a little of a
processor, and pays in pieces of milliseconds. So at any time there is one for each processor that light ones can miss,
and the others are stopped. Where small queries come one after the other, there is a pause between two turns. The time
of who is stopped goes on: what a query has is time on the clock. So all may look at their clock now and then.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Collection

TURN = 0.2
"""Seconds after which others have their turn."""

PAUSE = 0.4
"""Seconds in which nobody has a turn, where light queries come one after the other."""

GLIMPSE = 0.01
"""Seconds that all get in every `TURN`, to see whether their time is over or their client left."""


class Turns:
    """Stops processes and lets them go on; only their parent may do so, for it knows which numbers are still theirs."""

    def __init__(self, at_once: int) -> None:
        """Begins with nobody.

        Args:
            at_once: how many have their turn at the same time.
        """
        self._at_once = at_once
        self._queue: list[int] = []
        self._stopped: set[int] = set()
        self._turn_ends = self._glimpse_ends = self._next_glimpse = 0.0
        self._is_pause = False

    def give(self, processes: Collection[int], *, spares_others: bool = False) -> float | None:
        """Lets those of the processes compute whose turn it is, and stops the others; all were forked by this one.

        Args:
            processes: who computes, in any order.
            spares_others: whether between two turns there is to be one, longer, in which none of them computes.

        Returns:
            Seconds after which this is to be called again; None where there is nobody.
        """
        known = [each for each in self._queue if each in processes]
        self._queue = known + [each for each in processes if each not in known]
        self._stopped.intersection_update(self._queue)
        if not self._queue:
            return None
        now = time.monotonic()
        if now >= self._turn_ends:
            self._is_pause = spares_others and not self._is_pause
            self._turn_ends = now + (PAUSE if self._is_pause else TURN)
            if not self._is_pause:
                self._queue = self._queue[self._at_once :] + self._queue[: self._at_once]
        if self._stopped and now >= self._next_glimpse:
            self._glimpse_ends, self._next_glimpse = now + GLIMPSE, now + TURN
            self._let_go(self._queue)
        if now < self._glimpse_ends:
            return self._glimpse_ends - now
        going = [] if self._is_pause else self._queue[: self._at_once]
        self._let_go(going)
        if not self._stopped:
            self._next_glimpse = now + TURN
        for each in self._queue:
            if each not in going and each not in self._stopped:
                os.kill(each, signal.SIGSTOP)
                self._stopped.add(each)
        return max(0.0, min(self._turn_ends, self._next_glimpse if self._stopped else self._turn_ends) - now)

    def _let_go(self, processes: Collection[int]) -> None:
        for each in self._stopped.intersection(processes):
            os.kill(each, signal.SIGCONT)
            self._stopped.discard(each)


def processors_to_miss() -> int:
    """Returns how many processors heavy queries may have at the same time, so that one is left."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, processors - 1)
