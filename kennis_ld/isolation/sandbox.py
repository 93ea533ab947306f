"""What a query worker can no longer do, once and for all; the kernel sees to it, so no code of ours has to run for it.

| against | what holds it |
|---|---|
| network, files | RLIMIT_NOFILE is 0: no descriptor can be made; RLIMIT_FSIZE is 0 |
| memory | RLIMIT_AS: what the worker has at the start, and the budget on top |
| time | ITIMER_REAL, armed for each query: SIGALRM ends the process |
| gaining rights | PR_SET_NO_NEW_PRIVS |
| the machine out of memory | oom_score_adj: the kernel chooses a worker first |

What only Linux has is left out elsewhere.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys
from pathlib import Path

STACK = 256 * 1024 * 1024
"""Bytes of stack for evaluation: with it a query text of 64 KiB cannot overflow it (safety facts, section 2.2)."""

_NO_NEW_PRIVS = 38
_LINUX = sys.platform == "linux"


def give_up_rights() -> None:
    """Lets this process gain no rights, and be the first that the kernel ends when the machine is out of memory."""
    if _LINUX:
        ctypes.CDLL(None).prctl(_NO_NEW_PRIVS, 1, 0, 0, 0)
    # A container may not let it; its own bound on memory then has to do.
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def keep_only(descriptor: int) -> int:
    """Closes all that this process inherited except one descriptor; returns its new number."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    if descriptor != 3:
        os.dup2(descriptor, 3)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    os.closerange(4, most if most != resource.RLIM_INFINITY else 1_000_000)
    return 3


def close(memory: int) -> None:
    """Bounds descriptors, memory, files and cores for the rest of this process's life.

    Args:
        memory: bytes on top of what the process has now.
    """
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) if _LINUX else 0
    for which in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
        resource.setrlimit(which, (0, 0))
    if _LINUX:
        most = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def arm(seconds: float) -> None:
    """Ends this process after so many seconds, unless it is armed again or disarmed before."""
    signal.setitimer(signal.ITIMER_REAL, seconds)


def disarm() -> None:
    """Lets this process live on."""
    signal.setitimer(signal.ITIMER_REAL, 0)


def most_memory() -> int:
    """Returns the most bytes of memory that this process has had so far."""
    return resident(resource.getrusage(resource.RUSAGE_SELF))


def resident(usage: resource.struct_rusage) -> int:
    """Returns the most bytes of memory that a process had, by what the kernel counted of it."""
    return usage.ru_maxrss * 1024 if _LINUX else usage.ru_maxrss
