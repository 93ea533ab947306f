"""Divides the list of a role in pieces: names, what stands in brackets, and what divides them.

Nothing is decided here about who is meant; together the pieces are the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache
from itertools import chain

from kennis_ld.agenda.wording import Words

ENDS = " \t\n,;.:–—-"
"""What is only punctuation at the ends of a name."""

_BRACKET = re.compile(r"[()]")
_PLURAL = re.compile(r"\((?:s|en|n|innen)\)")
_COUNTED = re.compile(r"(?:(?<=\s)|^)(?P<open>\(?)(?P<count>[0-9]{1,2}|[a-z](?=[.):]))(?P<close>[.):]?)\s+(?=[^\W\d_])")
_BULLET = r"(?:[-–—*•▪●◦‣·o✓✔☑➢►→■□❖]|[0-9]{1,2}[.)]|[a-z]\))[^\S\n]+"
_FIRST_BULLET = re.compile(rf"\s*{_BULLET}(?=\S)")
_LINE = re.compile(rf"[^\S\n]*\n\s*(?P<bullet>{_BULLET})?")
_STRONG = re.compile(
    r"(?:(?<![0-9])[,]|,(?![0-9])|[;|•▪●◦‣✓✔☑➢►■□❖])\s*|\s(?:[a-z]|[0-9]{1,2})\)\s+|\s\+\s+|\s·\s+|\s(?:->|[→⇒])\s+"
)
_SLASH = re.compile(r"[^\S\n]*(?:(?<![0-9])/|/(?![0-9]))[^\S\n]*")
_DASH = re.compile(r"[^\S\n]+[-–—&][^\S\n]+")
_TIGHT = re.compile(r"(?<=\w)(?:[+&](?=\w)|\.(?=[A-Z]\w\w))")
_STOP = re.compile(r"(?:(?<=\w\w)\.|(?<=\w[?!]))[^\S\n]+(?=\w)")
_COLON = re.compile(r"[^\S\n]*(?::\s+|\s=\s+)(?=\S)")
_ABBREVIATED = re.compile(r"(?<!\w)\w\.\s?\w$")
_STEP = re.compile(r"\w+|\W")
_WORD = re.compile(r"[\w-]+")
_BEHIND_WORD = re.compile(r",\s*|\s+")


class Kind(Enum):
    """What a piece is. Those that are weak divide only where the register says so."""

    NAME = auto()
    BRACKETS = auto()
    JOIN = auto()
    UNIT_JOIN = auto()
    EITHER = auto()
    LINE = auto()
    SLASH = auto()
    CHAIR = auto()
    ALONGSIDE = auto()
    PERHAPS = auto()
    AMONG = auto()
    OPEN = auto()
    WEAK = auto()
    WEAK_EITHER = auto()
    WEAK_ALONGSIDE = auto()
    DASH = auto()
    STOP = auto()
    COLON = auto()


_SIGNS = (
    (Kind.JOIN, _STRONG),
    (Kind.DASH, _DASH),
    (Kind.SLASH, _SLASH),
    (Kind.COLON, _COLON),
    (Kind.WEAK, _TIGHT),
    (Kind.STOP, _STOP),
)

WEAK = (Kind.UNIT_JOIN, Kind.WEAK, Kind.WEAK_EITHER, Kind.WEAK_ALONGSIDE, Kind.DASH, Kind.STOP, Kind.COLON)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a list: a word group between separators, something in brackets, or what stands between two."""

    kind: Kind
    text: str
    start: int
    end: int


@lru_cache(maxsize=1_024)
def pieces(text: str, words: Words) -> Sequence[Piece]:
    """Returns the pieces of a list; kept, for a cell is looked at for persons before it is read."""
    return tuple(_pieces(text, words))


