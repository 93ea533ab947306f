"""A worker: a process that answers one question after the other and dies of the first that passes its budget.

It is forked by the warden with the store already in memory. After its first steps it can open nothing any more; what it
may use is bounded by the kernel (`kennis_ld.engine.limits`).
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from typing import NoReturn

import pyoxigraph as ox

from kennis_ld.engine import limits, wire
from kennis_ld.engine.budget import AGAIN, LIGHT, Lane
from kennis_ld.engine.busy import Busy
from kennis_ld.engine.intake import Intake
from kennis_ld.engine.interface import Question
from kennis_ld.engine.store import StoreEngine
from kennis_ld.errors import BudgetExceeded, EngineUnavailable, QueryError

DONE = 0
"""Exit status of a worker whose queue was closed and is empty."""

RETIRED = 3
"""Exit status of a worker that grew (the allocator keeps what a large answer once took), or that lost its priority."""

LEFT = 4
"""Exit status of a worker whose asker left."""

_LOOK = 0.05
"""Seconds between two looks at the query."""

_SOON = 0.03
"""Seconds after which an asker is told that the work has begun; a small answer is there much sooner."""


class _Query:
    """The query that is being evaluated, as the two threads of a worker see it.

    Attributes:
        is_behind: whether it lost its priority, which an ordinary user cannot give back.
    """

    def __init__(self, busy: Busy) -> None:
        self.is_behind = False
        self._is_heavy = False
        self._lock = threading.Lock()
        self._asker: socket.socket | None = None
        self._is_told = False
        self._since = self._computed = 0.0
        self._busy = busy
        self._worker = os.getpid()
        self._clock = 0

    def evaluated_here(self) -> None:
        """Notes that the queries are evaluated in this thread."""
        self._clock = time.pthread_getcpuclockid(threading.get_ident())

    def begin(self, connection: socket.socket, mark: int) -> None:
        """Notes who asks, and since when."""
        self._busy.begin(self._worker, mark)
        self._since, self._computed = time.monotonic(), time.thread_time()
        self._is_told = self._is_heavy = False
        self._asker = connection

    def end(self) -> float:
        """Returns how long it took; nothing more is told of it."""
        with self._lock:
            since, self._since, asker, self._asker = self._since, 0.0, self._asker, None
            if asker is not None and self._is_told:
                limits.outlive_client(asker)
        self._busy.end(self._worker)
        return time.monotonic() - since if since else 0.0

    def tell(self) -> None:
        """Tells the asker how far it is.

        What counts is the time that it computed: on a busy machine a light query may take long.
        """
        with self._lock:
            if self._asker is None or time.monotonic() - self._since < _SOON:
                return
            is_heavy = not self._is_heavy and time.clock_gettime(self._clock) - self._computed > LIGHT
            self._is_heavy |= is_heavy
            if not self._is_told:
                # Not sooner: who has just sent a question may still be about to tell so, and would end us by that.
                limits.die_with_client(self._asker)
                if limits.is_left(self._asker):
                    os._exit(LEFT)
            with contextlib.suppress(OSError):
                self._asker.sendall((b"" if self._is_told else wire.BEGUN) + (wire.HEAVY if is_heavy else b""))
            self._is_told = True

    def falls_behind(self) -> bool:
        """Returns whether it is to lose its priority now: its asker was told that it is heavy, and still wants it."""
        with self._lock:
            falls = self._asker is not None and self._is_heavy and not self.is_behind
            self.is_behind |= falls
            return falls


def work(
    listener: socket.socket, lane: Lane, open_store: Callable[[], ox.Store], busy: Busy, *, parent: int
) -> NoReturn:
    """Is a worker until its end; to be called in a process that was just forked.

    Args:
        listener: where the questions of the lane come in.
        lane: what the worker works for.
        open_store: gives the store; a store on disk is opened here, for its engine has threads, which a fork loses.
        busy: where it says that it is at a question.
        parent: process id of the warden.
    """
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        for name in (signal.SIGALRM, signal.SIGCHLD, signal.SIGIO, signal.SIGTERM, signal.SIGXCPU):
            signal.signal(name, signal.SIG_DFL)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        limits.die_with_parent(parent)
        limits.die_first()
        number = limits.keep_only(listener.fileno())
        threading.stack_size(limits.STACK)
        statuses: list[int] = []
        query = _Query(busy)
        thread = threading.Thread(target=_live, args=(number, lane, open_store, statuses, query))
        thread.start()
        while thread.is_alive():
            thread.join(_LOOK)
            # Before others are told: who found no place has left by now, and dies faster than who fell behind.
            if lane.polite and query.falls_behind():
                limits.fall_behind(thread.native_id or 0)
                # Its place is for another one from now on: behind all others, even to die may take it long.
                busy.begin_last(os.getpid())
                os.kill(parent, signal.SIGCHLD)
            query.tell()
        status = statuses[0] if statuses else status
    finally:
        # Never back into the code of the parent, whatever happened.
        os._exit(status)


def _live(number: int, lane: Lane, open_store: Callable[[], ox.Store], statuses: list[int], query: _Query) -> None:
    query.evaluated_here()
    engine = StoreEngine(open_store(), budget=lane.budget, guarded=False)
    # The first query makes the engine set up what it needs, before the limits are drawn around it.
    engine.answer(Question("ASK { ?s ?p ?o }", "http://localhost/"))
    queue = socket.socket(fileno=number)
    queue.setblocking(False)
    intake = Intake(queue)
    limits.bound(lane.budget.memory)
    limits.leave_no_descriptor(number)
    most = limits.most_memory() + lane.budget.memory // 4
    while limits.most_memory() < most and not query.is_behind:
        connection = intake.next()
        if connection is None:
            # The warden shut the queue down, and it is empty.
            statuses.append(DONE)
            return
        if not _serve(connection, engine, lane, query):
            intake.drop(connection)
    intake.close()
    statuses.append(RETIRED)


def _serve(connection: socket.socket, engine: StoreEngine, lane: Lane, query: _Query) -> bool:
    """Answers a question; returns whether the connection is still good."""
    limits.arm(lane.budget.seconds)
    try:
        question, deadline, mark = wire.read_question(wire.Reader(connection))
        left = deadline - time.monotonic()
        if left <= 0:
            late = EngineUnavailable("All workers are busy.", retry_after=AGAIN)
            connection.sendall(wire.error_frame(late, seconds=0.0, worker=os.getpid()))
            return False
        # Where it has hardly waited, what is armed already is near enough.
        if left < lane.budget.seconds - _LOOK:
            limits.arm(left)
        limits.bound_computing(lane.budget.seconds)
        if limits.is_left(connection):
            # It was closed while the question waited, of which nobody is told any more.
            return False
        query.begin(connection, mark)
        connection.sendall(_answer(engine, question, lane, query))
    except (wire.Closed, ConnectionError):
        # Nobody waits for the answer any more.
        return False
    finally:
        query.end()
        limits.disarm()
    return True


def _answer(engine: StoreEngine, question: Question, lane: Lane, query: _Query) -> bytes:
    number = os.getpid()
    try:
        answer = engine.answer(question)
        return wire.answer_frame(answer, seconds=query.end(), worker=number)
    except QueryError as error:
        return wire.error_frame(error, seconds=query.end(), worker=number)
    except MemoryError:
        too_much = BudgetExceeded(limit=lane.budget.memory_in_words)
        return wire.error_frame(too_much, seconds=query.end(), worker=number)
