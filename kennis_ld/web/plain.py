"""The plain query of a machine: a GET with one query, for an answer that is there and is no page.

Everything else, and every problem, is left to the application, which says the same in more words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kennis_ld.engine.interface import Answer, Question
from kennis_ld.web import guard
from kennis_ld.web.compression import LEAST, accepts_gzip, compressed
from kennis_ld.web.negotiation import HeaderTooLong
from kennis_ld.web.problems import Problem
from kennis_ld.web.protocol import Asked, asked_in_address
from kennis_ld.web.question import Forms, forms, question, tag
from kennis_ld.web.site import Site
from kennis_ld.web.wsgi import Headers

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

PATH = "/sparql"
ROUTE = "sparql"
_HEADERS = [*guard.HEADERS.items(), ("Vary", "Accept, Accept-Encoding"), ("Cache-Control", "no-cache")]


@dataclass(frozen=True, slots=True)
class PlainQuery:
    """A query, and the forms in which the client takes the answer.

    Attributes:
        site: the site that answers it.
        asked: the query.
        chosen: the forms.
        path: where it was asked.
        takes_gzip: whether the client takes it compressed.
    """

    site: Site
    asked: Asked
    chosen: Forms
    path: str
    takes_gzip: bool

    @classmethod
    def of(cls, site: Site, environ: WSGIEnvironment) -> PlainQuery | None:
        """Returns the query of a request; None where the application has to answer it."""
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
        return cls(site, asked, chosen, path, accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")))

    @property
    def question(self) -> Question:
        """What the engine is asked."""
        return question(self.site, self.asked, self.chosen)

    def said(self, answer: Answer) -> tuple[Headers, bytes]:
        """Returns the answer of the engine as it is sent, status 200."""
        body = answer.body
        mark = tag(self.site, self.asked, self.chosen, self.path)
        headers = [("Content-Type", self.chosen.of(answer)), ("ETag", f'"{mark}"'), *_HEADERS]
        if self.takes_gzip and len(body) >= LEAST:
            body, headers = compressed([body], headers)
        else:
            headers.append(("Content-Length", str(len(body))))
        return headers, body
