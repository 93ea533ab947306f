"""A table of the publication as people see it: rows in the form in which they were saved.

What is not changed stays as it is, byte for byte: the divider, the quotation marks, the line ends and the byte order
mark, so that a comparison of two versions shows what was changed and nothing else. What the cells mean, and whether
they can be right, is the business of `kennis_ld.publication.tables`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: its text as saved, with its line end, and its cells by the name of their column."""

    text: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A table and the form in which it was saved.

    Attributes:
        columns: the names in the header.
        divider: comma or semicolon.
        line_end: what ends a row.
        mark: whether the file starts with a byte order mark.
    """

    columns: tuple[str, ...]
    divider: str = ","
    line_end: str = "\n"
    mark: bool = False
    _header: str = ""
    _rows: tuple[_Row, ...] = ()

    @classmethod
    def read(cls, path: Path) -> CsvFile:
        """Returns the table in a file that `kennis_ld.publication.tables` can read."""
        text = path.read_bytes().decode("utf-8")
        mark = text.startswith("\ufeff")
        lines = text.removeprefix("\ufeff").splitlines(keepends=True)
        first = lines[0] if lines else ""
        divider = ";" if first.count(";") > first.count(",") else ","
        header, *rows = _texts(lines, divider) or [("", [])]
        columns = tuple(name.strip() for name in header[1])
        return cls(
            columns=columns,
            divider=divider,
            line_end="\r\n" if first.endswith("\r\n") else "\n",
            mark=mark,
            _header=header[0],
            _rows=tuple(_Row(text, dict(zip(columns, map(str.strip, cells), strict=False))) for text, cells in rows),
        )

    @property
    def rows(self) -> Iterator[Mapping[str, str]]:
        """The cells of each row that says something, by the name of their column."""
        return (row.cells for row in self._rows if any(row.cells.values()))

    def empty(self, columns: Sequence[str]) -> CsvFile:
        """Returns a table without rows and with these columns, saved in the form of this one."""
        return CsvFile(tuple(columns), self.divider, self.line_end, self.mark)

    def with_row(self, cells: Mapping[str, str], *, key: Sequence[str]) -> CsvFile:
        """Returns the table with a row put in the place of the one with the same key, or at the end.

        Args:
            cells: by the name of their column; the table gets the columns that it lacks and the row fills.
            key: the columns that together tell rows apart.
        """
        lacking = tuple(name for name, cell in cells.items() if cell and name not in self.columns)
        wider = replace(self, columns=self.columns + lacking, _header="" if lacking else self._header)
        new = _Row(wider._line([cells.get(name, "") for name in wider.columns]), dict(cells))
        rows = list(self._rows)
        for at, row in enumerate(rows):
            if all(row.cells.get(name, "") == cells.get(name, "") for name in key):
                same = all(row.cells.get(name, "") == cells.get(name, "") for name in wider.columns)
                rows[at] = row if same else new
                return replace(wider, _rows=tuple(rows))
        return replace(wider, _rows=(*rows, new))

    def save(self, path: Path) -> None:
        """Writes the table; who reads it meanwhile sees the old one or the new one, whole."""
        lines = [self._header or self._line(self.columns), *(row.text for row in self._rows)]
        whole = "".join(line if line.endswith(("\n", "\r")) else line + self.line_end for line in lines)
        draft = path.with_name(f".{path.name}.draft")
        draft.write_bytes((("\ufeff" if self.mark else "") + whole).encode())
        draft.replace(path)

    def _line(self, cells: Sequence[str]) -> str:
        output = io.StringIO()
        csv.writer(output, delimiter=self.divider, lineterminator=self.line_end).writerow(cells)
        return output.getvalue()


def _texts(lines: Sequence[str], divider: str) -> list[tuple[str, list[str]]]:
    """Returns each row with the lines it was read from; a cell may go on over several."""
    reader = csv.reader(lines, delimiter=divider)
    found, start = [], 0
    for cells in reader:
        found.append(("".join(lines[start : reader.line_num]), cells))
        start = reader.line_num
    return found


def safe(cell: str) -> str:
    """Returns a cell that no spreadsheet takes for a formula.

    >>> safe("=1+1")
    "'=1+1"
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
