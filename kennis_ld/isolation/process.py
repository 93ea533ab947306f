"""How a process of a site is called, and how it stands among the others; what only Linux has is left out elsewhere."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import sys
from pathlib import Path

_SET_NAME = 15
_LAST = 19
_NICE_RANGE = 20


def call_this_process(name: str) -> None:
    """Gives this process a name of at most 15 characters, as `ps -o comm` and `top` show it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_NAME, name.encode(), 0, 0, 0)


def all_processors() -> set[int]:
    """Returns the processors that this process may use."""
    return os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else {0}


def demote(process: int, processors: set[int]) -> None:
    """Lets a process compute when nobody else does, and leaves a processor to the others.

    Where the system would not let it come back (getrlimit(2), RLIMIT_NICE), it gets the last of the usual priorities: a
    process that has to end behind everything else ends late, and holds up whoever waits for it.
    """
    rest = set(sorted(processors)[1:]) or processors
    for thread in _threads(process):
        with contextlib.suppress(OSError):
            if _can_promote():
                os.sched_setscheduler(thread, os.SCHED_IDLE, os.sched_param(0))
            else:
                os.setpriority(os.PRIO_PROCESS, thread, _LAST)
            os.sched_setaffinity(thread, rest)


def promote(process: int, processors: set[int]) -> None:
    """Takes back what `demote` did, as far as the system lets it, so that a process ends quickly."""
    for thread in _threads(process):
        with contextlib.suppress(OSError):
            if os.sched_getscheduler(thread) == os.SCHED_IDLE:
                os.sched_setscheduler(thread, os.SCHED_OTHER, os.sched_param(0))
                os.sched_setaffinity(thread, processors)


def _can_promote() -> bool:
    return os.geteuid() == 0 or resource.getrlimit(resource.RLIMIT_NICE)[0] >= _NICE_RANGE


def _threads(process: int) -> list[int]:
    try:
        return [int(each.name) for each in Path(f"/proc/{process}/task").iterdir()]
    except OSError:
        return []
