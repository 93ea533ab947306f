"""What holds for every request and every response: hosts, lengths, security headers, CORS.

Before a route runs, a request for another host or with a far too long address or header is refused. After it, every
response of every class gets the same headers.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask.globals import request_ctx

from kennis_ld.web.negotiation import MOST_HEADER_BYTES
from kennis_ld.web.problems import Problem
from kennis_ld.web.site import Site, current_site

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

MOST_ADDRESS_BYTES = 8 * 1024
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(?::[0-9]{1,5})?")
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")

HEADERS = {
    # No inline script or style anywhere; safety facts, section 3.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    # Open data: any page may fetch it. There are no cookies, so there is nothing to protect.
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Location, ETag, Kennis-Release, Link, Location, Retry-After",
}


def register(app: Flask) -> None:
    """Makes the guard stand before and after every route of the application."""
    app.before_request(_before)
    app.after_request(_after)


def check(site: Site, environ: WSGIEnvironment) -> None:
    """Lets a request through, or not.

    Raises:
        Problem: it is for another host, or its address or its Accept header is far too long.
    """
    if not _is_known(environ.get("HTTP_HOST", ""), site.iris.base, site.settings.trusted_hosts):
        raise Problem("unknown-host")
    length = len(environ.get("PATH_INFO", "")) + len(environ.get("QUERY_STRING", ""))
    if length > MOST_ADDRESS_BYTES:
        raise Problem("address-too-long", limit=MOST_ADDRESS_BYTES, unit="bytes")
    if len(environ.get("HTTP_ACCEPT", "")) > MOST_HEADER_BYTES:
        raise Problem("header-too-long", limit=MOST_HEADER_BYTES, unit="bytes")


@lru_cache(maxsize=256)
def _is_known(host: str, base: str, trusted: tuple[str, ...]) -> bool:
    found = _HOST.fullmatch(host)
    names = {urlsplit(base).hostname or "", *_LOOPBACK, *(name.lower() for name in trusted)}
    return found is not None and found[1].lower() in names


def _before() -> Response | None:
    check(current_site(), request.environ)
    if request.method == "OPTIONS":
        return _preflight()
    return None


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
        "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match, Range",
        "Access-Control-Max-Age": "86400",
    }
    return Response(status=204, headers=headers)


def _after(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    if 300 <= response.status_code < 400 or response.status_code == 204:
        # Nothing is sent, so it has no type.
        response.headers.pop("Content-Type", None)
    return response
