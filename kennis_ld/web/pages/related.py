"""Which other projects somebody who reads about one may want to see: those with the same organisations, or else theme.

An organisation that is in few projects says more than one that is in nearly all, so what each counts for is shared out
among its projects.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from kennis_ld.web.pages.overview import LEAD, PARTNER, Overview

MOST_RELATED = 3
MOST_PROJECTS = 50
"""Of an organisation that is in more, its projects are not looked at: they would be nearly all."""


@dataclass(slots=True)
class Related:
    """A project, and the organisations by which it is related (IRIs, those that say most first); none: by its theme."""

    project: str
    parties: list[str] = field(default_factory=list)
    weight: float = 0.0


def related(whole: Overview, iri: str) -> Sequence[Related]:
    """Returns the MOST_RELATED projects that have most to do with one."""
    project = whole.projects.get(iri)
    if project is None:
        return []
    found: defaultdict[str, Related] = defaultdict(lambda: Related(""))
    parties = {party for role in (LEAD, PARTNER) for party in project.parties[role] if party in whole.organisations}
    theirs = {
        party: {each for role in (LEAD, PARTNER) for each in whole.organisations[party].own[role]} for party in parties
    }
    for party in sorted(parties, key=lambda each: (len(theirs[each]), each)):
        if len(theirs[party]) > MOST_PROJECTS:
            continue
        for other in theirs[party] - {iri}:
            found[other].project = other
            found[other].parties.append(party)
            found[other].weight += 1 / len(theirs[party])
    themes = set(project.themes)

    def rank(each: Related) -> tuple[float, bool, str]:
        return -each.weight, themes.isdisjoint(whole.projects[each.project].themes), each.project

    best = sorted(found.values(), key=rank)[:MOST_RELATED]
    beside = (each for theme in project.themes[:1] for each in whole.about[theme] if each != iri and each not in found)
    return [*best, *map(Related, islice(beside, MOST_RELATED - len(best)))]
