"""The engine as a web process sees it: asks a worker over a socket, and says truly why there is no answer.

A new connection waits in the queue of its lane until a worker is free, and closing it is all it takes to stop the
worker. After a small answer the connection stays, for to make one costs more than a small query: at most one for each
worker. A question on such a connection that is not taken up soon is behind another one of that worker, and goes to the
queue.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import time
from pathlib import Path

from kennis_ld.engine import busy, guard, wire
from kennis_ld.engine.asking import ANY_TURN, Asking, Turn
from kennis_ld.engine.budget import AGAIN, LIGHT, PUBLIC, Lane
from kennis_ld.engine.busy import Busy
from kennis_ld.engine.connections import Connection, Connections, connect
from kennis_ld.engine.interface import Answer, Question
from kennis_ld.engine.warden import ALIVE
from kennis_ld.errors import AskerLeft, BudgetExceeded, EngineUnavailable

CURRENT = "current"
"""Name of the link, in the folder of a supervisor, to the folder of the warden that answers now."""

LANES = "lanes.json"
"""Name of the file, in the folder of a supervisor, that describes the lanes."""

_PAUSE = 0.01
_GRACE = 0.4
"""Seconds that an answer may still take on its way after the time of the query is over."""

_PATIENCE = 0.15
"""Seconds more that a question waits for the worker of its connection: a busy machine may be late with its word."""


class _NotStarted(Exception):
    """The question was not taken up, so it may be asked again."""


class _Behind(_NotStarted):
    """The worker of the connection is at another question, and others may be free."""


class PooledEngine:
    """An `Engine` whose queries run in the workers of one lane."""

    def __init__(self, folder: Path, *, lane: str = PUBLIC, release: str = CURRENT) -> None:
        """Makes an engine; this opens nothing yet.

        Args:
            folder: `Supervisor.folder`.
            lane: name of the lane.
            release: what `Supervisor.swap` called the release; the engine answers from that one only, also when
                another has become the current one.

        Raises:
            EngineUnavailable: there is no supervisor at that folder.
        """
        try:
            described = json.loads((folder / LANES).read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise EngineUnavailable("The query service is not running.", retry_after=AGAIN) from error
        self._start(folder / release, Lane.from_json(described[lane]))

    @classmethod
    def at(cls, folder: Path, lane: Lane) -> PooledEngine:
        """Returns an engine on one warden, whether or not it is the current one."""
        engine = cls.__new__(cls)
        engine._start(folder, lane)
        return engine

    def _start(self, folder: Path, lane: Lane) -> None:
        self._folder = folder
        self._address = str(folder / lane.name)
        self._lane = lane
        self._connections = Connections(self.busy())

    @property
    def lane(self) -> Lane:
        """What the engine's queries may use."""
        return self._lane

    def answer(self, question: Question, *, turn: Turn = ANY_TURN) -> Answer:
        """Returns the complete answer; see `Engine.answer`.

        Args:
            question: the question.
            turn: hears how far the question is.

        Raises:
            BudgetExceeded: the query cost its worker its life.
            EngineUnavailable: no worker was free in time, or the workers are being restarted.
        """
        return self.wait(self.asking(question, turn))

    def asking(self, question: Question, turn: Turn) -> Asking:
        """Returns a question that may be asked; see `Asking`.

        Raises:
            QueryError: it may not.
        """
        if self._lane.guarded:
            guard.check(question.text, query_bytes=self._lane.budget.query_bytes)
        return Asking(question, self._lane.budget, turn)

    def wait(self, asking: Asking) -> Answer:
        """Returns the complete answer to a question, which was asked already or not; see `answer`.

        Raises:
            AskerLeft: nobody waits for it any more.
        """
        while True:
            try:
                return self._ask(asking)
            except _NotStarted:
                now = time.monotonic()
                if now >= asking.deadline:
                    raise self._unavailable("All workers are busy.") from None
                if now - asking.since >= self._lane.patience:
                    raise self._unavailable("The query service is being restarted.") from None
                time.sleep(_PAUSE)

    def connect(self) -> Connection:
        """Returns a new connection, in the queue of the lane; see `kennis_ld.engine.connections.connect`."""
        return connect(self._address, self._warden())

    def busy(self) -> Busy:
        """Returns the bytes that say which workers of this engine are at a question."""
        return Busy(self._folder / busy.FILE)

    def close(self) -> None:
        """Closes the connections that are kept; the engine answers no more."""
        self._connections.close()

    def _ask(self, asking: Asking) -> Answer:
        if asking.connection is not None:
            with contextlib.suppress(_Behind):
                return self._exchange(asking, asking.connection)
        while (kept := self._connections.take()) is not None:
            try:
                return self._exchange(asking, kept)
            except _Behind:
                # Behind the next one there may be another; in the queue it is the first free worker's.
                break
            except _NotStarted:
                continue
        try:
            connection = self.connect()
        except BlockingIOError:
            raise self._unavailable("Too many queries are waiting.") from None
        except (ConnectionError, FileNotFoundError):
            raise _NotStarted from None
        return self._exchange(asking, connection)

    def _exchange(self, asking: Asking, connection: Connection) -> Answer:
        """Asks on a connection, which is kept after a light question and closed after any other.

        Raises:
            _NotStarted: nothing was evaluated.
        """
        outcome = None
        try:
            if asking.connection is not connection:
                asking.send(connection)
                outcome = asking.light()
            result = (outcome or self._patiently(asking)).result
        except (ConnectionResetError, BrokenPipeError, wire.Closed) as error:
            if asking.ends():
                raise AskerLeft from None
            if not asking.has_begun and not isinstance(error, wire.Closed):
                raise _NotStarted from None
            raise self.end_of_worker(asking, connection) from None
        finally:
            asking.ends()
            if outcome is None:
                self._connections.drop(connection)
            else:
                self._connections.give(connection, outcome)
        if isinstance(result, Exception):
            raise result
        return result

    def _patiently(self, asking: Asking) -> wire.Outcome:
        """Returns what comes of a question that is not light.

        Raises:
            _Behind: it waits behind another question of the same worker.
        """
        outcome = None
        try:
            if not asking.has_begun and not asking.is_queued:
                outcome = asking.begin(_PATIENCE)
            if outcome is None:
                asking.turn.lingers()
                outcome = None if asking.has_begun else asking.begin(max(_PAUSE, self._lane.wait - LIGHT))
            return outcome or asking.end(max(0.0, asking.deadline - time.monotonic()) + _GRACE)
        except TimeoutError:
            if asking.has_begun:
                raise BudgetExceeded(limit=self._lane.budget.time_in_words) from None
            if asking.is_queued:
                raise self._unavailable("All workers are busy.") from None
            raise _Behind from None

    def end_of_worker(self, asking: Asking, connection: Connection) -> BudgetExceeded | EngineUnavailable:
        """Returns why a worker died while it was answering."""
        budget = self._lane.budget
        if time.monotonic() >= asking.deadline:
            return BudgetExceeded(limit=budget.time_in_words)
        if not self._is_alive(connection.warden):
            return self._unavailable("The query service is being restarted.")
        return BudgetExceeded(limit=budget.memory_in_words)

    def _warden(self) -> bytes:
        """Returns the process id of the warden of now; empty where there is none."""
        try:
            return (self._folder / ALIVE).read_bytes()
        except OSError:
            return b""

    def _is_alive(self, warden: bytes) -> bool:
        try:
            with (self._folder / ALIVE).open("rb") as alive:
                if alive.read() != warden:
                    return False
                fcntl.flock(alive, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def _unavailable(self, what: str) -> EngineUnavailable:
        return EngineUnavailable(what, retry_after=AGAIN)
