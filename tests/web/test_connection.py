"""How long a connection waits for its client: everything has a bound but the work that is done for it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from kennis_ld.web.connection import IDLE_SECONDS, MOST_HEADERS, REQUEST_SECONDS, Connection

HALF = b"GET /projecten HTTP/1.1\r\nHost: local"
QUERY = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc"


class Transport(asyncio.Transport):
    """Remembers what is sent, and how it ended."""

    def __init__(self, unsent: int = 0) -> None:
        super().__init__()
        self.sent = b""
        self.end = ""
        self.unsent = unsent

    def write(self, data: Any) -> None:
        """Sends."""
        self.sent += data

    def get_write_buffer_size(self) -> int:
        """Returns how much waits."""
        return self.unsent

    def close(self) -> None:
        """Ends in order."""
        self.end = self.end or "closed"

    def abort(self) -> None:
        """Ends at once."""
        self.end = "aborted"

    def is_closing(self) -> bool:
        """Whether it has ended."""
        return bool(self.end)


class Direct:
    """Answers at once, or never."""

    def __init__(self, answers: bool) -> None:
        self._answers = answers

    def answers(self, environ: Mapping[str, Any], exchange: Any) -> bool:
        """Takes every request."""
        if self._answers:
            exchange.send(b"HTTP/1.1 200 OK\r\n", b"")
        return True


async def _nothing(scope: Any, receive: Any, send: Any) -> None:
    await asyncio.Event().wait()


def after(work: Callable[[Connection, Transport], None], *, answers: bool = True, unsent: int = 0) -> Transport:
    """Returns the transport of a connection with which something was done."""

    async def inner() -> Transport:
        config = uvicorn.Config(_nothing, interface="asgi3", lifespan="off", ws="none", log_config=None)
        transport = Transport(unsent)
        connection = Connection.past(Direct(answers))(config, ServerState(), {})  # type: ignore[arg-type]
        connection.connection_made(transport)
        work(connection, transport)
        end, tasks = transport.end, list(connection.tasks)
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        transport.end = end
        return transport

    return asyncio.run(inner())


@pytest.mark.parametrize("seconds", [REQUEST_SECONDS - 1, REQUEST_SECONDS + 1])
@pytest.mark.parametrize("data", [b"", HALF, QUERY + POST], ids=["nothing", "half a header", "half a body"])
def test_a_request_has_its_time(data: bytes, seconds: float) -> None:
    """Whoever has not sent a whole request when its time is over loses the connection, and nobody sooner."""

    def work(connection: Connection, transport: Transport) -> None:
        if data:
            connection.data_received(data)
        connection.look(time.monotonic() + seconds)

    assert ("closed" if seconds > REQUEST_SECONDS else "") == after(work).end


def test_dripping_wins_no_time() -> None:
    """Who sends a byte now and then has no more time than others."""

    def work(connection: Connection, transport: Transport) -> None:
        start = time.monotonic()
        for number, at in enumerate(range(0, int(REQUEST_SECONDS) + 4, 2)):
            connection.data_received(HALF[number : number + 1])
            connection.look(start + at)

    assert "closed" == after(work).end


@pytest.mark.parametrize("seconds", [REQUEST_SECONDS + 1, IDLE_SECONDS + 1])
def test_between_two_requests_there_is_more_time(seconds: float) -> None:
    """A client that has an answer may take longer before it asks again."""

    def work(connection: Connection, transport: Transport) -> None:
        connection.data_received(QUERY)
        connection.look(time.monotonic() + seconds)

    assert ("closed" if seconds > IDLE_SECONDS else "") == after(work).end


def test_who_is_being_answered_loses_no_time() -> None:
    """While something is done for a client its connection stays; the work has its own bounds."""

    def work(connection: Connection, transport: Transport) -> None:
        connection.data_received(QUERY)
        connection.look(time.monotonic() + 10 * IDLE_SECONDS)

    assert "" == after(work, answers=False).end


def test_who_takes_nothing_is_left() -> None:
    """A client that takes none of what waits for it loses the connection; one that takes a little keeps it."""

    def stuck(connection: Connection, transport: Transport) -> None:
        start = time.monotonic()
        connection.look(start)
        connection.look(start + IDLE_SECONDS + 1)

    def slow(connection: Connection, transport: Transport) -> None:
        start = time.monotonic()
        for number in range(10):
            transport.unsent -= 1
            connection.look(start + number * (IDLE_SECONDS - 1))

    assert "aborted" == after(stuck, unsent=1000).end
    assert "" == after(slow, unsent=1000).end


def test_headers_have_an_end() -> None:
    """Headers that go on and on are refused with the headers of every answer."""

    def work(connection: Connection, transport: Transport) -> None:
        connection.data_received(HALF)
        for _ in range(MOST_HEADERS // 1000 + 1):
            connection.data_received(b"a" * 1000)

    transport = after(work)
    assert "closed" == transport.end
    assert transport.sent.startswith(b"HTTP/1.1 431 ")
    assert b"Content-Security-Policy" in transport.sent
