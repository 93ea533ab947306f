"""Runs the WSGI application (PEP 3333) in a few threads, for the event loop.

No thread waits for a client: the body of a request is complete before a thread begins, and a part of a long answer is
made when the client has taken the part before. A thread waits for a query only behind `VisitorsEngine`, and for another
server behind `VisitorsServices`; so many of both are let in that threads are left for pages.
"""

from __future__ import annotations

import asyncio
import io
import logging
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from kennis_ld.engine.interface import Answer, Question
from kennis_ld.engine.services import Ask, Solution
from kennis_ld.errors import QueryError, ServiceFailed
from kennis_ld.isolation.admission import Admission, Client, ConcurrencyLimit
from kennis_ld.isolation.pool import Pool
from kennis_ld.server.protocol import Exchange
from kennis_ld.server.response import (
    Headers,
    accepts_gzip,
    agree,
    compressed,
    compressed_parts,
    head_of,
    pack,
)
from kennis_ld.web.app import ROUTE

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

logger = logging.getLogger(__name__)

THREADS = 24  # most of what the application does is short
LONG = 1024 * 1024  # bytes from which an answer is long: it goes out in parts, and is not kept
DOWNLOADS, DOWNLOADS_OF_ONE = 48, 8  # long answers on their way, and of one client: they last as long as it likes
RUNNING_OF_ONE = 8  # requests of one client that run at the same time; the others of that client wait for them
WAITING, WAITING_OF_ONE = 16, 4  # threads that wait for a query, and for one client; the others are for pages
_LATER = 5  # seconds after which a long answer may find a place
_NAMES = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}
_NEVER = {b"transfer-encoding", b"content-length", b"expect", b"proxy"}
"""Headers about what has been dealt with, and one that programs take for a setting of theirs."""

_asker: ContextVar[tuple[Client, Exchange]] = ContextVar("asker")


@dataclass(frozen=True, slots=True)
class Result:
    """What the application made of a request."""

    status: int
    headers: Headers
    route: str  # which kind of route answered
    body: bytes | None  # None where it is long
    parts: Iterable[bytes] = ()  # of a long body, each to be made in a thread
    close: Callable[[], object] = lambda: None  # to be called when no more parts are wanted


# Is told what the application made of a request, or why it failed.
Done = Callable[[Result | BaseException], object]


class Application:
    """The application, and the threads in which it runs."""

    def __init__(self, application: WSGIApplication, loop: asyncio.AbstractEventLoop) -> None:
        """Makes the threads; all but the application itself is called in the thread of the loop."""
        self._application = application
        self._loop = loop
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="application")
        self._downloads = ConcurrencyLimit(DOWNLOADS_OF_ONE, DOWNLOADS, retry_after=_LATER)
        self._tasks: set[asyncio.Task[bool]] = set()
        self._running: Counter[str] = Counter()
        self._waiting: dict[str, deque[tuple[Exchange, Client, Done]]] = {}

    def run(self, exchange: Exchange, client: Client, done: Done) -> None:
        """Runs the application for a request, after others of the same client where it has many."""
        if self._running[client.key] >= RUNNING_OF_ONE:
            self._waiting.setdefault(client.key, deque()).append((exchange, client, done))
            return
        self._running[client.key] += 1

        def finish(future: asyncio.Future[Result]) -> None:
            self._running[client.key] -= 1
            if (waiting := self._waiting.get(client.key)) is not None:
                self.run(*waiting.popleft())
                if not waiting:
                    del self._waiting[client.key]
            elif not self._running[client.key]:
                del self._running[client.key]
            done(future.exception() or future.result())

        self._loop.run_in_executor(self._threads, self._result, exchange, client).add_done_callback(finish)

    @property
    def is_idle(self) -> bool:
        """Whether nothing runs."""
        return not self._running

    def compress(self, body: bytes, done: Callable[[bytes], object]) -> None:
        """Compresses a body that would keep the loop waiting."""
        future = self._loop.run_in_executor(self._threads, compressed, body)
        future.add_done_callback(lambda ready: done(ready.result()))

    def _result(self, exchange: Exchange, client: Client) -> Result:
        """Returns what the application makes of a request, compressed where the client takes that."""
        _asker.set((client, exchange))
        environ = environ_of(exchange)
        status, headers, parts = self._called(environ)
        close = getattr(parts, "close", lambda: None)
        route = environ.get(ROUTE, "none")
        takes_gzip = accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")) and "HTTP_RANGE" not in environ
        tags = environ.get("HTTP_IF_NONE_MATCH", "")
        length = headers.get("Content-Length")
        if agree(status, headers, takes_gzip=takes_gzip, tags=tags):
            pack(headers)
            parts = compressed_parts(parts)
        if exchange.method == "HEAD":
            close()
            return Result(status, headers, route, b"")
        if status == 206 or (status == 200 and (not length or int(length) > LONG)):
            return Result(status, headers, route, None, parts, close)
        try:
            body = b"".join(parts)
        finally:
            close()
        if status not in {204, 304}:
            headers["Content-Length"] = str(len(body))
        return Result(status, headers, route, body)

    def _called(self, environ: WSGIEnvironment) -> tuple[int, Headers, Iterable[bytes]]:
        said: list[tuple[str, Headers]] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], exc_info: object = None
        ) -> Callable[[bytes], object]:
            said.append((status, Headers(headers)))
            return lambda _: None

        parts = self._application(environ, start_response)
        status, headers = said[-1]
        headers.remove("Date")  # when it was sent, says whoever sends it
        return int(status[:3]), headers, parts

    def send_parts(self, exchange: Exchange, client: Client, result: Result, ended: Callable[[], object]) -> None:
        """Sends a long answer as fast as the client takes it.

        Raises:
            TooManyRequests, EngineUnavailable: too many long answers are on their way.
        """
        try:
            self._downloads.enter(client)
        except QueryError:
            result.close()
            raise
        exchange.begin(head_of(result.status, result.headers), is_chunked="Content-Length" not in result.headers)
        task = self._loop.create_task(self._send_parts(exchange, iter(result.parts), result.close))

        def end(task: asyncio.Task[bool]) -> None:
            self._tasks.discard(task)
            self._downloads.leave(client)
            exchange.finish(is_whole=task.result())
            ended()

        self._tasks.add(task)
        task.add_done_callback(end)

    async def _send_parts(self, exchange: Exchange, parts: Iterator[bytes], close: Callable[[], object]) -> bool:
        """Returns whether all parts were sent."""
        try:
            while not exchange.is_gone:
                part = await self._loop.run_in_executor(self._threads, lambda: next(parts, None))
                if part is None:
                    return True
                await exchange.write(part)
        except Exception:
            logger.exception("A long answer broke off.")
        finally:
            self._loop.run_in_executor(self._threads, close)
        return False


