"""Sends text compressed to who accepts that (RFC 9110, sections 8.4 and 12.5.3).

The compressed form of an answer has a tag of its own, for other bytes need another tag (section 8.8.3).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from kennis_ld.web.wsgi import LONG, Call, Headers, closed, value

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LEAST = 1024
"""Bytes of a body; below that compressing saves nothing."""

_GZIP = 16 + zlib.MAX_WBITS
_MARK = "-gzip"
_TYPES = re.compile(r"text/|image/svg\+xml|application/(?:[\w.-]+\+)?(?:json|xml|n-triples|n-quads|javascript)\b")
_CODING = re.compile(r"\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*(?:;\s*[qQ]=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*)?")


@lru_cache(maxsize=256)
def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header lets gzip through; parts that are no coding with a weight are passed over.

    >>> accepts_gzip("br, gzip;q=0.5"), accepts_gzip("gzip;q=0, *"), accepts_gzip("")
    (True, False, False)
    """
    weights = {
        found[1].lower(): float(found[2] or 1) for part in header.split(",") if (found := _CODING.fullmatch(part))
    }
    return next((weights[name] > 0 for name in ("gzip", "x-gzip", "*") if name in weights), False)


def compressed(parts: Iterable[bytes], headers: Headers) -> tuple[bytes, Headers]:
    """Returns a body compressed as a whole, and the headers that go with it.

    Args:
        parts: the text.
        headers: those of the text.
    """
    packed = b"".join(_packed(parts))
    return packed, [*_announced(headers), ("Content-Length", str(len(packed)))]


class Compressed:
    """A WSGI application around another."""

    def __init__(self, inner: WSGIApplication) -> None:
        self._inner = inner

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers a request."""
        tags = environ.get("HTTP_IF_NONE_MATCH")
        if tags:
            environ["HTTP_IF_NONE_MATCH"] = tags.replace(f'{_MARK}"', '"')
        call = Call()
        parts = self._inner(environ, call)
        headers = call.headers
        if call.code == HTTPStatus.NOT_MODIFIED and tags:
            # A 304 says of its answer what a 200 would (RFC 9110, section 15.4.5).
            headers = _varied(_confirmed(headers, tags))
        elif call.code == HTTPStatus.OK and _is_text(headers):
            headers = _varied(headers)
            length = int(value(headers, "content-length") or 0)
            if (
                length >= LEAST
                and not environ.get("HTTP_RANGE")
                and accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
            ):
                if environ["REQUEST_METHOD"] == "HEAD":
                    headers = _announced(headers)
                elif length <= LONG:
                    body, headers = compressed(parts, headers)
                    parts = [body]
                else:
                    parts, headers = _packed(parts), _announced(headers)
        start_response(call.status, headers)
        return parts


def _is_text(headers: Headers) -> bool:
    """Whether an answer is of a kind that is worth compressing, and is not compressed yet."""
    return _TYPES.match(value(headers, "content-type")) is not None and not value(headers, "content-encoding")


def _varied(headers: Headers) -> Headers:
    """Returns the headers of an answer that has two forms: they say so to caches."""
    return _replaced(headers, "Vary", ", ".join(filter(None, (value(headers, "vary"), "Accept-Encoding"))))


def _announced(headers: Headers) -> Headers:
    """Returns the headers of the compressed answer without its length, which is not known yet."""
    tag = value(headers, "etag")
    if tag:
        headers = _replaced(headers, "ETag", _marked(tag))
    gone = {"content-length", "accept-ranges"}
    return [*((name, each) for name, each in headers if name.lower() not in gone), ("Content-Encoding", "gzip")]


def _packed(parts: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(wbits=_GZIP)
    try:
        for part in parts:
            if packed := packer.compress(part):
                yield packed
        yield packer.flush()
    finally:
        closed(parts)


def _confirmed(headers: Headers, tags: str) -> Headers:
    """Returns the headers of a 304 with the tag by which the client has the answer."""
    tag = value(headers, "etag")
    return _replaced(headers, "ETag", _marked(tag)) if tag and _marked(tag) in tags else headers


def _marked(tag: str) -> str:
    return f'{tag[:-1]}{_MARK}"'


def _replaced(headers: Headers, name: str, new: str) -> Headers:
    return [*((each, old) for each, old in headers if each.lower() != name.lower()), (name, new)]
