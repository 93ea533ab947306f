"""Says whether words are the name of a person, with the words of a publication and its register.

The register goes before all else; then initials, given and family names, and words that make a name that of an
organisation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kennis_ld.agenda.names import names_of
from kennis_ld.agenda.patterns import longest
from kennis_ld.agenda.pieces import ENDS, name_of
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.wording import MASKED, Words, fold

_SMALL = "".join(filter(str.islower, map(chr, range(0x2000))))
_CAPITAL = rf"(?:(?![{_SMALL}])[^\W\d_])"  # of all scripts, also of those that have no capitals: "Ş", "И", "李"
_REST = r"[^\s.,;:()\[\]/&|<>=?!…+*•–—-]+"  # with the signs that a script has on its letters
_SURNAME = rf"(?:(?:d['’]|['’\"“”‘„]|[bdghmnt]{{1,2}}(?={_CAPITAL}))?{_CAPITAL}{_REST}(?:-{_REST})*)"
_INITIALS = rf"(?:(?:{_CAPITAL}|Ch|Th|Ph|IJ)\.\s?(?:-\s?)?){{1,5}}"
_CALLED = r"(?:\([^\W\d_][^\W\d_A-Z]+\)[ \t]+)?"  # "A. (Anna) de Boer"
_INSIDE = re.compile("[,:]")
_LONGEST_ROLE = 40
"""How far a word for a role may go on behind what looks like a name: 'Betrokken partijen:'."""
_FIRST_INITIALS = re.compile(_INITIALS)


@dataclass(frozen=True, slots=True)
class Shape:
    """What names of persons look like: 'A. de Boer', 'Boer, A. de', words with capitals, and what stands before."""

    with_initials: re.Pattern[str]
    reversed: re.Pattern[str]
    name: re.Pattern[str]
    whole: re.Pattern[str]
    particles: re.Pattern[str]
    last_particle: re.Pattern[str]


@cache
def _shape(particles: frozenset[str]) -> Shape:
    particle = rf"(?i:{'|'.join(map(re.escape, longest(particles)))})"
    between = rf"(?:{particle}(?:\s+|-|(?<=\.))){{0,3}}"  # "v.d.Boer", "al-Boer"
    married = rf"\s?[-–]\s?(?={particle}\s){between}"  # "Smit - de Boer", "Smit-van der Veen"
    part = rf"(?:{_SURNAME}|(?:{_CAPITAL}(?!\w)\.?)+)"  # "Anna J.C. Visser", "Visser A"
    rest = rf"(?:(?:{married}|[ \t]+{between}{_CALLED}){part}){{0,3}}"
    name = rf"(?:{_INITIALS}{_CALLED})?{between}{part}{rest}"
    return Shape(
        particles=re.compile(between),
        last_particle=re.compile(rf"(?<!\w){particle}\s*$"),
        with_initials=re.compile(rf"{_INITIALS}{_CALLED}{between}{_SURNAME}{rest}"),
        reversed=re.compile(rf"{_SURNAME},\s*{_INITIALS}(?:\s?{particle}\b)*(?=\s*(?:$|[,;(\n/]))"),
        name=re.compile(name),
        whole=re.compile(rf"{name}(?:\s{particle})*"),  # "Anna van", cut off
    )


class PersonNames:
    """Tells names of persons from those of organisations."""

    def __init__(self, words: Words, lexicon: Register) -> None:
        self._words = words
        self._names = names_of(lexicon, words)
        self.shape = _shape(words.particles)

    def is_person(self, text: str, *, near: bool) -> bool:
        """Whether a text is the name of a person; `near` says that what stands beside it makes one likely."""
        plain = name_of(_INSIDE.sub("", MASKED.sub("", text)))
        near = near or MASKED.search(text) is not None
        while title := self._words.title.match(plain):
            plain = name_of(plain[title.end() :])
        role = self._words.role.match(plain) if near else None
        if role and len(role["role"]) > 3:  # "Leitung IfN (HSN)", but not "(T. van Bremema)"
            plain = name_of(plain[role.end() :])
        if self._words.nobody.fullmatch(plain) or self.is_kept(plain):
            return False
        if self.shape.with_initials.fullmatch(plain):
            return True
        if not self.shape.whole.fullmatch(plain) or plain[0].islower():
            return False
        first, *others = plain.split()
        given = not self._words.given.isdisjoint((fold(first), fold(first).split("-")[0]))  # "Mei-Ling", "Jan-Willem"
        if not others:
            return given and not plain.isupper()
        capitals = [token for token in (first, *others) if not token[0].islower()]
        acronym = any(token.isupper() and token[1:].isalpha() for token in capitals)
        if acronym and not all(map(str.isupper, capitals)):
            return False
        return given or fold(others[-1]) in self._words.family or (near and not acronym)

    def before_role(self, text: str, start: int, end: int) -> int:
        """Returns the end of a name without a word for a role with a colon: 'mw. Smit Partners: UL'."""
        roles = (role.start() for role, _ in self._words.roles_at_colons(text, start, end + _LONGEST_ROLE))
        return len(text[: min(next(roles, end), end)].rstrip())

    def ends_with_particle(self, text: str) -> bool:
        """Whether a name follows that these words belong to: 'Fatou van der'."""
        return self.shape.last_particle.search(text) is not None

    def is_surname(self, name: str) -> bool:
        """Whether a word may be a family name: it is none of the words that a language has for parties."""
        if particles := self.shape.particles.match(name):
            name = name[particles.end() :]
        no_name = (self._words.role, self._words.title, self._words.alone, self._words.groups)
        said = any(pattern.match(name) for pattern in no_name)
        said = said or self._words.names_group(name) or self._words.is_unsettled(name)
        kept = said or fold(name) in self._words.around or name.isupper() or self.is_kept(name)
        return not kept and re.fullmatch(_SURNAME, name) is not None

    def is_kept(self, text: str) -> bool:
        """Whether a text is no person, whatever stands before it: it names organisations."""
        said = self._words.perhaps.match(text)  # "N.B. HZ"
        return self.is_body(text) or self._names.names(text[said.end() :] if said else text)

    def is_body(self, text: str, *, expected: bool = False) -> bool:
        """Whether a word makes a name that of an organisation: 'Anne Frank Stichting', 'Max-Weber-Schule'.

        Where a person is expected, or named, it does not behind a particle: 'Fatou van der Molen'.
        """
        plain = text.strip(ENDS)
        initials = _FIRST_INITIALS.match(plain)  # 'E.V. de Boer' is no 'e. V.'
        named = initials or fold(plain.partition(" ")[0]) in self._words.given
        for match in self._words.bodies.finditer(plain, initials.end() if initials else 0):
            surname = (named or (expected and plain[0].isupper())) and self.ends_with_particle(plain[: match.start()])
            surname = surname or (named and len(plain.split()) == 2 and fold(match[0]) in self._words.homonyms)
            if not surname and fold(match[0]) not in self._words.family:
                return True
        ends = not named and self._words.body_ends.search(plain)
        unit = any(not found.start() or found.end() == len(plain) for found in self._words.unit.finditer(plain))
        return bool(ends) or unit


@lru_cache(maxsize=8)
def person_names_of(words: Words, lexicon: Register) -> PersonNames:
    """Returns what tells names of persons with these words and this register; neither changes."""
    return PersonNames(words, lexicon)
