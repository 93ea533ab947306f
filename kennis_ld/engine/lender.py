"""Lends connections of clients to a worker, from an event loop (`kennis_ld.engine.loan`).

There is one worker at a time, and it gives everything back after a moment. Where it ends before that, everything is
back at once: a request that was not answered is still on its connection.

Everything here runs in the thread of the loop.
"""

from __future__ import annotations

import socket
from asyncio import AbstractEventLoop
from collections.abc import Iterable
from typing import Protocol

from kennis_ld.engine import loan, wire
from kennis_ld.engine.loan import Answered, Said, Terms
from kennis_ld.engine.pool import PooledEngine

_SHARE = 3
"""One in so many workers of a lane may have connections of clients at the same time."""

_LATEST = 0.6 * loan.SECONDS
"""Seconds after which a worker is lent nothing more, for it is about to give everything back."""


class Loan(Protocol):
    """A connection that is lent, as whoever lends it sees it."""

    def fileno(self) -> int:
        """Returns its descriptor."""
        ...

    def answered(self, request: Answered) -> None:
        """A request on it was answered."""
        ...

    def returned(self, unsent: bytes) -> None:
        """It is back; these bytes have to be sent on it before anything else."""
        ...

    def broken(self) -> None:
        """It is back, but nobody knows whether the last request on it was answered."""
        ...


class Lender:
    """Lends connections to workers of an engine."""

    def __init__(self, engine: PooledEngine, loop: AbstractEventLoop) -> None:
        """Makes a lender; there is no worker yet.

        Args:
            engine: knows the workers.
            loop: everything is called in its thread.
        """
        self._engine = engine
        self._loop = loop
        self._busy = engine.busy()
        self._line: socket.socket | None = None
        self._worker = 0
        self._latest = 0.0
        self._loans: dict[int, Loan] = {}
        self._buffer = bytearray()

    def lend(self, connection: Loan, terms: Terms) -> bool:
        """Lends a connection; where it does not, nothing has happened, and the next time it may.

        Args:
            connection: it must not be read by this process as long as it is lent.
            terms: what may be answered on it.
        """
        if self._line is None:
            self._look_for_a_worker()
            return False
        if not self._worker or len(self._loans) == loan.MOST or self._loop.time() > self._latest:
            return False
        number = next(each for each in range(1, loan.MOST + 1) if each not in self._loans)
        sent = loan.lent(number, terms)
        try:
            if socket.send_fds(self._line, [sent], [connection.fileno()], socket.MSG_DONTWAIT) < len(sent):
                # The worker waits for the rest, and gives all back when it does not come.
                self.recall()
        except OSError:
            return False
        self._loans[number] = connection
        return True

    def _look_for_a_worker(self) -> None:
        if self._busy.loans() >= self._engine.lane.workers // _SHARE:
            return
        try:
            self._line = self._engine.connect().socket
            self._line.send(wire.LOANS, socket.MSG_DONTWAIT)
        except OSError:
            if self._line is not None:
                self._line.close()
            self._line = None
            return
        self._worker = 0
        self._loop.add_reader(self._line.fileno(), self._heard)

    def recall(self) -> None:
        """Asks for everything back."""
        if self._line is not None:
            self._latest = 0.0
            self._line.shutdown(socket.SHUT_WR)

    def _heard(self) -> None:
        """Reads what the worker says."""
        if self._line is None:
            return
        try:
            came = self._line.recv(loan.MOST_BODY, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        except OSError:
            came = b""
        self._buffer += came
        for said, content in loan.read(self._buffer):
            match said:
                case Said.READY:
                    self._worker = loan.process_of(content)
                    self._latest = self._loop.time() + _LATEST
                case Said.ANSWERED:
                    self._tell(loan.read_answered(content))
                case Said.RETURNED:
                    self._loans.pop(content[0]).returned(content[1:])
                case Said.OVER:
                    self._end(answering=0)
                    return
        if not came:
            # What it said last stands where it cannot be lost.
            self._end(answering=self._busy.is_answering(self._worker) if self._worker else 0)

    def _tell(self, requests: Iterable[Answered]) -> None:
        for each in requests:
            self._loans[each.number].answered(each)

    def _end(self, *, answering: int) -> None:
        line, self._line = self._line, None
        if line is not None:
            self._loop.remove_reader(line.fileno())
            line.close()
        self._buffer.clear()
        self._worker = 0
        loans, self._loans = self._loans, {}
        for number, each in loans.items():
            if number == answering:
                each.broken()
            else:
                each.returned(b"")
