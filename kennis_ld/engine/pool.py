"""The engine as a web process sees it: asks a worker over a socket, and says truly why there is no answer.

A new connection waits in the queue of its lane until a worker is free, and closing it is all it takes to stop the
worker. After a small answer the connection stays, for to make one costs more than a small query: at most one for each
worker. A question on such a connection that is not taken up soon is behind another one of that worker, and goes to the
queue.
"""

from __future__ import annotations

import fcntl
import json
import time
from pathlib import Path
from typing import Protocol

from kennis_ld.engine import busy, guard, wire
from kennis_ld.engine.budget import LIGHT, PUBLIC, Lane
from kennis_ld.engine.busy import Busy
from kennis_ld.engine.connections import Connection, Connections, connect
from kennis_ld.engine.interface import Answer, Question
from kennis_ld.engine.warden import ALIVE
from kennis_ld.errors import BudgetExceeded, EngineUnavailable, MalformedQuery

CURRENT = "current"
"""Name of the link, in the folder of a supervisor, to the folder of the warden that answers now."""

LANES = "lanes.json"
"""Name of the file, in the folder of a supervisor, that describes the lanes."""

_PAUSE = 0.01
_GRACE = 0.4
"""Seconds that an answer may still take on its way after the time of the query is over."""

_PATIENCE = 0.15
"""Seconds more that a question waits for the worker of its connection: a busy machine may be late with its word."""

_AGAIN = 2
"""Seconds after which a client can try again: what it takes to restart the workers' parent, or to empty a queue."""


class _NotStarted(Exception):
    """The question was not taken up, so it may be asked again."""


class _Behind(_NotStarted):
    """The worker of the connection is at another question, and others may be free."""


class Turn(Protocol):
    """Follows one question, for whoever decides what a client may have at the same time."""

    def started(self) -> None:
        """A worker has taken the question up."""

    def lingers(self) -> None:
        """The answer is not there soon; whatever this raises stops the question and goes to the asker."""

    def occupies(self) -> None:
        """It has taken a worker more time than a light question; the same holds."""

    def took(self, seconds: float) -> None:
        """The question is answered, or refused, after so many seconds of work."""


class _NobodyCares:
    def started(self) -> None:
        """Does nothing."""

    def lingers(self) -> None:
        """Lets every question go on."""

    def occupies(self) -> None:
        """Lets every question go on."""

    def took(self, seconds: float) -> None:
        """Does nothing."""


