"""/samenwerking: the matrix of organisations and themes, the circle of one organisation, and the pairs."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Response, render_template, request

from kennis_ld.web.documents import fixed
from kennis_ld.web.pages.collaboration import MOST_ROWS, active, around, circle, pairs_of, who_does_what
from kennis_ld.web.pages.facets import Choice, Facet
from kennis_ld.web.pages.lists import TABLES
from kennis_ld.web.pages.overview import overview, reference
from kennis_ld.web.pages.route import Asked, blueprint, page
from kennis_ld.web.site import Site, current_site, current_words
from kennis_ld.web.words import Words

MOST_PAIRS = 50
_MOST_AROUND = 18
_RADIUS = 200


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


@blueprint.get("/netwerk")
@blueprint.get("/en/netwerk", endpoint="network_en")
def network() -> Response:
    """Leads the address that the page had before to the one it has now."""
    site = current_site()
    address = site.page("samenwerking", current_words().language)
    return Response(status=308, headers={"Location": address, "Cache-Control": "no-cache"})
