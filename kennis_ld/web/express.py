"""Answers the plain query of a machine without the application, for the way through it costs more than the query.

Only what is common goes this way: GET, one query, an answer that is there and is no page. Everything else, and every
problem, is left to the application, which says the same in more words; where the engine was asked already, its outcome
goes along, so that no query runs twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kennis_ld.web import guard
from kennis_ld.web.compression import LEAST, accepts_gzip, compressed
from kennis_ld.web.front import FIXED, ROUTE, is_volatile
from kennis_ld.web.negotiation import HeaderTooLong
from kennis_ld.web.problems import Problem
from kennis_ld.web.protocol import asked_in_address
from kennis_ld.web.question import forms, question, tag
from kennis_ld.web.site import SITE, Site
from kennis_ld.web.wsgi import LONG

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

OUTCOME = "kennis_ld.outcome"
"""Where the application finds the answer of the engine, or its error, in the environment of a request."""

PATH = "/sparql"
_ROUTE = "sparql"
_HEADERS = [*guard.HEADERS.items(), ("Vary", "Accept, Accept-Encoding"), ("Cache-Control", "no-cache")]


class Express:
    """A WSGI application around another, which gets what does not go this way."""

    def __init__(self, inner: WSGIApplication) -> None:
        self._inner = inner

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers a request."""
        parts = answer(environ[SITE], environ, start_response)
        if parts is None:
            return self._inner(environ, start_response)
        environ[ROUTE] = _ROUTE
        return parts


def answer(site: Site, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes] | None:
    """Answers a request; None where the application has to."""
    path = environ["PATH_INFO"].removeprefix(site.prefix)
    if environ["REQUEST_METHOD"] != "GET" or path != PATH or environ.get("HTTP_IF_NONE_MATCH"):
        return None
    try:
        guard.check(site, environ)
        asked = asked_in_address(environ.get("QUERY_STRING", ""))
        chosen = forms(environ.get("HTTP_ACCEPT"), asked)
    except (Problem, HeaderTooLong):
        return None
    if asked.query is None or chosen.for_people:
        return None
    try:
        answer = site.engine.answer(question(site, asked, chosen))
    except Exception as error:
        # The application has the words, the log and the one place for what nobody expected.
        environ[OUTCOME] = error
        return None
    if len(answer.body) > LONG:
        # Long answers have their own ways out (`kennis_ld.web.patience`).
        environ[OUTCOME] = answer
        return None
    body = answer.body
    headers = [("Content-Type", chosen.of(answer)), ("ETag", f'"{tag(site, asked, chosen, path)}"'), *_HEADERS]
    if len(body) >= LEAST and accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
        body, headers = compressed([body], headers)
    else:
        headers.append(("Content-Length", str(len(body))))
    environ[FIXED] = not is_volatile(asked.query)
    start_response("200 OK", headers)
    return [body]
