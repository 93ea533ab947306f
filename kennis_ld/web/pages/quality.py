"""The page about quality: what to do first, the findings, narrowed in several ways, and how complete the agenda is."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from kennis_ld.graph.description import Term
from kennis_ld.graph.dumps import media_type
from kennis_ld.web.documents import fixed, release_file
from kennis_ld.web.pages.facets import Choice, Facet
from kennis_ld.web.pages.findings import SEVERITIES, Finding, findings
from kennis_ld.web.pages.overview import overview, reference
from kennis_ld.web.pages.route import TABLES, Asked, blueprint, page, page_asked, paged, query_of
from kennis_ld.web.site import Site, current_site
from kennis_ld.web.words import Words

_NARROWING = ("ernst", "soort", "thema")


@dataclass(frozen=True, slots=True)
class Task:
    """All findings of one kind.

    Attributes:
        first: the first of them.
        others: how many others there are that say something else.
        count: how many there are.
        query: of the address that shows them.
    """

    first: Finding
    others: int
    count: int
    query: str


def findings_asked() -> Asked:
    """Reads which findings are asked for."""
    return {**{name: request.args.get(name, "")[:100] for name in _NARROWING}, "pagina": page_asked()}


@page("/kwaliteit", "quality.html", findings_asked, document="/kwaliteit")
def quality(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """Shows every finding with the project that it is about, and how complete the agenda is."""
    found, words = chosen_findings(site, asked), Words(language)
    shown = paged(found, asked)
    groups: dict[str, list[Finding]] = {}
    for finding in shown.pop("found"):
        groups.setdefault(finding.project or finding.subject, []).append(finding)
    suffix = ".en" if language == "en" else ""
    files = ("report.ttl", f"completeness{suffix}.svg")
    return {
        **shown,
        "asked": asked,
        "groups": groups,
        "counts": Counter(finding.severity for finding in found),
        "severities": [(each, query_of(asked, ernst=each)) for each in SEVERITIES],
        "tasks": [] if any(asked.values()) else _tasks(found, language),
        "facets": _facets(site, asked, words),
        "chips": list(_chips(site, asked, words)),
        "page_path": site.page("kwaliteit", language),
        "exports": TABLES,
        "completeness": _json(site, "completeness.json"),
        "files": [name if site.release.file(name) else "" for name in files],
    }


def chosen_findings(site: Site, asked: Asked) -> Sequence[Finding]:
    """Returns the findings of a severity (`ernst`), of a kind (`soort`), or about the projects of a theme (`thema`)."""
    whole, found = overview(site), findings(site)
    if severity := asked.get("ernst"):
        found = [each for each in found if each.severity == severity]
    if code := asked.get("soort"):
        found = [each for each in found if each.code == code]
    if theme := asked.get("thema"):
        theirs = whole.of_theme(whole.meant("thema", theme))
        found = [each for each in found if each.project in theirs]
    return found


def _tasks(found: Iterable[Finding], language: str) -> list[Task]:
    """Returns the kinds of findings, the gravest first and then what is most."""
    by_code: defaultdict[str, list[Finding]] = defaultdict(list)
    for each in found:
        by_code[each.code].append(each)
    tasks = []
    for code, kind in by_code.items():
        messages = Counter(each.message[language] for each in kind)
        others = len(kind) - messages[kind[0].message[language]]
        tasks.append(Task(kind[0], others, len(kind), urlencode({"soort": code})))
    return sorted(tasks, key=lambda each: (SEVERITIES.index(each.first.severity), -each.count))


def _facets(site: Site, asked: Asked, words: Words) -> list[Facet]:
    """Returns the facets, each counted among what the other leaves."""
    whole = overview(site)

    def choice(name: str, value: str, label: Term, count: int) -> Choice:
        return Choice(label, count, query_of(asked, **{name: value}))

    severities = Counter(each.severity for each in chosen_findings(site, {**asked, "ernst": ""}))
    about = Counter(each.project for each in chosen_findings(site, {**asked, "thema": ""}))
    themes = {iri: sum(about[project] for project in about.keys() & whole.of_theme(iri)) for iri in whole.themes}
    facets = [
        Facet("ernst", [
            choice("ernst", each, Term(words(f"severity.{each}")), severities[each])
            for each in SEVERITIES if severities[each] and each != asked["ernst"]
        ]),
        Facet("thema", [
            choice("thema", reference(iri), whole.name(iri, words.language), count)
            for iri, count in themes.items() if count and reference(iri) != asked["thema"]
        ]),
    ]  # fmt: skip
    return [each for each in facets if each.choices]


def _chips(site: Site, asked: Asked, words: Words) -> Iterable[tuple[str, str]]:
    whole, language = overview(site), words.language
    for name, value in ((name, asked[name]) for name in _NARROWING if asked[name]):
        shown = value
        if name == "ernst":
            shown = words.get(f"severity.{value}") or value
        elif name == "soort":
            shown = next((each.message[language] for each in findings(site) if each.code == value), value)
        elif theme := whole.meant("thema", value):
            shown = whole.name(theme, language).value
        text = words("facet.thema-is", value=shown) if name == "thema" else shown
        yield text, query_of(asked, **{name: ""})


@blueprint.get('/kwaliteit/<any("completeness.svg", "completeness.en.svg"):name>')
def picture(name: str) -> Response:
    """Shows the picture of the completeness, in the page and not as a download."""
    site = current_site()
    return fixed(site, "picture", name, media_type=media_type(name), make=release_file(site, name).read_bytes)


def _json(site: Site, name: str) -> Mapping[str, Any] | None:
    """Returns what a JSON file of the release holds; None where it has no such file."""
    path = site.release.file(name)
    return None if path is None else json.loads(path.read_text(encoding="utf-8"))
