"""What a process of a site may do, and what a query worker can no longer do; the kernel sees to it.

| against | what holds it |
|---|---|
| network, files | RLIMIT_NOFILE is 0: no descriptor can be made, unless to ask another server; RLIMIT_FSIZE is 0 |
| memory | RLIMIT_AS: what the worker has at the start, and the budget on top |
| time | ITIMER_REAL, armed for each query: SIGALRM ends the process |
| gaining rights | PR_SET_NO_NEW_PRIVS |
| the machine out of memory | oom_score_adj: the kernel chooses a worker first |
| processors that others need | SCHED_IDLE once a query is heavy, and not on the first processor |

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

# Bytes of stack for evaluation: with it a query text of 64 KiB cannot overflow it (safety facts, section 2.2).
STACK = 256 * 1024 * 1024
_PARENT_DEATH_SIGNAL, _SET_NAME, _NO_NEW_PRIVS = 1, 15, 38
_LAST, _NICE_RANGE = 19, 20
_LINUX = sys.platform == "linux"


def give_up_rights() -> None:
    """Lets this process gain no rights, and be the first that the kernel ends when the machine is out of memory."""
    if _LINUX:
        ctypes.CDLL(None).prctl(_NO_NEW_PRIVS, 1, 0, 0, 0)
        # Who waits for its turn when the zygote dies must not wait for ever.
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGCONT, 0, 0, 0)
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


def close(memory: int, *, descriptors: int = 0) -> None:
    """Bounds descriptors, files, cores and memory (bytes on top of what there is now) for the rest of this life."""
    virtual, _ = memory_now()
    for which, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, descriptors)):
        resource.setrlimit(which, (most, most))
    if _LINUX:
        most = virtual + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def arm(seconds: float) -> None:
    """Ends this process after so many seconds, unless it is armed again before; 0 lets it live on."""
    signal.setitimer(signal.ITIMER_REAL, seconds)


def memory_now() -> tuple[int, int]:
    """Returns the bytes of memory that this process has reserved, and those that it has; 0 where nobody tells."""
    if not _LINUX:
        return 0, 0
    reserved, resident, *_ = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return int(reserved) * resource.getpagesize(), int(resident) * resource.getpagesize()


def most_memory(usage: resource.struct_rusage | None = None) -> int:
    """Returns the most bytes of memory that a process had, by what the kernel counted of it; else of this one."""
    usage = usage or resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_maxrss * 1024 if _LINUX else usage.ru_maxrss


def call_this_process(name: str) -> None:
    """Gives this process a name of at most 15 characters, as `ps -o comm` and `top` show it."""
    if _LINUX:
        ctypes.CDLL(None).prctl(_SET_NAME, name.encode(), 0, 0, 0)


def all_processors() -> set[int]:
    """Returns the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return os.sched_getaffinity(0)
    return set(range(os.cpu_count() or 1))


def demote(process: int, processors: set[int]) -> None:
    """Lets a process compute when nobody else does, and leaves a processor to the others.

    Where the system would not let it come back (getrlimit(2), RLIMIT_NICE), it gets the last of the usual priorities: a
    process that has to end behind everything else ends late, and holds up whoever waits for it.
    """
    rest = set(sorted(processors)[1:]) or processors
    for thread in _threads(process):
        with contextlib.suppress(OSError):
            if os.geteuid() == 0 or resource.getrlimit(resource.RLIMIT_NICE)[0] >= _NICE_RANGE:
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


def _threads(process: int) -> list[int]:
    try:
        return [int(each.name) for each in Path(f"/proc/{process}/task").iterdir()]
    except OSError:
        return []
