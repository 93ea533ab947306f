"""Reads a parties cell: `T: UL en GL P: HsL, mboR, LUMC e.a.` becomes mentions with their role, groups and open lists.

The grammar is written down in `docs/grammar.md`. It takes the cell as printed and a lexicon (what the register of the
publication calls its organisations and groups), because only the register can tell whether 'Leiden en Partners' is one
name or two, and whether 'UL/FSW' is a unit or a pair. Every word of the cell ends in one of the parties that come out,
in the order of the cell; names of contact persons do not come out at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from kennis_ld.agenda import wording
from kennis_ld.model import Contact, Group, Mention, OpenList, Party, Remark, Role, Unread

MOST_WORDS_IN_A_NAME = 8
"""How many pieces between commas, slashes and 'en' one name may have ('UL, faculteit rechtsgeleerdheid' has two)."""

_ENDS = " \t\n,;.:–-"


class Lexicon(Protocol):
    """What the register knows of names."""

    def organisations(self, name: str) -> Sequence[str]:
        """Returns the keys of the organisations that bear the name."""
        ...

    def is_group(self, name: str) -> bool:
        """Whether the name is that of a group of the publication's list."""
        ...

    def is_open(self, group: str) -> bool:
        """Whether the publication's list says that the members of this group are left open."""
        ...

    def is_unit(self, unit: str, whole: str) -> bool:
        """Whether one organisation is a unit, of any depth, of the other; both by key."""
        ...


def parties(cell: str, *, role: Role | None, lexicon: Lexicon) -> tuple[Party, ...]:
    """Returns what a parties cell says, in its order.

    Args:
        cell: as printed.
        role: the role that the column gives; None where the cell itself says so with 'T:' and 'P:'.
        lexicon: what the register knows of names.
    """
    found: list[Party] = []
    for part_role, text in _by_role(cell, role):
        text, contacts = _without_contact(text)
        found += contacts
        if not text.strip(_ENDS):
            continue
        if part_role is None:
            found.append(Unread(text.strip()))
        else:
            found += _Reader(part_role, lexicon).read(text)
    return tuple(found)


def masked(cell: str) -> str:
    """Returns the cell with every name of a contact person replaced by '[naam]'.

    >>> masked("T: GL P: UL Contact: Voor Beeld")
    'T: GL P: UL Contact: [naam]'
    """
    pieces: list[str] = []
    at = 0
    while match := wording.CONTACT.search(cell, at):
        until = wording.ROLE.search(cell, match.end())
        end = until.start() if until else len(cell)
        name = cell[match.end() : end]
        pieces += [cell[at : match.end()], f" {wording.MASK}" if name.strip() else "", " " if until else ""]
        at = end
    return "".join([*pieces, cell[at:]])


def roles_in_heading(heading: str, role: Role | None) -> tuple[Role, ...]:
    """Returns the roles that the heading of a column calls intended: 'P: overige (beoogde) Partners'."""
    parts = _by_role(heading, role) if role is None else [(role, heading)]
    return tuple(part_role for part_role, text in parts if part_role and wording.INTENDED.search(text))


def _by_role(cell: str, role: Role | None) -> Iterator[tuple[Role | None, str]]:
    """Divides a cell at 'T:' and 'P:'; what stands before the first has the role of the column."""
    start, current = 0, role
    for match in wording.ROLE.finditer(cell):
        if cell[start : match.start()].strip(_ENDS):
            yield current, cell[start : match.start()]
        current = Role.LEAD if match["role"][0].upper() in "TL" else Role.PARTNER
        start = match.end()
    if cell[start:].strip(_ENDS):
        yield current, cell[start:]


