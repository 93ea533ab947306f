"""Reads the sheets of a spreadsheet of any kind: which rows and columns count, and what is said about the others.

In: sheets whose rows can be gone through twice: for the columns in use, then for the rows. Out: rows and findings. What
is hidden is not published, because hiding is how people take something out of sight; that something was hidden is said,
and its words are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, Kind, Place, SourceRow
from kennis_ld.model.document import edge, text
from kennis_ld.reading import limits
from kennis_ld.reading.grid import Cell, Grid

_NAMED = 20


@dataclass(slots=True)
class SheetCell:
    """A cell of a sheet that holds a text, or that spans others.

    Attributes:
        text: what it shows.
        columns: how many columns it spans.
        rows: how many rows it spans.
        uncomputed: whether it holds a formula that nobody computed.
        formula: whether it holds a formula.
        error: whether it shows an error of the spreadsheet.
        hidden: whether it holds something that its format does not show.
        kept: what it shows without what is struck through; None where nothing is.
        marks: the marks of notes that were taken out of its text.
        fill: the colour behind it; empty for none.
        link: the web addresses behind its words, with blanks between.
    """

    text: str
    columns: int = 1
    rows: int = 1
    formula: bool = False
    uncomputed: bool = False
    error: bool = False
    hidden: bool = False
    kept: str | None = None
    marks: tuple[str, ...] = ()
    fill: str = ""
    link: str = ""


@dataclass(slots=True)
class SheetRow:
    """A row of a sheet; cells by their column, counted from 1; a header is one that the sheet itself says to be one."""

    number: int
    cells: dict[int, SheetCell]
    hidden: bool = False
    is_header: bool = False


@dataclass(slots=True)
class Sheet:
    """A sheet.

    Attributes:
        name: as on its tab.
        rows: gives its rows, from the first again each time.
        hidden: whether the sheet as a whole is hidden.
        hidden_columns: runs of hidden columns, first and last.
        remarks: what was found beside its cells: codes of findings with the cells or words they are about.
    """

    name: str
    rows: Callable[[], Iterator[SheetRow]]
    hidden: bool = False
    hidden_columns: Sequence[tuple[int, int]] = ()
    remarks: dict[str, list[str]] = field(default_factory=dict)


def rows(sheets: Iterable[Sheet], document: str) -> Iterator[SourceRow | Finding]:
    """Yields the rows of the visible sheets, each under the name of its sheet where there are several.

    Raises:
        UnreadableInput: a cell stands too far from the corner of its sheet.
    """
    given = list(sheets)
    visible = [(sheet, used) for sheet in given if not sheet.hidden and (used := _used_columns(sheet, document))]
    for sheet in given:
        if sheet.hidden:
            yield Finding("hidden-sheet", Place(document), words=sheet.name)
    for sheet, used in visible:
        place = Place(document, sheet=sheet.name if len(visible) > 1 else "", rows=(0, 0))
        if len(visible) > 1:
            yield edge(place)
            yield text(sheet.name, place)
        yield from _sheet_rows(sheet, used, place)
    for sheet in given:
        for code, about in () if sheet.hidden else sheet.remarks.items():
            place = Place(document, sheet=sheet.name if len(visible) > 1 else "", rows=(0, 0))
            yield Finding(code, place, words=_listed(about))


def column_letters(number: int) -> str:
    """Returns the letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, at = divmod(number - 1, 26)
        letters = chr(ord("A") + at) + letters
    return letters


def far_away(document: str, row: int, column: int) -> UnreadableInput:
    """Returns the error for a cell too far from the corner of its sheet."""
    return UnreadableInput(
        f"Cell {column_letters(column)}{row} holds a text, and the dimension of the sheet is over the limit of "
        f"{limits.ROWS} rows and {limits.COLUMNS} columns.",
        where=document,
        remedy="Empty the cells far below or far to the right of the table, or delete those rows and columns.",
    )


def _used_columns(sheet: Sheet, document: str) -> list[int]:
    """Returns the columns from the first to the last in which a visible text stands, without the hidden ones."""
    used: set[int] = set()
    for row in sheet.rows():
        filled = [column for column, cell in row.cells.items() if cell.text or cell.uncomputed]
        if filled and (row.number > limits.ROWS or max(filled) > limits.COLUMNS):
            raise far_away(document, row.number, max(filled))
        if not row.hidden:
            used.update(filled)
    if not used:
        return []
    hidden = {column for first, last in sheet.hidden_columns for column in range(first, min(last, limits.COLUMNS) + 1)}
    if lost := sorted(used & hidden):
        sheet.remarks["hidden-columns"] = [column_letters(column) for column in lost]
    return [column for column in range(min(used), max(used) + 1) if column not in hidden]


def _sheet_rows(sheet: Sheet, used: Sequence[int], top: Place) -> Iterator[SourceRow | Finding]:
    grid = Grid()
    letters = tuple(map(column_letters, used))
    covered: dict[int, int] = {}  # column → last row that a cell above reaches into
    for row in sheet.rows():
        filled = any(cell.text for cell in row.cells.values())
        if row.hidden and filled:
            sheet.remarks.setdefault("hidden-rows", []).append(str(row.number))
        for column, cell in row.cells.items():
            at = f"{column_letters(column)}{row.number}"
            if cell.formula:
                sheet.remarks.setdefault("formula-without-value" if cell.uncomputed else "formula", []).append(at)
            if cell.error:
                sheet.remarks.setdefault("cell-error", []).append(at)
        cells: list[Cell] = []
        until = 0
        beneath = False  # whether a text stands where a merged cell covers it: no program shows it
        for column in used:
            found = row.cells.get(column, SheetCell(""))
            if column <= until:
                beneath = beneath or bool(found.text)
                continue
            until = column + found.columns - 1
            span = sum(1 for inside in used if column <= inside <= until)
            is_covered = covered.get(column, 0) >= row.number
            beneath = beneath or (is_covered and bool(found.text))
            shown = SheetCell("", fill=found.fill) if is_covered else found
            cells.append(Cell(shown.text, span, is_covered, shown.kept, fill=shown.fill, link=shown.link))
            if found.rows > 1:
                covered.update(dict.fromkeys(range(column, until + 1), row.number + found.rows - 1))
        place = replace(top, first_line=row.number, last_line=row.number, rows=(row.number, row.number))
        if not row.hidden and (filled or any(cell.covered for cell in cells)):
            for item in grid.row(cells, place, kind=Kind.HEADER if row.is_header else Kind.ROW):
                if isinstance(item, SourceRow) and item.kind is not Kind.HEADING:
                    item = replace(item, columns=letters)
                yield item
        if marks := [mark for cell in row.cells.values() for mark in cell.marks if not row.hidden]:
            yield Finding("note-mark", place, words=", ".join(marks))
        if not row.hidden and (beneath or any(cell.hidden for cell in row.cells.values())):
            yield Finding("hidden-text", place)


def _listed(about: Sequence[str]) -> str:
    more = len(about) - _NAMED
    return ", ".join(about[:_NAMED]) + (f" (+ {more})" if more > 0 else "")
