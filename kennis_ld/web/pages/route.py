"""How a page of the site gets its addresses: Dutch at /x, English at /en/x; made once for each set of parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request

from kennis_ld.web.documents import fixed, negotiated
from kennis_ld.web.negotiation import GRAPH_TYPES, HTML
from kennis_ld.web.pages.overview import LEAD, PARTNER, overview
from kennis_ld.web.site import Site, current_site, current_words
from kennis_ld.web.words import twins

blueprint = Blueprint("pages", __name__)

PAGE_SIZE = 90
"""Things on a page of a long list."""

TABLES: Mapping[str, str] = {"csv": "text/csv", "json": "application/json"}
"""The forms of a list of what has no IRI; `export_list` shows them."""

EXPORTS: Mapping[str, str] = {**TABLES, "ttl": "text/turtle"}

Asked = Mapping[str, str]
"""The parameters that a page depends on; no others may show in it. Empty where one is not given."""


def query_of(asked: Asked, **others: str) -> str:
    """Returns the query of the address of a page for what is asked, with other values; it begins at the first page."""
    kept = {name: value for name, value in asked.items() if value and name != "pagina"}
    return urlencode({name: value for name, value in {**kept, **others}.items() if value})


def page_asked() -> str:
    """Returns the number of the page that is asked for; empty for the first."""
    number = request.args.get("pagina", "1")
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    return str(at) if at > 1 else ""


def paged(found: Sequence[Any], asked: Asked) -> dict[str, Any]:
    """Returns what a template shows of a long list: the things of a page, its number, and how many pages there are."""
    pages = max(1, -(-len(found) // PAGE_SIZE))
    number = min(int(asked["pagina"] or 1), pages)
    return {
        "found": found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
        "total": len(found),
        "number": number,
        "pages": pages,
        "kept": query_of(asked),
        "query": lambda other: query_of(asked, pagina=str(other)),
    }


Values = Callable[[Site, str, Asked], Mapping[str, Any]]
"""Makes what a template needs, in a language."""


def page(
    path: str, template: str, asked: Callable[[], Asked] = dict, *, document: str = ""
) -> Callable[[Values], Values]:
    """Makes a page of what a function gives for its template, at a Dutch and an English path.

    Args:
        path: the path in Dutch.
        template: the template.
        asked: reads the parameters from the request.
        document: where the same stands as RDF, without its suffix; empty where it does not.
    """
    forms = tuple(GRAPH_TYPES) if document else ()

    def route(values: Values) -> Values:
        def view() -> Response:
            site, language, given = current_site(), current_words().language, asked()
            chosen = negotiated((HTML, "application/xhtml+xml", *forms), (HTML, *forms))
            if chosen in forms:
                address = f"{site.prefix}{document}.{GRAPH_TYPES[chosen]}"
                return Response(
                    status=303, headers={"Location": address, "Vary": "Accept", "Cache-Control": "no-cache"}
                )

            def make() -> bytes:
                twin_query = {name: value for name, value in given.items() if value}
                shown = {"whole": overview(site), "LEAD": LEAD, "PARTNER": PARTNER, "twin_query": twin_query}
                return render_template(template, **shown, **values(site, language, given)).encode()

            headers = {"Link": f'<{site.prefix}{document}>; rel="describedby"', "Vary": "Accept"} if document else {}
            return fixed(site, "page", template, language, *given.values(), media_type=HTML, make=make, headers=headers)

        for language, rule in twins(path).items():
            blueprint.add_url_rule(rule, f"{values.__name__}_{language}", view, methods=["GET"])
        return values

    return route
