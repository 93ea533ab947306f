"""What keeps clients that read slowly from taking all memory and all files.

A long answer is there as long as its client likes. So only so many are on their way at the same time, in all and for
one client; whoever comes on top of them hears that the service is busy.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from kennis_ld.web import guard, problems
from kennis_ld.web.forms import PROBLEM, content_type
from kennis_ld.web.front import current_client
from kennis_ld.web.problems import Problem
from kennis_ld.web.site import SITE
from kennis_ld.web.wsgi import Call, closed

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

DOWNLOADS, DOWNLOADS_OF_ONE = 48, 8
_LATER = 5
_PIECE = 64 * 1024


class Places:
    """So many may do something at the same time, and of one client so many."""

    def __init__(self, most: int, most_of_one: int) -> None:
        self._most = most
        self._most_of_one = most_of_one
        self._taken: Counter[str] = Counter()
        self._lock = threading.Lock()

    def take(self, client: str) -> bool:
        """Takes a place for a client; False where there is none."""
        with self._lock:
            if self._taken.total() >= self._most or self._taken[client] >= self._most_of_one:
                return False
            self._taken[client] += 1
            return True

    def give_back(self, client: str) -> None:
        """Gives a place back."""
        with self._lock:
            self._taken[client] -= 1
            if not self._taken[client]:
                del self._taken[client]


class Patience:
    """A WSGI application around another; it stands behind `kennis_ld.web.front`, which says who asks."""

    def __init__(self, inner: WSGIApplication) -> None:
        self._inner = inner
        self._downloads = Places(DOWNLOADS, DOWNLOADS_OF_ONE)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers a request."""
        client = current_client().key
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
