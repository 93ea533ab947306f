"""Reads a table of the publication from an XLSX or ODS workbook: a table of its own, or one sheet of several.

The workbook is read as documents are, in a process that can be ended. A table must be whole: hidden rows and columns,
merged cells, and cells that show an error, stop the reading, for nobody would miss a row that is left out by accident.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, SourceRow
from kennis_ld.publication import table_words
from kennis_ld.publication.csv_file import TableRow, header_at, trimmed
from kennis_ld.publication.publication import WORKBOOK_ENDS
from kennis_ld.reading import documents

_ZIP = b"PK\x03\x04"
_LEFT_OUT = {"hidden-rows", "hidden-columns", "hidden-text"}
_NO_VALUE = {"formula-without-value", "cell-error"}


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook by its content, whatever its name."""
    try:
        with path.open("rb") as file:
            return file.read(len(_ZIP)) == _ZIP
    except OSError:
        return path.suffix.casefold() in WORKBOOK_ENDS


def table(path: Path, name: str) -> tuple[Sequence[str], Sequence[TableRow]] | None:
    """Returns header and rows of a table; None where the workbook has sheets for other tables and none for this one.

    Args:
        name: key of `kennis_ld.publication.publication.TABLES`: which sheet, where there are several.

    Raises:
        UnreadableInput: the workbook cannot be read, or not all of it can.
    """
    sheets = list(_sheets(path))
    named = [rows for sheet, rows in sheets if table_words.called("sheets", sheet) == name]
    if named:
        return _table(named[0])
    others = [sheet for sheet, _ in sheets if table_words.called("sheets", sheet)]
    filled = [rows for _, rows in sheets if rows]
    return None if others or len(filled) != 1 else _table(filled[0])


def _sheets(path: Path) -> Iterator[tuple[str, list[SourceRow]]]:
    """Yields name and rows of each sheet; the name is empty where the workbook has one sheet only."""
    name, rows = "", list[SourceRow]()
    for item in documents.rows(path):
        if isinstance(item, Finding):
            _check(item, path)
        elif not item.in_table and len(item.cells) == 1 and table_words.called("sheets", item.cells[0]):
            yield name, rows
            name, rows = item.cells[0], []
        elif any(item.cells):
            rows.append(item)
    yield name, rows


def _check(finding: Finding, path: Path) -> None:
    """Refuses a table of which something would be left out, or read otherwise than people see it."""
    if finding.code in _LEFT_OUT:
        what = f"Rows, columns or texts are hidden and would be left out: {finding.words}."
        remedy = "Make them visible, or delete them."
    elif finding.code in _NO_VALUE:
        what = f"These cells show an error, or hold a formula without a value: {finding.words}."
        remedy = "Type the values, and save the workbook again."
    elif finding.code == "merged-cells":
        what = f"A merged cell counts for its first row only: {finding.words}."
        remedy = "Split the cell, and fill in the text in each row."
    else:
        return
    place = replace(finding.place, document=str(path)) if finding.place else path
    raise UnreadableInput(what, where=str(place), remedy=remedy)


def _table(rows: Sequence[SourceRow]) -> tuple[Sequence[str], Sequence[TableRow]]:
    if not rows:
        return (), ()
    at = header_at([row.cells for row in rows])
    header = [table_words.column(cell) for cell in trimmed(rows[at].cells)]
    return header, [TableRow.of(header, [cell.strip() for cell in row.cells], row.place) for row in rows[at + 1 :]]
