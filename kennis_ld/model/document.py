"""Where something stands in a document, and one row of its table as it was printed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a document; lines and pages count from 1.

    Attributes:
        document: file name of the document, without its folder.
        first_line: first line (text), row (spreadsheet) or paragraph; 0 where the document has no such thing.
        last_line: last one, the same as the first for something on one line.
        first_page: first page; None where the document has no pages.
        last_page: last page; None where the document has no pages.
        sheet: name of the sheet; empty where the document has one table or none.
    """

    document: str
    first_line: int = 0
    last_line: int = 0
    first_page: int | None = None
    last_page: int | None = None
    sheet: str = ""

    def through(self, other: Place) -> Place:
        """Returns the place from the start of this one to the end of the other."""
        return Place(self.document, self.first_line, other.last_line, self.first_page, other.last_page, self.sheet)

    def __str__(self) -> str:
        name = f"{self.document} [{self.sheet}]" if self.sheet else self.document
        if not self.first_line:
            return name
        lines = str(self.first_line)
        if self.last_line != self.first_line:
            lines += f"-{self.last_line}"
        return f"{name}:{lines}"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of a table as the document has it; a line outside the table is a row of one cell.

    Attributes:
        cells: what its cells say, struck text and all.
        place: where it stands.
        in_table: whether it is a row or heading of a table, and not a line outside one.
        kept: what its cells say without what is struck through; None where nothing is.
        ends_early: whether its table has more columns than it has cells, and no cell can have been lost between them.
    """

    cells: tuple[str, ...]
    place: Place
    in_table: bool = True
    kept: tuple[str, ...] | None = None
    ends_early: bool = False
