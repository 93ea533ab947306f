"""What each edition of the agenda has, in the order of its document, and what it changed since the one before.

Made of a whole edition when a release is loaded, and cut to what a page shows: an edition of 20,000 entries takes no
longer to show than one of 55. The numbers are of all of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from kennis_ld.engine.interface import Iri
from kennis_ld.web.pages.history import Appearance
from kennis_ld.web.pages.overview import (
    LEAD,
    PARTNER,
    Project,
    editions_in_order,
    overview,
    sure_parties,
)
from kennis_ld.web.site import Site, made_once

MOST_ENTRIES = 100
MOST_CHANGES = 50
"""Of one kind, on the page of an edition; the dumps have all."""


@dataclass(frozen=True, slots=True)
class EntryOf:
    """An entry of an edition: its IRI, its project, and how the edition has that."""

    iri: str
    project: str
    seen: Appearance


@dataclass(frozen=True, slots=True)
class EditionPage:
    """What the page of an edition shows.

    Attributes:
        entries: the first MOST_ENTRIES, in the order of the document.
        count: of all entries.
        before: IRI of the edition before it; empty for the first.
        after: IRI of the one after it; empty for the latest.
        new: the first MOST_CHANGES that the edition before had not.
        gone: the first of the edition before that this one has no more.
        changed: the first that are not as they were.
        counts: how many there are of `new`, `gone` and `changed`.
    """

    entries: Sequence[EntryOf]
    count: int
    before: str
    after: str
    new: Sequence[EntryOf]
    gone: Sequence[EntryOf]
    changed: Sequence[EntryOf]
    counts: Mapping[str, int]

    @property
    def by_theme(self) -> Sequence[tuple[Sequence[str], Sequence[EntryOf]]]:
        """The entries in the same order, those that follow each other under the same themes together."""
        return [(themes, list(found)) for themes, found in groupby(self.entries, lambda each: each.seen.themes)]


@made_once
def editions(site: Site) -> Mapping[str, EditionPage]:
    """Returns the pages of the editions of the release, by IRI."""
    iris, projects = editions_in_order(site), overview(site).projects
    order = dict(pairwise(iris))
    pages: dict[str, EditionPage] = {}
    earlier: dict[str, EntryOf] = {}
    before = ""
    for iri in iris:
        found = _entries(site, iri)
        now = projects if iri == iris[-1] else {}
        pages[iri] = _page(found, earlier, now, before=before, after=order.get(iri, ""))
        earlier, before = _standing(found, earlier), iri
    return pages


def _page(
    found: Mapping[str, EntryOf],
    earlier: Mapping[str, EntryOf],
    now: Mapping[str, Project],
    *,
    before: str,
    after: str,
) -> EditionPage:
    for project in found.keys() & earlier.keys():
        found[project].seen.follow(earlier[project].seen, now.get(project))
    standing = _standing(found, earlier)
    new = [each for project, each in standing.items() if project not in earlier] if before else []
    gone = [each for project, each in earlier.items() if project not in standing]
    changed = [each for project, each in found.items() if project in standing and each.seen.changed]
    return EditionPage(
        entries=list(found.values())[:MOST_ENTRIES],
        count=len(found),
        before=before,
        after=after,
        new=new[:MOST_CHANGES],
        gone=gone[:MOST_CHANGES],
        changed=changed[:MOST_CHANGES],
        counts={"new": len(new), "gone": len(gone), "changed": len(changed)},
    )


def _standing(found: Mapping[str, EntryOf], earlier: Mapping[str, EntryOf]) -> dict[str, EntryOf]:
    """Returns what is on the agenda from an edition on; one that lists changes leaves what it does not name."""
    is_delta = any(each.seen.changes_only for each in found.values())
    all_of_it = {**earlier, **found} if is_delta else found
    return {project: each for project, each in all_of_it.items() if not each.seen.stopped}


def _entries(site: Site, edition: str) -> dict[str, EntryOf]:
    """Returns the entries of an edition by the IRI of their project, in the order of the document."""
    found: dict[str, EntryOf] = {}
    for row in site.lookup.rows("edition_entries", this=Iri(edition)):
        new = EntryOf(row["entry"], row["project"], Appearance.of(edition, row))
        seen = found.setdefault(row["project"], new).seen
        if row.get("theme", "") not in {"", *seen.themes}:
            seen.themes.append(row["theme"])
    rows = [row for row in site.lookup.rows("edition_parties", this=Iri(edition)) if row["project"] in found]
    sure = sure_parties(rows, site.iris)
    for row in rows:
        seen, role, party = found[row["project"]].seen, row["role"], row["organisation"]
        known = {LEAD: seen.leads, PARTNER: seen.partners}.get(role, [])
        seen.said.add(row["own"])
        if party not in known:
            known.append(party)
        if role == LEAD and (row["project"], role, party) not in sure:
            seen.doubtful.add(party)
    return found
