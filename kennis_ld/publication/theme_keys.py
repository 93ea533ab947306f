"""Lets the other proposals follow a theme that an officer gave another key than the one that was proposed.

In: the themes that were proposed, and the rows that officers made of them. Out: the given key by the proposed one. A
theme is known by its heading in the document, which the officer leaves as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kennis_ld.agenda.themes import theme_of_heading
from kennis_ld.model import Theme

_COLUMNS = ("theme", "broader")
"""The columns in which a row names a theme by its key."""


def given_keys(proposed: Sequence[Theme], rows: Iterable[Mapping[str, str]]) -> Mapping[str, str]:
    """Returns the keys that rows give to themes, by the key that each was proposed with."""
    given = [
        Theme(row["key"], tuple((row.get("headings") or row["label"]).split("|")), label=row["label"]) for row in rows
    ]
    found = {theme.key: theme_of_heading(theme.headings[0], given) for theme in proposed}
    return {key: theme.key for key, theme in found.items() if theme}


def followed(cells: Mapping[str, str], keys: Mapping[str, str]) -> Mapping[str, str]:
    """Returns the cells of a row with the given key of every theme that they name by its proposed one."""
    return {name: keys.get(cell, cell) if name in _COLUMNS else cell for name, cell in cells.items()}
