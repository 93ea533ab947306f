"""What a worker cannot do, seen from within."""

from __future__ import annotations

import mmap
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kennis_ld.engine.interface import MIB
from kennis_ld.isolation import sandbox
from tests.isolation.forked import in_a_child

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="what Linux bounds"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]

MEMORY = 64 * MIB


def refusal(attempt: Callable[[], object]) -> str:
    """Returns the type of the error that an attempt ends in; empty where it succeeds."""
    try:
        attempt()
    except (OSError, MemoryError, RuntimeError) as error:
        return type(error).__name__
    return ""


def closed(attempt: Callable[[], object]) -> Any:
    """Returns how an attempt ends in a sandbox, in a process of its own."""

    def work() -> str:
        sandbox.close(MEMORY)
        return refusal(attempt)

    return in_a_child(work)


ATTEMPTS: dict[str, Callable[[], object]] = {
    "a file": lambda: Path("/etc/passwd").read_bytes(),
    "a new file": lambda: Path("kennis-ld.tmp").write_bytes(b"x"),
    "a TCP socket": lambda: socket.socket(socket.AF_INET),
    "a UNIX socket": lambda: socket.socket(socket.AF_UNIX),
    "a pipe": os.pipe,
}


@pytest.mark.parametrize("what", ATTEMPTS)
def test_no_descriptor_can_be_made(what: str) -> None:
    """A worker can open no file, no socket of any kind and no pipe."""
    assert "OSError" == closed(ATTEMPTS[what])


def test_all_but_the_link_is_closed() -> None:
    """Of all descriptors a worker keeps the link, as number 3; what standard output was is nothing any more."""

    def work() -> object:
        ends = socket.socketpair()
        number = sandbox.keep_only(ends[1].fileno())
        open_ones = sorted(int(each.name) for each in Path("/proc/self/fd").iterdir())
        targets = {str(Path(f"/proc/self/fd/{each}").readlink()) for each in (0, 1, 2)}
        link = socket.socket(fileno=number)
        link.close()
        found = [number, open_ones[:4], sorted(targets)]
        # The pipe on which a child reports is closed by now, so this is told by the exit code.
        os._exit(42 if [3, [0, 1, 2, 3], ["/dev/null"]] == found and len(open_ones) <= 5 else 1)

    assert 42 == in_a_child(work)


def test_memory_is_bounded() -> None:
    """Beyond what it has at the start and its budget a worker gets no memory.

    Asked of the system itself, for what the allocator has at hand of earlier tests belongs to what there is.
    """
    assert "OSError" == closed(lambda: mmap.mmap(-1, MEMORY + 16 * MIB))
    assert "" == closed(lambda: mmap.mmap(-1, MEMORY // 2))
    assert "MemoryError" == closed(lambda: bytearray(MEMORY + 4096 * MIB))


def test_the_alarm_ends_it() -> None:
    """An alarm that is not disarmed ends the process by SIGALRM, whatever it is at."""

    def endless() -> None:
        sandbox.arm(0.05)
        threading.Event().wait()

    def disarmed() -> str:
        sandbox.arm(0.05)
        sandbox.arm(0)
        threading.Event().wait(0.1)
        return "goes on"

    assert -signal.SIGALRM == in_a_child(endless)
    assert "goes on" == in_a_child(disarmed)


def test_it_gains_no_rights() -> None:
    """A worker can gain no rights by what it executes, and is the first to end when the machine is out of memory."""

    def work() -> object:
        sandbox.give_up_rights()
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return ["NoNewPrivs:\t1\n" in status, Path("/proc/self/oom_score_adj").read_text(encoding="ascii").strip()]

    assert [True, "1000"] == in_a_child(work)
