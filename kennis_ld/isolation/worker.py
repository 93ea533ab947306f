"""A query worker: a process that answers one query after the other, in order, and dies of the first over its budget.

It is forked with the engine. Its only descriptor is its end of a socketpair, and when the other end is closed, it ends.
The query is evaluated in a thread because only a thread can have so large a stack. Where the engine is another server,
the worker can open connections as well, and what it computes is the time that it waits.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from typing import NoReturn

from kennis_ld.engine import guard
from kennis_ld.engine.interface import GRAPH_FORMATS, SOLUTION_FORMATS, Answer, Budget, Engine, Question
from kennis_ld.errors import BudgetExceeded, EngineUnavailable, QueryError
from kennis_ld.isolation import messages, sandbox

# Exit status of a worker that nobody asks any more, or that grew: the allocator keeps what a large answer took.
RETIRED = 0
BUSY_AGAIN = 2  # seconds after which a client can try again whose query no worker could take
_BACKSTOP = 1.0  # seconds after the deadline at which the kernel ends the worker, where nobody has done so before
_PIECE = 64 * 1024
Work = Callable[[socket.socket, Engine, Budget], object]
_DESCRIPTORS = 32  # of a worker that asks another server: for its link, a connection, and the address of that server


def work(link: socket.socket, engine: Engine, budget: Budget) -> NoReturn:
    """Is a worker until its end; to be called in a process that was just forked."""
    status = 1
    try:
        sandbox.call_this_process("kennis worker")
        signal.set_wakeup_fd(-1)
        for name in (signal.SIGALRM, signal.SIGCHLD):
            signal.signal(name, signal.SIG_DFL)
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE, signal.SIGXFSZ):
            # Who stops a site ends its workers by closing their links.
            signal.signal(name, signal.SIG_IGN)
        sandbox.give_up_rights()
        number = sandbox.keep_only(link.fileno())
        threading.stack_size(sandbox.STACK)
        ended: list[int] = []
        thread = threading.Thread(target=lambda: ended.append(_answer_all(number, engine, budget)))
        thread.start()
        thread.join()
        status = ended[0] if ended else status
    finally:
        # Never back into the code of the parent, whatever happened.
        os._exit(status)


def _answer_all(number: int, engine: Engine, budget: Budget) -> int:
    if not budget.is_remote:
        _warm_up(engine)
    link = socket.socket(fileno=number)
    reader = messages.Reader()
    waited = 0.0
    sandbox.close(budget.memory, descriptors=_DESCRIPTORS if budget.is_remote else 0)
    grown = sandbox.most_memory() + budget.memory // 4
    while data := _received(link):
        armed = 0.0
        for frame in reader.frames(data):
            if abs(frame.seconds - armed) > _BACKSTOP / 10:
                armed = frame.seconds
                sandbox.arm(max(0.001, armed - time.monotonic()) + _BACKSTOP)
            start = time.monotonic()
            outcome = _outcome(engine, frame, budget)
            waited += time.monotonic() - start
            spent = waited if budget.is_remote else time.process_time()
            try:
                link.sendall(messages.outcome_frame(outcome, spent))
            except OSError:
                return RETIRED
        sandbox.arm(0)
        if sandbox.most_memory() > grown:
            break
    return RETIRED


def all_busy() -> EngineUnavailable:
    """Returns why a query is not answered that no worker could begin in time."""
    return EngineUnavailable("All workers are busy.", retry_after=BUSY_AGAIN)


def _received(link: socket.socket) -> bytes:
    try:
        return link.recv(_PIECE)
    except OSError:
        return b""


def _outcome(engine: Engine, frame: messages.Frame, budget: Budget) -> Answer | QueryError:
    if frame.seconds <= time.monotonic():
        return all_busy()
    try:
        return engine.answer(messages.question_of(frame))
    except QueryError as error:
        return error
    except MemoryError:
        return BudgetExceeded(limit=budget.memory_in_words, cause="memory")


def _warm_up(engine: Engine) -> None:
    """Makes the engine set up what it needs, before it can open anything no more."""
    for text, kinds in (("ASK { ?s ?p ?o }", SOLUTION_FORMATS), ("DESCRIBE <http://localhost/>", GRAPH_FORMATS)):
        for form in kinds:
            question = Question(text, "http://localhost/", solutions=form, graph=form)
            messages.outcome_frame(engine.answer(question), time.process_time())
    try:
        engine.answer(Question("?", "http://localhost/"))
    except QueryError as error:
        messages.outcome_frame(error, 0.0)


class SingleWorker:
    """An `Engine` for who can wait, as the command line: asks a worker of its own; another is forked when one died.

    The process that uses it must have one thread.
    """

    def __init__(self, engine: Engine, budget: Budget, *, guarded: bool = True, work: Work = work) -> None:
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
            if status != RETIRED:
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
        reader = messages.Reader()
        try:
            link.sendall(messages.question_frame(question, time.monotonic() + self._budget.seconds))
            while data := link.recv(_PIECE):
                for frame in reader.frames(data):
                    return messages.outcome_of(frame)
        except ConnectionError:
            pass
        return None

    def _reaped(self) -> int:
        """Returns the exit status of the worker, whose link is closed."""
        if self._link is not None:
            self._link.close()
            self._link = None
        return os.waitstatus_to_exitcode(os.waitpid(self._child, 0)[1])
