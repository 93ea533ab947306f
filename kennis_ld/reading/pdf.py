"""Reads the tables of a PDF, page by page, and the lines of text around them.

In: an open file. Out: rows and findings. A PDF knows no tables: cells are where its ruling lines make them, and words
belong to the cell in which their middle lies. What stands in a line and what goes on in the next one is told by whether
the next word would still have fitted. A row that is broken over a page comes out as two, of which the second says how
its cells go on: `kennis_ld.agenda` puts them together. Nothing is guessed about a page without text.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from io import BufferedReader
from typing import Any, BinaryIO, cast

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdftypes import dict_value, list_value, resolve1
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.table import Table
from pdfplumber.utils.exceptions import PdfminerException

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Continuation, Finding, Kind, Place, SourceRow
from kennis_ld.model import document as parts
from kennis_ld.reading import limits, pdflines
from kennis_ld.reading import pdfbands as bands
from kennis_ld.reading.blocks import web_pages
from kennis_ld.reading.grid import Cell, Grid
from kennis_ld.reading.pdffills import Fills
from kennis_ld.reading.pdfletters import letters
from kennis_ld.reading.pdflines import Direction, Line, Word, edge_of, lines_of, paragraph
from kennis_ld.reading.pdfmarks import leave_out
from kennis_ld.reading.pdfstreams import Streams

_TAIL = 2_048
_NEAR = 1.5  # points
_MOST_FLAT = 0.05  # share of letters; an accent that stands over another letter has no width
_SHORTEST_RULE = 6.0  # points; what is shorter is a dash or an ornament
_UNMAPPED = re.compile(r"\(cid:[0-9]+\)")
_PAGE_NUMBER = re.compile(
    r"(?:pagina|page|blad(?:zijde)?|blz\.?|p\.)?\s*[0-9]+\s*(?:(?:/|van|of)\s*[0-9]+)?", re.IGNORECASE
)
_REMEDY = "Make the PDF again from the original document, or use that document itself."
_LINES = {"vertical_strategy": "lines", "horizontal_strategy": "lines"}


def rows(file: BinaryIO, document: str) -> Iterator[SourceRow | Finding]:
    """Yields the rows of a PDF.

    Raises:
        UnreadableInput: it is encrypted, damaged or cut off, has no text, or goes beyond a bound.
    """
    _check_whole(file, document)
    streams = Streams(document)
    file.seek(0)
    try:
        with pdfplumber.open(cast(BufferedReader, file)) as pdf:
            _check_pages(pdf, document)
            off = _layers_off(pdf)
            leave_out(off)
            reading = _Reading(document, streams)
            for page in pdf.pages:
                yield from reading.page(page)
                streams.next_page()
                page.close()
            yield from reading.end()
            if off:
                yield Finding("hidden-layers", Place(document), words=", ".join(off.values()))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise _password(document) from error
    except (PdfminerException, PDFException, PSException) as error:
        if streams.failure:
            raise streams.failure from error
        if any(isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError) for cause in _causes(error)):
            raise _password(document) from error
        raise UnreadableInput("The PDF is damaged.", where=document, remedy=_REMEDY) from error


class _Reading:
    """What is remembered from page to page."""

    def __init__(self, document: str, streams: Streams) -> None:
        self._document = document
        self._streams = streams
        self._line = self._table_number = 0
        self._row_number = 0  # on the page at hand
        self._fills = Fills(())  # of that page
        self._links: list[tuple[Word, str]] = []  # of that page: where an address lies, and the address
        self._with_text = 0
        self._seen: dict[tuple[str, int], list[int]] = {}  # head or foot of a page and its height → pages
        self._words: dict[tuple[str, int], str] = {}
        self._edges: dict[int, float] = {}  # column → how far to the right a line in it came
        self._last: dict[int, Line] = {}  # column → last line of the last row of the page before
        self._apart: set[str] = set()  # words of the tables that stand behind another one on their line
        self._columns: tuple[int, ...] = ()
        self._head: tuple[str, ...] = ()  # the first row of the table
        self._borders: tuple[float, ...] = ()  # where the columns of the widest row so far begin, and the last ends

    def page(self, page: Page) -> Iterator[SourceRow | Finding]:
        """Yields what stands on a page, from the top to the bottom."""
        number = page.page_number
        self._row_number, self._fills = 0, Fills(page.rects)
        linked = [(it, it["uri"]) for it in page.annots if isinstance(it.get("uri"), str)]
        self._links = [(Word("", it["x0"], it["x1"], it["top"], it["bottom"]), uri) for it, uri in linked]
        found = letters(page.chars, lambda wanted, direction: _words(page, wanted, direction))
        words = list(found.words)
        tables = self._tables(page, words)
        if self._streams.failure:
            raise self._streams.failure
        self._check_widths(page)
        if not words:
            if page.images or page.curves or page.rects:
                yield Finding("page-without-text", self._place(number), words=str(number))
            return
        self._with_text += 1
        boxes = [(table, table.bbox) for table in tables if len(table.rows) and len(table.rows[0].cells) > 1]
        outside = [word for word in words if not any(word.within(box) for _, box in boxes)]
        pieces: list[tuple[float, object]] = [(line.top, line) for line in lines_of(outside)]
        pieces += [(box[1], table) for table, box in boxes]
        rules = [edge for edge in page.edges if edge["orientation"] == "v"]
        first = True
        for _, piece in sorted(pieces, key=lambda item: item[0]):
            if isinstance(piece, Line):
                yield from self._outside(piece, page, open_table=_is_between(piece, rules))
            else:
                yield from self._table(piece, words, number, follows=first)
                first = False
        if found.marks:
            yield Finding("note-mark", self._place(number), words=", ".join(found.marks))
        for slanted in found.slanted:
            yield Finding("text-outside-table", self._place(number), words=slanted)
        for word in words:
            if _UNMAPPED.search(word.text):
                yield Finding("unreadable-letters", self._place(number), words=word.text)
        yield from self._beside(page, [box for _, box in boxes])

    def _tables(self, page: Page, words: Sequence[Word]) -> list[Table]:
        """Returns the tables of a page, with the lines that bands without lines between their columns should have."""
        settings = {**_LINES, "explicit_horizontal_lines": _missing_rules(page)}
        tables = page.find_tables(settings)
        widest = max((row.cells for table in tables for row in table.rows), key=_count, default=[])
        if _count(widest) > 2 and _count(widest) >= len(self._borders) - 1:
            boxes = [box for box in widest if box]
            self._borders = (*(box[0] for box in boxes), boxes[-1][2])
        self._borders = self._borders or tuple(bands.borders_of(page.edges, words))
        if missing := bands.missing_lines(page.edges, words, self._borders):
            tables = page.find_tables({**settings, "explicit_vertical_lines": missing})
        return tables

    def end(self) -> Iterator[Finding]:
        """Yields what can only be said at the end.

        Raises:
            UnreadableInput: no page has text.
        """
        if not self._with_text:
            raise UnreadableInput(
                "The PDF has no text: it is a scan, or its pages are pictures or empty.",
                where=self._document,
                remedy="Use the original document, or have the text recognised (OCR) and check it.",
            )
        for key, pages in self._seen.items():
            if len(pages) > 1:  # the first of them was given as a row
                place = Place(self._document, 0, 0, pages[1], pages[-1], rows=(0, 0))
                yield Finding("text-outside-table", place, words=self._words[key])

    def _check_widths(self, page: Page) -> None:
        """Refuses letters without a width: nobody can tell which of them stand beside one another."""
        letters = [char for char in page.chars if char["text"].isalnum()]
        flat = sum(1 for char in letters if char["x1"] - char["x0"] <= 0 and char["bottom"] - char["top"] > 0)
        if flat > _MOST_FLAT * len(letters):
            raise UnreadableInput(
                "The PDF is damaged: a font does not say how wide its letters are.",
                where=str(self._place(page.page_number)),
                remedy=_REMEDY,
            )

    def _outside(self, line: Line, page: Page, *, open_table: bool) -> Iterator[SourceRow | Finding]:
        """Yields a line outside the tables, unless it is the same head or foot as on a page before."""
        number = page.page_number
        self._line += 1
        if open_table:
            yield Finding("text-in-open-table", self._place(number), words=line.text)
            return
        key = ("#" if _PAGE_NUMBER.fullmatch(line.text) else line.text, round(line.top))
        at_edge = line.top < page.height * 0.12 or line.bottom > page.height * 0.88
        if at_edge:
            self._seen.setdefault(key, []).append(number)
            self._words.setdefault(key, line.text)
        if not at_edge or len(self._seen[key]) == 1:
            yield parts.text(line.text, self._place(number))

    def _table(self, table: object, words: list[Word], number: int, *, follows: bool) -> Iterator[SourceRow | Finding]:
        boxes = [row.cells for row in table.rows]  # type: ignore[attr-defined]
        columns = tuple(sorted({round(box[0]) for cells in boxes for box in cells if box}))
        goes_on = follows and self._has_columns(columns)
        if not goes_on:
            self._table_number += 1
            yield parts.edge(self._place(number))
            self._last, self._edges, self._head = {}, {}, ()
        self._columns = columns
        grid = Grid()
        inside = [word for word in words if word.within(table.bbox)]  # type: ignore[attr-defined]
        taken: set[int] = set()
        texts: list[list[list[Line]]] = []
        for cells in boxes:
            row: list[list[Line]] = []
            for box in cells:
                mine = [at for at, word in enumerate(inside) if box and at not in taken and word.within(box)]
                taken.update(mine)
                row.append(lines_of([inside[at] for at in mine]))
            texts.append(row)
        self._apart.update(pdflines.words_apart(line for row in texts for lines in row for line in lines))
        for at in range(len(columns)):
            pairs = ((cells[at], row[at]) for cells, row in zip(boxes, texts, strict=True))
            self._edges[at] = max(self._edges.get(at, 0.0), edge_of([(box, lines) for box, lines in pairs if box]))
        first = goes_on
        for cells, row in zip(boxes, texts, strict=True):
            self._line += 1
            self._row_number += 1
            head = tuple(" ".join(line.text for line in lines) for lines in row)
            self._head = head if not (goes_on or self._head) else self._head
            is_head = head == self._head
            # The head of the table is repeated on each page; what goes on does so behind it.
            place = self._place(number, self._row_number)
            kind = Kind.HEADER if is_head and goes_on else Kind.ROW
            yield from self._row(cells, row, grid, place, kind, first=first and not is_head)
            if not is_head:
                first = False
                self._last = {at: lines[-1] for at, lines in enumerate(row) if lines}
        if lost := [word.text for at, word in enumerate(inside) if at not in taken]:
            yield parts.text(" ".join(lost), self._place(number))

    def _row(
        self,
        boxes: list[tuple[float, float, float, float] | None],
        row: list[list[Line]],
        grid: Grid,
        place: Place,
        kind: Kind,
        *,
        first: bool,
    ) -> Iterator[SourceRow | Finding]:
        if len(boxes) > 2 and _count(boxes) == 1 and bands.seems_row([line for lines in row for line in lines]):
            words = " ".join(line.text for lines in row for line in lines)
            yield Finding("text-in-open-table", place, words=words)
            return
        cells: list[Cell] = []
        right = 0.0
        for at, (box, lines) in enumerate(zip(boxes, row, strict=True)):
            if box is None and cells and right > self._start(at):
                last = cells[-1]
                cells[-1] = Cell(last.text, last.columns + 1, last.covered, fill=last.fill, link=last.link)
                continue
            words = paragraph(lines, self._edges.get(at, 0.0), self._apart)
            goes_on = Continuation.NONE
            if first and words and at in self._last:  # the row may go on from the page before
                wraps = self._last[at].wraps(lines[0], self._edges.get(at, 0.0))
                goes_on = Continuation.LINE if wraps else Continuation.PARAGRAPH
            right = box[2] if box else right
            link = web_pages(address for over, address in self._links if box and over.within(box))
            cells.append(Cell(words, covered=box is None, goes_on=goes_on, fill=self._fills.behind(box), link=link))
        yield from grid.row(cells, place, kind=kind)
        lines_of_cells = [(lines, self._edges.get(at, 0.0)) for at, lines in enumerate(row)]
        if broken := [word for lines, edge in lines_of_cells for word in pdflines.broken_words(lines, edge)]:
            yield Finding("word-broken-at-line", place, words=", ".join(broken))
        if torn := [word for lines, edge in lines_of_cells for word in pdflines.torn_words(lines, edge, self._apart)]:
            yield Finding("word-torn", place, words=", ".join(torn))

    def _has_columns(self, columns: tuple[int, ...]) -> bool:
        """Whether the columns stand where those of the table before stood."""
        if len(columns) != len(self._columns):
            return False
        return all(abs(at - before) <= 2 * _NEAR for at, before in zip(columns, self._columns, strict=True))

    def _start(self, column: int) -> float:
        return self._columns[column] + 1.0 if column < len(self._columns) else 0.0

    def _beside(self, page: Page, boxes: list[tuple[float, float, float, float]]) -> Iterator[Finding]:
        place = self._place(page.page_number)
        for annotation in page.annots:
            data = annotation.get("data", {})
            kind = getattr(data.get("Subtype"), "name", "")
            if kind == "Widget" and (words := _string(resolve1(data.get("V")))):
                yield Finding("text-box", place, words=words)
            elif kind not in {"Link", "Widget", "Popup"}:
                yield Finding("comments", place, words=kind)
        for image in page.images:
            middle = Word("", image["x0"], image["x1"], image["top"], image["bottom"])
            if any(middle.within(box) for box in boxes):
                yield Finding("pictures", place)

    def _place(self, page: int, row: int = 0) -> Place:
        return Place(self._document, self._line, self._line, page, page, table=self._table_number, rows=(row, row))


def _words(page: Page, wanted: set[int], direction: Direction) -> list[dict[str, Any]]:
    """Returns the words that some of the letters of a page make, read in one direction."""
    part = page
    if len(wanted) < len(page.chars):
        part = page.filter(lambda item: item.get("object_type") != "char" or id(item) in wanted)
    turned = {"line_dir_rotated": "ltr", "char_dir_rotated": direction.value} if direction.is_turned else {}
    return part.extract_words(
        x_tolerance_ratio=0.2, use_text_flow=False, keep_blank_chars=False, return_chars=True, **turned
    )


def _count(boxes: Sequence[object]) -> int:
    return sum(box is not None for box in boxes)


def _is_between(line: Line, rules: list[dict[str, float]]) -> bool:
    """Whether lines between columns run beside a line of text: it is part of a table that was not recognised."""
    middle = (line.top + line.bottom) / 2
    return len({round(rule["x0"] / 4) for rule in rules if rule["top"] < middle < rule["bottom"]}) > 2


def _missing_rules(page: Page) -> list[float]:
    """Returns heights without a horizontal line at which the lines between the columns begin or end together.

    Where a row is broken over a page, many programs draw no line under its first half or above its second.
    """
    ends: list[tuple[float, int]] = []
    for edge in page.edges:
        if edge["orientation"] == "v" and edge["bottom"] - edge["top"] >= _SHORTEST_RULE:
            ends += [(edge["top"], round(edge["x0"])), (edge["bottom"], round(edge["x0"]))]
    flat = (edge for edge in page.edges if edge["orientation"] == "h")  # the ends of a thick line are edges as well
    drawn = sorted({edge["top"] for edge in flat if edge["x1"] - edge["x0"] >= _SHORTEST_RULE})
    missing: list[float] = []
    ends.sort()
    while ends:
        top = ends[0][0]
        here = [end for end in ends if end[0] <= top + _NEAR]
        ends = ends[len(here) :]
        at = bisect.bisect_left(drawn, top - _NEAR)
        is_drawn = at < len(drawn) and drawn[at] <= top + 2 * _NEAR
        if len({x for _, x in here}) > 2 and not is_drawn:
            missing.append(top)
    return missing


def _check_whole(file: BinaryIO, document: str) -> None:
    """A PDF that is cut off has lost its list of objects; the library would make do with what is left."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    tail = file.read()
    start = re.search(rb"startxref\s+([0-9]{1,12})\s+%%EOF", tail)
    if not start or int(start[1]) >= size:
        raise UnreadableInput("The PDF is cut off: its end is missing.", where=document, remedy=_REMEDY)


