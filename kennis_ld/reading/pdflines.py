"""Puts the words of a PDF together: words on one height are a line, lines of one paragraph are one text.

In: words with their place on the page, in points from its top left corner. Out: lines and paragraphs.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from kennis_ld.reading.wellformed import SOFT_HYPHEN

_HYPHENS = "-‐"
_MARKS = ",.;:()"  # around a word
_SLACK = 0.3  # points, for kerning and rounded places
_GOES_ON = re.compile(r"\w|[,.;:)!?]")
NEAR = 3.0  # points between lines that are taken for one
_AFTER_HYPHEN = re.compile(r"(?:en|of|and|or|t/m)(?!\w)")


Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


class Direction(Enum):
    """In which direction a word is read on the page."""

    ACROSS = "ltr"
    UP = "btt"
    DOWN = "ttb"

    @property
    def is_turned(self) -> bool:
        """Whether the letters lie on their side."""
        return self is not Direction.ACROSS


@dataclass(frozen=True, slots=True)
class Word:
    """A word and the box around it.

    Attributes:
        first: how wide its first letter is, where it is read across the page.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    direction: Direction = Direction.ACROSS
    first: float = 0.0

    def upright(self) -> Word:
        """Returns the word as it stands when the page is turned so that it can be read."""
        if self.direction is Direction.UP:
            return Word(self.text, -self.bottom, -self.top, self.x0, self.x1)
        if self.direction is Direction.DOWN:
            return Word(self.text, self.top, self.bottom, -self.x1, -self.x0)
        return self

    def within(self, box: Box) -> bool:
        """Whether the middle of the word lies in a box of left, top, right and bottom."""
        return box[0] <= (self.x0 + self.x1) / 2 < box[2] and box[1] <= (self.top + self.bottom) / 2 < box[3]


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one height, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with blanks between them."""
        return " ".join(word.text for word in self.words)

    @property
    def top(self) -> float:
        """Where the line begins, from the top of the page."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """Where the line ends, from the top of the page."""
        return max(word.bottom for word in self.words)

    @property
    def x1(self) -> float:
        """Where the line ends, from the left of the page."""
        return max(word.x1 for word in self.words)

    def wraps(self, after: Line, edge: float) -> bool:
        """Whether the next line goes on with this one: its first word did not fit behind it any more."""
        word = after.words[0]
        # A blank is about a quarter of the height of the letters; the rest is for kerning and for edges not quite met.
        blank = (word.bottom - word.top) * 0.9
        return self.x1 + blank + (word.x1 - word.x0) > edge


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Returns words as lines, from the top to the bottom."""
    lines: list[list[Word]] = []
    given = list(words)
    if len({word.direction for word in given}) == 1:
        given = [word.upright() for word in given]
    for word in sorted(given, key=lambda item: (item.top, item.x0)):
        middle = (word.top + word.bottom) / 2
        if lines and lines[-1][0].top <= middle <= lines[-1][0].bottom:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [Line(tuple(sorted(line, key=lambda item: item.x0))) for line in lines]


def edge_of(cells: Sequence[tuple[Box, Sequence[Line]]]) -> float:
    """Returns how far to the right a line can come in a column, as much room being left there as before it.

    Args:
        cells: the cells of the column with their lines; one that reaches into the next column does not count.
    """
    right = min((box[2] for box, _ in cells), default=0.0)
    own = [(box, line) for box, lines in cells for line in lines if box[2] <= right + NEAR]
    room = min((line.words[0].x0 - box[0] for box, line in own), default=right)
    return max([right - max(room, 0.0), *(line.x1 for _, line in own)])


def words_apart(lines: Iterable[Line]) -> Iterator[str]:
    """Yields the words that stand behind another one on their line: none of these is a piece of a torn word."""
    return (word.text.casefold().strip(_MARKS) for line in lines for word in line.words[1:])


def paragraph(lines: Sequence[Line], edge: float, apart: Collection[str] = ()) -> str:
    """Returns the text of a cell: a line that breaks off before the edge ends its paragraph.

    Args:
        apart: `words_apart` of the table.
    """
    text = lines[0].text if lines else ""
    for line, after in itertools.pairwise(lines):
        text += _between(line, after, edge, apart) + after.text
    return text.replace(SOFT_HYPHEN, "")


def broken_words(lines: Sequence[Line], edge: float) -> list[str]:
    """Returns the words of a cell that were put together over the end of a line and may have a hyphen too many."""
    found = []
    for line, after in itertools.pairwise(lines):
        goes_on = line.wraps(after, edge) and _goes_on(line.text, after.text)
        if goes_on and not line.text.endswith(SOFT_HYPHEN):
            found.append(line.words[-1].text + after.words[0].text)
    return found


def torn_words(lines: Sequence[Line], edge: float, apart: Collection[str] = ()) -> list[str]:
    """Returns the words of a cell that seem to be torn because they are longer than it is wide, as they are read."""
    found: list[str] = []
    goes_on = False
    for line, after in itertools.pairwise(lines):
        went_on, goes_on = goes_on, _is_torn(line, after, edge)
        if goes_on:
            begun = found.pop() if went_on else line.text
            found.append(begun + _between(line, after, edge, apart) + after.words[0].text)
    return [word.strip(_MARKS) for word in found]


def _between(line: Line, after: Line, edge: float, apart: Collection[str]) -> str:
    """Returns what stands between two lines of a cell: a blank, the end of a paragraph, or nothing within a word."""
    if not line.wraps(after, edge):
        return "\n"
    rest = after.words[0].text
    is_one = _is_torn(line, after, edge) and (rest[0].islower() or rest[0] in _MARKS)
    is_one = is_one and not any(word.casefold().strip(_MARKS) in apart for word in (line.words[-1].text, rest))
    return "" if is_one or _goes_on(line.text, after.text) else " "


def _is_torn(line: Line, after: Line, edge: float) -> bool:
    """Whether a word fills its line: the first letter of the next line, which may go on with it, did not fit."""
    word, rest = line.words[0], after.words[0].text
    if len(line.words) > 1 or not word.text[-1].isalnum() or rest[0].isupper() or not _GOES_ON.match(rest):
        return False
    return edge - word.x1 < after.words[0].first + _SLACK


def _goes_on(before: str, after: str) -> bool:
    """Whether a hyphen at the end of a line belongs to a word that goes on: 'e-' + 'Health', not 'thuis-' + 'en'."""
    if before.endswith(SOFT_HYPHEN):
        return True
    joins = before[-1:] in _HYPHENS and before[-2:-1].isalnum() and after[:1].isalnum()
    return joins and not _AFTER_HYPHEN.match(after)
