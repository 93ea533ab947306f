"""A worker: a process that answers one question after the other and dies of the first that passes its budget.

It is forked by the warden with the store already in memory. After its first steps it can open nothing any more; what it
may use is bounded by the kernel (`kennis_ld.engine.limits`).
"""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from typing import NoReturn

import pyoxigraph as ox

from kennis_ld.engine import limits, wire
from kennis_ld.engine.borrower import Borrower
from kennis_ld.engine.budget import AGAIN, Lane
from kennis_ld.engine.busy import Busy
from kennis_ld.engine.intake import Intake
from kennis_ld.engine.interface import Question
from kennis_ld.engine.store import StoreEngine
from kennis_ld.engine.watch import LOOK, WatchedQuery
from kennis_ld.errors import BudgetExceeded, EngineUnavailable, QueryError

DONE = 0
"""Exit status of a worker whose queue was closed and is empty."""

RETIRED = 3
"""Exit status of a worker that grew (the allocator keeps what a large answer once took), or gave its place away."""


def work(
    listener: socket.socket,
    lane: Lane,
    open_store: Callable[[], ox.Store],
    busy: Busy,
    *,
    parent: int,
    returns: bool = False,
) -> NoReturn:
    """Is a worker until its end; to be called in a process that was just forked.

    Args:
        listener: where the questions of the lane come in.
        lane: what the worker works for.
        open_store: gives the store; a store on disk is opened here, for its engine has threads, which a fork loses.
        busy: where it says that it is at a question.
        parent: process id of the warden.
        returns: whether a query that stood behind others can stand in front again.
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
        limits.be_woken_by_computing()
        statuses: list[int] = []
        queries: list[WatchedQuery] = []

        def live() -> None:
            query = WatchedQuery(busy, polite=lane.polite, returns=returns)
            queries.append(query)
            _live(number, lane, open_store, statuses, query)
            limits.wake()

        thread = threading.Thread(target=live)
        thread.start()
        while thread.is_alive():
            limits.wait(queries[0].seconds_to_look() if queries else LOOK)
            if queries:
                queries[0].look()
        status = statuses[0] if statuses else status
    finally:
        # Never back into the code of the parent, whatever happened.
        os._exit(status)


def _live(
    number: int, lane: Lane, open_store: Callable[[], ox.Store], statuses: list[int], query: WatchedQuery
) -> None:
    engine = StoreEngine(open_store(), budget=lane.budget, guarded=False)
    # The first query makes the engine set up what it needs, before the limits are drawn around it.
    engine.answer(Question("ASK { ?s ?p ?o }", "http://localhost/"))
    queue = socket.socket(fileno=number)
    queue.setblocking(False)
    intake = Intake(queue)
    limits.bound(lane.budget.memory)
    limits.leave_no_descriptor(number)
    most = limits.most_memory() + lane.budget.memory // 4
    while limits.most_memory() < most and not query.was_last:
        connection = intake.next()
        if connection is None:
            # The warden shut the queue down, and it is empty.
            statuses.append(DONE)
            return
        if not _serve(connection, intake, engine, lane, query):
            intake.drop(connection)
    intake.close()
    statuses.append(RETIRED)


def _serve(connection: socket.socket, intake: Intake, engine: StoreEngine, lane: Lane, query: WatchedQuery) -> bool:
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
        if left < lane.budget.seconds - LOOK:
            limits.arm(left)
        limits.bound_computing(lane.budget.seconds)
        if limits.is_left(connection):
            # It was closed while the question waited, of which nobody is told any more.
            return False
        query.begin(connection, mark, deadline)
        connection.sendall(_answer(engine, question, lane, query))
    except wire.Lends:
        query.begin_loans()
        Borrower(connection, intake, engine, lane, query).run()
        return False
    except (wire.Closed, ConnectionError):
        # Nobody waits for the answer any more.
        return False
    finally:
        query.end()
        limits.disarm()
    return True


def _answer(engine: StoreEngine, question: Question, lane: Lane, query: WatchedQuery) -> bytes:
    number = os.getpid()
    try:
        answer = engine.answer(question)
        return wire.answer_frame(answer, seconds=query.end(), worker=number)
    except QueryError as error:
        return wire.error_frame(error, seconds=query.end(), worker=number)
    except MemoryError:
        too_much = BudgetExceeded(limit=lane.budget.memory_in_words)
        return wire.error_frame(too_much, seconds=query.end(), worker=number)
