"""What the processes of a site have in common: how one begins, waits, and ends.

Nothing here loads more than the command line needs.
"""

from __future__ import annotations

import contextlib
import logging
import os
import platform
import select
import signal
import socket
import sys
from collections.abc import Callable, Iterable
from typing import NoReturn

from kennis_ld.isolation.sandbox import call_this_process

logger = logging.getLogger(__name__)

VARIABLE = "GLIBC_TUNABLES"
_SETTINGS = (
    "glibc.malloc.tcache_count=127",  # small pieces of a size that a thread has at hand: a query takes and gives many
    "glibc.malloc.arena_max=1",  # all threads take memory from one place, or each keeps some of its own
    "glibc.malloc.mmap_threshold=262144",  # bytes of a piece that goes back to the system when it is given back
)
MOST_MISSED = 10  # looks at a silent process after which it is taken for stopped


def tell_allocator() -> None:
    """Tells the allocator of glibc how to deal with memory; another library has nothing to be told.

    It listens only when a program begins, so a program that serves begins again, in its own place, where it was not
    told; what an administrator has told it stays.
    """
    said = os.environ.get(VARIABLE, "")
    if "glibc.malloc." not in said and platform.libc_ver()[0] == "glibc":
        os.environ[VARIABLE] = ":".join(filter(None, [said, *_SETTINGS]))
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - no shell is wanted


def be(kind: str, work: Callable[[], object]) -> NoReturn:
    """Is a process of some kind until its end, in a process that was just forked."""
    status = 1
    try:
        call_this_process(f"kennis {kind}")
        signal.set_wakeup_fd(-1)
        work()
        status = 0
    except SystemExit:
        pass
    except BaseException:
        logger.exception("This process (%s) could not go on.", kind)
    finally:
        # The last lines of the log have to go out; but never back into the code of the parent.
        with contextlib.suppress(BaseException):
            logging.shutdown()
        # At once: to take a large store apart, piece by piece, takes seconds of a processor.
        os._exit(status)


class Wakeup:
    """A context manager: the signals it was made for end a wait, and are remembered."""

    def __init__(self, *numbers: signal.Signals) -> None:
        self._numbers = numbers
        self.signals: set[int] = set()  # those that have come; whoever acts on one takes it out
        self._ours, self._theirs = socket.socketpair()

    def __enter__(self) -> Wakeup:
        for end in (self._ours, self._theirs):
            end.setblocking(False)
        signal.set_wakeup_fd(self._theirs.fileno(), warn_on_full_buffer=False)
        for number in self._numbers:
            signal.signal(number, lambda number, _: self.signals.add(number))
        return self

    def __exit__(self, *_: object) -> None:
        signal.set_wakeup_fd(-1)
        self._ours.close()
        self._theirs.close()

    def wait(self, descriptors: Iterable[int], seconds: float) -> set[int]:
        """Returns the descriptors on which there is something to read, at the latest after so many seconds."""
        poll = select.poll()
        for each in descriptors:
            poll.register(each, select.POLLIN)
        poll.register(self._ours, select.POLLIN)
        found = {each for each, _ in poll.poll(seconds * 1000)}
        with contextlib.suppress(BlockingIOError):
            while self._ours.recv(4096):
                pass
        return found - {self._ours.fileno()}
