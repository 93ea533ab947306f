"""Says what people call the colour behind a cell, and whether the colours of rows say something.

In: rows with the colours that their readers saw. Out: the colour of a cell as a text ("#92d050"), the names of it
("groen", "green", "grün"), and a finding about rows whose colours are no bands and no themes. A cell whose colour is
that of its whole row says nothing of its own.
"""

from __future__ import annotations

import colorsys
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from kennis_ld.agenda.wording import Words
from kennis_ld.model import Finding, Place, SourceRow

_HUES = ((15, "red"), (40, "orange"), (70, "yellow"), (165, "green"), (255, "blue"), (340, "purple"), (361, "red"))
"""Where on the circle of hues each name ends, in degrees."""

_GOLD = 47
"""Up to here a strong yellow is called orange: it is the orange of the office programs."""

_HEX = re.compile(r"#[0-9a-f]{6}")
_SIGN = re.compile(r"(?:LARGE )?(RED|ORANGE|YELLOW|GREEN|BLUE|PURPLE|BROWN|GREY) (?:CIRCLE|SQUARE|HEART)")


def own_colour(row: SourceRow, at: int, beside: int | None) -> str:
    """Returns the colour of an empty cell as a text; nothing where the row has it too.

    Args:
        beside: a column that has the colour of the row, such as that of titles; None where there is none.
    """
    fill = row.fill(at)
    is_own = fill and not row.cells[at].strip() and (beside is None or fill != row.fill(beside))
    return as_text(fill) if is_own else ""


def as_text(fill: str) -> str:
    """Returns a colour as a text that no word can be."""
    return f"#{fill}" if fill else ""


def is_colour(text: str) -> bool:
    """Whether a text is a colour, or a sign that is a colour and nothing else, such as a green dot."""
    return bool(_of(text))


def names(text: str, words: Words) -> Sequence[str]:
    """Returns what a colour is called, itself first ("#92d050", "groen", "green"); of any other text that text."""
    known = _of(text)
    return (text, *dict.fromkeys(words.colours[known])) if known else (text,)


def called(text: str, language: str, words: Words) -> str:
    """Returns the name of a colour in a language, or in English; any other text as it is."""
    return _in(language, _of(text), words) if _HEX.fullmatch(text) else text


def heading_of_row(language: str, words: Words) -> str:
    """Returns what stands before the colour of a row, as the heading of a column before what its cells say."""
    return _in(language, "row", words)


def _in(language: str, name: str, words: Words) -> str:
    languages = words.colours["language"]
    return words.colours[name][languages.index(language[:2] if language[:2] in languages else "en")]


def _of(text: str) -> str:
    """Returns our name of a colour; empty for any other text."""
    if _HEX.fullmatch(text):
        return _name(text[1:])
    signs = text.strip().strip("\ufe0f")
    found = _SIGN.fullmatch(unicodedata.name(signs, "")) if len(signs) == 1 else None
    return found[1].lower() if found else ""


def _name(fill: str) -> str:
    hue, light, _ = colorsys.rgb_to_hls(*(int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4)))
    _, strength, value = colorsys.rgb_to_hsv(*(int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4)))
    if light < 0.1:
        return "black"
    if strength < 0.08:
        return "grey"
    degrees = hue * 360
    name = next(name for end, name in _HUES if degrees < end)
    if name == "yellow" and degrees < _GOLD and strength > 0.7:
        name = "orange"
    return "brown" if name == "orange" and value < 0.65 else name


class RowColours:
    """The colours of the rows so far."""

    def __init__(self, words: Words) -> None:
        self._words = words
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
        shown = {fill: names(as_text(fill), self._words) for fill in self._counts if fill}
        kinds = {called[1] for called in shown.values()}
        if self._changes and (len(kinds) > 1 or (kinds and self._repeats)):
            words = ", ".join(f"{described(as_text(fill), self._words)}: {self._counts[fill]}" for fill in shown)
            yield Finding("rows-coloured", self._place, words=words)


def described(colour: str, words: Words) -> str:
    """Returns a colour for a person: 'groen/green (#92d050)'."""
    called = names(colour, words)
    return f"{'/'.join(dict.fromkeys(called[1:3]))} ({colour})" if len(called) > 1 else colour
