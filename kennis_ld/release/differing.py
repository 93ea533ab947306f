"""Reads two files of sorted lines side by side and passes over what they share: most releases change little."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import IO

BYTES_AT_ONCE = 4_000_000
"""How much of each file is read at once, about."""

_LINES = 1_024
"""How many lines are compared at once."""


def differing(
    before: IO[bytes], after: IO[bytes], *, at_once: int = BYTES_AT_ONCE
) -> Iterator[tuple[Sequence[bytes], Sequence[bytes]]]:
    """Yields all lines about a subject in the one file and in the other, for each about which they are not the same.

    Args:
        before: sorted lines that begin with their subject and a blank.
        after: others.
        at_once: how many bytes of each are read at once, about.
    """
    old, new = _Side(before, at_once), _Side(after, at_once)
    while (ahead := old.ahead()) or new.ahead():
        # The last subject may go on behind these lines.
        if ahead == new.ahead() and (same := bisect_left(ahead, _subject(ahead[-1]), key=_subject)):
            old.pass_over(same)
            new.pass_over(same)
            continue
        first = min(_subject(lines[0]) for lines in (ahead, new.ahead()) if lines)
        both = old.about(first), new.about(first)
        if both[0] != both[1]:
            yield both


class _Side:
    """A file that is read from its beginning to its end."""

    def __init__(self, file: IO[bytes], at_once: int) -> None:
        self._file = file
        self._at_once = at_once
        self._lines: list[bytes] = []
        self._at = 0

    def ahead(self) -> Sequence[bytes]:
        """Returns the next lines; none at the end."""
        if len(self._lines) - self._at < _LINES:
            self._lines = [*self._lines[self._at :], *self._file.readlines(self._at_once)]
            self._at = 0
        return self._lines[self._at : self._at + _LINES]

    def pass_over(self, lines: int) -> None:
        """Goes on behind so many of the next lines."""
        self._at += lines

    def about(self, subject: bytes) -> Sequence[bytes]:
        """Returns the lines about a subject, and goes on behind them; none where the next line is about another."""
        found: list[bytes] = []
        start = subject + b" "
        while lines := self.ahead():
            here = next((at for at, line in enumerate(lines) if not line.startswith(start)), len(lines))
            found += lines[:here]
            self.pass_over(here)
            if here < len(lines):
                break
        return found


def _subject(line: bytes) -> bytes:
    return line[: line.index(b" ")]
