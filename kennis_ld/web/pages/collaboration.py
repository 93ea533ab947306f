"""/samenwerking: the matrix of organisations and themes, the circle of one organisation, and the pairs.

Units count for the organisation that they belong to, and a project in which an organisation both leads and takes part
counts once, as one that it leads. What the source doubts is counted, and the number of it stands beside.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any
from urllib.parse import urlencode

from flask import Response, render_template, request

from kennis_ld.web.documents import fixed
from kennis_ld.web.pages.facets import Choice, Facet
from kennis_ld.web.pages.overview import LEAD, PARTNER, Organisation, Overview, overview, reference
from kennis_ld.web.pages.route import TABLES, Asked, blueprint, page
from kennis_ld.web.problems import Problem
from kennis_ld.web.site import Site, current_site, current_words, made_once
from kennis_ld.web.words import Words

MOST_PAIRS = 50
_MOST_AROUND = 18
_MOST_OTHERS = 75
_RADIUS = 200  # of the circle, in units of the picture; its middle is 0, 0
MOST_ROWS = 30
"""Of the matrix: the most active organisations."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What an organisation does, in numbers of projects; `doubtful_…` of these the source is not sure of."""

    leads: int = 0
    joins: int = 0
    doubtful_leads: int = 0
    doubtful_joins: int = 0

    @property
    def all(self) -> int:
        """The number of projects."""
        return self.leads + self.joins

    @classmethod
    def of(cls, leads: Collection[bool], joins: Collection[bool]) -> Cell:
        """Counts projects, of which is given whether they are sure."""
        return cls(len(leads), len(joins), len(leads) - sum(leads), len(joins) - sum(joins))


@dataclass(frozen=True, slots=True)
class Row:
    """An organisation in the matrix, with a cell for each theme and one for all."""

    organisation: str  # IRI
    cells: Sequence[Cell]
    whole: Cell


@dataclass(frozen=True, slots=True)
class Pair:
    """Two organisations and the number of projects that they share; IRIs."""

    one: str
    other: str
    together: int


@dataclass(frozen=True, slots=True)
class Spoke:
    """An organisation around another one, as a picture shows it.

    Attributes:
        organisation: IRI.
        together: number of projects that the two share.
        x: place of its dot, in units of the picture.
        y: the same, downwards.
        width: of the line to it.
        anchor: on which side of the dot its name begins, as SVG says it.
    """

    organisation: str
    together: int
    x: float
    y: float
    width: float
    anchor: str


def collaboration_asked() -> Asked:
    """Reads which organisation, and the pairs of which theme."""
    return {name: request.args.get(name, "")[:200] for name in ("organisatie", "thema")}