def _pieces(text: str, words: Words) -> Iterator[Piece]:
    at = start = 0
    first, in_unit, before = 0, False, Kind.NAME
    counted = _counted(text)
    if bullet := _FIRST_BULLET.match(text):
        yield Piece(Kind.JOIN, bullet[0], 0, bullet.end())
        at = start = bullet.end()
    while at < len(text):
        piece = counted.get(at) or _brackets(text, at) or _separator(text, at, words)
        if piece is None:
            period = words.until.match(text, at) if _is_word(text[at]) else None  # "tot en met", "t/m" divide nothing
            at = (period or _STEP.match(text, at)).end()  # type: ignore[union-attr]
            continue
        if text[start : piece.start].strip():
            yield Piece(Kind.NAME, text[start : piece.start], start, piece.start)
            first = first if before in WEAK else start
            in_unit = words.begins_unit(text[first : piece.start].strip())
        if in_unit and piece.kind is Kind.JOIN and (piece.text[0].isalpha() or _is_listed(text, piece, words)):
            piece = replace(piece, kind=Kind.UNIT_JOIN)  # "afd. Onderwijs, Sport en Welzijn"
        before = piece.kind
        yield piece
        at = start = piece.end
    if text[start:].strip():
        yield Piece(Kind.NAME, text[start:], start, len(text))


def _counted(text: str) -> Mapping[int, Piece]:
    """Returns what counts the names of a list from the first on, by its place: '1 UL 2 GL', 'a. UL b. GL'."""
    found: list[re.Match[str]] = []
    for match in _COUNTED.finditer(text):
        first = "1" if match["count"].isdigit() else "a"
        expected = chr(ord(found[-1]["count"]) + 1) if found and first == "a" else str(len(found) + 1)
        alike = not found or (match["open"], match["close"]) == (found[0]["open"], found[0]["close"])
        if alike and match["count"] == (expected if found else first) and (found or not text[: match.start()].strip()):
            found.append(match)
    listed = found if len(found) > 1 else []
    return {match.start(): Piece(Kind.JOIN, match[0], match.start(), match.end()) for match in listed}


def closed_at(run: Sequence[Piece], at: int) -> int:
    """Returns where 'en' closes the list that begins at a piece: 'UL, GL en HsL'; 0 where none does."""
    for end in range(at, len(run)):
        if run[end].kind is Kind.JOIN and run[end].text[0].isalpha():
            return end
        if run[end].kind is not Kind.NAME and (run[end].kind is not Kind.JOIN or run[end].text.strip() != ","):
            break
    return 0


def name_of(text: str) -> str:
    """Returns a name without what is only punctuation around it; the last stop of an abbreviation is part of it.

    >>> name_of(" – Stichting  Bloom?."), name_of("Bouw B.V., ")
    ('Stichting Bloom', 'Bouw B.V.')
    """
    whole = trimmed(text)
    name = whole.rstrip(f"?{ENDS}")
    return f"{name}." if whole.startswith(".", len(name)) and _ABBREVIATED.search(name) else name


def trimmed(text: str) -> str:
    """Returns the words of a party as they stand there, on one line."""
    return " ".join(text.split()).lstrip(ENDS).rstrip(" ,;:–-")


def _is_listed(text: str, comma: Piece, words: Words) -> bool:
    """Whether single words stand behind a comma, up to an 'en': ', Sport en Welzijn'."""
    word = _WORD.match(text, comma.end)
    behind = word and _BEHIND_WORD.match(text, word.end())
    if not word or not behind or comma.text.strip() != ",":
        return False
    if "," in behind[0]:
        return _is_listed(text, Piece(Kind.JOIN, behind[0], behind.start(), behind.end()), words)
    return bool(words.join.match(text, behind.end()))


def _brackets(text: str, at: int) -> Piece | None:
    if text[at] != "(":
        return None
    if _PLURAL.match(text, at) and at and text[at - 1].isalpha():
        return None  # "partner(s)"
    end = _closed(text).get(at)  # a bracket that is never closed is a character of the name
    return Piece(Kind.BRACKETS, text[at:end], at, end) if end else None


@lru_cache(maxsize=8)
def _closed(text: str) -> Mapping[int, int]:
    """Returns behind which place each bracket of a text is closed."""
    found, opened = {}, []
    for sign in _BRACKET.finditer(text):
        if sign[0] == "(":
            opened.append(sign.start())
        elif opened:
            found[opened.pop()] = sign.end()
    return found


