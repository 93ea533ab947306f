"""The engine as a web process sees it: asks a worker over a socket, and says truly why there is no answer.

There is one connection for one question. Its place in the queue of the socket is its place in the lane, and closing
it is all it takes to stop the worker. Nothing is shared between questions, so any number of threads and processes may
ask.
"""

from __future__ import annotations

import fcntl
import json
import socket
import time
from pathlib import Path
from typing import Protocol

from kennis_ld.engine import guard, wire
from kennis_ld.engine.budget import PUBLIC, Lane
from kennis_ld.engine.interface import Answer, Question
from kennis_ld.engine.warden import ALIVE
from kennis_ld.errors import BudgetExceeded, EngineUnavailable, MalformedQuery

CURRENT = "current"
"""Name of the link, in the folder of a supervisor, to the folder of the warden that answers now."""

LANES = "lanes.json"
"""Name of the file, in the folder of a supervisor, that describes the lanes."""

LIGHT = 0.1
"""Seconds within which a query is light; after that its asker is asked whether it may go on."""

_PAUSE = 0.01
_GRACE = 0.5
"""Seconds that an answer may still take on its way after the time of the query is over."""

_AGAIN = 2
"""Seconds after which a client can try again: what it takes to restart the workers' parent, or to empty a queue."""


class _NotStarted(Exception):
    """The question was not taken up, so it may be asked again."""


class Turn(Protocol):
    """Follows one question, for whoever decides what a client may have at the same time."""

    def started(self) -> None:
        """A worker has taken the question up."""

    def lingers(self) -> None:
        """The question is not light; whatever this raises stops it and goes to the asker."""


class _NobodyCares:
    def started(self) -> None:
        """Does nothing."""

    def lingers(self) -> None:
        """Lets every question go on."""


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
                return self._ask(frame, deadline, turn, light=start + LIGHT)
            except _NotStarted:
                now = time.monotonic()
                if now >= deadline:
                    raise self._unavailable("All workers are busy.") from None
                if now - start >= self._lane.patience:
                    raise self._unavailable("The query service is being restarted.") from None
                time.sleep(_PAUSE)

    def close(self) -> None:
        """Does nothing: no connection outlives its question."""

    def _ask(self, frame: bytes, deadline: float, turn: Turn, *, light: float) -> Answer:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            reader = wire.Reader(connection)
            late = time.monotonic() + self._lane.wait
            connection.settimeout(min(self._lane.wait, max(_PAUSE, light - time.monotonic())))
            try:
                connection.connect(self._address)
                connection.sendall(frame)
                lingers = not _comes(reader)
                if lingers:
                    turn.lingers()
                    connection.settimeout(max(_PAUSE, late - time.monotonic()))
                (warden,) = wire.STARTED.unpack(reader.exactly(wire.STARTED.size))
            except BlockingIOError:
                raise self._unavailable("Too many queries are waiting.") from None
            except TimeoutError:
                raise self._unavailable("All workers are busy.") from None
            except (ConnectionError, FileNotFoundError, wire.Closed):
                raise _NotStarted from None
            turn.started()
            try:
                if not lingers and not _comes(reader):
                    turn.lingers()
                connection.settimeout(max(0.0, deadline - time.monotonic()) + _GRACE)
                return wire.read_answer(reader)
            except (ConnectionError, wire.Closed):
                raise self._end_of_worker(deadline, warden) from None
            except TimeoutError:
                raise BudgetExceeded(limit=self._lane.budget.time_in_words) from None

    def _end_of_worker(self, deadline: float, warden: int) -> BudgetExceeded | EngineUnavailable:
        """Returns why a worker died while it was answering."""
        budget = self._lane.budget
        if time.monotonic() >= deadline:
            return BudgetExceeded(limit=budget.time_in_words)
        if not self._is_alive(warden):
            return self._unavailable("The query service is being restarted.")
        return BudgetExceeded(limit=budget.memory_in_words)

    def _is_alive(self, warden: int) -> bool:
        try:
            with (self._folder / ALIVE).open("rb") as alive:
                if alive.read() != str(warden).encode():
                    return False
                fcntl.flock(alive, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def _unavailable(self, what: str) -> EngineUnavailable:
        return EngineUnavailable(what, retry_after=_AGAIN)


def _comes(reader: wire.Reader) -> bool:
    """Whether something comes in before the time of the connection is over."""
    try:
        reader.wait()
    except TimeoutError:
        return False
    return True