@page("/samenwerking", "collaboration.html", collaboration_asked)
def collaboration(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """Shows the matrix of organisations and themes and the pairs, or the circle of one organisation."""
    whole = overview(site)
    tops = whole.tops()
    shown = active(site)
    chosen = _chosen(site, asked)
    others = around(site, chosen)
    return {
        "asked": asked,
        "columns": tops,
        "rows": [] if chosen else who_does_what(site),
        "hidden": max(0, len(shown) - MOST_ROWS),
        **({} if chosen else _pairs(site, language, asked)),
        "chosen": chosen,
        "around": circle(others[:_MOST_AROUND]),
        "others": others[:_MOST_OTHERS],
        "with_": len(others),
        "in_": len(whole.of_organisation(chosen, None, alone=False)),
        "choices": shown[:MOST_ROWS],
        "reference": reference,
    }


def _chosen(site: Site, asked: Asked) -> str:
    """Returns the IRI of the organisation that is asked for, or the one above it; empty where it has no project."""
    whole = overview(site)
    meant = whole.meant("organisatie", asked["organisatie"])
    has_project = meant and any(whole.organisations[meant].joint.values())
    return min(whole.tops_of(meant)) if has_project else ""


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
    whole, chosen = overview(site), _chosen(site, asked)
    if not chosen:
        raise Problem("not-found")

    def make() -> bytes:
        shown = {
            "whole": whole,
            "chosen": chosen,
            "around": circle(around(site, chosen)[:_MOST_AROUND]),
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


def matrix(whole: Overview, themes: Sequence[str], organisations: Iterable[Organisation]) -> list[Row]:
    """Returns what organisations do in each theme, those with most projects first.

    Args:
        whole: the overview.
        themes: IRIs of themes at the top.
        organisations: the rows.
    """
    columns = {theme: place for place, theme in enumerate(themes)}
    rows = []
    for each in organisations:
        leads: list[list[bool]] = [[] for _ in themes]
        joins: list[list[bool]] = [[] for _ in themes]
        for found, projects in ((leads, each.joint[LEAD]), (joins, each.joined)):
            for project, is_sure in projects.items():
                for theme in {whole.above(theme) for theme in whole.projects[project].themes}:
                    if theme in columns:
                        found[columns[theme]].append(is_sure)
        cells = [Cell.of(*found) for found in zip(leads, joins, strict=True)]
        rows.append(Row(each.iri, cells, Cell.of(each.joint[LEAD].values(), each.joined.values())))
    return sorted(rows, key=lambda row: (-row.whole.leads - row.whole.joins, -row.whole.leads, row.organisation))


@made_once
def who_does_what(site: Site) -> Sequence[Row]:
    """Returns what the MOST_ROWS most active organisations do in each theme at the top."""
    whole = overview(site)
    return matrix(whole, [each.iri for each in whole.tops()], active(site)[:MOST_ROWS])


@made_once
def active(site: Site) -> Sequence[Organisation]:
    """Returns the organisations that are a unit of no other and have a project, those with most projects first."""
    whole = overview(site)

    def rank(each: Organisation) -> tuple[int, int, str]:
        return -len(each.joint[LEAD]) - len(each.joined), -len(each.joint[LEAD]), each.iri

    taking_part = [each for each in whole.organisations.values() if each.iri in whole.tops_of(each.iri)]
    return sorted((each for each in taking_part if any(each.joint.values())), key=rank)


@made_once
def parties(site: Site) -> Mapping[str, Sequence[str]]:
    """Returns the organisations of each project, by its IRI: those that are a unit of no other."""
    whole = overview(site)
    return {
        iri: sorted({top for role in (LEAD, PARTNER) for top in whole.tops_in(each, role)})
        for iri, each in whole.projects.items()
    }


def around(site: Site, organisation: str) -> list[tuple[str, int]]:
    """Returns the organisations that share projects with one, and how many; those with most first."""
    projects = overview(site).of_organisation(organisation, None, alone=False)
    others = Counter(other for iri in projects for other in parties(site)[iri] if other != organisation)
    return sorted(others.items(), key=lambda each: (-each[1], each[0]))


@made_once
def pairs_of(site: Site) -> Mapping[str, Sequence[Pair]]:
    """Returns the pairs of the release and of each of its themes, by IRI, "" for all."""
    whole = overview(site)
    of_project = parties(site)
    by_theme = {theme: [of_project[iri] for iri in whole.of_theme(theme)] for theme in whole.themes}
    return {theme: pairs(found) for theme, found in {"": of_project.values(), **by_theme}.items()}


def pairs(projects: Iterable[Sequence[str]]) -> list[Pair]:
    """Returns all pairs of organisations in the same project, given in order; those that share most projects first."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for organisations in projects:
        for at, one in enumerate(organisations):
            found[one].update(organisations[at + 1 :])
    every = (Pair(one, other, count) for one, others in found.items() for other, count in others.items())
    return sorted(every, key=lambda pair: (-pair.together, pair.one, pair.other))


def circle(chosen: Sequence[tuple[str, int]]) -> list[Spoke]:
    """Returns organisations around one in the middle, by the number of shared projects, clockwise from the top."""
    highest = max((count for _, count in chosen), default=1)
    spokes = []
    for place, (organisation, count) in enumerate(chosen):
        angle = 2 * pi * place / len(chosen)
        # Rounded, so that every machine draws the same picture.
        x, y = round(_RADIUS * sin(angle), 1), round(-_RADIUS * cos(angle), 1)
        anchor = "middle" if abs(x) < _RADIUS / 20 else "start" if x > 0 else "end"
        spokes.append(Spoke(organisation, count, x, y, round(1 + 9 * count / highest, 1), anchor))
    return spokes
