"""Finds the entries in the rows of a document: headings above them, rows broken over pages joined, numbers checked.

In: rows in the order of the document, what its reader had to say, the names its columns may have, and the themes of the
publication. Out: entries and findings, streaming. Every row and every cell ends in an entry, in a heading or in a
finding. A document in which no table can be recognised is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, reduce

from kennis_ld.agenda import wording
from kennis_ld.agenda.numbers import is_number, left_out, number_key
from kennis_ld.agenda.parties import masked, roles_in_heading
from kennis_ld.agenda.text import cleaned, joined, one_line
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Entry, Finding, Place, Role, SourceRow, Theme

LONGEST_CELL = 65_536
"""Characters in a cell; a longer one is refused with its place."""

DEFAULT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("nr", "no", "nummer", "number", "#", "volgnummer", "projectnummer"),
    "title": ("project", "titel", "projectnaam", "projecttitel", "naam", "title"),
    "description": ("beschrijving", "beschrijving doel", "omschrijving", "toelichting", "doel", "description"),
    "leads": ("trekker", "trekkers", "trekker(s)", "lead", "leads"),
    "partners": ("partner", "partners", "partner(s)", "overige partners", "beoogde partners", "(beoogde) partners"),
    "parties": ("trekker en partners", "trekker(s) en partners", "partijen", "betrokken partijen", "parties"),
}
"""Headings by which the columns of a table are known; the publication's settings add their own."""

_PARTY_COLUMNS: Mapping[str, Role | None] = {"leads": Role.LEAD, "partners": Role.PARTNER, "parties": None}
_HEADING_NUMBER = re.compile(r"\s*(?:[0-9]{1,3}|[IVX]{1,4}|[A-Z])\s*[.)]\s+")
_BETWEEN: Mapping[str, str] = {"leads": ", ", "partners": ", ", "parties": " ", "description": "\n\n"}
_LAST_NUMBER = re.compile(r" ?[0-9]{1,2}$")


@dataclass(frozen=True, slots=True)
class Header:
    """Which column is what, how its headings are printed, and which roles they call intended."""

    columns: Mapping[int, str]
    printed: tuple[str, ...]
    intended: tuple[Role, ...]

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.printed)

    def cell(self, row: SourceRow, column: str) -> str:
        """Returns the text of a column in a row; several columns of one name ("Partner 1", "Partner 2") are joined."""
        places = (at for at, name in self.columns.items() if name == column and at < len(row.cells))
        return _BETWEEN.get(column, " ").join(row.cells[at] for at in places if row.cells[at])


@dataclass(slots=True)
class _Draft:
    """An entry that may still go on on the next page."""

    number: str
    title: str
    description: list[str]
    parties: dict[str, str]
    section: tuple[str, ...]
    place: Place
    intended: tuple[Role, ...]


@dataclass(slots=True)
class _State:
    """What the rows so far say about the next one.

    Attributes:
        above: a heading over the table that is no theme we know; it counts when no other comes before the first entry.
        bare: the headings under which nothing stands so far.
        edge: whether a table began or ended just now.
        other: whether the table at hand is another one than the agenda.
    """

    header: Header
    themes: Sequence[Theme]
    headings: tuple[str, ...] = ()
    above: tuple[str, Place] | None = None
    bare: tuple[tuple[str, Place], ...] = ()
    edge: bool = False
    other: bool = False
    draft: _Draft | None = None
    numbers: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    seen: dict[tuple[tuple[str, ...], str], Place] = field(default_factory=dict)


def entries(
    rows: Iterable[SourceRow | Finding],
    *,
    columns: Mapping[str, Sequence[str]],
    themes: Sequence[Theme],
    document: str,
) -> Iterator[Entry | Finding]:
    """Yields the entries of a document and what is to be said about its rows.

    Raises:
        UnreadableInput: there is no table with the expected header, a row has too few or too many cells, or two
            entries under one heading have the same number.
    """
    stream = iter(rows)
    header = None
    above: list[SourceRow] = []  # headings over the table
    for row in stream:
        if isinstance(row, Finding):
            yield row
            continue
        header = _header(row, columns)
        if header:
            break
        if len(row.cells) == 1 and (row.in_table or theme_of_heading(row.cells[0], themes)):
            above.append(row)
        elif row.cells:
            yield Finding("text-outside-table", row.place, words=_words(row))
    if header is None:
        known = sorted({name for names in columns.values() for name in names})
        raise UnreadableInput(
            "There is no table whose header names a number, a project and its parties.",
            where=document,
            remedy=f"Add the document's own headings under [columns] in publication.toml; known: {', '.join(known)}.",
        )
    state = _State(header, themes)
    yield from _over_the_table(above, state)
    for row in stream:
        if isinstance(row, Finding):
            yield row
        else:
            yield from _read(row, state, columns)
    yield from _finished(state)
    yield from _left_bare(state, ())
    yield from _gaps(state)


@lru_cache(maxsize=8_192)
def heading_text(heading: str) -> str:
    """Returns a heading without its number, folded for comparison: '1. Cultureel erfgoed' → 'cultureel erfgoed'."""
    return " ".join(_HEADING_NUMBER.sub("", heading, count=1).split()).rstrip(".:").casefold()


