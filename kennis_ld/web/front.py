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
from kennis_ld.web.departure import Departure
from kennis_ld.web.journal import Journal
from kennis_ld.web.site import SITE, Settings, Site, Sites
from kennis_ld.web.wsgi import Call, Headers, closed, value

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

RELEASE = "Kennis-Release"
"""Header that names the release an answer was made from."""

ROUTE = "kennis_ld.route"
"""Where the application leaves, in the environment of a request, which kind of route answered it."""

DEPARTURE = "kennis_ld.departure"
"""Where the departure of the client stands in the environment of a request, where the server tells of it."""

Key = tuple[str | None, ...]
"""All of a request that its answer may depend on."""

_CLIENT = "kennis_ld.client"
_ENTRY = 4096
"""What an entry takes next to its body and the address: the headers, and the request but for that."""

_MORE = ("HTTP_RANGE", "HTTP_IF_MATCH", "HTTP_TRANSFER_ENCODING", "CONTENT_LENGTH")
_KEPT_STATUS = {HTTPStatus.OK, HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.SEE_OTHER}
_METHODS = {"GET", "HEAD", "POST", "OPTIONS"}
_UNCHANGED = "304 NOT MODIFIED"
_OF_A_BODY = {"Content-Type", "Content-Length", "Content-Encoding"}
_VOLATILE = ("RAND", "NOW", "UUID", "BNODE")
"""Functions of SPARQL whose value is another one each time; also where the word stands for something else."""

_client_of_now: ContextVar[Client] = ContextVar("client")
_departure_of_now: ContextVar[Departure] = ContextVar("departure")


def current_client() -> Client:
    """Returns the client whose request is being answered."""
    return _client_of_now.get()


def current_departure() -> Departure:
    """Returns the departure of the client whose request is being answered."""
    return _departure_of_now.get()


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that can be sent again.

    Attributes:
        status: its status with its words.
        code: its status.
        headers: its headers.
        body: its body.
        tag: its tag; empty where it has none.
        route: which kind of route answered.
        head: first line and headers, as they are sent.
    """

    status: str
    code: int
    headers: Headers
    body: bytes
    tag: str
    route: str
    head: bytes

    @classmethod
    def of(cls, status: str, headers: Headers, body: bytes, route: str) -> Kept:
        """Returns an answer that can be sent again."""
        return cls(status, int(status[:3]), headers, body, value(headers, "etag"), route, _head(status, headers))

    @property
    def unchanged(self) -> Headers:
        """The headers of a 304 in its place, which says nothing of a body (RFC 9110, section 15.4.5)."""
        return [each for each in self.headers if each[0] not in _OF_A_BODY]

    @property
    def unchanged_head(self) -> bytes:
        """First line and headers of a 304 in its place."""
        return _head(_UNCHANGED, self.unchanged)

    def is_known_to(self, environ: WSGIEnvironment) -> bool:
        """Whether the client has the answer already."""
        tags = environ.get("HTTP_IF_NONE_MATCH")
        # Ours have no comma in them. A weak one will do (RFC 9110, section 13.1.2).
        if not tags or not self.tag:
            return False
        return self.tag in (each.strip().removeprefix("W/") for each in tags.split(","))


def _head(status: str, headers: Headers) -> bytes:
    return "".join([f"HTTP/1.1 {status}\r\n", *map("%s: %s\r\n".__mod__, headers)]).encode("latin-1")


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
        self.sites = sites
        self._proxies = settings.trusted_proxies
        self._counters = counters
        self._journal = Journal() if settings.logs_requests else None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers a request."""
        start = time.perf_counter()
        # Who was on the short way already has a site.
        site = environ[SITE] = environ.get(SITE) or self.sites.take()
        try:
            key = key_of(environ)
            kept = None if key is None else site.answers.get(key)
            if kept is not None:
                code, body = _send_again(kept, environ, start_response)
                self.end(environ, site, kept.route, code, start)
                return body
            who = environ[_CLIENT] = self.client(environ)
            _client_of_now.set(who)
            _departure_of_now.set(environ.get(DEPARTURE) or Departure())
            call = Call()
            parts = self._inner(environ, call)
        except BaseException:
            self.end(environ, site, "none", HTTPStatus.INTERNAL_SERVER_ERROR, start)
            raise
        headers = self.marked(call.headers, site)
        route = environ.get(ROUTE, "none")
        if environ["REQUEST_METHOD"] != "HEAD" and call.is_long:
            start_response(call.status, headers)
            return _Rest(parts, lambda: self.end(environ, site, route, call.code, start))
        body = _whole(parts)
        if key is not None and _can_be_kept(call, environ):
            self.keep(site, key, Kept.of(call.status, headers, body[0], route))
        start_response(call.status, headers)
        self.end(environ, site, route, call.code, start)
        return body

    def marked(self, headers: Headers, site: Site) -> Headers:
        """Returns headers with the one that names the release."""
        return [*headers, (RELEASE, site.release.digest)]

    def keep(self, site: Site, key: Key, kept: Kept) -> None:
        """Keeps an answer of a site, to be sent again."""
        site.answers.put(key, kept, size=len(kept.body) + len(key[2] or "") + _ENTRY)

    def client(self, environ: WSGIEnvironment) -> Client:
        """Returns who asks."""
        return client(environ.get("REMOTE_ADDR", ""), environ.get("HTTP_X_FORWARDED_FOR"), self._proxies)

    def end(self, environ: WSGIEnvironment, site: Site, route: str, code: int, start: float) -> None:
        """Gives a site back, counts the request and puts it down."""
        self.sites.give_back(site)
        self.put_down(environ, site, route, code, time.perf_counter() - start)

    def put_down(self, environ: WSGIEnvironment, site: Site, route: str, code: int, seconds: float) -> None:
        """Counts a request that was answered from a site in so many seconds, and puts it down."""
        method = environ["REQUEST_METHOD"]
        method = method if method in _METHODS else "-"
        self._counters.request(route, method, code, seconds)
        if self._journal is not None:
            who = environ.get(_CLIENT) or self.client(environ)
            self._journal.tell(route, method, code, seconds, site.release.digest, who.shown)


def key_of(environ: WSGIEnvironment) -> Key | None:
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


def _send_again(kept: Kept, environ: WSGIEnvironment, start_response: StartResponse) -> tuple[int, Iterable[bytes]]:
    if kept.is_known_to(environ):
        start_response(_UNCHANGED, kept.unchanged)
        return HTTPStatus.NOT_MODIFIED, []
    start_response(kept.status, kept.headers)
    return kept.code, [kept.body]


def _can_be_kept(call: Call, environ: WSGIEnvironment) -> bool:
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
