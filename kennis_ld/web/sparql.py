"""The SPARQL endpoint: SPARQL 1.1 Protocol for queries, service description, and the query page for people.

Queries of visitors go to the engine as they are; this module decides the form of the answer and the words around it.
"""

from __future__ import annotations

import json
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request

from kennis_ld.engine.interface import Answer
from kennis_ld.errors import NoSuitableFormat
from kennis_ld.web.answers import fixed
from kennis_ld.web.fair import ASKED
from kennis_ld.web.forms import GRAPH_TYPES, HTML, SOLUTION_TYPES
from kennis_ld.web.links import as_query
from kennis_ld.web.negotiation import choose
from kennis_ld.web.problems import Problem, problem_of
from kennis_ld.web.protocol import Asked, asked
from kennis_ld.web.question import Forms, forms, not_acceptable, question
from kennis_ld.web.question import tag as tag_of
from kennis_ld.web.results import Table, table_of
from kennis_ld.web.site import Site, current_site
from kennis_ld.web.statements import document
from kennis_ld.web.words import Words, language_of

blueprint = Blueprint("sparql", __name__)

_GRAPHS = (*GRAPH_TYPES, HTML)


@blueprint.route("/sparql", methods=["GET", "POST"])
@blueprint.route("/en/sparql", methods=["GET", "POST"], endpoint="sparql_en")
def sparql() -> Response:
    """Answers a query; without one, describes the service to a machine and shows the query page to a person."""
    site = current_site()
    asked_for = asked(request)
    accept = request.headers.get("Accept")
    response = _describe(site, asked_for, accept) if asked_for.query is None else _answer(site, asked_for, accept)
    response.vary.add("Accept")
    return response


def _describe(site: Site, question: Asked, accept: str | None) -> Response:
    chosen = choose(accept, _GRAPHS)
    if chosen is None:
        raise not_acceptable(_GRAPHS)
    if chosen == HTML:
        language = language_of(request.path)
        return fixed(
            site,
            key=("sparql", language, question.example or "", *question.default_graphs, " ", *question.named_graphs),
            media_type=HTML,
            make=lambda: _page(site, question).encode(),
            headers={"Content-Language": language},
        )
    form = GRAPH_TYPES[chosen]
    return fixed(site, key=("sparql",), media_type=chosen, make=lambda: _description(site, form), headers={})


def _description(site: Site, form: str) -> bytes:
    return document(site.lookup.graph("service", "nt"), form, terms=site.iris.terms, about=site.iris.endpoint)


def _answer(site: Site, asked_for: Asked, accept: str | None) -> Response:
    chosen = forms(accept, asked_for)
    tag = tag_of(site, asked_for, chosen, request.path)
    if request.method != "POST" and tag in request.if_none_match and not request.if_none_match.star_tag:
        response = Response(status=304)
    else:
        response = _run(site, asked_for, chosen)
    if request.method != "POST" and response.status_code in {200, 304}:
        response.set_etag(tag)
        response.headers["Cache-Control"] = "no-cache"
    return response


def _run(site: Site, asked_for: Asked, chosen: Forms) -> Response:
    try:
        begun = request.environ.get(ASKED)
        answer: Answer = begun.answer() if begun else site.engine.answer(question(site, asked_for, chosen))
    except NoSuitableFormat as error:
        raise not_acceptable(GRAPH_TYPES if error.kind == "graph" else SOLUTION_TYPES) from error
    except Exception as error:
        problem = problem_of(error)
        if not chosen.for_people or problem.name == "internal-error":
            raise
        return make_response(_page(site, asked_for, problem=problem), problem.status, problem.headers)
    if chosen.graph == HTML if answer.kind == "graph" else chosen.solutions == HTML:
        response = make_response(_page(site, asked_for, answer=answer))
        response.headers["Content-Language"] = language_of(request.path)
        return response
    return Response(answer.body, content_type=chosen.of(answer))


def _page(site: Site, question: Asked, *, answer: Answer | None = None, problem: Problem | None = None) -> str:
    """Returns the query page, with the answer or the problem where there is one."""
    words = Words(language_of(request.path))
    example = next((each for each in site.settings.examples if each.name == question.example), None)
    # Whoever comes with nothing gets something to start from.
    start = example or next(iter(site.settings.examples), None)
    query = question.query if question.query is not None else start.text if start else ""
    graphs = [("default-graph-uri", iri) for iri in question.default_graphs]
    graphs += [("named-graph-uri", iri) for iri in question.named_graphs]
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
        here.append(("query", question.query or ""))
    return render_template(
        "sparql.html",
        words=words,
        twin_query=as_query(here),
        query=query,
        question=question,
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
