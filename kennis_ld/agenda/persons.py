"""Takes the names of contact persons, and how to reach them, out of texts.

A cell is masked to the bone: whoever looks like a person and is not in the register goes. Running text keeps what the
city wrote, but for a name behind 'contactpersoon' and the like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from kennis_ld.agenda.contact_details import MAIL, PHONE, numbers_masked
from kennis_ld.agenda.names import MOST_WORDS_IN_A_NAME, Lexicon, names_of
from kennis_ld.agenda.pieces import ENDS, Kind, Piece, name_of, pieces
from kennis_ld.agenda.wording import MASK, MASK_MAIL, MASK_PHONE, MASKED, Words, fold

_SEPARATOR = re.compile(r"[,;\n()/|]|\s(?:en|and|und|&)\s")
_TOKEN = re.compile(r"\S+")
_COLON = re.compile(r"\s*[:=]")
_CAPITAL = r"[A-ZÀ-ÖØ-ÞŁŠŽİ]"
_SURNAME = rf"(?:(?:d'|D'|O'|Mc|Mac)?{_CAPITAL}[\w'’]+(?:-{_CAPITAL}?[\w'’]+)*)"
_INITIALS = rf"(?:(?:{_CAPITAL}|Ch|Th|Ph|IJ)\.\s?(?:-\s?)?){{1,5}}"
_FIRST_INITIALS = re.compile(rf"^{_INITIALS}")
_BETWEEN = re.compile(r"[^\S\n]*(?P<colon>[:=])?[^\S\n]*")
_BETWEEN_NAMES = re.compile(r"[^\S\n.]*\.?[^\S\n]*")
_LIST = re.compile(r"[^\S\n]*(?:,|/|&|\b(?:en|and|und)\b)[^\S\n]*")
_END_OF_NAME = re.compile(r"[^\S\n]*(?:$|[\n.,;()/]|\b(?:en|and|und|of)\s)")


@lru_cache(maxsize=16_384)
def masked_cell(cell: str, *, words: Words, lexicon: Lexicon) -> str:
    """Returns a cell of a table without persons: their names, e-mail addresses, telephone, BSN and IBAN numbers."""
    return _persons(words, lexicon).cell(numbers_masked(cell), in_brackets=False) if cell.strip() else cell


@lru_cache(maxsize=256)
def masked_text(text: str, *, words: Words, lexicon: Lexicon) -> str:
    """Returns running text without the names behind 'contactpersoon', and what reaches them in the same sentence."""
    return _persons(words, lexicon).running(text)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What names of persons look like: 'A. de Boer', 'Boer, A. de', and words with capitals in general."""

    with_initials: re.Pattern[str]
    reversed: re.Pattern[str]
    name: re.Pattern[str]


@cache
def _shape(particles: frozenset[str]) -> _Shape:
    particle = "|".join(sorted(map(re.escape, particles), key=len, reverse=True)) or "(?!)"
    between = rf"(?:(?i:{particle})\s+){{0,3}}"
    rest = rf"{between}(?:d'|'t\s)?{_SURNAME}(?:[\s-]+{between}{_SURNAME}){{0,2}}"
    return _Shape(
        with_initials=re.compile(rf"{_INITIALS}{rest}"),
        reversed=re.compile(rf"{_SURNAME},\s*{_INITIALS}(?:\s?(?i:{particle})\b)*(?=\s*(?:$|[,;(\n/]))"),
        name=re.compile(rf"(?:{_INITIALS}\s*)?{between}{_SURNAME}(?:[ \t]+{between}{_SURNAME}){{0,3}}"),
    )


