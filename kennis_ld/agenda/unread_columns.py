"""Says what a column that is not read looks like, and which line in publication.toml would have it read.

In: a cell of such a column, its heading, and the words of the languages. Out: a finding, without persons.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.row_colours import described
from kennis_ld.agenda.text import one_line
from kennis_ld.agenda.wording import NARROWER, Words, fold
from kennis_ld.model import Extra, Finding, Place, Role

_HEADLESS = "column-without-heading"
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


def unread_cell(cell: str, heading: str, number: int, *, place: Place, privacy: Privacy) -> Finding:
    """Returns what is to be said about a cell that was not taken over; what is said of a column is put together later.

    Args:
        heading: that of its column; may be empty.
        number: of the column, from 1.
    """
    found = unnamed_cell(cell, heading, number, place=place, privacy=privacy)
    if found.code != "unnamed-column" or not (kind := looks_like(one_line(heading), privacy.words)):
        return found
    return Finding("column-looks-like", place, words=found.words, values={**found.values, **_line(kind, heading)})


def unnamed_cell(cell: str, heading: str, number: int, *, place: Place, privacy: Privacy) -> Finding:
    """Returns what is to be said about a cell of a column that no setting names, as `unread_cell`."""
    heading = one_line(heading)
    values = {"column": f"{number} ({heading})" if heading else str(number)}
    if privacy.is_contact_column(heading):
        return Finding("contact-column", place, values=values)
    return Finding("unnamed-column" if heading else _HEADLESS, place, words=privacy.cell(cell), values=values)


def unread_colour(colour: str, heading: str, number: int, *, place: Place) -> Finding:
    """Returns what is to be said about an empty cell of such a column that has a colour of its own."""
    heading = one_line(heading)
    if not heading:
        return Finding(_HEADLESS, place, words=described(colour), values={"column": str(number)})
    values = {"column": f"{number} ({heading})", **_line(Extra.STATUS.value, heading)}
    return Finding("colour-only", place, words=described(colour), values=values)


def _line(kind: str, heading: str) -> Mapping[str, str]:
    """Returns the line to write for a column that looks like one of a kind, and in which table of the settings."""
    table, name = table_of(kind)
    called = one_line(heading).replace('"', "'")
    return {"table": f"[{table}]", "line": f'"{called}" = "{name}"' if table == "roles" else f'{name} = ["{called}"]'}


def looks_like(heading: str, words: Words) -> str:
    """Returns what a column with this heading seems to hold, as the lists of [columns] of a language call it."""
    name = re.sub(r"[\s.:]+$", "", fold(heading.replace("_", " ")))
    for whole in (name, name.replace(" ", "")):  # a narrow column of a PDF tears its heading
        if kind := next((kind for kind, pattern in words.columns.items() if pattern.fullmatch(whole)), ""):
            return kind
    if match := words.role.fullmatch(name):
        return _MAIN[words.role_of(match).main]
    found = [kind for kind, pattern in words.columns.items() if pattern.search(name)]
    return "parties" if {"leads", "partners"} <= set(found) else next(iter(found), "")
