"""Asks workers from an event loop, which never waits: for as long as questions are light.

A light question costs the loop one write and one read. What is not done soon is handed over, with all that was heard of
it, to a thread, which waits (`PooledEngine.wait`). A few workers that are asked again and again are faster than many in
turn, for their caches stay warm; so a question first waits a moment for one of those, as nearly always one is free by
then, and only then goes to another.

Everything here runs in the thread of the loop.
"""

from __future__ import annotations

import os
import socket
import time
from asyncio import AbstractEventLoop, TimerHandle
from collections import deque
from collections.abc import Callable

from kennis_ld.engine import wire
from kennis_ld.engine.asking import Asking
from kennis_ld.engine.budget import LIGHT
from kennis_ld.engine.connections import Connection
from kennis_ld.engine.interface import Answer
from kennis_ld.engine.pool import PooledEngine

Done = Callable[[Answer | Exception | None], None]
"""Is told the answer, or why there is none, or None: the question is to be waited for in a thread."""

WARM = (os.cpu_count() or 1) + 1
"""Workers that are asked before others are looked for."""

_MOMENT = 0.005
"""Seconds that a question waits for a warm worker, or behind another question."""


class _Line:
    """A connection that the loop listens to.

    Attributes:
        connection: the connection.
        worker: process id of the worker at its other end; None as long as it is in the queue.
        asking: the question that is on its way; None where the line is free.
        done: who waits for the answer.
    """

    __slots__ = ("asking", "connection", "done", "worker")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.worker: int | None = None
        self.asking: Asking | None = None
        self.done: Done | None = None


class PromptEngine:
    """Asks the workers of an engine from an event loop."""

    def __init__(self, engine: PooledEngine, loop: AbstractEventLoop) -> None:
        """Makes an engine; there is no connection yet.

        Args:
            engine: knows the workers, and waits for what is not light.
            loop: everything is called in its thread.
        """
        self._engine = engine
        self._loop = loop
        self._busy = engine.busy()
        self._lines: set[_Line] = set()
        self._free: list[_Line] = []
        self._waiting: deque[tuple[Asking, Done]] = deque()
        self._timer: TimerHandle | None = None

    def ask(self, asking: Asking, done: Done) -> None:
        """Asks a question.

        Args:
            asking: the question.
            done: called once, maybe before this returns.
        """
        line = self._free_line()
        if line is not None:
            self._send(line, asking, done)
        elif len(self._lines) < WARM:
            self._ask_in_queue(asking, done)
        else:
            self._waiting.append((asking, done))
            self._look_in(_MOMENT)

    def _free_line(self) -> _Line | None:
        """Returns a line to a worker that is free; the one that was used last, for it is the warmest."""
        for at in range(len(self._free) - 1, -1, -1):
            if self._free[at].worker not in self._busy:
                return self._free.pop(at)
        return None

    def _ask_in_queue(self, asking: Asking, done: Done) -> None:
        """Asks whichever worker is free first."""
        try:
            connection = self._engine.connect()
        except OSError:
            # A thread has the patience to try again, and the words where there is nothing to be tried.
            done(None)
            return
        line = _Line(connection)
        self._lines.add(line)
        self._loop.add_reader(connection.socket.fileno(), self._heard, line)
        self._send(line, asking, done)

    def _send(self, line: _Line, asking: Asking, done: Done) -> None:
        asking.goes_by(line.connection)
        asking.is_queued = line.worker is None
        line.asking, line.done = asking, done
        try:
            sent = line.connection.socket.send(asking.frame, socket.MSG_DONTWAIT)
        except OSError:
            sent = 0
        if sent == len(asking.frame):
            self._look_in(_MOMENT)
        else:
            # What was sent of it is no question, so nothing of it runs.
            self._drop(line)
            self._again(line, asking, done)

    def _again(self, line: _Line, asking: Asking, done: Done) -> None:
        """Asks what has not been taken up on a line that is gone."""
        asking.ends()
        if line.worker is None:
            done(None)
        else:
            self.ask(asking, done)

    def _heard(self, line: _Line) -> None:
        """Reads what has come in on a line."""
        asking, done = line.asking, line.done
        if asking is None or done is None:
            # Nothing was asked, so the worker is gone.
            self._drop(line)
            return
        try:
            outcome = asking.hear(socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        except wire.Closed:
            self._drop(line)
            done(self._engine.end_of_worker(asking, line.connection))
            return
        except OSError:
            self._drop(line)
            self._again(line, asking, done)
            return
        if outcome is None:
            # It has begun and takes a while.
            self._hand_over(line)
            return
        asking.ends()
        line.asking = line.done = None
        self._is_free(line, outcome.worker)
        done(outcome.result)

    def _is_free(self, line: _Line, worker: int) -> None:
        if line.worker is None:
            if any(other.worker == worker for other in self._lines):
                # One connection to a worker is enough.
                self._drop(line)
                return
            line.worker = worker
        if self._waiting and worker not in self._busy:
            self._send(line, *self._waiting.popleft())
        else:
            self._free.append(line)

    def _hand_over(self, line: _Line) -> None:
        """Leaves a question, with its connection, to a thread."""
        done = line.done
        self._loop.remove_reader(line.connection.socket.fileno())
        self._lines.discard(line)
        if done is not None:
            done(None)

    def _drop(self, line: _Line) -> None:
        self._loop.remove_reader(line.connection.socket.fileno())
        line.connection.socket.close()
        self._lines.discard(line)
        if line in self._free:
            self._free.remove(line)

    def _look_in(self, seconds: float) -> None:
        """Looks in so many seconds at the latest what has taken too long."""
        when = self._loop.time() + seconds
        if self._timer is not None:
            if self._timer.when() <= when:
                return
            self._timer.cancel()
        self._timer = self._loop.call_later(seconds, self._look)

    def _look(self) -> None:
        self._timer = None
        now = time.monotonic()
        for line in list(self._lines):
            asking, done = line.asking, line.done
            if asking is None or done is None or asking.since > now - _MOMENT:
                continue
            if asking.since < now - LIGHT:
                self._hand_over(line)
            elif line.worker is not None and self._busy.has_other(line.worker, asking.mark):
                # The worker took another question first. Nobody reads ours when this is closed.
                self._drop(line)
                self._again(line, asking, done)
        late = []
        while self._waiting and self._waiting[0][0].since < now - _MOMENT:
            late.append(self._waiting.popleft())
        for asking, done in late:
            free = self._free_line()
            if free is None:
                self._ask_in_queue(asking, done)
            else:
                self._send(free, asking, done)
        if self._waiting or any(line.asking for line in self._lines):
            self._look_in(_MOMENT)

    def close(self) -> None:
        """Closes all lines; what is on its way is told that it is to be waited for."""
        for line in list(self._lines):
            done = line.done
            self._drop(line)
            if done is not None and line.asking is not None:
                line.asking.ends()
                done(None)
        while self._waiting:
            self._waiting.popleft()[1](None)
        if self._timer is not None:
            self._timer.cancel()
        self._busy.close()