def theme_of_heading(heading: str, themes: Sequence[Theme]) -> Theme | None:
    """Returns the theme that a document calls by this heading, or None."""
    wanted = heading_text(heading)
    return next((theme for theme in themes if any(heading_text(known) == wanted for known in theme.headings)), None)


def _over_the_table(above: Sequence[SourceRow], state: _State) -> Iterator[Finding]:
    """Puts the first entries under the headings over the table, as they are in a document with many tables."""
    for row in above:
        if theme_of_heading(row.cells[0], state.themes):
            yield from _under(row.cells[0], row.place, state, in_table=row.in_table)
        elif row is above[-1]:
            state.above = (row.cells[0], row.place)
        else:
            yield Finding("text-outside-table", row.place, words=row.cells[0])


def _read(row: SourceRow, state: _State, columns: Mapping[str, Sequence[str]]) -> Iterator[Entry | Finding]:
    if not row.cells:
        state.edge, state.other = True, False
        return
    if not row.in_table:
        if _is_heading_outside(row.cells[0], state.themes):
            yield from _finished(state)
        yield from _under(row.cells[0], row.place, state, in_table=False)
        return
    if again := _header(row, columns):  # a table over many pages often repeats its header
        state.header, state.edge, state.other = again, False, False
        return
    if state.other or _starts_other_table(row, state):
        state.other, state.edge = True, False
        yield Finding("row-of-other-table", row.place, words=_words(row))
        return
    if heading := _heading_in_table(row, state):
        yield from _finished(state)
        yield from _under(heading, row.place, state, in_table=True)
        return
    state.edge = False
    _check_width(row, state.header)
    number, title = (one_line(state.header.cell(row, column)) for column in ("number", "title"))
    if number:
        yield from _finished(state)
        if state.above and not state.headings:
            (heading, place), state.above = state.above, None
            yield from _under(heading, place, state, in_table=True)
        state.draft, state.bare = _started(row, number, title, state), ()
        if not is_number(number):
            yield Finding("unusual-number", row.place, subject=title, words=masked(number))
    elif state.draft is None or _stands_alone(row, title, state.draft, state.header):
        yield from _finished(state)
        yield Finding("row-without-number", row.place, subject=title, words=_words(row))
        return
    else:
        _continue(row, title, state.draft, state.header)
    yield from _unnamed_columns(row, state.header)


def _is_heading_outside(line: str, themes: Sequence[Theme]) -> bool:
    """Whether a line outside the table is a heading; the foot of a page is not, and a row may go on behind it."""
    return bool(theme_of_heading(line, themes) or _HEADING_NUMBER.match(line))


def _starts_other_table(row: SourceRow, state: _State) -> bool:
    """Whether this is the first row of a table that is not the agenda: it has no header and other columns.

    A row that begins with a number is one of the agenda with a cell too many or too few, and an error.
    """
    fits = len(row.cells) == state.header.width
    return state.edge and len(row.cells) > 1 and not fits and not is_number(row.cells[0])


def _heading_in_table(row: SourceRow, state: _State) -> str:
    """Returns the heading that a row is: one cell across the table, one cell with text, or a number and a theme."""
    if len(row.cells) == 1:
        return one_line(row.cells[0])
    filled = {at: one_line(cell) for at, cell in enumerate(row.cells) if cell.strip()}
    names = [state.header.columns.get(at) for at in filled]
    texts = list(filled.values())
    if len(filled) == 1 and not is_number(texts[0]):
        if state.draft and _goes_on(row, state.header) and not theme_of_heading(texts[0], state.themes):
            return ""
        starts = 0 in filled and names[0] != "description" and _HEADING_NUMBER.match(texts[0])
        fits = names[0] in {"number", "title"} or starts or theme_of_heading(texts[0], state.themes)
        return texts[0] if fits else ""
    if sorted(name or "" for name in names) == ["number", "title"]:
        number, title = (state.header.cell(row, name).strip() for name in ("number", "title"))
        if theme_of_heading(title, state.themes):
            return f"{number.rstrip('.')}. {title}"
    return ""


def _stands_alone(row: SourceRow, title: str, draft: _Draft, header: Header) -> bool:
    """Whether a row without a number is no more of the row above: it names a project, or who leads one, anew."""
    role = wording.ROLE.match(one_line(header.cell(row, "parties")))
    if role and role["role"][0].upper() in "TL" and wording.ROLE.match(draft.parties["parties"]):
        return True
    return not _goes_on(row, header) and (is_number(title) or bool(title and header.cell(row, "description")))


def _goes_on(row: SourceRow, header: Header) -> bool:
    """Whether the reader saw that the title goes on from the row above: the blank in front says so."""
    return header.cell(row, "title").startswith(" ")


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
    description = [state.header.cell(row, "description")]
    return _Draft(number, title, description, parties, state.headings, row.place, state.header.intended)


