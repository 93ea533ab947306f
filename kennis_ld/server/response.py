"""A response as it is sent: its head, its form in gzip (RFC 9110, sections 8.4 and 12.5.3), and the cache of responses.

The answer to the same request is the same as long as the release is, so it can be sent again. The tag of the form in
gzip is weak, for it says the same as the plain form in other bytes (section 8.8.1).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus

from werkzeug import datastructures, wrappers
from werkzeug.http import parse_accept_header

Headers = datastructures.Headers
WerkzeugResponse = wrappers.Response

LEAST = 1024  # bytes of a body; below that compressing saves nothing
_GZIP = 16 + zlib.MAX_WBITS
_TYPES = re.compile(r"text/|image/svg\+xml|application/(?:[\w.-]+\+)?(?:json|xml|n-triples|n-quads|javascript)\b")
_STATUS_LINES = {each.value: f"HTTP/1.1 {each.value} {each.phrase}\r\n" for each in HTTPStatus}
_OF_A_BODY = {b"content-type", b"content-length", b"content-encoding"}


@dataclass(frozen=True, slots=True)
class Response:
    """A response as it is sent."""

    status: int
    head: bytes  # status line and headers
    body: bytes
    tag: str  # its ETag; empty where it has none
    route: str  # which kind of route answered, for the counts

    @classmethod
    def of(cls, status: int, headers: Headers, body: bytes, route: str) -> Response:
        """Returns a response with these headers, Content-Length among them where there is a body."""
        return cls(status, head_of(status, headers), body, headers.get("ETag", ""), route)

    @property
    def unchanged(self) -> bytes:
        """Head of a 304 in its place, which says nothing of a body (RFC 9110, section 15.4.5)."""
        _, *lines, _ = self.head.split(b"\r\n")
        known = (line for line in lines if line.partition(b":")[0].lower() not in _OF_A_BODY)
        return b"\r\n".join([b"HTTP/1.1 304 Not Modified", *known, b""])

    def is_known_by(self, tags: str | None) -> bool:
        """Whether a client has the response already, by its If-None-Match."""
        return bool(tags and self.tag) and is_among(self.tag, tags or "")


def head_of(status: int, headers: Headers) -> bytes:
    """Returns status line and headers, each with its end."""
    return "".join([_STATUS_LINES[status], *map("%s: %s\r\n".__mod__, headers)]).encode("latin-1")


def is_among(tag: str, tags: str) -> bool:
    """Whether a tag of ours is in an If-None-Match; a weak one will do (RFC 9110, section 13.1.2)."""
    # Ours have no comma in them.
    return tag.removeprefix("W/") in (each.strip().removeprefix("W/") for each in tags.split(","))


@lru_cache(maxsize=256)
def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header lets gzip through.

    >>> accepts_gzip("br, gzip;q=0.5"), accepts_gzip("gzip;q=0, *"), accepts_gzip("")
    (True, False, False)
    """
    return parse_accept_header(header.lower().replace("x-gzip", "gzip"))["gzip"] > 0


def agree(status: int, headers: Headers, *, takes_gzip: bool, tags: str) -> bool:
    """Says in the headers of an answer that it may have two forms; returns whether it goes out compressed.

    `tags` is If-None-Match, as the client sent it.
    """
    if status == 200 and _TYPES.match(headers.get("Content-Type", "")) and "Content-Encoding" not in headers:
        vary(headers)
        return takes_gzip and headers.get("Content-Length", LEAST, type=int) >= LEAST
    if status == 304 and (tag := headers.get("ETag")):
        # A 304 says of its answer what a 200 would (RFC 9110, section 15.4.5).
        vary(headers)
        headers["ETag"] = f"W/{tag}" if f"W/{tag}" in tags else tag
    return False


def compressed(body: bytes) -> bytes:
    """Returns a body in gzip."""
    return b"".join(compressed_parts([body]))


def compressed_parts(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yields the parts of a body in gzip."""
    packer = zlib.compressobj(wbits=_GZIP)
    for part in parts:
        if packed := packer.compress(part):
            yield packed
    yield packer.flush()


def pack(headers: Headers) -> None:
    """Makes the headers of an answer those of it in gzip, but for its length."""
    headers.remove("Content-Length")
    headers.remove("Accept-Ranges")
    headers["Content-Encoding"] = "gzip"
    if tag := headers.get("ETag"):
        headers["ETag"] = f"W/{tag}"


def vary(headers: Headers) -> None:
    """Says in the headers of an answer that has two forms that it has, for caches."""
    headers["Vary"] = ", ".join(filter(None, (headers.get("Vary"), "Accept-Encoding")))
