"""Fields in paragraphs: "Trekker: Gemeente Overzand" below the title of a project, as reports and web pages have them.

In: the rows of a document without tables. Out: the rows of cards: the title of each project as a heading, a row of two
cells for each field, and what stands between them as its description.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kennis_ld.agenda.headers import Headings, plain_line
from kennis_ld.agenda.text import cleaned
from kennis_ld.model import Finding, Kind, SourceRow

_NAME = r"(?:[-•*]\s+)?(?P<name>[^\W\d][^\d:.;!\n]{0,38}?)\s*:"
_FIELD = re.compile(rf"{_NAME}(?:\s+(?P<text>\S.*))?", re.DOTALL)
_ON_NEXT_LINE = re.compile(rf"\n(?={_NAME}(?:\s|$))")
_NUMBERED = re.compile(r"(?:\S+\s+)?\S*[0-9]\S*\s+\S")
_ITEM = re.compile(r"[-•*]\s")

Rows = Sequence[SourceRow | Finding]


def names_in(rows: Rows, known: Callable[[str], object]) -> Collection[str]:
    """Returns what names a field in paragraphs: it stands in front of a colon, and is known or stands there again.

    Nothing comes out for a document with tables, or in which less than two names of fields are known.
    """
    texts = [row for row in _lines(rows) if isinstance(row, SourceRow)]
    if any(len(row.cells) > 1 for row in texts):
        return frozenset()
    found = Counter(match["name"] for row in texts if (match := _field(row)))
    if sum(bool(known(name)) for name in found) < 2:
        return frozenset()
    return frozenset(name for name, count in found.items() if count > 1 or known(name))


def as_cards(rows: Rows, names: Collection[str], known: Headings) -> Iterator[SourceRow | Finding]:
    """Yields the rows of cards that fields in paragraphs are; other rows where there are no such fields."""
    if not names:
        yield from rows
        return
    made: list[SourceRow | Finding] = []
    card = _Card(known.heading("description"))
    for row in _lines(rows, names):
        match = None if isinstance(row, Finding) else _field(row)
        if isinstance(row, Finding) or row.kind is Kind.EDGE:
            made.append(row)
        elif match and match["name"] in names:
            made += card.field(row, match["name"], match["text"] or "")
        else:
            made += card.text(row)
    made += card.described()
    # One line over all projects is the title of the document; several are their themes.
    several = len({row.cells for row in card.over}) > 1
    yield from (replace(row, kind=Kind.HEADING) if several and row in card.over else row for row in made)


@dataclass(slots=True)
class _Card:
    """The project at hand: the names of its fields, and the texts that are not placed yet."""

    description: str
    names: list[str] = field(default_factory=list)
    held: list[SourceRow] = field(default_factory=list)
    is_open: bool = False  # whether the next text goes on with the last field
    over: list[SourceRow] = field(default_factory=list)  # lines right above a title that are no sentence

    def field(self, row: SourceRow, name: str, text: str) -> Iterator[SourceRow]:
        """Yields a field, behind what stands before it."""
        if not self.names or name in self.names:  # the first field of a project
            yield from self._titled()
            self.names = []
        else:
            yield from self.described()
        self.names.append(name)
        self.is_open = not text
        yield _pair(row, name, text)

    def text(self, row: SourceRow) -> Iterator[SourceRow]:
        """Yields what a text says as soon as that is known."""
        if self.names and _is_title(row):
            yield from self.ended()
        elif self.names and (self.is_open or _ITEM.match(row.cells[0])):
            yield _pair(row, "", row.cells[0])
            return
        self.held.append(row)

    def ended(self) -> Iterator[SourceRow]:
        """Yields what is left of a project: a last line that is no sentence stands over the next one."""
        over = [self.held.pop()] if self.held and _is_line(self.held[-1]) else []
        yield from self.described()
        self.names, self.held, self.is_open = [], over, False

    def described(self) -> Iterator[SourceRow]:
        """Yields texts as a description; lines of a page go on with the last field, or are one text."""
        held, self.held = self.held, []
        if held and held[0].place.first_page and not self.names:
            whole = " ".join(row.cells[0] for row in held)
            held = [replace(held[0], cells=(whole,), place=held[0].place.through(held[-1].place))]
        for row in held:
            yield _pair(row, "" if row.place.first_page else self.description, row.cells[0])

    def _titled(self) -> Iterator[SourceRow]:
        """Yields the headings before a project, its title, and the texts between that and its first field."""
        titles = [at for at, row in enumerate(self.held) if _is_title(row)]
        titles = titles or [at for at, row in enumerate(self.held) if _is_line(row)]
        at = titles[-1] if titles else len(self.held)
        self.over += [row for row in self.held[max(at - 1, 0) : at] if row.kind is Kind.TEXT and _is_line(row)]
        yield from self.held[: at + 1]
        self.held, self.names = self.held[at + 1 :], []
        yield from self.described()


def _lines(rows: Rows, names: Collection[str] | None = None) -> Iterator[SourceRow | Finding]:
    """Yields rows, those divided whose next line is another field: of these names, where they are known by now."""
    for row in rows:
        if isinstance(row, Finding) or len(row.cells) != 1:
            yield row
            continue
        text, at = cleaned(row.cells[0]), 0
        for found in _ON_NEXT_LINE.finditer(text):
            if names is None or found["name"] in names:
                yield replace(row, cells=(text[at : found.start()],))
                at = found.end()
        yield replace(row, cells=(text[at:],)) if at else row


def _field(row: SourceRow) -> re.Match[str] | None:
    return _FIELD.fullmatch(cleaned(row.cells[0])) if row.cells else None


def _is_title(row: SourceRow) -> bool:
    return row.kind is Kind.HEADING or _NUMBERED.match(plain_line(row.cells[0])) is not None


def _is_line(row: SourceRow) -> bool:
    return not row.cells[0].rstrip().endswith((".", "!", "?", ";", ","))


def _pair(row: SourceRow, name: str, text: str) -> SourceRow:
    return replace(row, cells=(name, text), kind=Kind.ROW, kept=None)
