"""Sends text compressed to who accepts that (RFC 9110, sections 8.4 and 12.5.3).

The compressed form of an answer has a tag of its own, for other bytes need another tag (section 8.8.3).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

Headers = list[tuple[str, str]]

LEAST = 1024  # bytes of a body; below that compressing saves nothing
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


def value(headers: Headers, name: str) -> str:
    """Returns the value of a header whose name is given in lower case; empty where there is none."""
    return next((each for known, each in headers if known.lower() == name), "")


def is_text(headers: Headers) -> bool:
    """Whether an answer is of a kind that is worth compressing, and is not compressed yet."""
    return _TYPES.match(value(headers, "content-type")) is not None and not value(headers, "content-encoding")


def agreed(status: int, headers: Headers, *, takes_gzip: bool, tags: str) -> tuple[Headers, bool]:
    """Returns the headers of an answer that may have two forms, and whether it goes out compressed.

    `tags` is If-None-Match, as the client sent it.
    """
    tag = value(headers, "etag")
    if status == 200 and is_text(headers):
        return varied(headers), takes_gzip and int(value(headers, "content-length") or LEAST) >= LEAST
    if status == 304 and tag and marked(tag) in tags:
        # A 304 says of its answer what a 200 would (RFC 9110, section 15.4.5).
        return varied([*_without(headers, "etag"), ("ETag", marked(tag))]), False
    return headers, False


def compressed(body: bytes) -> bytes:
    """Returns a body in gzip."""
    packer = zlib.compressobj(wbits=_GZIP)
    return packer.compress(body) + packer.flush()


def compressed_parts(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yields the parts of a body in gzip."""
    packer = zlib.compressobj(wbits=_GZIP)
    for part in parts:
        if packed := packer.compress(part):
            yield packed
    yield packer.flush()


def with_coding(headers: Headers, length: int | None) -> Headers:
    """Returns the headers of an answer in gzip, by those of it as it is; its length is None where it is not known."""
    tag = value(headers, "etag")
    found = [*_without(headers, "content-length", "accept-ranges", "etag"), ("Content-Encoding", "gzip")]
    found += [("ETag", marked(tag))] if tag else []
    return found + ([("Content-Length", str(length))] if length is not None else [])


def varied(headers: Headers) -> Headers:
    """Returns the headers of an answer that has two forms: they say so to caches."""
    vary = ", ".join(filter(None, (value(headers, "vary"), "Accept-Encoding")))
    return [*_without(headers, "vary"), ("Vary", vary)]


def _without(headers: Headers, *names: str) -> Headers:
    return [each for each in headers if each[0].lower() not in names]


def marked(tag: str) -> str:
    """Returns the tag of the form in gzip."""
    return f'{tag[:-1]}{_MARK}"'


def unmarked(tags: str) -> str:
    """Returns If-None-Match with the tags of the forms as they are."""
    return tags.replace(f'{_MARK}"', '"')
