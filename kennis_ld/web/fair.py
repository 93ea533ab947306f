"""The engine of visitors: workers, within what each visitor may have of them, and counts of what comes of it.

A query is asked from a thread, which waits for the answer, or from an event loop, which does not: what is not light is
then waited for in a thread after all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from kennis_ld.engine.asking import Asking
from kennis_ld.engine.interface import Answer, Question
from kennis_ld.engine.lender import Lender
from kennis_ld.engine.pool import PooledEngine
from kennis_ld.engine.prompt import PromptEngine
from kennis_ld.errors import (
    AskerLeft,
    BudgetExceeded,
    EngineUnavailable,
    MalformedQuery,
    NoSuitableFormat,
    QueryNotAllowed,
    ResultTooLarge,
)
from kennis_ld.web.clients import Client
from kennis_ld.web.counters import Counters
from kennis_ld.web.departure import Departure
from kennis_ld.web.limits import Limits, Turn
from kennis_ld.web.problems import Problem

ASKED = "kennis_ld.asked"
"""Where the application finds, in the environment of a request, a query that was asked already."""


class Begun:
    """A query that was begun on an event loop, and is waited for in a thread."""

    def __init__(self, engine: FairEngine, asking: Asking, turn: Turn) -> None:
        self._engine = engine
        self._asking = asking
        self._turn: Turn | None = turn

    def answer(self) -> Answer:
        """Returns the complete answer; to be called once. See `Engine.answer`."""
        turn, self._turn = self._turn, None
        if turn is None:
            raise AskerLeft
        return self._engine.wait(self._asking, turn)

    def close(self) -> None:
        """Ends the query where nobody has waited for it."""
        turn, self._turn = self._turn, None
        if turn is not None:
            self._asking.abandon()
            turn.end()


class FairEngine:
    """The engine of visitors: asks the workers within what each visitor may have, and counts what comes of it."""

    def __init__(
        self,
        engine: PooledEngine,
        limits: Limits,
        counters: Counters,
        who: Callable[[], Client],
        departure: Callable[[], Departure],
    ) -> None:
        """Makes an engine.

        Args:
            engine: asks the workers.
            limits: what a client may have.
            counters: where the outcomes are counted.
            who: returns the client whose request is being answered.
            departure: returns the departure of that client.
        """
        self._engine = engine
        self._limits = limits
        self._counters = counters
        self._who = who
        self._departure = departure
        self._prompt: PromptEngine | None = None
        self._lender: Lender | None = None

    def answer(self, question: Question) -> Answer:
        """Returns the complete answer; see `Engine.answer`.

        Raises:
            Problem: the client has had enough for now.
        """
        try:
            turn = self._limits.enter(self._who())
            asking = self._asking(question, turn)
        except Exception as error:
            self._counters.query(_outcome(error))
            raise
        return self.wait(asking, turn)

    def wait(self, asking: Asking, turn: Turn) -> Answer:
        """Returns the complete answer to what was asked in the turn of a client."""
        try:
            with self._departure().stops(asking.leave):
                answer = self._engine.wait(asking)
        except Exception as error:
            asking.abandon()
            self._end(turn, error)
            raise
        self._end(turn, answer)
        return answer

    def begin(self, question: Question, client: Client, done: Callable[[Answer | Exception | Begun], None]) -> None:
        """Asks from the event loop of this thread, always the same one.

        Args:
            question: the question.
            client: who asks.
            done: called once, in this thread: with the answer, or why there is none, or with what a thread has to wait
                for, because it is not light.
        """
        try:
            turn = self._limits.enter(client)
            asking = self._asking(question, turn)
        except Exception as error:
            self._counters.query(_outcome(error))
            done(error)
            return

        def hear(result: Answer | Exception | None) -> None:
            if result is None:
                done(Begun(self, asking, turn))
            else:
                self._end(turn, result)
                done(result)

        if self._prompt is None:
            self._prompt = PromptEngine(self._engine, asyncio.get_running_loop())
        self._prompt.ask(asking, hear)

    @property
    def lender(self) -> Lender:
        """Lends connections of clients to workers, from the event loop of this thread, always the same one."""
        if self._lender is None:
            self._lender = Lender(self._engine, asyncio.get_running_loop())
        return self._lender

    def was_lent(self, client: Client, seconds: float) -> bool:
        """Counts a query that a worker answered on a connection that was lent.

        Args:
            client: who asked.
            seconds: what it took.

        Returns:
            Whether this client may go on so.
        """
        self._counters.query("answered")
        return self._limits.charge(client, seconds)

    def _asking(self, question: Question, turn: Turn) -> Asking:
        try:
            return self._engine.asking(question, turn)
        except Exception as error:
            turn.errors = isinstance(error, MalformedQuery)
            turn.end()
            raise

    def _end(self, turn: Turn, result: Answer | Exception) -> None:
        turn.errors = isinstance(result, MalformedQuery)
        turn.end()
        self._counters.query(_outcome(result) if isinstance(result, Exception) else "answered")

    def close(self) -> None:
        """Closes the engine behind it."""
        self._engine.close()


def _outcome(error: Exception) -> str:
    match error:
        case Problem():
            return "throttled"
        case MalformedQuery():
            return "malformed"
        case QueryNotAllowed() | NoSuitableFormat():
            return "refused"
        case ResultTooLarge():
            return "too-large"
        case BudgetExceeded():
            return "over-budget"
        case EngineUnavailable():
            return "unavailable"
        case AskerLeft():
            return "left"
        case _:
            return "failed"
