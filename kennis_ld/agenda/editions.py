"""Gives every entry of an edition its project, and reads one whole edition.

Which entry is which project was decided once and stands in the publication's table of identities; there people can read
and correct it. An entry that the table does not know gets a key made of its title, and a finding that proposes to write
that down.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kennis_ld.agenda.resolution import Resolver
from kennis_ld.agenda.rows import heading_text, number_key, theme_of_heading
from kennis_ld.iri import MOST_KEY_CHARACTERS, slug
from kennis_ld.model import Entry, Finding, Identity, ProjectEntry, Theme


class Identities:
    """Knows which entry is which project, and hands out keys for entries that nobody decided about yet."""

    def __init__(self, decided: Iterable[Identity]) -> None:
        self._decided = {(known.edition, known.theme, number_key(known.number)): known for known in decided}
        self._keys = {known.project for known in self._decided.values()}

    def project(self, entry: Entry, *, edition: str, theme: str) -> tuple[str, Finding | None]:
        """Returns the key of the project of an entry, and what is to be said about it."""
        known = self._decided.get((edition, theme, number_key(entry.number)))
        if known is None:
            key = self._new_key(entry, theme)
            return key, Finding("new-project", entry.place, entry.label, values={"project": key})
        if known.title and known.title != entry.title:
            values = {"project": known.project, "before": known.title}
            return known.project, Finding("title-differs", entry.place, entry.label, entry.title, values)
        return known.project, None

    def _new_key(self, entry: Entry, theme: str) -> str:
        """Returns a key that no other project has: the title, and where that is taken the theme and number as well."""
        title = slug(entry.title)
        with_number = slug(f"{title[: MOST_KEY_CHARACTERS - 20]} {theme} {entry.number}")
        start = with_number[: MOST_KEY_CHARACTERS - 8].rstrip("-") or "project"
        counted = (f"{start}-{count}" for count in itertools.count(2))
        key = next(key for key in itertools.chain((title, with_number), counted) if key and key not in self._keys)
        self._keys.add(key)
        return key


def resolved(
    rows: Iterable[Entry | Finding],
    *,
    edition: str,
    themes: Sequence[Theme],
    identities: Identities,
    resolver: Resolver,
) -> Iterator[ProjectEntry | Finding]:
    """Yields the entries of one edition with their project and parties, and all findings, in document order."""
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in rows:
        if isinstance(row, Finding):
            yield row
            continue
        if row.section not in known:
            known[row.section] = tuple(theme_key(heading, themes) for heading in row.section)
        keys = known[row.section]
        project, finding = identities.project(row, edition=edition, theme=keys[-1] if keys else "")
        if finding:
            yield finding
        entry, findings = resolver.resolve(row, project=project, themes=keys)
        yield from findings
        yield entry


def theme_key(heading: str, themes: Sequence[Theme]) -> str:
    """Returns the key of the theme with this heading; for an unknown one a key made of the heading."""
    theme = theme_of_heading(heading, themes)
    return theme.key if theme else slug(heading_text(heading)) or "zonder-naam"


def provisional_themes(sections: Iterable[tuple[str, ...]], themes: Sequence[Theme]) -> Mapping[str, Theme]:
    """Returns a theme for every heading that the publication's themes do not know, by key."""
    made: dict[str, Theme] = {}
    for section in sections:
        for level, heading in enumerate(section):
            if theme_of_heading(heading, themes) is None:
                key = theme_key(heading, themes)
                broader = theme_key(section[level - 1], themes) if level else ""
                made.setdefault(key, Theme(key, (heading,), " ".join(heading.split()), broader=broader))
    return made
