"""Finds the entries in the rows of a document: headings above them, rows broken over pages joined, numbers checked.

In: rows in the order of the document, what its reader had to say, the names its columns may have, and the themes of the
publication. Out: entries and findings, streaming. Every row and every cell ends in an entry, in a heading or in a
finding. A document in which no table can be recognised is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kennis_ld.agenda.colours import RowColours, own_colour
from kennis_ld.agenda.columns import extra_of, reason_of
from kennis_ld.agenda.draft import Draft
from kennis_ld.agenda.headers import Header, Headings, plain_line
from kennis_ld.agenda.numbering import Numbering
from kennis_ld.agenda.numbers import goes_under, is_number
from kennis_ld.agenda.other_tables import OtherTables
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.role_words import role_at
from kennis_ld.agenda.sections import Sections
from kennis_ld.agenda.text import one_line
from kennis_ld.agenda.themes import HEADING_NUMBER
from kennis_ld.agenda.top import Top, row_words
from kennis_ld.agenda.unread import Unread
from kennis_ld.agenda.unread_columns import unread_cell, unread_colour, unread_link
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Entry, Extra, Finding, Kind, Role, SourceRow, Theme

LONGEST_CELL = 65_536
"""Characters in a cell; a longer one is refused with its place."""


def entries(
    rows: Iterable[SourceRow | Finding],
    *,
    columns: Mapping[str, Sequence[str]],
    themes: Sequence[Theme],
    document: str,
    privacy: Privacy,
    row_colours: bool | None = None,
) -> Iterator[Entry | Finding]:
    """Yields the entries of a document and what is to be said about its rows.

    What is published of a row, and what is said about it, holds no names or numbers of contact persons. `row_colours`
    says whether the colour of a row is the status of its entry; None where nobody said so.

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
        raise Unread(top.seen, known, privacy).error(document)
    table = _Table(known, top.header, themes, privacy, row_colours=row_colours)
    legends = top.legends()
    for row in legends:
        yield Finding("looks-like-legend", row.place, words=row_words(row, privacy))
    yield from table.sections.over_the_table([row for row in top.above if row not in legends])
    for row in stream:
        yield from table.finding(row) if isinstance(row, Finding) else table.row(row)
    yield from table.end()


def without_struck(rows: Iterable[SourceRow | Finding], *, whole_rows: bool = False) -> Iterator[SourceRow | Finding]:
    """Yields rows without what is struck through in them, which a finding says was left out.

    Args:
        whole_rows: whether a row of which nothing is left is yielded as it is: it says that its project stopped.
    """
    for row in rows:
        if isinstance(row, Finding):
            yield replace(row, code="struck-left-out") if row.code == "struck-out" else row
        elif row.kept is None or (whole_rows and not any(row.kept)):
            yield row
        elif any(row.kept):
            yield replace(row, cells=row.kept, kept=None)


