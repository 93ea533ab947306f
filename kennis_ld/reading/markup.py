"""Reads the tables of a web page (HTML), and the headings and paragraphs between them.

In: an open file. Out: rows and findings. The page is only read: no script runs and nothing is fetched. Cells that span
rows or columns are laid out as a browser does; a heading (h1 to h6) outside a table is a heading, other text outside it
is reported.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from typing import BinaryIO

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, Kind, Place, SourceRow
from kennis_ld.model.document import edge, heading, text
from kennis_ld.reading import limits, wellformed
from kennis_ld.reading.blocks import Remarks
from kennis_ld.reading.colours import colour
from kennis_ld.reading.encoding import encoding
from kennis_ld.reading.grid import Cell, Grid
from kennis_ld.reading.layout_tables import layout_tables, pieces
from kennis_ld.reading.looks import Piece, Shown, put_together

_CHARSET = re.compile(rb"<(?:meta[^>]*?charset|\?xml[^>]*?encoding)\s*=\s*[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
_HEAD = 4_096
_SILENT = {
    **dict.fromkeys(("script", "style", "head", "title"), ""),
    **dict.fromkeys(
        ("template", "noscript", "object", "datalist", "audio", "video", "canvas", "iframe"), "hidden-text"
    ),
    **dict.fromkeys(("select", "svg"), "text-box"),
}
"""Elements whose text is no part of the running text, and the finding that says that there was one."""

_VOID = {"br", "img", "hr", "input", "meta", "link", "col", "wbr", "area", "base", "embed", "source", "track", "param"}
_BREAKS = {"p", "div", "ul", "ol", "blockquote", "section", "article", "pre", "dl", "dt", "dd", "caption", "figure"}
_BREAKS |= {
    "address",
    "aside",
    "details",
    "dialog",
    "fieldset",
    "figcaption",
    "footer",
    "form",
    "header",
    "hgroup",
    "hr",
}
_BREAKS |= {"legend", "main", "menu", "nav", "summary"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_FOR_EARS = re.compile(r"clip\s*:\s*rect|clip-path\s*:\s*inset|(?:left|top|text-indent)\s*:\s*-[0-9]{3}", re.IGNORECASE)
_NAMES_FOR_EARS = {"sr-only", "screen-reader-text", "visually-hidden", "visuallyhidden"}
"""Classes, by the custom of many style sheets, of words that a screen reader says and nobody sees."""

_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_BEHIND = re.compile(r"(?<![\w-])background(?:-color)?\s*:\s*(rgba?\([^)]*\)|[^;\s]+)", re.IGNORECASE)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"([A-Za-z][A-Za-z0-9]*)?(?:([.#])([\w-]+))?")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_LOOKS = {"sup": "raised", "s": "struck", "strike": "struck"}
_PICTURES = {"img", "picture", "canvas", "video", "iframe"}


def rows(file: BinaryIO, document: str) -> Iterator[SourceRow | Finding]:
    """Yields the rows of the tables of a page and the text between them.

    Raises:
        UnreadableInput: it is in no encoding that can be told, declares entities, or goes beyond a bound.
    """
    file.seek(0)
    stated = _CHARSET.search(file.read(_HEAD))
    codec, guessed = encoding(file, document, declared=stated[1].decode("ascii") if stated else "")
    if guessed:
        yield guessed
    file.seek(0)
    source = file.read().decode(codec)
    page = _Page(document, layout_tables(source))
    for piece in pieces(source):
        page.feed(piece)
        page.check_size()
        yield from page.taken()
    page.close()
    yield from page.taken()


class _Page(HTMLParser):
    """Follows the page and lays out its tables.

    Args:
        layouts: where tables begin that only lay out the page; what stands in them is read as if they were not there.
    """

    def __init__(self, document: str, layouts: Collection[tuple[int, int]]) -> None:
        super().__init__(convert_charrefs=True)
        self._document = document
        self._layouts = layouts
        self._open: list[bool] = []  # of each open table: whether it only lays out the page
        self._ready: list[SourceRow | Finding] = []
        self._path: list[str] = []
        self._looks: list[tuple[bool, bool]] = []  # of each open element: raised, struck
        self._rules: list[tuple[str, str, str, str]] = []  # of the style sheet: element, "." or "#", name, looks
        self._quiet = 0  # depth below which nothing is shown
        self._hides = ""  # finding for the text there
        self._text: list[Piece] = []
        self._size = 0
        self._number = self._row_number = 0
        self._grid = Grid()
        self._row: list[tuple[Shown, str, int, int, str]] | None = None  # text, addresses, columns, rows, colour
        self._spans: tuple[int, int, str] | None = None  # of the open cell: columns, rows, colour
        self._row_fill = ""
        self._from_above: dict[int, int] = {}  # column → rows it is still covered
        self._row_line = 0
        self._has_data = False
        self._said = Remarks()

    def taken(self) -> list[SourceRow | Finding]:
        """Returns what became ready since the last time."""
        ready, self._ready = self._ready, []
        return ready

    def check_size(self) -> None:
        """Refuses a piece of text or a tag that does not end."""
        if len(self.rawdata) > 2 * limits.CELL:
            raise self._refused(f"A cell, paragraph or tag has more than {limits.CELL} characters.")

    def handle_decl(self, decl: str) -> None:
        """Refuses a declaration of entities."""
        if "[" in decl or "<!" in decl:
            raise UnreadableInput(
                "The page declares entities in its DOCTYPE.",
                where=self._document,
                remedy="Do not trust this file; save the page again from a browser.",
            )

    def unknown_decl(self, data: str) -> None:
        """Takes a CDATA section as text, as in XHTML."""
        if data.startswith("CDATA["):
            self.handle_data(data.removeprefix("CDATA["))

    @property
    def _tables(self) -> int:
        """How many tables are open that have data."""
        return self._open.count(False)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens an element."""
        given = {name: text or "" for name, text in attrs}
        style = " ; ".join([given.get("style", ""), *self._styles(tag, given)])
        self._open_place(tag)
        if tag not in _VOID:
            raised, struck = self._looks[-1] if self._looks else (False, False)
            raised = raised or _LOOKS.get(tag) == "raised" or bool(_RAISED.search(style))
            struck = struck or _LOOKS.get(tag) == "struck" or bool(_STRUCK.search(style))
            self._looks.append((raised, struck))
            self._path.append(tag)
            if len(self._path) > limits.DEPTH:
                raise self._refused(f"Elements stand more than {limits.DEPTH} deep within one another.")
        if self._quiet:
            return
        if tag in _SILENT or "hidden" in given or _HIDDEN.search(style) or self._is_aside(given, style):
            if tag not in _VOID:
                self._quiet = len(self._path)
                aside = "text-outside-table" if self._is_aside(given, style) else "hidden-text"
                self._hides = _SILENT.get(tag, aside)
            if tag in _PICTURES:
                self._note("pictures")
            return
        if tag == "a":
            self._said.note_link(given.get("href", ""))
        if tag == "del":
            self._quiet, self._hides = len(self._path), ""
            self._note("tracked-changes")
        elif tag == "table":
            self._start_table()
        elif tag == "tr" and self._tables == 1:
            self._row, self._row_line, self._has_data = [], self.getpos()[0], False
            self._row_fill = _fill(given, style)
        elif tag in {"td", "th"} and self._tables == 1:
            self._row = [] if self._row is None else self._row
            self._row_line = self._row_line or self.getpos()[0]
            self._has_data = self._has_data or tag == "td"
            fill = _fill(given, style) or self._row_fill
            self._spans = (self._span(given, "colspan"), self._span(given, "rowspan"), fill)
            self._stray()
        elif tag in _PICTURES and self._tables:
            self._note("pictures")
        elif tag in {"input", "textarea"} and given.get("value"):
            self._note("text-box", given["value"])
        self._break(tag, before=True)

    def handle_endtag(self, tag: str) -> None:
        """Closes an element and all that was left open in it; an end without a start says nothing."""
        if tag not in self._path:
            return
        while self._path:
            open_tag = self._path.pop()
            self._looks.pop()
            self._close(open_tag)
            if open_tag == tag:
                return

    def handle_data(self, data: str) -> None:
        """Takes text that is shown."""
        if self._path and self._path[-1] == "style":
            self._learn(data)
        if self._quiet:
            if data.strip() and self._hides:
                self._note(self._hides, "" if self._hides == "hidden-text" else data.strip())
            return
        raised, struck = self._looks[-1] if self._looks else (False, False)
        self._add(data if "pre" in self._path else _SPACE.sub(" ", data), raised=raised, struck=struck)

    def close(self) -> None:
        """Ends the page: what is still open is closed."""
        super().close()
        if self.rawdata.strip():
            raise self._refused("The page ends in the middle of an element.")
        while self._path:
            self._looks.pop()
            self._close(self._path.pop())
        self._outside(is_heading=False)

    def _open_place(self, tag: str) -> None:
        """Closes what the start of this element closes by itself (HTML, section 13.1.2.4)."""
        closes = {
            "li": ({"li"}, {"ul", "ol", "table", "td", "th"}),
            "p": ({"p"}, {"td", "th", "div", "li", "table"}),
            "td": ({"td", "th"}, {"table"}),
            "th": ({"td", "th"}, {"table"}),
            "tr": ({"tr"}, {"table"}),
            **dict.fromkeys(
                ("thead", "tbody", "tfoot"), ({"caption", "colgroup", "thead", "tbody", "tfoot", "tr"}, {"table"})
            ),
        }.get(tag)
        if closes is None:
            return
        inside = list(itertools.takewhile(lambda open_tag: open_tag not in closes[1], reversed(self._path)))
        if found := [open_tag for open_tag in inside if open_tag in closes[0]]:
            self.handle_endtag(found[-1])

    def _close(self, tag: str) -> None:
        if self._quiet:
            if len(self._path) < self._quiet:
                self._quiet = 0
            return
        if tag == "table":
            self._end_table()
        elif tag in {"td", "th"} and self._tables == 1 and self._spans and self._row is not None:
            self._row.append((self._taken_text(), self._said.link(), *self._spans))
            self._spans = None
        elif tag == "tr" and self._tables == 1:
            self._end_row()
        elif tag in {"thead", "tbody", "tfoot"} and self._tables == 1:
            self._from_above = {}  # no cell reaches out of its group
        elif tag in {"tr", "td", "th"} and self._tables > 1:
            self._add("\n" if tag == "tr" else "; ")
        elif tag in _HEADINGS and not self._tables:
            self._outside(is_heading=True)
        elif tag == "dt" and self._text and not self._text[-1].text.rstrip().endswith(":"):
            self._add(":")  # it names what follows
        self._break(tag, before=False)

    def _break(self, tag: str, *, before: bool) -> None:
        if tag in _BREAKS or tag in _HEADINGS:
            if self._tables:
                self._add("\n\n")
            else:
                self._outside(is_heading=False)
        elif tag in {"li", "table", "td", "th"} and not self._tables:
            self._outside(is_heading=False)
        elif tag == "li":
            self._add("\n- " if before else "\n")
        elif tag == "br" and before:
            self._add("\n")

    def _start_table(self) -> None:
        self._open.append(self.getpos() in self._layouts)
        if self._open[-1]:
            return
        self._number += self._tables == 1
        if self._tables > 1:
            self._note("nested-table")
            self._add("\n\n")
            return
        self._outside(is_heading=False)
        self._grid, self._from_above, self._row_number = Grid(), {}, 0
        self._ready.append(edge(self._here()))

    def _end_table(self) -> None:
        if not self._open[-1]:
            self._end_row()
        if not self._open.pop() and not self._tables:
            self._ready.append(edge(self._here()))

    def _end_row(self) -> None:
        if self._row is None or self._tables != 1:
            return
        row, self._row = self._row, None
        self._row_number += 1
        place = replace(self._here(), first_line=self._row_line, rows=(self._row_number, self._row_number))
        self._row_line = 0
        cells: list[Cell] = []
        at = 0
        covered = {column: left - 1 for column, left in self._from_above.items() if left > 1}

        def pass_covered() -> None:
            nonlocal at
            while at in self._from_above:
                cells.append(Cell("", covered=True))
                at += 1

        for shown, link, columns, height, fill in row:
            pass_covered()
            cells.append(Cell(shown.text, columns, kept=shown.kept, fill=fill, link=link))
            covered |= dict.fromkeys(range(at, at + columns), height - 1) if height > 1 else {}
            at += columns
        pass_covered()
        self._from_above = covered
        is_header = "thead" in self._path or not self._has_data
        self._ready += self._grid.row(cells, place, kind=Kind.HEADER if is_header else Kind.ROW)
        self._ready += self._said.remarks(place)

    def _stray(self) -> None:
        """Gives text that stands in a table and in no cell, such as its caption."""
        if words := " ".join(self._taken_text().text.split()):
            self._ready.append(text(words, self._here()))

    def _outside(self, *, is_heading: bool) -> None:
        """Gives the text outside a table that was gathered so far."""
        shown = self._taken_text()
        words, kept = (_on_lines(it, one=is_heading) for it in (shown.text, shown.kept))
        made, link = heading if is_heading else text, self._said.link()
        if words:
            self._ready.append(made(words, self._here(), kept=kept, link=link))
        self._ready += self._said.remarks(self._here())

    def _taken_text(self) -> Shown:
        shown, self._text, self._size = put_together(self._text), [], 0
        for mark in shown.marks:
            self._note("note-mark", mark)
        return Shown(_tidy(shown.text), _tidy(shown.kept))

    def _learn(self, sheet: str) -> None:
        """Remembers which elements, classes and ids a style sheet gives other looks; other selectors are left alone."""
        for selectors, looks in _RULE.findall(sheet):
            for selector in selectors.split(","):
                if (found := _SELECTOR.fullmatch(selector.strip())) and selector.strip():
                    self._rules.append(((found[1] or "").casefold(), found[2] or "", found[3] or "", looks))

    def _styles(self, tag: str, given: dict[str, str]) -> Iterator[str]:
        """Yields the looks that the style sheet gives an element."""
        classes = given.get("class", "").split()
        for element, sign, name, looks in self._rules:
            is_named = not sign or (name in classes if sign == "." else name == given.get("id"))
            if is_named and element in {"", tag}:
                yield looks

    def _is_aside(self, given: dict[str, str], style: str) -> bool:
        """Whether an element of a cell has words for a screen reader alone, behind what everybody sees."""
        unseen = _FOR_EARS.search(style) or not _NAMES_FOR_EARS.isdisjoint(given.get("class", "").split())
        return bool(self._tables and unseen and any(piece.text.strip() for piece in self._text))

    def _note(self, code: str, about: str = "") -> None:
        self._said.note(code, html.unescape(about))

    def _add(self, text: str, *, raised: bool = False, struck: bool = False) -> None:
        self._size += len(text)
        if self._size > limits.CELL:
            raise self._refused(f"A cell or paragraph has more than {limits.CELL} characters.")
        self._text.append(Piece(text, raised, struck))

    def _span(self, given: dict[str, str], name: str) -> int:
        digits = given.get(name, "1").strip()
        if not digits.isascii() or not digits.isdigit():
            return 1
        span = int(digits[:7])
        if name == "rowspan" and not span:  # to the end of the group of rows
            return limits.ROWS
        if name == "colspan" and span > limits.COLUMNS:
            raise self._refused(f"A cell spans {span} columns; at most {limits.COLUMNS} are read.")
        return min(max(span, 1), limits.ROWS)

    def _here(self) -> Place:
        line = self.getpos()[0]
        row = self._row_number + 1 if self._row is not None else 0
        return Place(self._document, line, line, table=self._number, rows=(row, row))

    def _refused(self, what: str) -> UnreadableInput:
        return UnreadableInput(what, where=str(self._here()), remedy="Save the page again, with the table only.")


def _on_lines(text: str, *, one: bool) -> str:
    """Returns a text outside tables on its lines, or on one, with single blanks."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return (" " if one else "\n").join(filter(None, lines))


def _fill(given: Mapping[str, str], style: str) -> str:
    """Returns the colour behind an element: that of its style, else of its attribute."""
    found = _BEHIND.search(style)
    return colour(found[1] if found else given.get("bgcolor", ""))


def _tidy(text: str) -> str:
    text = re.sub(r"[^\S\n]*\n[^\S\n]*", "\n", text)
    text = re.sub(r"(?m)^-\n+(?=\S)", "- ", text)  # an item whose text is a paragraph of its own
    text = re.sub(r"\n+(?=- )", "\n", text)  # items of a list stand on lines below one another
    return wellformed.text(re.sub(r"\n{3,}", "\n\n", text))
