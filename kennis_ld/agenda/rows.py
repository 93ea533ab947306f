"""Finds the entries in the rows of a document: headings above them, rows broken over pages joined, numbers checked.

In: rows in the order of the document, the names its columns may have, and the themes of the publication. Out: entries
and findings, streaming. Every row and every cell ends in an entry, in a heading or in a finding. A document in which no
table can be recognised is an error.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kennis_ld.agenda.parties import masked, roles_in_heading
from kennis_ld.agenda.text import cleaned, joined, one_line
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Entry, Finding, Place, Role, SourceRow, Theme

LONGEST_CELL = 65_536
"""Characters in a cell; a longer one is refused with its place."""

DEFAULT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("nr", "no", "nummer", "number", "#"),
    "title": ("project", "titel", "projectnaam", "naam", "title"),
    "description": ("beschrijving", "beschrijving doel", "omschrijving", "toelichting", "doel", "description"),
    "leads": ("trekker", "trekkers", "trekker(s)", "lead", "leads"),
    "partners": ("partners", "partner(s)", "overige partners", "beoogde partners"),
    "parties": ("trekker en partners", "partijen", "betrokken partijen", "parties"),
}
"""Headings by which the columns of a table are known; the publication's settings add their own."""

_PARTY_COLUMNS: Mapping[str, Role | None] = {"leads": Role.LEAD, "partners": Role.PARTNER, "parties": None}
_NUMBER = re.compile(r"(?=.{0,11}$)[A-Za-z]{0,3}[.\-]?[0-9]{1,4}(?:[.\-]?[0-9]{1,4})*[.\-]?[a-z]{0,2}[.)]?")
_HEADING_NUMBER = re.compile(r"\s*(?:[0-9]{1,3}|[IVX]{1,4}|[A-Z])\s*[.)]\s+")
_COUNTED = re.compile(r"(.*?)([0-9]+|[a-z])[.)]?")


@dataclass(frozen=True, slots=True)
class Header:
    """Which column is what, and which roles its headings call intended."""

    columns: Mapping[int, str]
    width: int
    intended: tuple[Role, ...]

    def cell(self, row: SourceRow, column: str) -> str:
        """Returns the text of a column in a row; several columns of one name are joined."""
        return " ".join(row.cells[at] for at, name in self.columns.items() if name == column and row.cells[at])


@dataclass(slots=True)
class _Draft:
    """An entry that may still go on on the next page."""

    number: str
    title: str
    description: str
    parties: dict[str, str]
    section: tuple[str, ...]
    place: Place


@dataclass(slots=True)
class _State:
    """What the rows so far say about the next one."""

    header: Header
    themes: Sequence[Theme]
    headings: tuple[str, ...] = ()
    draft: _Draft | None = None
    numbers: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    seen: dict[tuple[tuple[str, ...], str], Place] = field(default_factory=dict)


def entries(
    rows: Iterable[SourceRow], *, columns: Mapping[str, Sequence[str]], themes: Sequence[Theme], document: str
) -> Iterator[Entry | Finding]:
    """Yields the entries of a document and what is to be said about its rows.

    Raises:
        UnreadableInput: there is no table with the expected header, a row has too few or too many cells, or two
            entries under one heading have the same number.
    """
    stream = iter(rows)
    header = None
    for row in stream:
        header = _header(row, columns)
        if header:
            break
        yield Finding("text-outside-table", row.place, words=" ".join(filter(None, row.cells)))
    if header is None:
        known = sorted({name for names in columns.values() for name in names})
        raise UnreadableInput(
            "There is no table whose header names a number, a project and its parties.",
            where=document,
            remedy=f"Add the document's own headings under [columns] in publication.toml; known: {', '.join(known)}.",
        )
    state = _State(header, themes)
    for row in stream:
        yield from _read(row, state, columns)
    yield from _finished(state)
    yield from _gaps(state)


def heading_text(heading: str) -> str:
    """Returns a heading without its number, folded for comparison: '1. Cultureel erfgoed' → 'cultureel erfgoed'."""
    return " ".join(_HEADING_NUMBER.sub("", heading, count=1).split()).rstrip(".:").casefold()


def theme_of_heading(heading: str, themes: Sequence[Theme]) -> Theme | None:
    """Returns the theme that a document calls by this heading, or None."""
    wanted = heading_text(heading)
    return next((theme for theme in themes if any(heading_text(known) == wanted for known in theme.headings)), None)


def number_key(number: str) -> str:
    """Returns what makes two printed numbers the same: '01', '1.' and '１' are all '1'."""
    folded = unicodedata.normalize("NFKC", number).casefold().strip().rstrip(".)")
    return re.sub(r"0+(?=[0-9])", "", folded) if folded[:1] == "0" else folded


def _read(row: SourceRow, state: _State, columns: Mapping[str, Sequence[str]]) -> Iterator[Entry | Finding]:
    if not row.in_table:
        yield from _finished(state)
        yield from _under(row.cells[0], row.place, state, in_table=False)
        return
    if again := _header(row, columns):  # a table over many pages often repeats its header
        state.header = again
        return
    filled = [at for at, cell in enumerate(row.cells) if cell]
    first = row.cells[filled[0]] if filled else ""
    if len(filled) == 1 and state.header.columns.get(filled[0]) in {"number", "title"} and not _NUMBER.fullmatch(first):
        yield from _finished(state)
        yield from _under(first, row.place, state, in_table=True)
        return
    _check_width(row, state.header)
    number, title = (one_line(state.header.cell(row, column)) for column in ("number", "title"))
    if number:
        yield from _finished(state)
        state.draft = _started(row, number, title, state)
    elif state.draft is None:
        yield Finding("row-without-number", row.place, words=" | ".join(filter(None, row.cells)))
    elif title and state.header.cell(row, "description"):
        yield from _finished(state)
        yield Finding("row-without-number", row.place, subject=title, words=" | ".join(filter(None, row.cells)))
    else:
        _continue(row, title, state.draft, state.header)
    yield from _unnamed_columns(row, state.header)


