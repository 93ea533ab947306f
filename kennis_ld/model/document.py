"""Where something stands in a document, and what a reader gives of it: rows of tables, headings, texts between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a document, in the order of the document and as people find it; all count from 1.

    Attributes:
        document: file name of the document, without its folder.
        first_line: its number among the lines (text), rows and paragraphs of the document or sheet; 0 for none of them.
        last_line: the last one, the same as the first for something on one line.
        first_page: first page; None where the document has no pages.
        last_page: last page; None where the document has no pages.
        sheet: name of the sheet; empty where the document has one table or none.
        table: the number of the table in the document, or of the last one before it; 0 where tables are not counted.
        rows: first and last row of that table, sheet or page; zeros beside the rows; None where people count lines.
        column: letters of the column of a sheet; empty where it is about the row.
    """

    document: str
    first_line: int = 0
    last_line: int = 0
    first_page: int | None = None
    last_page: int | None = None
    sheet: str = ""
    table: int = 0
    rows: tuple[int, int] | None = None
    column: str = ""

    def through(self, other: Place) -> Place:
        """Returns the place from the start of this one to the end of the other."""
        rows = self.rows and other.rows and (self.rows[0], other.rows[1])
        if not self.first_page and (self.table != other.table or self.sheet != other.sheet):
            rows = self.rows  # rows of another table count anew
        return replace(self, last_line=other.last_line, last_page=other.last_page, rows=rows, column="")

    def whole(self) -> Place:
        """Returns the document, page and sheet in which this place is."""
        page = self.first_page
        return Place(self.document, first_page=page, last_page=page, sheet=self.sheet, rows=self.rows and (0, 0))

    def __str__(self) -> str:
        """As people find it, in English; `kennis_ld.translation.place` says it in Dutch.

        >>> str(Place("a.txt", 3, 4))
        'a.txt:3-4'
        >>> str(Place("a.pdf", 20, 21, 3, 4, table=1, rows=(9, 1)))
        'a.pdf, page 3, row 9 to page 4, row 1'
        >>> str(Place("a.xlsx", 12, 12, sheet="Water", rows=(12, 12), column="D"))
        'a.xlsx, sheet Water, cell D12'
        >>> str(Place("a.docx", 14, 14, table=2, rows=(3, 3)))
        'a.docx, table 2, row 3'
        """
        name = f"{self.document}, sheet {self.sheet}" if self.sheet else self.document
        if self.rows is None:
            return name + (f":{_run(self.first_line, self.last_line)}" if self.first_line else "")
        first, last = self.rows
        if self.first_page and self.last_page:
            return name + self._on_pages(self.first_page, self.last_page)
        if self.table:
            name += f", table {self.table}" if first else f", after table {self.table}"
        return name + _rows(first, last, self.column)

    def _on_pages(self, first: int, last: int) -> str:
        rows = self.rows or (0, 0)
        if first == last:
            return f", page {first}{_rows(*rows)}"
        if not rows[0]:
            return f", pages {first}-{last}"
        return f", page {first}, row {rows[0]} to page {last}, row {rows[1]}"


def _rows(first: int, last: int, column: str = "") -> str:
    if not first:
        return ""
    if column:
        return f", cell {column}{first}"
    return f", {'row' if first == last else 'rows'} {_run(first, last)}"


