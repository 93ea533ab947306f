"""What stands in front of the application: takes the site that answers, sends again what was sent before, and counts.

The answer to the same request is the same as long as the release is. So a small answer is kept whole, with its headers,
and the next one who asks gets it without the application running. It is kept under all of the request that an answer
may depend on; a request with anything more to it (a body, a range) goes to the application.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from kennis_ld.web.clients import Client, client
from kennis_ld.web.compression import accepts_gzip
from kennis_ld.web.counters import Counters
from kennis_ld.web.journal import Journal
from kennis_ld.web.site import SITE, Settings, Site, Sites
from kennis_ld.web.wsgi import Call, Headers, closed, value

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

RELEASE = "Kennis-Release"
"""Header that names the release an answer was made from."""

ROUTE = "kennis_ld.route"
"""Where the application leaves, in the environment of a request, which kind of route answered it."""

FIXED = "kennis_ld.fixed"
"""In the environment of a request, where it is known: whether release and request fix the answer."""

_CLIENT = "kennis_ld.client"
_ENTRY = 4096
"""What an entry takes next to its body and the address: the headers, and the request but for that."""

_MORE = ("HTTP_RANGE", "HTTP_IF_MATCH", "HTTP_TRANSFER_ENCODING", "CONTENT_LENGTH")
_KEPT_STATUS = {HTTPStatus.OK, HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.SEE_OTHER}
_METHODS = {"GET", "HEAD", "POST", "OPTIONS"}
_OF_A_BODY = {"Content-Type", "Content-Length", "Content-Encoding"}
_VOLATILE = ("RAND", "NOW", "UUID", "BNODE")
"""Functions of SPARQL whose value is another one each time; also where the word stands for something else."""

_client_of_now: ContextVar[Client] = ContextVar("client")


def current_client() -> Client:
    """Returns the client whose request is being answered."""
    return _client_of_now.get()


@dataclass(frozen=True, slots=True)
class _Kept:
    status: str
    code: int
    headers: Headers
    body: bytes
    tag: str
    unchanged: Headers
    route: str


class Front:
    """A WSGI application around another."""

    def __init__(
        self,
        inner: WSGIApplication,
        sites: Sites,
        settings: Settings,
        counters: Counters,
    ) -> None:
        self._inner = inner
        self._sites = sites
        self._proxies = settings.trusted_proxies
        self._counters = counters
        self._journal = Journal() if settings.logs_requests else None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers a request."""
        start = time.perf_counter()
        site = self._sites.take()
        environ[SITE] = site
        try:
            key = _key(environ)
            kept = None if key is None else site.answers.get(key)
            if kept is not None:
                code, body = _send_again(kept, environ, start_response)
                self._end(environ, site, kept.route, code, start)
                return body
            who = environ[_CLIENT] = self._client(environ)
            _client_of_now.set(who)
            call = Call()
            parts = self._inner(environ, call)
        except BaseException:
            self._end(environ, site, "none", HTTPStatus.INTERNAL_SERVER_ERROR, start)
            raise
        call.headers.append((RELEASE, site.release.digest))
        route = environ.get(ROUTE, "none")
        if environ["REQUEST_METHOD"] != "HEAD" and call.is_long:
            start_response(call.status, call.headers)
            return _Rest(parts, lambda: self._end(environ, site, route, call.code, start))
        body = _whole(parts)
        if key is not None and _can_be_kept(call, environ):
            site.answers.put(
                key, _kept(call, body[0], route), size=len(body[0]) + len(environ.get("QUERY_STRING", "")) + _ENTRY
            )
        start_response(call.status, call.headers)
        self._end(environ, site, route, call.code, start)
        return body

    def _client(self, environ: WSGIEnvironment) -> Client:
        return client(environ.get("REMOTE_ADDR", ""), environ.get("HTTP_X_FORWARDED_FOR"), self._proxies)

    def _end(self, environ: WSGIEnvironment, site: Site, route: str, code: int, start: float) -> None:
        self._sites.give_back(site)
        method = environ["REQUEST_METHOD"]
        method = method if method in _METHODS else "-"
        seconds = time.perf_counter() - start
        self._counters.request(route, method, code, seconds)
        if self._journal is not None:
            who = environ.get(_CLIENT) or self._client(environ)
            self._journal.tell(route, method, code, seconds, site.release.digest, who.shown)


def _key(environ: WSGIEnvironment) -> tuple[str | None, ...] | None:
    """Returns all of a request that its answer may depend on; None where there is more to it."""
    get = environ.get
    if environ["REQUEST_METHOD"] != "GET" or any(map(get, _MORE)):
        return None
    return (
        get("SCRIPT_NAME"),
        environ["PATH_INFO"],
        get("QUERY_STRING"),
        get("HTTP_HOST"),
        get("HTTP_ACCEPT"),
        "gzip" if accepts_gzip(get("HTTP_ACCEPT_ENCODING", "")) else None,
    )


def _send_again(kept: _Kept, environ: WSGIEnvironment, start_response: StartResponse) -> tuple[int, Iterable[bytes]]:
    tags = environ.get("HTTP_IF_NONE_MATCH")
    # Ours have no comma in them. A weak one will do (RFC 9110, section 13.1.2).
    if tags and kept.tag and kept.tag in (each.strip().removeprefix("W/") for each in tags.split(",")):
        start_response("304 NOT MODIFIED", kept.unchanged)
        return HTTPStatus.NOT_MODIFIED, []
    start_response(kept.status, kept.headers)
    return kept.code, [kept.body]


def _can_be_kept(call: Call, environ: WSGIEnvironment) -> bool:
    if FIXED in environ:
        return bool(environ[FIXED])
    names = {name.lower(): value for name, value in call.headers}
    return (
        call.code in _KEPT_STATUS
        and "no-store" not in names.get("cache-control", "no-store")
        and ("etag" in names or call.code != HTTPStatus.OK)
        and set(names.get("vary", "").lower().replace(" ", "").split(",")) <= {"", "accept", "accept-encoding"}
        and not is_volatile(unquote_plus(environ.get("QUERY_STRING", "")))
        and not environ.get("HTTP_IF_NONE_MATCH")
    )


def is_volatile(text: str) -> bool:
    """Whether a query may call a function whose value is another one each time."""
    upper = text.upper()
    return any(word in upper for word in _VOLATILE)


def _kept(call: Call, body: bytes, route: str) -> _Kept:
    tag = value(call.headers, "etag")
    # A 304 says nothing of a body that it does not have (RFC 9110, section 15.4.5).
    unchanged = [each for each in call.headers if each[0] not in _OF_A_BODY]
    return _Kept(call.status, call.code, call.headers, body, tag, unchanged, route)


def _whole(parts: Iterable[bytes]) -> list[bytes]:
    """Returns all parts as one, which the server sends faster."""
    try:
        return [b"".join(parts)]
    finally:
        closed(parts)


class _Rest:
    """The parts of a long answer, and what to do at its end."""

    def __init__(self, parts: Iterable[bytes], end: Callable[[], None]) -> None:
        self._parts = parts
        self._end = end

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._parts)

    def close(self) -> None:
        """Ends the answer, also where the client went away."""
        closed(self._parts)
        self._end()
