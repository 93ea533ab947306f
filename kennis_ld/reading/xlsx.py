"""Reads a spreadsheet in XLSX (Excel and others), part by part and row by row, without loading it whole.

In: the parts of the file. Out: rows and findings, by way of `kennis_ld.reading.sheets`. A formula is never computed:
its last value is read. A number is read as a person would type it, a date as year-month-day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.etree.ElementTree import Element

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, SourceRow
from kennis_ld.reading import limits, sheets, wellformed
from kennis_ld.reading.archive import Archive
from kennis_ld.reading.sheets import Sheet, SheetCell, SheetRow
from kennis_ld.reading.xmlstream import parts, words

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_KINDS = {"n", "s", "b", "str", "e", "d", "inlineStr"}
_PARTS = {"{s}v", "{s}is", "{s}f", "{s}extLst"}
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DECIMALS = re.compile(r"0\.(0+)")


def rows(archive: Archive, main: str) -> Iterator[SourceRow | Finding]:
    """Yields the rows of a workbook whose main part is named.

    Raises:
        UnreadableInput: a part is missing or damaged, or a cell stands too far from the corner.
    """
    yield from sheets.rows(_Workbook(archive, main).sheets(), archive.document)


@dataclass(slots=True)
class _Layout:
    """What a sheet says about its cells after all of them."""

    merged: dict[tuple[int, int], tuple[int, int]]
    hidden_columns: list[tuple[int, int]]


class _Workbook:
    def __init__(self, archive: Archive, main: str) -> None:
        self._archive = archive
        self._main = main
        self._related = archive.relations(main)
        self._epoch = datetime(1899, 12, 30)  # noqa: DTZ001
        self._strings = list(self._shared_strings())
        self._formats = list(self._cell_formats())

    def sheets(self) -> Iterator[Sheet]:
        """Yields the sheets in the order of their tabs."""
        found: list[tuple[str, str, bool]] = []
        for kind, element in parts(self._archive.chunks(self._main), {"{s}sheet"}, where=self._where(self._main)):
            if kind == "open" and element.tag == "{s}workbookPr" and element.get("date1904") in {"1", "true"}:
                self._epoch = datetime(1904, 1, 1)  # noqa: DTZ001
            if kind == "whole":
                part = self._related.get(element.get("{r}id", ""), ("", "", False))
                if part[0] == "worksheet":
                    found.append((element.get("name", ""), part[1], element.get("state", "visible") != "visible"))
        for name, part_name, hidden in found:
            layout = self._layout(part_name)
            yield Sheet(
                name,
                lambda part_name=part_name, layout=layout: self._rows(part_name, layout),  # type: ignore[misc]
                hidden=hidden,
                hidden_columns=layout.hidden_columns,
                remarks={} if hidden else self._beside(part_name),
            )

    def _where(self, part: str) -> str:
        return f"{self._archive.document}: {part}"

    def _part(self, kind: str) -> str:
        return next((path for type_, path, outside in self._related.values() if type_ == kind and not outside), "")

    def _shared_strings(self) -> Iterator[str]:
        part = self._part("sharedStrings")
        if part:
            for kind, element in parts(self._archive.chunks(part), {"{s}si"}, where=self._where(part)):
                if kind == "whole":
                    yield _rich_text(element)

    def _cell_formats(self) -> Iterator[str]:
        """Yields, for each style of a cell, 'date', a number of decimals, or nothing."""
        part = self._part("styles")
        if not part:
            return
        codes: dict[str, str] = {}
        inside = False
        for kind, element in parts(self._archive.chunks(part), {"{s}numFmt", "{s}xf"}, where=self._where(part)):
            if element.tag == "{s}cellXfs":
                inside = kind == "open"
            elif kind == "whole" and element.tag == "{s}numFmt":
                codes[element.get("numFmtId", "")] = _QUOTED.sub("", element.get("formatCode", "")).lower()
            elif kind == "whole" and inside:
                number = element.get("numFmtId", "0")
                code = codes.get(number, {"2": "0.00"}.get(number, ""))
                is_date = (number.isascii() and number.isdigit() and int(number[:6]) in _DATE_FORMATS) or (
                    re.search(r"[dmyhs]", code) is not None
                )
                decimals = _DECIMALS.fullmatch(code)
                yield "date" if is_date else str(len(decimals[1])) if decimals else ""

    def _layout(self, part: str) -> _Layout:
        layout = _Layout({}, [])
        number = 0
        for kind, element in parts(
            self._archive.chunks(part), {"{s}row", "{s}col", "{s}mergeCell"}, where=self._where(part)
        ):
            if kind != "whole":
                continue
            if element.tag == "{s}row":
                number = _natural(element.get("r", "")) or number + 1
                if number > limits.ROWS and element.find("{s}c/*") is not None:
                    last = element.findall("{s}c")[-1].get("r")
                    raise sheets.far_away(
                        self._archive.document, number, self._cell_place(part, last)[1] if last else 1
                    )
            elif element.tag == "{s}col" and element.get("hidden") in {"1", "true"}:
                layout.hidden_columns.append((_natural(element.get("min", "")), _natural(element.get("max", ""))))
            elif element.tag == "{s}mergeCell":
                first, _, last = element.get("ref", "").partition(":")
                (row, column), (to_row, to_column) = (self._cell_place(part, ref) for ref in (first, last or first))
                layout.merged[row, column] = (to_row - row + 1, min(to_column - column + 1, limits.COLUMNS))
        return layout

    def _rows(self, part: str, layout: _Layout) -> Iterator[SheetRow]:
        number = 0
        for kind, element in parts(self._archive.chunks(part), {"{s}row"}, where=self._where(part)):
            if kind != "whole":
                continue
            number = _natural(element.get("r", "")) or number + 1
            row = SheetRow(number, {}, element.get("hidden") in {"1", "true"})
            column = 0
            for cell in element.iterfind("{s}c"):
                reference = cell.get("r")
                column = self._cell_place(part, reference)[1] if reference else column + 1
                row.cells[column] = self._cell(part, cell, f"{sheets.column_letters(column)}{number}")
                if (number, column) in layout.merged:
                    row.cells[column].rows, row.cells[column].columns = layout.merged[number, column]
            yield row

    def _cell(self, part: str, cell: Element, at: str) -> SheetCell:
        value = cell.findtext("{s}v") or ""
        inline = cell.find("{s}is")
        kind = cell.get("t", "n")
        formula = cell.find("{s}f") is not None
        if kind not in _KINDS or any(inside.tag not in _PARTS and words(inside).strip() for inside in cell):
            raise self._damaged(part, f"cell {at} is of a kind that does not exist")
        if kind == "s":
            if _natural(value) >= len(self._strings) and value != "":
                raise self._damaged(part, f"cell {at} refers to a text that is not there")
            return SheetCell(self._strings[_natural(value)] if value else "", formula=formula)
        if inline is not None:  # whatever the kind says: this is a text and nothing else
            return SheetCell(" ".join(filter(None, (_rich_text(inline), wellformed.text(value)))), formula=formula)
        if kind == "b":
            return SheetCell({"1": "ja", "0": "nee"}.get(value, value), formula=formula)
        if kind in {"str", "e", "d", "inlineStr"}:
            return SheetCell(wellformed.text(_unescaped(value)), formula=formula, error=kind == "e")
        return SheetCell(self._number(value, cell.get("s", "0")), formula=formula)

    def _number(self, value: str, style: str) -> str:
        form = self._formats[_natural(style)] if _natural(style) < len(self._formats) else ""
        try:
            number = float(value)
        except ValueError:
            return wellformed.text(value)
        if form == "date" and 0 <= number < 2_958_466:
            day = self._epoch + timedelta(days=number)
            return day.date().isoformat() if number == int(number) else day.isoformat(sep=" ", timespec="minutes")
        if form.isdigit() and len(form) == 1:
            return f"{number:.{form}f}"
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)

    def _beside(self, part: str) -> dict[str, list[str]]:
        """Returns what stands beside the cells of a sheet: notes, text boxes and pictures."""
        remarks: dict[str, list[str]] = {}
        for kind, target, outside in self._archive.relations(part).values():
            if outside or target not in self._archive:
                continue
            if kind == "comments":
                for event, element in parts(self._archive.chunks(target), {"{s}comment"}, where=self._where(target)):
                    if event == "whole":
                        remarks.setdefault("comments", []).append(element.get("ref", ""))
            elif kind == "drawing":
                for event, element in parts(
                    self._archive.chunks(target), {"{a}p", "{a}blip"}, where=self._where(target)
                ):
                    if event == "whole" and element.tag == "{a}blip":
                        remarks["pictures"] = [part.rpartition("/")[2]]
                    elif event == "whole" and (text := wellformed.text(words(element))):
                        remarks.setdefault("text-box", []).append(text)
        return remarks

    def _cell_place(self, part: str, reference: str) -> tuple[int, int]:
        match = _REFERENCE.fullmatch(reference)
        if not match:
            raise self._damaged(part, f"{reference[:20]!r} is no cell")
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        return int(match[2]), column

    def _damaged(self, part: str, what: str) -> UnreadableInput:
        return UnreadableInput(
            f"The spreadsheet is damaged: {what}.",
            where=self._where(part),
            remedy="Open it in its own program and save it again.",
        )


def _rich_text(item: Element) -> str:
    """Returns a text that may be in pieces of different looks, without the reading aids of Japanese."""
    pieces = [item.findtext("{s}t") or "", *(run.findtext("{s}t") or "" for run in item.iterfind("{s}r"))]
    return wellformed.text(_unescaped("".join(pieces)))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _natural(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