class VisitorsEngine:
    """The `Engine` of visitors for the threads of the application: asks the pool on its loop, and waits.

    Queries whose answer is a page come this way, saved questions among them.
    """

    def __init__(self, pool: Pool, loop: asyncio.AbstractEventLoop) -> None:
        self._pool = pool
        self._loop = loop
        self._waiting = ConcurrencyLimit(WAITING_OF_ONE, WAITING)

    def answer(self, question: Question) -> Answer:
        """Returns the complete answer; see `Engine.answer`."""
        return asyncio.run_coroutine_threadsafe(self._answer(question, *_asker.get()), self._loop).result()

    async def _answer(self, question: Question, client: Client, exchange: Exchange) -> Answer:
        self._waiting.enter(client)
        try:
            outcome: asyncio.Future[Answer | QueryError] = self._loop.create_future()
            query = self._pool.ask(question, client, outcome.set_result)
            exchange.left = query.leave
            if exchange.is_gone:
                query.leave()
            if isinstance(answer := await outcome, QueryError):
                raise answer
            return answer
        finally:
            exchange.left = None
            self._waiting.leave(client)


class VisitorsServices:
    """Asks other servers for visitors from a thread, as far as admission control lets this client."""

    def __init__(
        self, ask: Ask, admission: Admission, loop: asyncio.AbstractEventLoop, *, count: Callable[[str], None]
    ) -> None:
        """Makes it; admission and `count` are called in the thread of the loop only."""
        self._ask = ask
        self._admission = admission
        self._loop = loop
        self._count = count

    def ask(self, endpoint: str, query: str, variables: Collection[str], until: float) -> Sequence[Solution]:
        """Returns the solutions of a SELECT; see `kennis_ld.engine.services.ask_endpoint`."""
        client, _ = _asker.get()
        asyncio.run_coroutine_threadsafe(self._enter(client), self._loop).result()
        start, event = time.monotonic(), "services_failed"
        try:
            found = self._ask(endpoint, query, variables, until)
            event = "services_answered"
        except ServiceFailed:
            # The log says which of the few that were named, and nothing of the query.
            logger.warning("An endpoint that a query asked gave no answer: %s", endpoint)
            raise
        finally:
            self._loop.call_soon_threadsafe(self._admission.leave_elsewhere, client, time.monotonic() - start)
            self._loop.call_soon_threadsafe(self._count, event)
        return found

    async def _enter(self, client: Client) -> None:
        self._admission.enter_elsewhere(client)


def environ_of(request: Exchange) -> WSGIEnvironment:
    """Returns the environment of a request (PEP 3333): text that stands for bytes, as Latin-1."""
    path, _, query = request.target.partition(b"?")
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path.partition(b"#")[0]).decode("latin-1"),
        "QUERY_STRING": query.partition(b"#")[0].decode("latin-1"),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.0" if request.is_http_1_0 else "HTTP/1.1",
        "REMOTE_ADDR": request.peer,
        "CONTENT_LENGTH": str(len(request.body)) if request.body else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, text in request.headers.items():
        # Where names with a line below and with a dash become the same, one could be sent for the other.
        if name not in _NEVER and b"_" not in name:
            key = _NAMES.get(name) or f"HTTP_{name.decode('latin-1').upper().replace('-', '_')}"
            environ[key] = text
    return environ
