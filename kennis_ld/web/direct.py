"""Answers on the event loop what needs no thread: what was sent before, and the plain query of a machine.

The way through the application costs more than either. Where the engine was asked here and it turns out that the
application has to say what came of it, that goes along, so that no query runs twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Protocol

from kennis_ld.engine.interface import Answer
from kennis_ld.web.fair import ASKED, Begun, FairEngine
from kennis_ld.web.front import Front, Kept, Key, is_volatile, key_of
from kennis_ld.web.lent import LentConnection, Line
from kennis_ld.web.plain import ROUTE, PlainQuery
from kennis_ld.web.site import SITE
from kennis_ld.web.wsgi import LONG

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class Exchange(Protocol):
    """A request that waits for its answer."""

    def send(self, head: bytes, body: bytes) -> None:
        """Sends an answer.

        Args:
            head: its first line and its headers, each with its end.
            body: its body.
        """
        ...

    def pass_on(self, known: Mapping[str, Any]) -> None:
        """Leaves the request to the application.

        Args:
            known: what goes into the environment of the request.
        """
        ...

    def lend(self, borrow: Borrow) -> None:
        """Lets the connection be lent, now that a small query was answered on it, where it is worth it.

        Args:
            borrow: lends it.
        """
        ...


class Borrow(Protocol):
    """Lends a connection."""

    def __call__(self, line: Line, request: bytes, more: bytes, ended: Callable[[int, int, bool], None]) -> bool:
        """Returns whether it is lent.

        Args:
            line: the connection.
            request: the bytes of the last request on it.
            more: headers that were sent with its answer, and the end of the headers.
            ended: see `LentConnection`.
        """
        ...


class Known:
    """A query whose outcome is there."""

    def __init__(self, outcome: Answer | Exception) -> None:
        self._outcome = outcome

    def answer(self) -> Answer:
        """Returns the answer, or raises why there is none."""
        if isinstance(self._outcome, Exception):
            raise self._outcome
        return self._outcome

    def close(self) -> None:
        """Does nothing."""


class Direct:
    """Answers what it can; all of it runs in the thread of the loop."""

    def __init__(self, front: Front) -> None:
        """Makes the short way past the application that stands behind a front."""
        self._front = front

    def answers(self, environ: WSGIEnvironment, exchange: Exchange) -> bool:
        """Answers a request, now or later; False where the application has to do that.

        Args:
            environ: what an answer here can depend on; a request with more to it belongs to the application.
            exchange: gets the answer.
        """
        start = time.perf_counter()
        front = self._front
        site = front.sites.take()
        key = key_of(environ)
        kept = site.answers.get(key)
        if kept is not None:
            if kept.is_known_to(environ):
                exchange.send(kept.unchanged_head, b"")
                code = HTTPStatus.NOT_MODIFIED
            else:
                exchange.send(kept.head, kept.body)
                code = kept.code
            front.end(environ, site, kept.route, code, start)
            return True
        engine = site.engine
        query = PlainQuery.of(site, environ)
        if query is None or key is None or not isinstance(engine, FairEngine):
            front.sites.give_back(site)
            return False
        who = front.client(environ)

        def done(result: Answer | Exception | Begun) -> None:
            if isinstance(result, Answer) and len(result.body) <= LONG:
                self._say(query, result, environ, key, exchange, start)
            else:
                asked = result if isinstance(result, Begun) else Known(result)
                exchange.pass_on({SITE: site, ASKED: asked})

        engine.begin(query.question, who, done)
        return True

    def _say(
        self, query: PlainQuery, answer: Answer, environ: WSGIEnvironment, key: Key, exchange: Exchange, start: float
    ) -> None:
        front, site = self._front, query.site
        headers, body = query.said(answer)
        kept = Kept.of("200 OK", front.marked(headers, site), body, ROUTE)
        if site.asked.meet(key) and not is_volatile(query.asked.query or ""):
            front.keep(site, key, kept)
        exchange.send(kept.head, body)
        front.end(environ, site, ROUTE, kept.code, start)

        def borrow(line: Line, request: bytes, more: bytes, ended: Callable[[int, int, bool], None]) -> bool:
            lent = LentConnection(line, front, query, environ, key, ended)
            return lent.lend(request, kept.head + more, answer)

        exchange.lend(borrow)
