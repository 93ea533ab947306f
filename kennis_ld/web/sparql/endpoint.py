"""The SPARQL endpoint: queries, service description, and the query page for people.

What a request means stands in `kennis_ld.web.sparql.request`, how an answer looks to a machine in
`kennis_ld.web.sparql.response`; here they meet Flask, and here are the pages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request

from kennis_ld.engine.interface import Answer
from kennis_ld.web.documents import FOR_MACHINES, fixed, is_known
from kennis_ld.web.links import as_query
from kennis_ld.web.media_types import GRAPH_TYPES, HTML
from kennis_ld.web.negotiation import choose
from kennis_ld.web.problems import Problem, not_acceptable, problem_of
from kennis_ld.web.security import Reply, sent
from kennis_ld.web.site import Site, current_site
from kennis_ld.web.sparql import response as responses
from kennis_ld.web.sparql.request import ACCEPTED, METHODS, SparqlRequest, forms, question, read
from kennis_ld.web.things.statements import Term, document
from kennis_ld.web.words import Words, language_of

MOST_ROWS_SHOWN = 1000
"""A longer answer is complete in every download; the page shows its beginning and says so."""

blueprint = Blueprint("sparql", __name__)

_TAKES = {"Accept-Query": ACCEPTED}
"""Says that a query can be the body of a request (RFC 10008, section 3)."""

_METHODS = [method for method in METHODS if method != "HEAD"]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows to show.

    Attributes:
        variables: names of the columns.
        rows: a term or None for each column.
        total: how many rows the whole answer has.
    """

    variables: Sequence[str]
    rows: Sequence[Sequence[Term | None]]
    total: int


@blueprint.route("/sparql", methods=_METHODS)
@blueprint.route("/en/sparql", methods=_METHODS, endpoint="sparql_en")
def sparql() -> Response:
    """Answers a query; without one, describes the service to a machine and shows the query page to a person."""
    site = current_site()
    wanted = read(
        request.method,
        request.environ.get("QUERY_STRING", "").encode("latin-1"),
        request.headers.get("Content-Type", ""),
        request.headers.get("Content-Encoding", ""),
        # Not request.form: it turns bytes that are no UTF-8 into U+FFFD and says nothing.
        request.get_data(cache=False, parse_form_data=False) if request.method in {"POST", "QUERY"} else b"",
    )
    accept = request.headers.get("Accept")
    response = _describe(site, wanted, accept) if wanted.query is None else _answer(site, wanted, accept)
    response.vary.add("Accept")
    return response


def _describe(site: Site, wanted: SparqlRequest, accept: str | None) -> Response:
    chosen = choose(accept, FOR_MACHINES)
    if chosen is None:
        raise not_acceptable(*FOR_MACHINES)
    if chosen == HTML:
        language = language_of(request.path)
        return fixed(
            site,
            key=("sparql", language, wanted.example or "", *wanted.default_graphs, " ", *wanted.named_graphs),
            media_type=HTML,
            make=lambda: _page(site, wanted).encode(),
            headers={"Content-Language": language, **_TAKES},
        )
    form = GRAPH_TYPES[chosen]
    return fixed(site, key=("sparql",), media_type=chosen, make=lambda: _description(site, form), headers=_TAKES)


def _description(site: Site, form: str) -> bytes:
    return document(site.lookup.graph("service", "nt"), form, terms=site.iris.terms, about=site.iris.endpoint)


def _answer(site: Site, wanted: SparqlRequest, accept: str | None) -> Response:
    chosen = forms(accept, wanted)
    tag = responses.tag(site.tag_seed, request.method, wanted, chosen, path=request.path)
    release = site.release.digest
    if tag is not None and is_known(tag):
        return sent(responses.unchanged(release=release, tag=tag))
    try:
        answer = site.engine.answer(question(site.iris.root, wanted, chosen))
    except Exception as error:
        problem = problem_of(error)
        if not chosen.for_people or problem.name == "internal-error":
            raise
        return make_response(_page(site, wanted, problem=problem), problem.status, problem.headers)
    reply = responses.answered(answer, chosen, release=release, tag=tag)
    if HTML not in {chosen.graph if answer.kind == "graph" else chosen.solutions}:
        return sent(reply)
    page = _page(site, wanted, answer=answer).encode()
    response = sent(Reply(reply.status, reply.headers, page))
    response.headers["Content-Language"] = language_of(request.path)
    return response


def _page(site: Site, wanted: SparqlRequest, *, answer: Answer | None = None, problem: Problem | None = None) -> str:
    """Returns the query page, with the answer or the problem where there is one."""
    words = Words(language_of(request.path))
    example = next((each for each in site.settings.examples if each.name == wanted.example), None)
    # Whoever comes with nothing gets something to start from.
    start = example or next(iter(site.settings.examples), None)
    query = wanted.query if wanted.query is not None else start.text if start else ""
    graphs = [("default-graph-uri", iri) for iri in wanted.default_graphs]
    graphs += [("named-graph-uri", iri) for iri in wanted.named_graphs]
    line = problem.details.get("line") if problem else None
    lines = query.splitlines()
    table: Table | None = None
    turtle, verdict = "", None
    if answer is not None:
        match answer.kind:
            case "solutions":
                table = table_of(json.loads(answer.body))
            case "boolean":
                verdict = bool(json.loads(answer.body)["boolean"])
            case "graph":
                turtle = answer.body.decode()
    here = [("example", example.name if example else ""), *graphs]
    if request.method == "GET":
        here.append(("query", wanted.query or ""))
    return render_template(
        "sparql.html",
        words=words,
        twin_query=as_query(here),
        query=query,
        question=wanted,
        download_query=lambda form: urlencode([("query", query), *graphs, ("format", form)]),
        wrong_line=lines[line - 1] if isinstance(line, int) and 0 < line <= len(lines) else None,
        example=example,
        kind=answer.kind if answer else None,
        table=table,
        verdict=verdict,
        turtle=turtle,
        problem=problem,
        told=problem.words(words) if problem else None,
    )


def table_of(document: Mapping[str, Any]) -> Table:
    """Returns the table of a SELECT answer in SPARQL 1.1 Query Results JSON, its first MOST_ROWS_SHOWN rows."""
    variables = document["head"]["vars"]
    solutions = document["results"]["bindings"]
    rows = [[_term(solution.get(name)) for name in variables] for solution in solutions[:MOST_ROWS_SHOWN]]
    return Table(variables, rows, len(solutions))


def _term(value: Mapping[str, Any] | None) -> Term | None:
    if value is None:
        return None
    if value["type"] == "triple":
        parts = [_term(value["value"][part]) for part in ("subject", "predicate", "object")]
        return Term(f"<<( {' '.join(part.value for part in parts if part)} )>>")
    return Term(value["value"], value["type"] == "uri", value.get("xml:lang", ""), value.get("datatype", ""))
