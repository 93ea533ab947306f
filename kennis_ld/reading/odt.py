"""Reads a text document in ODT (LibreOffice Writer and others): its tables row by row, and the paragraphs between them.

In: the parts of the file. Out: rows and findings. What stands in a heading (`text:h`), and a cell across the table, are
headings; other paragraphs are text outside the table. Deleted text stands apart in the file, so the rest is read as if
all tracked changes were accepted. A place is the number of the table and of the row in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, Kind, Place, SourceRow
from kennis_ld.model.document import edge, heading, text
from kennis_ld.reading import limits, odf, wellformed
from kennis_ld.reading.archive import Archive
from kennis_ld.reading.blocks import Remarks, in_one_cell
from kennis_ld.reading.grid import Cell, Grid
from kennis_ld.reading.looks import Piece, Shown, put_together
from kennis_ld.reading.odf import Styles, count, inline
from kennis_ld.reading.xmlstream import parts

_CELLS = {"{table}table-cell", "{table}covered-table-cell"}
_UNSEEN = {"{text}hidden-text", "{text}hidden-paragraph"}
_WANTED = {"{text}p", "{text}h", "{table}table-row", "{text}tracked-changes", "{draw}frame", "{style}style"}
_HEADS = {f"{{style}}{name}{side}" for name in ("header", "footer") for side in ("", "-left", "-first")}
_POINTS = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0, "pc": 12.0}


def rows(archive: Archive, _: str) -> Iterator[SourceRow | Finding]:
    """Yields the rows of an ODT file.

    Raises:
        UnreadableInput: it has a password, is damaged, or a table goes beyond a bound.
    """
    odf.check_password(archive)
    archive.bound(limits.EXPANDED_BYTES)
    styles = Styles.named(archive)
    yield from _Body(archive, styles).rows()
    yield from _heads(archive, styles)


class _Body:
    """The content, gone through once."""

    def __init__(self, archive: Archive, styles: Styles) -> None:
        self._archive = archive
        self._styles = styles
        self._texts = _Texts(styles)
        self._line = self._table = self._row_number = 0
        self._widths: dict[str, float] = {}  # of columns, by their style
        self._columns: list[float] = []
        self._grid: Grid | None = None
        self._is_header = False
        self._hidden = 0  # how many sections that are open are hidden

    def rows(self) -> Iterator[SourceRow | Finding]:
        """Yields the rows and paragraphs in their order."""
        where = f"{self._archive.document}: {odf.CONTENT}"
        for kind, element in parts(self._archive.chunks(odf.CONTENT), _WANTED, where=where):
            if kind == "whole" and element.tag == "{style}style":
                self._styles.learn(element)
                self._widths |= _width(element)
            elif element.tag == "{text}section":
                self._section(kind, element)
            elif self._hidden:
                if kind == "whole" and "".join(element.itertext()).strip():
                    yield Finding("hidden-text", self._place())
            elif element.tag == "{table}table":
                self._table, self._row_number = self._table + (kind == "open"), 0
                self._columns, self._grid = [], None
                yield edge(self._place())
            elif element.tag == "{table}table-column" and kind == "open":
                width = self._widths.get(element.get("{table}style-name", ""), 1.0)
                self._columns += [width] * min(count(element, "{table}number-columns-repeated"), limits.COLUMNS)
            elif element.tag == "{table}table-header-rows":
                self._is_header = kind == "open"
            elif kind == "whole" and element.tag == "{text}tracked-changes":
                yield Finding("tracked-changes", self._place())
            elif kind == "whole" and element.tag == "{table}table-row":
                yield from self._row(element)
            elif kind == "whole":
                yield from self._paragraph(element)

    def _section(self, kind: str, element: Element) -> None:
        """Takes note that a section begins or ends; what stands in a hidden one is not read."""
        if kind == "open" and (self._hidden or element.get("{text}display") == "none"):
            self._hidden += 1
        elif kind == "close" and self._hidden:
            self._hidden -= 1

    def _place(self) -> Place:
        counted = (self._row_number, self._row_number)
        return Place(self._archive.document, self._line, self._line, table=self._table, rows=counted)

    def _paragraph(self, element: Element) -> Iterator[SourceRow | Finding]:
        self._line += 1
        place = self._place()
        shown = self._texts.paragraph(element, ()) if element.tag != "{draw}frame" else Shown("", "")
        if element.tag == "{draw}frame":
            self._texts.note_beside(element)
        words, kept, link = wellformed.text(shown.text), wellformed.text(shown.kept), self._texts.link()
        if words and element.tag == "{text}h":
            yield heading(" ".join(words.split()), place, kept=" ".join(kept.split()), link=link)
        elif words:
            yield text(words, place, kept=kept, link=link)
        yield from self._texts.remarks(place)

    def _row(self, element: Element) -> Iterator[SourceRow | Finding]:
        self._line += 1
        self._row_number += 1
        place = self._place()
        self._grid = self._grid or Grid(self._columns)
        cells = list(self._cells(element, place))
        yield from self._grid.row(cells, place, kind=Kind.HEADER if self._is_header else Kind.ROW)
        yield from self._texts.remarks(place)

    def _cells(self, row: Element, place: Place) -> Iterator[Cell]:
        beside = 0  # how many more columns the cell before covers
        for element in self._cells_of(row):
            is_covered = element.tag == "{table}covered-table-cell"
            for _ in range(min(count(element, "{table}number-columns-repeated"), limits.COLUMNS)):
                if is_covered and beside:
                    beside -= 1
                    continue
                span = 1 if is_covered else count(element, "{table}number-columns-spanned")
                if span > limits.COLUMNS:
                    raise UnreadableInput(
                        f"A cell says that it spans {span} columns; at most {limits.COLUMNS} are read.",
                        where=str(place),
                        remedy="Make the table again in its own program.",
                    )
                shown = self._texts.block(element, (element.get("{table}style-name", ""),))
                beside = span - 1
                if is_covered:
                    if shown.text:
                        self._texts.note("hidden-text")
                    yield Cell("", covered=True)
                else:
                    own = (self._styles.fill(each.get("{table}style-name", "")) for each in (element, row))
                    fill = next(filter(None, own), "")
                    yield Cell(shown.text, span, kept=shown.kept, fill=fill, link=self._texts.link())

    def _cells_of(self, row: Element) -> Iterator[Element]:
        """Yields the cells of a row, also those within an element that we do not know."""
        for element in row:
            if element.tag in _CELLS:
                yield element
            elif any(inner.tag in _CELLS for inner in element.iter()):
                yield from self._cells_of(element)
            elif words := " ".join("".join(element.itertext()).split()):
                self._texts.note("unknown-markup", words)


class _Texts(Remarks):
    """Gives the text of paragraphs and cells, and collects what is to be said about them."""

    def __init__(self, styles: Styles) -> None:
        super().__init__()
        self._styles = styles

    def paragraph(self, paragraph: Element, names: tuple[str, ...]) -> Shown:
        """Returns the text of a paragraph, in a cell with styles of these names."""
        names = (*names, paragraph.get("{text}style-name", ""))
        given = (self._styles.piece(words, (*names, *inner)) for words, inner in inline(paragraph) if words)
        pieces: list[Piece] = []
        for piece in given:
            if piece is None:
                self.note("hidden-text")
            else:
                pieces.append(piece)
        self.beside(paragraph)
        for link in paragraph.iter("{text}a"):
            self.note_link(link.get("{xlink}href", ""))
        shown = put_together(pieces)
        for mark in shown.marks:
            self.note("note-mark", mark)
        return shown

    def block(self, block: Element, names: tuple[str, ...]) -> Shown:
        """Returns the text of a cell: paragraphs divided by an empty line, items of a list on lines."""
        return in_one_cell(list(self._blocks(block, names, "\n\n")))

    def beside(self, parent: Element) -> None:
        """Takes note of what stands in a paragraph and is no text of it."""
        for element in parent:
            self.note_beside(element)

    def note_beside(self, element: Element) -> None:
        """Takes note of a note, a picture, a text box, or of what stands in an element that is none of these."""
        if element.tag in _UNSEEN:
            self.note("hidden-text")
        elif element.tag == "{text}note":
            self.note("footnote", odf.words(element.find("{text}note-body")))
        elif element.tag == "{office}annotation":
            self.note("comments", "1")
        elif element.tag.startswith("{draw}"):
            if words := odf.words(element):
                self.note("text-box", words)
            if next(element.iter("{draw}image"), None) is not None:
                self.note("pictures")
        else:
            self.beside(element)

    def _blocks(self, parent: Element, names: tuple[str, ...], sign: str) -> Iterator[tuple[str, Shown]]:
        for element in parent:
            if element.tag in {"{text}p", "{text}h"}:
                shown = self.paragraph(element, names)
                if sign == "\n- " and not shown.text.strip():
                    self.note("automatic-number")
                yield sign, shown
            elif element.tag in {"{text}list", "{text}list-item", "{text}list-header"}:
                yield from self._blocks(element, names, "\n- ")
            elif element.tag == "{table}table":
                self.note("nested-table")
                lines = ("; ".join(self.block(cell, names).text for cell in row) for row in _table_rows(element))
                words = "\n".join(lines)
                yield "\n\n", Shown(words, words)
            elif element.tag.startswith("{draw}") or element.tag == "{office}annotation":
                self.note_beside(element)
            else:
                yield from self._blocks(element, names, sign)


def _heads(archive: Archive, styles: Styles) -> Iterator[Finding]:
    """Yields what stands in the heads and feet of pages, each text once."""
    if odf.STYLES not in archive:
        return
    seen: set[str] = set()
    for kind, element in parts(archive.chunks(odf.STYLES), _HEADS, where=f"{archive.document}: {odf.STYLES}"):
        if kind != "whole":
            continue
        texts = _Texts(styles)
        words = wellformed.text(texts.block(element, ()).text)
        place = Place(archive.document, rows=(0, 0))
        found = [Finding("text-outside-table", place, words=words)]
        found += (finding for finding in texts.remarks(place) if finding.code == "text-box")
        for finding in found:
            if finding.words and finding.words not in seen:
                seen.add(finding.words)
                yield finding


def _table_rows(table: Element) -> Iterator[Element]:
    yield from table.iter("{table}table-row")


def _width(style: Element) -> dict[str, float]:
    """Returns how wide a column of this style is, by the name of the style; nothing for any other style."""
    looks = style.find("{style}table-column-properties")
    given = "" if looks is None else looks.get("{style}column-width", "")
    try:
        width = float(given[:-2]) * _POINTS[given[-2:]]
    except (ValueError, KeyError):
        return {}
    return {style.get("{style}name", ""): width}
