"""Says whether words are the name of a person, with the words of a publication and its register.

The register goes before all else; then initials, given and family names, and words that make a name that of an
organisation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kennis_ld.agenda.names import Lexicon, names_of
from kennis_ld.agenda.pieces import ENDS, name_of
from kennis_ld.agenda.wording import MASK_MAIL, MASK_PHONE, MASKED, Words, fold

_CAPITAL = f"[{''.join(filter(str.isupper, map(chr, range(0x250))))}]"  # of all Latin alphabets: "Ş", "Đ"
_SURNAME = rf"(?:(?:d'|D'|O'|Mc|Mac)?{_CAPITAL}[\w'’]+(?:-{_CAPITAL}?[\w'’]+)*)"
_INITIALS = rf"(?:(?:{_CAPITAL}|Ch|Th|Ph|IJ)\.\s?(?:-\s?)?){{1,5}}"
_DASH = re.compile(r"\s+[-–]\s+")  # "Smit - de Boer"
_FIRST_INITIALS = re.compile(rf"^{_INITIALS}")


@dataclass(frozen=True, slots=True)
class Shape:
    """What names of persons look like: 'A. de Boer', 'Boer, A. de', and words with capitals in general."""

    with_initials: re.Pattern[str]
    reversed: re.Pattern[str]
    name: re.Pattern[str]
    particles: re.Pattern[str]


@cache
def _shape(particles: frozenset[str]) -> Shape:
    longest = sorted(particles, key=lambda word: (-len(word), word))
    particle = "|".join(map(re.escape, longest)) or "(?!)"
    between = rf"(?:(?i:{particle})(?:\s+|(?<=\.))){{0,3}}"  # "v.d.Boer"
    married = rf"\s?[-–]\s?(?=(?i:{particle})\s){between}"  # "Smit - de Boer", "Smit-van der Veen"
    rest = rf"{between}(?:d'|['’]t\s)?{_SURNAME}(?:(?:{married}|[\s-]+{between}){_SURNAME}){{0,2}}"
    return Shape(
        particles=re.compile(rf"^{between}"),
        with_initials=re.compile(rf"{_INITIALS}{rest}"),
        reversed=re.compile(rf"{_SURNAME},\s*{_INITIALS}(?:\s?(?i:{particle})\b)*(?=\s*(?:$|[,;(\n/]))"),
        name=re.compile(rf"(?:{_INITIALS}\s*)?{between}{_SURNAME}(?:(?:{married}|[ \t]+{between}){_SURNAME}){{0,3}}"),
    )


class PersonNames:
    """Tells names of persons from those of organisations."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self._words = words
        self._names = names_of(lexicon, words)
        self.shape = _shape(words.particles)

    def is_person(self, text: str, *, near: bool) -> bool:
        """Whether a text is the name of a person; `near` says that what stands beside it makes one likely."""
        plain = name_of(_DASH.sub(" ", MASKED.sub(" ", text)))
        near = near or MASK_MAIL in text or MASK_PHONE in text
        while title := self._words.title.match(plain):
            plain = name_of(plain[title.end() :])
        role = self._words.role.match(plain) if near else None
        if role and len(role["role"]) > 3:  # "Leitung IfN (HSN)", but not "(T. van Bremema)"
            plain = name_of(plain[role.end() :])
        if not plain or self._words.nobody.fullmatch(plain) or self.is_kept(plain):
            return False
        if self.shape.with_initials.fullmatch(plain):
            return True
        tokens = plain.split()
        if any(self._names.has(" ".join(tokens[:end])) for end in range(2, len(tokens))):
            return False
        first, last = fold(tokens[0]).split("-")[0], fold(tokens[-1])
        capitals = [token for token in tokens if token[0].isupper()]
        small = [fold(token) for token in tokens if not token[0].isupper()]
        if not set(small) <= self._words.particles or any(sign.isdigit() for sign in plain):
            return False
        given = first in self._words.given
        if len(tokens) == 1:
            return given and not tokens[0].isupper()
        acronym = any(token.isupper() and len(token) > 1 and "." not in token for token in tokens)
        if acronym and not all(token.isupper() for token in capitals):
            return False
        if given and len(capitals) <= 4 and (len(capitals) > 1 or small):
            return True
        if tokens[0][0].isupper() and last in self._words.family and len(capitals) <= 3:
            return True
        return near and not acronym and 2 <= len(capitals) <= 3 and tokens[0][0].isupper() and tokens[-1][0].isupper()

    def before_role(self, text: str, start: int, end: int) -> int:
        """Returns the end of a name without a word for a role with a colon: 'mw. Smit Partners: UL'."""
        roles = (role.start() for role, _ in self._words.roles_at_colons(text, start, end))
        return len(text[: next(roles, end)].rstrip())

    def is_surname(self, name: str) -> bool:
        """Whether a word may be a family name: it is none of the words that a language has for parties."""
        name = self.shape.particles.sub("", name)
        no_name = (self._words.role, self._words.title, self._words.alone, self._words.indefinite, self._words.groups)
        said = any(pattern.match(name) for pattern in no_name) or self._words.names_group(name)
        said = said or self._words.is_unsettled(name) or fold(name) in self._words.around
        kept = said or name.isupper() or self.is_kept(name)
        return not kept and bool(re.fullmatch(_SURNAME, name))

    def is_kept(self, text: str) -> bool:
        """Whether a text is no person, whatever stands before it: it names organisations."""
        said = self._words.perhaps.match(text)  # "N.B. HZ"
        return self.is_body(text) or self._names.names(text[said.end() :] if said else text)

    def is_body(self, text: str) -> bool:
        """Whether a word makes a name that of an organisation: 'Anne Frank Stichting', 'Max-Weber-Schule'."""
        plain = text.strip(ENDS)
        without = _FIRST_INITIALS.sub("", plain)  # 'E.V. de Boer' is no 'e. V.'
        if any(fold(match[0]) not in self._words.family for match in self._words.bodies.finditer(without)):
            return True
        given = any(fold(first) in self._words.given for first in plain.split()[:1])
        named = given or self.shape.with_initials.match(plain)
        ends = not named and self._words.body_ends.search(plain)
        unit = any(not found.start() or found.end() == len(plain) for found in self._words.unit.finditer(plain))
        return bool(ends) or unit


@lru_cache(maxsize=8)
def person_names_of(words: Words, lexicon: Lexicon) -> PersonNames:
    """Returns what tells names of persons with these words and this register; neither changes."""
    return PersonNames(words, lexicon)
