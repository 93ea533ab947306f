"""Reads a spreadsheet in ODS (LibreOffice and others), row by row, without loading it whole.

In: the parts of the file. Out: rows and findings, by way of `kennis_ld.reading.sheets`. Cells and rows that say that
they are repeated are repeated within the bounds, and only where they hold a text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, SourceRow
from kennis_ld.reading import limits, numberformats, sheets, wellformed
from kennis_ld.reading.archive import Archive
from kennis_ld.reading.colours import colour
from kennis_ld.reading.looks import Piece, Shown, put_together
from kennis_ld.reading.sheets import Sheet, SheetCell, SheetRow
from kennis_ld.reading.xmlstream import parts

CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_HIDDEN = {"collapse", "filter"}
_STYLES = "styles.xml"
_SPACE = {"{text}s", "{text}tab", "{text}line-break"}


def rows(archive: Archive, _: str) -> Iterator[SourceRow | Finding]:
    """Yields the rows of an ODS spreadsheet.

    Raises:
        UnreadableInput: it has a password, is damaged, or a cell stands too far from the corner.
    """
    if _MANIFEST in archive:
        for _, element in parts(archive.chunks(_MANIFEST), (), where=f"{archive.document}: {_MANIFEST}"):
            if element.tag == "{manifest}encryption-data":
                raise UnreadableInput(
                    "The document is protected with a password.",
                    where=archive.document,
                    remedy="Open it, take the password off, and save it again.",
                )
    yield from sheets.rows(_sheets(archive), archive.document)


def _sheets(archive: Archive) -> Iterator[Sheet]:
    hidden_styles: set[str] = set()
    found: list[Sheet] = []
    styles = _Styles()
    if _STYLES in archive:
        named = parts(archive.chunks(_STYLES), {"{style}style"}, where=f"{archive.document}: {_STYLES}")
        for _, element in (part for part in named if part[0] == "whole"):
            styles.learn(element)
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
            first, column = column + 1, column + _times(element, "{table}number-columns-repeated")
            if element.get("{table}visibility") in _HIDDEN:
                found[-1].hidden_columns = [*found[-1].hidden_columns, (first, column)]
        elif kind == "whole" and element.tag == "{table}tracked-changes":
            changes = True
        elif kind == "whole" and found:
            _look_around(element, found[-1])
    if changes and found:
        found[0].remarks["tracked-changes"] = [archive.document]
    yield from found


class _Styles:
    """How texts look, by the names of their styles."""

    def __init__(self) -> None:
        self._looks: dict[str, dict[str, str]] = {}
        self._fills: dict[str, str] = {}

    def learn(self, style: Element) -> None:
        """Remembers a style; those it is based on come before it."""
        looks = dict(self._looks.get(style.get("{style}parent-style-name", ""), {}))
        own, cell = style.find("{style}text-properties"), style.find("{style}table-cell-properties")
        self._looks[style.get("{style}name", "")] = looks | (dict(own.attrib) if own is not None else {})
        behind = "" if cell is None else cell.get("{fo}background-color", "")
        parent = self._fills.get(style.get("{style}parent-style-name", ""), "")
        self._fills[style.get("{style}name", "")] = colour(behind) if behind else parent

    def fill(self, name: str) -> str:
        """Returns the colour that a style gives what stands behind a cell; empty for none."""
        return self._fills.get(name, "")

    def piece(self, text: str, names: Sequence[str]) -> Piece | None:
        """Returns a text with the looks that styles give it, the innermost last; None where they hide it."""
        looks: dict[str, str] = {}
        for name in names:
            looks |= self._looks.get(name, {})
        if looks.get("{text}display") == "none":
            return None
        lines = (looks.get(f"{{style}}text-line-through-{name}", "none") for name in ("style", "type"))
        position = looks.get("{style}text-position", "").split(" ")[0]
        raised = position == "super" or (position.endswith("%") and not position.startswith(("-", "0")))
        return Piece(text, raised, any(line != "none" for line in lines))


def _rows(archive: Archive, wanted: int, styles: _Styles) -> Iterator[SheetRow]:
    """Yields the rows of one of the sheets; a row that is repeated comes as often as it is, when it says something."""
    at, number, is_header = -1, 0, False
    for kind, element in _content(archive, {"{table}table-row"}):
        if kind == "open" and element.tag == "{table}table":
            at, number = at + 1, 0
        if element.tag == "{table}table-header-rows":
            is_header = kind == "open"
        if kind != "whole" or at != wanted:
            continue
        times = _times(element, "{table}number-rows-repeated")
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


def _cells(row: Element, document: str, number: int, styles: _Styles) -> Iterator[tuple[int, SheetCell]]:
    column = 0
    for element in row:
        if element.tag not in {"{table}table-cell", "{table}covered-table-cell"}:
            continue
        times = _times(element, "{table}number-columns-repeated")
        shown, hidden = _text(element, styles)
        text = shown.text or ("" if hidden else _value(element))
        formula = element.get("{table}formula") is not None
        uncomputed = formula and not text and element.get("{office}value-type") is None
        kept = shown.kept if shown.text else None
        columns = _times(element, "{table}number-columns-spanned")
        height = _times(element, "{table}number-rows-spanned")
        if (text or uncomputed) and column + times > limits.COLUMNS:
            raise sheets.far_away(document, number, column + times)
        fill = styles.fill(element.get("{table}style-name", ""))
        if text or formula or hidden or columns > 1 or height > 1 or fill:
            error = formula and text.startswith(("#", "Err:"))
            for copy in range(1, min(times, limits.COLUMNS) + 1):
                found = SheetCell(text, columns, height, formula, uncomputed, error, hidden, kept, shown.marks, fill)
                yield column + copy, found
        column += times


def _text(cell: Element, styles: _Styles) -> tuple[Shown, bool]:
    """Returns the text of a cell as it is shown, one paragraph a line, and whether some of it is hidden.

    Notes and pictures are not part of it.
    """
    pieces: list[Piece | None] = []
    for paragraph in _paragraphs(cell):
        names = (cell.get("{table}style-name", ""), paragraph.get("{text}style-name", ""))
        pieces += [Piece("\n"), *(styles.piece(text, (*names, *inner)) for text, inner in _inline(paragraph) if text)]
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
        elif not _is_beside(element):
            yield from _paragraphs(element)


def _is_beside(element: Element) -> bool:
    """Whether an element stands over the text and not in it: a note, a shape, a picture."""
    return element.tag == "{office}annotation" or element.tag.startswith("{draw}")


def _inline(element: Element, names: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yields the text of a paragraph in pieces, with the names of the styles of the spans that each stands in."""
    yield element.text or "", names
    for child in element:
        if child.tag == "{text}s":
            yield " " * min(_times(child, "{text}c"), 80), names
        elif child.tag in _SPACE:
            yield "\n" if child.tag == "{text}line-break" else " ", names
        elif not _is_beside(child):
            yield from _inline(child, (*names, child.get("{text}style-name", "")))
        yield child.tail or "", names


def _look_around(element: Element, sheet: Sheet) -> None:
    """Notes what stands in or over the cells and is no text of a cell."""
    for code, tag in (("comments", "{office}annotation"), ("pictures", "{draw}image")):
        if count := sum(1 for _ in element.iter(tag)):
            sheet.remarks.setdefault(code, []).append(str(count))
    for box in _shapes(element):
        if text := wellformed.text(
            " ".join(text for paragraph in box.iter("{text}p") for text, _ in _inline(paragraph))
        ):
            sheet.remarks.setdefault("text-box", []).append(text)


def _shapes(parent: Element) -> Iterator[Element]:
    for element in parent:
        if element.tag.startswith("{draw}"):
            yield element
        else:
            yield from _shapes(element)


def _content(archive: Archive, wanted: set[str]) -> Iterator[tuple[str, Element]]:
    yield from parts(archive.chunks(CONTENT), wanted, where=f"{archive.document}: {CONTENT}")


def _times(element: Element, attribute: str) -> int:
    text = element.get(attribute, "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 10 else 1
