"""The saved questions: each has a page with what it asks, its parameters and the answer, and its answer as data.

The answers are asked where those of visitors are (`Site.engine`), for some questions go through all of the data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request

from kennis_ld.engine.inline import one_of
from kennis_ld.engine.interface import GRAPH_FORMATS, SOLUTION_FORMATS, Iri, Question
from kennis_ld.engine.saved import bindings
from kennis_ld.errors import QueryError
from kennis_ld.model.saved_query import SavedQuery
from kennis_ld.web.documents import fixed, negotiated
from kennis_ld.web.negotiation import HTML
from kennis_ld.web.pages.collaboration import active
from kennis_ld.web.pages.overview import overview, reference
from kennis_ld.web.pages.search import index
from kennis_ld.web.problems import Problem
from kennis_ld.web.site import Site, current_site, current_words, made_once
from kennis_ld.web.sparql.answers import MOST_ROWS_SHOWN, Table, labels, table, told_once

blueprint = Blueprint("questions", __name__)

MOST_OFFERED = 60
"""Things to choose from for a parameter; any other can be typed."""


_SUBJECTS = ("project", "organisatie", "thema")


@blueprint.get("/vraag")
@blueprint.get("/en/vraag", endpoint="all_en")
def every_question() -> Response:
    """Lists the questions."""
    site, words = current_site(), current_words()
    negotiated((HTML,))
    groups: dict[str, list[SavedQuery]] = {name: [] for name in (*_SUBJECTS, "else")}
    for query in site.settings.questions:
        groups[_subject(query)].append(query)

    def make() -> bytes:
        return render_template("questions.html", groups=groups).encode()

    return fixed(site, "questions", words.language, media_type=HTML, make=make)


def _subject(query: SavedQuery) -> str:
    """Returns what a question is about: what it is asked of, else the first thing of its answer."""
    named = [*(each.concept for each in query.parameters), *query.columns]
    return next((name for name in named if name in _SUBJECTS), "else")


@blueprint.get("/vraag/<name>")
@blueprint.get("/en/vraag/<name>", endpoint="question_en")
def question(name: str) -> Response:
    """Shows a question with its answer, or sends the answer as data where the address ends in a form."""
    site, words = current_site(), current_words()
    name, _, suffix = name.partition(".")
    query = next((each for each in site.settings.questions if each.name == name), None)
    forms = (SOLUTION_FORMATS if query and query.columns else GRAPH_FORMATS) if suffix else {"": HTML}
    if query is None or suffix not in forms:
        raise Problem("not-found")
    given = {each.name: request.args.get(each.name, "")[:500].strip() for each in query.parameters}
    if suffix:
        return fixed(
            site, "question", name, suffix, *given.values(),
            media_type=forms[suffix], make=lambda: _answer(site, query, given, suffix),
        )  # fmt: skip
    negotiated((HTML,))
    named = request.args.get("release", "")
    named = named if re.fullmatch("[0-9a-f]{8,64}", named) else ""
    return fixed(
        site, "question", name, words.language, named, *given.values(),
        media_type=HTML, make=lambda: _page(site, query, given, named).encode(),
    )  # fmt: skip


def _answer(site: Site, query: SavedQuery, given: Mapping[str, str], form: str) -> bytes:
    """Returns the answer in a form.

    Raises:
        Problem: a parameter is missing or is none.
        QueryError: there is no answer.
    """
    try:
        terms = bindings(query, _by_reference(site, query, given), site.iris)
    except QueryError as error:
        raise Problem("wrong-parameter", parameters=", ".join(given)) from error
    asked = Question(site.iris.shared(query.text), site.iris.root, form, form, terms)
    if query.columns:
        return site.engine.answer(asked._replace(graph=None)).body
    return site.engine.answer(asked._replace(solutions=None)).body


def _of_holders(site: Site, query: SavedQuery, given: Mapping[str, str]) -> tuple[SavedQuery, bool]:
    """Returns the query that asks only of what may hold the texts given, and whether it leaves nothing out.

    Without it a query goes through all texts that there are; the index has their words.
    """
    text, is_all = query.text, True
    for each in query.parameters:
        held = index(site).holding(given[each.name], MOST_ROWS_SHOWN) if each.holder else None
        if held is not None:
            text, is_all = one_of(text, each.holder, map(Iri, held[0])), is_all and held[1]
    return replace(query, text=text), is_all


@made_once
def answered(site: Site, name: str) -> Table:
    """Returns the table of a question without parameters: asked once, for it may go through all of the data.

    Raises:
        QueryError: there is no answer.
    """
    query = next(each for each in site.settings.questions if each.name == name)
    return table(_answer(site, query, {}, "json"), query.text)


def prepare(site: Site) -> None:
    """Asks the questions without parameters, so that nobody waits for them; one that fails is asked on its page."""
    for query in site.settings.questions:
        if query.columns and not query.parameters:
            with suppress(QueryError):
                answered(site, query.name)


def _by_reference(site: Site, query: SavedQuery, given: Mapping[str, str]) -> Mapping[str, str]:
    """Returns what was given, with the IRI of a thing where its name was given."""
    named = _named(site)
    concepts = {each.name: each.concept for each in query.parameters if each.kind == "IRI"}
    return {name: named.get((concepts.get(name, ""), value.casefold()), value) for name, value in given.items()}


def _called(site: Site, query: SavedQuery, given: Mapping[str, str]) -> Mapping[str, str]:
    """Returns what was given as people call it: the name of a thing where its reference or address was given."""
    whole, language = overview(site), current_words().language
    concepts = {each.name: each.concept for each in query.parameters if each.kind == "IRI"}

    def called(name: str, value: str) -> str:
        iri = value if "/" in value else f"{site.iris.things}{concepts.get(name, '')}/{value}"
        known = whole.known(iri, language) if name in concepts else None
        return known.value if known is not None else value

    return {name: called(name, value) for name, value in given.items()}


def _is_unknown(site: Site, query: SavedQuery, given: Mapping[str, str]) -> bool:
    """Whether what was given has the name of no thing that there is, in any language."""
    named, called = _named(site), _called(site, query, given)
    concepts = {each.name: each.concept for each in query.parameters if each.kind == "IRI"}
    return any((concept, called[name].casefold()) not in named for name, concept in concepts.items() if concept)


@made_once
def _named(site: Site) -> Mapping[tuple[str, str], str]:
    """Returns the IRI of each thing by its concept and its name in any language; the first of those with one name."""
    whole = overview(site)
    found: dict[tuple[str, str], str] = {}
    things = {"organisatie": whole.organisations, "thema": whole.themes, "project": whole.projects}
    for concept, iris in things.items():
        for iri in iris:
            for language in ("nl", "en"):
                if (name := whole.known(iri, language)) is not None:
                    found.setdefault((concept, name.value.casefold()), iri)
    return found


def _page(site: Site, query: SavedQuery, given: Mapping[str, str], named: str) -> str:
    """Returns the page of a question, with the answer where every parameter was given and fits.

    `named` is the release that the address names; empty where it names none.
    """
    whole, language = overview(site), current_words().language
    rows: Table | None = None
    turtle, wrong, is_all = "", False, True
    if all(given.values()):
        try:
            if query.columns:
                if given:
                    narrowed, is_all = _of_holders(site, query, given)
                    found = table(_answer(site, narrowed, given, "json"), query.text)
                else:
                    found = answered(site, query.name)
                rows = told_once(found, whole.known, given=given)
            else:
                turtle = _answer(site, query, given, "ttl").decode()
        except Problem:
            wrong = True
        else:
            # An answer without anything to somebody who made a typing error would say that there is nothing.
            wrong = not turtle and not (rows and rows.total) and _is_unknown(site, query, given)
    offered = {
        "organisatie": [each.iri for each in active(site)[:MOST_OFFERED]],
        "thema": list(islice(whole.themes, MOST_OFFERED)),
        "project": list(islice(whole.projects, MOST_OFFERED)),
    }
    return render_template(
        "question.html",
        query=query,
        given=given,
        called=_called(site, query, given),
        wrong=wrong,
        table=rows,
        turtle=turtle,
        is_all=is_all,
        is_answered=not wrong and (rows is not None or bool(turtle)),
        offered={
            each.name: [(reference(iri), whole.known(iri, language)) for iri in offered.get(each.concept, [])]
            for each in query.parameters
        },
        forms=["csv", "tsv", "json", "xml"] if query.columns else list(GRAPH_FORMATS),
        asked=urlencode(given),
        named=labels(site, language),
        other_release="" if site.release.digest.startswith(named) else named,
        permanent=f"{site.iris.root}vraag/{query.name}?{urlencode({**given, 'release': site.release.digest[:8]})}",
        twin_query={name: value for name, value in {**given, "release": named}.items() if value},
    )