class _Table:
    """Reads the rows below the header, one at a time."""

    def __init__(
        self, known: Headings, header: Header, themes: Sequence[Theme], privacy: Privacy, *, row_colours: bool | None
    ) -> None:
        self._known = known
        self._header = header
        self._below_head = True  # whether the last row was one of the header
        self._privacy = privacy
        self.sections = Sections(themes, privacy)
        self._others = OtherTables(known, self.sections, privacy)
        self._numbering = Numbering()
        self._row_colours = row_colours
        self._colours = RowColours(privacy.words)
        self._draft: Draft | None = None
        self._above: Draft | None = None  # the last one that is finished
        self._row = header.rows[-1]  # the last one
        # A row that is a heading if the next one has a number below its own; and whether it stands below the header.
        self._held: tuple[SourceRow, bool] | None = None
        self._heads_first = False  # whether headings stand in the first cell of a row, whatever its column holds

    def finding(self, finding: Finding) -> Iterator[Finding]:
        """Yields what a reader said, but for merged cells in a header, and those that hold for all rows they cover."""
        if finding.code != "merged-cells" or not (self._below_head or self._holds_below(finding)):
            yield finding

    def _holds_below(self, finding: Finding) -> bool:
        """Whether a merged cell is of a project in several rows, or the theme of several projects."""
        says_nothing = self._header.is_merged(self._row) or self.sections.is_under(plain_line(finding.words))
        return says_nothing and self._row.place == finding.place  # and not that of a row without a text

    def row(self, row: SourceRow) -> Iterator[Entry | Finding]:
        """Reads a row, heading or text."""
        self._row = row
        below, self._below_head = self._below_head, False
        match row.kind:
            case Kind.EDGE:
                yield from self._without_held()
                yield from self._others.edge()
            case Kind.TEXT:
                yield from self._without_held()
                if self.sections.is_heading(row.cells[0]):
                    yield from self._finished()
                yield from self.sections.under(row.cells[0], row.place, in_table=False)
            case _:
                yield from self._in_table(row, below_head=below)

    def end(self) -> Iterator[Entry | Finding]:
        """Yields what is left when there are no more rows."""
        yield from self._without_held()
        yield from self._others.ended()
        yield from self._finished()
        yield from self.sections.left_bare()
        yield from self._numbering.left_out()
        if self._row_colours is None:
            yield from self._colours.said()

    def _in_table(self, row: SourceRow, *, below_head: bool) -> Iterator[Entry | Finding]:
        yield from self._without_held(row)
        if self._may_be_heading(row):
            self._held = row, below_head
        else:
            yield from self._read(row, below_head=below_head)

    def _without_held(self, below: SourceRow | None = None) -> Iterator[Entry | Finding]:
        """Reads the row with a number and a title only, now that the row below it is known: "A" is over "A1"."""
        if self._held is None:
            return
        (row, below_head), self._held = self._held, None
        number, title = (self._header.cell(row, name).strip() for name in ("number", "title"))
        below_number = self._header.name(below)[0] if below and len(below.cells) == self._header.width else ""
        if goes_under(below_number, number):
            yield from self._finished()
            yield from self.sections.under(f"{number.rstrip('.')}. {plain_line(title)}", row.place, in_table=True)
        else:
            yield from self._read(row, below_head=below_head)

    def _may_be_heading(self, row: SourceRow) -> bool:
        header = self._header
        filled = [header.columns.get(at) for at, cell in enumerate(row.cells) if cell.strip()]
        return len(row.cells) == header.width and sorted(name or "" for name in filled) == ["number", "title"]

    def _read(self, row: SourceRow, *, below_head: bool) -> Iterator[Entry | Finding]:
        header = self._header
        for at in range(len(row.links)):
            if extra_of(header.columns.get(at, "")) is not Extra.LINK:
                heading = header.printed[at] if at < header.width else ""
                yield from unread_link(row, at, heading, privacy=self._privacy)
        again = self._known.again(self._header, row, below=below_head)
        if again := again or self._known.over_two_rows(self._others.half, row):
            # A table over many pages often repeats its header.
            yield from self._others.header(again.rows)
            self._below_head, self._header = True, again
        elif self._others.takes(row, self._header):
            yield from self._others.said(row)
        elif code := self._others.lookalike(row, self._header, goes_on=self._goes_on(row)):
            yield from self._finished()
            yield Finding(code, row.place, words=row_words(row, self._privacy))
        elif heading := self._heading(row):
            yield from self._finished()
            yield from self.sections.under(heading, row.place, in_table=True)
        else:
            self._others.entry()
            yield from self._of_the_table(_fitted(row, self._header))

    def _of_the_table(self, row: SourceRow) -> Iterator[Entry | Finding]:
        """Reads a row that starts an entry, or goes on with the one above it."""
        header = self._header
        number, title = header.name(row)
        if number or (not header.has_numbers and title and not header.goes_on(row)):
            yield from self._finished()
            yield from self._started(row, number, title)
        elif self._draft is None or self._stands_alone(row, title, self._draft):
            yield from self._finished()
            words = self._others.words(row, header.printed)
            yield Finding("row-without-number", row.place, subject=self._privacy.title(title), words=words)
            return
        else:
            self._draft.add(row, title, header)
        yield from self._unread_columns(row)

    def _started(self, row: SourceRow, number: str, title: str) -> Iterator[Finding]:
        header = self._header
        is_date = self._privacy.words.rows["date"].fullmatch(number) is not None
        if not is_number(number):
            number = self._privacy.cell(number)
        yield from self.sections.entry(plain_line(header.cell(row, "theme")), row.place)
        section, runs_on = self.sections.headings, "theme" in header.columns.values()
        self._numbering.add(number, title, section, row.place, runs_on=runs_on)
        coloured = self._row_colours is True
        self._draft = Draft(row, header, number, title, section, self._privacy, above=self._above, with_colour=coloured)
        self._colours.add(header.fill(row), section, row.place)
        subject = self._privacy.title(title)
        if is_date:
            yield Finding("number-is-date", row.place, subject=subject, words=number)
        elif number and not is_number(number):
            yield Finding("unusual-number", row.place, subject=subject, words=number)

    def _finished(self) -> Iterator[Entry | Finding]:
        draft, self._draft = self._draft, None
        if draft:
            self._above = draft
            yield from draft.finished()

    def _heading(self, row: SourceRow) -> str:
        """Returns the heading that a row is: one cell across the table, one cell with text, or a number and a theme."""
        if len(row.cells) == 1:
            return plain_line(row.cells[0])
        header = self._header
        filled = {at: plain_line(cell) for at, cell in enumerate(row.cells) if cell.strip()}
        names = [header.columns.get(at) for at in filled]
        texts = list(filled.values())
        if len(filled) == 1 and not is_number(texts[0]):
            is_theme = self.sections.is_theme(texts[0])
            if self._goes_on(row) and not is_theme:
                return ""
            starts = 0 in filled and names[0] != "description"
            self._heads_first |= starts and (is_theme or self._draft is None)
            starts = starts and (self._heads_first or HEADING_NUMBER.match(texts[0]) is not None)
            named = names[0] in {"title", "theme"} or next(iter(filled)) == header.place("number")
            return texts[0] if named or starts or is_theme else ""
        if sorted(name or "" for name in names) == ["number", "title"]:
            number, title = (header.cell(row, name).strip() for name in ("number", "title"))
            if self.sections.is_theme(title):
                return f"{number.rstrip('.')}. {title}"
        return ""

    def _goes_on(self, row: SourceRow) -> bool:
        return self._draft is not None and self._header.goes_on(row)

    def _stands_alone(self, row: SourceRow, title: str, draft: Draft) -> bool:
        """Whether a row without a number is no more of the row above: it names a theme, project or lead anew."""
        header, words = self._header, self._privacy.words
        theme = plain_line(header.cell(row, "theme"))
        if theme and not self.sections.is_under(theme):
            return True
        if header.is_merged(row):
            return False
        role = role_at(one_line(header.cell(row, "parties")), 0, words)
        if role and role.main == Role.LEAD and role_at(draft.parties, 0, words):
            return True
        anew = any(header.cell(row, column) for column in ("description", "leads"))
        return not header.goes_on(row) and (is_number(title) or bool(title and anew))

    def _unread_columns(self, row: SourceRow) -> Iterator[Finding]:
        header = self._header
        self._others.colours |= set(row.fills) - {""}
        for at, cell in enumerate(row.cells):
            place = row.cell_place(at)
            if cell and at not in header.columns:
                yield unread_cell(cell.strip(), header.printed[at], at + 1, place=place, privacy=self._privacy)
            elif at not in header.columns and (colour := own_colour(row, at, header.place("title"))):
                yield unread_colour(colour, header.printed[at], at + 1, place=place, words=self._privacy.words)
            elif cell and (reason := reason_of(header.columns[at])):
                yield Finding("column-ignored", place, values={"column": header.printed[at], "reason": reason})


def _fitted(row: SourceRow, header: Header) -> SourceRow:
    """Returns a row with empty cells for those that it lacks at its end, where no cell can have been lost.

    Raises:
        UnreadableInput: it has too few or too many cells, or one with too long a text.
    """
    row = row.to_width(header.width)
    if len(row.cells) != header.width:
        few = "few" if len(row.cells) < header.width else "many"
        raise UnreadableInput(
            f"The row has too {few} cells: {len(row.cells)}, where the header has {header.width}.",
            where=str(row.place),
            remedy="Check the tabs in this line; a broken line belongs behind the one before it.",
        )
    for at, cell in enumerate(row.cells):
        if len(cell) > LONGEST_CELL:
            raise UnreadableInput(
                f"Cell {at + 1} has more than {LONGEST_CELL} characters.",
                where=str(row.cell_place(at)),
                remedy="Shorten the text, or check that the quotation marks in the file are closed.",
            )
    return row