def _without_contact(text: str) -> tuple[str, list[Party]]:
    match = wording.CONTACT.search(text)
    return (text[: match.start()], [Contact()]) if match else (text, [])


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a list: a word group between separators, something in brackets, or what stands between two."""

    kind: str  # name, brackets, join, slash, chair, alongside, open
    text: str
    start: int
    end: int


class _Reader:
    """Reads the list of one role."""

    def __init__(self, role: Role, lexicon: Lexicon) -> None:
        self._role = role
        self._lexicon = lexicon

    def read(self, text: str) -> list[Party]:
        """Returns the parties of a list, in its order."""
        pieces = list(_pieces(text))
        found: list[Party] = []
        alongside = ""
        at = 0
        while at < len(pieces):
            piece = pieces[at]
            if piece.kind in {"name", "brackets"} and (reach := self._known_reach(text, pieces, at)) > at:
                found.append(self._party(text[piece.start : pieces[reach - 1].end], alongside))
                at = reach
                continue
            match piece.kind:
                case "name":
                    reach = self._unknown_reach(pieces, at)
                    found.append(self._party(text[piece.start : pieces[reach - 1].end], alongside))
                    at = reach
                    continue
                case "brackets":
                    self._bracketed(piece.text, found)
                case "open":
                    found.append(OpenList(piece.text.strip(), self._role))
                case "alongside":
                    alongside = piece.text.strip(" ,")
                case _:
                    pass
            at += 1
        return found

    def _known_reach(self, text: str, pieces: Sequence[_Piece], at: int) -> int:
        """Returns the index behind the longest run of pieces from `at` that the register knows as one name, or `at`."""
        most = min(len(pieces), at + 2 * MOST_WORDS_IN_A_NAME)
        for end in range(most, at, -1):
            if pieces[end - 1].kind in {"name", "brackets"} and self._knows(
                text[pieces[at].start : pieces[end - 1].end]
            ):
                return end
            if self._is_unit_pair(pieces[at:end]):
                return end
        return at

    def _unknown_reach(self, pieces: Sequence[_Piece], at: int) -> int:
        """A tight slash behind a name ('UL/Lab') keeps an unknown pair together: it says 'unit of', not 'and'."""
        if at + 2 < len(pieces) and pieces[at + 1].kind == "slash" and pieces[at + 1].text == "/":
            after = pieces[at + 2]
            if after.kind == "name" and not self._knows(after.text):
                return at + 3
        return at + 1

    def _is_unit_pair(self, pieces: Sequence[_Piece]) -> bool:
        """Whether 'A/B' names the unit B of A, both known, or the known A and something unknown that is close to it."""
        if [piece.kind for piece in pieces] != ["name", "slash", "name"]:
            return False
        wholes, units = (self._lexicon.organisations(name_of(pieces[at].text)) for at in (0, 2))
        if units:
            return any(self._lexicon.is_unit(unit, whole) for unit in units for whole in wholes)
        return bool(wholes) and not self._knows(pieces[2].text) and pieces[1].text == "/"

    def _knows(self, text: str) -> bool:
        name = name_of(text)
        return bool(self._lexicon.organisations(name)) or self._lexicon.is_group(name)

    def _party(self, text: str, alongside: str) -> Party:
        name = name_of(text)
        if self._lexicon.is_group(name) or (not self._lexicon.organisations(name) and wording.INDEFINITE.match(name)):
            return Group(_trimmed(text), self._role)
        doubt = "?" if text.rstrip(_ENDS).endswith("?") else alongside
        return Mention(_trimmed(text), self._role, doubt=doubt)

    def _bracketed(self, brackets: str, found: list[Party]) -> None:
        """Reads what stands in brackets: a period, parties of the register, or a remark."""
        inside = brackets.strip()[1:].removesuffix(")").strip()
        period = wording.PERIOD.fullmatch(inside)
        if period and found and isinstance(found[-1], Mention) and (day := _date(period)):
            ends = " ".join(period["word"].lower().split()) in wording.PERIOD_END
            found[-1] = replace(found[-1], end=day) if ends else replace(found[-1], start=day)
            return
        if inside and not inside.strip("? ") and found and isinstance(found[-1], Mention):
            found[-1] = replace(found[-1], doubt="?")
            return
        inner = self.read(inside)
        if any(self._knows(party.text) for party in inner if isinstance(party, Mention | Group)):
            found += inner
        elif inside:
            found.append(Remark(inside, self._role))


def is_open_group(text: str, lexicon: Lexicon) -> bool:
    """Whether a group leaves open who belongs to it: 'div. instellingen' does, 'inwoners' does not."""
    return wording.INDEFINITE.match(text) is not None or lexicon.is_open(name_of(text))


def _pieces(text: str) -> Iterator[_Piece]:
    """Divides a list in pieces; together they are the whole text."""
    at = start = 0
    while at < len(text):
        piece = _brackets(text, at) or _separator(text, at)
        if piece is None or piece.end == at:
            at += 1
            continue
        if text[start : piece.start].strip():
            yield _Piece("name", text[start : piece.start], start, piece.start)
        yield piece
        at = start = piece.end
    if text[start:].strip():
        yield _Piece("name", text[start:], start, len(text))


def _brackets(text: str, at: int) -> _Piece | None:
    if text[at] != "(":
        return None
    depth = 0
    for end in range(at, len(text)):
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        if depth == 0:
            return _Piece("brackets", text[at : end + 1], at, end + 1)
    return None  # a bracket that is never closed is a character of the name


def _separator(text: str, at: int) -> _Piece | None:
    for kind, pattern in (
        ("open", wording.OPEN_LIST),
        ("chair", wording.CHAIR),
        ("alongside", wording.ALONGSIDE),
        ("join", wording.JOIN),
        ("slash", wording.SLASH),
    ):
        if (match := pattern.match(text, at)) and match.end() > at:
            return _Piece(kind, match[0], at, match.end())
    return None


def name_of(text: str) -> str:
    """Returns a name without what is only punctuation around it."""
    return _trimmed(text).rstrip(f"?{_ENDS}")


def _trimmed(text: str) -> str:
    return re.sub(r"\s+", " ", text).lstrip(_ENDS).rstrip(" ,;:–-")


def _date(period: re.Match[str]) -> date | None:
    year = int(period["year"])
    try:
        return date(year + 2000 if year < 100 else year, int(period["month"]), int(period["day"]))
    except ValueError:
        return None
