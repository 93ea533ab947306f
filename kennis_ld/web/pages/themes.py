"""What the page of a theme shows: its projects in the order of the agenda, who is active in it, and its parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kennis_ld.web.pages.collaboration import Cell
from kennis_ld.web.pages.overview import LEAD, PARTNER, Overview, Project, Theme, overview
from kennis_ld.web.site import Site, made_once

MOST_PROJECTS = 100
MOST_ORGANISATIONS = 10


@dataclass(frozen=True, slots=True)
class Active:
    """What an organisation does in the projects of a theme."""

    organisation: str  # IRI
    cell: Cell


@dataclass(frozen=True, slots=True)
class ThemePage:
    """What the page of a theme shows; themes that fall under it count.

    Attributes:
        projects: the first MOST_PROJECTS, in the order of the agenda.
        count: of all projects.
        organisations: the MOST_ORGANISATIONS with most projects; a unit counts for the organisation at its top.
        taking_part: how many organisations there are.
        narrower: the themes right under it, each with how many projects it has, in the order of the agenda.
    """

    projects: Sequence[Project]
    count: int
    organisations: Sequence[Active]
    taking_part: int
    narrower: Sequence[tuple[Theme, int]]


@made_once
def theme_pages(site: Site) -> Mapping[str, ThemePage]:
    """Returns the pages of all themes of the release, by IRI."""
    whole = overview(site)
    return {iri: theme_page(whole, iri) for iri in whole.themes}


def theme_page(whole: Overview, theme: str) -> ThemePage:
    """Returns what the page of a theme shows."""
    found = whole.in_order(whole.of_theme(theme))
    leads: defaultdict[str, list[bool]] = defaultdict(list)
    joins: defaultdict[str, list[bool]] = defaultdict(list)
    for project in found:
        leading = whole.tops_in(project, LEAD)
        for iri, is_sure in leading.items():
            leads[iri].append(is_sure)
        for iri, is_sure in whole.tops_in(project, PARTNER).items():
            if iri not in leading:
                joins[iri].append(is_sure)
    active = [Active(iri, Cell.of(leads[iri], joins[iri])) for iri in {**leads, **joins}]
    active.sort(key=lambda each: (-each.cell.leads - each.cell.joins, -each.cell.leads, each.organisation))
    place = {iri: at for at, iri in enumerate(dict.fromkeys(iri for project in found for iri in project.themes))}
    under = [each for each in whole.themes.values() if each.broader == theme]
    under.sort(key=lambda each: place.get(each.iri, len(place)))
    return ThemePage(
        projects=found[:MOST_PROJECTS],
        count=len(found),
        organisations=active[:MOST_ORGANISATIONS],
        taking_part=len(active),
        narrower=[(each, len(whole.of_theme(each.iri))) for each in under],
    )
