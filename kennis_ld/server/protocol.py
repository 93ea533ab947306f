"""HTTP/1.1 (RFC 9112) for one connection, on httptools: requests in, responses out, and bounds on what a client may.

A client has so much time for a request, for its next one, and to take what it is sent; its headers and its body are
only so long. Requests that come before an answer wait their turn. Whoever answers gets an `Exchange`.
"""

from __future__ import annotations

import asyncio
import re
import select
import time
from collections import deque
from collections.abc import Callable
from email.utils import formatdate
from functools import lru_cache
from typing import Protocol

import httptools

REQUEST_SECONDS = 10.0  # for one request, from its first byte to its last
IDLE_SECONDS = 60.0  # until the next request, and for a client to take anything at all of what waits for it
MOST_HEADERS = 64 * 1024  # bytes of request line and headers
MOST_BODY = 128 * 1024  # bytes of a body
_ABSOLUTE = re.compile(rb"[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)(.*)", re.DOTALL)
_LINGER_SECONDS = 2.0  # time in which a client that was refused may go on sending, so that it reads why
_MOST_QUEUED = 32  # requests of one connection that wait for the answers to those before; then nothing more is read


class Exchange:
    """A request, whole, and the way for its answer."""

    method = ""  # in capitals
    target = b""  # path and query string, as sent, but for a host in it
    body = b""
    is_http_1_0 = False
    keep_alive = True  # the client wants to go on with the connection
    left: Callable[[], object] | None = None  # called when the client is gone, or may be
    is_gone = False  # the connection is closed
    has_begun = False  # its answer goes out, or has gone
    _is_chunked = False

    def __init__(self, connection: Connection, peer: str, since: float) -> None:
        self._connection = connection
        self.headers: dict[bytes, str] = {}  # by names in lower case; several of one name are one, with commas
        self.peer = peer  # address of who connected
        self.since = since  # when its first byte came, on the monotonic clock

    def send(self, head: bytes, body: bytes) -> None:
        """Sends the whole answer; its head is status line and headers, Content-Length among them, each with its end."""
        self.has_begun = True
        connection = self._connection
        connection.write(b"".join((head, connection.end_of_head(), body)))
        connection.go_on_after(self)

    def begin(self, head: bytes, *, is_chunked: bool) -> None:
        """Sends the head of an answer whose body follows in parts."""
        self.has_begun = True
        self._is_chunked = is_chunked and not self.is_http_1_0
        if is_chunked and not self._is_chunked:
            # HTTP/1.0 knows no chunks: such a body ends with the connection.
            self.keep_alive = False
        coding = b"transfer-encoding: chunked\r\n" if self._is_chunked else b""
        self._connection.write(b"".join((head, coding, self._connection.end_of_head())))

    async def write(self, part: bytes) -> None:
        """Sends a part of the body; returns when the client can take more."""
        if self._is_chunked and part:
            part = b"%x\r\n%b\r\n" % (len(part), part)
        self._connection.write(part)
        await self._connection.can_write()

    def finish(self, *, is_whole: bool = True) -> None:
        """Ends the answer; one that is not whole ends the connection, so that the client notices."""
        if not is_whole:
            self._connection.abort()
        elif self._is_chunked:
            self._connection.write(b"0\r\n\r\n")
        self._connection.go_on_after(self)

    def leave(self) -> None:
        """Tells whoever answers that the client is gone, or may be."""
        if self.left is not None:
            self.left()


class Handler(Protocol):
    """Answers requests."""

    def answer(self, exchange: Exchange) -> None:
        """Answers a request, now or later."""

    def refuse(self, exchange: Exchange, problem: str) -> tuple[bytes, bytes]:
        """Returns head and body of the answer to a request that cannot be read; `problem` names why."""

    def refuse_connection(self) -> None:
        """Notes that a connection was refused because there are too many."""


