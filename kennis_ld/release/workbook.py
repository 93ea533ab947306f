"""Writes an Excel workbook (ECMA-376, SpreadsheetML), row by row, with the same bytes for the same rows.

Every cell is a text: a spreadsheet shows it and never runs it, also where it starts as a formula does.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MOST_ROWS = 1_000_000
"""Rows of a sheet, the header not counted; Excel takes 1,048,576. What is more goes on in a next sheet."""

MOST_CHARACTERS = 32_767
"""Characters that Excel takes in a cell; of a longer text the beginning is kept, and it ends in "…"."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # a file in a zip has a date; a build has no clock


class Workbook:
    """A workbook that is being written; it is there when the block ends without an error.

    Args:
        path: where it comes to stand; the sheets are kept beside it until then.
        sheets: name of each sheet and its columns.
    """

    def __init__(self, path: Path, sheets: Mapping[str, Sequence[str]]) -> None:
        self._path = path
        self._columns = sheets
        self._open = ExitStack()
        self._parts: dict[str, list[IO[str]]] = {name: [] for name in sheets}
        self._counts = dict.fromkeys(sheets, 0)
        for name in sheets:
            self._begin(name)

    def __enter__(self) -> Workbook:
        """Returns the workbook."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Puts the sheets together, where nothing went wrong."""
        with self._open:
            if kind is None:
                self._finish()

    def add(self, sheet: str, cells: Mapping[str, str]) -> None:
        """Writes a row; only the cells of columns that the sheet has."""
        if self._counts[sheet] == MOST_ROWS:
            self._begin(sheet)
        self._counts[sheet] += 1
        self._parts[sheet][-1].write(_row([cells[column] for column in self._columns[sheet]]))

    def _begin(self, sheet: str) -> None:
        part = self._open.enter_context(_draft(self._path.parent))
        pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        part.write(f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}</sheetView>')
        part.write(f"</sheetViews><sheetData>{_row(self._columns[sheet])}")
        self._parts[sheet].append(part)
        self._counts[sheet] = 0

    def _finish(self) -> None:
        names = [
            f"{name} {number}" if number > 1 else name
            for name, parts in self._parts.items()
            for number in range(1, len(parts) + 1)
        ]
        with ZipFile(self._path, "w") as whole:
            for name, text in _frame(names):
                whole.writestr(_member(name), text)
            sheets = (part for parts in self._parts.values() for part in parts)
            for number, part in enumerate(sheets, start=1):
                part.write("</sheetData></worksheet>")
                part.seek(0)
                sheet = _member(f"xl/worksheets/sheet{number}.xml")
                # By its size sizes of 64 bits are written only where there are any; Python did not do it well by force.
                sheet.file_size = os.fstat(part.fileno()).st_size
                with whole.open(sheet, "w") as member:
                    while chunk := part.read(1 << 20):
                        member.write(chunk.encode())


def _draft(folder: Path) -> IO[str]:
    """Returns a file without a name, which is gone when it is closed."""
    return tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n", dir=folder)


def _row(cells: Sequence[str]) -> str:
    found = "".join(
        f'<c t="inlineStr"><is><t xml:space="preserve">{escape(_fitting(cell))}</t></is></c>' for cell in cells
    )
    return f"<row>{found}</row>\n"


def _fitting(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"


def _member(name: str) -> ZipInfo:
    member = ZipInfo(name, date_time=_EARLIEST)
    member.compress_type = ZIP_DEFLATED
    return member


def _frame(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yields the parts of the package that hold the sheets together (ECMA-376-2, Open Packaging Conventions)."""
    numbers = range(1, len(names) + 1)
    types = [f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>']
    types += [
        f'<Override PartName="/xl/worksheets/sheet{each}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for each in numbers
    ]
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    yield "[Content_Types].xml", f'{_XML}<Types xmlns="{_PACKAGE}/content-types">{rels}{"".join(types)}</Types>'
    start = f'<Relationship Id="rId1" Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/>'
    yield "_rels/.rels", f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{start}</Relationships>'
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{each}" r:id="rId{each}"/>'
        for each, name in zip(numbers, names, strict=True)
    )
    yield (
        "xl/workbook.xml",
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets>{sheets}</sheets></workbook>',
    )
    links = "".join(
        f'<Relationship Id="rId{each}" Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet{each}.xml"/>'
        for each in numbers
    )
    yield "xl/_rels/workbook.xml.rels", f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
