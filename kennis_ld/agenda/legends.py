"""Reads a legend: what a document itself says that its signs, letters and colours mean.

In: a text ("● trekt, ○ doet mee") or a row, and the signs that stand in the cells of the table. Out: signs with their
meanings, in their order, and the role that a meaning gives. What explains no sign of the table is no legend.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from kennis_ld.agenda.colours import as_text, names
from kennis_ld.agenda.headers import plain_line
from kennis_ld.agenda.text import one_line
from kennis_ld.agenda.top import MOST_COLOURED
from kennis_ld.agenda.wording import Words, fold
from kennis_ld.model import Role, SourceRow

Meaning = tuple[str, str]
"""A sign as it is compared (`fold`), and what it means."""

_BETWEEN = re.compile(r"\s*[,;|\n]\s*|(?<=\w)\.\s+|\s{2,}")
_EQUALS = re.compile(r"\s*(?:=|:|\s[–-]\s)\s*")
_LONGEST_SIGN = 12
_LONGEST_MEANING = 80


def meanings_of(row: SourceRow, signs: Collection[str], words: Words) -> Sequence[Meaning]:
    """Returns what a row of any kind says of signs; nothing for a row that is no legend.

    Args:
        signs: those that stand in the cells of the table, folded; a colour by all its names.
    """
    filled = [(at, plain_line(cell)) for at, cell in enumerate(row.cells) if cell.strip()]
    if not filled:
        return ()
    if len(filled) == 1:
        at, text = filled[0]
        return tuple(_of_colour(row, at, text, signs)) or meanings(one_line(text), signs, words)
    texts = [text for _, text in filled]
    # An entry with the marks "1", "x" and "y" is no legend in which "x" means "y".
    if len(texts) % 2 == 0 and [fold(text) in signs for text in texts] == [True, False] * (len(texts) // 2):
        return tuple((fold(sign), meaning) for sign, meaning in zip(texts[::2], texts[1::2], strict=True))
    told = [meanings(text, signs, words) for text in texts]
    return tuple(pair for pairs in told for pair in pairs) if all(told) else ()


def meanings(text: str, signs: Collection[str], words: Words) -> Sequence[Meaning]:
    """Returns what a text says of signs ("Legenda: ● trekt, ○ doet mee"); nothing for a text that is no legend."""
    text = words.rows["legend head"].sub("", text.strip("()[] \n"))
    found: list[Meaning] = []
    for part in filter(None, _BETWEEN.split(text)):
        pair = _pair(part, signs)
        if pair:
            found.append(pair)
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]}, {part}")
        else:
            return ()
    is_legend = any(sign in signs for sign, _ in found)
    return tuple(found) if is_legend and all(len(meaning) <= _LONGEST_MEANING for _, meaning in found) else ()


def role_said(meaning: str, words: Words) -> str | None:
    """Returns what [marks] would say for a meaning: a word for a role, with "?" in doubt, or nothing ("left_out").

    None where it says no role, or two.
    """
    if words.marks["left_out"].search(meaning) or words.nobody.fullmatch(meaning):
        return "left_out"
    roles = [words.role_of(match) for match in words.role.finditer(meaning) if len(match["role"]) > 1]
    narrower = next((role for role in roles if role.broader), None)
    leads = bool(words.marks["lead"].search(meaning)) or Role.LEAD in roles
    takes_part = bool(words.marks["partner"].search(meaning)) or Role.PARTNER in roles
    if narrower is None and leads is takes_part:
        return None
    said = narrower.label if narrower else "lead" if leads else "partner"
    is_doubtful = any(pattern.search(meaning) for pattern in (words.doubt, words.intended))
    return f"{said}?" if is_doubtful else said


def _pair(part: str, signs: Collection[str]) -> Meaning | None:
    """Returns sign and meaning: "● trekt", "G = op schema", "op schema: groen"."""
    pieces = _EQUALS.split(part, maxsplit=1)
    behind = _EQUALS.split(pieces[-1], maxsplit=1)
    if len(pieces) == len(behind) == 2 and fold(behind[0].strip()) in signs:  # "RAG: R = delayed"
        pieces = behind
    if len(pieces) == 2:
        left, right = (piece.strip() for piece in pieces)
        if fold(right) in signs and fold(left) not in signs:
            left, right = right, left
        is_sign = fold(left) in signs or (len(left) <= _LONGEST_SIGN and " " not in left)
        return (fold(left), right) if is_sign and right else None
    sign, _, meaning = part.partition(" ")
    if meaning and (fold(sign) in signs or (len(sign) <= 2 and not sign.isalnum()) or _is_raised(sign)):
        return fold(sign), meaning.strip()
    return None


def _of_colour(row: SourceRow, at: int, text: str, signs: Collection[str]) -> Iterator[Meaning]:
    """Yields what a text in a coloured cell, or beside one, says of that colour."""
    coloured = [each for each, fill in enumerate(row.fills) if fold(as_text(fill)) in signs]
    is_beside = not {at, at - 1, at + 1}.isdisjoint(coloured)
    if is_beside and len(coloured) <= MOST_COLOURED and len(text) <= _LONGEST_MEANING:
        yield fold(as_text(row.fill(coloured[0]))), text


def _is_raised(sign: str) -> bool:
    return all(character in "⁰¹²³⁴⁵⁶⁷⁸⁹*†‡§" for character in sign)


def with_names(signs: Collection[str], words: Words) -> frozenset[str]:
    """Returns signs folded, a colour by all its names."""
    return frozenset(fold(name) for sign in signs for name in names(sign, words))