def _run(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


class Kind(StrEnum):
    """What a reader saw that a row is; what its words mean is for `kennis_ld.agenda` to say.

    HEADER: a row of a table that the document itself marks as the head of its columns.
    ROW: any other row of several cells.
    HEADING: one cell across a table, or a text that the document marks as a heading.
    TEXT: a text outside a table.
    EDGE: here a table begins or ends; it has no cells.
    """

    HEADER = "header"
    ROW = "row"
    HEADING = "heading"
    TEXT = "text"
    EDGE = "edge"


class Continuation(StrEnum):
    """How a cell goes on from the one above it, as far as its reader saw that.

    NONE: the reader saw nothing; it may go on all the same.
    LINE: behind the end of a page, if the row goes on; then in the same paragraph.
    PARAGRAPH: behind the end of a page, if the row goes on; then in a new paragraph.
    MERGED: the cell above it reaches into it.
    """

    NONE = ""
    LINE = "line"
    PARAGRAPH = "paragraph"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of a table as the document has it, or a text outside a table as a row of one cell.

    Attributes:
        cells: what its cells say, struck text and all.
        kept: what its cells say without what is struck through; None where nothing is.
        ends_early: whether its table has more columns than it has cells, and no cell can have been lost between them.
        goes_on: how each cell goes on from the one above it; empty where none is known to.
        columns: letters of the column of each cell; empty but in a sheet.
        fills: the colour behind each cell as six hexadecimal digits, empty for none; empty where no cell has one.
        links: the web addresses behind the words of each cell, with blanks between; empty where no cell has one.
    """

    cells: tuple[str, ...]
    place: Place
    kind: Kind = Kind.ROW
    kept: tuple[str, ...] | None = None
    ends_early: bool = False
    goes_on: tuple[Continuation, ...] = ()
    columns: tuple[str, ...] = ()
    fills: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def in_table(self) -> bool:
        """Whether it is a row or heading, and not a text outside a table or the edge of one."""
        return self.kind in _IN_TABLE

    def how(self, at: int) -> Continuation:
        """Returns how a cell goes on from the one above it."""
        return self.goes_on[at] if at < len(self.goes_on) else Continuation.NONE

    def fill(self, at: int) -> str:
        """Returns the colour behind a cell; empty for none."""
        return self.fills[at] if at < len(self.fills) else ""

    def link(self, at: int) -> str:
        """Returns the web addresses behind the words of a cell that these do not say."""
        given = self.links[at].split() if at < len(self.links) else []
        shown = "".join(self.cells[at].split())
        return " ".join(address for address in given if address.partition("//")[2].rstrip("/") not in shown)

    def to_width(self, width: int) -> SourceRow:
        """Returns the row with empty cells for those that it lacks at its end, where no cell can have been lost."""
        lacking = width - len(self.cells)
        return replace(self, cells=(*self.cells, *[""] * lacking)) if self.ends_early and lacking > 0 else self

    def of(self, places: Sequence[int], cells: Sequence[str]) -> SourceRow:
        """Returns a row with these cells, each with what is known of the cell at a place here; at -1 there is none."""
        return replace(
            self,
            cells=tuple(cells),
            kept=None,
            goes_on=_at(places, self.goes_on, Continuation.NONE),
            columns=_at(places, self.columns, ""),
            fills=_at(places, self.fills, ""),
            links=_at(places, self.links, ""),
        )

    def cell_place(self, at: int) -> Place:
        """Returns the place of a cell: that of the row, with its column where it stands in a sheet."""
        return replace(self.place, column=self.columns[at]) if at < len(self.columns) else self.place


_IN_TABLE = frozenset({Kind.HEADER, Kind.ROW, Kind.HEADING})
_Known = TypeVar("_Known", bound=str)


def _at(places: Sequence[int], known: Sequence[_Known], nothing: _Known) -> tuple[_Known, ...]:
    return tuple(known[at] if 0 <= at < len(known) else nothing for at in places) if known else ()


def edge(place: Place) -> SourceRow:
    """Returns the row that says: here a table begins or ends."""
    return SourceRow((), place, Kind.EDGE)


def text(words: str, place: Place, *, kept: str | None = None, link: str = "") -> SourceRow:
    """Returns a text outside a table; `kept` is what is left of it without what is struck through."""
    left = None if kept in {None, words} else (kept or "",)
    return SourceRow((words,), place, Kind.TEXT, kept=left, links=(link,) if link else ())


def heading(words: str, place: Place, *, kept: str | None = None, link: str = "") -> SourceRow:
    """Returns a heading, as `text`."""
    return replace(text(words, place, kept=kept, link=link), kind=Kind.HEADING)