def _separator(text: str, at: int, words: Words) -> Piece | None:
    """Returns what divides here; `at` is no place inside a word."""
    if _is_word(text[at]):
        return _phrase(text, at, words)
    if line := _LINE.match(text, at):
        return Piece(Kind.JOIN if line["bullet"] else Kind.LINE, line[0], at, line.end())
    if text[at] == ".":
        word = re.split(r"[\s/(]", text[: at + 1])[-1]
        if any(known.fullmatch(word) for known in (words.unit, words.bodies, words.absent)):
            return None  # "Abt. Speicher", "St. Anna", "excl. UL"
    for kind, pattern in _SIGNS:
        if match := pattern.match(text, at):
            return Piece(kind, match[0], at, match.end())
    if text[at] == "…":
        return _phrase(text, at, words)
    return Piece(Kind.OPEN, "...", at, at + 3) if text.startswith("...", at) else None


def _is_word(character: str) -> bool:
    """Whether it is one of a word, as patterns know it."""
    return character.isalnum() or character == "_"


@lru_cache(maxsize=8)
def _any_phrase(words: Words) -> re.Pattern[str]:
    """Returns what matches wherever one of the phrases does: most words are none, and are then looked at once."""
    always = (words.open, words.either, words.chair, words.alongside, words.among)
    free = (words.join, words.weak, words.weak_alongside, words.perhaps)
    every = (*always, *free, *chain.from_iterable(words.paired))
    return re.compile("|".join(f"(?:{each.pattern})" for each in every), re.IGNORECASE)


def _phrase(text: str, at: int, words: Words) -> Piece | None:
    if not _any_phrase(words).match(text, at):
        return None
    for first, second in words.paired:  # "zowel UL als GL"
        one, other = first.match(text, at), second.match(text, at)
        one = one if one and second.search(text, one.end()) else None
        if paired := one or (other if other and first.search(text, 0, at) else None):
            return Piece(Kind.JOIN, paired[0], at, paired.end())
    for kind, pattern in (
        (Kind.OPEN, words.open),
        (Kind.EITHER, words.either),
        (Kind.CHAIR, words.chair),
        (Kind.ALONGSIDE, words.alongside),
        (Kind.AMONG, words.among),
    ):
        match = pattern.match(text, at)
        form = kind is Kind.AMONG and match and (match[0].isupper() or _is_last(text, match))  # "BV Bouw", "Bouw bv"
        if match and not form:
            return Piece(kind, match[0], at, match.end())
    for kind, pattern in (
        (Kind.JOIN, words.join),
        (Kind.PERHAPS, words.perhaps),
        (Kind.WEAK_EITHER, words.weak),
        (Kind.WEAK_ALONGSIDE, words.weak_alongside),
    ):
        match = pattern.match(text, at)
        # "zorg- en welzijnsinstellingen" is one name, and so is "school(en)"
        goes_on = kind is Kind.WEAK_ALONGSIDE and words.absent.match(text, at)  # "met uitzondering van"
        goes_on = goes_on or (kind is Kind.JOIN and re.search(r"\w(?:-\s+|\()$", text[:at]))
        labels = kind is Kind.PERHAPS and match and text[match.end() : match.end() + 1] == ":"  # "beoogd: UL"
        named = kind is Kind.WEAK_ALONGSIDE and match and _is_name(text, match, words)
        if match and not goes_on and not named and (labels or _stands_free(text, at, match.end())):
            return Piece(kind, match[0], at, match.end())
    return None


def _is_last(text: str, word: re.Match[str]) -> bool:
    """Whether a word without a stop ends what stands between commas."""
    return word[0].isalpha() and text[word.end() :].lstrip()[:1] in {"", ",", ";", ")"}


def _is_name(text: str, word: re.Match[str], words: Words) -> bool:
    """Whether capitals before no other name are one and no word: 'VIA, UL'."""
    rest = text[word.end() :].lstrip()
    return word[0].isupper() and (not rest[:1].isalnum() or words.join.match(rest) is not None)


def _stands_free(text: str, start: int, end: int) -> bool:
    """Whether blanks or commas stand around a word: 'Een enTwee' and 'A-en-B' are names."""
    return (start == 0 or text[start - 1] in " \t\n,;(") and (end == len(text) or text[end] in " \t\n,;)")
