"""Reads a Word file (DOCX): its tables row by row, and the paragraphs between them.

In: the parts of the file. Out: rows and findings. The text is read as if all tracked changes were accepted. A paragraph
in a heading style, and a cell across the table, are headings; other paragraphs are text outside the table. A place is
the number of the table and of the row in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, Kind, Place, SourceRow
from kennis_ld.model.document import edge, heading, text
from kennis_ld.reading import limits, wellformed
from kennis_ld.reading.archive import Archive
from kennis_ld.reading.colours import colour
from kennis_ld.reading.grid import Cell, Grid
from kennis_ld.reading.looks import Piece
from kennis_ld.reading.paragraphs import Paragraphs, Styles, is_on, value
from kennis_ld.reading.xmlstream import parts

_BESIDE = {
    "header": "text-outside-table",
    "footer": "text-outside-table",
    "footnotes": "footnote",
    "endnotes": "footnote",
}
_LOST = {"text-box", "unknown-markup"}
"""What is said of words in notes, headers and footers; a picture there is a logo."""

_SEPARATORS = {"separator", "continuationSeparator", "continuationNotice"}


def rows(archive: Archive, main: str) -> Iterator[SourceRow | Finding]:
    """Yields the rows of a Word file whose main part is named.

    Raises:
        UnreadableInput: a part is missing or damaged, or a table goes beyond a bound.
    """
    archive.bound(limits.EXPANDED_BYTES)
    related = archive.relations(main)
    styles_part = next((path for kind, path, _ in related.values() if kind == "styles"), "")
    styles = _styles(archive, styles_part) if styles_part in archive else Styles({})
    links = {key: path for key, (kind, path, _) in related.items() if kind == "hyperlink"}
    body = _Body(archive, main, Paragraphs(styles, links))
    yield from body.rows()
    yield from _beside(archive, [(kind, path) for kind, path, outside in related.values() if not outside])


def _styles(archive: Archive, part: str) -> Styles:
    found = {}
    for kind, element in parts(archive.chunks(part), {"{w}style"}, where=f"{archive.document}: {part}"):
        if kind == "whole":
            found[element.get("{w}styleId", "")] = element
    return Styles(found)


class _Body:
    """The main part, gone through once."""

    def __init__(self, archive: Archive, main: str, paragraphs: Paragraphs) -> None:
        self._archive = archive
        self._main = main
        self._paragraphs = paragraphs
        self._line = 0
        self._table = self._row_number = 0
        self._grid: Grid | None = None
        self._widths: list[float] = []
        self._style = ""  # of the table at hand
        self._before: list[Piece] = []  # paragraphs whose end was deleted

    def rows(self) -> Iterator[SourceRow | Finding]:
        """Yields the rows and paragraphs in their order."""
        where = f"{self._archive.document}: {self._main}"
        for kind, element in parts(self._archive.chunks(self._main), {"{w}p", "{w}tr", "{w}sectPr"}, where=where):
            if element.tag == "{w}tbl":
                self._grid, self._widths, self._style = None, [], ""
                self._table, self._row_number = self._table + (kind == "open"), 0
                yield edge(self._place())
            elif kind == "open" and element.tag == "{w}tblStyle":
                self._style = value(element)
            elif kind == "open" and element.tag == "{w}gridCol":
                self._widths.append(_width(element))
            elif kind == "open" and element.tag == "{w}altChunk":
                yield Finding("carried-along", self._place(), words="altChunk")
            elif kind == "whole" and element.tag == "{w}p":
                self._line += 1
                yield from self._paragraph(element)
            elif kind == "whole" and element.tag == "{w}tr":
                self._line += 1
                self._row_number += 1
                yield from self._row(element)

    def _place(self) -> Place:
        rows = (self._row_number, self._row_number)
        return Place(self._archive.document, self._line, self._line, table=self._table, rows=rows)

    def _paragraph(self, element: Element) -> Iterator[SourceRow | Finding]:
        place = self._place()
        if self._paragraphs.joins(element):
            self._before += self._paragraphs.pieces(element)
            return
        shown, self._before = self._paragraphs.text(element, self._before), []
        words, kept, link = wellformed.text(shown.text), wellformed.text(shown.kept), self._paragraphs.link()
        if words and self._paragraphs.styles.is_heading(element):
            yield heading(" ".join(words.split()), place, kept=" ".join(kept.split()), link=link)
        elif words:
            yield text(words, place, kept=kept, link=link)
        yield from self._paragraphs.remarks(place)

    def _row(self, element: Element) -> Iterator[SourceRow | Finding]:
        place = self._place()
        properties = element.find("{w}trPr")
        if properties is not None and properties.find("{w}del") is not None:
            yield Finding("tracked-changes", place)  # the row was struck out as a whole
            return
        if properties is not None and is_on(properties.find("{w}hidden")):
            yield Finding("hidden-text", place)
            return
        if properties is not None and properties.find("{w}ins") is not None:
            yield Finding("tracked-changes", place)
        cells = list(self._cells(element, place))
        self._grid = self._grid or Grid(self._widths)
        is_header = properties is not None and is_on(properties.find("{w}tblHeader"))
        yield from self._grid.row(cells, place, kind=Kind.HEADER if is_header else Kind.ROW)
        yield from self._paragraphs.remarks(place)

    def _cells(self, row: Element, place: Place) -> Iterator[Cell]:
        properties = row.find("{w}trPr")
        yield from _skipped(properties, "{w}gridBefore")
        unread = 0
        for cell in _table_cells(row):
            if cell.tag != "{w}tc":
                self._paragraphs.unknown(cell)
                unread += sum(1 for _ in cell.iter("{w}tc"))
                continue
            yield from [Cell("")] * unread  # so that the columns behind those keep their place
            unread = 0
            looks = cell.find("{w}tcPr")
            span = value(None if looks is None else looks.find("{w}gridSpan")) or "1"
            merge = None if looks is None else looks.find("{w}vMerge")
            covered = merge is not None and value(merge) != "restart"
            if not span.isascii() or not span.isdigit() or not 0 < int(span[:6]) <= limits.COLUMNS:
                raise UnreadableInput(
                    f"A cell says that it spans {span[:20]} columns; at most {limits.COLUMNS} are read.",
                    where=str(place),
                    remedy="Make the table again in Word.",
                )
            if looks is not None and looks.find("{w}cellDel") is not None:
                self._paragraphs.note("tracked-changes")
                yield Cell("", int(span))  # its column stays, so that the others keep theirs
                continue
            if looks is not None and (looks.find("{w}cellIns") is not None or looks.find("{w}cellMerge") is not None):
                self._paragraphs.note("tracked-changes")
            shown = self._paragraphs.block(cell, self._style)
            shading = None if looks is None else looks.find("{w}shd")
            fill = "" if shading is None else colour(shading.get("{w}fill", ""))
            yield Cell(shown.text, int(span), covered, kept=shown.kept, fill=fill, link=self._paragraphs.link())
        yield from _skipped(properties, "{w}gridAfter")


def _skipped(properties: Element | None, name: str) -> list[Cell]:
    """Returns the columns that a row has no cells for, before its first cell or after its last."""
    count = value(None if properties is None else properties.find(name))
    return [Cell("")] * (min(int(count), limits.COLUMNS) if count.isascii() and count.isdigit() else 0)


def _width(column: Element) -> float:
    text = column.get("{w}w", "")
    return float(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1.0


def _table_cells(row: Element) -> Iterator[Element]:
    """Yields the cells of a row, also those within a content control, and what is no cell."""
    for element in row:
        if element.tag in {"{w}sdt", "{w}sdtContent", "{w}customXml", "{w}ins", "{w}moveTo"}:
            yield from _table_cells(element)
        else:
            yield element


def _beside(archive: Archive, related: list[tuple[str, str]]) -> Iterator[Finding]:
    """Yields what stands in notes, headers and footers; comments are counted, for they name people."""
    seen: set[str] = set()
    for kind, part in sorted(related):
        if part not in archive:
            continue
        where = f"{archive.document}: {part}"
        if kind == "comments":
            count = sum(1 for event, _ in parts(archive.chunks(part), {"{w}comment"}, where=where) if event == "whole")
            if count:
                yield Finding("comments", Place(archive.document, rows=(0, 0)), words=str(count))
        if kind not in _BESIDE:
            continue
        paragraphs = Paragraphs(Styles({}))
        for event, element in parts(archive.chunks(part), {"{w}footnote", "{w}endnote", "{w}p"}, where=where):
            if event != "whole" or element.get("{w}type") in _SEPARATORS:
                continue
            shown = paragraphs.text(element) if element.tag == "{w}p" else paragraphs.block(element)
            said = [Finding(_BESIDE[kind], Place(archive.document, rows=(0, 0)), words=wellformed.text(shown.text))]
            said += (it for it in paragraphs.remarks(Place(archive.document, rows=(0, 0))) if it.code in _LOST)
            for finding in said:
                if finding.words and finding.words not in seen:
                    seen.add(finding.words)
                    yield finding
