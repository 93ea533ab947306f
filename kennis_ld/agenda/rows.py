"""Finds the entries in the rows of a document: headings above them, rows broken over pages joined, numbers checked.

In: rows in the order of the document, what its reader had to say, the names its columns may have, and the themes of the
publication. Out: entries and findings, streaming. Every row and every cell ends in an entry, in a heading or in a
finding. A document in which no table can be recognised is an error.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

from kennis_ld.agenda.numbers import is_number, left_out, number_key
from kennis_ld.agenda.parties import role_at_start, roles_in_heading, roles_named
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.text import cleaned, joined, one_line
from kennis_ld.agenda.wording import Words
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
        contacts: the columns of the table at hand that have contact persons in them, if it is another one.
        said: the columns about which something was said once.
    """

    header: Header
    themes: Sequence[Theme]
    privacy: Privacy
    headings: tuple[str, ...] = ()
    above: tuple[str, Place] | None = None
    bare: tuple[tuple[str, Place], ...] = ()
    edge: bool = False
    other: bool = False
    contacts: frozenset[int] = frozenset()
    said: set[str] = field(default_factory=set)
    draft: _Draft | None = None
    numbers: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    seen: dict[tuple[tuple[str, ...], str], Place] = field(default_factory=dict)


def entries(
    rows: Iterable[SourceRow | Finding],
    *,
    columns: Mapping[str, Sequence[str]],
    themes: Sequence[Theme],
    document: str,
    privacy: Privacy,
) -> Iterator[Entry | Finding]:
    """Yields the entries of a document and what is to be said about its rows.

    What is published of a row, and what is said about it, holds no names or numbers of contact persons.

    Raises:
        UnreadableInput: there is no table with the expected header, a row has too few or too many cells, or two
            entries under one heading have the same number.
    """
    stream = iter(rows)
    header = None
    above: list[SourceRow] = []  # headings over the table
    for row in stream:
        if isinstance(row, Finding):
            yield replace(row, words=privacy.heading(row.words))
            continue
        header = _header(row, columns, privacy.words)
        if header:
            break
        if len(row.cells) == 1 and (row.in_table or theme_of_heading(row.cells[0], themes)):
            above.append(row)
        elif row.cells:
            yield Finding("text-outside-table", row.place, words=_words(row, privacy))
    if header is None:
        known = sorted({name for names in columns.values() for name in names})
        raise UnreadableInput(
            "There is no table whose header names a number, a project and its parties.",
            where=document,
            remedy=f"Add the document's own headings under [columns] in publication.toml; known: {', '.join(known)}.",
        )
    state = _State(header, themes, privacy)
    yield from _over_the_table(above, state)
    for row in stream:
        if isinstance(row, Finding):
            yield replace(row, words=privacy.heading(row.words))
        else:
            yield from _read(row, state, columns)
    yield from _finished(state)
    yield from _left_bare(state, ())
    yield from _gaps(state)


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
            yield Finding("text-outside-table", row.place, words=state.privacy.heading(row.cells[0]))


def _read(row: SourceRow, state: _State, columns: Mapping[str, Sequence[str]]) -> Iterator[Entry | Finding]:
    if not row.cells:
        state.edge, state.other, state.contacts = True, False, frozenset()
        return
    if not row.in_table:
        if _is_heading_outside(row.cells[0], state.themes):
            yield from _finished(state)
        yield from _under(row.cells[0], row.place, state, in_table=False)
        return
    if again := _header(row, columns, state.privacy.words):  # a table over many pages often repeats its header
        state.header, state.edge, state.other = again, False, False
        return
    if state.other or _starts_other_table(row, state):
        state.other, state.edge = True, False
        state.contacts |= {at for at, cell in enumerate(row.cells) if state.privacy.is_contact_column(cell)}
        yield Finding("row-of-other-table", row.place, words=_words(row, state.privacy, state.contacts))
        return
    if heading := _heading_in_table(row, state):
        yield from _finished(state)
        yield from _under(heading, row.place, state, in_table=True)
        return
    state.edge = False
    _check_width(row, state.header)
    number, title = (one_line(state.header.cell(row, column)) for column in ("number", "title"))
    if number:
        number = number if is_number(number) else state.privacy.cell(number)
        yield from _finished(state)
        if state.above and not state.headings:
            (heading, place), state.above = state.above, None
            yield from _under(heading, place, state, in_table=True)
        state.draft, state.bare = _started(row, number, title, state), ()
        if not is_number(number):
            yield Finding("unusual-number", row.place, subject=state.privacy.title(title), words=number)
    elif state.draft is None or _stands_alone(row, title, state.draft, state):
        yield from _finished(state)
        headings = (*enumerate(row.cells), *enumerate(state.header.printed))
        state.contacts |= {at for at, cell in headings if state.privacy.is_contact_column(cell)}
        words = _words(row, state.privacy, state.contacts)
        yield Finding("row-without-number", row.place, subject=state.privacy.title(title), words=words)
        return
    else:
        _continue(row, title, state.draft, state)
    yield from _unnamed_columns(row, state)


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


def _stands_alone(row: SourceRow, title: str, draft: _Draft, state: _State) -> bool:
    """Whether a row without a number is no more of the row above: it names a project, or who leads one, anew."""
    header, words = state.header, state.privacy.words
    role = role_at_start(one_line(header.cell(row, "parties")), words)
    if role is Role.LEAD and role_at_start(draft.parties["parties"], words):
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
    parties = {column: _parties_text(state.header.cell(row, column), state.privacy) for column in _PARTY_COLUMNS}
    description = [state.header.cell(row, "description")]
    return _Draft(number, title, description, parties, state.headings, row.place, state.header.intended)


