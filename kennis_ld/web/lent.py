"""The connection of a client that is lent to a worker (`kennis_ld.engine.loan`): on which terms, and what comes of it.

What a worker answers is counted, logged and charged as if this process had answered it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol

from kennis_ld.engine.interface import Answer
from kennis_ld.engine.loan import MOST_BODY, Answered, Terms
from kennis_ld.web.compression import LEAST
from kennis_ld.web.fair import FairEngine
from kennis_ld.web.front import Front, Key
from kennis_ld.web.plain import ROUTE, PlainQuery
from kennis_ld.web.question import around_query

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_START = b"?query="
_END = re.compile(rb"[& ]")
_FORWARDED = re.compile(rb"\r\nx-forwarded-for:[ \t]*([^\r\n]*?)[ \t]*\r\n", re.IGNORECASE)
_TAG = re.compile(rb'\r\nETag: "([0-9a-f]+)"\r\n')
_LENGTH = re.compile(rb"\r\nContent-Length: ([0-9]+)\r\n")


class Line(Protocol):
    """The connection itself."""

    def fileno(self) -> int:
        """Returns its descriptor."""
        ...

    def is_back(self, unsent: bytes) -> None:
        """It is to be read again; these bytes have to be sent first."""
        ...

    def is_broken(self) -> None:
        """Nobody knows what was said on it last."""
        ...


@dataclass(slots=True)
class LentConnection:
    """A connection that is lent; see `kennis_ld.engine.lender.Loan`.

    Attributes:
        line: the connection.
        front: counts and logs.
        query: the query that was answered on it last.
        environ: the request of that query.
        key: what an answer to that request is kept under.
        ended: told, when it is back, how many requests were answered, how many of those had been asked before, and
            whether all their clients may go on.
    """

    line: Line
    front: Front
    query: PlainQuery
    environ: WSGIEnvironment
    key: Key
    ended: Callable[[int, int, bool], None]
    _answered: int = 0
    _repeated: int = 0
    _is_welcome: bool = True

    def lend(self, request: bytes, head: bytes, answer: Answer) -> bool:
        """Lends the connection; returns whether that is so.

        Args:
            request: the bytes of the last request on it.
            head: what was sent for it, up to the body.
            answer: the answer.
        """
        site, engine = self.query.site, self.query.site.engine
        terms = terms_of(request, self.query, head, answer)
        if terms is None or not isinstance(engine, FairEngine):
            return False
        if self.front.sites.take() is site and engine.lender.lend(self, terms):
            return True
        self.front.sites.give_back(site)
        return False

    def fileno(self) -> int:
        """Returns the descriptor of the connection."""
        return self.line.fileno()

    def answered(self, request: Answered) -> None:
        """Counts, logs and charges what a worker answered."""
        site, engine = self.query.site, self.query.site.engine
        self._answered += 1
        asked = self.key[2] or ""
        more = asked[asked.find("&") :] if "&" in asked else ""
        key = (*self.key[:2], f"query={request.query.decode('ascii')}{more}", *self.key[3:])
        self._repeated += site.asked.meet(key)
        environ = self.environ
        if request.forwarded:
            environ = {**environ, "HTTP_X_FORWARDED_FOR": request.forwarded.decode("ascii")}
        self.front.put_down(environ, site, ROUTE, HTTPStatus.OK, request.took)
        who = self.front.client(environ)
        if isinstance(engine, FairEngine) and not engine.was_lent(who, request.seconds) and self._is_welcome:
            self._is_welcome = False
            engine.lender.recall()

    def returned(self, unsent: bytes) -> None:
        """Goes on with the connection."""
        self._end()
        self.line.is_back(unsent)

    def broken(self) -> None:
        """Ends the connection."""
        self._end()
        self.line.is_broken()

    def _end(self) -> None:
        self.front.sites.give_back(self.query.site)
        self.ended(self._answered, self._repeated, self._is_welcome)


def terms_of(request: bytes, query: PlainQuery, head: bytes, answer: Answer) -> Terms | None:
    """Returns on which terms more requests like one may be answered; None where they may not.

    Args:
        request: the bytes of a request.
        query: its query.
        head: what was sent for it, up to the body.
        answer: the answer.
    """
    question = query.question
    start = request.find(_START)
    end = _END.search(request, start + len(_START)) if start >= 0 else None
    tag, length = _TAG.search(head), _LENGTH.search(head)
    if end is None or tag is None or length is None or length.start() < tag.end() - 2 or question.solutions is None:
        return None
    if answer.kind == "graph" or b"\r\nContent-Encoding:" in head:
        return None
    behind = request[end.start() :]
    forwarded = _FORWARDED.search(behind)
    after, rest = (behind, None) if forwarded is None else (behind[: forwarded.start(1)], behind[forwarded.end(1) :])
    before_query, behind_query = around_query(query.site, query.asked, query.chosen, query.path)
    return Terms(
        before=request[: start + len(_START)],
        after=after,
        rest=rest,
        base=question.base_iri,
        solutions=question.solutions,
        default_graphs=question.default_graphs,
        named_graphs=question.named_graphs,
        tag_before=before_query,
        tag_after=behind_query,
        head=head[: tag.start(1)],
        head_after_tag=head[tag.end(1) : length.start(1)],
        head_after_length=head[length.end(1) :],
        most_body=LEAST - 1 if query.takes_gzip else MOST_BODY,
    )
