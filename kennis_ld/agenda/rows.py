"""Finds the entries in the rows of a document: headings above them, rows broken over pages joined, numbers checked.

In: rows in the order of the document, what its reader had to say, the names its columns may have, and the themes of the
publication. Out: entries and findings, streaming. Every row and every cell ends in an entry, in a heading or in a
finding. A document in which no table can be recognised is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

from kennis_ld.agenda import lookalikes
from kennis_ld.agenda.extra_columns import extra_of, reason_of
from kennis_ld.agenda.headers import Header, Headings, plain_line
from kennis_ld.agenda.numbers import is_number, left_out, number_key
from kennis_ld.agenda.parties import role_at_start, roles_named
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.role_columns import party_columns, role_of_column
from kennis_ld.agenda.text import cleaned, joined, one_line
from kennis_ld.agenda.themes import HEADING_NUMBER, theme_of_heading
from kennis_ld.agenda.top import Top, row_words
from kennis_ld.agenda.unread_columns import unread_cell
from kennis_ld.agenda.wording import MASK, MASK_MAIL, MASK_PHONE, Words
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import AnyRole, Entry, Extra, ExtraCell, Finding, Place, Role, SourceRow, Theme

LONGEST_CELL = 65_536
"""Characters in a cell; a longer one is refused with its place."""


@dataclass(slots=True)
class _Draft:
    """An entry that may still go on on the next page."""

    number: str
    title: str
    description: list[str]
    parties: dict[str, str]
    section: tuple[str, ...]
    place: Place
    intended: tuple[AnyRole, ...]
    has_partners_in_parties: bool
    extras: dict[tuple[Extra, str], str]
    struck: bool


@dataclass(slots=True)
class _State:
    """What the rows so far say about the next one.

    Attributes:
        above: a heading over the table that is no theme we know; it counts when no other comes before the first entry.
        bare: the headings under which nothing stands so far.
        edge: whether a table began or ended just now.
        other: whether the table at hand is another one than the agenda.
        unread: the rows of a table at hand that looks like an agenda and has other headings.
        legend: whether the rows at hand explain the table.
        head: the rows that the header was read from.
        below_head: whether the last row was one of these.
        theme: what the column of themes said last.
        contacts: the columns of the table at hand that have contact persons in them, if it is another one.
    """

    headings_known: Headings
    header: Header
    themes: Sequence[Theme]
    privacy: Privacy
    headings: tuple[str, ...] = ()
    above: tuple[str, Place] | None = None
    bare: tuple[tuple[str, Place], ...] = ()
    edge: bool = False
    other: bool = False
    unread: list[SourceRow] = field(default_factory=list)
    legend: bool = False
    head: tuple[SourceRow, ...] = ()
    below_head: bool = True
    theme: str = ""
    contacts: frozenset[int] = frozenset()
    draft: _Draft | None = None
    numbers: dict[tuple[str, ...], list[tuple[str, Place]]] = field(default_factory=dict)
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
    known = Headings(columns, privacy.words)
    stream = (replace(row, words=privacy.heading(row.words)) if isinstance(row, Finding) else row for row in rows)
    top = Top(known, themes, privacy)
    for row in stream:
        yield from top.finding(row) if isinstance(row, Finding) else top.row(row)
        if top.header:
            break
    yield from top.said()
    if top.header is None:
        raise known.missing(top.seen, document, privacy)
    state = _State(known, top.header, themes, privacy, head=top.head)
    yield from _over_the_table(top.above, state)
    for row in stream:
        if isinstance(row, Finding):
            if row.code != "merged-cells" or not state.below_head:
                yield row
        else:
            state.below_head = False
            yield from _read(row, state)
    yield from _unread(state)
    yield from _finished(state)
    yield from _left_bare(state, ())
    yield from _gaps(state)


def without_struck(rows: Iterable[SourceRow | Finding], *, whole_rows: bool = False) -> Iterator[SourceRow | Finding]:
    """Yields rows without what is struck through in them.

    Args:
        rows: those of a document.
        whole_rows: whether a row of which nothing is left is yielded as it is: it says that its project stopped.
    """
    for row in rows:
        if isinstance(row, Finding) or row.kept is None or (whole_rows and not any(row.kept)):
            yield row
        elif any(row.kept):
            yield replace(row, cells=row.kept, kept=None)


def _over_the_table(above: Sequence[SourceRow], state: _State) -> Iterator[Finding]:
    """Puts the first entries under the headings over the table, as they are in a document with many tables."""
    for row in above:
        if theme_of_heading(row.cells[0], state.themes):
            yield from _under(row.cells[0], row.place, state, in_table=row.in_table)
        elif row is above[-1]:
            state.above = (row.cells[0], row.place)
        else:
            yield Finding("text-outside-table", row.place, words=state.privacy.heading(row.cells[0]))


def _read(row: SourceRow, state: _State) -> Iterator[Entry | Finding]:
    if not row.cells:
        yield from _unread(state)
        state.edge, state.other, state.legend, state.contacts = True, False, False, frozenset()
        return
    if not row.in_table:
        if _is_heading_outside(row.cells[0], state.themes):
            yield from _finished(state)
        yield from _under(plain_line(row.cells[0]), row.place, state, in_table=False)
        return
    if again := _header(row, state):  # a table over many pages often repeats its header
        yield from _unread(state)
        state.below_head = True
        state.header, state.edge, state.other, state.legend = again, False, False, False
        return
    if any(row.cells == part.cells for part in state.head):
        state.below_head = True
        return
    if state.unread or (state.edge and _is_unread_header(row, state)):
        state.unread.append(row)
        state.edge = False
        return
    if state.other or _starts_other_table(row, state):
        state.other, state.edge = True, False
        yield Finding("row-of-other-table", row.place, words=_words_of_other(row, state))
        return
    if code := _lookalike(row, state):
        yield from _finished(state)
        yield Finding(code, row.place, words=row_words(row, state.privacy))
        return
    if heading := _heading_in_table(row, state):
        yield from _finished(state)
        yield from _under(heading, row.place, state, in_table=True)
        return
    state.edge = False
    row = _to_the_end(row, state.header)
    _check_width(row, state.header)
    yield from _of_the_table(row, state)


def _of_the_table(row: SourceRow, state: _State) -> Iterator[Entry | Finding]:
    """Reads a row that starts an entry, or goes on with the one above it."""
    header = state.header
    number, title = header.name(row)
    if number or (not header.has_numbers and title and not _goes_on(row, header)):
        if not is_number(number) and not lookalikes.is_date(number):
            number = state.privacy.cell(number)
        yield from _finished(state)
        if state.above and not state.headings:
            (heading, place), state.above = state.above, None
            yield from _under(heading, place, state, in_table=True)
        yield from _in_theme(row, state)
        state.draft, state.bare = _started(row, number, title, state), ()
        subject = state.privacy.title(title)
        if lookalikes.is_date(number):
            yield Finding("number-is-date", row.place, subject=subject, words=number)
        elif number and not is_number(number):
            yield Finding("unusual-number", row.place, subject=subject, words=number)
    elif state.draft is None or _stands_alone(row, title, state.draft, state):
        yield from _finished(state)
        subject = state.privacy.title(title)
        words = _words_of_other(row, state, state.header.printed)
        yield Finding("row-without-number", row.place, subject=subject, words=words)
        return
    else:
        _continue(row, title, state.draft, state)
    yield from _unread_columns(row, state)


def _words_of_other(row: SourceRow, state: _State, headings: Sequence[str] = ()) -> str:
    """Returns the words of a row that is not one of the agenda, without those in its columns of contact persons."""
    cells = (*enumerate(row.cells), *enumerate(headings))
    state.contacts |= {at for at, cell in cells if state.privacy.is_contact_column(cell)}
    return row_words(row, state.privacy, state.contacts)


def _header(row: SourceRow, state: _State) -> Header | None:
    """Returns the header that a row is, alone or with the row above it, which was part of one."""
    known, needs_number = state.headings_known, state.header.has_numbers or state.header.is_numbered_title
    found = known.header(row, needs_number=needs_number)
    if found:
        state.head = (row,)
    elif len(state.head) == 2 and row.cells == state.head[1].cells:
        return state.header
    elif len(state.head) == 1 and not state.draft and (both := known.over_two_rows(state.head[0], row)):
        found, state.head = both, (*state.head, row)
    return found


def _in_theme(row: SourceRow, state: _State) -> Iterator[Finding]:
    """Puts an entry under what the column of themes says; an empty cell goes on with the one above it."""
    theme = plain_line(state.header.cell(row, "theme"))
    if theme and theme != state.theme:
        state.theme, state.headings = theme, ()  # no part of the theme before it
        yield from _under(theme, row.place, state, in_table=True)


def _is_unread_header(row: SourceRow, state: _State) -> bool:
    """Whether a row at the start of a table is the header of another agenda, with headings that nobody knows."""
    known = state.headings_known
    return len(row.cells) > 2 and known.known(row) > 1 and not any(is_number(cell) for cell in row.cells if cell)


def _unread(state: _State) -> Iterator[Finding]:
    """Says once that a table was not read."""
    rows, state.unread = state.unread, []
    if rows:
        header, *others = rows
        contacts = {at for at, cell in enumerate(header.cells) if state.privacy.is_contact_column(cell)}
        unknown = [one_line(cell) for cell in header.cells if cell.strip() and not state.headings_known.kind(cell)]
        values = {"headings": ", ".join(unknown), "rows": str(len(others))}
        words = "; ".join(row_words(row, state.privacy, contacts) for row in rows)
        yield Finding("table-not-read", header.place.through(rows[-1].place), words=words, values=values)


def _lookalike(row: SourceRow, state: _State) -> str:
    """Returns the code of the finding for a row that looks like an entry or heading and is neither; else nothing."""
    filled = [(state.header.columns.get(at), plain_line(cell)) for at, cell in enumerate(row.cells) if cell.strip()]
    first = filled[0][1] if filled else ""
    if theme_of_heading(first, state.themes):
        state.legend = False
        return ""
    # Where there is no column of numbers, no row has one, and a title may well be "Totaal".
    has_number = is_number(first) and len(filled) > 2
    if has_number or (state.draft and _goes_on(row, state.header)):
        state.legend = False
        return ""
    if lookalikes.is_total(first) and all(re.search(r"[0-9]", text) or text == "-" for _, text in filled[1:]):
        return "looks-like-total"
    if len(filled) == 1 and lookalikes.is_remark(first):
        return "looks-like-remark"
    if len(filled) == 1 and lookalikes.is_legend(first):
        state.legend = True
    fits = row.ends_early or len(row.cells) == state.header.width
    short = fits and len(filled) == 2 and {name for name, _ in filled} == {"number", "title"} and not is_number(first)
    if not HEADING_NUMBER.match(first) and (short or (state.legend and len(filled) < 3)):
        return "looks-like-legend"
    state.legend = False
    return ""


def _to_the_end(row: SourceRow, header: Header) -> SourceRow:
    """Returns a row with empty cells for those that it lacks at its end, where no cell can have been lost."""
    lacking = header.width - len(row.cells)
    return replace(row, cells=(*row.cells, *[""] * lacking)) if row.ends_early and lacking > 0 else row


def _is_heading_outside(line: str, themes: Sequence[Theme]) -> bool:
    """Whether a line outside the table is a heading; the foot of a page is not, and a row may go on behind it."""
    return bool(theme_of_heading(line, themes) or HEADING_NUMBER.match(line))


def _starts_other_table(row: SourceRow, state: _State) -> bool:
    """Whether this is the first row of a table that is not the agenda: it has no header and other columns.

    A row that begins with a number is one of the agenda with a cell too many or too few, and an error.
    """
    fits = len(row.cells) == state.header.width
    numbers = [at for at, name in state.header.columns.items() if name == "number"]
    if row.ends_early and numbers and not fits:  # it may be one of a table that somebody put below in the same table
        return not any(at < len(row.cells) and is_number(row.cells[at]) for at in numbers)
    return state.edge and len(row.cells) > 1 and not fits and not is_number(row.cells[0])


def _heading_in_table(row: SourceRow, state: _State) -> str:
    """Returns the heading that a row is: one cell across the table, one cell with text, or a number and a theme."""
    if len(row.cells) == 1:
        return plain_line(row.cells[0])
    filled = {at: plain_line(cell) for at, cell in enumerate(row.cells) if cell.strip()}
    names = [state.header.columns.get(at) for at in filled]
    texts = list(filled.values())
    if len(filled) == 1 and not is_number(texts[0]):
        if state.draft and _goes_on(row, state.header) and not theme_of_heading(texts[0], state.themes):
            return ""
        starts = 0 in filled and names[0] != "description" and HEADING_NUMBER.match(texts[0])
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
    if role and role.main is Role.LEAD and role_at_start(draft.parties["parties"], words):
        return True
    return not _goes_on(row, header) and (is_number(title) or bool(title and header.cell(row, "description")))


def _goes_on(row: SourceRow, header: Header) -> bool:
    """Whether the reader saw that the title goes on from the row above: the blank in front says so."""
    return header.cell(row, "title").startswith(" ")


def _started(row: SourceRow, number: str, title: str, state: _State) -> _Draft:
    seen = (state.headings, number_key(number) or title.casefold())
    if seen in state.seen:
        if number:
            raise UnreadableInput(
                f"Number {number!r} stands there twice under one heading; first at {state.seen[seen]}.",
                where=str(row.place),
                remedy="Give one of the two entries another number.",
            )
        raise UnreadableInput(
            f"Title {title!r} stands there twice under one heading; first at {state.seen[seen]}.",
            where=str(row.place),
            remedy="Give one of the two entries another title.",
        )
    state.seen[seen] = row.place
    if number:
        # With a column of themes, numbers run on from one theme to another.
        under = () if "theme" in state.header.columns.values() else state.headings
        state.numbers.setdefault(under, []).append((number, row.place))
    of_parties = party_columns(state.header.columns.values())
    parties = {column: _parties_text(state.header.cell(row, column), state.privacy) for column in of_parties}
    description = [state.header.cell(row, "description")]
    return _Draft(
        number,
        title,
        description,
        parties,
        state.headings,
        row.place,
        state.header.intended,
        state.header.has_partners_in_parties,
        dict(_extras(row, state)),
        row.kept is not None and not any(row.kept),
    )


def _continue(row: SourceRow, title: str, draft: _Draft, state: _State) -> None:
    header = state.header
    draft.title = f"{draft.title} {title}".strip()
    more = header.cell(row, "description")
    if more[:1].isspace():  # the reader saw how the text goes on
        draft.description[-1] += more
    else:
        draft.description.append(more)
    for column in party_columns(header.columns.values()):
        before, after = draft.parties.get(column, ""), header.cell(row, column)
        # A list of one name a line goes on on a line of its own.
        between = "\n" if "\n" in before.strip() or after.startswith("\n") else " "
        draft.parties[column] = f"{before}{between}{_parties_text(after, state.privacy)}".strip()
    for extra, text in _extras(row, state):
        draft.extras[extra] = f"{draft.extras.get(extra, '')} {text}".strip()
    draft.place = draft.place.through(row.place)


def _finished(state: _State) -> Iterator[Entry | Finding]:
    draft, state.draft = state.draft, None
    if draft is None:
        return
    privacy = state.privacy
    parties = tuple((_role(column, text, draft, privacy.words), text) for column, text in draft.parties.items() if text)
    description = reduce(joined, map(cleaned, draft.description))
    entry = Entry(
        number=draft.number,
        title=privacy.title(draft.title),
        description=privacy.description(description),
        parties=parties,
        section=draft.section,
        place=draft.place,
        intended=draft.intended,
        extras=tuple(ExtraCell(kind, heading, text) for (kind, heading), text in draft.extras.items()),
        struck=draft.struck,
    )
    if not entry.title:
        yield Finding("entry-without-title", entry.place, subject=entry.label)
    # A name in a cell of parties is found when that is read.
    yield from privacy.findings(draft.title, description, place=entry.place, subject=entry.label)
    yield entry


def _role(column: str, text: str, draft: _Draft, words: Words) -> AnyRole | None:
    """Returns the role that a column gives the parties in it; None where the cell itself says so."""
    if column == "parties" and draft.has_partners_in_parties and not any(roles_named(text, words)):
        return Role.PARTNER
    return role_of_column(column, words)


def _under(heading: str, place: Place, state: _State, *, in_table: bool) -> Iterator[Finding]:
    """Puts the next entries under a heading: that of a theme, or of a part of the theme above it."""
    heading = state.privacy.heading(heading)
    theme = theme_of_heading(heading, state.themes)
    numbered = HEADING_NUMBER.match(heading) is not None
    if theme is None and not in_table and not numbered:
        yield Finding("text-outside-table", place, words=heading)
        return
    if state.above:
        (words, over), state.above = state.above, None
        yield Finding("text-outside-table", over, words=state.privacy.heading(words))
    above = state.headings[0] if state.headings else ""
    # Among headings that are no theme we know, one without a number is a part of one with a number ('2. Zand', 'Peil').
    has_parts = bool(HEADING_NUMBER.match(above) or theme_of_heading(above, state.themes))
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


def _unread_columns(row: SourceRow, state: _State) -> Iterator[Finding]:
    header = state.header
    for at, cell in enumerate(row.cells):
        if cell and at not in header.columns:
            yield unread_cell(cell.strip(), header.printed[at], at + 1, place=row.place, privacy=state.privacy)
        elif cell and (reason := reason_of(header.columns[at])):
            yield Finding("column-ignored", row.place, values={"column": header.printed[at], "reason": reason})


def _extras(row: SourceRow, state: _State) -> Iterator[tuple[tuple[Extra, str], str]]:
    """Yields the extra cells of a row that have a text, without persons, with what they hold and their heading."""
    for at, column in state.header.columns.items():
        if (kind := extra_of(column)) and at < len(row.cells) and row.cells[at].strip():
            text = state.privacy.heading(state.privacy.cell(cleaned(row.cells[at])))
            # Beside a telephone number there is a name, wherever it stands.
            hidden = MASK_PHONE in text or MASK_MAIL in text
            yield (kind, state.header.printed[at]), MASK if hidden else text


def _gaps(state: _State) -> Iterator[Finding]:
    """Finds the numbers that a row of numbers leaves out ('1l', '5'); they are reported, never filled in."""
    for headings, numbers in state.numbers.items():
        place = replace(numbers[0][1], last_line=0, first_line=0)
        for missing in left_out([number for number, _ in numbers]):
            yield Finding("number-left-out", place, subject=" / ".join(headings), words=missing)