class Connection(asyncio.Protocol):
    """One connection of one client."""

    def __init__(self, handler: Handler, connections: set[Connection], *, most: int) -> None:
        """Makes it; it adds itself to the connections of the process, of which there may be so many."""
        self._handler = handler
        self._connections = connections
        self._most = most
        self._transport: asyncio.Transport
        self._parser = httptools.HttpRequestParser(self)
        self._peer = ""
        self._queue: deque[Exchange] = deque()
        self._current: Exchange | None = None
        self._incoming = Exchange(self, "", 0.0)
        self._body: list[bytes] = []
        self._head = self._length = self._unsent = 0
        self._is_between = True
        self._is_upgrade = self._is_over = self._is_draining = self._is_answering = self._is_half_closed = False
        self._refusal = ""
        self._since = 0.0
        self._writable: asyncio.Future[None] | None = None

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Takes a client in, as long as there are few enough."""
        self._transport = transport  # type: ignore[assignment]
        peer = transport.get_extra_info("peername")
        self._peer = str(peer[0]) if isinstance(peer, tuple) else ""
        self._since = time.monotonic()
        if len(self._connections) >= self._most:
            self._handler.refuse_connection()
            self._transport.abort()
        self._connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tells whoever is at an answer."""
        self._connections.discard(self)
        self._is_over = True
        self._queue.clear()
        if self._current is not None:
            self._current.is_gone = True
            self._current.leave()
        self.resume_writing()

    def eof_received(self) -> bool:
        """Lets a client that sends no more have the answers to what it sent."""
        self._is_half_closed = True
        if self._current is not None:
            self._current.leave()
        return self._current is not None or bool(self._queue)

    def pause_writing(self) -> None:
        """Notes that the client takes less than it is sent."""
        self._writable = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        """Notes that the client can take more."""
        if self._writable is not None and not self._writable.done():
            self._writable.set_result(None)
        self._writable = None
        self._answer()

    def data_received(self, data: bytes) -> None:
        """Reads what a client sends."""
        if self._is_over or self._refusal:
            return
        self._head += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            self._ignore_upgrade(data[upgrade.args[0] :])
        except httptools.HttpParserError:
            self._refuse("invalid-request")
        if self._head > MOST_HEADERS:
            self._refuse("header-too-long")

    def _ignore_upgrade(self, rest: bytes) -> None:
        """Reads a request without its offer to speak another protocol (RFC 9110, section 7.8).

        The parser takes what follows such a request for the other protocol, so it gets the request again without.
        """
        request, self._is_upgrade = self._incoming, False
        if request.method == "CONNECT":
            self._refuse("method-not-allowed")
            return
        self._parser = httptools.HttpRequestParser(self)
        for name in (b"upgrade", b"http2-settings"):
            request.headers.pop(name, None)
        lines = [b"%b %b HTTP/1.1\r\n" % (request.method.encode(), request.target)]
        lines += [b"%b: %b\r\n" % (name, text.encode("latin-1")) for name, text in request.headers.items()]
        self.data_received(b"".join((*lines, b"\r\n", rest)))

    # httptools callbacks

    def on_message_begin(self) -> None:
        """Begins a request."""
        self._since = time.monotonic()
        self._incoming = Exchange(self, self._peer, self._since)
        self._body.clear()
        self._length = 0
        self._is_between = False

    def on_url(self, url: bytes) -> None:
        """Takes the target."""
        self._incoming.target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """Takes a header."""
        self._length += len(name) + len(value) + 4
        headers, name, text = self._incoming.headers, name.lower(), value.decode("latin-1")
        headers[name] = text if name not in headers else f"{headers[name]}, {text}"

    def on_headers_complete(self) -> None:
        """Looks at the head of a request."""
        self._head = 0
        request, parser = self._incoming, self._parser
        request.method = parser.get_method().decode("latin-1")
        self._is_upgrade = parser.should_upgrade()
        request.is_http_1_0 = parser.get_http_version() == "1.0"
        request.keep_alive = parser.should_keep_alive()
        announced, expected = request.headers.get(b"content-length", ""), request.headers.get(b"expect", "")
        if self._length + len(request.target) > MOST_HEADERS:
            self._refuse("header-too-long")
        elif self._is_upgrade:
            pass  # it is read again without
        elif announced.isdigit() and int(announced) > MOST_BODY:
            self._refuse("body-too-large")
        elif not request.target.startswith(b"/") and not _take_host(request):
            self._refuse("invalid-request")
        elif expected.lower() == "100-continue" and self._current is None and not request.is_http_1_0:
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        self._length = 0

    def on_body(self, body: bytes) -> None:
        """Takes a part of a body."""
        self._head = 0
        self._length += len(body)
        if self._length > MOST_BODY:
            self._refuse("body-too-large")
        else:
            self._body.append(body)

    def on_message_complete(self) -> None:
        """Lets a request wait its turn."""
        self._head = 0
        if self._is_upgrade or self._is_over or self._refusal:
            return
        self._is_between = True
        request = self._incoming
        if self._body:
            request.body = b"".join(self._body)
        self._queue.append(request)
        self._answer()
        if len(self._queue) >= _MOST_QUEUED:
            self._transport.pause_reading()

    # Answers

    def _answer(self) -> None:
        """Lets the next requests be answered, one after the other."""
        if self._is_answering:
            return
        self._is_answering = True
        # Who takes nothing is sent nothing more.
        while self._queue and self._current is None and self._writable is None and not self._is_over:
            if len(self._queue) == _MOST_QUEUED:
                self._transport.resume_reading()
            self._current = self._queue.popleft()
            self._handler.answer(self._current)
        self._is_answering = False

    def write(self, data: bytes) -> None:
        """Sends bytes, as far as there is somebody."""
        if not self._transport.is_closing():
            self._transport.write(data)

    async def can_write(self) -> None:
        """Returns when the client can take more, or is gone."""
        if self._writable is not None:
            await self._writable

    def end_of_head(self) -> bytes:
        """Returns the headers that every answer has, and the end of the head."""
        ends = self._current is None or not self._current.keep_alive or self._is_draining
        return _end(int(time.time()), b"connection: close\r\n\r\n" if ends else b"\r\n")

    def go_on_after(self, exchange: Exchange) -> None:
        """Goes on with the next request, waits for it, or ends the connection."""
        if exchange is not self._current:
            return
        self._current = None
        is_last = not exchange.keep_alive or self._is_draining or (self._is_half_closed and not self._queue)
        if is_last or self._is_over:
            self._is_over = True
            self._transport.close()
        elif self._queue or self._refusal:
            self._answer()
            self._say_refusal()

    def abort(self) -> None:
        """Ends the connection at once."""
        self._transport.abort()

    def _refuse(self, problem: str) -> None:
        """Answers a request that cannot be read, when those before it are answered; reads no more of this client."""
        if not self._refusal:
            self._refusal = problem
            self._say_refusal()

    def _say_refusal(self) -> None:
        if not self._refusal or self._current is not None or self._queue or self._is_over:
            return
        self._is_over = True
        head, body = self._handler.refuse(self._incoming, self._refusal)
        self.write(b"".join((head, self.end_of_head(), body)))
        # What still comes in is not read, and must not make the system take the answer back.
        if self._transport.can_write_eof():
            self._transport.write_eof()
        self._since = time.monotonic() - IDLE_SECONDS + _LINGER_SECONDS

    # Time

    @property
    def is_idle(self) -> bool:
        """Whether no request is on its way or being answered."""
        return self._current is None and not self._queue and self._is_between

    @property
    def has_unread(self) -> bool:
        """Whether bytes of the client wait to be read; a process that was kept waiting has not seen them yet."""
        arrived = select.poll()
        arrived.register(self._transport.get_extra_info("socket").fileno(), select.POLLIN)
        return bool(arrived.poll(0))

    def drain(self) -> None:
        """Lets the next answer be the last one."""
        self._is_draining = True

    def close(self) -> None:
        """Ends the connection; what was written still goes out."""
        self._transport.close()

    def look(self, now: float) -> None:
        """Ends the connection where the client has had its time, by the monotonic clock."""
        unsent = self._transport.get_write_buffer_size()
        if unsent:
            if unsent != self._unsent:
                self._unsent, self._since = unsent, now
            elif now - self._since > IDLE_SECONDS:
                self._transport.abort()
        elif self._current is None:
            self._unsent = 0
            if now - self._since > (IDLE_SECONDS if self._is_between or self._is_over else REQUEST_SECONDS):
                self._transport.close()
        else:
            # Somebody computes for it, and has bounds of his own.
            self._since = now


def _take_host(request: Exchange) -> bool:
    """Makes a target that names its host, which counts before the header, or the server a path (RFC 9112, 3.2)."""
    if found := _ABSOLUTE.fullmatch(request.target):
        request.headers[b"host"] = found[1].decode("latin-1")
        request.target = found[2] if found[2].startswith(b"/") else b"/" + found[2]
        return True
    is_server = (request.method, request.target) == ("OPTIONS", b"*")
    request.target = b"/"
    return is_server


@lru_cache(maxsize=4)
def _end(second: int, rest: bytes) -> bytes:
    return f"date: {formatdate(second, usegmt=True)}\r\n".encode() + rest
