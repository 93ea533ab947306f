"""Reads a SPARQL 1.1 Protocol request (section 2.1): the query, the graphs, and nothing decoded twice.

In goes a Flask request; out comes an `Asked`, or a `Problem`. It runs nothing and renders nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Request

from kennis_ld.web.problems import Problem

MOST_QUERY_BYTES = 64 * 1024
MOST_PARAMETERS = 200

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_UNENCODED = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client asks.

    Attributes:
        query: text of the query; None where there is none.
        default_graphs: IRIs for the default graph, as `default-graph-uri`.
        named_graphs: IRIs of the named graphs, as `named-graph-uri`.
        form: a form asked for by name (`format=csv`), as a link on the query page does; None where Accept decides.
        example: key of an example to show; None where none is asked for.
    """

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    form: str | None = None
    example: str | None = None


def asked(request: Request) -> Asked:
    """Returns what the request asks.

    Raises:
        Problem: the request is none that the protocol knows for queries, or asks for an update.
    """
    pairs = _pairs(request.environ.get("QUERY_STRING", "").encode("latin-1"))
    queries = []
    if request.method == "POST":
        body = _body(request)
        if request.mimetype == _DIRECT:
            queries.append(_text(body))
        else:
            pairs += _pairs(body)
        if not queries and not any(name in {"query", "update"} for name, _ in pairs):
            raise Problem("invalid-request", where="query")
    return _asked(pairs, queries)


def asked_in_address(query_string: str) -> Asked:
    """Returns what the query string of a GET request asks.

    Raises:
        Problem: see `asked`.
    """
    return _asked(_pairs(query_string.encode("latin-1")), [])


def _asked(pairs: list[tuple[str, str]], queries: list[str]) -> Asked:
    queries = [*(value for name, value in pairs if name == "query"), *queries]
    if any(name == "update" for name, _ in pairs):
        raise Problem("read-only")
    if len(queries) > 1:
        raise Problem("invalid-request", where="query")
    query = queries[0] if queries else None
    if query is not None:
        if "\0" in query:
            raise Problem("invalid-request", where="query")
        if len(query.encode()) > MOST_QUERY_BYTES:
            raise Problem("query-too-large", limit=MOST_QUERY_BYTES, unit="bytes")
    return Asked(
        query,
        tuple(value for name, value in pairs if name == "default-graph-uri"),
        tuple(value for name, value in pairs if name == "named-graph-uri"),
        next((value for name, value in pairs if name == "format"), None),
        next((value for name, value in pairs if name == "example"), None),
    )


def _body(request: Request) -> bytes:
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype not in {_FORM, _DIRECT} or encoding != "identity" or charset not in {"utf-8", "utf8"}:
        raise Problem(
            "unsupported-media-type", headers={"Accept-Post": f"{_FORM}, {_DIRECT}"}, supported=[_FORM, _DIRECT]
        )
    # Not request.form: it turns bytes that are no UTF-8 into U+FFFD and says nothing.
    return request.get_data(cache=False, parse_form_data=False)


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    """Returns names and values, decoded once; raw bytes beyond ASCII count as if they had been encoded."""
    ascii_only = _UNENCODED.sub(lambda found: b"%%%02X" % ord(found[0]), encoded).decode("ascii")
    try:
        return parse_qsl(ascii_only, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except ValueError as error:  # a UnicodeDecodeError is one too
        raise Problem("invalid-request", where="UTF-8") from error


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Problem("invalid-request", where="UTF-8") from error
