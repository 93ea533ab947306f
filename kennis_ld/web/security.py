"""What holds for every request and every response: hosts, lengths, security headers, CORS.

`check` and the replies are pure, for whoever answers without Flask; `register` makes the same hold for the routes of
the application.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask.globals import request_ctx

from kennis_ld.web.negotiation import ACCEPTED, MOST_HEADER_BYTES, PROBLEM, content_type
from kennis_ld.web.problems import Problem, as_json
from kennis_ld.web.site import Site, current_site

MOST_ADDRESS_BYTES = 8 * 1024
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(?::[0-9]{1,5})?")
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")

RELEASE = "Kennis-Release"
"""Header that names the release an answer was made from."""

HEADERS: Mapping[str, str] = {
    # No inline script or style anywhere; safety facts, section 3.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    # Open data: any page may fetch it. There are no cookies, so there is nothing to protect.
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Accept-Query, Content-Location, Content-Range, ETag, Kennis-Release, Link, Location, Retry-After"
    ),
}
"""What every response carries, next to RELEASE."""


def reply(status: int, headers: Mapping[str, str], body: bytes = b"", *, release: str) -> Response:
    """Returns a response with what every one carries."""
    return Response(body, status, [*headers.items(), *HEADERS.items(), (RELEASE, release)])


def refused(problem: Problem, *, base: str, release: str, media_type: str = PROBLEM) -> Response:
    """Returns the response to a problem, for a machine."""
    headers = {
        "Content-Type": content_type(media_type),
        "Content-Language": "en",
        "Cache-Control": "no-store",
        "Vary": "Accept",
        **problem.headers,
    }
    return reply(problem.status, headers, as_json(problem, base).encode(), release=release)


def check(site: Site, *, host: str, path: str | bytes, query: str | bytes, accept: str | None) -> None:
    """Lets a request through, or not.

    Raises:
        Problem: it is for another host, or its address or its Accept header is far too long.
    """
    if not _is_known(host, site.iris.base, site.settings.trusted_hosts):
        raise Problem("unknown-host")
    if len(path) + len(query) > MOST_ADDRESS_BYTES:
        raise Problem("address-too-long", limit=MOST_ADDRESS_BYTES, unit="bytes")
    if accept is not None and len(accept) > MOST_HEADER_BYTES:
        raise Problem("header-too-long", limit=MOST_HEADER_BYTES, unit="bytes")


@lru_cache(maxsize=256)
def _is_known(host: str, base: str, trusted: tuple[str, ...]) -> bool:
    found = _HOST.fullmatch(host)
    names = {urlsplit(base).hostname or "", *_LOOPBACK, *(name.lower() for name in trusted)}
    return found is not None and found[1].lower() in names


def register(app: Flask) -> None:
    """Makes all this hold for every route of the application."""
    app.before_request(_before)
    app.after_request(_after)


def _before() -> Response | None:
    environ = request.environ
    host, path, query = (environ.get(name, "") for name in ("HTTP_HOST", "PATH_INFO", "QUERY_STRING"))
    check(current_site(), host=host, path=path, query=query, accept=environ.get("HTTP_ACCEPT"))
    wanted = request.range
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1:
        # Another unit has to be ignored, and what is malformed or asks for several parts may be (RFC 9110, 14.2).
        environ.pop("HTTP_RANGE", None)
    return _preflight() if request.method == "OPTIONS" else None


def _preflight() -> Response | None:
    """Answers OPTIONS for every address that has a route for another method (Fetch standard, CORS preflight)."""
    adapter = request_ctx.url_adapter
    methods = set(adapter.allowed_methods()) if adapter is not None else set()
    if not methods:
        return None
    allowed = ", ".join(sorted(methods | {"OPTIONS"}))
    headers = {
        "Allow": allowed,
        "Access-Control-Allow-Methods": allowed,
        # Nothing is hidden behind a header here, and libraries send many (User-Agent among them).
        "Access-Control-Allow-Headers": "*",
        "Access-Control-Max-Age": "86400",
    }
    if "QUERY" in methods:
        headers["Accept-Query"] = ACCEPTED
    return Response(status=204, headers=headers)


def _after(response: Response) -> Response:
    response.headers.update(HEADERS)
    if request.endpoint == "reconcile.preview":
        # Made to be shown within the page of a client (Reconciliation API 0.2, section 6); there is nothing to click.
        framed = HEADERS["Content-Security-Policy"].replace("frame-ancestors 'none'", "frame-ancestors *")
        response.headers["Content-Security-Policy"] = framed
    response.headers[RELEASE] = current_site().release.digest
    if 300 <= response.status_code < 400 or response.status_code == 204:
        # Nothing is sent, so it has no type.
        response.headers.pop("Content-Type", None)
    return response
