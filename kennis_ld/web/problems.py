"""Every refusal and failure in one shape: `application/problem+json` (RFC 9457), or a page with the same words.

The words stand in `words.toml`. Nothing of an engine, a path or an address of the request comes into an answer.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from kennis_ld.errors import (
    AskerLeft,
    BudgetExceeded,
    EngineUnavailable,
    MalformedQuery,
    NoSuitableFormat,
    QueryError,
    QueryNotAllowed,
    ResultTooLarge,
)
from kennis_ld.web.forms import HTML, PROBLEM, content_type
from kennis_ld.web.negotiation import HeaderTooLong, choose
from kennis_ld.web.site import current_site
from kennis_ld.web.words import Words, language_of

STATUS: Mapping[str, int] = {
    "invalid-request": 400,
    "unknown-host": 400,
    "malformed-query": 400,
    "read-only": 403,
    "federation-disabled": 403,
    "not-found": 404,
    "method-not-allowed": 405,
    "not-acceptable": 406,
    "withdrawn": 410,
    "body-too-large": 413,
    "query-too-large": 413,
    "result-too-large": 413,
    "address-too-long": 414,
    "unsupported-media-type": 415,
    "range-not-satisfiable": 416,
    "too-many-requests": 429,
    "header-too-long": 431,
    "internal-error": 500,
    "query-budget-exceeded": 503,
    "service-busy": 503,
}
"""Every problem this site can have, by the last part of its `type`, and its status."""

_OF_STATUS = {404: "not-found", 405: "method-not-allowed", 413: "body-too-large", 416: "range-not-satisfiable"}

Detail = str | int | list[str]


class Problem(Exception):
    """A request that gets no answer.

    Attributes:
        name: key of STATUS.
        details: members that go along in the problem (RFC 9457, section 3.2) and fill in its words.
        headers: headers of the response.
    """

    def __init__(self, name: str, *, headers: Mapping[str, str] | None = None, **details: Detail) -> None:
        super().__init__(name)
        self.name = name
        self.details = details
        self.headers = dict(headers or {})

    @property
    def status(self) -> int:
        """The HTTP status."""
        return STATUS[self.name]

    def words(self, words: Words) -> dict[str, str]:
        """Returns title, detail and remedy in the language of the words."""
        shown = {key: ", ".join(value) if isinstance(value, list) else value for key, value in self.details.items()}
        name = self.name
        if name == "malformed-query" and "line" not in self.details:
            name = "malformed-query-somewhere"
        return {part: words(f"problem.{name}.{part}", **shown) for part in ("title", "detail", "remedy")}


def problem_of(error: Exception) -> Problem:
    """Returns the problem that an error is to a client."""
    match error:
        case Problem():
            return error
        case HeaderTooLong():
            return Problem("header-too-long")
        case MalformedQuery(line=int(line), column=column):
            return Problem("malformed-query", line=line, column=column or 1)
        case MalformedQuery():
            return Problem("malformed-query")
        case QueryNotAllowed(reason="federation-disabled"):
            return Problem("federation-disabled")
        case QueryNotAllowed():
            return Problem("read-only")
        case ResultTooLarge(limit=limit, unit="query bytes"):
            return Problem("query-too-large", limit=limit, unit="bytes")
        case ResultTooLarge(limit=limit, unit=unit):
            return Problem("result-too-large", limit=limit, unit=unit)
        case NoSuitableFormat():
            return Problem("not-acceptable")
        case BudgetExceeded(limit=text):
            return Problem("query-budget-exceeded", limit=text)
        case AskerLeft():
            # Nobody reads it; the log and the counts say what it is not: an error of ours.
            return Problem("service-busy")
        case EngineUnavailable(retry_after=seconds):
            return Problem("service-busy", headers={"Retry-After": str(seconds)}, retryAfter=seconds)
        case MethodNotAllowed(valid_methods=methods):
            return Problem("method-not-allowed", headers={"Allow": ", ".join(sorted({*(methods or ()), "OPTIONS"}))})
        case HTTPException(code=int(code)) if code in _OF_STATUS:
            return Problem(_OF_STATUS[code])
        case HTTPException(code=int(code)) if code < 500:
            return Problem("invalid-request")
        case _:
            return Problem("internal-error")


def answer(problem: Problem) -> Response:
    """Returns the response to a problem: a page where the client likes HTML best, else problem+json."""
    try:
        chosen = choose(request.headers.get("Accept"), (PROBLEM, "application/json", HTML))
    except HeaderTooLong:
        chosen = PROBLEM
    if chosen == HTML:
        words = Words(language_of(request.path))
        text = render_template("problem.html", problem=problem, told=problem.words(words), words=words)
        response = make_response(text, problem.status)
        response.headers["Content-Language"] = words.language
    else:
        response = make_response(as_json(problem, current_site().iris.base), problem.status)
        response.headers["Content-Language"] = "en"
    response.headers["Content-Type"] = content_type(HTML if chosen == HTML else chosen or PROBLEM)
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept")
    response.headers.update(problem.headers)
    return response


def as_json(problem: Problem, base: str) -> str:
    """Returns a problem as RFC 9457 writes it."""
    body = {
        "type": f"{base}/def/problems#{problem.name}",
        "status": problem.status,
        **problem.words(Words("en")),
        **problem.details,
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def _handle(error: Exception) -> Response:
    problem = problem_of(error)
    if problem.name == "internal-error":
        # The one place where any exception is caught: the log gets it whole, the client gets no word of it.
        logging.getLogger("kennis_ld.web").error("failed: %s", request.endpoint or "no route", exc_info=error)
    return answer(problem)


def register(app: Flask) -> None:
    """Makes every error of the application end in a problem."""
    for kind in (Problem, HeaderTooLong, QueryError, HTTPException, Exception):
        app.register_error_handler(kind, _handle)
