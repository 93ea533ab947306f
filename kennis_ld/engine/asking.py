"""One question to a worker, from its first byte to what comes of it.

It may be begun by an event loop, which never waits, and waited for by a thread; and whoever asked may leave meanwhile.
"""

from __future__ import annotations

import contextlib
import itertools
import random
import socket
import threading
import time
from typing import Protocol

from kennis_ld.engine import wire
from kennis_ld.engine.budget import Budget
from kennis_ld.engine.busy import MARKS
from kennis_ld.engine.connections import Connection
from kennis_ld.engine.interface import Question
from kennis_ld.errors import AskerLeft, MalformedQuery


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


ANY_TURN = _NobodyCares()

_marks = itertools.cycle(random.sample(MARKS, len(MARKS)))


class Asking:
    """One question.

    Attributes:
        since: when it was asked, on the monotonic clock.
        deadline: when the answer must be there.
        frame: what is sent to the worker.
        turn: hears how far it is.
        mark: what a worker shows while it is at this question.
        connection: where it was sent; None as long as it was not.
        is_queued: whether it waits in the queue of the lane, for whichever worker is free.
        has_begun: whether a worker is at it, as far as is known.
    """

    def __init__(self, question: Question, budget: Budget, turn: Turn) -> None:
        """Makes a question.

        Args:
            question: what is asked.
            budget: what it may use.
            turn: hears how far it is.

        Raises:
            MalformedQuery: its text cannot be sent.
        """
        self.since = time.monotonic()
        self.deadline = self.since + budget.seconds
        self.turn = turn
        self.mark = next(_marks)
        try:
            self.frame = wire.question_frame(question, self.deadline, self.mark)
        except UnicodeEncodeError as error:
            raise MalformedQuery("The query holds half of a surrogate pair, which is no character.") from error
        self.connection: Connection | None = None
        self.is_queued = self.has_begun = False
        self._is_left = False
        self._lock = threading.Lock()

    def send(self, connection: Connection) -> None:
        """Sends the question, on a connection that blocks; what it said on another one is forgotten.

        Raises:
            AskerLeft: nobody waits for the answer any more.
            OSError: the worker is gone.
        """
        self.goes_by(connection)
        connection.socket.sendall(self.frame)

    def goes_by(self, connection: Connection) -> None:
        """Notes where the question is sent.

        Raises:
            AskerLeft: nobody waits for the answer any more.
        """
        with self._lock:
            if self._is_left:
                raise AskerLeft
            self.connection = connection
        self._reader = wire.Reader(connection.socket)
        self.is_queued = connection.worker is None
        self.has_begun = False

    def leave(self) -> None:
        """Stops the question, from any thread: who asked it is gone. Its worker notices that, and ends."""
        with self._lock:
            self._is_left = True
            if self.connection is not None:
                with contextlib.suppress(OSError):
                    self.connection.socket.shutdown(socket.SHUT_RDWR)

    def abandon(self) -> None:
        """Leaves the question, where nobody waits for it who would close its connection."""
        self.leave()
        if self.connection is not None:
            self.connection.socket.close()
        self.ends()

    def ends(self) -> bool:
        """Forgets the connection, which is used for another question now, or closed; returns whether the asker left."""
        with self._lock:
            self.connection = None
            return self._is_left

    def light(self) -> wire.Outcome | None:
        """Returns what came of the question, or None where that is not there soon."""
        try:
            return self.hear() or self.hear()
        except BlockingIOError:
            return None

    def begin(self, seconds: float) -> wire.Outcome | None:
        """Waits until a worker has begun; returns what came of it where that is there already.

        Raises:
            TimeoutError: no worker has begun in that time.
        """
        self._wait_at_most(seconds)
        return self.hear()

    def end(self, seconds: float) -> wire.Outcome:
        """Returns what came of it.

        Raises:
            TimeoutError: nothing came in that time.
        """
        self._wait_at_most(seconds)
        while (outcome := self.hear()) is None:
            pass
        return outcome

    def _wait_at_most(self, seconds: float) -> None:
        if self.connection is not None:
            self.connection.socket.settimeout(seconds)

    def hear(self, flags: int = 0) -> wire.Outcome | None:
        """Returns what came of the question, or None where a worker only says how far it is.

        Args:
            flags: of recv(2); with MSG_DONTWAIT this does not wait.

        Raises:
            BlockingIOError: nothing is there, in the time that the connection has for it.
            wire.Closed: the other side closed the connection.
            OSError: something else happened to it.
        """
        said = wire.read_outcome(self._reader, flags)
        match said:
            case wire.Outcome():
                self.turn.took(said.seconds)
                return said
            case wire.Progress.BEGUN:
                self.has_begun = True
                self.turn.started()
            case wire.Progress.HEAVY:
                self.turn.occupies()
        return None
