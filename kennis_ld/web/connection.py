"""The connection of one client: what goes past the application (`kennis_ld.web.direct`), and bounds on patience.

All of HTTP/1.1 (RFC 9112) is the server's; here stands what it leaves open. A client has so much time for a request,
for its next one, and to take what it is sent; and its headers are only so long.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from kennis_ld.web import guard
from kennis_ld.web.bridge import KNOWN
from kennis_ld.web.direct import Borrow, Direct
from kennis_ld.web.streak import Streak

MOST = 16_384
"""Connections of one process; those that say nothing must not keep others out until their time is over."""

REQUEST_SECONDS = 10.0
"""Time for one request, from its first byte to its last."""

IDLE_SECONDS = 60.0
"""Time between an answer and the next request, and for a client to take anything at all of what waits for it."""

MOST_HEADERS = 64 * 1024
"""Bytes of first line and headers, counted by what comes in at once."""

_SHORT_WAY = {
    b"host": "HTTP_HOST",
    b"accept": "HTTP_ACCEPT",
    b"accept-encoding": "HTTP_ACCEPT_ENCODING",
    b"if-none-match": "HTTP_IF_NONE_MATCH",
    b"x-forwarded-for": "HTTP_X_FORWARDED_FOR",
}
_LONG_WAY = {b"content-length", b"transfer-encoding", b"range", b"if-match", b"expect", b"upgrade"}
"""Headers of a request that an answer of the short way may not depend on, or that has a body."""


class Exchange:
    """One request on the short way, and for the server what it is to know of its answer."""

    def __init__(self, connection: Connection, keep_alive: bool) -> None:
        self.response_complete = False
        self.disconnected = False
        self.keep_alive = keep_alive
        self.more_body = False
        self.message_event = _NOBODY_WAITS
        self._connection = connection
        self._request = connection.url, connection.headers

    def send(self, head: bytes, body: bytes) -> None:
        """Sends the answer; see `kennis_ld.web.direct.Exchange`."""
        self.response_complete = True
        self._connection.send(self, head, body)

    def pass_on(self, known: Mapping[str, Any]) -> None:
        """Leaves the request to the application; see `kennis_ld.web.direct.Exchange`."""
        self._connection.pass_on(self, *self._request, known)

    def lend(self, borrow: Borrow) -> None:
        """Lets the connection be lent; see `kennis_ld.web.direct.Exchange`."""
        if self.keep_alive:
            self._connection.lend(borrow)


_NOBODY_WAITS = asyncio.Event()


class Connection(HttpToolsProtocol):
    """A connection, as the server makes one for each client."""

    direct: ClassVar[Direct]
    cycle: RequestResponseCycle | Exchange  # type: ignore[assignment]

    @classmethod
    def past(cls, direct: Direct) -> type[Connection]:
        """Returns the kind of connection that answers what it can in this way."""
        return type("Connection", (cls,), {"direct": direct})

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Takes a client in, as long as there are few enough."""
        super().connection_made(transport)
        self._since = time.monotonic()
        self._is_idle = False
        self._head = 0
        self._unsent = 0
        self._running: RequestResponseCycle | Exchange | None = None
        self._request = b""
        self._requests = 0
        self._is_between = True
        self._is_lent = False
        self._streak = Streak()
        if len(self.connections) > MOST:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tells whatever is being done for the client."""
        super().connection_lost(exc)
        if self._running is not None and not self._running.response_complete:
            # The server tells the last request; before it others may wait for their answers.
            self._running.disconnected = True
            self._running.message_event.set()

    def data_received(self, data: bytes) -> None:
        """Reads what a client sends."""
        self._head += len(data)
        # All of a request, where it comes in one piece, as nearly always.
        self._request = data if self._is_between else b""
        super().data_received(data)
        if self._head > MOST_HEADERS and not self.transport.is_closing():
            self.refuse(b"431 Request Header Fields Too Large")

    def on_message_begin(self) -> None:
        """Begins a request; what only the application needs of it is made when it gets it."""
        self.url = b""
        self.headers = []
        self.expect_100_continue = False
        self._is_idle = False
        self._is_between = False
        self._requests += 1
        self._since = time.monotonic()

    def on_message_complete(self) -> None:
        """Ends a request."""
        self._is_between = True
        super().on_message_complete()

    def _make_scope(self) -> None:
        url, headers, expects = self.url, self.headers, self.expect_100_continue
        super().on_message_begin()
        self.url, self.expect_100_continue = url, expects
        self.headers += headers

    def on_headers_complete(self) -> None:
        """Answers a request in the short way, or lets the application do it."""
        self._head = 0
        before = self.cycle
        if (before is None or before.response_complete) and not self.flow.write_paused:
            environ = self._environ()
            if environ is not None:
                http_version = self.parser.get_http_version()
                exchange = Exchange(self, http_version != "1.0" and self.parser.should_keep_alive())
                self.cycle = self._running = exchange
                if self.direct.answers(environ, exchange):
                    return
                self.cycle = before
        self._make_scope()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Takes a part of a body; it is no header."""
        self._head = 0
        super().on_body(body)

    def _environ(self) -> dict[str, Any] | None:
        """Returns the environment of a request that can go the short way (PEP 3333), as far as it matters there."""
        path, _, query = self.url.partition(b"?")
        if self.parser.get_method() != b"GET" or not path.startswith(b"/") or b"%" in path or b"#" in self.url:
            return None
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path.decode("latin-1"),
            "QUERY_STRING": query.decode("latin-1"),
            "REMOTE_ADDR": self.client[0] if self.client else "",
        }
        for name, value in self.headers:
            known = _SHORT_WAY.get(name)
            if known is not None:
                if known in environ:
                    return None
                environ[known] = value.decode("latin-1")
            elif name in _LONG_WAY:
                return None
        return environ

    def send(self, exchange: Exchange, head: bytes, body: bytes) -> None:
        """Sends the answer of an exchange."""
        if self.transport.is_closing():
            return
        lines = [head, self._own_headers()]
        lines += (b"\r\n", body) if exchange.keep_alive else (b"connection: close\r\n\r\n", body)
        self.transport.write(b"".join(lines))
        if not exchange.keep_alive:
            self.transport.close()
        self.on_response_complete()

    def _own_headers(self) -> bytes:
        """Returns the headers that the server adds to every answer."""
        return b"".join([b"%b: %b\r\n" % each for each in self.server_state.default_headers])

    def pass_on(
        self, exchange: Exchange, url: bytes, headers: list[tuple[bytes, bytes]], known: Mapping[str, Any]
    ) -> None:
        """Leaves an exchange to the application."""
        path, _, query = url.partition(b"?")
        scope: dict[str, Any] = {
            "type": "http",
            "http_version": "1.1",
            "server": self.server,
            "client": self.client,
            "scheme": self.scheme,
            "method": "GET",
            "path": path.decode("latin-1"),
            "query_string": query,
            "headers": headers,
            KNOWN: known,
        }
        cycle = RequestResponseCycle(
            scope=scope,  # type: ignore[arg-type]
            transport=self.transport,
            flow=self.flow,
            logger=self.logger,
            access_logger=self.access_logger,
            access_log=self.access_log,
            default_headers=self.server_state.default_headers,
            message_event=asyncio.Event(),
            expect_100_continue=False,
            keep_alive=exchange.keep_alive,
            on_response=self.on_response_complete,
        )
        cycle.more_body = False
        cycle.message_event.set()
        cycle.disconnected = exchange.disconnected
        if self.cycle is exchange:
            self.cycle = cycle
        self._start_asgi_task(cycle, self.app)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._running = cycle
        super()._start_asgi_task(cycle, app)

    def on_response_complete(self) -> None:
        """Goes on with the next request, or waits for it."""
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        self._since = time.monotonic()
        self._is_idle = True
        self.flow.resume_reading()
        if self.pipeline:
            cycle, app = self.pipeline.pop()
            self._start_asgi_task(cycle, app)

    def lend(self, borrow: Borrow) -> None:
        """Lends the connection where its client asks one small query after the other, and is not yet asking more."""
        if (
            self._streak.goes_on(self._requests, time.monotonic())
            and self._is_between
            and self._request.count(b"\r\n\r\n") == 1
            and not self.pipeline
            and not self.transport.is_closing()
            and not self.transport.get_write_buffer_size()
        ):
            # What a worker is to read must not be read here.
            self.transport.pause_reading()
            self._is_lent = borrow(self, self._request, self._own_headers() + b"\r\n", self._was_lent)
            if not self._is_lent:
                self.transport.resume_reading()

    def _was_lent(self, answered: int, repeated: int, is_welcome: bool) -> None:
        self._streak.was_lent(answered, repeated, time.monotonic(), is_welcome=is_welcome)

    def fileno(self) -> int:
        """Returns the descriptor of the connection."""
        number: int = self.transport.get_extra_info("socket").fileno()
        return number

    def is_back(self, unsent: bytes) -> None:
        """Goes on with a connection that was lent; see `kennis_ld.web.lent.Line`."""
        self._is_lent = False
        self._since = time.monotonic()
        if not self.transport.is_closing():
            if unsent:
                self.transport.write(unsent)
            self.transport.resume_reading()

    def is_broken(self) -> None:
        """Ends a connection that was lent; see `kennis_ld.web.lent.Line`."""
        self._is_lent = False
        self.transport.abort()

    def send_400_response(self, msg: str) -> None:
        """Answers what is no HTTP."""
        self.refuse(b"400 Bad Request")

    def refuse(self, status: bytes) -> None:
        """Answers a request that cannot be read, and ends the connection."""
        headers = "".join(f"{name}: {value}\r\n" for name, value in guard.HEADERS.items()).encode("latin-1")
        self.transport.write(
            b"HTTP/1.1 " + status + b"\r\n" + headers + b"content-length: 0\r\nconnection: close\r\n\r\n"
        )
        self.transport.close()

    def look(self, now: float) -> None:
        """Ends the connection where the client has had its time.

        Args:
            now: the time on the monotonic clock.
        """
        if self._is_lent:
            self._since = now
            return
        unsent = self.transport.get_write_buffer_size()
        if unsent:
            if unsent != self._unsent:
                self._unsent, self._since = unsent, now
            elif now - self._since > IDLE_SECONDS:
                self.transport.abort()
            return
        self._unsent = 0
        is_answered = self.cycle is None or self.cycle.response_complete
        is_coming_in = not is_answered and self.cycle.more_body
        if is_answered or is_coming_in:
            if now - self._since > (IDLE_SECONDS if self._is_idle else REQUEST_SECONDS):
                self.transport.close()
        else:
            # Somebody computes for it, and has bounds of his own.
            self._since = now
