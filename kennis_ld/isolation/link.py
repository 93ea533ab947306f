"""A query and a query worker, as the pool of a web process sees them: what is asked, and what comes back."""

from __future__ import annotations

import asyncio
import contextlib
import math
import socket
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from kennis_ld.engine.interface import MIB, Answer, Budget
from kennis_ld.errors import QueryError
from kennis_ld.isolation import messages
from kennis_ld.isolation.admission import Permit
from kennis_ld.isolation.messages import Cause

_PIECE = 64 * 1024
_MOST_HEAD = MIB  # bytes of the head of an answer, which may have a piece of the query in it

Done = Callable[[Answer | QueryError], object]
"""Is told what came of a query, once."""


@dataclass(slots=True, eq=False)
class Query:
    """One query, from its coming to its answer."""

    frame: bytes  # what is sent to a worker
    client: str
    permit: Permit  # what it costs, and who pays
    done: Done
    since: float
    deadline: float
    copies: int = 0  # at how many workers it is
    kills: int = 0  # how often a worker was killed, perhaps from outside, that was at it
    stops: int = 0  # how often a worker that was at it computed nothing
    is_over: bool = False  # there is an outcome
    is_left: bool = False  # nobody may be waiting any more
    is_waiting: bool = False  # for a worker to be free

    def leave(self) -> None:
        """Lets it be stopped as soon as it takes long: its asker is gone, or may be."""
        self.is_left = True


class Link:
    """One worker; everything is called in the thread of the loop."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        descriptor: int,
        worker: int,
        readable: Callable[[Link], object],
        budget: Budget,
    ) -> None:
        """Makes it; `worker` is its process id, and `readable` is called when there is something to read.

        Where its engine is another server, the worker computes as long as it waits.
        """
        self.worker = worker
        self.queries: deque[Query] = deque()  # those that it has not answered, in order
        self.since = time.monotonic()  # when it began with the first of them, or became idle
        self.is_late = False  # the first query takes long, for whatever reason
        self.is_long = False  # the first query has computed for long
        self.is_heavy = False  # the worker ends with its query
        self.is_closed = False
        self.cause: Cause | None = None  # why the worker ended
        self.seen = 0.0  # seconds that the first query had computed when last looked at
        self._computed = 0.0  # seconds that the worker had computed when it last answered
        self._loop = loop
        self._is_remote = budget.is_remote
        self._socket = socket.socket(fileno=descriptor)
        self._socket.setblocking(False)
        self._reader = messages.Reader(math.inf if budget.body_bytes is None else budget.body_bytes + _MOST_HEAD)
        self._out: list[bytes] = []
        self._unsent = b""
        loop.add_reader(descriptor, readable, self)

    @property
    def is_able(self) -> bool:
        """Whether the worker can be asked."""
        return not self.is_long and not self.is_closed

    def send(self, query: Query) -> None:
        """Asks a query, together with the others of this turn of the loop."""
        if not self.queries:
            self.since = time.monotonic()
        query.copies += 1
        query.is_waiting = False
        self.queries.append(query)
        if not self._out and not self._unsent:
            self._loop.call_soon(self._flush)
        self._out.append(query.frame)

    def _flush(self) -> None:
        if self.is_closed:
            return
        had_rest, data = bool(self._unsent), self._unsent + b"".join(self._out)
        self._out.clear()
        try:
            sent = self._socket.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            # The worker is gone, which shows when reading.
            sent = len(data)
        self._unsent = data[sent:]
        if self._unsent and not had_rest:
            self._loop.add_writer(self._socket.fileno(), self._flush)
        elif had_rest and not self._unsent:
            self._loop.remove_writer(self._socket.fileno())

    def read(self) -> list[messages.Frame] | None:
        """Returns the answers that are complete; None where the worker has closed its end."""
        try:
            data = self._socket.recv(_PIECE)
        except BlockingIOError:
            return []
        except OSError:
            return None
        return self._reader.frames(data) if data else None

    def answered(self, computed: float) -> float:
        """Notes that the first query is answered, by the processor time of the worker so far; returns what it took."""
        seconds, self._computed = max(0.0, computed - self._computed), computed
        self.seen, self.since = 0.0, time.monotonic()
        return seconds

    def spent(self) -> float:
        """Returns how long the worker has computed for its first query by now, in seconds (clock_getcpuclockid(3))."""
        self.seen = time.monotonic() - self.since
        if not self._is_remote:
            # Suppressed: a system that does not tell; or the worker is gone.
            with contextlib.suppress(OSError):
                self.seen = max(0.0, time.clock_gettime(~self.worker << 3 | 2) - self._computed)
        return self.seen

    def close(self) -> None:
        """Closes the connection; a worker that has nothing to do ends by that."""
        if not self.is_closed:
            self.is_closed = True
            self._loop.remove_reader(self._socket.fileno())
            self._loop.remove_writer(self._socket.fileno())
            self._socket.close()