def _continue(row: SourceRow, title: str, draft: _Draft, state: _State) -> None:
    header = state.header
    draft.title = f"{draft.title} {title}".strip()
    more = header.cell(row, "description")
    if more[:1].isspace():  # the reader saw how the text goes on
        draft.description[-1] += more
    else:
        draft.description.append(more)
    for column in _PARTY_COLUMNS:
        before, after = draft.parties[column], header.cell(row, column)
        # A list of one name a line goes on on a line of its own.
        between = "\n" if "\n" in before.strip() or after.startswith("\n") else " "
        draft.parties[column] = f"{before}{between}{_parties_text(after, state.privacy)}".strip()
    draft.place = draft.place.through(row.place)


def _finished(state: _State) -> Iterator[Entry | Finding]:
    draft, state.draft = state.draft, None
    if draft is None:
        return
    parties = tuple((_PARTY_COLUMNS[column], text) for column, text in draft.parties.items() if text)
    description = reduce(joined, map(cleaned, draft.description))
    privacy = state.privacy
    entry = Entry(
        number=draft.number,
        title=privacy.title(draft.title),
        description=privacy.description(description),
        parties=parties,
        section=draft.section,
        place=draft.place,
        intended=draft.intended,
    )
    if not entry.title:
        yield Finding("entry-without-title", entry.place, subject=entry.label)
    # A name in a cell of parties is found when that is read.
    yield from privacy.findings(draft.title, description, place=entry.place, subject=entry.label)
    yield entry


def _under(heading: str, place: Place, state: _State, *, in_table: bool) -> Iterator[Finding]:
    """Puts the next entries under a heading: that of a theme, or of a part of the theme above it."""
    heading = state.privacy.heading(heading)
    theme = theme_of_heading(heading, state.themes)
    numbered = _HEADING_NUMBER.match(heading) is not None
    if theme is None and not in_table and not numbered:
        yield Finding("text-outside-table", place, words=heading)
        return
    if state.above:
        (words, over), state.above = state.above, None
        yield Finding("text-outside-table", over, words=state.privacy.heading(words))
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


def _header(row: SourceRow, columns: Mapping[str, Sequence[str]], words: Words) -> Header | None:
    if not row.in_table:
        return None
    names = {_column_name(name): column for column, known in columns.items() for name in known}
    cells = {at: _column_name(cell) for at, cell in enumerate(row.cells)}
    # "Partner 1" and "Partner 2" are two columns of one kind.
    kinds = {at: names.get(cell) or names.get(_LAST_NUMBER.sub("", cell)) for at, cell in cells.items()}
    found = {at: kind or "parties" for at, kind in kinds.items() if kind or _names_both_roles(row.cells[at], words)}
    if not {"number", "title"} <= set(found.values()) or not set(found.values()) & set(_PARTY_COLUMNS):
        return None
    intended: list[Role] = []
    for at, column in found.items():
        if column in _PARTY_COLUMNS:
            intended += roles_in_heading(row.cells[at], _PARTY_COLUMNS[column], words=words)
    return Header(found, tuple(map(one_line, row.cells)), tuple(dict.fromkeys(intended)))


def _column_name(cell: str) -> str:
    return re.sub(r"[\s.:]+", " ", one_line(cell)).strip().casefold()


def _names_both_roles(heading: str, words: Words) -> bool:
    """Whether the heading of a column says that leads and partners stand in it behind 'T:' and 'P:'."""
    return {Role.LEAD, Role.PARTNER} <= set(roles_named(one_line(heading), words))


def _words(row: SourceRow, privacy: Privacy, contacts: Collection[int] = ()) -> str:
    """Returns the words of a row for a finding, without persons."""
    if len(row.cells) == 1:  # a heading or running text
        return privacy.heading(row.cells[0].strip())
    cells = (cell.strip() for at, cell in enumerate(row.cells) if at not in contacts)
    return " | ".join(privacy.heading(privacy.cell(cell)) for cell in cells if cell)


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


def _parties_text(cell: str, privacy: Privacy) -> str:
    """Returns a cell of parties with its line breaks, without persons."""
    return privacy.cell(re.sub(r"\n+", "\n", cleaned(cell)))


def _unnamed_columns(row: SourceRow, state: _State) -> Iterator[Finding]:
    header = state.header
    for at, cell in enumerate(row.cells):
        if not cell or at in header.columns:
            continue
        column = f"{at + 1} ({header.printed[at]})" if header.printed[at] else str(at + 1)
        if not state.privacy.is_contact_column(header.printed[at]):
            words = state.privacy.cell(cell.strip())
            yield Finding("unnamed-column", row.place, words=words, values={"column": column})
        elif column not in state.said:
            state.said.add(column)
            yield Finding("contact-column", row.place, values={"column": column})


def _gaps(state: _State) -> Iterator[Finding]:
    """Finds the numbers that a row of numbers leaves out ('1l', '5'); they are reported, never filled in."""
    for headings, numbers in state.numbers.items():
        place = replace(state.seen[headings, number_key(numbers[0])], last_line=0, first_line=0)
        for missing in left_out(numbers):
            yield Finding("number-left-out", place, subject=" / ".join(headings), words=missing)
