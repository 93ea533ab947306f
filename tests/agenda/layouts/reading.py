"""Reads rows in a layout, as the pipeline does: through the layout, and then as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kennis_ld.agenda.layouts.layout import Layout, as_table
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.rows import entries
from kennis_ld.model import Entry, Finding, SourceRow, Theme
from kennis_ld.publication.language import default_columns, default_words

THEMES = (Theme("water", ("Water",), "Water"), Theme("zand", ("Zand",), "Zand"))
PRIVACY = Privacy(default_words(), Register([], []))


def read(
    rows: Iterable[SourceRow | Finding],
    layout: Layout,
    *,
    columns: Mapping[str, Sequence[str]] = default_columns(),
    document: str = "a.docx",
) -> list[Entry | Finding]:
    """Entries and findings."""
    table = as_table(rows, layout, columns=columns, privacy=PRIVACY, document=document)
    return list(entries(table, columns=columns, themes=THEMES, document=document, privacy=PRIVACY))


def shown(found: Sequence[Entry | Finding]) -> list[tuple[str, ...]]:
    """Entries as number, title and parties, with the last heading over them in front where there is one."""
    return [
        (*item.section[-1:], item.number, item.title, *(text for _, text in item.parties))
        for item in found
        if isinstance(item, Entry)
    ]


def said(found: Sequence[Entry | Finding]) -> list[tuple[str, str]]:
    """Findings as code and words."""
    return [(item.code, item.words) for item in found if isinstance(item, Finding)]


def entry_places(found: Sequence[Entry | Finding]) -> list[str]:
    """Where entries stand."""
    return [str(item.place) for item in found if isinstance(item, Entry)]
