"""Runs the WSGI application (PEP 3333) in a few threads, for the event loop.

No thread waits for a client: the body of a request is complete before a thread begins, and a part of a long answer is
made when the client has taken the part before.
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from kennis_ld.isolation.clients import Client
from kennis_ld.server.compression import (
    LEAST,
    Headers,
    accepts_gzip,
    compressed,
    compressed_parts,
    is_text,
    marked,
    unmarked,
    value,
    varied,
    with_coding,
)
from kennis_ld.server.protocol import Exchange, Request

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

THREADS = 24
"""Threads of the application; most of what it does is short."""

LONG = 1024 * 1024
"""Bytes from which an answer is long: it goes out in parts, and is not kept."""

DOWNLOADS, DOWNLOADS_OF_ONE = 48, 8
"""Long answers on their way at the same time, and of one client: they are there as long as the client likes."""

ROUTE = "kennis_ld.route"
"""Where the application leaves, in the environment of a request, which kind of route answered it."""

_NAMES = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}
_NEVER = {b"transfer-encoding", b"content-length", b"expect", b"proxy"}
"""Headers about what has been dealt with, and one that programs take for a setting of theirs."""

_asker: ContextVar[tuple[Client, Exchange]] = ContextVar("asker")


def asker() -> tuple[Client, Exchange]:
    """Returns who asks in this thread of the application, and the exchange with that client."""
    return _asker.get()


@dataclass(frozen=True, slots=True)
class Result:
    """What the application made of a request.

    Attributes:
        status: its status.
        headers: its headers.
        body: the whole body; None where it is long.
        parts: the parts of a long body; one after the other, each in a thread.
        close: called when no more parts are wanted.
        route: which kind of route answered.
    """

    status: int
    headers: Headers
    body: bytes | None
    parts: Iterator[bytes]
    close: Callable[[], object]
    route: str


class Application:
    """The application, and the threads in which it runs."""

    def __init__(self, application: WSGIApplication, loop: asyncio.AbstractEventLoop) -> None:
        """Makes the threads.

        Args:
            application: what runs.
            loop: where answers are sent; all but the application is called in its thread.
        """
        self._application = application
        self._loop = loop
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="application")
        self._downloads: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self.running = 0

    def run(self, exchange: Exchange, client: Client, done: Callable[[Result | BaseException], object]) -> None:
        """Runs the application for a request; `done` is called in the thread of the loop."""
        self.running += 1

        def finish(future: asyncio.Future[Result]) -> None:
            self.running -= 1
            done(future.exception() or future.result())

        self._loop.run_in_executor(self._threads, self._result, exchange, client).add_done_callback(finish)

    def compress(self, body: bytes, done: Callable[[bytes], object]) -> None:
        """Compresses a body that would keep the loop waiting; `done` is called in the thread of the loop."""
        future = self._loop.run_in_executor(self._threads, compressed, body)
        future.add_done_callback(lambda ready: done(ready.result()))

    def _result(self, exchange: Exchange, client: Client) -> Result:
        _asker.set((client, exchange))
        environ = environ_of(exchange.request)
        tags = environ.get("HTTP_IF_NONE_MATCH", "")
        environ["HTTP_IF_NONE_MATCH"] = unmarked(tags)
        said: list[tuple[str, Headers]] = []

        def start_response(status: str, headers: Headers, exc_info: object = None) -> Callable[[bytes], object]:
            said.append((status, headers))
            return lambda _: None

        parts = self._application(environ, start_response)
        text, headers = said[-1]
        status = int(text[:3])
        headers = list(headers)
        route = environ.get(ROUTE, "none")
        close = getattr(parts, "close", lambda: None)
        length = value(headers, "content-length")
        is_head = exchange.request.method == "HEAD"
        has_two_forms = status == 200 and is_text(headers)
        packs = (
            has_two_forms and accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")) and int(length or LEAST) >= LEAST
        )
        packs = packs and not environ.get("HTTP_RANGE")
        if has_two_forms:
            headers = varied(headers)
        elif status == 304 and f'{value(headers, "etag")[:-1]}-gzip"' in tags:
            # A 304 says of its answer what a 200 would (RFC 9110, section 15.4.5).
            headers = varied(
                [*((n, v) for n, v in headers if n.lower() != "etag"), ("ETag", marked(value(headers, "etag")))]
            )
        if is_head:
            close()
            return Result(status, with_coding(headers, None) if packs else headers, b"", iter(()), close, route)
        if (status == 200 and (not length or int(length) > LONG)) or status == 206:
            if packs:
                return Result(status, with_coding(headers, None), None, compressed_parts(parts), close, route)
            return Result(status, headers, None, iter(parts), close, route)
        try:
            body = b"".join(parts)
        finally:
            close()
        if packs:
            body = compressed(body)
            headers = with_coding(headers, len(body))
        elif not length and status not in {204, 304}:
            headers.append(("Content-Length", str(len(body))))
        return Result(status, headers, body, iter(()), close, route)

    # Long answers

    def take_download(self, client: Client) -> bool:
        """Takes a place for a long answer; False where there is none."""
        if self._downloads.total() >= DOWNLOADS or self._downloads[client.key] >= DOWNLOADS_OF_ONE:
            return False
        self._downloads[client.key] += 1
        return True

    def send_parts(
        self, exchange: Exchange, client: Client, head: bytes, result: Result, ended: Callable[[], object]
    ) -> None:
        """Sends a long answer, for which `take_download` took a place, as fast as the client takes it."""
        is_chunked = not value(result.headers, "content-length")
        task = self._loop.create_task(self._send_parts(exchange, client, head, result, is_chunked, ended))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send_parts(
        self,
        exchange: Exchange,
        client: Client,
        head: bytes,
        result: Result,
        is_chunked: bool,
        ended: Callable[[], object],
    ) -> None:
        is_whole = False
        try:
            exchange.begin(head, is_chunked=is_chunked)
            while not exchange.is_gone:
                part = await self._loop.run_in_executor(self._threads, next, result.parts, None)
                if part is None:
                    is_whole = True
                    break
                await exchange.write(part)
        finally:
            self._downloads[client.key] -= 1
            if not self._downloads[client.key]:
                del self._downloads[client.key]
            self._loop.run_in_executor(self._threads, result.close)
            exchange.finish(is_whole=is_whole)
            ended()


def environ_of(request: Request) -> WSGIEnvironment:
    """Returns the environment of a request (PEP 3333): text that stands for bytes, as Latin-1."""
    path, _, query = request.target.partition(b"?")
    if not path.startswith(b"/"):
        # A target with a host in it (RFC 9112, section 3.2.2).
        path = b"/" + path.partition(b"://")[2].partition(b"/")[2]
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
        if name in _NEVER or b"_" in name:
            continue
        key = _NAMES.get(name) or f"HTTP_{name.decode('latin-1').upper().replace('-', '_')}"
        environ[key] = text.decode("latin-1")
    return environ
