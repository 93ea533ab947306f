"""Keeps the headings under which entries stand: those of themes, of parts of themes, and those under which nothing is.

In: headings in the order of the document. Out: the section of the next entry, and findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kennis_ld.agenda.headers import plain_line
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.themes import HEADING_NUMBER, theme_of_heading
from kennis_ld.model import Finding, Place, SourceRow, Theme


class Sections:
    """The headings so far.

    Attributes:
        headings: those over the next entry, outermost first, as printed.
    """

    def __init__(self, themes: Sequence[Theme], privacy: Privacy) -> None:
        self._themes = themes
        self._privacy = privacy
        self.headings: tuple[str, ...] = ()
        self._above: tuple[str, Place] | None = None  # no theme we know, over the table; counts if no other comes
        self._bare: tuple[tuple[str, Place], ...] = ()  # headings under which nothing stands so far
        self._column = ""  # what the column of themes said last
        self._by_column: tuple[str, ...] = ()  # the headings that it gave

    def is_theme(self, heading: str) -> bool:
        """Whether a text is the heading of a theme of the publication."""
        return theme_of_heading(heading, self._themes) is not None

    def is_under(self, theme: str) -> bool:
        """Whether a column of themes that says this says nothing new."""
        return theme == self._column or theme in self.headings

    def is_heading(self, line: str) -> bool:
        """Whether a line outside the table is a heading; the foot of a page is not, and a row may go on behind it."""
        return bool(self.is_theme(line) or HEADING_NUMBER.match(line))

    def _has_parts(self, heading: str) -> bool:
        """Whether a text is the heading of a theme that the publication divides, or of a part of one."""
        theme = theme_of_heading(heading, self._themes)
        return theme is not None and any(theme.broader or other.broader == theme.key for other in self._themes)

    def over_the_table(self, above: Sequence[SourceRow]) -> Iterator[Finding]:
        """Puts the first entries under the headings over the table, as they are in a document with many tables."""
        for row in above:
            if self.is_theme(row.cells[0]):
                yield from self.under(row.cells[0], row.place, in_table=row.in_table)
            elif row is above[-1]:
                self._above = (row.cells[0], row.place)
            else:
                yield Finding("text-outside-table", row.place, words=self._privacy.heading(row.cells[0]))

    def under(self, heading: str, place: Place, *, in_table: bool) -> Iterator[Finding]:
        """Puts the next entries under a heading: that of a theme, or of a part of the theme above it."""
        heading = self._privacy.heading(plain_line(heading))
        theme = theme_of_heading(heading, self._themes)
        numbered = HEADING_NUMBER.match(heading) is not None
        if theme is None and not in_table and not numbered:
            yield Finding("text-outside-table", place, words=heading)
            return
        yield from self._unused()
        above = self.headings[0] if self.headings else ""
        # Of headings that are no theme we know, one without a number is part of one with a number ("2. Zand", "Peil");
        # beside themes without parts it is one more.
        has_parts = bool(HEADING_NUMBER.match(above)) or self._has_parts(above)
        part = bool(theme.broader) if theme else not numbered and has_parts
        before, self.headings = self.headings, (*self.headings[:1], heading) if part else (heading,)
        if self.headings != before:
            yield from self.left_bare(self.headings[:-1])
            self._bare = (*self._bare, (heading, place))

    def entry(self, theme: str, place: Place) -> Iterator[Finding]:
        """Takes note of an entry: something stands under these headings now.

        Args:
            theme: what its column of themes says; an empty one goes on with that of the entry above it.
        """
        if self._above and not (self.headings or theme):
            (heading, over), self._above = self._above, None
            yield from self.under(heading, over, in_table=True)
        yield from self._unused()
        if theme and (theme != self._column or self.headings != self._by_column):
            self._column, self.headings = theme, ()  # no part of the theme before it
            yield from self.under(theme, place, in_table=True)
            self._by_column = self.headings
        for heading, over in self._bare:
            if not self.is_theme(heading):
                yield Finding("unknown-theme", over, words=heading)
        self._bare = ()

    def _unused(self) -> Iterator[Finding]:
        """Says that what stood over the table is the heading of nothing."""
        if self._above:
            (words, over), self._above = self._above, None
            yield Finding("text-outside-table", over, words=self._privacy.heading(words))

    def left_bare(self, over: Sequence[str] = ()) -> Iterator[Finding]:
        """Says under which headings nothing stands, but for those over the next one."""
        if not over:
            yield from self._unused()
        for heading, place in self._bare:
            if heading not in over:
                code = "heading-without-entries" if self.is_theme(heading) else "looks-like-remark"
                yield Finding(code, place, words=heading)
        self._bare = tuple(bare for bare in self._bare if bare[0] in over)