class _Persons:
    """Finds persons with the words of a publication and its register."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self._words = words
        self._names = names_of(lexicon, words)
        self._shape = _shape(words.particles)

    def cell(self, text: str, *, in_brackets: bool) -> str:
        """Masks every person in a cell."""
        text = self._behind_contact(text)
        text = self._behind_title(text)
        text = self._behind_initials(text)
        if self._shape.reversed.search(text) and not self._names.knows(text):
            text = self._shape.reversed.sub(self._masked_reversed, text)
        done, at = [], 0
        for start, end in self._headed(text):
            done += [self._by_piece(text[at:start], in_brackets=in_brackets), text[start:end]]
            at = end
        return _collapsed("".join([*done, self._by_piece(text[at:], in_brackets=in_brackets)]))

    def _headed(self, text: str) -> Sequence[tuple[int, int]]:
        """Returns where words with a colon stand that say what follows: a role, 'Contact:'."""
        found = [
            (match.start(), colon.end())
            for pattern in (self._words.role, self._words.contact, self._words.title)
            for match in pattern.finditer(text)
            if (colon := _COLON.match(text, match.end())) and not is_in_brackets(text, match.start())
        ]
        return [part for part in sorted(set(found)) if not any(one < part[0] < two for one, two in found)]

    def _masked_reversed(self, match: re.Match[str]) -> str:
        """Masks 'Visser, A.', but not 'HK, N. N.'."""
        surname, _, initials = match[0].partition(",")
        no_name = surname.isupper() or self._names.knows(surname) or self._is_body(surname)
        nobody = [letter for letter in initials if letter.isalpha()] == ["N", "N"]
        return match[0] if no_name or nobody else MASK

    def _behind_initials(self, text: str) -> str:
        """Masks initials with a family name at the start of a piece or behind a known name: 'E. D. de Boer'."""
        done, at = [], 0
        for match in self._shape.with_initials.finditer(text):
            before, after = text[: match.start()].rstrip(), _SEPARATOR.search(text, match.end())
            piece = text[match.start() : after.start() if after else len(text)]
            starts = not before or before[-1] in ",;:\n(/|-–•" or "\n" in text[len(before) : match.start()]
            joins = any(found.match(text, match.start()) for found in (self._words.alongside, self._words.chair))
            if match.start() < at or joins or self._is_kept(piece) or not (starts or self._ends_known(before)):
                continue
            done += [text[at : match.start()], MASK]
            at = match.end()
        return "".join([*done, text[at:]])

    def _ends_known(self, text: str) -> bool:
        """Whether a text ends with a name that the register knows."""
        starts = [token.start() for token in _TOKEN.finditer(text)][-MOST_WORDS_IN_A_NAME:]
        return any(self._names.knows(text[start:]) for start in starts)

    def _behind_contact(self, text: str) -> str:
        """Masks what stands behind 'Contact:' up to the next role, line or bracket, but for what the register knows."""
        done, at = [], 0
        for match in self._words.contact.finditer(text):
            colon = re.compile(r"\s*[:=–-]\s*").match(text, match.end())
            if match.start() < at or not colon or self._names.knows(text[match.start() :].split("\n")[0]):
                continue
            end = self._end_of_contact(text, colon.end())
            done += [text[at : colon.end()], self._contact_list(text[colon.end() : end])]
            at = end
        return "".join([*done, text[at:]])

    def _end_of_contact(self, text: str, start: int) -> int:
        role = next((found for found in self._words.role.finditer(text, start) if _colon(text, found.end())), None)
        ends = [role.start()] if role else []
        others = re.compile(r"[;\n]|\)").finditer(text, start)
        depth = _depth(text, start)  # brackets that begin here end here: 'Contact: A. Voorbeeld (UL)'
        ends += [found.start() for found in others if found[0] != ")" or _depth(text, found.end()) < depth]
        return min([*ends, len(text)])

    def _contact_list(self, text: str) -> str:
        found: list[str] = []
        at = 0
        for piece in pieces(text, self._words):
            found.append(text[at : piece.start])  # blanks between two separators
            at = piece.end
            inside = piece.text.strip().removeprefix("(").removesuffix(")")
            if piece.kind not in {Kind.NAME, Kind.BRACKETS} or self._is_kept(inside):
                found.append(piece.text)
            elif name_of(MASKED.sub("", piece.text)):
                lead = piece.text[: len(piece.text) - len(piece.text.lstrip())]
                found.append(f"{lead}{MASK}{' ' if piece.text[-1:].isspace() else ''}")
            else:
                found.append(piece.text)
        return "".join([*found, text[at:]])

    def _behind_title(self, text: str) -> str:
        """Masks the name behind an office or a form of address: 'weth. De Wit', 'cp. Anna Visser'."""
        done, at = [], 0
        for match in self._words.title.finditer(text):
            between = re.compile(r"\s*[.:–-]?\s*").match(text, match.end())
            start = between.end() if between else match.end()
            name = self._shape.name.match(text, start)
            if match.start() < at or not name or start == match.end():
                continue
            if (
                self._is_body(name[0])
                or self._names.knows(name[0])
                or self._known_from(text, match.start(), name.end())
            ):
                continue
            if self._words.title.fullmatch(name[0].strip()) or self._words.title.match(name[0] + "."):
                continue  # 'Prof. Dr. Müller': the next title takes the name
            done += [text[at:start], MASK]
            at = name.end()
        return "".join([*done, text[at:]])

    def _known_from(self, text: str, start: int, end: int) -> bool:
        """Whether the register knows a name that stretches over the title and the name: 'Dr. Leo Kannerhuis'."""
        stop = re.compile(r"[,;\n()/]")
        after = stop.search(text, end)
        before = max((found.end() for found in stop.finditer(text, 0, start)), default=0)
        if any(self._names.knows(text[start : word.end()]) for word in _TOKEN.finditer(text, start, end)):
            return True
        tail = text[start : after.start() if after else len(text)]
        return self._names.knows(tail) or self._names.knows(text[before:start] + tail)

    def _by_piece(self, text: str, *, in_brackets: bool) -> str:
        done, at = [], 0
        for match in MASKED.finditer(text):
            if match[0] == MASK and not is_in_brackets(text, match.start()):
                done += [self._by_name(text[at : match.start()], in_brackets=in_brackets), MASK]
                at = match.end()
        return "".join([*done, self._by_name(text[at:], in_brackets=in_brackets)])

    def _by_name(self, text: str, *, in_brackets: bool) -> str:
        run = pieces(text, self._words)
        done: list[str] = []
        at = 0
        while at < len(run):
            done.append(text[run[at - 1].end if at else 0 : run[at].start])  # blanks between two separators
            end, _ = self._names.longest(text, run, at)
            if end > at:
                done.append(text[run[at].start : run[end - 1].end])
                at = end
                continue
            piece = run[at]
            if piece.kind is Kind.BRACKETS:
                inside = piece.text[1:].removesuffix(")")
                done.append(f"({self.cell(inside, in_brackets=True)})")
            elif piece.kind is Kind.NAME:
                stop = self._names.reaches_over(text, run, at + 1)
                whole = text[piece.start : run[stop - 1].end]
                near = in_brackets or _is_near_number(text, run, at) or self._is_of_body(run, at)
                if stop > at + 1 and self._is_person(whole, near=near):
                    done.append(_replaced(whole))
                    at = stop
                    continue
                surname = self._is_of_body(run, at) and self._is_surname(name_of(piece.text))
                person = surname or self._is_person(piece.text, near=near)
                done.append(_replaced(piece.text) if person else self._inside(piece.text))
            else:
                done.append(piece.text)
            at += 1
        return "".join([*done, text[run[-1].end :]]) if run else text

    def _is_of_body(self, run: Sequence[Piece], at: int) -> bool:
        """Whether an organisation stands in brackets behind a piece: 'Voorbeeld (UL)' is most likely a person."""
        behind = run[at + 1 : at + 2]
        return bool(behind) and behind[0].kind is Kind.BRACKETS and self._names.has(behind[0].text.strip("() "))

    def _is_surname(self, name: str) -> bool:
        """Whether a word may be a family name: it is none of the words that a language has for parties."""
        no_name = (self._words.role, self._words.title, self._words.alone, self._words.indefinite, self._words.groups)
        said = any(pattern.match(name) for pattern in no_name) or self._words.names_group(name)
        kept = said or self._words.is_unsettled(name) or name.isupper() or self._is_kept(name)
        return not kept and bool(re.fullmatch(_SURNAME, name))

    def _inside(self, text: str) -> str:
        """Masks a person behind a known name without a separator: 'GK Anna Visser', 'GK A. de Boer'."""
        tokens = list(re.finditer(r"\S+", text))
        for token in tokens[1:]:
            head, tail = text[: token.start()], text[token.start() :]
            if self._names.knows(head) and self._is_person(tail, near=False):
                return head + _replaced(tail)
        return text

    def _is_person(self, text: str, *, near: bool) -> bool:
        plain = name_of(MASKED.sub(" ", text))
        near = near or MASK_MAIL in text or MASK_PHONE in text
        while title := self._words.title.match(plain):
            plain = name_of(plain[title.end() :])
        if not plain or self._words.nobody.fullmatch(plain) or self._is_body(plain):
            return False
        if self._names.segmented(plain) or self._names.knows(plain):
            return False
        if self._shape.with_initials.fullmatch(plain):
            return True
        tokens = plain.split()
        first, last = fold(tokens[0]).split("-")[0], fold(tokens[-1])
        capitals = [token for token in tokens if token[0].isupper()]
        small = [fold(token) for token in tokens if not token[0].isupper()]
        if len(tokens) > 6 or not set(small) <= self._words.particles or any(sign.isdigit() for sign in plain):
            return False
        given = first in self._words.given or fold(tokens[0]) in self._words.given
        if len(tokens) == 1:
            return given and tokens[0][0].isupper() and not tokens[0].isupper()
        acronym = any(token.isupper() and len(token) > 1 and "." not in token for token in tokens)
        if acronym and not all(token.isupper() for token in capitals):
            return False
        if given and len(capitals) <= 4 and (len(capitals) > 1 or small):
            return True
        if tokens[0][0].isupper() and last in self._words.family and len(capitals) <= 3:
            return True
        return near and not acronym and 2 <= len(capitals) <= 3 and tokens[0][0].isupper() and tokens[-1][0].isupper()

    def _is_kept(self, text: str) -> bool:
        """Whether a text is no person, whatever stands before it: it names organisations."""
        return self._is_body(text) or self._names.knows(text) or bool(self._names.segmented(text))

    def _is_body(self, text: str) -> bool:
        """Whether a word makes a name that of an organisation: 'Anne Frank Stichting', 'Max-Weber-Schule'."""
        plain = text.strip(ENDS)
        without = _FIRST_INITIALS.sub("", plain)  # 'E.V. de Boer' is no 'e. V.'
        if any(fold(match[0]) not in self._words.family for match in self._words.bodies.finditer(without)):
            return True
        first = fold(plain.split()[0]) if plain.split() else ""
        named = first in self._words.given or self._shape.with_initials.match(plain)
        ends = not named and self._words.body_ends.search(plain)
        return bool(ends) or self._words.unit.match(plain) is not None

    def running(self, text: str) -> str:
        """Masks the name behind 'contactpersoon' in running text, and the numbers behind it in the same sentence."""
        done, at = [], 0
        for match in self._words.contact.finditer(text):
            strong = self._words.title.fullmatch(match[0]) is not None
            between = _BETWEEN.match(text, match.end())
            if match.start() < at or not between or not (between["colon"] or (strong and between[0])):
                continue
            start = between.end()
            while (title := self._words.title.match(text, start)) and title.end() > start:
                start, strong = _BETWEEN_NAMES.match(text, title.end()).end(), True  # type: ignore[union-attr]
            end = self._end_of_name(text, start, sure=strong)
            if end == start and not (MAIL.match(text, start) or PHONE.match(text, start)):
                continue
            stop = _sentence_end(text, end)
            done += [text[at:start], MASK if end > start else "", numbers_masked(text[end:stop])]
            at = stop
        return "".join([*done, text[at:]])

    def _end_of_name(self, text: str, start: int, *, sure: bool) -> int:
        """Returns where the names of persons end that begin here; `start` where none does."""
        end = at = start
        while (name := self._shape.name.match(text, at)) and (at == start or not self._names.knows(name[0])):
            first = name_of(name[0])
            if self._is_body(first) or self._names.knows(first):
                break
            known = self._is_person(first, near=sure)
            ends = _END_OF_NAME.match(text, name.end())
            if not known and not (ends and (sure or len(first.split()) > 1)):
                break
            end = name.end()
            more = _LIST.match(text, end)
            if not more:
                break
            at = more.end()
        return end


@lru_cache(maxsize=8)
def _persons(words: Words, lexicon: Lexicon) -> _Persons:
    return _Persons(words, lexicon)


def _colon(text: str, at: int) -> bool:
    return _COLON.match(text, at) is not None


def _depth(text: str, end: int) -> int:
    return text.count("(", 0, end) - text.count(")", 0, end)


def is_in_brackets(text: str, at: int) -> bool:
    """Whether a place in a text stands in brackets."""
    return _depth(text, at) > 0


def _sentence_end(text: str, start: int) -> int:
    found = re.compile(r"(?:[.!?](?=\s+[A-ZÀ-ÖØ-Þ]|\s*$)|\n)").search(text, start)
    return found.start() if found else len(text)


def _is_near_number(text: str, run: Sequence[Piece], at: int) -> bool:
    """Whether an e-mail address or a telephone number stands beside a piece: it is then most likely a person."""
    near = " ".join(piece.text for piece in run[at + 1 : at + 3])
    return MASK_MAIL in near or MASK_PHONE in near


def _replaced(text: str) -> str:
    """Returns the mask in the place of a name, with the blanks and masks around it."""
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    masks = "".join(f" {mask}" for mask in MASKED.findall(text) if mask != MASK)
    return f"{before}{MASK}{masks}{after}"


def _collapsed(text: str) -> str:
    """Returns a text with one mask for one that stands twice side by side."""
    again = re.escape(MASK)
    return re.sub(rf"{again}(?:[\s,.]*(?:(?:en|and|und|&)\s+)?{again})+", MASK, text)
