"""Reads a spreadsheet in XLSX (Excel and others), part by part and row by row, without loading it whole.

In: the parts of the file. Out: rows and findings, by way of `kennis_ld.reading.sheets`. A formula is never computed:
its last value is read. A number is read as the sheet shows it, a date as year-month-day.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.etree.ElementTree import Element

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, SourceRow
from kennis_ld.reading import limits, numberformats, sheets, wellformed
from kennis_ld.reading.archive import Archive
from kennis_ld.reading.blocks import web_pages
from kennis_ld.reading.colours import INDEXED, colour, tinted
from kennis_ld.reading.looks import Piece, Shown, put_together
from kennis_ld.reading.sheets import Sheet, SheetCell, SheetRow
from kennis_ld.reading.xmlstream import parts, words

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_KINDS = {"n", "s", "b", "str", "e", "d", "inlineStr"}
_PARTS = {"{s}v", "{s}is", "{s}f", "{s}extLst"}
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_LINK = re.compile(r"HYPERLINK\(\s*\"([^\"]+)\"")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


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
    links: dict[tuple[int, int], str]
    hidden_columns: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Style:
    """How a cell is shown: its format code, whether that is a date, whether its text is struck, the colour behind."""

    code: str = ""
    is_date: bool = False
    is_struck: bool = False
    fill: str = ""


class _Workbook:
    def __init__(self, archive: Archive, main: str) -> None:
        self._archive = archive
        self._main = main
        self._related = archive.relations(main)
        self._epoch = datetime(1899, 12, 30)  # noqa: DTZ001
        self._strings = list(self._shared_strings())
        self._styles = list(self._cell_styles())

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

    def _shared_strings(self) -> Iterator[Shown]:
        part = self._part("sharedStrings")
        if part:
            for kind, element in parts(self._archive.chunks(part), {"{s}si"}, where=self._where(part)):
                if kind == "whole":
                    yield _rich_text(element)

    def _cell_styles(self) -> Iterator[_Style]:
        part = self._part("styles")
        if not part:
            return
        codes: dict[str, str] = dict(numberformats.BUILT_IN)
        struck: list[bool] = []
        fills: list[str] = []
        theme = list(self._theme_colours())
        inside = ""
        wanted = {"{s}numFmt", "{s}xf", "{s}font", "{s}fill"}
        for kind, element in parts(self._archive.chunks(part), wanted, where=self._where(part)):
            if kind != "whole":
                inside = element.tag if kind == "open" else ""
            elif element.tag == "{s}numFmt" and inside == "{s}numFmts":
                codes[element.get("numFmtId", "")] = element.get("formatCode", "")
            elif element.tag == "{s}font" and inside == "{s}fonts":
                struck.append(_is_struck(element))
            elif element.tag == "{s}fill" and inside == "{s}fills":
                fills.append(_fill(element, theme))
            elif element.tag == "{s}xf" and inside == "{s}cellXfs":
                number = element.get("numFmtId", "0")
                font, fill = (_natural(element.get(name, "")) for name in ("fontId", "fillId"))
                code = codes.get(number, "")
                is_date = _natural(number) in _DATE_FORMATS or numberformats.is_date(code)
                is_struck, behind = font < len(struck) and struck[font], fills[fill] if fill < len(fills) else ""
                yield _Style(code, is_date, is_struck, behind)

    def _theme_colours(self) -> Iterator[str]:
        """Yields the colours of the theme in the order in which cells refer to them."""
        part = self._part("theme")
        if part not in self._archive:
            return
        for kind, scheme in parts(self._archive.chunks(part), {"{a}clrScheme"}, where=self._where(part)):
            if kind == "whole":
                given = [next((each.get("lastClr", each.get("val", "")) for each in one), "") for one in scheme]
                yield from (*given[1::-1], *given[3:1:-1], *given[4:])  # dark and light change places

    def _layout(self, part: str) -> _Layout:
        layout = _Layout({}, {}, [])
        number = 0
        related = self._archive.relations(part)
        wanted = {"{s}row", "{s}col", "{s}mergeCell", "{s}hyperlink"}
        for kind, element in parts(self._archive.chunks(part), wanted, where=self._where(part)):
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
            elif element.tag == "{s}hyperlink":
                first = element.get("ref", "").partition(":")[0]
                address = related.get(element.get("{r}id", ""), ("", "", True))[1]
                layout.links[self._cell_place(part, first)] = web_pages([address])
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
                row.cells[column].link = row.cells[column].link or layout.links.get((number, column), "")
                if (number, column) in layout.merged:
                    row.cells[column].rows, row.cells[column].columns = layout.merged[number, column]
            yield row

    def _cell(self, part: str, cell: Element, at: str) -> SheetCell:
        content = cell.find("{s}v")
        value = (content.text or "") if content is not None else ""
        inline = cell.find("{s}is")
        kind = cell.get("t", "n")
        at_style = _natural(cell.get("s", "0"))
        style = self._styles[at_style] if at_style < len(self._styles) else _Style()
        if kind not in _KINDS or any(inside.tag not in _PARTS and words(inside).strip() for inside in cell):
            raise self._damaged(part, f"cell {at} is of a kind that does not exist")
        if kind == "s":
            if _natural(value) >= len(self._strings) and value != "":
                raise self._damaged(part, f"cell {at} refers to a text that is not there")
            found = self._text(self._strings[_natural(value)] if value else _plain(""), style)
        elif inline is not None:  # whatever the kind says: this is a text and nothing else
            rich = _rich_text(inline)
            text, kept = (" ".join(filter(None, (it, wellformed.text(value)))) for it in (rich.text, rich.kept))
            found = self._text(Shown(text, kept, rich.marks), style)
        elif kind == "b":
            found = self._text(_plain({"1": "ja", "0": "nee"}.get(value, value)), style)
        elif kind == "n" and not value.strip():
            found = SheetCell("")
        elif kind == "n":
            found = self._number(value, style)
        else:
            found = self._text(_plain(wellformed.text(_unescaped(value))), style)
        found.fill = style.fill
        found.error = kind == "e"
        formula = cell.find("{s}f")
        found.formula = formula is not None
        found.link = "" if formula is None else web_pages(_LINK.findall(formula.text or ""))
        found.uncomputed = found.formula and not value and kind != "str"  # the text of a formula may be empty
        return found

    def _text(self, shown: Shown, style: _Style) -> SheetCell:
        text = numberformats.text(shown.text, style.code)
        is_hidden = bool(shown.text) and not text
        kept = "" if style.is_struck else numberformats.text(shown.kept, style.code)
        return SheetCell(text, hidden=is_hidden, kept=None if kept == text else kept, marks=shown.marks)

    def _number(self, value: str, style: _Style) -> SheetCell:
        try:
            number = float(value)
        except ValueError:
            return self._text(_plain(wellformed.text(value)), style)
        if style.is_date and 0 <= number < 2_958_466:
            day = self._epoch + timedelta(days=number)
            text = day.date().isoformat() if number == int(number) else day.isoformat(sep=" ", timespec="minutes")
        elif style.code and math.isfinite(number):
            text = numberformats.number(number, style.code)
        else:
            text = numberformats.typed(number)
        return SheetCell(text, hidden=not text, kept="" if style.is_struck else None)

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


def _rich_text(item: Element) -> Shown:
    """Returns a text that may be in pieces of different looks, without the reading aids of Japanese."""
    pieces = [Piece(_unescaped(item.findtext("{s}t") or ""))]
    for run in item.iterfind("{s}r"):
        looks = run.find("{s}rPr")
        raised = looks is not None and _value(looks.find("{s}vertAlign")) == "superscript"
        struck = looks is not None and _is_struck(looks)
        pieces.append(Piece(_unescaped(run.findtext("{s}t") or ""), raised, struck))
    shown = put_together(pieces)
    return Shown(wellformed.text(shown.text), wellformed.text(shown.kept), shown.marks)


def _plain(text: str) -> Shown:
    return Shown(text, text)


def _fill(element: Element, theme: Sequence[str]) -> str:
    """Returns the colour of a fill; of a pattern that of its dots, as far as it is a plain one."""
    pattern = element.find("{s}patternFill")
    shown = None if pattern is None or pattern.get("patternType") != "solid" else pattern.find("{s}fgColor")
    if shown is None:
        return ""
    at = _natural(shown.get("theme", shown.get("indexed", "")))
    try:
        tint = float(shown.get("tint", "0"))
    except ValueError:
        tint = 0.0
    if "theme" in shown.attrib:
        return tinted(colour(theme[at]) if at < len(theme) else "", tint) if at else tinted("ffffff", tint)
    if "indexed" in shown.attrib:
        return tinted(INDEXED[at], tint) if at < len(INDEXED) else ""
    return tinted(colour(shown.get("rgb", "")), tint)


def _is_struck(font: Element) -> bool:
    strike = font.find("{s}strike")
    return strike is not None and _value(strike) not in {"0", "false"}


def _value(element: Element | None) -> str:
    return "" if element is None else element.get("val", "")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _natural(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
