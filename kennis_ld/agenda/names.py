"""Asks the register about the pieces of a list: how far a known name reaches, and whom it may mean.

The register decides in doubt: the longest run of pieces that it knows as one name is that name, whatever separators
stand in it, and a line that was broken by hand is whole again where the register knows the name so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from kennis_ld.agenda.pieces import ENDS, WEAK, Kind, Piece, name_of
from kennis_ld.agenda.wording import MASKED, Words
from kennis_ld.model import Ambiguous, Known, Resolution, Unknown, Way

MOST_WORDS_IN_A_NAME = 8
"""How many pieces between commas, slashes and 'en' one name may have ('UL, faculteit rechtsgeleerdheid' has two)."""

AROUND = " \t\"'“”„‘’[]*†¹²³⁴⁵⁶⁷⁸⁹"
"""Quotation marks and note marks around a name."""

_REMEMBERED = 32_768

_UNKNOWN = Unknown()

_BROKEN_WORD = re.compile(r"-\s*\n\s*")
_TOKEN = re.compile(r"[^\s+&|·–—/;,-]+")


class Lexicon(Protocol):
    """What the register knows of names; it does not change."""

    def __hash__(self) -> int: ...

    def resolve(self, name: str) -> Resolution:
        """Returns which organisation a name means."""
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


class Names:
    """What the register says of the pieces of a list."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self.lexicon = lexicon
        self._words = words
        # The same names come up over and over: in one cell, and all through an agenda.
        self._known = lru_cache(_REMEMBERED)(self._looked_up)

    def resolved(self, text: str) -> Resolution:
        """Returns whom a text means as one name: as it stands, without an article, with a broken word joined."""
        return self._known(text)[0]

    def is_group(self, text: str) -> bool:
        """Whether a text is the name of a group of the publication's list, or of the language ('inwoners')."""
        return self._known(text)[1]

    def knows(self, text: str) -> bool:
        """Whether a text is one name that the register knows."""
        resolution, is_group = self._known(text)
        return is_group or not isinstance(resolution, Unknown)

    def _looked_up(self, text: str) -> tuple[Resolution, bool]:
        forms = self._forms(text)
        is_group = any(self.lexicon.is_group(form) or self._words.groups.fullmatch(form) for form in forms)
        for form in forms:
            if not isinstance(found := self.lexicon.resolve(form), Unknown):
                return found, is_group
        return _UNKNOWN, is_group

    def reach(self, text: str, pieces: Sequence[Piece], at: int) -> int:
        """Returns the index behind the longest run of pieces from `at` that the register knows as one name, or `at`."""
        if not any(letter.isalnum() for letter in pieces[at].text):
            return at
        # 'e.a. Partijen in de zorg' is an open list and a group, whatever the list of groups calls one.
        is_name = _names(pieces[at])
        for end in range(min(len(pieces), at + 2 * MOST_WORDS_IN_A_NAME), at, -1):
            if _names(pieces[end - 1]) or any(map(str.isalnum, pieces[end - 1].text)):
                name = text[pieces[at].start : pieces[end - 1].end]
                resolution, is_group = self._known(name)
                if (is_group and is_name) or not isinstance(resolution, Unknown):
                    return end
                if end == at + 3 and (self.unit(pieces[at:end]) or self._with_unknown_unit(pieces[at:end])):
                    return end
        return at

    def unit(self, run: Sequence[Piece]) -> Known | None:
        """Returns the unit that a whole and a unit name together: 'UL/ICLON', 'UL, faculteit Recht'; both are known."""
        if len(run) != 3 or run[0].kind is not Kind.NAME or run[2].kind is not Kind.NAME:
            return None
        tied = run[1].kind in {Kind.SLASH, Kind.DASH} or self._words.unit.match(run[2].text.strip(ENDS))
        if not tied or run[1].kind not in {Kind.SLASH, Kind.JOIN, Kind.LINE, Kind.DASH}:
            return None
        return self.unit_of(run[2].text, run[0].text)

    def unit_of(self, unit: str, whole: str) -> Known | None:
        """Returns the one organisation of a name that is a unit of one of another name."""
        units = [
            key
            for key in candidates(self.resolved(unit))
            if any(self.lexicon.is_unit(key, parent) for parent in candidates(self.resolved(whole)))
        ]
        return Known(units[0], Way.UNIT) if len(units) == 1 else None

    def _with_unknown_unit(self, run: Sequence[Piece]) -> bool:
        """Whether a known name and something unknown are tied by a tight slash ('UL/Lab'): it says 'unit of'."""
        if [piece.kind for piece in run] != [Kind.NAME, Kind.SLASH, Kind.NAME] or run[1].text != "/":
            return False
        return not isinstance(self.resolved(run[0].text), Unknown) and self.is_plain(run[2].text)

    def is_plain(self, text: str) -> bool:
        """Whether a text is an unknown name: nothing that the register knows, no word for nobody, no masked person."""
        name = name_of(text)
        return bool(name) and not (self.knows(text) or MASKED.search(text) or self._words.nobody.fullmatch(name))

    def divides(self, text: str, pieces: Sequence[Piece], at: int) -> bool:
        """Whether a weak separator stands between two names: the register must know one of them, or both."""
        if at + 1 >= len(pieces) or at == 0:
            return True
        kind, before = pieces[at].kind, pieces[at - 1]
        right = self.reach(text, pieces, at + 1) > at + 1
        left = self.knows(before.text)
        match kind:
            case Kind.DASH | Kind.WEAK_ALONGSIDE:
                return left or right
            case Kind.STOP:
                last = before.text.split()[-1] if before.text.split() else ""
                return left or (right and len(last.strip(ENDS)) > 3)
            case Kind.COLON:
                return right and not left
            case _:
                return left and right

    def segmented(self, text: str) -> Sequence[str]:
        """Returns the names of a text that is wholly known names and punctuation; the fewest, and none if it is not."""
        tokens = list(_TOKEN.finditer(text))
        if len(tokens) < 2 or len(tokens) > 40:
            return ()
        best: list[tuple[str, ...] | None] = [()] + [None] * len(tokens)
        for end in range(1, len(tokens) + 1):
            for start in range(max(0, end - MOST_WORDS_IN_A_NAME), end):
                before, name = best[start], text[tokens[start].start() : tokens[end - 1].end()]
                if before is not None and self.knows(name):
                    known = best[end]
                    if known is None or len(before) + 1 < len(known):
                        best[end] = (*before, name)
        return best[-1] or ()

    def reaches_over(self, text: str, pieces: Sequence[Piece], end: int) -> int:
        """Returns the end of an unknown run that goes on over separators that divide nothing."""
        while end + 1 < len(pieces) and pieces[end + 1].kind in {Kind.NAME}:
            between, after = pieces[end], pieces[end + 1]
            if between.kind in WEAK and not self.divides(text, pieces, end):
                end += 2
            elif between.kind is Kind.SLASH and between.text == "/" and self._is_tied(pieces[end - 1], after):
                return end + 2
            elif between.kind is Kind.LINE and self.is_wrapped(pieces[end - 1].text, after.text):
                end += 2
            else:
                break
        return end

    def _is_tied(self, before: Piece, after: Piece) -> bool:
        short = self._words.nobody.fullmatch(name_of(f"{before.text}/{after.text}"))
        return bool(short) or (self.is_plain(before.text) and self.is_plain(after.text))

    def is_wrapped(self, before: str, after: str) -> bool:
        """Whether a line looks like the rest of the one above: it starts small, or that one ends in a small word."""
        first, last = after.lstrip(), (before.split() or [""])[-1]
        if self.knows(after) or self.knows(before) or not first or MASKED.search(before + after):
            return False
        if self._words.nobody.match(first) or self._words.groups.match(first) or self._words.unit.match(first):
            return False
        small = last.isalpha() and last.islower() and len(last) <= 5 and " " in before.strip()
        return first[0].islower() or small or last.endswith(("-", "&"))

    def _forms(self, text: str) -> Sequence[str]:
        forms = [name_of(text)]
        if _BROKEN_WORD.search(text):
            forms += [name_of(_BROKEN_WORD.sub(joint, text)) for joint in ("", "-")]
        if (bare := forms[0].strip(AROUND)) != forms[0]:
            forms.append(name_of(bare))
        if article := self._words.article.match(forms[0]):
            forms.append(forms[0][article.end() :])
        return [form for form in forms if form]


def _names(piece: Piece) -> bool:
    # To look in a set of kinds takes several times as long, for Python hashes them by their names.
    return piece.kind is Kind.NAME or piece.kind is Kind.BRACKETS


@lru_cache(maxsize=8)
def names_of(lexicon: Lexicon, words: Words) -> Names:
    """Returns what a register says of names; both do not change."""
    return Names(lexicon, words)


def candidates(resolution: Resolution) -> tuple[str, ...]:
    """Returns the keys of the organisations that a name may mean."""
    match resolution:
        case Known(organisation):
            return (organisation,)
        case Ambiguous(organisations):
            return organisations
        case _:
            return ()
