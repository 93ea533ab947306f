"""One worker for who can wait: the command line, and tests of a worker by itself."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable

from kennis_ld.engine import guard
from kennis_ld.engine.interface import Answer, Budget, Engine, Question
from kennis_ld.errors import BudgetExceeded, QueryError
from kennis_ld.isolation import frames, worker

_PIECE = 64 * 1024
Work = Callable[[socket.socket, Engine, Budget], object]


class SingleWorker:
    """An `Engine` that asks a worker of its own, and waits; another worker is forked when one died.

    The process that uses it must have one thread.
    """

    def __init__(self, engine: Engine, budget: Budget, *, guarded: bool = True, work: Work = worker.work) -> None:
        """Makes it; the worker is forked by the first query. A campaign takes away the guard, or the sandbox."""
        self._engine = engine
        self._budget = budget
        self._guarded = guarded
        self._work = work
        self._child = 0
        self._link: socket.socket | None = None

    def answer(self, question: Question) -> Answer:
        """Returns the complete answer; see `Engine.answer`.

        Raises:
            BudgetExceeded: the worker died of the query.
        """
        if self._guarded:
            guard.check(question.text, query_bytes=self._budget.query_bytes)
        while (outcome := self._asked(self._link or self._fork(), question)) is None:
            status = self._reaped()
            if status == -signal.SIGALRM:
                raise BudgetExceeded(limit=self._budget.time_in_words)
            if status != worker.RETIRED:
                raise BudgetExceeded(cause="engine")
        if isinstance(outcome, QueryError):
            raise outcome
        return outcome

    def close(self) -> None:
        """Ends the worker, whatever it is at."""
        if self._link is not None:
            os.kill(self._child, signal.SIGKILL)
            self._reaped()

    def _fork(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        self._child = os.fork()
        if not self._child:
            self._work(theirs, self._engine, self._budget)
        theirs.close()
        self._link = ours
        return ours

    def _asked(self, link: socket.socket, question: Question) -> Answer | QueryError | None:
        reader = frames.Reader()
        try:
            link.sendall(frames.question_frame(1, question, time.monotonic() + self._budget.seconds))
            while data := link.recv(_PIECE):
                for frame in reader.frames(data):
                    return frames.outcome_of(frame)
        except ConnectionError:
            pass
        return None

    def _reaped(self) -> int:
        """Returns the exit status of the worker, whose link is closed."""
        if self._link is not None:
            self._link.close()
            self._link = None
        return os.waitstatus_to_exitcode(os.waitpid(self._child, 0)[1])
