"""Says what the looks of letters mean: a raised "1" refers to a note and is no part of a name, struck text is revoked.

In: pieces of a text with their looks, in order. Out: the text as it is to be read, the same without what is struck, and
the marks that were taken out. What is no mark of a note ("m2", "19e", "10" to the third) stays in the text.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_MARK = re.compile(r"[\[(]?(?:[0-9]{1,2}|[a-h]|\*{1,4}|[†‡§])[\])]?(?:\s*,\s*(?:[0-9]{1,2}|[a-h]))*")
_BRACKETED = re.compile(r"[\[(][0-9a-h*]{1,2}[\])]")
_WORD = re.compile(r"[^\W\d_]{2,}$")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}$")
_UNIT = re.compile(r"(?<![^\W\d_])(?:[CDHKMNcdhkmµn]m|inch|ft|mc)$")
_UNICODE = re.compile(r"[⁰¹²³⁴-⁹]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text that looks the same throughout."""

    text: str
    raised: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as a reader found it.

    Attributes:
        text: what it says, without marks of notes.
        kept: the same without what is struck through; equal to `text` where nothing is.
        marks: the marks of notes that were taken out, each with the word it stood at: "UD (3)".
    """

    text: str
    kept: str
    marks: tuple[str, ...] = ()


def put_together(pieces: Iterable[Piece]) -> Shown:
    """Returns the text that pieces make; its ends are as the pieces have them.

    >>> put_together([Piece("GD, UD"), Piece("3", raised=True), Piece(", HZ", struck=True)])
    Shown(text='GD, UD, HZ', kept='GD, UD', marks=('UD (3)',))
    """
    text = kept = ""
    marks: list[str] = []
    for (raised, struck), run in itertools.groupby(pieces, key=lambda piece: (piece.raised, piece.struck)):
        words = "".join(piece.text for piece in run)
        if raised and is_note_mark(words.strip(), text):
            marks.append(_named(text, words.strip()))
            words = words[len(words.rstrip()) :] and " "
        text += words
        kept += "" if struck else words
    return Shown(text, kept, tuple(marks))


def without_marks(text: str) -> tuple[str, list[str]]:
    """Returns a text without the marks of notes that are raised digits of Unicode ("UD³"), and those marks."""
    marks: list[str] = []

    def taken(match: re.Match[str]) -> str:
        digits = unicodedata.normalize("NFKC", match[0])
        if not is_note_mark(digits, text[: match.start()]):
            return match[0]
        marks.append(_named(text[: match.start()], digits))
        return ""

    return _UNICODE.sub(taken, text), marks


def is_note_mark(raised: str, before: str) -> bool:
    """Whether raised letters refer to a note: not those of a unit ("m2"), an ordinal ("19e") or a power."""
    if not _MARK.fullmatch(raised) or not before or before[-1].isspace():
        return False
    if _BRACKETED.fullmatch(raised) or not before[-1].isalnum():
        return True
    if raised[0].isalpha():
        return _WORD.search(before) is not None
    return bool((_WORD.search(before) and not _UNIT.search(before)) or _YEAR.search(before) or raised[0] in "*†‡§")


def _named(before: str, mark: str) -> str:
    return f"{before.split()[-1]} ({mark.strip('[]()')})"
