"""Finds the colours behind the cells of a PDF: the rectangles that are painted under the words.

In: the rectangles of a page, in the order in which they are painted. Out: the colour behind a cell, which is that of
the last one over its middle.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kennis_ld.reading.colours import of_parts
from kennis_ld.reading.pdflines import Box

_SMALLEST = 4.0  # points; what is thinner is a line
_MOST = 5_000


class Fills:
    """The painted rectangles of a page; a drawing of more than five thousand is no table."""

    def __init__(self, rectangles: Iterable[dict[str, Any]]) -> None:
        wide = (it for it in rectangles if min(it["x1"] - it["x0"], it["bottom"] - it["top"]) > _SMALLEST)
        found = [(_box(it), _colour(it)) for it in wide if it.get("fill")]
        self._found = found[::-1] if any(shown for _, shown in found) and len(found) <= _MOST else []

    def behind(self, cell: Box | None) -> str:
        """Returns the colour behind a cell; empty for none."""
        if cell is None:
            return ""
        x, y = (cell[0] + cell[2]) / 2, (cell[1] + cell[3]) / 2
        over = (shown for (x0, top, x1, bottom), shown in self._found if x0 < x < x1 and top < y < bottom)
        return next(over, "")


def _box(rectangle: dict[str, Any]) -> Box:
    return rectangle["x0"], rectangle["top"], rectangle["x1"], rectangle["bottom"]


def _colour(rectangle: dict[str, Any]) -> str:
    given = rectangle.get("non_stroking_color")
    parts = given if isinstance(given, tuple | list) else [given]
    numbers = [float(part) for part in parts if isinstance(part, int | float)]
    return of_parts(numbers) if len(numbers) == len(parts) else ""
