"""Says what people call the colour behind a cell, where a status or a mark is a colour and nothing else.

In: rows with the colours that their readers saw. Out: the colour of a cell as a text ("#92d050"), and the names of it:
"groen", "green", "grün". A cell whose colour is that of its whole row says nothing of its own.
"""

from __future__ import annotations

import colorsys
import re
import unicodedata
from collections.abc import Sequence

from kennis_ld.model import SourceRow

_LANGUAGES = ("nl", "en", "de")
_NAMES = {
    "red": ("rood", "red", "rot"),
    "orange": ("oranje", "orange", "orange"),
    "yellow": ("geel", "yellow", "gelb"),
    "green": ("groen", "green", "grün"),
    "blue": ("blauw", "blue", "blau"),
    "purple": ("paars", "purple", "lila"),
    "brown": ("bruin", "brown", "braun"),
    "grey": ("grijs", "grey", "grau"),
    "black": ("zwart", "black", "schwarz"),
}
_HUES = ((15, "red"), (40, "orange"), (70, "yellow"), (165, "green"), (255, "blue"), (340, "purple"), (361, "red"))
"""Where on the circle of hues each name ends, in degrees."""

_GOLD = 47
"""Up to here a strong yellow is called orange: it is the orange of the office programs."""

_HEX = re.compile(r"#[0-9a-f]{6}")
_SIGN = re.compile(r"(?:LARGE|HEAVY|MEDIUM)? ?(\w+) (?:CIRCLE|SQUARE|HEART)")


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


def names(text: str) -> Sequence[str]:
    """Returns what a colour is called, itself first; of any other text that text.

    >>> names("#92d050"), names("ja")
    (('#92d050', 'groen', 'green', 'grün'), ('ja',))
    """
    known = _of(text)
    return (text, *dict.fromkeys(_NAMES[known])) if known else (text,)


def called(text: str, language: str) -> str:
    """Returns the name of a colour in a language; any other text as it is."""
    known = _of(text) if _HEX.fullmatch(text) else ""
    at = _LANGUAGES.index(language[:2]) if language[:2] in _LANGUAGES else 1
    return _NAMES[known][at] if known else text


def _of(text: str) -> str:
    """Returns our name of a colour; empty for any other text."""
    if _HEX.fullmatch(text):
        return _name(text[1:])
    signs = text.strip().strip("\ufe0f")
    found = _SIGN.fullmatch(unicodedata.name(signs, "")) if len(signs) == 1 else None
    if not found:
        return ""
    name = found[1].lower()
    return name if name in _NAMES and name != "black" else ""


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
