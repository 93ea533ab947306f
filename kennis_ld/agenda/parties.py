"""Reads a parties cell: `T: UL en GL P: HsL, mboR, LUMC e.a.` becomes mentions with their role, groups and open lists.

The grammar is written down in `docs/grammar.md`. It takes the cell as printed, with its line breaks; the words of the
language; and a lexicon (what the register of the publication calls its organisations and groups), because only the
register can tell whether 'Leiden en Partners' is one name or two, and whether 'UL/FSW' is a unit or a pair. Every word
of the cell ends in one of the parties that come out, in the order of the cell; contact persons do not come out at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from kennis_ld.agenda.names import AROUND, MOST_WORDS_IN_A_NAME, Lexicon, Names, candidates, names_of
from kennis_ld.agenda.persons import masked_cell
from kennis_ld.agenda.pieces import ENDS, Kind, Piece, name_of, pieces, trimmed
from kennis_ld.agenda.wording import MASKED, Words
from kennis_ld.model import (
    AnyRole,
    Contact,
    Group,
    Mention,
    Nobody,
    OpenList,
    Party,
    Remark,
    Resolution,
    Role,
    Unknown,
    Unread,
)

__all__ = ["MOST_WORDS_IN_A_NAME", "Lexicon", "name_of", "parties", "roles_in_heading"]

_COLON = re.compile(r"\s*[:=]")
_ALONE = re.compile(r"[^\S\n]*(?:\n|[–—-]\s)")
_LINE_START = re.compile(r"(?:^|[\n,;./|])\s*(?:[-–—*•]\s+)?$")
_SHARE = re.compile(
    r"[0-9]+(?:[.,][0-9]+)?\s?(?:%|procent|percent|fte)"
    r"|(?:€|EUR|euro)\s?[0-9][0-9.,]*(?:\s?(?:k|mln|mio|m))?|[0-9][0-9.,]*\s?(?:k€|€|euro|EUR|k\b)",
    re.IGNORECASE,
)
"""A share of the work or the money, no part of a name: '40%', '€ 50.000', '0,5 fte'."""


def parties(cell: str, *, role: AnyRole | None, lexicon: Lexicon, words: Words) -> tuple[Party, ...]:
    """Returns what a parties cell says, in its order.

    Args:
        cell: as printed.
        role: the role that the column gives; None where the cell itself says so with 'T:' and 'P:'.
        lexicon: what the register knows of names.
        words: the words of the language.
    """
    found: list[Party] = []
    cell = _divided(masked_cell(cell, words=words, lexicon=lexicon), words)
    for part_role, text in _by_role(cell, role, names_of(lexicon, words), words):
        reader = _Reader(part_role or Role.PARTNER, lexicon, words)
        read = reader.read(text)
        if part_role is None and not reader.marked:
            found += [party for party in read if isinstance(party, Contact)]
            if name_of(rest := MASKED.sub("", text)) and not all(isinstance(party, Contact) for party in read):
                found.append(Unread(rest.strip()))
            continue
        found += read
    return tuple(found)


def _divided(cell: str, words: Words) -> str:
    """Returns a masked cell in which a comma stands for what leads up to a person: 'GK contactpersoon: [naam]'."""
    done, at = [], 0
    for match in MASKED.finditer(cell):
        before = cell[at : match.start()]
        starts = [
            found.start()
            for pattern in (words.contact, words.title)
            for found in pattern.finditer(before)
            if not _leads_up(words, before[found.start() :]).strip(" .:–-")
        ]
        head = before[: min(starts)] if starts else before
        apart = "," if head.rstrip()[-1:].isalnum() else ""
        done += [f"{head.rstrip()}{apart} {match[0]}"]
        at = match.end()
    return "".join([*done, cell[at:]])


def _leads_up(words: Words, text: str) -> str:
    for pattern in (words.contact, words.title):
        text = pattern.sub(" ", text)
    return text


def roles_in_heading(heading: str, role: AnyRole | None, *, words: Words) -> tuple[AnyRole, ...]:
    """Returns the roles that the heading of a column calls intended: 'P: overige (beoogde) Partners'."""
    parts = _at_colons(heading, role, words) if role is None else [(role, heading)]
    return tuple(part_role for part_role, text in parts if part_role and words.intended.search(text))


def roles_named(text: str, words: Words) -> tuple[AnyRole, ...]:
    """Returns the roles whose word stands in a text with a colon behind it: 'T: Trekker P: overige Partners'."""
    return tuple(words.role_of(match) for match in words.role.finditer(text) if _COLON.match(text, match.end()))


def role_at_start(text: str, words: Words) -> AnyRole | None:
    """Returns the role that a text begins with: 'T: UL'."""
    match = words.role.match(text)
    return words.role_of(match) if match and _COLON.match(text, match.end()) else None


def _at_colons(text: str, role: AnyRole | None, words: Words) -> Iterator[tuple[AnyRole | None, str]]:
    start, current = 0, role
    for match in words.role.finditer(text):
        if colon := _COLON.match(text, match.end()):
            yield current, text[start : match.start()]
            start, current = colon.end(), words.role_of(match)
    yield current, text[start:]


def _by_role(cell: str, role: AnyRole | None, names: Names, words: Words) -> Iterator[tuple[AnyRole | None, str]]:
    """Divides a cell at the words that give a role; what stands before the first has the role of the column."""
    start, current = 0, role
    for match in words.role.finditer(cell):
        end = _end_of_role(cell, match, names, words)
        if match.start() < start or not end:
            continue
        if cell[start : match.start()].strip(f"{ENDS}/|"):
            yield current, cell[start : match.start()].rstrip("/| \t\n-–—•*")
        current, start = words.role_of(match), end
    if cell[start:].strip(f"{ENDS}/|"):
        yield current, cell[start:]


def _end_of_role(cell: str, match: re.Match[str], names: Names, words: Words) -> int:
    """Returns where a word that gives a role ends: at its colon, its line, or before a name of the register; else 0."""
    if colon := _COLON.match(cell, match.end()):
        return colon.end()
    word = match["role"]
    if words.weak_alongside.fullmatch(word) or not _LINE_START.search(cell[: match.start()]):
        return 0
    if len(word) > 3 and (alone := _ALONE.match(cell, match.end())):
        return alone.end()
    rest = cell[match.end() :]
    if not rest[:1].isspace():
        return 0
    run = pieces(rest, words)
    line = re.split(r"[,;\n/]", cell[match.start() :])[0]
    if len(word) > 3 and (being := words.being.match(rest.lstrip())):
        return match.end() + len(rest) - len(rest.lstrip()) + being.end()
    end = names.reach(rest, run, 0) if run else 0
    known = end and not isinstance(names.resolved(rest[: run[end - 1].end]), Unknown)
    return match.end() if known and not names.knows(line) else 0


class _Reader:
    """Reads the list of one role; `marked` says whether a word behind a name gave it a role ('GK (trekker)')."""

    def __init__(self, role: AnyRole, lexicon: Lexicon, words: Words) -> None:
        self._role = role
        self._words = words
        self._lexicon = lexicon
        self._names = names_of(lexicon, words)
        self._alongside = ""
        self._perhaps = ""
        self.marked = False

    def read(self, text: str) -> list[Party]:
        """Returns the parties of a list, in its order."""
        run = pieces(text, self._words)
        found: list[Party] = []
        at = 0
        while at < len(run):
            at = self._step(text, run, at, found)
        if self._perhaps:  # words for 'perhaps' before nobody
            found.append(Remark(self._perhaps, self._role))
            self._perhaps = ""
        return found

    def _step(self, text: str, run: Sequence[Piece], at: int, found: list[Party]) -> int:
        piece = run[at]
        end = self._names.reach(text, run, at)
        if end > at and not self._goes_on(text, run, end):
            found.append(self._named(text[piece.start : run[end - 1].end], run[at:end]))
            return end
        match piece.kind:
            case Kind.NAME:
                end = self._names.reaches_over(text, run, at + 1)
                wrapped = any(part.kind is Kind.LINE for part in run[at:end])
                read = self._unknown(text[piece.start : run[end - 1].end], found, wrapped=wrapped)
                if end < len(run) and run[end].kind is Kind.COLON and _are_unknown(read):
                    names = [party.text for party in read if isinstance(party, Mention)]
                    read = [Remark(name, self._role, before_colon=True) for name in names]
                found += read
                return end
            case Kind.BRACKETS:
                self._bracketed(piece.text, found)
            case Kind.OPEN:
                found.append(OpenList(piece.text.strip(), self._role))
            case Kind.ALONGSIDE | Kind.WEAK_ALONGSIDE:
                self._alongside = piece.text.strip(" ,")
            case Kind.PERHAPS:
                self._perhaps = piece.text.strip()
            case Kind.EITHER | Kind.WEAK_EITHER:
                self._doubted(found, piece.text.strip())
                self._perhaps = piece.text.strip()
            case Kind.AMONG:
                more = at + 1 < len(run)  # "u. a." at the end leaves the list open and is about no name
                if more and found and isinstance(last := found[-1], Mention) and isinstance(last.resolution, Unknown):
                    found[-1] = Group(last.text, last.role, open=True)
                found.append(OpenList(piece.text.strip(), self._role))
            case _:
                pass
        return at + 1

    def _goes_on(self, text: str, run: Sequence[Piece], end: int) -> bool:
        """Whether a known name is only the beginning of an unknown one: 'Hogeschool Z of the Arts'."""
        if (
            end + 1 >= len(run)
            or run[end].kind not in {Kind.WEAK, Kind.WEAK_EITHER}
            or run[end - 1].kind is not Kind.NAME
        ):
            return False
        return run[end + 1].kind is Kind.NAME and not self._names.divides(text, run, end)

    def _named(self, text: str, run: Sequence[Piece] = ()) -> Party:
        """Returns the party of a name that the register knows, or of a known name with an unknown unit ('UL/Lab')."""
        if isinstance(resolution := self._names.resolved(text), Unknown):
            resolution = self._names.unit(run) or resolution
        if isinstance(resolution, Unknown) and self._names.is_group(text):
            name = name_of(text)
            return self._group(
                trimmed(text), open=self._lexicon.is_open(name) or bool(self._words.indefinite.match(name))
            )
        return self._mention(text, name_of(text), resolution)

    def _mention(self, text: str, name: str, resolution: Resolution, *, wrapped: bool = False) -> Mention:
        doubt = "?" if text.rstrip(ENDS).endswith("?") else self._perhaps or self._alongside
        self._perhaps = ""
        return Mention(trimmed(text), self._role, doubt=doubt, name=name, resolution=resolution, wrapped=wrapped)

    def _group(self, text: str, *, open: bool) -> Group:  # noqa: A002
        self._perhaps = ""
        return Group(text, self._role, open=open)

    def _unknown(self, text: str, found: list[Party], *, wrapped: bool) -> list[Party]:
        """Reads words that the register does not know as they stand."""
        name = name_of(text)
        if MASKED.search(text):
            return self._with_person(text, found)
        if not name.strip("/|") and "?" not in text:
            return []
        if self._said(name) == "about" and not self._is_nobody(text) and self._about(name, found):
            return []
        if self._words.title.fullmatch(name) or self._words.contact.fullmatch(name):
            return [Remark(trimmed(text), self._role)]  # an office without a name
        if self._is_nobody(text):
            return [Nobody(trimmed(text), self._role)]
        if segments := self._names.segmented(name):
            return [self._named(segment) for segment in segments]
        if unit := self._unit(text, found):
            return [unit]
        if (group := self._as_group(name)) is not None:
            return [self._group(trimmed(text), open=group)]
        return self._with_suffix(text, found) or [self._mention(text, name, Unknown(), wrapped=wrapped)]

    def _with_person(self, text: str, found: list[Party]) -> list[Party]:
        """Reads what stands beside the mask of a contact person."""
        rest = self._bare(text)
        read = self._unknown_or_known(rest, found) if name_of(rest).strip("=/|()") else []
        return [*read, Contact()]

    def _unknown_or_known(self, text: str, found: list[Party]) -> list[Party]:
        return [self._named(text)] if self._names.knows(text) else self._unknown(text, found, wrapped=False)

    def _is_nobody(self, text: str) -> bool:
        name = name_of(name_of(text).strip(AROUND))
        if not name:
            return "?" in text
        bare = name_of(self._words.whom.sub(" ", name)) or name
        if self._words.nobody.fullmatch(bare) or self._words.nobody.fullmatch(f"{bare}."):
            return True
        start = self._words.nobody_start.match(name)
        rest = name[start.end() :] if start else ""
        return start is not None and (not rest.strip() or (rest[0].isspace() and rest.strip()[0].islower()))

    def _as_group(self, name: str) -> bool | None:
        """Returns whether the members of a group are left open; None for what is no group."""
        if match := self._words.indefinite.match(name):
            rest = name[match.end() :].strip()
            if name[0].isdigit():
                return True if self._words.groups.search(rest) else None
            if rest[:1].islower() or name[0].islower() or self._words.groups.match(rest):
                return True
        if self._words.groups.fullmatch(name) or (name == name.lower() and self._words.groups.search(name)):
            return False
        if match := self._words.groups.match(name):
            rest = name[match.end() :].strip()
            return False if name[0].islower() or rest[:1].islower() else None
        return None

    def _unit(self, text: str, found: list[Party]) -> Remark | None:
        """Returns the remark that an unknown part of the organisation before it is."""
        name = name_of(text)
        last = list(self._words.unit.finditer(name))[-1:]
        if not found or not (self._words.unit.match(name) or (last and last[0].end() == len(name))):
            return None
        match found[-1]:
            case Mention(words, name=name):
                return Remark(trimmed(text), self._role, unit_of=name or words)
            case Remark(unit_of=whole) if whole:
                return Remark(trimmed(text), self._role, unit_of=whole)
            case _:
                return None

    def _with_suffix(self, text: str, found: list[Party]) -> list[Party]:
        """Reads a name with something said about it in front or behind: 'GO 60%', 'GK trekker', 'HK vanaf 1-1-2026'."""
        name = name_of(text)
        for match in _splits(name):
            head, tail = name[: match.start()], name[match.end() :]
            said = self._said(tail)
            dated = self._words.period.fullmatch(tail.strip(ENDS))
            if name_of(head) and (said == "kept" or dated or (said and self._names.knows(head))):
                read = self._unknown_or_known(head, found)
                if read and isinstance(read[-1], Mention):
                    read[-1] = replace(read[-1], text=trimmed(text)) if said == "kept" else read[-1]
                    self._about(tail, read)
                return read
        share = _SHARE.match(name)
        if share and name_of(name[share.end() :]):
            read = self._unknown_or_known(name[share.end() :], found)
            if read and isinstance(read[0], Mention):
                read[0] = replace(read[0], text=trimmed(text))
            return read
        return []

    def _said(self, text: str) -> str:
        """Returns what words behind a name are: "kept" as words of the mention, "about" it, or nothing that we know."""
        text = text.strip(f"{ENDS}?")
        if being := self._words.being.match(text):
            text = text[being.end() :].strip()
        if _SHARE.fullmatch(text) or self._words.shared.fullmatch(text):
            return "kept"
        role = self._words.role.fullmatch(text)
        loose = self._words.period_loose.fullmatch(text)
        if (role and len(role["role"]) > 3) or self._words.period.fullmatch(text) or (loose and text[0].isalpha()):
            return "about"
        return "about" if self._words.doubt.fullmatch(text) or self._is_nobody(text) else ""

    def _about(self, text: str, found: list[Party]) -> bool:
        """Takes in what words say about the party before them; whether they say anything."""
        inside = text.strip(f"{ENDS} ")
        if being := self._words.being.match(inside):
            inside = inside[being.end() :].strip()
        last = found[-1] if found else None
        if not isinstance(last, Mention):
            return False
        role = self._words.role.fullmatch(inside)
        if role:
            found[-1] = replace(last, role=self._words.role_of(role))
            self.marked = True
            return True
        period = self._words.period.fullmatch(inside)
        if period and (day := _date(period)):
            ends = " ".join(period["word"].casefold().split()) in self._words.period_end
            found[-1] = replace(last, end=day) if ends else replace(last, start=day)
            return True
        if not inside.strip("? "):
            found[-1] = replace(last, doubt="?")
            return bool(text.strip())
        if self._words.doubt.fullmatch(inside) or self._is_nobody(inside):
            found[-1] = replace(last, doubt=text.strip(" ,;:–-"))
            return True
        if _SHARE.fullmatch(inside) or self._words.shared.fullmatch(inside):
            found[-1] = replace(last, text=last.text if inside in last.text else f"{last.text} ({inside})")
            return True
        if self._words.period_loose.fullmatch(inside) and "?" not in inside:
            found.append(Remark(inside, self._role))
            return True
        return False

    def _doubted(self, found: list[Party], doubt: str) -> None:
        if found and isinstance(last := found[-1], Mention):
            found[-1] = replace(last, doubt=last.doubt or doubt)

    def _bracketed(self, brackets: str, found: list[Party]) -> None:
        """Reads what stands in brackets: something about the party before it, parties of the register, or a remark."""
        inside = brackets.strip()[1:].removesuffix(")").strip()
        if not inside:
            return
        whole = inside.strip("? ")
        if self._about(inside, found):
            return
        last = found[-1] if found else None
        if isinstance(last, Mention) and self._words.unit.match(whole):
            if unit := self._names.unit_of(inside, last.name):
                found[-1] = replace(last, text=f"{last.text} ({inside})", resolution=unit)
                return
            if not self._names.knows(inside):
                found.append(Remark(inside, self._role, unit_of=last.name))
                return
        if "," in inside and all(self._said(part) for part in inside.split(",")):
            found += [] if all(self._about(part, found) for part in inside.split(",")) else [Remark(inside, self._role)]
            return
        alongside = self._alongside
        inner = self.read(inside)
        self._alongside = alongside
        if any(_is_known(party) or isinstance(party, Contact | OpenList) for party in inner):
            known = any(map(_is_known, inner))
            found += inner if known else [party for party in inner if isinstance(party, Contact)]
            if not known and (rest := name_of(self._bare(inside) if MASKED.search(inside) else inside)):
                found.append(Remark(rest, self._role))
        else:
            found.append(Remark(inside, self._role))

    def _bare(self, text: str) -> str:
        """Returns words without the masks of a contact person and what leads up to them."""
        rest = self._words.weak_alongside.sub(" ", _leads_up(self._words, MASKED.sub(" ", text)))
        return re.sub(r"\s*[,:;/]+(?=\s|$)", "", rest)


def _is_known(party: Party) -> bool:
    return isinstance(party, Group) or (isinstance(party, Mention) and bool(candidates(party.resolution)))


def _are_unknown(read: Sequence[Party]) -> bool:
    return bool(read) and all(isinstance(party, Mention) and not candidates(party.resolution) for party in read)


def _splits(name: str) -> Sequence[re.Match[str]]:
    """The blanks in a name, from the first on: the longest that is said behind it comes first."""
    return list(re.finditer(r"\s*[:–-]?\s+", name))


def _date(period: re.Match[str]) -> date | None:
    year = int(period["year"])
    try:
        return date(year + 2000 if year < 100 else year, int(period["month"]), int(period["day"]))
    except ValueError:
        return None
