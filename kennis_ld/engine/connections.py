"""The connections of a process that wait for their next question: at most one to each worker."""

from __future__ import annotations

import contextlib
import socket
import struct
from collections import deque
from dataclasses import dataclass

from kennis_ld.engine.budget import LIGHT
from kennis_ld.engine.busy import Busy
from kennis_ld.engine.wire import Outcome

_LIGHT_TIME = struct.pack("@ll", 0, int(LIGHT * 1_000_000))


@dataclass(frozen=True, slots=True)
class Connection:
    """A connection to a worker, or to the queue of a lane. What is read or written on it blocks for LIGHT at most.

    Attributes:
        socket: the connection.
        warden: process id of the warden when it was made; empty where there was none.
        worker: process id of the worker that keeps it; None while it is in the queue.
    """

    socket: socket.socket
    warden: bytes
    worker: int | None = None


def connect(address: str, warden: bytes) -> Connection:
    """Returns a new connection, in the queue of a lane.

    Args:
        address: the socket of the lane.
        warden: process id of the warden.

    Raises:
        BlockingIOError: the queue is full.
        ConnectionError: nobody listens any more.
        FileNotFoundError: there is no such queue.
    """
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.setblocking(False)
        connection.connect(address)
        connection.setblocking(True)
        # `settimeout` would make two calls of each, and at every call threads wait for one another.
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            connection.setsockopt(socket.SOL_SOCKET, option, _LIGHT_TIME)
    except OSError:
        connection.close()
        raise
    return Connection(connection, warden)


class Connections:
    """Keeps connections; any number of threads may take and give."""

    def __init__(self, busy: Busy) -> None:
        """Begins with none.

        Args:
            busy: says which workers are at a question.
        """
        self._busy = busy
        self._idle: deque[Connection] = deque()
        self._workers: set[int] = set()

    def __len__(self) -> int:
        """Returns how many are idle."""
        return len(self._idle)

    def take(self) -> Connection | None:
        """Returns a connection to a worker that is free; None where there is none."""
        with contextlib.suppress(IndexError):
            for _ in range(len(self._idle)):
                # The one that waited longest: so each is tried before long, and those of dead workers are found out.
                connection = self._idle.popleft()
                if connection.worker not in self._busy:
                    return connection
                self._idle.append(connection)
        return None

    def give(self, connection: Connection, outcome: Outcome) -> None:
        """Takes a connection after its question, for the next one; it is closed where its worker has another."""
        if connection.worker is None:
            if outcome.worker in self._workers:
                connection.socket.close()
                return
            self._workers.add(outcome.worker)
            connection = Connection(connection.socket, connection.warden, outcome.worker)
        self._idle.append(connection)

    def drop(self, connection: Connection) -> None:
        """Closes a connection, and thereby stops what its worker does for it."""
        connection.socket.close()
        self._workers.discard(connection.worker or 0)

    def close(self) -> None:
        """Closes those that are idle; none is given any more."""
        with contextlib.suppress(IndexError):
            while True:
                self.drop(self._idle.popleft())
        self._busy.close()

    __del__ = close