_ANY_TURN = _NobodyCares()


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
            raise EngineUnavailable("The query service is not running.", retry_after=_AGAIN) from error
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
        self._connections = Connections(Busy(folder / busy.FILE))

    @property
    def lane(self) -> Lane:
        """What the engine's queries may use."""
        return self._lane

    def answer(self, question: Question, *, turn: Turn = _ANY_TURN) -> Answer:
        """Returns the complete answer; see `Engine.answer`.

        Args:
            question: the question.
            turn: hears how far the question is.

        Raises:
            BudgetExceeded: the query cost its worker its life.
            EngineUnavailable: no worker was free in time, or the workers are being restarted.
        """
        if self._lane.guarded:
            guard.check(question.text, query_bytes=self._lane.budget.query_bytes)
        start = time.monotonic()
        deadline = start + self._lane.budget.seconds
        try:
            frame = wire.question_frame(question, deadline)
        except UnicodeEncodeError as error:
            raise MalformedQuery("The query holds half of a surrogate pair, which is no character.") from error
        while True:
            try:
                return self._ask(frame, deadline, turn)
            except _NotStarted:
                now = time.monotonic()
                if now >= deadline:
                    raise self._unavailable("All workers are busy.") from None
                if now - start >= self._lane.patience:
                    raise self._unavailable("The query service is being restarted.") from None
                time.sleep(_PAUSE)

    def close(self) -> None:
        """Closes the connections that are kept; the engine answers no more."""
        self._connections.close()

    def _ask(self, frame: bytes, deadline: float, turn: Turn) -> Answer:
        while (kept := self._connections.take()) is not None:
            try:
                return self._exchange(kept, frame, deadline, turn)
            except _Behind:
                # Behind the next one there may be another; in the queue it is the first free worker's.
                break
            except _NotStarted:
                continue
        try:
            connection = connect(self._address, self._warden())
        except BlockingIOError:
            raise self._unavailable("Too many queries are waiting.") from None
        except (ConnectionError, FileNotFoundError):
            raise _NotStarted from None
        return self._exchange(connection, frame, deadline, turn)

    def _exchange(self, connection: Connection, frame: bytes, deadline: float, turn: Turn) -> Answer:
        """Asks on a connection, which is kept after a light question and closed after any other.

        Raises:
            _NotStarted: nothing was evaluated.
        """
        asking = _Asking(connection, turn)
        outcome = None
        try:
            outcome = asking.light(frame)
            result = (outcome or self._patiently(asking, deadline, turn)).result
        except (ConnectionResetError, BrokenPipeError):
            if not asking.has_begun:
                raise _NotStarted from None
            raise self._end_of_worker(deadline, connection) from None
        except wire.Closed:
            raise self._end_of_worker(deadline, connection) from None
        finally:
            if outcome is None:
                self._connections.drop(connection)
            else:
                self._connections.give(connection, outcome)
        if isinstance(result, Exception):
            raise result
        return result

    def _patiently(self, asking: _Asking, deadline: float, turn: Turn) -> wire.Outcome:
        """Returns what comes of a question that is not light.

        Raises:
            _Behind: it waits behind another question of the same worker.
        """
        outcome = None
        try:
            if not asking.has_begun and not asking.is_queued:
                outcome = asking.begin(_PATIENCE)
            if outcome is None:
                turn.lingers()
                outcome = None if asking.has_begun else asking.begin(max(_PAUSE, self._lane.wait - LIGHT))
            return outcome or asking.end(max(0.0, deadline - time.monotonic()) + _GRACE)
        except TimeoutError:
            if asking.has_begun:
                raise BudgetExceeded(limit=self._lane.budget.time_in_words) from None
            if asking.is_queued:
                raise self._unavailable("All workers are busy.") from None
            raise _Behind from None

    def _end_of_worker(self, deadline: float, connection: Connection) -> BudgetExceeded | EngineUnavailable:
        """Returns why a worker died while it was answering."""
        budget = self._lane.budget
        if time.monotonic() >= deadline:
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
        return EngineUnavailable(what, retry_after=_AGAIN)


class _Asking:
    """One question on one connection.

    Attributes:
        is_queued: whether it waits in the queue of the lane, for whichever worker is free.
        has_begun: whether a worker is at it, as far as is known.
    """

    def __init__(self, connection: Connection, turn: Turn) -> None:
        self.is_queued = connection.worker is None
        self.has_begun = False
        self._socket = connection.socket
        self._reader = wire.Reader(connection.socket)
        self._turn = turn

    def light(self, frame: bytes) -> wire.Outcome | None:
        """Asks; returns what came of it, or None where that is not there soon."""
        try:
            self._socket.sendall(frame)
            return self._next() or self._next()
        except BlockingIOError:
            return None

    def begin(self, seconds: float) -> wire.Outcome | None:
        """Waits until a worker has begun; returns what came of it where that is there already.

        Raises:
            TimeoutError: no worker has begun in that time.
        """
        self._socket.settimeout(seconds)
        return self._next()

    def end(self, seconds: float) -> wire.Outcome:
        """Returns what came of it.

        Raises:
            TimeoutError: nothing came in that time.
        """
        self._socket.settimeout(seconds)
        while (outcome := self._next()) is None:
            pass
        return outcome

    def _next(self) -> wire.Outcome | None:
        said = wire.read_outcome(self._reader)
        match said:
            case wire.Outcome():
                self._turn.took(said.seconds)
                return said
            case wire.Progress.BEGUN:
                self.has_begun = True
                self._turn.started()
            case wire.Progress.HEAVY:
                self._turn.occupies()
        return None
