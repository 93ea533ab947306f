"""Says what the columns of a table seem to hold whose headings nobody knows, by what stands in their cells.

In: cells by the heading of their column. Out: what each column seems to be, for a person to check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, takewhile

from kennis_ld.agenda.headers import Headings
from kennis_ld.agenda.numbers import is_number
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.role_words import role_at
from kennis_ld.agenda.text import cleaned, one_line
from kennis_ld.agenda.unread_columns import looks_like
from kennis_ld.agenda.wording import Words
from kennis_ld.model import SourceRow

_FEWEST = 2
"""Cells by which a column is judged."""

_SHORTEST_TEXT = 6.0
"""Words in the cells of a column, in the mean, that is more than titles and names."""

_MOST_DIFFERENT = 0.7
"""Share of the names in a column that differ, where the same ones stand there again and again."""

_BETWEEN = re.compile(r"\s*(?:[;,/&|\n•]|(?:^|(?<=\s))-(?=\s)|\b(?:en|and|und)\b)\s*")
_YEAR = r"(?:(?:Q[1-4]|[a-z]{3,9}\.?)\s+)?(?:19|20)[0-9]{2}"
_PERIOD = re.compile(rf"{_YEAR}(?:\s*(?:[-–/]|t/m|tot|to|bis)\s*{_YEAR})?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3}")
_ROLES = ("leads", "partners")

Columns = Mapping[str, Sequence[str]]
"""Cells by the heading of their column, in the order of the columns."""


def seems(columns: Columns, kinds: Mapping[str, str], words: Words) -> Mapping[str, str]:
    """Returns what each column nobody knows seems to hold: by its heading, else by what stands in its cells.

    Before the title stand numbers and themes; the longest text is the description, any other a remark.

    Args:
        kinds: what each column is known as; empty for those nobody knows.
    """
    unknown = {heading: cells for heading, cells in columns.items() if not kinds.get(heading)}
    found = {heading: looks_like(heading, words) for heading in unknown}
    names = _with_names(unknown)
    for role in _ROLES:
        same = [heading for heading, kind in found.items() if kind == role]
        is_title = role in kinds.values() and not Headings.names_title(kinds.values())
        if is_title or not names.isdisjoint(same):  # of two headings for one role that over names counts
            found |= dict.fromkeys(set(same) - names, "")
    taken = {*kinds.values(), *found.values()}
    unnamed = sorted((heading for heading in names if not found[heading]), key=lambda name: len(_names(unknown[name])))
    found |= zip(unnamed, (role for role in _ROLES if role not in taken), strict=False)
    taken |= set(found.values())
    held = {heading: _held(unknown[heading], words) for heading, kind in found.items() if not kind}
    texts = [heading for heading, kind in held.items() if kind == "description"]
    before = set(_before_title(columns, kinds, [heading for heading, kind in held.items() if not kind]))
    for heading, kind in held.items():
        if kind == "description":
            is_longest = heading == max(texts, key=lambda text: _length(unknown[text]))
            found[heading] = kind if kind not in taken and is_longest else "remark"
        elif kind and kind not in taken and (kind in {"parties", "period"} or heading in before):
            found[heading] = kind
            taken.add(kind)
    return found


def rest(cells: Sequence[str], privacy: Privacy) -> str:
    """Returns where a column goes that looks like nothing: a remark where it says something, and of no person."""
    filled = [text for text in map(one_line, cells) if text]
    says = 2 * sum(_WORD.search(text) is not None for text in filled) > len(filled)
    return "remark" if says and all(privacy.cell(text) == text for text in filled) else ""


def has_text_below(cells: Sequence[str]) -> bool:
    """Whether most cells of a column have a title on their first line, and running text below it."""
    divided = [cleaned(cell).partition("\n") for cell in cells if cell.strip()]
    below = [text for _, _, text in divided if text.strip()]
    return 2 * len(below) > len(divided) and is_short([title for title, _, _ in divided]) and not is_short(below)


def is_counted(cells: Sequence[str]) -> bool:
    """Whether a column has numbers and amounts only, and can name nothing."""
    return any(map(str.strip, cells)) and not any(character.isalpha() for cell in cells for character in cell)


def is_full(row: SourceRow, headings: Sequence[str]) -> bool:
    """Whether a row says something in most columns, and is not the header again; that of a total says little."""
    return row.cells != tuple(headings) and 2 * sum(map(bool, map(str.strip, row.cells))) > len(row.cells)


def is_short(cells: Sequence[str]) -> bool:
    """Whether cells hold names or titles, and no running text."""
    return _length(cells) <= _SHORTEST_TEXT


def _held(cells: Sequence[str], words: Words) -> str:
    """Returns what the cells of a column look like; nothing where they are too few or too much alike to say so."""
    filled = [text for text in map(one_line, cells) if text]
    if len(filled) < _FEWEST:
        return ""
    if all(map(_PERIOD.fullmatch, filled)):
        return "period"
    if all(map(is_number, filled)):
        return "number" if len(set(filled)) == len(filled) else ""
    if 2 * sum(role_at(text, 0, words) is not None for text in filled) > len(filled):
        return "parties"
    if not is_short(filled):
        return "description"
    runs = len(list(groupby(filled)))  # a theme goes on for some rows, in each table
    return "theme" if 1 < len(set(filled)) <= runs <= len(cells) / 2 else ""


def _before_title(columns: Columns, kinds: Mapping[str, str], plain: Sequence[str]) -> Iterator[str]:
    """Yields the headings before that of the title: the one that is known, else the first that holds nothing else."""
    title = next((heading for heading in columns if kinds.get(heading) == "title"), next(iter(plain), None))
    return takewhile(lambda heading: heading != title, columns if title is not None else ())


def _with_names(columns: Columns) -> set[str]:
    """Returns the headings of columns in which the same names stand again and again, more than one in a cell.

    So do those of columns that have one name in a cell, where most of these stand in such a column too.
    """
    names = {heading: _names(cells) for heading, cells in columns.items()}
    several = {
        heading
        for heading, found in names.items()
        if len(found) > sum(bool(cell.strip()) for cell in columns[heading]) > _FEWEST
        and is_short(found)
        and len(set(found)) <= _MOST_DIFFERENT * len(found)
    }
    every = {name for heading in several for name in names[heading]}
    return several | {heading for heading, found in names.items() if 2 * len(every & set(found)) > len(set(found))}


def _names(cells: Sequence[str]) -> Sequence[str]:
    """Returns the names in cells that hold one or more."""
    return [part for cell in cells for part in _BETWEEN.split(cell.strip()) if part]


def _length(cells: Sequence[str]) -> float:
    """Returns how many words stand in a cell that has any, in the mean."""
    counts = [len(cell.split()) for cell in cells if cell.strip()]
    return sum(counts) / max(len(counts), 1)
