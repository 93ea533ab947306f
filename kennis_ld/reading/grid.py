"""Lays the cells of one row on the columns of their table, and says which cells were merged.

In: cells with the number of columns they span. Out: a row with one text per column, and findings. A text that runs over
the whole row is a heading. A text in a merged cell counts where the cell begins, and nowhere else: whether it holds for
the row or column beside it too is for the city to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, Place, SourceRow
from kennis_ld.reading import limits


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the document has it.

    Attributes:
        text: what it says.
        columns: how many columns it spans.
        covered: whether a cell of a row above reaches into this one.
    """

    text: str
    columns: int = 1
    covered: bool = False


TABLE_EDGE: tuple[str, ...] = ()
"""The cells of a row that says: here a table begins or ends."""


class Grid:
    """The rows of one table."""

    def __init__(self) -> None:
        self._above: dict[int, str] = {}

    def row(self, cells: Sequence[Cell], place: Place) -> Iterator[SourceRow | Finding]:
        """Yields a row of the table, unless nothing stands in it.

        Raises:
            UnreadableInput: the row has more columns than a table may have.
        """
        width = sum(cell.columns for cell in cells)
        if width > limits.COLUMNS:
            raise UnreadableInput(
                f"The row has {width} columns; at most {limits.COLUMNS} are read.",
                where=str(place),
                remedy="Check for a text far to the right of the table.",
            )
        texts: list[str] = []
        merged: list[str] = []
        for cell in cells:
            if cell.covered and self._above.get(len(texts)):
                merged.append(self._above.pop(len(texts)))
            elif not cell.covered:
                self._above[len(texts)] = cell.text
                if cell.columns > 1 and cell.text:
                    merged.append(cell.text)
            texts += [cell.text, *[""] * (cell.columns - 1)]
        filled = [cell for cell in cells if cell.text]
        if len(filled) == 1 and cells[0] is filled[0] and filled[0].columns > max(1, width // 2):
            yield SourceRow((filled[0].text,), place)
            return
        if filled:
            yield SourceRow(tuple(texts), place)
        for words in merged:
            yield Finding("merged-cells", place, words=words)
