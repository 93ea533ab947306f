"""How the thread of a query stands among all others on this machine: who computes for long lets the others go first.

| place | from | the thread |
|---|---|---|
| first | the start | is like all others |
| last | `SHORT` of computing | computes when nobody else does (SCHED_IDLE) |
| behind | `PATIENCE` later, where it is not heavy yet | has a tenth of the weight of others, and so comes to its end |
| last | the word that it is heavy | computes when nobody else does, and leaves them a processor |

All of it is taken back when the query ends. Linux lets an ordinary user take no such step back unless it is told so
(RLIMIT_NICE, getrlimit(2)). Without that there is one step, when the query is heavy: to the last priority of the usual
kind, for good. SCHED_IDLE would then be for good as well, and a process that has to end in it ends late, and holds up
whoever waits for it.

Other systems know none of this; there all stay where they are.
"""

from __future__ import annotations

import contextlib
import os
import sys

SHORT = 0.005
"""Seconds of computing after which a query lets others go first."""

PATIENCE = 1.0
"""Seconds that a query waits for others at most, as long as it is not heavy."""

_BEHIND, _LAST = 10, 19
"""Places behind, as `nice` counts."""

_LINUX = sys.platform == "linux"


class Priority:
    """The place of one thread.

    Attributes:
        returns: whether it can take a step back.
        is_first: whether it is like all others.
        is_last: whether everything else goes before it.
    """

    def __init__(self, thread: int, *, returns: bool) -> None:
        """Takes a thread as it is now.

        Args:
            thread: number of the thread that the kernel knows.
            returns: what `may_return` says.
        """
        self.returns = returns
        self.is_first, self.is_last = True, False
        self._thread = thread
        if _LINUX:
            self._nice = os.getpriority(os.PRIO_PROCESS, thread)
            self._processors = sorted(os.sched_getaffinity(thread))

    def be_last(self) -> None:
        """Lets everything else go before this thread."""
        self.is_first, self.is_last = False, True
        if self.returns:
            self._schedule("SCHED_IDLE")
        else:
            self._be_nice(_LAST)

    def leave_a_processor(self) -> None:
        """Keeps to all processors but one: even the last in line has a turn now and then, and others wait for it."""
        if _LINUX:
            self._run_on(self._processors[1:] or self._processors)

    def be_behind(self) -> None:
        """Lets others go before this thread for the most part, where it can return."""
        if self.returns:
            self._be_nice(_BEHIND)
            self._schedule("SCHED_OTHER")
            self.is_last = False

    def come_back(self) -> None:
        """Takes back what can be taken back."""
        if self.returns and not self.is_first:
            self._schedule("SCHED_OTHER")
            self._be_nice(self._nice)
            self._run_on(self._processors)
            self.is_first, self.is_last = True, False

    def _schedule(self, policy: str) -> None:
        with contextlib.suppress(OSError):
            os.sched_setscheduler(self._thread, getattr(os, policy), os.sched_param(0))

    def _be_nice(self, value: int) -> None:
        if _LINUX:
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._thread, value)

    def _run_on(self, processors: list[int]) -> None:
        with contextlib.suppress(OSError):
            os.sched_setaffinity(self._thread, processors)


def may_return() -> bool:
    """Whether this system lets us take such steps back; tried in another process, for it could stay behind."""
    if not _LINUX:
        return False
    try:
        child = os.fork()
    except OSError:
        return False
    if child == 0:
        status = 1
        try:
            nice = os.getpriority(os.PRIO_PROCESS, 0)
            place = Priority(os.getpid(), returns=True)
            place.be_last()
            place.be_behind()
            place.come_back()
            back = os.sched_getscheduler(0), os.getpriority(os.PRIO_PROCESS, 0)
            status = int(back != (os.SCHED_OTHER, nice))
        finally:
            os._exit(status)
    return os.waitpid(child, 0)[1] == 0
