"""Wakes a process of one thread that waits for signals and for descriptors at the same time."""

from __future__ import annotations

import contextlib
import select
import signal
import socket
from collections.abc import Iterable


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
