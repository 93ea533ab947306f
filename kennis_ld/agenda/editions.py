"""Reads one whole edition: every entry gets its project and its parties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kennis_ld.agenda.identity import Identities
from kennis_ld.agenda.resolution import Resolver
from kennis_ld.agenda.themes import heading_text, theme_of_heading
from kennis_ld.iri import slug
from kennis_ld.model import Entry, Finding, ProjectEntry, Theme


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
        theme = keys[-1] if keys else ""
        decided = identities.decided(row, edition=edition, theme=theme)
        project = decided.project if decided else identities.new_key(row, theme)
        entry, findings = resolver.resolve(row, project=project, themes=keys)
        yield from identities.read(entry, decided, edition=edition, theme=theme)
        yield from findings
        yield entry
    yield from identities.finished(edition)


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
