"""Asks the register about the pieces of a list: how far a known name reaches, and whom it may mean.

The register decides in doubt: the longest run of pieces that it knows as one name is that name, whatever separators
stand in it, and a line that was broken by hand is whole again where the register knows the name so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kennis_ld.agenda.periods import is_time
from kennis_ld.agenda.pieces import ENDS, WEAK, Kind, Piece, name_of
from kennis_ld.agenda.register import Register, folded
from kennis_ld.agenda.wording import MASKED, Words
from kennis_ld.model import Ambiguous, Known, Mention, OpenList, Party, Resolution, Unknown, Way

MOST_WORDS_IN_A_NAME = 8
"""How many pieces between commas, slashes and 'en' one name may have ('UL, faculteit rechtsgeleerdheid' has two)."""

AROUND = " \t\"'“”„‘’[]*!?†¹²³⁴⁵⁶⁷⁸⁹"
"""Quotation marks and note marks around a name."""

_REMEMBERED = 32_768
_SHORTEST_CASE = 7

_NAMES = (Kind.NAME, Kind.BRACKETS)
_LISTING = (Kind.JOIN, Kind.SLASH, Kind.DASH)
_OPEN = (Kind.AMONG, Kind.OPEN)
_BESIDE_A_UNIT = (Kind.JOIN, Kind.LINE, Kind.SLASH)
# In a tuple kinds are looked for by what they are; a set would take the hash of their names each time.

_BLANK = re.compile(r"[ -]")
_SPACE = re.compile(r"\s")
_TIE = re.compile(r"\s*[:–—-]?\s+|(?<=\w)-(?=\w)")
_LETTERS = re.compile(r"[A-Z]{3,}")
_GENITIVE = re.compile(r"['’]s?$|\((?:s|en|n)\)$")  # and "gemeente(n)"
_BROKEN_WORD = re.compile(r"-\s*\n\s*")
_WORDS = re.compile(r"[^\s,;()/]+")
_TOKEN = re.compile(r"[^\s+&|·–—/;,-]+")


class Names:
    """What the register says of the pieces of a list."""

    def __init__(self, lexicon: Register, words: Words) -> None:
        self.lexicon = lexicon
        self._words = words
        # The same names come up over and over: in one cell, and all through an agenda.
        self._resolution = lru_cache(_REMEMBERED)(self._resolved)
        self._plainly = lru_cache(_REMEMBERED)(self._as_written)
        # In a name and that of its unit, and between or around the two.
        self._most_commas = 2 * lexicon.most_commas + 1
        self._longest = 2 * lexicon.longest + 100

    def resolved(self, text: str) -> Resolution:
        """Returns whom a text means as one name: as it stands, without an article, with a broken word joined."""
        return self._resolution(text)

    def _resolved(self, text: str) -> Resolution:
        found, _ = self._plainly(text)
        return found if not isinstance(found, Unknown) else self._tied(text) or self._called(text) or found

    def _as_written(self, text: str) -> tuple[Resolution, bool]:
        """Returns whom a name means in one of its forms and, where that is nobody, whether one is that of a group."""
        if len(text) > self._longest:
            return Unknown(), False
        is_group = False
        for form in self._forms(text):
            if not isinstance(found := self.lexicon.resolve(form), Unknown):
                return found, False
            is_group = is_group or self.lexicon.is_group(form) or self._words.groups.fullmatch(form) is not None
        return self._shortened(text) or Unknown(), is_group

    def _tied(self, text: str) -> Known | None:
        """Returns the unit that a text names together with its whole: 'UL – ICLON', 'Amt 61 der Stadt'."""
        name = name_of(text)
        if "\n" in text.strip() or len(_BLANK.findall(name)) >= 2 * MOST_WORDS_IN_A_NAME:
            return None
        for pattern in (self._words.part_of, _TIE):
            for match in pattern.finditer(name):
                one, other = name[: match.start()], name[match.end() :]
                if one[-1:] not in {",", ";"} and (unit := self.unit_of(one, other) or self.unit_of(other, one)):
                    return unit
        return None

    def _called(self, text: str) -> Known | None:
        """Returns the organisation whose whole name stands behind a word for what it is: 'ziekenhuis AZ Noord'."""
        article = self._words.article.match(text)
        kind, _, rest = name_of(text[article.end() if article else 0 :]).partition(" ")
        match self._plainly(rest)[0] if kind.islower() and self._words.bodies.fullmatch(kind) else None:
            case Known(organisation, Way.NAME):
                return Known(organisation, Way.SPELLING)
        return None

    def _shortened(self, text: str) -> Known | None:
        """Returns the organisation of a short name with the end of its name: 'TU Delta' of 'Technische … Delta'."""
        name = name_of(text)
        for blank in _BLANK.finditer(name):
            keys, rest = candidates(self._plainly(name[: blank.start()])[0]), name[blank.end() :]
            short = len(keys) == 1 and rest[:1].isupper() and name[: blank.start()][-1].isalnum()
            short = short and not self._words.bodies.fullmatch(rest)
            if short and folded(self.lexicon.by_key[keys[0]].name).endswith(f" {folded(rest)}"):
                return Known(keys[0], Way.SPELLING)
        return None

    def is_group(self, text: str) -> bool:
        """Whether a text that names no organisation is a group of the publication's list, or of the language."""
        return self._plainly(text)[1]

    def knows(self, text: str) -> bool:
        """Whether a text is one name that the register knows."""
        return not isinstance(self.resolved(text), Unknown) or self.is_group(text)

    def has(self, text: str) -> bool:
        """Whether a text is the name of an organisation of the register."""
        return not isinstance(self.resolved(text), Unknown)

    def names(self, text: str) -> bool:
        """Whether a text is one or more names that the register knows."""
        return self.knows(text) or bool(self.segmented(text))

    def ends_known(self, text: str, knows: Callable[[str], bool] | None = None) -> bool:
        """Whether a text ends with a name that the register knows."""
        starts = [word.start() for word in re.finditer(r"\S+", text)][-MOST_WORDS_IN_A_NAME:]
        return any((knows or self.knows)(text[start:]) for start in starts)

    def begins_known(self, text: str) -> bool:
        """Whether a text begins with a name that the register knows: 'UL 70%'."""
        ends = [word.end() for word in re.finditer(r"\S+", text)][:MOST_WORDS_IN_A_NAME]
        return any(self.has(text[:end]) for end in ends)

    def longest(self, text: str, run: Sequence[Piece], at: int, *, kinds: Sequence[str] = ()) -> tuple[int, Resolution]:
        """Returns the index behind the longest run from `at` that is one name or group, and whom it means.

        The index is `at` where the register knows none. The `kinds` begin a name before: 'Bokkum' behind
        'gemeenten Aalderen' may be 'gemeente Bokkum'.
        """
        if not any(map(str.isalnum, run[at].text)):
            return at, Unknown()
        # 'e.a. Partijen in de zorg' is an open list and a group, whatever the list of groups calls one.
        is_name = run[at].kind in _NAMES
        for end in range(self._farthest(run, at), at, -1):
            if run[end - 1].kind in _OPEN and run[end - 1].text.islower():
                short = text[run[at].start : run[end - 2].end]
                if any(map(self.has, (short, *(f"{kind} {short}" for kind in kinds)))):
                    continue  # 'Stadt u. a.': no legal form
            if run[end - 1].kind in _NAMES or any(map(str.isalnum, run[end - 1].text)):
                name = text[run[at].start : run[end - 1].end]
                found = self.resolved(name)
                for kind in kinds if is_name and not name[0].islower() else ():
                    found = self.resolved(f"{kind} {name}") if isinstance(found, Unknown) else found
                if isinstance(found, Unknown):
                    found = self._unit(text, run, at, end) or found
                if not isinstance(found, Unknown) or (is_name and self.is_group(name)):
                    return end, found
                around = (*run[max(at - 1, 0) : at], *run[end : end + 1])  # "UL/GL/Onbekend" is a list
                tied = self._with_unknown_unit(run[at:end]) and all(piece.kind is not Kind.SLASH for piece in around)
                if tied and self.longest(text, run, at + 2)[0] == at + 2:  # not so in "GL/L&W"
                    return end, found
        return at, Unknown()

    def _farthest(self, run: Sequence[Piece], at: int) -> int:
        """Returns where a name that starts at a piece must have ended: no name goes over that many commas."""
        commas, most = 0, min(len(run), at + 2 * MOST_WORDS_IN_A_NAME)
        for end in range(at, most):
            commas += run[end].kind is Kind.JOIN and ("," in run[end].text or ";" in run[end].text)
            if commas > self._most_commas:
                return end
        return most

    def _unit(self, text: str, run: Sequence[Piece], at: int, end: int) -> Known | None:
        """Returns the unit that pieces name together with its whole: 'UL, faculteit Recht'; both are known.

        A comma says so before a word for a unit; behind one as well, where the two stand alone between stronger signs.
        Any other comma lists two: 'Gemeente, GGD' are both there, though one is a part of the other.
        """
        for middle in range(at + 1, end - 1):
            if run[middle].kind not in _BESIDE_A_UNIT:
                continue
            one, other = text[run[at].start : run[middle - 1].end], text[run[middle + 1].start : run[end - 1].end]
            if any(map(self._words.names_unit, (name_of(other), *self._words.in_full(other)))):
                return self.unit_of(other, one)
            alone = run[middle].text.strip() == "," and _is_edge(run[:at][-1:]) and _is_edge(run[end : end + 1])
            if alone and self._words.names_unit(name_of(one)):
                return self.unit_of(one, other)
        return None

    def unit_of(self, unit: str, whole: str) -> Known | None:
        """Returns the one organisation of a name that is a unit of one of another name."""
        wholes = [key for key in candidates(self._plainly(whole)[0]) if self.lexicon.has_units(key)]
        bare = unit if ":" in unit else self._words.unit.sub(" ", unit)  # "Public Health team"
        for name in (unit, bare) if wholes else ():
            for form in self._forms(name):
                if len(units := self.lexicon.units(form, wholes)) == 1:
                    return Known(units[0], Way.UNIT)
        return None

    def units(self, last: Mention, inner: Sequence[Party], inside: str, *, joined: bool) -> list[Party]:
        """Returns the units in brackets behind a whole, or the unit before the brackets with its whole in them."""
        named = [party for party in inner if isinstance(party, Mention)]
        others = [party for party in inner if not isinstance(party, Mention)]
        more = any(isinstance(party, OpenList) for party in others)
        if not named or more or joined:
            return []
        if whole := self.unit_of(inside, last.name):  # "UL (Economie en Bedrijfskunde)"
            return [replace(last, text=f"{last.text} ({inside})", name=inside, resolution=whole)]
        units = [self.unit_of(party.name, last.name) for party in named]
        if len(named) == 1 and not units[0] and self.unit_of(last.name, named[0].name):
            return [replace(last, text=f"{last.text} ({named[0].text})"), *others]
        found: list[Party] = [
            replace(last, text=f"{last.text} ({party.text})", name=party.name, resolution=unit, doubt=party.doubt)
            for party, unit in zip(named, units, strict=True)
            if unit
        ]
        return [*found, *others] if len(found) == len(named) else []

    def _with_unknown_unit(self, run: Sequence[Piece]) -> bool:
        """Whether a known name and something unknown are tied by a tight slash ('UL/Lab'): it says 'unit of'."""
        if [piece.kind for piece in run] != [Kind.NAME, Kind.SLASH, Kind.NAME] or run[1].text != "/":
            return False
        plain = self.is_plain(run[2].text) and not self.begins_known(run[2].text)
        return self.has(run[0].text) and plain and not self._words.unit.match(run[2].text)

    def is_plain(self, text: str) -> bool:
        """Whether a text is an unknown name: nothing that the register knows, no word for nobody, no masked person."""
        name = name_of(text)
        return bool(name) and not (self.knows(text) or MASKED.search(text) or self._words.nobody.fullmatch(name))

    def begins(self, text: str, run: Sequence[Piece], at: int) -> bool:
        """Whether a weak word stands before an unknown name, and so is a word of it: 'noch offen'."""
        return at + 1 < len(run) and run[at + 1].kind is Kind.NAME and self.longest(text, run, at + 1)[0] == at + 1

    def divides(self, text: str, pieces: Sequence[Piece], at: int) -> bool:
        """Whether a weak separator stands between two names: the register must know one of them, or both."""
        kind, before = pieces[at].kind, pieces[at - 1]
        right = self.longest(text, pieces, at + 1)[0] > at + 1
        left = self.knows(before.text)
        if kind is Kind.COLON:
            right = right or self.ends_known(pieces[at + 1].text, self.has) or self.begins_known(pieces[at + 1].text)
            return not left and (right or not self._is_said(pieces[at + 1].text))
        left = left or self._is_nobody(before.text) or MASKED.search(before.text) is not None
        right = right or (kind is Kind.DASH and self._is_nobody(pieces[at + 1].text))  # "Fonds Zee – n.t.b."
        match kind:
            case Kind.DASH | Kind.WEAK_ALONGSIDE:
                return left or right or all(map(self.begins_known, (before.text, pieces[at + 1].text)))
            case Kind.UNIT_JOIN:  # "afd. Sport en Welzijn"
                after = pieces[at + 1].text
                body = " " in after.strip() and self._words.is_body(after)
                acting = self._words.acting.search(before.text)  # "docenten van UL en GL", but not "team Sport en Spel"
                body = body or (acting is not None and not self._words.unit.fullmatch(acting[0]))
                return right or body or not self.is_plain(after) or self._words.names_group(after.strip())
            case Kind.WEAK_EITHER:  # "geen UL noch HsL"
                return right and (left or self.ends_known(before.text))
            case Kind.STOP:
                sentences = all(map(self.begins_known, (before.text, pieces[at + 1].text)))
                last = before.text.split()[-1] if before.text.split() else ""
                return left or sentences or (right and len(last.strip(ENDS)) > 3)
            case _:
                return left and right

    def _is_said(self, text: str) -> bool:
        """Whether a text only says something of the name before it: a share, a role, nobody, small words."""
        name = name_of(text)
        patterns = (self._words.share, self._words.role, self._words.nobody)
        said = any(pattern.fullmatch(name) for pattern in patterns) or not any(map(str.isalpha, name))
        return said or is_time(name, self._words) or self._words.is_plain(name) or self._words.is_unsettled(name)

    def _is_nobody(self, text: str) -> bool:
        return self._words.nobody.fullmatch(name_of(text)) is not None or self._words.is_unsettled(text)

    def shared_tail(self, text: str, run: Sequence[Piece], at: int) -> Resolution:
        """Returns whom a name means with the end of the last of its list: 'Borough' of 'Borough & County Councils'."""
        end = at
        while end + 2 < len(run) and run[end + 1].kind in _LISTING and run[end + 2].kind is Kind.NAME:
            end += 2
        name, tail = name_of(run[at].text), name_of(run[end].text).rpartition(" ")[2]
        return self.with_tail(name, tail) if end > at and name and not self.has(tail) else Unknown()

    def with_tail(self, name: str, tail: str) -> Resolution:
        """Returns whom a name means with the end of another: 'Kreis-' with that of 'Stadtverwaltung'."""
        tails = [tail[at:] for at in range(len(tail) - 2)] if name.endswith("-") else [tail]
        each = (self.resolved(f"{name} {end}" if end is tail else f"{name[:-1]}{end}") for end in tails)
        return next((found for found in each if not isinstance(found, Unknown)), Unknown())

    def known_in(self, text: str) -> tuple[Sequence[str], str]:
        """Returns the organisations that a text names, of those that begin alike the longest; and its other words."""
        tokens, at = list(_WORDS.finditer(text)), 0
        known: list[str] = []
        rest: list[str] = []
        while at < len(tokens):
            ends = range(min(len(tokens), at + MOST_WORDS_IN_A_NAME), at, -1)
            named = ((end, text[tokens[at].start() : tokens[end - 1].end()]) for end in ends)
            end, name = next(((end, name) for end, name in named if self.has(name)), (at + 1, ""))
            (known if name else rest).append(name or tokens[at][0])
            at = end
        return known, " ".join(rest)

    def segmented(self, text: str) -> Sequence[str]:
        """Returns the names of a text that is wholly known names and punctuation; the fewest, and none if it is not."""
        tokens = list(_TOKEN.finditer(text))
        if len(tokens) > 40:
            return ()
        best: list[tuple[str, ...] | None] = [()] + [None] * len(tokens)
        for end in range(1, len(tokens) + 1):
            for start in range(max(0, end - MOST_WORDS_IN_A_NAME), end):
                before, name = best[start], text[tokens[start].start() : tokens[end - 1].end()]
                belongs = before is not None and self._belongs(text, tokens[start].start(), name, before)
                if before is not None and not belongs and self.knows(name):
                    known = best[end]
                    if known is None or len(before) + 1 < len(known):
                        best[end] = (*before, name)
        return best[-1] or ()

    def _belongs(self, text: str, start: int, name: str, before: Sequence[str]) -> bool:
        """Whether a word belongs to the name before it: 'St Mary's University', 'huisartsen Leiden'."""
        if not text[start - 1 : start].isspace():
            return False
        of_group = bool(before) and self.is_group(before[-1]) and name in self.lexicon.places
        return of_group or self._words.bodies.fullmatch(name) is not None

    def begun(self, text: str, run: Sequence[Piece], at: int) -> int:
        """Returns the end of the piece inside which a known name of several ends, or with which one that begins late.

        'Police and Crime Panel to lead', 'now Roads and Transport'.
        """
        late = [run[at].start + blank.end() for blank in _SPACE.finditer(run[at].text.rstrip())][-MOST_WORDS_IN_A_NAME:]
        for end in range(min(len(run), at + 5), at + 2, -1):
            between = run[at + 1 : end : 2]
            tied = all(piece.kind in WEAK or (piece.kind is Kind.JOIN and piece.text[0].isalpha()) for piece in between)
            last = run[end - 1]
            blanks = (last.start + blank.start() for blank in _SPACE.finditer(last.text))
            if tied and (
                any(self.has(text[run[at].start : blank]) for blank in blanks)
                or any(self.has(text[start : last.end]) for start in late)
            ):
                return end
        return at + 1

    def reaches_over(self, text: str, pieces: Sequence[Piece], end: int) -> int:
        """Returns the end of an unknown run that goes on over separators that divide nothing."""
        first = end
        most = min(len(pieces), end + 2 * MOST_WORDS_IN_A_NAME)
        while end + 1 < most and pieces[end + 1].kind is Kind.NAME:
            between, after = pieces[end], pieces[end + 1]
            within = end > first and between.text.strip() == "&" and not self.knows(after.text)
            if between.kind in WEAK and (within or not self.divides(text, pieces, end)):
                end += 2  # within: "Office of the Police & Crime Commissioner"
            elif between.kind is Kind.SLASH and between.text == "/" and self._is_tied(pieces, first, end):
                return end + 2
            elif between.kind is Kind.LINE and self.is_wrapped(pieces[end - 1].text, after.text):
                end += 2
            else:
                break
        return end

    def _is_tied(self, pieces: Sequence[Piece], first: int, slash: int) -> bool:
        """Whether a slash makes one name of two unknown ones; it does not where it is one of several."""
        before, after = pieces[slash - 1], pieces[slash + 1]
        if self._words.nobody.fullmatch(name_of(f"{before.text}/{after.text}")):
            return True
        around = (*pieces[max(first - 2, 0) : first - 1], *pieces[slash + 2 : slash + 3])
        listed = any(piece.kind is Kind.SLASH for piece in around)
        listed = listed or all(_LETTERS.fullmatch(name_of(piece.text)) for piece in (before, after))  # "DWP/JCP"
        return not listed and self.is_plain(before.text) and self.is_plain(after.text)

    def is_wrapped(self, before: str, after: str) -> bool:
        """Whether a line looks like the rest of the one above: it starts small, or that one ends in a small word."""
        first, last = after.lstrip(), (before.split() or [""])[-1]
        if self.knows(after) or self.knows(before) or not first or MASKED.search(before + after):
            return False
        apart = (self._words.nobody, self._words.groups, self._words.unit, self._words.indefinite, self._words.legal)
        if any(pattern.match(first) for pattern in apart) or self._words.names_group(first):
            return False
        small = last.isalpha() and last.islower() and len(last) <= 5 and " " in before.strip()
        return first[0].islower() or small or last.endswith(("-", "&"))

    def _forms(self, text: str) -> Iterator[str]:
        """Yields a name as it stands, and then in other ways that it is written in."""
        name = name_of(text)
        yield name
        if not name:
            return
        if _BROKEN_WORD.search(text):
            yield from (name_of(_BROKEN_WORD.sub(joint, text)) for joint in ("", "-"))
        others = [name_of(name.strip(AROUND)), _GENITIVE.sub("", name), *self._words.in_full(name)]
        unit = self._words.unit.match(name)  # "afdeling EZ", but not "locatie Aalderen"
        rest = name[unit.end() :] if unit else ""
        is_unit = rest[:1].isspace() and all(
            self.lexicon.by_key[key].parents for key in self.lexicon.organisations(rest)
        )
        others += [rest.strip()] if is_unit else []
        kind, rest = self._words.singular(name)
        others += [f"{kind} {rest}", rest] if kind and rest else []
        head, _, tail = name.rpartition(" ")  # "Haagse en Leidse Hogescholen"
        one = self._words.plurals.get(folded(tail))
        others += [f"{head} {one}", head] if head[-1:].isalnum() and tail.istitle() and one else []  # "Penn Councils"
        if article := self._words.article.match(name):
            others += [form[article.end() :] for form in (name, *others) if form.startswith(article[0])]
            bare = name[article.end() :]  # "der Stadtwerken", "des Landkreises"
            ends = () if self._words.names_group(bare) else ("n", "s", "es", "en")
            others += [match[1] for end in ends if (match := re.fullmatch(rf"(.*\w){end}", bare))]
        case = name.endswith(("en", "s")) and len(name) > _SHORTEST_CASE  # "von Stadtwerken", "des Sozialamts"
        if case and not self._words.names_group(name):
            others.append(name[:-1])
        others += [name[:-2]] if name.endswith("es") and name[0].isupper() else []  # "im Auftrag des Kreises"
        yield from dict.fromkeys(others)


def _is_edge(beside: Sequence[Piece]) -> bool:
    """Whether a list ends at a piece, or has a division there that is stronger than a comma."""
    return not beside or beside[0].kind in (Kind.LINE, Kind.BRACKETS) or not {";", "\n"}.isdisjoint(beside[0].text)


@lru_cache(maxsize=8)
def names_of(lexicon: Register, words: Words) -> Names:
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
