"""The pages beside the lists: home, who works with whom, and what the site is."""

from __future__ import annotations

from itertools import islice
from typing import Any
from urllib.parse import urlencode

from flask import Response, render_template, request

from kennis_ld.graph.description import Description, statements
from kennis_ld.graph.structured_data import structured_data
from kennis_ld.web.catalogue import DUMPS
from kennis_ld.web.documents import fixed
from kennis_ld.web.pages.collaboration import MOST_ROWS, active, around, circle, pairs_of, who_does_what
from kennis_ld.web.pages.facets import Choice, Facet, organisations_of
from kennis_ld.web.pages.lists import TABLES
from kennis_ld.web.pages.overview import LEAD, overview, reference
from kennis_ld.web.pages.publication import publication
from kennis_ld.web.pages.route import Asked, blueprint, page
from kennis_ld.web.pages.themes import theme_pages
from kennis_ld.web.site import Site, current_site, current_words
from kennis_ld.web.words import Words

MOST_PAIRS = 50
_HOME_ROWS = 8
_MOST_AROUND = 18
_RADIUS = 200


@page("/", "home.html", document="/catalog")
def home(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """Shows what the site is about, who does what, and how to use the data."""
    whole = overview(site)
    tops = whole.tops()
    themes = [(each, theme_pages(site)[each.iri].count) for each in tops]
    return {
        "projects": len(whole.projects),
        "organisations": len(whole.organisations),
        "themes": themes,
        "columns": tops,
        "rows": who_does_what(site)[:_HOME_ROWS],
        "leaders": [each for each in organisations_of(site, {"sorteer": "trekker"}, language)[:3] if each.joint[LEAD]],
        "tries": _tries(site, language),
        "data": _dataset(site, language),
        "example": next(iter(whole.projects.values()), None),
        "title": site.settings.title.get(language, site.settings.title["nl"]),
    }


def _dataset(site: Site, language: str) -> str:
    """Returns the dataset as search engines read it; empty where the release has no catalogue."""
    path = site.release.file("catalog.nt")
    about = Description(statements(path.read_bytes() if path else b""), terms=site.iris.terms)
    datasets = about.subjects("rdf:type", about.iri("dcat:Dataset"))
    page = site.iris.root
    return structured_data(datasets[0], about, language=language, page=page) if datasets else ""


def _tries(site: Site, language: str) -> list[str]:
    """Returns words that a search finds something for: an organisation, a theme, a project."""
    whole = overview(site)
    found = [whole.name(each.iri, language).value for each in active(site)[:2]]
    found += [whole.name(each.iri, language).value for each in whole.tops()[:1]]
    return found + [project.title.value for project in islice(whole.projects.values(), 1)]


def collaboration_asked() -> Asked:
    """Reads which organisation, and the pairs of which theme."""
    return {name: request.args.get(name, "")[:200] for name in ("organisatie", "thema")}


@page("/samenwerking", "collaboration.html", collaboration_asked)
def collaboration(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """Shows the matrix of organisations and themes, the circle of one organisation, and the pairs."""
    whole = overview(site)
    tops = whole.tops()
    shown = active(site)
    chosen = whole.meant("organisatie", asked["organisatie"])
    if chosen and not any(whole.organisations[chosen].joint.values()):
        chosen = ""
    others = around(site, chosen)
    return {
        "asked": asked,
        "columns": tops,
        "rows": [] if chosen else who_does_what(site),
        "hidden": max(0, len(shown) - MOST_ROWS),
        **({} if chosen else _pairs(site, language, asked)),
        "chosen": chosen,
        "around": circle(others[:_MOST_AROUND], radius=_RADIUS),
        "with_": len(others),
        "in_": len(whole.of_organisation(chosen, None, alone=False)),
        "choices": shown[:MOST_ROWS],
        "reference": reference,
    }


def _pairs(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """Returns the pairs of a theme, or of all, with the themes to choose from."""
    whole, found = overview(site), pairs_of(site)
    theme = whole.meant("thema", asked["thema"])
    pairs = found[theme] if theme or not asked["thema"] else []
    choices = [
        Choice(whole.name(each, language), len(found[each]), urlencode({"thema": reference(each)}) + "#paren")
        for each in whole.themes
        if each != theme and found[each]
    ]
    chosen = whole.name(theme, language).value if theme else asked["thema"]
    words = Words(language)
    return {
        "pairs": pairs[:MOST_PAIRS],
        "total": len(pairs),
        "facets": [Facet("thema", choices)] if choices else [],
        "chips": [(words("facet.thema-is", value=chosen), "")] if chosen else [],
        "kept": urlencode({"thema": asked["thema"]} if asked["thema"] else {}),
        "page_path": site.page("samenwerking", language),
        "exports": TABLES,
    }


@blueprint.get("/samenwerking.svg")
@blueprint.get("/en/samenwerking.svg", endpoint="collaboration_svg_en")
def collaboration_picture() -> Response:
    """Sends the circle of one organisation as a picture to keep."""
    site, words, asked = current_site(), current_words(), collaboration_asked()
    whole = overview(site)
    chosen = whole.meant("organisatie", asked["organisatie"])

    def make() -> bytes:
        shown = {
            "whole": whole,
            "chosen": chosen,
            "around": circle(around(site, chosen)[:_MOST_AROUND], radius=_RADIUS),
            "is_file": True,
        }
        return render_template("circle.svg", **shown).encode()

    response = fixed(site, "circle", words.language, chosen, media_type="image/svg+xml", make=make)
    response.headers["Content-Language"] = words.language
    return response


@page("/over", "about.html")
def over(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """Tells whose data these are, what may be done with them, how to cite, harvest and link, and about the site."""
    return {
        "publication": publication(site),
        "dumps": _dumps(site),
        "title": site.settings.title.get(language, site.settings.title["nl"]),
        "example": next(iter(overview(site).projects.values()), None),
    }


def _size(count: int, language: str) -> str:
    """Returns a number of bytes in a unit people know, with one decimal.

    >>> _size(2_359_267, "nl")
    '2,4 MB'
    """
    for power, unit in ((6, "MB"), (3, "kB")):
        if count >= 10**power:
            shown = f"{count / 10**power:.1f} {unit}"
            return shown.replace(".", ",") if language == "nl" else shown
    return f"{count} B"


def _dumps(site: Site) -> list[tuple[str, str, str]]:
    """Returns name, path and size of the dumps that the release has."""
    folder, language = f"{site.prefix}/download/{site.release.digest}", current_words().language
    files = {name: site.release.file(name) for name in DUMPS if name.startswith("agenda.")}
    return [(name, f"{folder}/{name}", _size(path.stat().st_size, language)) for name, path in files.items() if path]


@blueprint.get("/netwerk")
@blueprint.get("/en/netwerk", endpoint="network_en")
def network() -> Response:
    """Leads the address that the page had before to the one it has now."""
    site = current_site()
    address = site.page("samenwerking", current_words().language)
    return Response(status=308, headers={"Location": address, "Cache-Control": "no-cache"})
