"""The list pages: home, projects, organisations, themes, network, quality, search; Dutch at /x, English at /en/x."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request

from kennis_ld.engine.interface import Text
from kennis_ld.web.catalogue import DUMPS
from kennis_ld.web.documents import fixed, negotiated, release_file
from kennis_ld.web.negotiation import HTML
from kennis_ld.web.pages.overview import LEAD, PARTNER, ROLES, Organisation, overview, reference
from kennis_ld.web.site import Site, current_site, current_words
from kennis_ld.web.words import Words

blueprint = Blueprint("pages", __name__)

PAGE_SIZE = 200
MOST_WORDS = 6
_SEVERITIES = ("violation", "warning", "info")


def _both(page: str) -> Callable[[Callable[[], Response]], Callable[[], Response]]:
    """Routes a page at its Dutch and its English path."""

    def route(view: Callable[[], Response]) -> Callable[[], Response]:
        blueprint.add_url_rule(f"/{page}", f"{view.__name__}_nl", view, methods=["GET"])
        blueprint.add_url_rule(f"/en/{page}" if page else "/en", f"{view.__name__}_en", view, methods=["GET"])
        return view

    return route


def _page(template: str, asked: Mapping[str, str], values: Callable[[Site, Words], dict[str, Any]]) -> Response:
    """Returns a page in the language of its path; what the template needs is made only where it is not at hand.

    Args:
        template: its template.
        asked: the parameters that it depends on; no others may show in it.
        values: makes what the template needs.
    """
    site, words = current_site(), current_words()
    negotiated((HTML, "application/xhtml+xml"), (HTML,))

    def make() -> bytes:
        twin_query = {name: value for name, value in asked.items() if value}
        shown = {"whole": overview(site), "LEAD": LEAD, "PARTNER": PARTNER, "twin_query": twin_query}
        return render_template(template, **shown, **values(site, words)).encode()

    return fixed(site, "page", template, words.language, *asked.values(), media_type=HTML, make=make)


@_both("")
def home() -> Response:
    """Shows what the site is, what it holds and how to use it."""

    def values(site: Site, words: Words) -> dict[str, Any]:
        whole = overview(site)
        counts = {row["kind"]: int(row["number"]) for row in site.lookup.rows("counts")}
        return {
            "projects": len(whole.projects),
            "organisations": len(whole.organisations),
            "participations": counts.get(f"{site.iris.terms}Participation", 0),
            "themes": [
                (each, len(whole.selected(theme=each.iri, organisation=None, role=None))) for each in _tops(site)
            ],
            "example": next(iter(whole.projects.values()), None),
            "dumps": _dumps(site),
            "examples": site.settings.examples[:6],
            "title": site.settings.title.get(words.language, site.settings.title["nl"]),
        }

    return _page("home.html", {}, values)


@_both("projecten")
def projects() -> Response:
    """Lists projects; `thema`, `organisatie` and `rol` narrow the list, `pagina` goes on."""
    asked = {name: request.args.get(name, "") for name in ("thema", "organisatie", "rol")}
    number = request.args.get("pagina", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1

    def values(site: Site, words: Words) -> dict[str, Any]:
        whole = overview(site)
        themes = {reference(iri): iri for iri in whole.themes}
        organisations = {reference(iri): iri for iri in whole.organisations}
        found = whole.selected(
            # A key that nothing has selects nothing, rather than everything.
            theme=themes.get(asked["thema"], "-") if asked["thema"] else None,
            organisation=organisations.get(asked["organisatie"], "-") if asked["organisatie"] else None,
            role=ROLES.get(asked["rol"], "-") if asked["rol"] else None,
        )
        return {
            "asked": asked,
            "found": found[(max(page, 1) - 1) * PAGE_SIZE : max(page, 1) * PAGE_SIZE],
            "total": len(found),
            "number": max(page, 1),
            "page_path": site.page("projecten", words.language),
            "query": lambda other: urlencode(
                {**{name: value for name, value in asked.items() if value}, "pagina": other}
            ),
            "pages": -(-len(found) // PAGE_SIZE),
            "themes": list(whole.themes.values()),
            "organisations": _by_name(
                [each for each in whole.organisations.values() if any(each.projects.values())], words
            ),
            "reference": reference,
        }

    return _page("projects.html", {**asked, "pagina": str(page) if page > 1 else ""}, values)


@_both("organisaties")
def organisations() -> Response:
    """Lists organisations with how many projects each leads and takes part in."""

    def values(site: Site, words: Words) -> dict[str, Any]:
        return {"organisations": _by_name(list(overview(site).organisations.values()), words)}

    return _page("organisations.html", {}, values)


@_both("themas")
def themes() -> Response:
    """Lists the themes with their projects."""

    def values(site: Site, words: Words) -> dict[str, Any]:
        whole = overview(site)
        under = {
            each.iri: [inner for inner in whole.themes.values() if inner.broader == each.iri] for each in _tops(site)
        }
        counts = {iri: len(whole.selected(theme=iri, organisation=None, role=None)) for iri in whole.themes}
        return {"tops": _tops(site), "under": under, "counts": counts}

    return _page("themes.html", {}, values)


@_both("netwerk")
def network() -> Response:
    """Shows which organisations most often share a project."""

    def values(site: Site, words: Words) -> dict[str, Any]:
        return {"pairs": site.lookup.rows("network")}

    return _page("network.html", {}, values)


@_both("zoeken")
def search() -> Response:
    """Finds projects and organisations that hold all the words of `q`."""
    asked = request.args.get("q", "")[:200]
    wanted = asked.lower().split()[:MOST_WORDS]

    def values(site: Site, words: Words) -> dict[str, Any]:
        found = []
        if wanted:
            padded = (wanted + [""] * MOST_WORDS)[:MOST_WORDS]
            found = list(
                site.search.rows("search", **{f"w{place}": Text(word) for place, word in enumerate(padded, 1)})
            )
        projects = [row for row in found if row["kind"] == f"{site.iris.terms}Project"]
        others = [row for row in found if row["kind"] != f"{site.iris.terms}Project"]
        return {
            "asked": asked,
            "wanted": wanted,
            "projects": projects,
            "organisations": others,
        }

    return _page("search.html", {"q": asked}, values)


@_both("kwaliteit")
def quality() -> Response:
    """Shows the findings that travel with the release, grouped by what they are about."""

    def values(site: Site, words: Words) -> dict[str, Any]:
        findings = _json(site, "findings.json") or []
        groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for finding in findings:
            # A finding about an entry stands with its entry; what is about something else stands together.
            document = finding["place"].rpartition(":")[0] if finding["subject"] else ""
            groups.setdefault((document, finding["subject"]), []).append(finding)
        order = {severity: place for place, severity in enumerate(_SEVERITIES)}
        gravest = {about: min(order[item["severity"]] for item in items) for about, items in groups.items()}
        suffix = ".en" if words.language == "en" else ""
        files = ("report.ttl", f"findings{suffix}.csv", f"completeness{suffix}.svg")
        return {
            "groups": sorted(groups.items(), key=lambda group: gravest[group[0]]),
            "total": len(findings),
            "completeness": _json(site, "completeness.json"),
            "files": [name if site.release.file(name) else "" for name in files],
        }

    return _page("quality.html", {}, values)


@blueprint.get("/kwaliteit/completeness.svg", defaults={"name": "completeness.svg"})
@blueprint.get("/kwaliteit/completeness.en.svg", defaults={"name": "completeness.en.svg"})
def picture(name: str) -> Response:
    """Shows the picture of the completeness, in the page and not as a download."""
    site = current_site()
    return fixed(site, "picture", name, media_type=DUMPS[name], make=release_file(site, name).read_bytes)


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


def _tops(site: Site) -> list[Any]:
    return [theme for theme in overview(site).themes.values() if not theme.broader]


def _by_name(found: list[Organisation], words: Words) -> list[Organisation]:
    """Returns organisations by name, units under the organisation they belong to."""
    by_iri = {each.iri: each for each in found}

    def name(each: Organisation) -> str:
        return (
            each.names.get(words.language) or each.names.get("nl") or next(iter(each.names.values()), "")
        ).casefold()

    def path(each: Organisation) -> tuple[tuple[str, str], ...]:
        names = [(name(each), each.iri)]
        seen = {each.iri}
        while each.parent in by_iri and each.parent not in seen:
            each = by_iri[each.parent]
            seen.add(each.iri)
            names.append((name(each), each.iri))
        return tuple(reversed(names))

    return sorted(found, key=path)


def _dumps(site: Site) -> list[tuple[str, str, str]]:
    """Returns name, path and size of the dumps that the release has."""
    found = []
    for name in DUMPS:
        path = site.release.file(name)
        if name.startswith("agenda.") and path is not None:
            found.append((name, f"{site.prefix}/download/{site.release.digest}/{name}", _size(path.stat().st_size)))
    return found
