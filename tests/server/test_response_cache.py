"""What is kept, how much of it, and what is said to who knows it."""

from __future__ import annotations

import pytest

from kennis_ld.server.response import Headers, Response
from kennis_ld.web.site import Cache


def response(length: int = 1000, tag: str = '"a"') -> Response:
    headers = [("Content-Type", "text/plain"), ("ETag", tag), ("Vary", "Accept"), ("Content-Length", str(length))]
    return Response.of(200, Headers(headers), b"x" * length, "pages")


def test_the_least_recently_used_go_first() -> None:
    """Where there is no more room, what was asked for last stays, and the bound holds whatever comes."""
    cache = Cache[Response](100_000)
    for number in range(1000):
        cache.put(number, response(), size=1100)
        cache.get(0)
    assert cache.get(0) is not None
    assert cache.get(999) is not None
    assert cache.get(1) is None
    assert cache._size <= 100_000
    assert cache._size == sum(size for _, size in cache._kept.values())


def test_what_is_larger_than_all_room_is_not_kept() -> None:
    """A response that does not fit at all leaves an empty cache, not an endless loop."""
    cache = Cache[Response](10_000)
    cache.put("large", response(20_000), size=20_010)
    assert cache.get("large") is None


def test_what_is_kept_stays_as_it_is() -> None:
    """The first response of a request is kept, for all of the same request are the same."""
    cache = Cache[Response]()
    first = response()
    cache.put("a", first, size=1000)
    cache.put("a", response(5), size=5)
    assert first is cache.get("a")


@pytest.mark.parametrize(
    ("tags", "known"),
    [('"a"', True), ('W/"a"', True), ('"b", "a"', True), ('"b"', False), ("", False), (None, False), ('"a', False)],
)
def test_who_knows_it(tags: str | None, known: bool) -> None:
    """A tag in If-None-Match counts, also a weak one, and one among others (RFC 9110, section 13.1.2)."""
    assert known == response().is_known_by(tags)


def test_a_304_says_nothing_of_a_body() -> None:
    """It has the tag and Vary, and neither type nor length (RFC 9110, section 15.4.5)."""
    assert b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\nVary: Accept\r\n' == response().unchanged
