"""Reads a SPARQL 1.1 Protocol request (section 2.1): the query, the graphs, and nothing decoded twice.

In goes a Flask request; out comes an `Asked`, or a `Problem`. It runs nothing and renders nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Request

from kennis_ld.urlencoded import decoded
from kennis_ld.web.problems import Problem

MOST_QUERY_BYTES = 64 * 1024
MOST_PARAMETERS = 200

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_NONE: list[str | None] = [None]


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
    encoded = [request.environ.get("QUERY_STRING", "").encode("latin-1")]
    queries = []
    if request.method == "POST":
        body = _body(request)
        if request.mimetype == _DIRECT:
            queries.append(_text(body))
        else:
            encoded.append(body)
    parameters = _parameters(encoded)
    if request.method == "POST" and not queries and not {"query", "update"} & parameters.keys():
        raise Problem("invalid-request", where="query")
    return _asked(parameters, queries)


def asked_in_address(query_string: str) -> Asked:
    """Returns what the query string of a GET request asks.

    Raises:
        Problem: see `asked`.
    """
    return _asked(_parameters([query_string.encode("latin-1")]), [])


def _asked(parameters: Mapping[str, list[str]], queries: list[str]) -> Asked:
    if "update" in parameters:
        raise Problem("read-only")
    queries = [*parameters.get("query", ()), *queries]
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
        tuple(parameters.get("default-graph-uri", ())),
        tuple(parameters.get("named-graph-uri", ())),
        parameters.get("format", _NONE)[0],
        parameters.get("example", _NONE)[0],
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


def _parameters(encoded: Sequence[bytes]) -> dict[str, list[str]]:
    """Returns the values of each name in forms (URL standard, section 5.1), decoded once."""
    found: dict[str, list[str]] = {}
    for form in encoded:
        if form.count(b"&") >= MOST_PARAMETERS:
            raise Problem("invalid-request", where="parameters")
        try:
            for pair in filter(None, form.split(b"&")):
                name, _, value = pair.partition(b"=")
                found.setdefault(decoded(name), []).append(decoded(value))
        except UnicodeDecodeError as error:
            raise Problem("invalid-request", where="UTF-8") from error
    return found


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Problem("invalid-request", where="UTF-8") from error
