"""Home: what the site is about, who does what, and how to use the data."""

from __future__ import annotations

from itertools import islice
from typing import Any

from kennis_ld.graph.description import Description, statements
from kennis_ld.graph.structured_data import structured_data
from kennis_ld.web.pages.collaboration import active, who_does_what
from kennis_ld.web.pages.facets import organisations_of
from kennis_ld.web.pages.overview import LEAD, overview
from kennis_ld.web.pages.route import Asked, page
from kennis_ld.web.pages.themes import theme_pages
from kennis_ld.web.site import Site
from kennis_ld.web.words import in_language

_HOME_ROWS = 8
_NAMED = 3
_LONGEST_TRY = 60


@page("/", "home.html", document="/catalog")
def home(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """Shows what the site is about, who does what, and how to use the data."""
    whole, most = overview(site), active(site)
    tops = whole.tops()
    themes = [(each, theme_pages(site)[each.iri].count) for each in tops]
    return {
        "projects": len(whole.projects),
        "organisations": len(whole.organisations),
        "themes": themes,
        "together": [each.iri for each in most[:_NAMED]] if len(most) > _NAMED else [],
        "columns": tops,
        "rows": who_does_what(site)[:_HOME_ROWS],
        "leaders": [each for each in organisations_of(site, {"sorteer": "trekker"}, language)[:3] if each.joint[LEAD]],
        "tries": _tries(site, language),
        "data": _dataset(site, language),
        "example": next(iter(whole.projects.values()), None),
        "title": in_language(site.settings.title, language),
    }


def _dataset(site: Site, language: str) -> str:
    """Returns the dataset as search engines read it; empty where the release has no catalogue."""
    path = site.release.file("catalog.nt")
    about = Description(statements(path.read_bytes() if path else b""), terms=site.iris.terms)
    datasets = about.subjects("rdf:type", about.iri("dcat:Dataset"))
    page = site.iris.root
    return structured_data(datasets[0], about, language=language, page=page) if datasets else ""


def _tries(site: Site, language: str) -> list[str]:
    """Returns words that a search finds something for: of an organisation and a theme, a project's number and title."""
    whole, most = overview(site), active(site)
    things = [each.iri for each in most[_NAMED : _NAMED + 1] or most[:1]] + [each.iri for each in whole.tops()[:1]]
    found = [whole.name(iri, language).value for iri in things]
    short = (each for each in whole.projects.values() if len(each.title.value) <= _LONGEST_TRY)
    return found + [word for each in islice(short, 1) for word in (each.number, each.title.value) if word]
