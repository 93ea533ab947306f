"""A table of the publication as people see it: rows in the form in which a spreadsheet saved them.

It is read as spreadsheets of any country save it: divided by commas, semicolons or tabs, in UTF-8, UTF-16 or
Windows-1252, with a line `sep=` or a title above the header, with Dutch names of columns. What is not changed stays as
it is, byte for byte: a comparison of two versions shows what was changed and nothing else. What the cells mean, and
whether they can be right, is the business of `kennis_ld.publication.tables`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kennis_ld.errors import UnreadableInput, remedy_for
from kennis_ld.model import Finding, Place
from kennis_ld.publication import table_words
from kennis_ld.reading.encoding import encoding

DIVIDERS = ",;\t"
"""What may stand between two cells; a bar divides the values within one."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_STATED = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)
"""How people keep a spreadsheet from reading 1.10 as a number."""

_HIGHEST_HEADER = 10
"""Rows in which the header is looked for: titles and remarks may stand above it."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table, however the table was saved.

    Attributes:
        place: its last line, or where it stands in a sheet.
        cells: by the name that kennis-ld has for their column.
        beyond: how many cells with a text stand in no column of the header.
        text: as it was saved in CSV, with its line end.
    """

    place: Place
    cells: Mapping[str, str]
    beyond: int = 0
    text: str = ""

    @classmethod
    def of(cls, columns: Sequence[str], cells: Sequence[str], place: Place, text: str = "") -> TableRow:
        """Returns the row of cells under a header; a column without a name is none."""
        beyond = sum(1 for at, cell in enumerate(cells) if cell and not (at < len(columns) and columns[at]))
        return cls(place, dict(zip(columns, cells, strict=False)), beyond, text)


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A table and the form in which it was saved.

    Attributes:
        columns: the names in the header, by the names that kennis-ld has for them.
        divider: comma, semicolon or tab.
        line_end: what ends a row.
        mark: whether the file starts with a byte order mark.
        guessed: what is to be said about the encoding; None where it is certain.
    """

    columns: tuple[str, ...]
    divider: str = ","
    line_end: str = "\n"
    mark: bool = False
    codec: str = "utf-8"
    guessed: Finding | None = None
    _above: str = ""
    _header: str = ""
    _rows: tuple[TableRow, ...] = ()

    @classmethod
    def read(cls, path: Path) -> CsvFile:
        """Returns the table in a file.

        Raises:
            UnreadableInput: the file cannot be opened, is in no encoding that can be told, or has a quotation mark out
                of place.
        """
        text, codec, guessed = _text(path)
        mark = text.startswith("\ufeff")
        lines = io.StringIO(text.removeprefix("\ufeff"), newline="").readlines()
        stated = _STATED.fullmatch(lines[0]) if lines else None
        skipped = 1 if stated else 0
        divider = stated[1] if stated else _divider(lines)
        if not stated and (unwrapped := _unwrapped(lines)):
            # A file with commas that was opened and saved where semicolons divide: each row became one cell.
            lines = unwrapped
            divider = _divider(lines)
        records = _records(lines[skipped:], divider, path, skipped) or [("", [], 1)]
        at = header_at([cells for _, cells, _ in records])
        header, names, _ = records[at]
        columns = tuple(table_words.column(name) for name in trimmed(names))
        above = "".join(lines[:skipped]) + "".join(text for text, _, _ in records[:at])
        return cls(
            columns=columns,
            divider=divider,
            line_end="\r\n" if header.endswith("\r\n") else "\n",
            mark=mark,
            codec=codec,
            guessed=guessed and replace(guessed, place=Place(path.name)),
            _above=above,
            _header=header,
            _rows=tuple(
                TableRow.of(columns, [_plain(cell) for cell in cells], Place(path.name, line, line), text)
                for text, cells, line in records[at + 1 :]
            ),
        )

    @classmethod
    def for_spreadsheet(cls, columns: Sequence[str], language: str) -> CsvFile:
        """Returns a table without rows that a spreadsheet of the language's country opens right with a double click.

        That takes a byte order mark, and the divider of the country: a semicolon where a comma divides decimals.
        """
        return cls(tuple(columns), "," if language.partition("-")[0] == "en" else ";", "\r\n", mark=True)

    @property
    def rows(self) -> Iterator[Mapping[str, str]]:
        """The cells of each row that says something, by the name of their column."""
        return (row.cells for row in self._rows if any(row.cells.values()))

    @property
    def filled(self) -> Iterator[TableRow]:
        """Each row that says something, also where that stands in no column."""
        return (row for row in self._rows if any(row.cells.values()) or row.beyond)

    def with_row(self, cells: Mapping[str, str], *, key: Sequence[str]) -> CsvFile:
        """Returns the table with a row put in the place of the one with the same key, or at the end.

        Args:
            cells: by the name of their column; the table gets the columns that it lacks and the row fills.
            key: the columns that together tell rows apart.
        """
        lacking = tuple(name for name, cell in cells.items() if cell and name not in self.columns)
        wider = replace(self, columns=self.columns + lacking, _header=self._wider_header(lacking))
        new = TableRow(Place(""), dict(cells), text=wider._line([cells.get(name, "") for name in wider.columns]))
        rows = list(self._rows)
        for at, row in enumerate(rows):
            if all(row.cells.get(name, "") == cells.get(name, "") for name in key):
                same = all(row.cells.get(name, "") == cells.get(name, "") for name in wider.columns)
                rows[at] = row if same else new
                return replace(wider, _rows=tuple(rows))
        return replace(wider, _rows=(*rows, new))

    def save(self, path: Path) -> None:
        """Writes the table; who reads it meanwhile sees the old one or the new one, whole.

        Where a letter is not in the encoding of the file, it is written in UTF-8 with a byte order mark.
        """
        lines = [self._header or self._line(self.columns), *(row.text for row in self._rows)]
        whole = self._above + "".join(line if line.endswith(("\n", "\r")) else line + self.line_end for line in lines)
        try:
            content = (("\ufeff" if self.mark else "") + whole).encode(self.codec)
        except UnicodeEncodeError:
            content = whole.encode("utf-8-sig")
        draft = path.with_name(f".{path.name}.draft")
        try:
            draft.write_bytes(content)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)

    def _wider_header(self, lacking: Sequence[str]) -> str:
        if not lacking or not self._header:
            return self._header
        (names,) = csv.reader(io.StringIO(self._header, newline=""), delimiter=self.divider)
        return self._line([*trimmed(names), *lacking])

    def _line(self, cells: Sequence[str]) -> str:
        output = io.StringIO()
        csv.writer(output, delimiter=self.divider, lineterminator=self.line_end).writerow(cells)
        return output.getvalue()


def _text(path: Path) -> tuple[str, str, Finding | None]:
    """Returns the text of a file with its mark, its codec without the mark, and a finding where that was guessed."""
    try:
        with path.open("rb") as file:
            codec, guessed = encoding(file, str(path))
            file.seek(0)
            content = file.read()
    except OSError as error:
        raise UnreadableInput(
            f"The table cannot be opened: {error.strerror or error}.",
            where=str(path),
            remedy=remedy_for(error, "Put it there, or correct its name in publication.toml."),
        ) from error
    if codec == "utf-16":
        codec = "utf-16-le" if content.startswith(b"\xff\xfe") else "utf-16-be"
    plain = codec.removesuffix("-sig")
    return content.decode(plain), plain, guessed


def _records(lines: Sequence[str], divider: str, path: Path, skipped: int) -> list[tuple[str, list[str], int]]:
    """Returns each row with the lines it was read from, its cells and its last line; a cell may go on over several."""
    reader = csv.reader(lines, delimiter=divider, strict=True)
    found, start = [], 0
    try:
        for cells in reader:
            found.append(("".join(lines[start : reader.line_num]), cells, skipped + reader.line_num))
            start = reader.line_num
    except csv.Error as error:
        raise UnreadableInput(
            f"This is no CSV: {error}.",
            where=f"{path}:{skipped + reader.line_num}",
            remedy="Check the quotation marks.",
        ) from error
    return found


def _plain(cell: str) -> str:
    text = cell.strip()
    kept = _AS_TEXT.fullmatch(text)
    return kept[1].strip() if kept else text


def trimmed(names: Sequence[str]) -> Sequence[str]:
    """Returns a header without the empty cells behind its last name: a row above it may have been wider."""
    count = max((at for at, name in enumerate(names, 1) if name.strip()), default=0)
    return [name.strip() for name in names[:count]]


def _known(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if table_words.called("columns", cell))


def header_at(records: Sequence[Sequence[str]]) -> int:
    """Returns which of the first rows names the most columns; the first of them where none does."""
    first = records[:_HIGHEST_HEADER]
    return max(range(len(first)), key=lambda at: (_known(first[at]), -at))


def _divider(lines: Sequence[str]) -> str:
    """Returns what divides the cells: by which the first rows name the most columns."""

    def named(divider: str) -> tuple[int, int]:
        rows = list(csv.reader(lines[:_HIGHEST_HEADER], delimiter=divider))
        return max((_known(row) for row in rows), default=0), max(map(len, rows), default=0)

    return max(DIVIDERS, key=named)


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """Returns the rows that stand whole in the first cell of each row; nothing where the table is no such one."""
    rows = [row for row in csv.reader(lines, delimiter=";") if any(row)]
    if not rows or _known(rows[0]) or any(any(row[1:]) for row in rows):
        return []
    inner = next(csv.reader([rows[0][0]]), [])
    return [f"{row[0]}\r\n" for row in rows] if _known(inner) > 1 and lines[0].startswith('"') else []


def safe(cell: str) -> str:
    """Returns a cell that no spreadsheet takes for a formula.

    >>> safe("=1+1")
    "'=1+1"
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
