"""From the event loop to the application and back: ASGI on one side, WSGI (PEP 3333) in threads on the other.

No thread ever waits for a client. The body of a request is complete before a thread begins, and a part of a long answer
is made when the client has taken the part before. When the client leaves, what was begun for it is stopped.
"""

from __future__ import annotations

import asyncio
import io
import sys
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from kennis_ld.web.departure import Departure
from kennis_ld.web.fair import ASKED
from kennis_ld.web.front import DEPARTURE
from kennis_ld.web.wsgi import Call, closed

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment
    from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, HTTPScope, Scope

THREADS = 128
"""More than there are queries at once, so that a page always finds a thread."""

KNOWN = "kennis_ld"
"""Where, in the scope of a request, stands what goes into its environment as it is."""

_NAMES = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}
_NEVER = {b"transfer-encoding", b"content-length", b"expect", b"proxy"}
"""Headers about what has been dealt with, and one that programs take for a setting of theirs."""


class Bridge:
    """An ASGI application that runs a WSGI application in threads."""

    def __init__(self, application: WSGIApplication, *, most_body: int) -> None:
        """Makes an application.

        Args:
            application: what runs.
            most_body: bytes of a body that it needs; where there is more, it gets one byte more.

        Raises:
            RuntimeError: the system lets this process have too few threads.
        """
        self._application = application
        self._most_body = most_body
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="application")
        # All of them now: where there is no room for one more, that must not be found out by a visitor.
        all_are_there = threading.Barrier(THREADS + 1)
        for _ in range(THREADS):
            self._threads.submit(all_are_there.wait)
        all_are_there.wait()

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        """Answers a request."""
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        known = cast("dict[str, Any]", scope.get(KNOWN, {}))
        # What was begun must also be ended for who has left, so that comes to the application all the same.
        body, is_whole = (b"", True) if known else await self._body(scope, receive)
        if body is None:
            return
        departure = Departure()
        environ = _environ(scope, body) | known | {DEPARTURE: departure}
        watch = asyncio.create_task(_watch(receive, departure)) if is_whole else None
        try:
            call, parts = await self._run(self._called, environ)
            headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in call.headers]
            if not is_whole:
                # What follows on this connection is the rest of the body.
                headers.append((b"connection", b"close"))
            await send({"type": "http.response.start", "status": call.code, "headers": headers})
            if isinstance(parts, list):
                await send({"type": "http.response.body", "body": b"".join(parts), "more_body": False})
            else:
                await self._send_parts(parts, send, departure)
        finally:
            if watch is not None:
                watch.cancel()
            if ASKED in known:
                known[ASKED].close()

    async def _run(self, call: Any, *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(call, *arguments))

    def _called(self, environ: WSGIEnvironment) -> tuple[Call, Iterable[bytes]]:
        call = Call()
        return call, self._application(environ, call)

    async def _send_parts(self, parts: Iterable[bytes], send: ASGISendCallable, departure: Departure) -> None:
        iterator = iter(parts)
        try:
            while not departure.has_happened and (part := await self._run(next, iterator, None)) is not None:
                await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            await self._run(closed, parts)

    async def _body(self, scope: HTTPScope, receive: ASGIReceiveCallable) -> tuple[bytes | None, bool]:
        """Returns the body, as far as it is needed, and whether that is all; None where the client has left."""
        announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if int(announced) > self._most_body:
            return bytes(self._most_body + 1), False
        parts = bytearray()
        while len(parts) <= self._most_body:
            message = await receive()
            if message["type"] != "http.request":
                return None, False
            parts += message.get("body", b"")
            if not message.get("more_body", False):
                return bytes(parts), True
        return bytes(parts[: self._most_body + 1]), False


async def _watch(receive: ASGIReceiveCallable, departure: Departure) -> None:
    """Waits until the client leaves, or has its answer."""
    with suppress(asyncio.CancelledError):
        while (await receive())["type"] != "http.disconnect":
            pass
        departure.happens()


def _environ(scope: HTTPScope, body: bytes) -> WSGIEnvironment:
    """Returns the environment of a request (PEP 3333): text that stands for bytes, as Latin-1."""
    server = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "CONTENT_LENGTH": str(len(body)) if body else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        # Where names with a line below and with a dash become the same, one could be sent for the other.
        if name in _NEVER or b"_" in name:
            continue
        key = _NAMES.get(name) or f"HTTP_{name.decode('latin-1').upper().replace('-', '_')}"
        text = value.decode("latin-1")
        environ[key] = f"{environ[key]},{text}" if key in environ else text
    return environ
