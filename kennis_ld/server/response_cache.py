"""Keeps whole responses, to be sent again: the answer to the same request is the same as long as the release is."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from http import HTTPStatus

from kennis_ld.server.compression import Headers, value
from kennis_ld.web.site import Cache

MOST_RECENT = 16_384
_ENTRY = 4096  # what an entry takes next to its body and its key: the headers, and the objects
_STATUS_LINES = {each.value: f"HTTP/1.1 {each.value} {each.phrase}\r\n" for each in HTTPStatus}
_OF_A_BODY = {"content-type", "content-length", "content-encoding"}


@dataclass(frozen=True, slots=True)
class Response:
    """A response as it is sent."""

    status: int
    head: bytes  # status line and headers
    body: bytes
    tag: str  # its ETag; empty where it has none
    headers: Headers
    route: str  # which kind of route answered, for the counts

    @classmethod
    def of(cls, status: int, headers: Headers, body: bytes, route: str) -> Response:
        """Returns a response with these headers, Content-Length among them where there is a body."""
        return cls(status, head_of(status, headers), body, value(headers, "etag"), headers, route)

    @property
    def unchanged(self) -> bytes:
        """Head of a 304 in its place, which says nothing of a body (RFC 9110, section 15.4.5)."""
        return head_of(304, [each for each in self.headers if each[0].lower() not in _OF_A_BODY])

    def is_known_by(self, tags: str | None) -> bool:
        """Whether a client has the response already, by its If-None-Match."""
        # Ours have no comma in them. A weak one will do (RFC 9110, section 13.1.2).
        if not tags or not self.tag:
            return False
        return self.tag in (each.strip().removeprefix("W/") for each in tags.split(","))


def head_of(status: int, headers: Headers) -> bytes:
    """Returns status line and headers, each with its end."""
    return "".join([_STATUS_LINES[status], *map("%s: %s\r\n".__mod__, headers)]).encode("latin-1")


class ResponseCache(Cache[Response]):
    """Responses by the request."""

    def keep(self, key: Hashable, response: Response, *, length: int) -> None:
        """Keeps a response under a key of so many bytes."""
        self.put(key, response, size=len(response.body) + length + _ENTRY)


class Recent:
    """Remembers which things it has met lately, and nothing else of them: most queries are asked once."""

    def __init__(self, most: int = MOST_RECENT) -> None:
        """Remembers at least so many things, and at most twice as many."""
        self._most = most
        self._now: set[int] = set()
        self._before: set[int] = set()

    def meet(self, thing: Hashable) -> bool:
        """Returns whether it has met a thing before; two things may be taken for one, if very rarely."""
        mark = hash(thing)
        if mark in self._now or mark in self._before:
            return True
        self._now.add(mark)
        if len(self._now) >= self._most:
            self._before, self._now = self._now, set()
        return False