def _started(row: SourceRow, number: str, title: str, state: _State) -> _Draft:
    seen = (state.headings, number_key(number))
    if seen in state.seen:
        raise UnreadableInput(
            f"Number {number!r} stands there twice under one heading; first at {state.seen[seen]}.",
            where=str(row.place),
            remedy="Give one of the two entries another number.",
        )
    state.seen[seen] = row.place
    state.numbers.setdefault(state.headings, []).append(number)
    parties = {column: _parties_text(state.header.cell(row, column)) for column in _PARTY_COLUMNS}
    description = cleaned(state.header.cell(row, "description"))
    return _Draft(number, title, description, parties, state.headings, row.place)


def _continue(row: SourceRow, title: str, draft: _Draft, header: Header) -> None:
    draft.title = joined(draft.title, title)
    draft.description = joined(draft.description, cleaned(header.cell(row, "description")))
    for column in _PARTY_COLUMNS:
        draft.parties[column] = f"{draft.parties[column]} {_parties_text(header.cell(row, column))}".strip()
    draft.place = draft.place.through(row.place)


def _finished(state: _State) -> Iterator[Entry | Finding]:
    draft, state.draft = state.draft, None
    if draft is None:
        return
    parties = tuple((_PARTY_COLUMNS[column], text) for column, text in draft.parties.items() if text)
    entry = Entry(
        number=draft.number,
        title=draft.title,
        description=draft.description,
        parties=parties,
        section=draft.section,
        place=draft.place,
        intended=state.header.intended,
    )
    if not entry.title:
        yield Finding("entry-without-title", entry.place, subject=entry.label)
    yield entry


def _under(heading: str, place: Place, state: _State, *, in_table: bool) -> Iterator[Finding]:
    """Puts the next entries under a heading: that of a theme, or of a part of the theme above it."""
    theme = theme_of_heading(heading, state.themes)
    if theme is None and not in_table and not _HEADING_NUMBER.match(heading):
        yield Finding("text-outside-table", place, words=heading)
        return
    part = bool(theme.broader) if theme else in_table and bool(state.headings)
    state.headings = (*state.headings[:1], heading) if part else (heading,)
    if theme is None:
        yield Finding("unknown-theme", place, words=heading)


def _header(row: SourceRow, columns: Mapping[str, Sequence[str]]) -> Header | None:
    if not row.in_table:
        return None
    names = {_column_name(name): column for column, known in columns.items() for name in known}
    found = {at: names[_column_name(cell)] for at, cell in enumerate(row.cells) if _column_name(cell) in names}
    if not {"number", "title"} <= set(found.values()) or not set(found.values()) & set(_PARTY_COLUMNS):
        return None
    intended: list[Role] = []
    for at, column in found.items():
        intended += roles_in_heading(row.cells[at], _PARTY_COLUMNS[column]) if column in _PARTY_COLUMNS else ()
    return Header(found, len(row.cells), tuple(dict.fromkeys(intended)))


def _column_name(cell: str) -> str:
    return re.sub(r"[\s.:]+", " ", one_line(cell)).strip().casefold()


def _check_width(row: SourceRow, header: Header) -> None:
    if len(row.cells) != header.width:
        few = "few" if len(row.cells) < header.width else "many"
        raise UnreadableInput(
            f"The row has too {few} cells: {len(row.cells)}, where the header has {header.width}.",
            where=str(row.place),
            remedy="Check the tabs in this line; a broken line belongs behind the one before it.",
        )
    for at, cell in enumerate(row.cells, start=1):
        if len(cell) > LONGEST_CELL:
            raise UnreadableInput(
                f"Cell {at} has more than {LONGEST_CELL} characters.",
                where=str(row.place),
                remedy="Shorten the text, or check that the quotation marks in the file are closed.",
            )


def _parties_text(cell: str) -> str:
    return masked(one_line(cell))


def _unnamed_columns(row: SourceRow, header: Header) -> Iterator[Finding]:
    for at, cell in enumerate(row.cells):
        if cell and at not in header.columns:
            yield Finding("unnamed-column", row.place, words=cell, values={"column": str(at + 1)})


def _gaps(state: _State) -> Iterator[Finding]:
    """Finds the numbers that a row of numbers leaves out ('1l', '5'); they are reported, never filled in."""
    for headings, numbers in state.numbers.items():
        counted: dict[str, list[str]] = {}
        for number in numbers:
            if match := _COUNTED.fullmatch(number_key(number)):
                counted.setdefault(match[1], []).append(match[2])
        for prefix, counts in counted.items():
            for missing in _left_out(counts):
                place = replace(state.seen[headings, number_key(numbers[0])], last_line=0, first_line=0)
                yield Finding("number-left-out", place, subject=" / ".join(headings), words=f"{prefix}{missing}")


def _left_out(counts: Sequence[str]) -> Iterator[str]:
    if all(count.isdigit() for count in counts):
        values = {int(count) for count in counts}
        yield from (
            str(value) for value in range(min(values), min(max(values), min(values) + 10_000)) if value not in values
        )
    elif not any(count.isdigit() for count in counts):
        letters = {ord(count) for count in counts}
        yield from (chr(letter) for letter in range(ord("a"), max(letters)) if letter not in letters)
