"""What a worker can no longer do, once and for all; the kernel sees to it, so no code of ours has to run for it.

| against | what holds it |
|---|---|
| time | ITIMER_REAL, armed for each query; SIGALRM ends the process. RLIMIT_CPU behind it |
| memory | RLIMIT_AS: what the worker has at the start, and the budget on top |
| network | RLIMIT_NOFILE: one descriptor is free, and the connection being answered takes it |
| files | the same, and RLIMIT_FSIZE is 0 |
| a client that went away | O_ASYNC on the connection of a query that is not light; SIGIO ends the process |
| a parent that died | PR_SET_PDEATHSIG |
| gaining rights | PR_SET_NO_NEW_PRIVS |

Once a query is heavy, `kennis_ld.engine.watch` looks at its time and its client as well, and is the first to end it:
its thread has a priority to do that with. What only Linux has is left out elsewhere.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import math
import os
import resource
import signal
import socket
import sys
import time
from pathlib import Path

STACK = 256 * 1024 * 1024
"""Bytes of stack for evaluation: with it a query text of 64 KiB cannot overflow it (safety facts, section 2.2)."""

_PDEATHSIG, _NO_NEW_PRIVS = 1, 38
_MOMENT = 0.01
"""Seconds of computing after which is looked at what is computed."""

_SLACK = 3
"""Seconds of computing that a query may have more than it may: the other bound is the one that counts."""

_LINUX = sys.platform == "linux"
_libc = ctypes.CDLL(None) if _LINUX else None


def die_with_parent(parent: int) -> None:
    """Ends this process when its parent ends.

    Args:
        parent: process id of the parent, which may have ended by now.
    """
    if _libc is not None:
        _libc.prctl(_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        _libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def die_first() -> None:
    """Makes the kernel choose this process, and not the one that serves people, when the machine is out of memory."""
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


def leave_no_descriptor(filler: int) -> None:
    """Takes away every descriptor that is free, so that this process can open nothing but in the place of another.

    Args:
        filler: a descriptor to fill gaps with.
    """
    last = os.dup(filler)
    highest = max(_open_descriptors(), default=last)
    # The listing itself has a descriptor, which is free by now.
    while (filled := os.dup(filler)) <= highest:
        pass
    os.close(filled)
    _limit(resource.RLIMIT_NOFILE, filled)


def _open_descriptors() -> list[int]:
    folder = Path("/proc/self/fd" if _LINUX else "/dev/fd")
    return [int(each.name) for each in folder.iterdir()]


def bound(memory: int) -> None:
    """Bounds memory, files and cores for the rest of this process's life.

    Args:
        memory: bytes on top of what the process has now.
    """
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    if _LINUX:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        _limit(resource.RLIMIT_AS, pages * resource.getpagesize() + memory)


def _limit(which: int, value: int) -> None:
    resource.setrlimit(which, (value, value))


def arm(seconds: float) -> None:
    """Ends this process after so many seconds, unless it is disarmed before."""
    signal.setitimer(signal.ITIMER_REAL, seconds)


def bound_computing(seconds: float) -> None:
    """Ends this process when it has computed for so many seconds from now, or a few more, whatever its clock says."""
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    end = time.process_time() + seconds
    # To move the bound for each of many small queries would cost more than to look at it.
    if not end <= soft <= end + _SLACK:
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(end) + _SLACK - 1, hard))


def disarm() -> None:
    """Lets this process live on."""
    signal.setitimer(signal.ITIMER_REAL, 0)


def be_woken_by_computing() -> None:
    """Wakes who waits in `wait` whenever this process has computed for a moment; to be called before it has threads."""
    if _LINUX:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPROF})
        signal.setitimer(signal.ITIMER_PROF, _MOMENT, _MOMENT)


def wait(seconds: float) -> None:
    """Waits for so many seconds, or until this process has computed for a moment, or `wake`."""
    if _LINUX:
        signal.sigtimedwait({signal.SIGPROF}, seconds)
    else:
        time.sleep(seconds)


def wake() -> None:
    """Wakes who waits in `wait`."""
    if _LINUX:
        os.kill(os.getpid(), signal.SIGPROF)


def die_with_client(connection: socket.socket) -> None:
    """Ends this process when the client closes the connection, or sends anything more."""
    fcntl.fcntl(connection, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(connection, fcntl.F_SETFL, os.O_ASYNC)


def is_left(connection: socket.socket) -> bool:
    """Whether the client has closed the connection already."""
    try:
        return not connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True


def outlive_client(connection: socket.socket) -> None:
    """Lets this process live on when the client closes the connection."""
    fcntl.fcntl(connection, fcntl.F_SETFL, 0)


def most_memory() -> int:
    """Returns the most bytes of memory that this process has had so far."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most * 1024 if _LINUX else most
