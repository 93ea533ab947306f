"""The search page: what of a release can be found, and how it is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, cast

from flask import request

from kennis_ld.web.pages.overview import LEAD, PARTNER, Overview, overview, reference
from kennis_ld.web.pages.route import Asked, blueprint, page
from kennis_ld.web.search.index import Entry, Index, made
from kennis_ld.web.site import Site

__all__ = ["blueprint", "entries", "index"]


def index(site: Site) -> Index:
    """Returns the index of the release; made once."""
    return cast("Index", site.value("search", lambda: made(lambda: entries(site, overview(site)))))


def entries(site: Site, whole: Overview) -> Iterable[Entry]:
    """Yields what can be found, and the words that find it."""
    aliases: defaultdict[str, list[str]] = defaultdict(list)
    for row in site.lookup.rows("aliases"):
        # Of an address its last part is what people know: the number in that register.
        aliases[row["organisation"]] += dict.fromkeys((row["alias"], reference(row["alias"])))
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for row in site.lookup.rows("descriptions"):
        texts[row["project"]].append(row["text"])
    for theme in whole.themes.values():
        # Before a project that is called the same, for it leads to that as well.
        yield Entry(theme.iri, 1_000_000, [*theme.labels.values()], aliases=[theme.notation] if theme.notation else [])
    for organisation in whole.organisations.values():
        weight = len(organisation.joint[LEAD]) * 2 + len(organisation.joint[PARTNER])
        names = list(dict.fromkeys(organisation.names.values()))
        above = [name for parent in organisation.parents for name in whole.organisations[parent].names.values()]
        yield Entry(organisation.iri, 10 + weight, names, aliases=aliases[organisation.iri], parties=above)
    for project in whole.projects.values():
        parties = [party for role in (LEAD, PARTNER) for party in project.parties[role]]
        known = [whole.organisations[party] for party in parties if party in whole.organisations]
        themes = [whole.themes[theme] for theme in project.themes if theme in whole.themes]
        yield Entry(
            project.iri,
            1,
            [project.title.value],
            numbers=[project.number] if project.number else [],
            parties=[name for each in known for name in (*each.names.values(), *aliases[each.iri])],
            themes=[label for theme in themes for label in theme.labels.values()],
            text=" ".join(texts[project.iri]),
        )


@page("/zoeken", "search.html", lambda: {"q": request.args.get("q", "")[:200]})
def search(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """Finds projects, organisations and themes by number, name, abbreviation, identifier and words."""
    found = index(site).find(asked["q"])
    return {"asked": asked["q"], "is_asked": bool(asked["q"].strip()), "found": found}
