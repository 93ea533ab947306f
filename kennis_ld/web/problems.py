"""Every refusal and failure in one shape: `application/problem+json` (RFC 9457), or a page with the same words.

The words stand in `words.toml`. Nothing of an engine, a path or an address of the request comes into an answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestedRangeNotSatisfiable

from kennis_ld.errors import (
    BudgetExceeded,
    ClientLeft,
    EngineUnavailable,
    MalformedQuery,
    NoSuitableFormat,
    QueryNotAllowed,
    ResultTooLarge,
    ServiceFailed,
    ServiceNotPossible,
    TooManyRequests,
)
from kennis_ld.graph.statements import PREFIXES
from kennis_ld.web.negotiation import (
    GRAPH_TYPES,
    HTML,
    MOST_HEADER_BYTES,
    PROBLEM,
    SOLUTION_TYPES,
    choose,
)
from kennis_ld.web.words import Words

STATUS: Mapping[str, int] = {
    "invalid-request": 400,
    "invalid-graph": 400,
    "invalid-reconciliation": 400,
    "wrong-parameter": 400,
    "unknown-host": 400,
    "malformed-query": 400,
    "service-not-possible": 400,
    "read-only": 403,
    "federation-disabled": 403,
    "service-not-named": 403,
    "not-found": 404,
    "method-not-allowed": 405,
    "not-acceptable": 406,
    "withdrawn": 410,
    "body-too-large": 413,
    "query-too-large": 413,
    "result-too-large": 413,
    "service-result-too-large": 413,
    "address-too-long": 414,
    "unsupported-media-type": 415,
    "range-not-satisfiable": 416,
    "too-many-requests": 429,
    "header-too-long": 431,
    "internal-error": 500,
    "service-failed": 502,
    "query-budget-exceeded": 503,
    "engine-stopped": 503,
    "service-busy": 503,
}
"""Every problem this site can have, by the last part of its `type`, and its status."""

_LONGEST_PREFIX = 40
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
        shown = {
            key: ", ".join(value) if isinstance(value, list) else _bound(value, words)
            for key, value in self.details.items()
        }
        name = self.name
        if name == "malformed-query" and "declaration" in self.details:
            name = "malformed-query-prefix"
        elif name == "malformed-query" and "line" not in self.details:
            name = "malformed-query-somewhere"
        elif name == "service-not-possible":
            name = f"{name}-{self.details['reason']}"
        return {part: words(f"problem.{name}.{part}", **shown) for part in ("title", "detail", "remedy")}


def _bound(value: str | int, words: Words) -> str | int:
    """Returns a bound with its unit, as errors say it ("10 seconds"), in the language; anything else as it is."""
    number, _, unit = str(value).partition(" ")
    own = words.get(f"unit.{value}")
    return own or (f"{number} {named}" if (named := words.get(f"unit.{unit}")) else value)


def problem_of(error: Exception) -> Problem:
    """Returns the problem that an error is to a client."""
    match error:
        case Problem():
            return error
        case MalformedQuery(line=line, column=column, prefix=prefix):
            details: dict[str, Detail] = {} if line is None else {"line": line, "column": column or 1}
            if line is not None and prefix is not None and len(prefix) <= _LONGEST_PREFIX:
                declaration = f"PREFIX {prefix}: <{_NAMESPACES.get(prefix, '…')}>"
                details |= {"prefix": f"{prefix}:", "declaration": declaration}
            return Problem("malformed-query", headers=None, **details)
        case QueryNotAllowed(reason="federation-disabled"):
            return Problem("federation-disabled")
        case QueryNotAllowed(reason="service-not-named"):
            return Problem("service-not-named")
        case QueryNotAllowed():
            return Problem("read-only")
        case ServiceNotPossible(reason=reason):
            return Problem("service-not-possible", reason=reason)
        case ServiceFailed():
            return Problem("service-failed")
        case ResultTooLarge(limit=limit, unit="query bytes"):
            return Problem("query-too-large", limit=limit, unit="bytes")
        case ResultTooLarge(limit=limit, unit="service rows" | "service bytes" as unit):
            return Problem("service-result-too-large", limit=limit, unit=unit.partition(" ")[2])
        case ResultTooLarge(limit=limit, unit=unit):
            return Problem("result-too-large", limit=limit, unit=unit)
        case NoSuitableFormat(kind=kind, unfit=unfit):
            types = GRAPH_TYPES if kind == "graph" else SOLUTION_TYPES
            return not_acceptable(*(media_type for media_type, form in types.items() if form not in unfit))
        case BudgetExceeded(cause="engine"):
            return Problem("engine-stopped")
        case BudgetExceeded(limit=text):
            return Problem("query-budget-exceeded", limit=text)
        case ClientLeft():
            # Nobody reads it; the log and the counts say what it is not: an error of ours.
            return busy(1)
        case TooManyRequests(retry_after=seconds):
            return too_many(seconds)
        case EngineUnavailable(retry_after=seconds):
            return busy(seconds)
        case MethodNotAllowed(valid_methods=methods):
            return Problem("method-not-allowed", headers={"Allow": ", ".join(sorted({*(methods or ()), "OPTIONS"}))})
        case RequestedRangeNotSatisfiable(length=int(length)):
            # RFC 9110, section 15.5.17.
            return Problem("range-not-satisfiable", headers={"Content-Range": f"bytes */{length}"})
        case HTTPException(code=int(code)) if code in _OF_STATUS:
            return Problem(_OF_STATUS[code])
        case HTTPException(code=int(code)) if code < 500:
            return Problem("invalid-request")
        case _:
            return Problem("internal-error")


_NAMESPACES: Mapping[str, str] = {"ks": "def#", **PREFIXES}
"""What well-known prefixes stand for. The data's own terms stand beside the endpoint, so a relative IRI will do."""


def busy(seconds: int) -> Problem:
    """Returns the problem of a service that cannot answer now, and may after so many seconds."""
    return Problem("service-busy", headers={"Retry-After": str(seconds)}, retryAfter=seconds)


def too_many(seconds: int) -> Problem:
    """Returns the problem of a client that asks too much at the same time, and may ask again after so many seconds."""
    return Problem("too-many-requests", headers={"Retry-After": str(seconds)}, retryAfter=seconds)


def not_acceptable(*available: str) -> Problem:
    """Returns the problem of a client that accepts none of the forms that there are."""
    return Problem("not-acceptable", available=list(dict.fromkeys(available)))


def problem_type(accept: str | None) -> str:
    """Returns the media type in which a client likes to hear of a problem: HTML, or one of JSON."""
    if accept is not None and len(accept) > MOST_HEADER_BYTES:
        return PROBLEM
    return choose(accept, (PROBLEM, "application/json", HTML)) or PROBLEM


def as_json(problem: Problem, base: str) -> str:
    """Returns a problem as RFC 9457 writes it."""
    body = {
        "type": f"{base}/def/problems#{problem.name}",
        "status": problem.status,
        **problem.words(Words("en")),
        **problem.details,
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"
