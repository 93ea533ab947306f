"""Asks a question in a process of its own: a query can end the engine's process, and must not end the command.

pyoxigraph ends its process where a query takes too much stack or memory, and on some queries that sort; no exception
comes of that. So a child is forked, which makes the engine, asks and answers through a pipe.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import NoReturn

from kennis_ld.engine.interface import Answer, Engine, Question
from kennis_ld.errors import KennisError, QueryError


def answer_in_child(
    make_engine: Callable[[], Engine],
    question: Question,
    *,
    meanwhile: AbstractContextManager[object] | None = None,
) -> Answer:
    """Returns the complete answer that an engine in a forked process gives.

    Args:
        make_engine: makes the engine, in the child.
        question: what is asked.
        meanwhile: entered once the child works and left when it is done, such as a progress bar: it may use threads,
            which a process that forks may not have.

    Raises:
        KennisError: what the engine raised, or that it stopped.
    """
    out, into = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        os.close(out)
        _answer(make_engine, question, into)
    os.close(into)
    status = None
    try:
        with meanwhile or contextlib.nullcontext(), os.fdopen(out, "rb") as pipe:
            outcome = pipe.read()
        _, status = os.waitpid(child, 0)
    finally:
        if status is None:  # Ctrl-C, most likely
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        raise _stopped(-code)
    # Our own child wrote it.
    answer = pickle.loads(outcome)  # noqa: S301
    if isinstance(answer, BaseException):
        raise answer
    assert isinstance(answer, Answer)  # noqa: S101
    return answer


def _answer(make_engine: Callable[[], Engine], question: Question, into: int) -> NoReturn:
    """Answers and ends this process, whatever happens, without doing what its parent does at its end."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # What the engine says when it panics is about its own inside; the command says that it stopped.
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), 2)
    outcome: Answer | BaseException
    try:
        try:
            with contextlib.closing(make_engine()) as engine:
                outcome = engine.answer(question)
        except Exception as error:
            outcome = error
        with os.fdopen(into, "wb") as pipe:
            pickle.dump(outcome, pipe)
        os._exit(0)
    finally:
        # A panic of the engine, or an outcome that cannot be sent: as if the engine had ended the process itself.
        os.kill(os.getpid(), signal.SIGABRT)


def _stopped(number: int) -> KennisError:
    if number == signal.SIGKILL:
        what = "The query was stopped by the system, most likely because it needed more memory than there is."
    else:
        what = f"The query engine stopped on this query ({signal.strsignal(number) or number})."
    return QueryError(what, remedy="Try it without ORDER BY, DISTINCT or GROUP BY, or ask for less at a time.")
