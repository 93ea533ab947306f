"""The SPARQL endpoint: queries, service description, the query page for people, and the terms that it completes.

What a request means, and how an answer looks to a machine, stands in `kennis_ld.web.sparql.request`; here that meets
Flask, and here are the pages.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request

from kennis_ld.engine.interface import Answer
from kennis_ld.graph.description import Description, document
from kennis_ld.graph.statements import PREFIXES
from kennis_ld.web.documents import FOR_MACHINES, fixed, is_known, negotiated
from kennis_ld.web.negotiation import ACCEPTED, GRAPH_TYPES, HTML
from kennis_ld.web.problems import Problem, problem_of
from kennis_ld.web.security import MOST_ADDRESS_BYTES
from kennis_ld.web.site import Site, current_site, current_words
from kennis_ld.web.sparql import request as sparql_request
from kennis_ld.web.sparql.answers import labels, table
from kennis_ld.web.sparql.request import METHODS, SparqlRequest, answered, forms, question, read, unchanged
from kennis_ld.web.words import Words

blueprint = Blueprint("sparql", __name__)

EDITOR = Path(__file__).parent.parent / "static" / "editor.js"
"""Built where Node was there when kennis-ld was installed (`editor/build.py`); the form works without it."""

_LONGEST_ADDRESS = MOST_ADDRESS_BYTES - 200  # so that `format` and the language still go with it
_TAKES = {"Accept-Query": ACCEPTED}  # says that a query can be the body of a request (RFC 10008, section 3)


@blueprint.route("/sparql", methods=METHODS)
@blueprint.route("/en/sparql", methods=METHODS, endpoint="sparql_en")
def sparql() -> Response:
    """Answers a query; without one, describes the service to a machine and shows the query page to a person."""
    site = current_site()
    wanted = read(
        request.method,
        _query_string(),
        request.headers.get("Content-Type", ""),
        request.headers.get("Content-Encoding", ""),
        # Not request.form: it turns bytes that are no UTF-8 into U+FFFD and says nothing.
        request.get_data(cache=False, parse_form_data=False) if request.method in {"POST", "QUERY"} else b"",
    )
    short = _permalink(site, wanted) if wanted.is_typed and request.method == "POST" else None
    if short is not None:
        return Response(status=303, headers={"Location": short, "Cache-Control": "no-store"})
    response = _describe(site, wanted) if wanted.query is None else _answer(site, wanted)
    response.vary.add("Accept")
    return response


def _query_string() -> bytes:
    return cast("str", request.environ.get("QUERY_STRING", "")).encode("latin-1")


def _permalink(site: Site, wanted: SparqlRequest) -> str | None:
    """Returns the address of a query that was typed, for it can be shared; None where it would be too long."""
    address = f"{site.prefix}{request.path}?{urlencode([('query', wanted.query or ''), *_graphs(wanted)])}"
    return address if len(address) <= _LONGEST_ADDRESS else None


def _graphs(wanted: SparqlRequest) -> list[tuple[str, str]]:
    graphs = [("default-graph-uri", iri) for iri in wanted.default_graphs]
    return graphs + [("named-graph-uri", iri) for iri in wanted.named_graphs]


def _describe(site: Site, wanted: SparqlRequest) -> Response:
    chosen = negotiated(FOR_MACHINES)
    if chosen == HTML:
        return fixed(
            site,
            *("sparql", current_words().language, wanted.example or ""),
            *(*wanted.default_graphs, " ", *wanted.named_graphs),
            media_type=HTML,
            make=lambda: _page(site, wanted).encode(),
            headers=_TAKES,
        )

    def description() -> bytes:
        parts = ("service", "void", *(["federation"] if site.settings.services else []))
        found = b"".join(site.lookup.graph(each) for each in parts)
        return document(found, GRAPH_TYPES[chosen], terms=site.iris.terms, about=site.iris.endpoint)

    return fixed(site, "sparql", media_type=chosen, make=description, headers=_TAKES)


def _answer(site: Site, wanted: SparqlRequest) -> Response:
    chosen = forms(request.headers.get("Accept"), wanted)
    query, tag = wanted.query or "", None
    if not site.asks_others(query):
        tag = sparql_request.tag(site.tag_seed, request.method, _query_string(), query, chosen, path=request.path)
    release = site.release.digest
    if tag is not None and is_known(tag):
        return unchanged(release=release, tag=tag)
    try:
        answer = site.engine.answer(question(site.iris.root, wanted, chosen))
    except Exception as error:
        problem = problem_of(error)
        if not chosen.for_people or problem.name == "internal-error":
            raise
        return make_response(_page(site, wanted, problem=problem), problem.status, problem.headers)
    response = answered(answer, chosen, release=release, tag=tag)
    if HTML in {chosen.graph if answer.kind == "graph" else chosen.solutions}:
        response.set_data(_page(site, wanted, answer=answer))
        response.headers["Content-Language"] = current_words().language
    return response


def _page(site: Site, wanted: SparqlRequest, *, answer: Answer | None = None, problem: Problem | None = None) -> str:
    """Returns the query page, with the answer or the problem where there is one."""
    example = next((each for each in site.settings.examples if each.name == wanted.example), None)
    query = wanted.query
    if query is None:  # whoever comes with nothing gets something to start from
        start = render_template("start.rq", terms=site.iris.terms)
        query = site.iris.shared(example.text) if example else start
    graphs = _graphs(wanted)
    here = [("example", example.name if example else ""), *graphs]
    if request.method == "GET":
        here.append(("query", wanted.query or ""))
    line = problem.details.get("line") if problem else None
    lines = query.splitlines()
    return render_template(
        "sparql.html",
        twin_query=[(name, value) for name, value in here if value],
        query=query,
        question=wanted,
        is_long=len(urlencode([("query", query), *graphs])) > _LONGEST_ADDRESS,
        named=labels(site, current_words().language),
        column=problem.details.get("column") if problem else None,
        line=line,
        has_editor=EDITOR.exists(),
        download_query=lambda form: urlencode([("query", query), *graphs, ("format", form)]),
        wrong_line=lines[line - 1] if isinstance(line, int) and 0 < line <= len(lines) else None,
        example=example,
        kind=answer.kind if answer else None,
        table=table(answer.body, query) if answer and answer.kind == "solutions" else None,
        verdict=json.loads(answer.body)["boolean"] if answer and answer.kind == "boolean" else None,
        turtle=answer.body.decode() if answer and answer.kind == "graph" else "",
        problem=problem,
        told=problem.words(current_words()) if problem else None,
    )


@blueprint.get("/sparql/termen")
@blueprint.get("/en/sparql/termen", endpoint="terms_en")
def terms() -> Response:
    """Sends what the editor completes: prefixes, and each term with its label, how often it is used, and its kind."""
    site, words = current_site(), current_words()
    return fixed(
        site, "terms", words.language, media_type="application/json", make=lambda: _terms(site, words).encode()
    )


def _terms(site: Site, words: Words) -> str:
    names = Description((), terms=site.iris.terms)
    labelled = labels(site, words.language)
    found: list[tuple[str, str, int, str]] = []
    for row in site.lookup.rows("used_terms"):
        short = names.short(row["term"])
        label = labelled(row["term"])
        if short != row["term"]:
            kind = "class" if short.partition(":")[2][:1].isupper() else "property"
            found.append((short, label.value if label else short.partition(":")[2], int(row["uses"]), kind))
    shown = {
        "prefixes": {"ks": site.iris.terms, **PREFIXES},
        "terms": sorted(found, key=lambda each: (-each[2], each[0])),
    }
    return json.dumps(shown, ensure_ascii=False)
