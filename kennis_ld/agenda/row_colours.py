"""Tells whether the colours of rows say something: they do where they are no bands and no theme has one of its own.

In: the colour of each entry's row, in order. Out: a finding about the table, or nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kennis_ld.agenda.colours import as_text, names
from kennis_ld.model import Finding, Place


class RowColours:
    """The colours of the rows so far."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._before: tuple[tuple[str, ...], str] | None = None
        self._changes = self._repeats = 0  # of neighbours under one heading
        self._place: Place | None = None

    def add(self, fill: str, section: tuple[str, ...], place: Place) -> None:
        """Takes note of the colour of an entry's row; empty for none."""
        self._counts[fill] += 1
        if fill and self._place is None:
            self._place = place
        if self._before and self._before[0] == section:
            self._changes += fill != self._before[1]
            self._repeats += fill == self._before[1]
        self._before = (section, fill)

    def said(self) -> Iterator[Finding]:
        """Yields what is to be said when there are no more rows."""
        shown = {fill: names(as_text(fill)) for fill in self._counts if fill}
        kinds = {called[1] for called in shown.values()}
        if self._changes and (len(kinds) > 1 or (kinds and self._repeats)):
            words = ", ".join(f"{described(as_text(fill))}: {self._counts[fill]}" for fill in shown)
            yield Finding("rows-coloured", self._place, words=words)


def described(colour: str) -> str:
    """Returns a colour for a person: 'groen/green (#92d050)'."""
    called = names(colour)
    return f"{'/'.join(dict.fromkeys(called[1:3]))} ({colour})" if len(called) > 1 else colour
