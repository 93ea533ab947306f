"""Tells the rows that are not of the agenda, and gives each as a finding: other tables, totals, legends, remarks.

In: a row, and the header of the agenda. Out: whether it is one of these, and findings with its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kennis_ld.agenda.columns import extra_of, reason_of
from kennis_ld.agenda.headers import Header, Headings, plain_line
from kennis_ld.agenda.numbers import is_amount, is_number
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.sections import Sections
from kennis_ld.agenda.text import one_line
from kennis_ld.agenda.themes import HEADING_NUMBER
from kennis_ld.agenda.top import MOST_COLOURED, row_words
from kennis_ld.model import Extra, Finding, Kind, SourceRow

_EXPLAINED = re.compile(r"(?:[^a-z=]{1,12}|\S{1,2})\s*=\s*(?=.*[a-z]).+")
"""A sign or abbreviation with its meaning: "N. N. = noch nicht benannt"."""


class OtherTables:
    """What the rows so far say about which table the next one is of."""

    def __init__(self, known: Headings, sections: Sections, privacy: Privacy) -> None:
        self._known = known
        self._sections = sections
        self._privacy = privacy
        self._edge = False  # whether a table began or ended just now
        self._other = False  # whether the table at hand is another one than the agenda
        self._unread: list[SourceRow] = []  # rows of a table that looks like an agenda and has other headings
        self._legend = False  # whether the rows at hand explain the table
        self.colours: set[str] = set()  # those that rows of the agenda have
        self._contacts: frozenset[int] = frozenset()  # columns of the table at hand with contact persons

    def edge(self) -> Iterator[Finding]:
        """Takes note that a table begins or ends here."""
        yield from self.ended()
        self._edge, self._other, self._legend, self._contacts = True, False, False, frozenset()

    @property
    def half(self) -> SourceRow | None:
        """The first row of the table at hand, where it may be the upper half of a header that nobody knows."""
        return self._unread[0] if len(self._unread) == 1 else None

    def header(self, rows: Sequence[SourceRow]) -> Iterator[Finding]:
        """Takes note that the header of the agenda stands here, made of these rows, as it often does on each page."""
        self._unread = [row for row in self._unread if row not in rows]
        yield from self.ended()
        self._edge = self._other = self._legend = False

    def ended(self) -> Iterator[Finding]:
        """Says once of a table that it was not read."""
        rows, self._unread = self._unread, []
        if rows:
            header, *others = rows
            contacts = {at for at, cell in enumerate(header.cells) if self._privacy.is_contact_column(cell)}
            unknown = [one_line(cell) for cell in header.cells if cell.strip() and not self._known.kind(cell)]
            values = {"headings": ", ".join(unknown), "rows": str(len(others))}
            words = "; ".join(row_words(row, self._privacy, contacts) for row in rows)
            yield Finding("table-not-read", header.place.through(rows[-1].place), words=words, values=values)

    def takes(self, row: SourceRow, header: Header) -> bool:
        """Whether a row is of a table that is not the agenda; it is then taken, and `said` has what is to be said."""
        if self._unread or (self._edge and self._is_unread_header(row)):
            self._unread.append(row)
            return True
        self._other = (self._other and not _is_entry(row, header)) or self._starts_other(row, header)
        self._edge = self._edge and not self._other
        return self._other

    def said(self, row: SourceRow) -> Iterator[Finding]:
        """Yields what is to be said about a row that was taken."""
        if not self._unread:
            yield Finding("row-of-other-table", row.place, words=self.words(row))

    def entry(self) -> None:
        """Takes note that a row is one of the agenda."""
        self._edge = False

    def words(self, row: SourceRow, headings: Sequence[str] = ()) -> str:
        """Returns the words of a row that is no entry, without those in its columns of contact persons."""
        cells = (*enumerate(row.cells), *enumerate(headings))
        self._contacts |= {at for at, cell in cells if self._privacy.is_contact_column(cell)}
        return row_words(row, self._privacy, self._contacts)

    def lookalike(self, row: SourceRow, header: Header, *, goes_on: bool) -> str:
        """Returns the code of the finding for a row that looks like an entry or heading and is neither; else nothing.

        Args:
            goes_on: whether the row goes on with the entry above it.
        """
        filled = [(header.columns.get(at), plain_line(cell)) for at, cell in enumerate(row.cells) if cell.strip()]
        first = filled[0][1] if filled else ""
        # Where there is no column of numbers, no row has one, and a title may well be "Totaal".
        if self._sections.is_theme(first) or goes_on:
            self._legend = False
            return ""
        said = self._privacy.words.rows
        if said["total"].match(first) and all(re.search(r"[0-9]", text) or text == "-" for _, text in filled[1:]):
            return "looks-like-total"
        sums = [text for _, text in filled[1:] if text != "-"]
        if (first.endswith(":") or said["total of"].fullmatch(first)) and sums and all(map(is_amount, sums)):
            return "looks-like-total"
        if filled and all(_is_counted(name) and is_amount(text) for name, text in filled):
            return "looks-like-total"
        if len(filled) == 1 and said["remark"].match(first):
            return "looks-like-remark"
        if len(filled) == 1 and said["legend"].fullmatch(first):
            self._legend = True
        elif len(filled) == 1 and (
            said["legend head"].match(first) or _EXPLAINED.fullmatch(first) or self._explains_colour(row)
        ):
            return "looks-like-legend"
        fits = row.ends_early or len(row.cells) == header.width
        short = fits and len(filled) == 2 and {name for name, _ in filled} == {"number", "title"}
        explains = (short and not is_number(first)) or (self._legend and len(filled) < 3)
        if explains and not HEADING_NUMBER.match(first):
            return "looks-like-legend"
        self._legend = False
        return ""

    def _explains_colour(self, row: SourceRow) -> bool:
        """Whether a row has one text in or beside a cell of a colour that rows of the agenda have."""
        coloured = [fill for fill in row.fills if fill]
        return bool(coloured) and len(coloured) <= MOST_COLOURED < len(row.cells) and self.colours >= set(coloured)

    def _is_unread_header(self, row: SourceRow) -> bool:
        """Whether a row at the start of a table is the header of another agenda, with headings that nobody knows."""
        known = self._known.known(row) > (0 if row.kind is Kind.HEADER else 1)
        return len(row.cells) > 2 and known and not any(is_number(cell) for cell in row.cells if cell)

    def _starts_other(self, row: SourceRow, header: Header) -> bool:
        """Whether this is the first row of a table that is not the agenda: it has no header and other columns.

        A row that begins with a number is one of the agenda with a cell too many or too few, and an error.
        """
        fits = len(row.cells) == header.width
        if row.ends_early and header.has_numbers and not fits:  # it may be one of a table that somebody put below
            return not is_number(header.cell(row, "number"))
        return self._edge and len(row.cells) > 1 and not fits and not is_number(row.cells[0])


def _is_counted(column: str | None) -> bool:
    """Whether amounts stand in a column that may have a total below them."""
    return column is None or bool(reason_of(column)) or extra_of(column) is Extra.BUDGET


def _is_entry(row: SourceRow, header: Header) -> bool:
    """Whether a row is as wide as the agenda and has a number: below a short one in a sheet the agenda goes on."""
    return len(row.cells) == header.width and is_number(header.cell(row, "number"))
