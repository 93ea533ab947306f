"""Reads what stands over the first table that can be read: titles, headings, and the header itself.

In: rows, one at a time. Out: findings, and at the end the header with the headings over it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from kennis_ld.agenda.headers import Header, Headings, plain_line
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.themes import theme_of_heading
from kennis_ld.model import Finding, SourceRow, Theme

MOST_SEEN = 500
"""How many rows are kept for the error when there is no header; an agenda shows by then what it is."""


MOST_COLOURED = 2
"""Cells with a colour in a row of a legend; a heading across the table has more."""


class Top:
    """What stands over the first table that can be read, until its header is found.

    Attributes:
        seen: the first rows, for the error when there is no header.
    """

    def __init__(self, known: Headings, themes: Sequence[Theme], privacy: Privacy) -> None:
        self._known = known
        self._themes = themes
        self._privacy = privacy
        self._before: SourceRow | None = None  # a row that may be the upper half of a header
        self._held: list[Finding] = []  # about that row
        self.header: Header | None = None
        self.above: list[SourceRow] = []
        self.seen: list[SourceRow] = []

    def finding(self, finding: Finding) -> Iterator[Finding]:
        """Yields what a reader said, but for merged cells in what may be a header: those it has of right."""
        if self._before and finding.code == "merged-cells" and finding.place == self._before.place:
            self._held.append(finding)
        else:
            yield finding

    def row(self, row: SourceRow) -> Iterator[Finding]:
        """Looks at one row."""
        if len(self.seen) < MOST_SEEN:
            self.seen.append(row)
        self.header = self._known.first(self._before, row)
        if self.header and self._before in self.header.rows:
            self._before, self._held = None, []
        yield from self.said()
        if self.header:
            return
        filled = [cell for cell in row.cells if cell.strip()]
        if len(filled) == 1 and (row.in_table or theme_of_heading(filled[0], self._themes)):
            self.above.append(replace(row, cells=(plain_line(filled[0]),)))
        elif filled and len(row.cells) > 1:
            self._before = row
        elif filled:
            yield Finding("text-outside-table", row.place, words=row_words(row, self._privacy))

    def legends(self) -> Sequence[SourceRow]:
        """Returns the rows over the table that explain colours: a text in or beside a colour, and there are several."""
        found = [row for row in self.above if 0 < sum(map(bool, row.fills)) <= MOST_COLOURED < len(row.fills)]
        return found if len({fill for row in found for fill in row.fills if fill}) > 1 else []

    def said(self) -> Iterator[Finding]:
        """Yields what is left to say about the row before."""
        if self._before:
            yield Finding("text-outside-table", self._before.place, words=row_words(self._before, self._privacy))
            yield from self._held
        self._before, self._held = None, []


def row_words(row: SourceRow, privacy: Privacy, contacts: Collection[int] = ()) -> str:
    """Returns the words of a row for a finding, without persons; `contacts` are columns that have them."""
    if len(row.cells) == 1:  # a heading or running text
        return privacy.heading(row.cells[0].strip())
    cells = (cell.strip() for at, cell in enumerate(row.cells) if at not in contacts)
    return " | ".join(privacy.heading(privacy.cell(cell)) for cell in cells if cell)
