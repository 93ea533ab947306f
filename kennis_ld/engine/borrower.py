"""A worker that answers clients by itself, on connections that a web process has lent to it (`kennis_ld.engine.loan`).

It does so for small queries only. One that takes longer ends the worker: the request is still on its connection, so
its web process asks it again as a query of its own, with all that is said and counted of such a query.
"""

from __future__ import annotations

import os
import select
import socket
import time

from kennis_ld.engine import guard, loan
from kennis_ld.engine.budget import Lane
from kennis_ld.engine.intake import Intake
from kennis_ld.engine.interface import Question
from kennis_ld.engine.loan import Answered, Said, Terms
from kennis_ld.engine.store import StoreEngine
from kennis_ld.engine.watch import WatchedQuery
from kennis_ld.errors import QueryError
from kennis_ld.urlencoded import decoded

_PEEK = socket.MSG_PEEK | socket.MSG_DONTWAIT
_AT_ONCE = 32
"""Answers after which the web process is told of them."""

_TELL = 0.02
"""Seconds after which it is told of fewer."""


class _Over(Exception):
    """The web process wants its connections back, or is gone."""


class Borrower:
    """Answers on connections that it was lent, until their time is over."""

    def __init__(
        self, line: socket.socket, intake: Intake, engine: StoreEngine, lane: Lane, query: WatchedQuery
    ) -> None:
        """Makes it; `run` begins.

        Args:
            line: the connection to the web process.
            intake: has the descriptors that this process may use.
            engine: answers.
            lane: what the worker works for.
            query: where it says what it is at.
        """
        self._line = line
        self._intake = intake
        self._engine = engine
        self._query_bytes = lane.budget.query_bytes
        self._query = query
        self._poll = select.poll()
        self._poll.register(line, select.POLLIN)
        self._lent: dict[int, tuple[int, socket.socket, Terms]] = {}
        self._came: list[int] = []
        self._buffer = bytearray()
        self._answered: list[bytes] = []
        self._told = 0.0
        self._seen: set[bytes] = set()

    def run(self) -> None:
        """Answers until it has given everything back."""
        try:
            self._line.sendall(loan.ready(os.getpid()))
            end = time.monotonic() + loan.SECONDS
            while (now := time.monotonic()) < end:
                for number, _ in self._poll.poll(1000 * min(_TELL, end - now)):
                    if number == self._line.fileno():
                        self._take()
                    else:
                        self._answer(number)
                if self._answered and (len(self._answered) >= _AT_ONCE or now - self._told > _TELL):
                    self._tell()
                    self._told = now
            self._line.sendall(self._last_words())
        except (_Over, OSError):
            # Whoever lent the connections goes on with them.
            pass
        finally:
            for number in list(self._lent):
                self._drop(number)
            for descriptor in self._came:
                self._intake.give_up(socket.socket(fileno=descriptor))

    def _take(self) -> None:
        """Takes connections."""
        came, descriptors = self._intake.receive(self._line)
        if not came:
            raise _Over
        self._buffer += came
        self._came += descriptors
        for number, terms in loan.read_lent(self._buffer):
            client = socket.socket(fileno=self._came.pop(0))
            self._lent[client.fileno()] = number, client, terms
            self._poll.register(client, select.POLLIN)

    def _drop(self, descriptor: int) -> None:
        _, client, _ = self._lent.pop(descriptor)
        self._poll.unregister(descriptor)
        self._intake.give_up(client)

    def _answer(self, descriptor: int) -> None:
        """Answers the request on a connection, or gives the connection back."""
        number, client, terms = self._lent[descriptor]
        unsent = self._unsent(number, client, terms)
        if unsent is None:
            return
        self._tell()
        self._drop(descriptor)
        self._line.sendall(loan.returned(number, unsent))

    def _unsent(self, number: int, client: socket.socket, terms: Terms) -> bytes | None:
        """Returns what has to go back with a connection; None where it stays here."""
        start = time.monotonic()
        try:
            request = client.recv(loan.MOST_REQUEST, _PEEK)
        except BlockingIOError:
            return None
        except OSError:
            return b""
        asked = terms.asked(request)
        # What is asked again is better answered by who can keep it.
        if asked is None or asked[0] in self._seen:
            return b""
        self._seen.add(asked[0])
        try:
            query = decoded(asked[0])
            if "\0" in query:
                return b""
            guard.check(query, query_bytes=self._query_bytes)
            body = self._body(query, terms)
        except (QueryError, MemoryError, UnicodeDecodeError):
            return b""
        seconds = time.monotonic() - start
        if body is None or len(body) > terms.most_body:
            return b""
        response = terms.response(query, body)
        self._query.answers(number)
        try:
            client.recv(len(request), socket.MSG_DONTWAIT)
            sent = client.send(response, socket.MSG_DONTWAIT)
        except BlockingIOError:
            sent = 0
        except OSError:
            # The client is gone, which its web process is going to notice.
            sent = len(response)
        self._answered.append(Answered(number, seconds, time.monotonic() - start, *asked).to_bytes())
        self._query.answers(0)
        return None if sent == len(response) else response[sent:]

    def _body(self, query: str, terms: Terms) -> bytes | None:
        question = Question(
            query,
            terms.base,
            solutions=terms.solutions,
            graph=None,
            default_graphs=terms.default_graphs,
            named_graphs=terms.named_graphs,
        )
        self._query.begin_small(self._leave)
        try:
            answer = self._engine.answer(question)
        finally:
            self._query.end_small()
        return None if answer.kind == "graph" else answer.body

    def _tell(self) -> None:
        if self._answered:
            self._line.sendall(self._words())

    def _words(self) -> bytes:
        answered, self._answered = self._answered, []
        return loan.message(Said.ANSWERED, b"".join(answered))

    def _last_words(self) -> bytes:
        return (self._words() if self._answered else b"") + loan.message(Said.OVER)

    def _leave(self) -> None:
        """Gives everything back before the process ends; called in another thread, while a query is evaluated."""
        self._line.sendall(self._last_words())
