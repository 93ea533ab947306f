"""What keeps clients that send or read slowly from taking all threads.

The server gives every request a thread, and a thread that waits for a client waits as long as the client likes. So only
so many bodies and long answers are on their way at the same time, in all and for one client; whoever comes on top of
them hears that the service is busy. All else never waits for a client. A proxy in front that takes bodies and answers
in, as that of `deploy/` does, sees to the rest.
"""

from __future__ import annotations

import io
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from kennis_ld.web import guard, problems
from kennis_ld.web.forms import PROBLEM, content_type
from kennis_ld.web.front import current_client
from kennis_ld.web.problems import Problem
from kennis_ld.web.site import SITE
from kennis_ld.web.wsgi import Call, closed

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

BODIES, BODIES_OF_ONE = 64, 16
DOWNLOADS, DOWNLOADS_OF_ONE = 48, 8
_WAIT = 0.5
"""Seconds to wait for a place: a body that is there already takes but a moment."""

_AGAIN = 2
_LATER = 5
_PIECE = 64 * 1024


class Places:
    """So many may do something at the same time, and of one client so many."""

    def __init__(self, most: int, most_of_one: int) -> None:
        self._most = most
        self._most_of_one = most_of_one
        self._taken: Counter[str] = Counter()
        self._changed = threading.Condition()

    def take(self, client: str, *, wait: float = 0.0) -> bool:
        """Takes a place for a client; False where there is none after so many seconds."""
        with self._changed:
            if not self._changed.wait_for(partial(self._has_place, client), wait):
                return False
            self._taken[client] += 1
            return True

    def give_back(self, client: str) -> None:
        """Gives a place back."""
        with self._changed:
            self._taken[client] -= 1
            if not self._taken[client]:
                del self._taken[client]
            self._changed.notify_all()

    def _has_place(self, client: str) -> bool:
        return self._taken.total() < self._most and self._taken[client] < self._most_of_one


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class Bodies:
    """Reads the bodies of requests."""

    def __init__(self, most_bytes: int) -> None:
        """Makes a reader; what stands behind `most_bytes` is never needed."""
        self._most_bytes = most_bytes
        self._places = Places(BODIES, BODIES_OF_ONE)

    def read(self, source: _Readable, client: str, length: str) -> bytes:
        """Returns a body, or as much of it as shows that it is too long.

        Args:
            source: where it comes in.
            client: who sends it.
            length: what its header says of its length; empty where it says nothing.

        Raises:
            Problem: it was cut off, or there are too many that come in slowly.
        """
        if not self._places.take(client, wait=_WAIT):
            raise Problem("service-busy", headers={"Retry-After": str(_AGAIN)}, retryAfter=_AGAIN)
        try:
            parts: list[bytes] = []
            left = self._most_bytes + 1
            while left > 0 and (part := source.read(left)):
                parts.append(part)
                left -= len(part)
            if left > 0 and length.isdecimal() and sum(map(len, parts)) < int(length):
                # Half a query is another query.
                raise Problem("invalid-request")
            return b"".join(parts)
        finally:
            self._places.give_back(client)


class LazyBody:
    """The body of a request, read when it is needed."""

    def __init__(self, read: Callable[[], bytes]) -> None:
        self._read = read
        self._file: io.BytesIO | None = None

    def __getattr__(self, name: str) -> Any:
        if self._file is None:
            self._file = io.BytesIO(self._read())
        return getattr(self._file, name)


class Patience:
    """A WSGI application around another; it stands behind `kennis_ld.web.front`, which says who asks."""

    def __init__(self, inner: WSGIApplication, *, most_body: int) -> None:
        self._inner = inner
        self._bodies = Bodies(most_body)
        self._downloads = Places(DOWNLOADS, DOWNLOADS_OF_ONE)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers a request."""
        client = current_client().key
        environ["wsgi.input"] = LazyBody(
            partial(self._bodies.read, environ["wsgi.input"], client, environ.get("CONTENT_LENGTH", ""))
        )
        call = Call()
        parts = self._inner(environ, call)
        if environ["REQUEST_METHOD"] == "HEAD" or not call.is_long:
            start_response(call.status, call.headers)
            return parts
        if self._downloads.take(client):
            start_response(call.status, call.headers)
            return _Long(parts, partial(self._downloads.give_back, client))
        closed(parts)
        problem = Problem("service-busy", headers={"Retry-After": str(_LATER)}, retryAfter=_LATER)
        body = problems.as_json(problem, environ[SITE].iris.base).encode()
        start_response(
            "503 SERVICE UNAVAILABLE",
            [
                *guard.HEADERS.items(),
                *problem.headers.items(),
                ("Content-Type", content_type(PROBLEM)),
                ("Content-Length", str(len(body))),
                ("Cache-Control", "no-store"),
            ],
        )
        return [body]


class _Long:
    """A long answer in small pieces, so that what is not sent yet is not in the memory of the server twice."""

    def __init__(self, parts: Iterable[bytes], end: Callable[[], None]) -> None:
        self._parts = parts
        self._end: Callable[[], None] | None = end

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            yield from (part[at : at + _PIECE] for at in range(0, len(part), _PIECE))

    def close(self) -> None:
        """Ends the answer, also where the client went away."""
        end, self._end = self._end, None
        if end is not None:
            end()
            closed(self._parts)
