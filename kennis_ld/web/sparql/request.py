"""What a request to `/sparql` means (SPARQL 1.1 Protocol, section 2.1), and how its answer looks to a machine.

The functions need no application. In goes what a server knows of a request; out comes what the engine is asked and in
which forms, or a `Problem`. Nothing is decoded twice, nothing is run. Pages for people are made by
`kennis_ld.web.sparql.endpoint`; refusals look the same everywhere on the site: `kennis_ld.web.security.refused`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from flask import Response
from werkzeug.http import parse_options_header

from kennis_ld.engine.interface import GRAPH_FORMATS, SOLUTION_FORMATS, Answer, Question
from kennis_ld.engine.store import is_iri
from kennis_ld.engine.tokens import tokens
from kennis_ld.tags import tag_of, tag_text
from kennis_ld.web.negotiation import ACCEPTED, DIRECT, FORM, GRAPH_TYPES, HTML, SOLUTION_TYPES, choose, content_type
from kennis_ld.web.problems import Problem, not_acceptable
from kennis_ld.web.security import reply

METHODS = ("GET", "POST", "QUERY")
"""How a query can be asked, and with HEAD; QUERY is RFC 10008."""

MOST_QUERY_BYTES = 64 * 1024
MOST_PARAMETERS = 200

_NONE: list[str | None] = [None]
_VOLATILE_WORD = re.compile(r"[0-9.eE]*(?:RAND|NOW|(?:STR)?UUID|BNODE)", re.IGNORECASE)
_VOLATILE_CALL = re.compile(r"(?:RAND|NOW|(?:STR)?UUID|BNODE)\(", re.IGNORECASE)
_FIXED = {"Cache-Control": "no-cache", "Vary": "Accept"}


class SparqlRequest(NamedTuple):
    """What a client asks.

    Attributes:
        query: text of the query; None where there is none.
        default_graphs: IRIs for the default graph, as `default-graph-uri`.
        named_graphs: IRIs of the named graphs, as `named-graph-uri`.
        format: a form asked for by name (`format=csv`), as a link on the query page does; None where Accept decides.
        example: key of an example to show; None where none is asked for.
        is_typed: whether it comes from the form of the query page (`via=form`).
    """

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None
    example: str | None = None
    is_typed: bool = False


class Forms(NamedTuple):
    """Media types of an answer, by what the query turns out to give; None where the client accepts none.

    Attributes:
        solutions: for SELECT and ASK.
        graph: for CONSTRUCT and DESCRIBE.
    """

    solutions: str | None
    graph: str | None

    @property
    def for_people(self) -> bool:
        """Whether the answer may be a page."""
        return HTML in self


def read(method: str, query_string: bytes, content_type: str, content_encoding: str, body: bytes) -> SparqlRequest:
    """Returns what a request asks.

    Query string and body are taken as they came.

    Raises:
        Problem: the request is none that the protocol knows for queries, or asks for an update.
    """
    media_type = _media_type(content_type, content_encoding) if method in {"POST", "QUERY"} else None
    try:
        parameters = _parameters([query_string, body] if media_type == FORM else [query_string])
        if media_type == DIRECT:
            parameters.setdefault("query", []).append(body.decode())
    except UnicodeDecodeError as error:
        raise Problem("invalid-request", where="UTF-8") from error
    if "update" in parameters:
        raise Problem("read-only")
    queries = parameters.get("query", [])
    if len(queries) > 1 or (media_type == FORM and not queries):
        raise Problem("invalid-request", where="query")
    return SparqlRequest(
        _checked(queries[0]) if queries else None,
        _graphs(parameters, "default-graph-uri"),
        _graphs(parameters, "named-graph-uri"),
        parameters.get("format", _NONE)[0],
        parameters.get("example", _NONE)[0],
        parameters.get("via", _NONE)[0] == "form",
    )


def forms(accept: str | None, wanted: SparqlRequest) -> Forms:
    """Returns the forms of the answer.

    Raises:
        Problem: the client accepts no form that there is.
    """
    chosen = _chosen(accept)
    if wanted.format is not None:
        name = wanted.format
        chosen = Forms(SOLUTION_FORMATS.get(name, chosen.solutions), GRAPH_FORMATS.get(name, chosen.graph))
    if chosen.solutions is None and chosen.graph is None:
        raise not_acceptable(*SOLUTION_TYPES, *GRAPH_TYPES, HTML)
    return chosen


@lru_cache(maxsize=1024)
def _chosen(accept: str | None) -> Forms:
    return Forms(choose(accept, (*SOLUTION_TYPES, HTML)), choose(accept, (*GRAPH_TYPES, HTML)))


def question(base_iri: str, wanted: SparqlRequest, forms: Forms) -> Question:
    """Returns what the engine is asked; relative IRIs in the query are resolved against the base."""
    # A page is made from JSON, or shows Turtle.
    solutions = None if forms.solutions is None else SOLUTION_TYPES.get(forms.solutions, "json")
    graph = None if forms.graph is None else GRAPH_TYPES.get(forms.graph, "ttl")
    return Question(wanted.query or "", base_iri, solutions, graph, {}, wanted.default_graphs, wanted.named_graphs)


def tag(seed: str, method: str, query_string: bytes, query: str, forms: Forms, *, path: str = "/sparql") -> str | None:
    """Returns the tag of an answer: a release never changes, so what is asked at an address fixes it.

    None where it does not: the query has a function whose value is another one each time, or the method is one whose
    answers are not kept.

    The query string is taken as it came. The path counts, for a page is in one language.
    """
    if method not in {"GET", "HEAD"} or is_volatile(query):
        return None
    return tag_of(_beside(seed, forms, path) + query_string.decode("latin-1"))


@lru_cache(maxsize=256)
def _beside(seed: str, forms: Forms, path: str) -> str:
    """Returns what a tag is made from next to the query string."""
    return tag_text(seed, f"{forms.solutions} {forms.graph}", path)


def answered(answer: Answer, forms: Forms, *, release: str, tag: str | None) -> Response:
    """Returns the response to a query that was answered."""
    media_type = (forms.graph if answer.kind == "graph" else forms.solutions) or answer.media_type
    headers = {"Content-Type": content_type(media_type), "Vary": "Accept"}
    # Without a tag nobody knows how long it holds.
    headers |= {"Cache-Control": "no-store"} if tag is None else {"ETag": f'"{tag}"', **_FIXED}
    return reply(200, headers, answer.body, release=release)


def unchanged(*, release: str, tag: str) -> Response:
    """Returns the response to a client that has the answer with this tag (RFC 9110, section 15.4.5)."""
    return reply(304, {"ETag": f'"{tag}"', **_FIXED}, release=release)


def is_volatile(query: str) -> bool:
    """Whether the answer to a query may be another one each time.

    Where the word could be one in another reading of the text (`?x<NOW()&&?y>2` looks like an IRI), it counts.

    >>> is_volatile("BIND(NOW() AS $x)"), is_volatile("$s <http://x/knowledge> 'now()'")
    (True, False)
    """
    upper = query.upper()
    if not ("RAND" in upper or "NOW" in upper or "UUID" in upper or "BNODE" in upper):
        return False
    calling = False
    for token in tokens(query):
        if calling and token.text == "(":
            return True
        calling = token.kind == "word" and _VOLATILE_WORD.fullmatch(token.text) is not None
        if token.kind == "iri" and _VOLATILE_CALL.search(token.text):
            return True
    return False


def _media_type(content_type: str, content_encoding: str) -> str:
    """Returns what a body is: FORM or DIRECT."""
    media_type, options = parse_options_header(content_type)
    is_text = options.get("charset", "utf-8").lower() in {"utf-8", "utf8"}
    is_plain = content_encoding.strip().lower() in {"", "identity"}
    if media_type.lower() not in {FORM, DIRECT} or not is_text or not is_plain:
        headers = {"Accept-Post": ACCEPTED, "Accept-Query": ACCEPTED}
        raise Problem("unsupported-media-type", headers=headers, supported=[FORM, DIRECT])
    return media_type.lower()


def _checked(query: str) -> str:
    if "\0" in query:
        raise Problem("invalid-request", where="query")
    if len(query) * 4 > MOST_QUERY_BYTES and len(query.encode()) > MOST_QUERY_BYTES:
        raise Problem("query-too-large", limit=MOST_QUERY_BYTES, unit="bytes")
    return query


def _graphs(parameters: Mapping[str, list[str]], name: str) -> tuple[str, ...]:
    """Returns the graphs that a parameter names; forms on the web send it empty where a person filled in nothing."""
    if name not in parameters:
        return ()
    graphs = tuple(filter(None, parameters[name]))
    if not all(map(is_iri, graphs)):
        raise Problem("invalid-graph", parameter=name)
    return graphs


def _parameters(encoded: Sequence[bytes]) -> dict[str, list[str]]:
    """Returns the values of each name in forms (URL standard, section 5.1), decoded once."""
    found: dict[str, list[str]] = {}
    for form in encoded:
        pairs = form.split(b"&")
        if len(pairs) > MOST_PARAMETERS:
            raise Problem("invalid-request", where="parameters")
        for pair in filter(None, pairs):
            name, _, value = pair.partition(b"=")
            found.setdefault(_decoded(name), []).append(_decoded(value))
    return found


def _decoded(encoded: bytes) -> str:
    """Returns a name or a value; raw bytes beyond ASCII count as if they had been encoded."""
    encoded = encoded.replace(b"+", b" ")
    if b"%" not in encoded:
        return encoded.decode()
    if b"\\" not in encoded:
        try:
            # The decoder for escapes does the same in a third of the time.
            return encoded.replace(b"%", b"\\x").decode("unicode_escape").encode("latin-1").decode()
        except UnicodeError:
            pass  # a percent sign that is only that
    return unquote_to_bytes(encoded).decode()