def _check_pages(pdf: pdfplumber.pdf.PDF, document: str) -> None:
    """The pages found are as many as the document says; a loop in the list of pages has no number that fits."""
    root = resolve1(pdf.doc.catalog.get("Pages"))
    stated = resolve1(root.get("Count")) if isinstance(root, dict) else None
    count = 0
    for _ in pdf.pages:
        count += 1
    if count > limits.PAGES:
        raise UnreadableInput(
            f"The PDF has {count} pages; at most {limits.PAGES} are read.", where=document, remedy=_REMEDY
        )
    if not count or stated != count:
        raise UnreadableInput(
            f"The PDF says that it has {stated} pages, and {count} can be found.", where=document, remedy=_REMEDY
        )


def _layers_off(pdf: pdfplumber.pdf.PDF) -> dict[int, str]:
    """Returns the names of the layers that are not shown when a reader opens the document, by their object's number."""
    layers = dict_value(pdf.doc.catalog.get("OCProperties"))
    shown = dict_value(layers.get("D"))
    every, on, off = (
        [(getattr(each, "objid", 0), each) for each in list_value(found)]
        for found in (layers.get("OCGs"), shown.get("ON"), shown.get("OFF"))
    )
    hidden = {number for number, _ in off}
    if getattr(shown.get("BaseState"), "name", "") == "OFF":
        hidden |= {number for number, _ in every} - {number for number, _ in on}
    found = ((number, dict_value(each)) for number, each in every if number in hidden)
    return {number: _string(resolve1(layer.get("Name"))) or "?" for number, layer in found}


def _causes(error: BaseException) -> Iterator[object]:
    yield from error.args
    cause: BaseException | None = error
    while cause:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _password(document: str) -> UnreadableInput:
    return UnreadableInput(
        "The PDF is protected with a password.", where=document, remedy="Save it without a password. " + _REMEDY
    )


def _string(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-16" if value.startswith((b"\xfe\xff", b"\xff\xfe")) else "latin-1", "replace").strip()
    return value.strip() if isinstance(value, str) else ""
