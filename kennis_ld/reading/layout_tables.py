"""Finds the tables of a web page that only lay it out.

Such a table has another one of two rows or more in it, and no row with two texts above that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from kennis_ld.reading import limits

_PIECE = 65_536

Position = tuple[int, int]
"""Where an element begins, as `HTMLParser.getpos` says it."""


def pieces(source: str) -> Iterator[str]:
    """Yields a page in pieces, so that a bound can stop its reader."""
    return (source[at : at + _PIECE] for at in range(0, len(source), _PIECE))


def layout_tables(source: str) -> Collection[Position]:
    """Returns where the tables of a page begin that only lay it out."""
    finder = _Finder()
    for piece in pieces(source):
        finder.feed(piece)
        if len(finder.rawdata) > 2 * limits.CELL:  # the page is refused
            break
    return finder.found


@dataclass(slots=True)
class _Table:
    """A table that is open: its rows with two texts or more, and the texts in the row and the cell at hand."""

    begin: Position
    rows: int = 0
    texts: int = 0
    is_filled: bool = True

    def end_row(self) -> None:
        self.rows += self.texts > 1
        self.texts = 0


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: set[Position] = set()
        self._open: list[_Table] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._open.append(_Table(self.getpos()))
        elif self._open and tag == "tr":
            self._open[-1].end_row()
        elif self._open and tag in {"td", "th"}:
            self._open[-1].is_filled = False

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._open:
            inner = self._open.pop()
            inner.end_row()
            around = self._open[-1] if self._open else None
            if around and not around.rows and (inner.rows > 1 or inner.begin in self.found):
                self.found.add(around.begin)

    def handle_data(self, data: str) -> None:
        if self._open and data.strip() and not self._open[-1].is_filled:
            self._open[-1].is_filled = True
            self._open[-1].texts += 1
