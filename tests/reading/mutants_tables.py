"""Tables to be written by hand with one feature in one of their cells, and what a person then sees in them.

The features of each kind of document stand in `mutants_word`, `mutants_sheets` and `mutants_pages`; `mutants_parts` has
them all.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from random import Random

from tests.reading.careful import Row
from tests.reading.mutants import Rows


@dataclass(slots=True)
class Table:
    """A table to be written: the markup of its cells and rows, and what a person sees.

    Attributes:
        cells: markup of the inside of each cell.
        rows: what a person sees.
        shut: cells that are given whole, by row and column; an empty text leaves the cell out.
        around: attributes or properties of rows, by row.
        need: findings that must be there.
        more: other parts or texts, by what they are.
        seen: more lines that a person sees.
    """

    cells: list[list[str]]
    rows: list[Row]
    shut: dict[tuple[int, int], str] = field(default_factory=dict)
    around: dict[int, str] = field(default_factory=dict)
    need: set[str] = field(default_factory=set)
    more: dict[str, str] = field(default_factory=dict)
    seen: list[Row] = field(default_factory=list)


Feature = Callable[[Random, Table, int, int], None]


def table(rows: Rows, inside: Callable[[str], str]) -> Table:
    """Returns rows as a table; a heading stands in the first cell of its row."""
    width = max(map(len, rows))
    filled = [(*row, *[""] * (width - len(row))) for row in rows]
    return Table([[inside(cell) for cell in row] for row in filled], [Row(row) for row in filled])


def hide(table: Table, at: int) -> None:
    table.rows[at] = replace(table.rows[at], hidden=True)


def say(table: Table, at: int, column: int, text: str) -> None:
    cells = list(table.rows[at].cells)
    cells[column] = text
    table.rows[at] = replace(table.rows[at], cells=tuple(cells))


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()
