"""Reads a spreadsheet in ODS (LibreOffice and others), row by row, without loading it whole.

In: the parts of the file. Out: rows and findings, by way of `kennis_ld.reading.sheets`. Cells and rows that say that
they are repeated are repeated within the bounds, and only where they hold a text.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kennis_ld.model import Finding, SourceRow
from kennis_ld.reading import limits, numberformats, odf, sheets, wellformed
from kennis_ld.reading.archive import Archive
from kennis_ld.reading.blocks import web_pages
from kennis_ld.reading.looks import Piece, Shown, put_together
from kennis_ld.reading.odf import Styles, count, inline, is_beside
from kennis_ld.reading.sheets import Sheet, SheetCell, SheetRow
from kennis_ld.reading.xmlstream import parts

_HIDDEN = {"collapse", "filter"}


def rows(archive: Archive, _: str) -> Iterator[SourceRow | Finding]:
    """Yields the rows of an ODS spreadsheet.

    Raises:
        UnreadableInput: it has a password, is damaged, or a cell stands too far from the corner.
    """
    odf.check_password(archive)
    yield from sheets.rows(_sheets(archive), archive.document)


def _sheets(archive: Archive) -> Iterator[Sheet]:
    hidden_styles: set[str] = set()
    found: list[Sheet] = []
    styles = Styles.named(archive)
    wanted = {"{style}style", "{table}table-row", "{table}table-column", "{table}tracked-changes", "{table}shapes"}
    column, changes = 0, False
    for kind, element in _content(archive, wanted):
        if kind == "open" and element.tag == "{table}table":
            at, column = len(found), 0
            name, style = element.get("{table}name", ""), element.get("{table}style-name", "")
            found.append(Sheet(name, lambda at=at: _rows(archive, at, styles), style in hidden_styles, []))  # type: ignore[misc]
        elif kind == "whole" and element.tag == "{style}style":
            looks = element.find("{style}table-properties")
            styles.learn(element)
            if looks is not None and looks.get("{table}display") == "false":
                hidden_styles.add(element.get("{style}name", ""))
        elif kind == "whole" and element.tag == "{table}table-column" and found:
            first, column = column + 1, column + count(element, "{table}number-columns-repeated")
            if element.get("{table}visibility") in _HIDDEN:
                found[-1].hidden_columns = [*found[-1].hidden_columns, (first, column)]
        elif kind == "whole" and element.tag == "{table}tracked-changes":
            changes = True
        elif kind == "whole" and found:
            _look_around(element, found[-1])
    if changes and found:
        found[0].remarks["tracked-changes"] = [archive.document]
    yield from found


def _rows(archive: Archive, wanted: int, styles: Styles) -> Iterator[SheetRow]:
    """Yields the rows of one of the sheets; a row that is repeated comes as often as it is, when it says something."""
    at, number, is_header = -1, 0, False
    for kind, element in _content(archive, {"{table}table-row"}):
        if kind == "open" and element.tag == "{table}table":
            at, number = at + 1, 0
        if element.tag == "{table}table-header-rows":
            is_header = kind == "open"
        if kind != "whole" or at != wanted:
            continue
        times = count(element, "{table}number-rows-repeated")
        cells = dict(_cells(element, archive.document, number + 1, styles))
        if any(map(_says, cells.values())):
            hidden = element.get("{table}visibility") in _HIDDEN
            if number + times > limits.ROWS:
                raise sheets.far_away(
                    archive.document, number + times, min(it for it, cell in cells.items() if _says(cell))
                )
            for copy in range(1, times + 1):
                yield SheetRow(number + copy, cells, hidden, is_header)
        else:
            yield SheetRow(number + 1, cells)
        number += times


def _says(cell: SheetCell) -> bool:
    return bool(cell.text or cell.uncomputed or cell.hidden)


def _cells(row: Element, document: str, number: int, styles: Styles) -> Iterator[tuple[int, SheetCell]]:
    column = 0
    for element in row:
        if element.tag not in {"{table}table-cell", "{table}covered-table-cell"}:
            continue
        times = count(element, "{table}number-columns-repeated")
        shown, hidden = _text(element, styles)
        text = shown.text or ("" if hidden else _value(element))
        formula = element.get("{table}formula") is not None
        uncomputed = formula and not text and element.get("{office}value-type") is None
        kept = shown.kept if shown.text else None
        columns = count(element, "{table}number-columns-spanned")
        height = count(element, "{table}number-rows-spanned")
        if (text or uncomputed) and column + times > limits.COLUMNS:
            raise sheets.far_away(document, number, column + times)
        fill = styles.fill(element.get("{table}style-name", ""))
        link = web_pages(each.get("{xlink}href", "") for each in element.iter("{text}a"))
        if text or formula or hidden or columns > 1 or height > 1 or fill:
            error = formula and text.startswith(("#", "Err:"))
            for copy in range(1, min(times, limits.COLUMNS) + 1):
                looks = (kept, shown.marks, fill, link)
                yield column + copy, SheetCell(text, columns, height, formula, uncomputed, error, hidden, *looks)
        column += times


def _text(cell: Element, styles: Styles) -> tuple[Shown, bool]:
    """Returns the text of a cell as it is shown, one paragraph a line, and whether some of it is hidden.

    Notes and pictures are not part of it.
    """
    pieces: list[Piece | None] = []
    for paragraph in _paragraphs(cell):
        names = (cell.get("{table}style-name", ""), paragraph.get("{text}style-name", ""))
        pieces += [Piece("\n"), *(styles.piece(text, (*names, *inner)) for text, inner in inline(paragraph) if text)]
    shown = put_together(piece for piece in pieces if piece)
    return Shown(wellformed.text(shown.text), wellformed.text(shown.kept), shown.marks), None in pieces


def _value(cell: Element) -> str:
    """Returns what a cell holds that has no text: some programs write a value and leave showing it to others."""
    kind = cell.get("{office}value-type", "")
    if kind == "boolean":
        return {"true": "ja", "false": "nee"}.get(cell.get("{office}boolean-value", ""), "")
    if kind in {"float", "currency", "percentage"}:
        try:
            number = float(cell.get("{office}value", ""))
        except ValueError:
            return ""
        return (
            f"{numberformats.typed(round(number * 100, 10))}%" if kind == "percentage" else numberformats.typed(number)
        )
    return wellformed.text(cell.get(f"{{office}}{kind}-value", ""))


def _paragraphs(parent: Element) -> Iterator[Element]:
    """Yields the paragraphs and headings of a cell, also those in a list."""
    for element in parent:
        if element.tag in {"{text}p", "{text}h"}:
            yield element
        elif not is_beside(element):
            yield from _paragraphs(element)


def _look_around(element: Element, sheet: Sheet) -> None:
    """Notes what stands in or over the cells and is no text of a cell."""
    for code, tag in (("comments", "{office}annotation"), ("pictures", "{draw}image")):
        if found := sum(1 for _ in element.iter(tag)):
            sheet.remarks.setdefault(code, []).append(str(found))
    notes = element.iter("{text}note-body")
    for code, beside in (("text-box", _shapes(element)), ("footnote", notes)):
        if said := [text for each in beside if (text := wellformed.text(odf.words(each)))]:
            sheet.remarks.setdefault(code, []).extend(said)


def _shapes(parent: Element) -> Iterator[Element]:
    for element in parent:
        if element.tag.startswith("{draw}"):
            yield element
        else:
            yield from _shapes(element)


def _content(archive: Archive, wanted: set[str]) -> Iterator[tuple[str, Element]]:
    yield from parts(archive.chunks(odf.CONTENT), wanted, where=f"{archive.document}: {odf.CONTENT}")
