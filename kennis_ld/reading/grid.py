"""Lays the cells of one row on the columns of their table, and says which cells were merged.

In: cells with the number of columns they span. Out: a row with one text per column, and findings. A text that runs over
the whole row is a heading. A text in a merged cell counts where the cell begins, and nowhere else: whether it holds for
the row or column beside it too is for the city to say. Where borders do not quite meet, a cell belongs to the column of
the fullest row so far (the header, as a rule) that it overlaps most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Continuation, Finding, Kind, Place, SourceRow
from kennis_ld.reading import limits


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the document has it.

    Attributes:
        text: what it says.
        columns: how many columns it spans.
        covered: whether a cell of a row above reaches into this one.
        kept: what it says without what is struck through; None where nothing is.
        goes_on: how it goes on behind the end of a page, if it does.
        fill: the colour behind it; empty for none.
        link: the web addresses behind its words, with blanks between.
    """

    text: str
    columns: int = 1
    covered: bool = False
    kept: str | None = None
    goes_on: Continuation = Continuation.NONE
    fill: str = ""
    link: str = ""


_Span = tuple[float, float]


class Grid:
    """The rows of one table.

    Args:
        widths: how wide its columns are, in any unit; without them all are as wide.
    """

    def __init__(self, widths: Sequence[float] = ()) -> None:
        self._above: dict[int, str] = {}
        self._edges = [0.0, *accumulate(max(width, 1.0) for width in widths)]
        self._reference: list[tuple[int, _Span]] = []  # the columns of the fullest row: number and where it lies
        self._fullest = 1
        self._width = 0

    def row(self, cells: Sequence[Cell], place: Place, *, kind: Kind = Kind.ROW) -> Iterator[SourceRow | Finding]:
        """Yields a row of the table, unless nothing stands in it.

        Args:
            kind: what it is, if no cell of it runs across the table.

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
        starts = list(accumulate((cell.columns for cell in cells), initial=0))[:-1]
        merged = self._merged(cells, starts)
        filled = [cell for cell in cells if cell.text]
        is_heading = len(filled) == 1 and cells[0] is filled[0] and filled[0].columns > max(1, width // 2)
        if is_heading or (filled and len(cells) == 1):
            yield _row([filled[0]], place, Kind.HEADING)
            return
        if len(filled) > self._fullest:
            self._fullest = len(filled)
            self._reference = [(at, self._span(at, cell)) for at, cell in zip(starts, cells, strict=True)]
        self._width = max(self._width, width)
        if filled:
            yield _row(self._laid_out(cells, starts), place, kind, ends_early=width < self._width)
        for words in merged:
            yield Finding("merged-cells", place, words=words)

    def _merged(self, cells: Sequence[Cell], starts: Sequence[int]) -> list[str]:
        """Returns the texts of cells that cover others, and remembers those that may cover cells of rows below."""
        merged: list[str] = []
        for at, cell in zip(starts, cells, strict=True):
            if cell.covered and self._above.get(at):
                merged.append(self._above.pop(at))
            elif not cell.covered:
                self._above[at] = cell.text
                if cell.text and len(self._covered(self._span(at, cell))) > 1:
                    merged.append(cell.text)
        return merged

    def _covered(self, span: _Span) -> list[int]:
        """Returns the columns of which a cell covers the better part."""
        return [at for at, column in self._reference if _overlap(span, column) >= (column[1] - column[0]) / 2]

    def _column(self, own: int, span: _Span) -> int:
        """Returns the column that a cell belongs to: the first that it covers, else the one that it overlaps most."""
        if covered := self._covered(span):
            return covered[0]
        most = max(self._reference, key=lambda column: (_overlap(span, column[1]), -column[0]), default=(own, span))
        return most[0] if _overlap(span, most[1]) else own

    def _laid_out(self, cells: Sequence[Cell], starts: Sequence[int]) -> list[Cell]:
        laid = [Cell("")] * sum(cell.columns for cell in cells)
        taken: set[int] = set()
        for own, cell in zip(starts, cells, strict=True):
            span = self._span(own, cell)
            best = self._column(own, span)
            at = best if best not in taken else own
            while at in taken:
                at += 1
            taken.add(at)
            laid += [Cell("")] * (at + 1 - len(laid))
            laid[at] = cell
        return laid

    def _span(self, at: int, cell: Cell) -> _Span:
        return self._edge(at), self._edge(at + cell.columns)

    def _edge(self, at: int) -> float:
        last = len(self._edges) - 1
        return self._edges[at] if at <= last else self._edges[-1] + at - last


def _overlap(one: _Span, other: _Span) -> float:
    return max(0.0, min(one[1], other[1]) - max(one[0], other[0]))


def _row(cells: Sequence[Cell], place: Place, kind: Kind, *, ends_early: bool = False) -> SourceRow:
    kept = tuple(cell.text if cell.kept is None else cell.kept for cell in cells)
    texts = tuple(cell.text for cell in cells)
    goes_on = tuple(Continuation.MERGED if cell.covered else cell.goes_on for cell in cells)
    left = None if kept == texts else kept
    fills = tuple(cell.fill for cell in cells)
    links = tuple(cell.link for cell in cells)
    row = SourceRow(texts, place, kind, left, ends_early, goes_on if any(goes_on) else ())
    return replace(row, fills=fills if any(fills) else (), links=links if any(links) else ())
