"""A connection without a network: what a client sends goes in, what it would get comes out."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from kennis_ld.server.protocol import Connection, Exchange, Handler


@dataclass(frozen=True, slots=True)
class Response:
    """A response of a stream."""

    status: int
    headers: dict[str, str]
    body: bytes


def responses(stream: bytes, *, heads: int = 0) -> list[Response]:
    """Returns the responses in a stream of bytes, which must be whole; the first `heads` of them answer HEAD."""
    found = []
    while stream:
        head, end, stream = stream.partition(b"\r\n\r\n")
        assert end, head
        line, *lines = head.decode("latin-1").split("\r\n")
        status = int(line.split()[1])
        headers = {name.lower(): value for name, _, value in (each.partition(": ") for each in lines)}
        assert len(headers) == len(lines), lines
        body = b""
        if status not in {100, 204, 304} and len(found) >= heads:
            if headers.get("transfer-encoding") == "chunked":
                while (size := int(stream[: stream.index(b"\r\n")], 16)) > 0:
                    start = stream.index(b"\r\n") + 2
                    body, stream = body + stream[start : start + size], stream[start + size + 2 :]
                stream = stream.removeprefix(b"0\r\n\r\n")
            elif "content-length" in headers:
                body, stream = stream[: int(headers["content-length"])], stream[int(headers["content-length"]) :]
                assert len(body) == int(headers["content-length"])
            else:
                assert "close" == headers["connection"]
                body, stream = stream, b""
        found.append(Response(status, headers, body))
    return found


class Transport(asyncio.Transport):
    """Takes what is written.

    Attributes:
        sent: all that a client would get.
        is_reading: whether what the client sends is read.
        end: `close`, `abort` or `eof`, where the connection was ended so.
        unsent: bytes that the client has not taken.
    """

    def __init__(self, peer: str = "192.0.2.1") -> None:
        super().__init__({"peername": (peer, 4711)})
        self.sent = b""
        self.is_reading_now = True
        self.end = ""
        self.unsent = 0

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Takes bytes."""
        assert self.end not in {"close", "abort"}
        self.sent += bytes(data)

    def is_closing(self) -> bool:
        """Whether the connection ends."""
        return self.end in {"close", "abort"}

    def close(self) -> None:
        """Ends it."""
        self.end = "close"

    def abort(self) -> None:
        """Ends it at once."""
        self.end = "abort"

    def can_write_eof(self) -> bool:
        """Whether one half can be closed."""
        return True

    def write_eof(self) -> None:
        """Closes this half."""
        self.end = self.end or "eof"

    def pause_reading(self) -> None:
        """Reads no more."""
        self.is_reading_now = False

    def resume_reading(self) -> None:
        """Reads on."""
        self.is_reading_now = True

    def get_write_buffer_size(self) -> int:
        """Returns how many bytes wait for the client."""
        return self.unsent


@dataclass
class Echo:
    """Answers each request with what it was, or keeps it for later.

    Attributes:
        keeps: whether requests are kept.
        exchanges: all that came, in order.
        refused: problems of requests that could not be read.
        full: connections that were refused.
    """

    keeps: bool = False
    exchanges: list[Exchange] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    full: int = 0

    def answer(self, exchange: Exchange) -> None:
        """Answers, or keeps."""
        self.exchanges.append(exchange)
        if not self.keeps:
            self.reply(exchange)

    def reply(self, exchange: Exchange) -> None:
        """Answers a request."""
        body = b"%b %b %b" % (exchange.method.encode(), exchange.target, exchange.body)
        exchange.send(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n" % len(body), body)

    def refuse(self, exchange: Exchange, problem: str) -> tuple[bytes, bytes]:
        """Notes the problem, and answers."""
        self.refused.append(problem)
        body = problem.encode()
        return b"HTTP/1.1 400 Bad Request\r\ncontent-length: %d\r\n" % len(body), body

    def refuse_connection(self) -> None:
        """Counts."""
        self.full += 1


class Wire:
    """One client, and the connection that it has."""

    def __init__(
        self, handler: Handler, connections: set[Connection] | None = None, *, most: int = 10, peer: str = "192.0.2.1"
    ) -> None:
        self.transport = Transport(peer)
        self.connection = Connection(handler, connections if connections is not None else set(), most=most)
        self.connection.connection_made(self.transport)

    def send(self, data: bytes) -> None:
        """Sends bytes, as far as they are read."""
        if self.transport.end in {"", "eof"}:
            self.connection.data_received(data)

    def got(self) -> list[Response]:
        """Returns the responses so far."""
        return responses(self.transport.sent)


def get(target: str = "/", *headers: str, version: str = "1.1", method: str = "GET", body: bytes = b"") -> bytes:
    """Returns a request."""
    lines = [f"{method} {target} HTTP/{version}", "Host: localhost", *headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body