def _continue(row: SourceRow, title: str, draft: _Draft, header: Header) -> None:
    draft.title = f"{draft.title} {title}".strip()
    more = header.cell(row, "description")
    if more[:1].isspace():  # the reader saw how the text goes on
        draft.description[-1] += more
    else:
        draft.description.append(more)
    for column in _PARTY_COLUMNS:
        draft.parties[column] = f"{draft.parties[column]} {_parties_text(header.cell(row, column))}".strip()
    draft.place = draft.place.through(row.place)


def _finished(state: _State) -> Iterator[Entry | Finding]:
    draft, state.draft = state.draft, None
    if draft is None:
        return
    parties = tuple((_PARTY_COLUMNS[column], text) for column, text in draft.parties.items() if text)
    description = reduce(joined, map(cleaned, draft.description))
    entry = Entry(
        number=draft.number,
        title=masked(draft.title),
        description="\n".join(map(masked, description.split("\n"))),
        parties=parties,
        section=draft.section,
        place=draft.place,
        intended=draft.intended,
    )
    if not entry.title:
        yield Finding("entry-without-title", entry.place, subject=entry.label)
    if (entry.title, entry.description) != (draft.title, description):
        # Where cells shifted a name is in one of these; one in a cell of parties is found when that is read.
        yield Finding("contact-person", entry.place, subject=entry.label)
    yield entry


def _under(heading: str, place: Place, state: _State, *, in_table: bool) -> Iterator[Finding]:
    """Puts the next entries under a heading: that of a theme, or of a part of the theme above it."""
    theme = theme_of_heading(heading, state.themes)
    numbered = _HEADING_NUMBER.match(heading) is not None
    if theme is None and not in_table and not numbered:
        yield Finding("text-outside-table", place, words=masked(heading))
        return
    if state.above:
        (words, over), state.above = state.above, None
        yield Finding("text-outside-table", over, words=words)
    above = state.headings[0] if state.headings else ""
    # Among headings that are no theme we know, one without a number is a part of one with a number ('2. Zand', 'Peil').
    has_parts = bool(_HEADING_NUMBER.match(above) or theme_of_heading(above, state.themes))
    part = bool(theme.broader) if theme else in_table and not numbered and has_parts
    before, state.headings = state.headings, (*state.headings[:1], heading) if part else (heading,)
    if state.headings != before:
        yield from _left_bare(state, state.headings[:-1])
        state.bare = (*state.bare, (heading, place))
    if theme is None:
        yield Finding("unknown-theme", place, words=heading)


def _left_bare(state: _State, over: Sequence[str]) -> Iterator[Finding]:
    """Says under which headings nothing stands, but for those over the next one."""
    for heading, place in state.bare:
        if heading not in over:
            yield Finding("heading-without-entries", place, words=heading)
    state.bare = tuple(bare for bare in state.bare if bare[0] in over)


def _header(row: SourceRow, columns: Mapping[str, Sequence[str]]) -> Header | None:
    if not row.in_table:
        return None
    names = {_column_name(name): column for column, known in columns.items() for name in known}
    cells = {at: _column_name(cell) for at, cell in enumerate(row.cells)}
    # "Partner 1" and "Partner 2" are two columns of one kind.
    kinds = {at: names.get(cell) or names.get(_LAST_NUMBER.sub("", cell)) for at, cell in cells.items()}
    if not {"number", "title"} <= set(kinds.values()):
        return None
    found = {at: kind or "parties" for at, kind in kinds.items() if kind or _names_both_roles(row.cells[at])}
    if not set(found.values()) & set(_PARTY_COLUMNS):
        return None
    intended: list[Role] = []
    for at, column in found.items():
        intended += roles_in_heading(row.cells[at], _PARTY_COLUMNS[column]) if column in _PARTY_COLUMNS else ()
    return Header(found, tuple(map(one_line, row.cells)), tuple(dict.fromkeys(intended)))


@lru_cache(maxsize=8_192)
def _column_name(cell: str) -> str:
    return re.sub(r"[\s.:]+", " ", one_line(cell)).strip().casefold()


def _names_both_roles(heading: str) -> bool:
    """Whether the heading of a column says that leads and partners stand in it behind 'T:' and 'P:'."""
    roles = {match["role"][0].upper() for match in wording.ROLE.finditer(one_line(heading))}
    return bool(roles & set("TL")) and bool(roles & set("PO("))


def _words(row: SourceRow) -> str:
    return masked(" | ".join(cell.strip() for cell in row.cells if cell.strip()))


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
            column = f"{at + 1} ({header.printed[at]})" if header.printed[at] else str(at + 1)
            yield Finding("unnamed-column", row.place, words=masked(cell.strip()), values={"column": column})


def _gaps(state: _State) -> Iterator[Finding]:
    """Finds the numbers that a row of numbers leaves out ('1l', '5'); they are reported, never filled in."""
    for headings, numbers in state.numbers.items():
        place = replace(state.seen[headings, number_key(numbers[0])], last_line=0, first_line=0)
        for missing in left_out(numbers):
            yield Finding("number-left-out", place, subject=" / ".join(headings), words=missing)
