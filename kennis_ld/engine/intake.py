"""Where the questions of a worker come in: the queue of its lane, and connections that brought a question before.

A connection stays open after its answer, for to make one costs more than a small query. The queue is looked at each
time round, so that nobody waits there because others have a connection; and who comes from it is answered first, for
all the others can still go to another worker. A worker keeps few connections, and every descriptor that it may have is
always taken, so that a query finds none to open anything with.
"""

from __future__ import annotations

import array  # noqa: F401 - `socket.recv_fds` imports it when it is called, and then no file can be opened any more
import os
import select
import socket
from collections import deque

from kennis_ld.engine import loan

_MOMENT = 0.02
"""Seconds in which a question follows its connection; one that comes later waits its turn."""

KEPT = 16
"""Connections that a worker keeps: for each web process that of its loop and that of its threads."""

_MOST_AT_ONCE = 64 * 1024


class Intake:
    """Gives one connection after the other on which somebody asks something."""

    def __init__(self, listener: socket.socket) -> None:
        """Starts to listen; takes as many descriptors as it will ever have.

        Args:
            listener: the queue; it must not block.
        """
        self._listener = listener
        self._poll = select.poll()
        self._poll.register(listener, select.POLLIN)
        self._connections: dict[int, socket.socket] = {}
        self._ready: deque[int] = deque()
        self._is_over = False
        self._fillers = [os.dup(listener.fileno()) for _ in range(KEPT + 1 + loan.MOST)]

    def next(self) -> socket.socket | None:
        """Returns a connection with something to read; None when the queue was closed and nothing waits any more."""
        while True:
            while self._ready:
                connection = self._connections.pop(self._ready.popleft(), None)
                if connection is not None:
                    # Those that were used last stay longest.
                    self._connections[connection.fileno()] = connection
                    return connection
            if self._is_over:
                # Who has a connection is answered once more, and then asks the queue that there is now.
                return None
            ready = dict(self._poll.poll())
            queue = ready.get(self._listener.fileno(), 0)
            self._ready.extend(number for number in ready if number in self._connections)
            new = self._accept() if queue else None
            if new is not None and select.select([new], [], [], _MOMENT)[0]:
                # Before anything else: no other worker can take it any more, and what is ready may be heavy.
                return new
            if queue and new is None:
                # Nothing waits. Either another worker was faster, or the queue was shut down.
                self._is_over = bool(queue & (select.POLLHUP | select.POLLERR | select.POLLNVAL))

    def drop(self, connection: socket.socket) -> None:
        """Closes a connection."""
        number = connection.fileno()
        self._poll.unregister(number)
        del self._connections[number]
        connection.close()
        self._fill()

    def close(self) -> None:
        """Closes all connections."""
        for connection in list(self._connections.values()):
            self.drop(connection)

    def receive(self, connection: socket.socket) -> tuple[bytes, list[int]]:
        """Returns what has come in on a connection, and the descriptors that came with it: at most one (unix(7))."""
        os.close(self._fillers.pop())
        came, descriptors, _, _ = socket.recv_fds(connection, _MOST_AT_ONCE, 1)
        if not descriptors:
            self._fill()
        return came, descriptors

    def give_up(self, received: socket.socket) -> None:
        """Closes a descriptor that came in."""
        received.close()
        self._fill()

    def _accept(self) -> socket.socket | None:
        """Takes a connection from the queue; None where there is none."""
        if len(self._connections) == KEPT:
            self.drop(next(iter(self._connections.values())))
        os.close(self._fillers.pop())
        try:
            connection, _ = self._listener.accept()
        except OSError:
            self._fill()
            return None
        self._connections[connection.fileno()] = connection
        self._poll.register(connection, select.POLLIN)
        return connection

    def _fill(self) -> None:
        self._fillers.append(os.dup(self._listener.fileno()))
