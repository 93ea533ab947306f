"""The lists of projects, organisations and themes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import render_template, request

from kennis_ld.graph.concepts import THEMES
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
from kennis_ld.web.pages.overview import Overview, overview, reference
from kennis_ld.web.pages.route import EXPORTS, Asked, page, page_asked, paged, query_of
from kennis_ld.web.pages.themes import theme_pages
from kennis_ld.web.site import Site
from kennis_ld.web.words import Words


def projects_asked() -> Asked:
    """Reads which projects are asked for."""
    sort = request.args.get("sorteer", "")
    return {
        **{name: request.args.get(name, "")[:200] for name in NARROWING},
        "sorteer": sort if sort in SORTS else "",
        "pagina": page_asked(),
    }


@page("/projecten", "projects.html", projects_asked)
def projects(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """Lists projects; facets narrow the list, `sorteer` orders it, `pagina` goes on."""
    whole, words = overview(site), Words(language)
    return {
        **paged(narrowed(site, asked), asked),
        "asked": asked,
        "chips": list(_chips(whole, asked, words)),
        "facets": project_facets(site, asked, words),
        "sorts": [(sort, query_of(asked, sorteer=sort)) for sort in SORTS],
        "page_path": site.page("projecten", language),
        "as_query": _as_query(site, whole, asked),
        "exports": EXPORTS,
    }


def _chips(whole: Overview, asked: Asked, words: Words) -> Iterable[tuple[str, str]]:
    """Yields each choice that narrows the list, in words, and the query of the address without it."""
    for name in NARROWING:
        if value := asked.get(name):
            known = _meant(whole, name, value)
            shown = whole.name(known, words.language).value if known else value
            yield words(f"facet.{name}-is", value=shown), query_of(asked, **{name: ""})


def _meant(whole: Overview, name: str, value: str) -> str:
    """Returns the IRI that the value of a parameter stands for; empty where it stands for none."""
    return whole.meant("thema" if name == "thema" else "organisatie", value)


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


def organisations_asked() -> Asked:
    """Reads which organisations are asked for."""
    sort = request.args.get("sorteer", "")
    return {
        "soort": request.args.get("soort", "")[:100],
        "sorteer": sort if sort in ORGANISATION_SORTS else "",
        "pagina": page_asked(),
    }


@page("/organisaties", "organisations.html", organisations_asked)
def organisations(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """Lists organisations with how many projects each leads and takes part in."""
    words = Words(language)

    def named(kind: str) -> str:
        return words.get(f"term.schema-{kind}") or kind

    chosen_kind = next((each for each in kind_counts(site) if each.lower() == asked["soort"]), "")
    return {
        **paged(organisations_of(site, asked, language), asked),
        "asked": asked,
        "facet": kinds(site, asked, named, language),
        "named": named,
        # A kind that nothing is of is shown as it was asked.
        "chosen": named(chosen_kind) if chosen_kind else asked["soort"],
        "sorts": [(sort, query_of(asked, sorteer=sort)) for sort in ORGANISATION_SORTS],
        "page_path": site.page("organisaties", language),
        "reference": reference,
        "exports": EXPORTS,
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
        "exports": EXPORTS,
        "as_query": render_template("themes.rq", scheme=site.iris.scheme(THEMES), terms=site.iris.terms),
        "shown": theme_pages(site),
    }
