"""The lists of projects, organisations and themes, and each list as CSV, JSON and Turtle."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from flask import Response, render_template, request

from kennis_ld.engine.interface import Iri
from kennis_ld.graph.description import document
from kennis_ld.publication.csv_file import safe
from kennis_ld.web.documents import fixed
from kennis_ld.web.pages.collaboration import joined, pairs_of
from kennis_ld.web.pages.facets import (
    NARROWING,
    ORGANISATION_SORTS,
    SORTS,
    kind_counts,
    kinds,
    narrowed,
    organisations_of,
    project_facets,
)
from kennis_ld.web.pages.findings import findings
from kennis_ld.web.pages.overview import LEAD, PARTNER, Overview, overview, reference
from kennis_ld.web.pages.route import Asked, blueprint, page
from kennis_ld.web.pages.themes import theme_pages
from kennis_ld.web.problems import Problem
from kennis_ld.web.site import Site, current_site, current_words
from kennis_ld.web.words import Words, twins

PAGE_SIZE = 100
TABLES: Mapping[str, str] = {"csv": "text/csv", "json": "application/json"}
"""The forms of a list of what has no IRI; `export_list` shows them."""

_EXPORTS = {**TABLES, "ttl": "text/turtle"}


def _projects_asked() -> Asked:
    sort = request.args.get("sorteer", "")
    return {
        **{name: request.args.get(name, "")[:200] for name in NARROWING},
        "sorteer": sort if sort in SORTS else "",
        "pagina": _page_asked(),
    }


def _page_asked() -> str:
    """Returns the number of the page that is asked for; empty for the first."""
    number = request.args.get("pagina", "1")
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    return str(at) if at > 1 else ""


def paged(found: Sequence[Any], asked: Asked) -> dict[str, Any]:
    """Returns what a template shows of a long list: the things of a page, its number, and how many pages there are."""
    pages = max(1, -(-len(found) // PAGE_SIZE))
    number = min(int(asked["pagina"] or 1), pages)
    kept = {name: value for name, value in asked.items() if value and name != "pagina"}
    return {
        "found": found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
        "total": len(found),
        "number": number,
        "pages": pages,
        "kept": urlencode(kept),
        "query": lambda other: urlencode({**kept, "pagina": other}),
    }


@page("/projecten", "projects.html", _projects_asked)
def projects(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """Lists projects; facets narrow the list, `sorteer` orders it, `pagina` goes on."""
    whole, told = overview(site), _told(site)
    found = narrowed(whole, asked, told=told)
    kept = {name: value for name, value in asked.items() if value and name != "pagina"}
    words = Words(language)
    return {
        **paged(found, asked),
        "asked": asked,
        "chips": list(_chips(whole, asked, words)),
        "facets": project_facets(site, asked, language, told=told, yes=words("projects.with-finding")),
        "sorts": [
            (sort, urlencode({**kept, "sorteer": sort} if sort else _without(kept, "sorteer"))) for sort in SORTS
        ],
        "page_path": site.page("projecten", language),
        "as_query": _as_query(site, whole, asked),
        "exports": _EXPORTS,
    }


def _without(kept: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: value for name, value in kept.items() if name not in names}


def _chips(whole: Overview, asked: Asked, words: Words) -> Iterable[tuple[str, str]]:
    """Yields each choice that narrows the list, in words, and the query of the address without it."""
    kept = {name: value for name, value in asked.items() if value and name != "pagina"}
    for name in NARROWING:
        if value := asked.get(name):
            known = _meant(whole, name, value)
            shown = whole.name(known, words.language).value if known else value
            yield words(f"facet.{name}-is", value=shown), urlencode(_without(kept, name))


def _meant(whole: Overview, name: str, value: str) -> str:
    """Returns the IRI that the value of a parameter stands for; empty where it stands for none."""
    return whole.keys.get(f"{'thema' if name == 'thema' else 'organisatie'}/{value}", "")


def _as_query(site: Site, whole: Overview, asked: Asked) -> str:
    """Returns the list as SPARQL, to go on from; empty where something is asked for that is not there."""
    chosen = {
        name: _meant(whole, name, asked[name])
        for name in ("thema", "organisatie", "met", "trekker", "partner")
        if asked[name]
    }
    if not all(chosen.values()) or asked["melding"]:
        return ""
    return render_template("projects.rq", chosen=chosen, alone=asked["zelf"], rol=asked["rol"], terms=site.iris.terms)


def _told(site: Site) -> frozenset[str]:
    """Returns the IRIs of the projects that have a finding; collected once."""
    found = site.value("told", lambda: frozenset(each.project for each in findings(site) if each.project))
    return cast("frozenset[str]", found)


def _organisations_asked() -> Asked:
    sort = request.args.get("sorteer", "")
    return {
        "soort": request.args.get("soort", "")[:100],
        "sorteer": sort if sort in ORGANISATION_SORTS else "",
        "pagina": _page_asked(),
    }


@page("/organisaties", "organisations.html", _organisations_asked)
def organisations(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """Lists organisations with how many projects each leads and takes part in."""
    words = Words(language)
    kept = {name: value for name, value in asked.items() if value and name != "pagina"}

    def named(kind: str) -> str:
        return words.get(f"term.schema-{kind}") or kind

    chosen_kind = next((each for each in kind_counts(site) if each.lower() == asked["soort"]), "")
    return {
        **paged(organisations_of(site, asked, language), asked),
        "asked": asked,
        "facet": kinds(site, asked, named, language),
        "named": named,
        # A kind that nothing is of is shown as it was asked.
        "chosen": {kind.lower(): named(kind) for kind in kind_counts(site)}.get(asked["soort"], asked["soort"]),
        "sorts": [
            (sort, urlencode({**kept, "sorteer": sort} if sort else _without(kept, "sorteer")))
            for sort in ORGANISATION_SORTS
        ],
        "page_path": site.page("organisaties", language),
        "reference": reference,
        "joined": joined,
        "exports": _EXPORTS,
        "as_query": render_template("organisations.rq", kind=chosen_kind, terms=site.iris.terms),
    }


@page("/themas", "themes.html")
def themes(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """Lists the themes with their projects."""
    whole = overview(site)
    return {
        "tops": whole.tops(),
        "most": max((theme_pages(site)[each.iri].count for each in whole.tops()), default=0),
        "page_path": site.page("themas", language),
        "exports": _EXPORTS,
        "as_query": render_template("themes.rq", terms=site.iris.terms),
        "shown": theme_pages(site),
    }


@dataclass(frozen=True, slots=True)
class _List:
    """A list that programs can have.

    Attributes:
        asked: reads what it depends on.
        rows: gives its rows, for a spreadsheet and as JSON.
        things: gives the IRIs of what is in it, for Turtle; None where it is of nothing that has an IRI.
    """

    asked: Callable[[], Asked]
    rows: Callable[[Site, Asked, Words], Iterable[dict[str, str]]]
    things: Callable[[Site, Asked], Sequence[str]] | None = None


def _list_as(name: str, suffix: str) -> Response:
    """Answers with a list in a form that programs read, in the language of the path."""
    site, words, listed = current_site(), current_words(), _LISTS[name]
    if suffix not in _EXPORTS or (suffix == "ttl" and listed.things is None):
        raise Problem("not-found")
    asked = listed.asked()

    def make() -> bytes:
        if suffix == "ttl" and listed.things:
            at = (int(asked.get("pagina") or 1) - 1) * PAGE_SIZE
            return _turtle(site, listed.things(site, asked)[at : at + PAGE_SIZE])
        return _table(list(listed.rows(site, asked, words)), suffix, words.language)

    disposition = f'inline; filename="{name}.{suffix}"'
    response = fixed(
        site, name, suffix, words.language, *asked.values(), media_type=_EXPORTS[suffix], make=make,
        headers={"Content-Disposition": disposition},
    )  # fmt: skip
    response.headers["Content-Language"] = words.language
    return response


def _names(whole: Overview, iris: Iterable[str], words: Words) -> str:
    return "; ".join(whole.name(iri, words.language).value for iri in iris)


def _project_rows(site: Site, asked: Asked, words: Words) -> Iterable[dict[str, str]]:
    whole = overview(site)
    for project in narrowed(whole, asked, told=_told(site)):
        yield {
            words("column.address"): project.iri,
            words("column.number"): project.number,
            words("column.title"): project.title.value,
            words("column.theme"): _names(whole, project.themes, words),
            words("column.leads"): _names(whole, project.parties[LEAD], words),
            words("column.partners"): _names(whole, project.parties[PARTNER], words),
        }


def _organisation_rows(site: Site, asked: Asked, words: Words) -> Iterable[dict[str, str]]:
    whole = overview(site)
    for each in organisations_of(site, asked, words.language):
        yield {
            words("column.address"): each.iri,
            words("column.name"): whole.name(each.iri, words.language).value,
            words("column.kind"): words.get(whole.kind(each.iri)) or each.kind,
            words("column.part-of"): _names(whole, each.parents, words),
            words("column.lead-with-units"): str(len(each.joint[LEAD])),
            words("column.lead-itself"): str(len(each.own[LEAD])),
            words("column.partner-with-units"): str(len(each.joint[PARTNER])),
            words("column.partner-itself"): str(len(each.own[PARTNER])),
        }


def _theme_rows(site: Site, asked: Asked, words: Words) -> Iterable[dict[str, str]]:
    whole = overview(site)
    for each in whole.themes.values():
        yield {
            words("column.address"): each.iri,
            words("column.name"): whole.name(each.iri, words.language).value,
            words("column.definition"): each.definitions.get(words.language) or each.definitions.get("nl", ""),
            words("column.above"): _names(whole, [each.broader] if each.broader else [], words),
            words("column.projects"): str(theme_pages(site)[each.iri].count),
        }


def _pair_rows(site: Site, asked: Asked, words: Words) -> Iterable[dict[str, str]]:
    whole = overview(site)
    theme = whole.keys.get(f"thema/{asked['thema']}", "-" if asked["thema"] else "")
    for pair in pairs_of(site).get(theme, ()):
        yield {
            words("column.address"): pair.one,
            words("column.organisation"): whole.name(pair.one, words.language).value,
            words("column.other-address"): pair.other,
            words("column.other"): whole.name(pair.other, words.language).value,
            words("column.together"): str(pair.together),
        }


_LISTS: Mapping[str, _List] = {
    "projecten": _List(
        _projects_asked,
        _project_rows,
        lambda site, asked: [each.iri for each in narrowed(overview(site), asked, told=_told(site))],
    ),
    "organisaties": _List(
        _organisations_asked,
        _organisation_rows,
        lambda site, asked: [each.iri for each in organisations_of(site, asked, site.language)],
    ),
    "themas": _List(dict, _theme_rows, lambda site, asked: list(overview(site).themes)),
    "samenwerking": _List(lambda: {"thema": request.args.get("thema", "")[:200]}, _pair_rows),
}

for _name in _LISTS:
    for _language, _rule in twins(f"/{_name}.<any(csv, json, ttl):suffix>").items():
        blueprint.add_url_rule(
            _rule, f"{_name}_as_{_language}", lambda suffix, name=_name: _list_as(name, suffix), methods=["GET"]
        )


def _table(rows: list[dict[str, str]], suffix: str, language: str) -> bytes:
    """Returns rows as JSON, or as CSV that a spreadsheet in that language opens as a table."""
    if suffix == "json":
        return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()
    output = io.StringIO()
    writer = csv.writer(output, delimiter=";" if language == "nl" else ",", lineterminator="\r\n")
    if rows:
        writer.writerow(rows[0])
    writer.writerows([safe(cell) for cell in row.values()] for row in rows)
    return output.getvalue().encode("utf-8-sig")


def _turtle(site: Site, iris: Iterable[str]) -> bytes:
    """Returns what the data say of things, each asked by itself; no longer than a page of the list."""
    lines = b"".join(site.lookup.graph("itself", "nt", this=Iri(iri)) for iri in iris)
    return document(lines, "ttl", terms=site.iris.terms, about=site.iris.base)
