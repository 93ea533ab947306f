"""Says what a column that is not read looks like, and which line in publication.toml would have it read.

In: a cell of such a column, its heading, and the words of the languages. Out: a finding, without persons.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from kennis_ld.agenda.numbers import is_number
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.role_words import role_at
from kennis_ld.agenda.row_colours import described
from kennis_ld.agenda.text import one_line
from kennis_ld.agenda.wording import NARROWER, Words, fold
from kennis_ld.model import Extra, Finding, Place, Role

_LINES = {
    **{name: f'[roles] "{{heading}}" = "{name}"' for name in NARROWER},
    **{name: f'[columns] {name} = ["{{heading}}"]' for name in ("leads", "partners")},
    **{kind.value: f'[extra] {kind.value} = ["{{heading}}"]' for kind in Extra},
}
"""The line to write for a column that looks like one of a kind."""

_FEWEST = 2
"""Cells by which a column is judged."""

_SHORTEST_TEXT = 6.0
"""Words in the cells of a column, in the mean, that is more than titles and names."""

_MAIN = {Role.LEAD: "leads", Role.PARTNER: "partners"}


def table_of(kind: str) -> tuple[str, str]:
    """Returns where the settings name a column that looks like one of a kind: the table, and the name in it.

    Of [roles] the name is the role. A column that looks like nothing is left out.
    """
    if kind in NARROWER:
        return "roles", kind
    if kind in {each.value for each in Extra}:
        return "extra", kind
    return "columns", kind or "left_out"


def seems(columns: Mapping[str, Sequence[str]], kinds: Mapping[str, str], words: Words) -> Mapping[str, str]:
    """Returns what each column nobody knows seems to hold: by its heading, else by what stands in its cells.

    Before the title stand numbers and themes; behind it the longest text is the description, any other a remark.

    Args:
        columns: the cells by the heading of their column, in their order.
        kinds: what each column is known as; empty for those nobody knows.
        words: the words of the language.
    """
    found = {heading: looks_like(heading, words) for heading in columns if not kinds.get(heading)}
    taken = {*kinds.values(), *found.values()}
    held = {heading: _held(columns[heading], words) for heading, kind in found.items() if not kind}
    texts = [heading for heading, kind in held.items() if kind == "description"]
    plain = (heading for heading in columns if not (kinds.get(heading) or found[heading] or held[heading]))
    titles = (heading for heading in columns if kinds.get(heading) == "title")
    title = next(titles if "title" in taken else plain, None)
    before = set(takewhile(lambda heading: heading != title, columns)) if title is not None else set()
    for heading in columns:
        kind = held.get(heading, "")
        if kind == "description":
            longest = max(texts, key=lambda text: _length(columns[text]))
            found[heading] = kind if kind not in taken and heading == longest else "remark"
        elif kind and kind not in taken and (kind == "parties" or heading in before):
            found[heading] = kind
            taken.add(kind)
    return found


def _held(cells: Sequence[str], words: Words) -> str:
    """Returns what the cells of a column look like; nothing where they are too few or too much alike to say so."""
    filled = [text for text in map(one_line, cells) if text]
    if len(filled) < _FEWEST:
        return ""
    if all(map(is_number, filled)):
        return "number" if len(set(filled)) == len(filled) else ""
    if 2 * sum(role_at(text, 0, words) is not None for text in filled) > len(filled):
        return "parties"
    if not is_short(filled):
        return "description"
    return "theme" if 1 < len(set(filled)) <= len(cells) / 2 else ""


def is_short(cells: Sequence[str]) -> bool:
    """Whether cells hold names or titles, and no running text."""
    return _length(cells) <= _SHORTEST_TEXT


def _length(cells: Sequence[str]) -> float:
    """Returns how many words stand in a cell that has any, in the mean."""
    counts = [len(cell.split()) for cell in cells if cell.strip()]
    return sum(counts) / max(len(counts), 1)


def unread_cell(cell: str, heading: str, number: int, *, place: Place, privacy: Privacy) -> Finding:
    """Returns what is to be said about a cell that was not taken over; what is said of a column is put together later.

    Args:
        cell: its text.
        heading: that of its column; may be empty.
        number: of the column, from 1.
        place: of the row.
        privacy: takes persons out of what is said.
    """
    heading = one_line(heading)
    values = {"column": f"{number} ({heading})" if heading else str(number)}
    if privacy.is_contact_column(heading):
        return Finding("contact-column", place, values=values)
    words = privacy.cell(cell)
    if kind := looks_like(heading, privacy.words):
        line = _LINES[kind].format(heading=heading.replace('"', "'"))
        return Finding("column-looks-like", place, words=words, values={**values, "line": line})
    return Finding("unnamed-column", place, words=words, values=values)


def unread_colour(colour: str, heading: str, number: int, *, place: Place) -> Finding:
    """Returns what is to be said about an empty cell of such a column that has a colour of its own."""
    heading = one_line(heading)
    line = _LINES["status"].format(heading=heading.replace('"', "'"))
    values = {"column": f"{number} ({heading})" if heading else str(number), "line": line}
    return Finding("colour-only", place, words=described(colour), values=values)


def looks_like(heading: str, words: Words) -> str:
    """Returns what a column with this heading seems to hold, as the lists of [columns] of a language call it."""
    name = re.sub(r"[\s.:]+$", "", fold(heading))
    for kind, pattern in words.columns.items():
        if pattern.fullmatch(name):
            return kind
    if match := words.role.fullmatch(name):
        return _MAIN[words.role_of(match).main]
    return next((kind for kind, pattern in words.columns.items() if pattern.search(name)), "")
