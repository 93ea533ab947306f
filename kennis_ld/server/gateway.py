"""What stands between the connections and the application: the response cache, queries, counting and the log.

Everything runs in the thread of the event loop. What was sent before is sent again; a query of a machine goes to the
worker pool; whether the process is well is said at once. All else, and every page, the application does, in a thread.
What a request to /sparql means and how its answer looks is decided by the same functions that the application calls.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import lru_cache, partial

from kennis_ld.engine.interface import Answer, Kind
from kennis_ld.errors import EngineUnavailable, QueryError, TooManyRequests
from kennis_ld.isolation.admission import Client, client
from kennis_ld.isolation.pool import Pool
from kennis_ld.server.access_log import ANSWERING, LogWriter
from kennis_ld.server.application import Application, Result
from kennis_ld.server.metrics import METHODS, Metrics
from kennis_ld.server.protocol import MOST_HEADERS, Exchange
from kennis_ld.server.response import (
    LEAST,
    Response,
    WerkzeugResponse,
    accepts_gzip,
    compressed,
    head_of,
    is_among,
    pack,
    vary,
)
from kennis_ld.web import operations, problems, security
from kennis_ld.web.problems import Problem
from kennis_ld.web.site import Cache, Site
from kennis_ld.web.sparql import request as sparql_request
from kennis_ld.web.sparql.request import Forms

logger = logging.getLogger(ANSWERING)

_ENTRY = 4096  # what an entry of the cache takes next to its body and its address: the headers, and the objects
MOST_ASKED = 32_768  # queries that are known again when they are asked for the second time
_QUICK = 64 * 1024  # bytes of a body that is compressed on the loop
_TELL_AGAIN = 10.0  # seconds after which the log says again that there are too many connections
_KEPT_STATUS = {200, 301, 303}
# Headers with which a request is not answered from the cache.
_MORE = {b"range", b"if-match", b"if-range", b"if-modified-since", b"if-unmodified-since", b"transfer-encoding"}
# What is said of requests that cannot be read, where there is more to say than the name of the problem.
_REFUSALS = {
    "header-too-long": Problem("header-too-long", limit=MOST_HEADERS, unit="bytes"),
    "method-not-allowed": Problem("method-not-allowed", headers={"Allow": "GET, HEAD, OPTIONS"}),
}
Key = tuple[bytes, str | None, str | None, bool]


class Gateway:
    """Answers the requests of all connections of a web process."""

    def __init__(
        self,
        site: Site,
        application: Application,
        pool: Pool,
        *,
        metrics: Metrics,
        log: LogWriter | None,
        trusted_proxies: tuple[str, ...],
    ) -> None:
        """Makes it; without a log no request gets a line. The X-Forwarded-For of trusted proxies is believed."""
        self._site = site
        self._application = application
        self._pool = pool
        self._metrics = metrics
        self._log = log
        self._proxies = trusted_proxies
        self._cache = Cache[Response]()
        self._asked: set[int] = set()  # hashes; two queries may be taken for one, if very rarely
        self._told_full = float("-inf")  # when it was last said that there are too many connections
        self._release, self._tag_seed = site.release.digest, site.tag_seed
        self._refused = partial(security.refused, base=site.iris.base, release=self._release)
        # Files that an administrator may take away at any time: what is gone must be gone, so they are not kept.
        self._may_go = tuple(f"{site.prefix}/{name}".encode() for name in ("download/", "ldes"))
        self._paths = {
            f"{site.prefix}/sparql".encode(): self._sparql,
            b"/healthz": self._health,
            b"/readyz": self._readiness,
        }

    # The interface to connections

    def answer(self, exchange: Exchange) -> None:
        """Answers a request, now or later."""
        self._safely(exchange, self._answer, exchange)

    def _safely(self, exchange: Exchange, step: Callable[..., object], *given: object) -> None:
        """Does a step of an answer; where it fails, the log gets the exception whole and the client no word of it."""
        try:
            step(*given)
        except Exception:
            logger.exception("failed on the loop")
            if not exchange.has_begun:
                self._send_problem(exchange, Problem("internal-error"), "other")

    def refuse(self, exchange: Exchange, problem: str) -> tuple[bytes, bytes]:
        """Returns head and body of the answer to a request that cannot be read."""
        reply = self._refused(_REFUSALS.get(problem) or Problem(problem))
        self._count(exchange, "none", reply.status_code)
        return head_of(reply.status_code, reply.headers), reply.get_data()

    def refuse_connection(self) -> None:
        """Counts a connection that was refused because there are too many, and says so in the log now and then."""
        self._metrics.event("connections_refused")
        if time.monotonic() - self._told_full > _TELL_AGAIN:
            self._told_full = time.monotonic()
            logging.getLogger(__name__).warning("Connections are refused: this process has as many as it may have.")

    # Requests

    def _answer(self, exchange: Exchange) -> None:
        key = None if exchange.target.startswith(self._may_go) else _key_of(exchange)
        if key is not None and (kept := self._cache.get(key)) is not None:
            if kept.is_known_by(exchange.headers.get(b"if-none-match")):
                exchange.send(kept.unchanged, b"")
                self._count(exchange, kept.route, 304)
            else:
                self._send(exchange, kept)
            return
        known = self._paths.get(exchange.target.partition(b"?")[0])
        if known is None or not known(exchange, key):
            self._run(exchange, key)

    def _client(self, exchange: Exchange) -> Client:
        return client(exchange.peer, exchange.headers.get(b"x-forwarded-for"), self._proxies)

    # Whether this process is well

    def _health(self, exchange: Exchange, key: Key | None) -> bool:
        if exchange.method not in {"GET", "HEAD"}:
            return False
        self._send_reply(exchange, operations.health(self._release), "operations")
        return True

    def _readiness(self, exchange: Exchange, key: Key | None) -> bool:
        if exchange.method not in {"GET", "HEAD"}:
            return False
        if self._pool.is_ready and self._pool.is_remote:
            return False  # the application asks the other server
        release = self._site.release
        try:
            # What is in the store was counted when it was loaded; whether it can be asked shows now.
            reply = operations.readiness(release, release.projects or 0 if self._pool.is_ready else None)
        except Problem as problem:
            reply = self._refused(problem)
        self._send_reply(exchange, reply, "operations")
        return True

    # Queries

    def _sparql(self, exchange: Exchange, key: Key | None) -> bool:
        """Asks the pool; False where the application answers: a page, a problem, a 304, no query, or one for others."""
        site, method, header = self._site, exchange.method, exchange.headers.get
        if method not in sparql_request.METHODS:
            return False
        path, _, query = exchange.target.partition(b"?")
        accept, content = header(b"accept"), (header(b"content-type", ""), header(b"content-encoding", ""))
        try:
            security.check(site, host=header(b"host", ""), path=path, query=query, accept=accept)
            wanted = sparql_request.read(method, query, *content, exchange.body)
            if wanted.query is None:
                return False
            forms = sparql_request.forms(accept, wanted)
        except Problem:
            return False
        if forms.for_people or site.asks_others(wanted.query):
            return False
        tag = sparql_request.tag(self._tag_seed, method, query, wanted.query, forms)
        if tag is not None and (tags := header(b"if-none-match")) and is_among(f'"{tag}"', tags):
            return False

        def done(outcome: Answer | QueryError) -> None:
            exchange.left = None
            if isinstance(outcome, Answer):
                self._metrics.query("answered")
                self._send_answer(exchange, outcome, forms, tag, key, who)
            else:
                self._metrics.query(outcome.outcome)
                self._send_problem(exchange, problems.problem_of(outcome), "sparql")

        who = self._client(exchange)
        try:
            question = sparql_request.question(site.iris.root, wanted, forms)
            asked = self._pool.ask(question, who, partial(self._safely, exchange, done))
        except QueryError as error:
            done(error)
        else:
            exchange.left = asked.leave
        return True

    def _send_answer(
        self, exchange: Exchange, answer: Answer, forms: Forms, tag: str | None, key: Key | None, who: Client
    ) -> None:
        """Sends an answer; it is kept where it may be, and was asked for before."""
        packs = len(answer.body) >= LEAST and accepts_gzip(exchange.headers.get(b"accept-encoding", ""))

        def send(body: bytes) -> None:
            head = _answer_head(answer.kind, answer.format, forms, self._release, tag is not None, packs)
            head %= (len(body),) if tag is None else (tag.encode(), len(body))
            if key is not None and tag is not None and self._was_asked(hash(key)):
                self._keep(key, Response(200, head, body, f'"{tag}"', "sparql"))
            exchange.send(head, body)
            self._count(exchange, "sparql", 200, who)

        if not packs:
            send(answer.body)
        elif len(answer.body) <= _QUICK:
            send(compressed(answer.body))
        else:
            self._application.compress(answer.body, partial(self._safely, exchange, send))

    def _was_asked(self, query: int) -> bool:
        """Whether a query was asked before: most are asked once, and to keep those costs more than it saves."""
        if query in self._asked:
            return True
        if len(self._asked) == MOST_ASKED:
            self._asked.clear()
        self._asked.add(query)
        return False

    def _keep(self, key: Key, response: Response) -> None:
        self._cache.put(key, response, size=len(response.body) + len(key[0]) + _ENTRY)

    def _send_reply(self, exchange: Exchange, reply: WerkzeugResponse, route: str) -> None:
        self._send(exchange, Response.of(reply.status_code, reply.headers, reply.get_data(), route))

    def _send_problem(self, exchange: Exchange, problem: Problem, route: str) -> None:
        self._send_reply(exchange, self._refused(problem), route)

    def _send(self, exchange: Exchange, response: Response) -> None:
        exchange.send(response.head, b"" if exchange.method == "HEAD" else response.body)
        self._count(exchange, response.route, response.status)

    # The application

    def _run(self, exchange: Exchange, key: Key | None) -> None:
        """Lets the application answer; what it says is kept where it may be."""
        who = self._client(exchange)

        def done(result: Result | BaseException) -> None:
            if isinstance(result, BaseException):
                logger.error("failed in the application", exc_info=result)
                self._send_problem(exchange, Problem("internal-error"), "other")
            elif result.body is None:
                self._send_parts(exchange, who, result)
            else:
                response = Response.of(result.status, result.headers, result.body, result.route)
                self._send(exchange, response)
                if key is not None and _can_be_kept(result, exchange):
                    self._keep(key, response)

        self._application.run(exchange, who, partial(self._safely, exchange, done))

    def _send_parts(self, exchange: Exchange, who: Client, result: Result) -> None:
        try:
            ended = partial(self._count, exchange, result.route, result.status)
            self._application.send_parts(exchange, who, result, ended)
        except (TooManyRequests, EngineUnavailable) as error:
            # LDES 1.0, server primer: an overloaded server says 429, and a follower comes back.
            self._send_problem(exchange, problems.too_many(error.retry_after), result.route)

    def _count(self, exchange: Exchange, route: str, status: int, who: Client | None = None) -> None:
        seconds = time.monotonic() - exchange.since if exchange.since else 0.0
        self._metrics.request(route, exchange.method, status, seconds)
        if self._log is not None:
            method = exchange.method if exchange.method in METHODS else "-"
            self._log.request(route, method, status, seconds, self._release, (who or self._client(exchange)).shown)


@lru_cache(maxsize=256)
def _answer_head(kind: Kind, form: str, forms: Forms, release: str, has_tag: bool, packs: bool) -> bytes:
    """Returns the head of an answer, with places for its tag, where it has one, and for its length."""
    reply = sparql_request.answered(Answer(kind, form, b""), forms, release=release, tag="%b" if has_tag else None)
    headers = reply.headers
    vary(headers)
    if packs:
        pack(headers)
    headers["Content-Length"] = "%d"  # behind the tag
    return head_of(200, headers)


def _key_of(request: Exchange) -> Key | None:
    """Returns all of a request that its answer may depend on; None where there is more to it."""
    if request.method != "GET" or request.body or not _MORE.isdisjoint(request.headers):
        return None
    header = request.headers.get
    return request.target, header(b"host"), header(b"accept"), accepts_gzip(header(b"accept-encoding", ""))


def _can_be_kept(result: Result, request: Exchange) -> bool:
    headers = result.headers
    varies = set(headers.get("Vary", "").lower().replace(" ", "").split(","))
    return (
        result.status in _KEPT_STATUS
        and "no-store" not in headers.get("Cache-Control", "no-store")
        and ("ETag" in headers or result.status != 200)
        and varies <= {"", "accept", "accept-encoding"}
        and b"if-none-match" not in request.headers
    )
