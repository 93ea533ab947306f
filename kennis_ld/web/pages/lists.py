"""The list pages: home, projects, organisations, themes, network, quality, search; Dutch at /x, English at /en/x."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request

from kennis_ld.engine.interface import Text
from kennis_ld.graph.description import Description, statements
from kennis_ld.graph.structured_data import structured_data
from kennis_ld.web.catalogue import DUMPS
from kennis_ld.web.documents import fixed, negotiated, release_file
from kennis_ld.web.negotiation import GRAPH_TYPES, HTML
from kennis_ld.web.pages.overview import LEAD, PARTNER, ROLES, overview, reference
from kennis_ld.web.site import Site, current_site, current_words
from kennis_ld.web.words import twins

blueprint = Blueprint("pages", __name__)

PAGE_SIZE = 200
MOST_WORDS = 6
_SEVERITIES = ("violation", "warning", "info")

Asked = Mapping[str, str]
"""The parameters that a page depends on; no others may show in it. Empty where one is not given."""

Values = Callable[[Site, str, Asked], Mapping[str, Any]]
"""Makes what a template needs, in a language."""


def _page(
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


@_page("/", "home.html", document="/catalog")
def home(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """Shows what the site is, what it holds and how to use it."""
    whole = overview(site)
    counts = {row["kind"]: int(row["number"]) for row in site.lookup.rows("counts")}
    return {
        "projects": len(whole.projects),
        "organisations": len(whole.organisations),
        "participations": counts.get(f"{site.iris.terms}Participation", 0),
        "themes": [(each, len(whole.selected(theme=each.iri))) for each in whole.tops()],
        "example": next(iter(whole.projects.values()), None),
        "dumps": _dumps(site),
        "data": _dataset(site, language),
        "examples": site.settings.examples[:6],
        "title": site.settings.title.get(language, site.settings.title["nl"]),
    }


def _filters() -> Asked:
    number = request.args.get("pagina", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    filters = {name: request.args.get(name, "") for name in ("thema", "organisatie", "rol")}
    return {**filters, "pagina": str(page) if page > 1 else ""}


@_page("/projecten", "projects.html", _filters)
def projects(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """Lists projects; `thema`, `organisatie` and `rol` narrow the list, `pagina` goes on."""
    whole = overview(site)
    themes = {reference(iri): iri for iri in whole.themes}
    organisations = {reference(iri): iri for iri in whole.organisations}
    found = whole.selected(
        # A key that nothing has selects nothing, rather than everything.
        theme=themes.get(asked["thema"], "-") if asked["thema"] else None,
        organisation=organisations.get(asked["organisatie"], "-") if asked["organisatie"] else None,
        role=ROLES.get(asked["rol"], "-") if asked["rol"] else None,
    )
    taking_part = [each for each in whole.organisations.values() if any(each.projects.values())]
    page = int(asked["pagina"] or 1)
    filters = {name: value for name, value in asked.items() if value and name != "pagina"}
    return {
        "asked": asked,
        "found": found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
        "total": len(found),
        "number": page,
        "page_path": site.page("projecten", language),
        "query": lambda other: urlencode({**filters, "pagina": other}),
        "pages": -(-len(found) // PAGE_SIZE),
        "themes": list(whole.themes.values()),
        "organisations": whole.by_name(taking_part, language),
        "reference": reference,
    }


@_page("/organisaties", "organisations.html")
def organisations(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """Lists organisations with how many projects each leads and takes part in."""
    whole = overview(site)
    return {"organisations": whole.by_name(whole.organisations.values(), language)}


@_page("/themas", "themes.html")
def themes(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """Lists the themes with their projects."""
    whole = overview(site)
    tops = whole.tops()
    return {
        "tops": tops,
        "under": {top.iri: [each for each in whole.themes.values() if each.broader == top.iri] for top in tops},
        "counts": {iri: len(whole.selected(theme=iri)) for iri in whole.themes},
    }


@_page("/netwerk", "network.html")
def network(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """Shows which organisations most often share a project."""
    return {"pairs": site.lookup.rows("network")}


@_page("/zoeken", "search.html", lambda: {"q": request.args.get("q", "")[:200]})
def search(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """Finds projects and organisations that hold all the words of `q`."""
    wanted = asked["q"].lower().split()[:MOST_WORDS]
    padded = (wanted + [""] * MOST_WORDS)[:MOST_WORDS]
    words = {f"w{place}": Text(word) for place, word in enumerate(padded, start=1)}
    found = site.search.rows("search", **words) if wanted else ()
    project = f"{site.iris.terms}Project"
    return {
        "asked": asked["q"],
        "wanted": wanted,
        "projects": [row for row in found if row["kind"] == project],
        "organisations": [row for row in found if row["kind"] != project],
    }


@_page("/kwaliteit", "quality.html", document="/kwaliteit")
def quality(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """Shows the findings that travel with the release, grouped by what they are about."""
    findings = _json(site, "findings.json") or []
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for finding in findings:
        # A finding about an entry stands with its entry; what is about something else stands together.
        document = finding["place"].rpartition(":")[0] if finding["subject"] else ""
        groups.setdefault((document, finding["subject"]), []).append(finding)

    def gravest(group: tuple[object, list[dict[str, Any]]]) -> int:
        return min(_SEVERITIES.index(finding["severity"]) for finding in group[1])

    suffix = ".en" if language == "en" else ""
    files = ("report.ttl", f"findings{suffix}.csv", f"completeness{suffix}.svg")
    return {
        "groups": sorted(groups.items(), key=gravest),
        "total": len(findings),
        "completeness": _json(site, "completeness.json"),
        "files": [name if site.release.file(name) else "" for name in files],
    }


@blueprint.get('/kwaliteit/<any("completeness.svg", "completeness.en.svg"):name>')
def picture(name: str) -> Response:
    """Shows the picture of the completeness, in the page and not as a download."""
    site = current_site()
    return fixed(site, "picture", name, media_type=DUMPS[name], make=release_file(site, name).read_bytes)


def _dataset(site: Site, language: str) -> str:
    """Returns the dataset as search engines read it; empty where the release has no catalogue."""
    path = site.release.file("catalog.nt")
    about = Description(statements(path.read_bytes() if path else b""), terms=site.iris.terms)
    datasets = about.subjects("rdf:type", about.iri("dcat:Dataset"))
    page = site.iris.root
    return structured_data(datasets[0], about, language=language, page=page) if datasets else ""


def _json(site: Site, name: str) -> Any:
    """Returns what a JSON file of the release holds; None where it has no such file."""
    path = site.release.file(name)
    return None if path is None else json.loads(path.read_text(encoding="utf-8"))


def _size(count: int) -> str:
    """Returns a number of bytes in a unit people know, rounded up."""
    for power, unit in ((6, "MB"), (3, "kB")):
        if count >= 10**power:
            return f"{-(-count // 10**power)} {unit}"
    return f"{count} B"


def _dumps(site: Site) -> list[tuple[str, str, str]]:
    """Returns name, path and size of the dumps that the release has."""
    folder = f"{site.prefix}/download/{site.release.digest}"
    files = {name: site.release.file(name) for name in DUMPS if name.startswith("agenda.")}
    return [(name, f"{folder}/{name}", _size(path.stat().st_size)) for name, path in files.items() if path]
