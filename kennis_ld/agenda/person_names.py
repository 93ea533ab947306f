"""Says whether words are the name of a person, with the words of a publication and its register.

The register goes before all else; then initials, given and family names, and words that make a name that of an
organisation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kennis_ld.agenda.names import AROUND, names_of
from kennis_ld.agenda.patterns import longest
from kennis_ld.agenda.pieces import ENDS, name_of
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.wording import MASKED, Words, fold

_SMALL = "".join(filter(str.islower, map(chr, range(0x2000))))
_CAPITAL = rf"(?:(?![{_SMALL}])[^\W\d_])"  # of all scripts, also of those that have no capitals: "Ş", "И", "李"
_REST = r"[^\s.,;:()\[\]/&|<>=?!…+*•–—-]+"  # with the signs that a script has on its letters
_SURNAME = rf"(?:(?:d['’]|['’\"“”‘„]|[bdghmnt]{{1,2}}(?={_CAPITAL}))?{_CAPITAL}{_REST}(?:-{_REST})*)"
_CALLED = r"(?:\([^\W\d_][^\W\d_A-Z]+\)[ \t]+)?"  # "A. (Anna) de Boer"
_INSIDE = re.compile("[,:]")
_GENITIVE = re.compile(r"(\w+)['’]s?$")
_DIGIT = re.compile(r"\s*['’]?[0-9]")
_SMALL_WORD = re.compile(rf"\s+[{_SMALL}]")
_PART = re.compile(r"[^,;:()/|\n\[\]]+")
_INITIAL = re.compile(r"[^\W\d_]\.")
_IN_BRACKETS = re.compile(rf"(?<=\()[{_SMALL}]{{4,}}(?=\))")
_MOST_SPELLED = 9
"""Words, and the blanks between them, in which somebody may be named in small letters."""
_CAPITAL_INSIDE = re.compile(rf"(?P<before>[{_SMALL}]){_CAPITAL}")
_LEAST_BEFORE_END, _LEAST_OF_END = 3, 5
"""Letters of the first and of the second word in a word of two."""
_ENDS_OF_FORMS = ("s", "e", "n", "en", "es", "er")
"""What a word of a language may have behind it, and still is that word: 'Wohnens', 'bewoners'."""
_LONGEST_LETTERS = 3
"""Letters that stand for a role, and may be initials: 'T. van Bremema'."""
_LONGEST_ROLE = 40
"""How far a word for a role may go on behind what looks like a name: 'Betrokken partijen:'."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What names of persons look like: 'A. de Boer', 'Boer, A. de', words with capitals, and what stands before."""

    initials: re.Pattern[str]
    one_initial: re.Pattern[str]
    with_initials: re.Pattern[str]
    reversed: re.Pattern[str]
    name: re.Pattern[str]
    whole: re.Pattern[str]
    alone: re.Pattern[str]
    particles: re.Pattern[str]
    last_particle: re.Pattern[str]


@cache
def _shape(particles: frozenset[str], initials: frozenset[str], suffixes: frozenset[str]) -> Shape:
    particle = rf"(?i:{'|'.join(map(re.escape, longest(particles)))})"
    between = rf"(?:{particle}(?:\s+|-|(?<=\.))){{0,4}}"  # "v.d.Boer", "al-Boer"
    letters = rf"(?:{_CAPITAL}|(?={_CAPITAL})(?i:{'|'.join(longest(initials))}))"
    first = (
        rf"(?:(?<!\w){_CAPITAL}\.?-{_CAPITAL}\.?(?=\s)\s|(?:{letters}\.\s?(?:-\s?)?){{1,5}})"  # "J-P Boer", "Chr. Boer"
    )
    married = rf"\s?[-–]\s?(?={particle}\s){between}"  # "Smit - de Boer", "Smit-van der Veen"
    part = rf"(?:{_CAPITAL}\.-{_SURNAME}|{_SURNAME}|(?:{_CAPITAL}(?!\w)\.?)+)"  # "Anna J.C. Visser", "Visser A"
    rest = rf"(?:(?:{married}|[ \t]+{between}{_CALLED}){part}){{0,3}}"
    name = rf"(?:{first}{_CALLED})?{between}{part}{rest}"
    suffix = rf"(?:,?\s(?:{'|'.join(map(re.escape, longest(suffixes)))})\.?)?"
    return Shape(
        particles=re.compile(between),
        last_particle=re.compile(rf"(?<!\w){particle}\s*$"),
        initials=re.compile(first),
        one_initial=re.compile(rf"{letters}\.\s?{_SURNAME}"),
        with_initials=re.compile(rf"{first}{_CALLED}{between}{_SURNAME}{rest}"),
        reversed=re.compile(
            rf"(?<!\w)(?P<surname>{between}{_SURNAME}),[^\S\n]*"
            rf"(?:{first}(?:\s?{particle}\b)*(?:\s?\([^\W\d_]+\))?(?=\s*(?:$|[,;(\n/]|[-–]\s))"
            rf"|(?P<given>{_SURNAME})(?=[^\S\n]*(?:$|\n)))"
        ),
        name=re.compile(name),
        alone=re.compile(rf"{_SURNAME}{suffix}"),
        whole=re.compile(rf"{name}(?:\s{particle})*{suffix}"),  # "Anna van", cut off
    )


class PersonNames:
    """Tells names of persons from those of organisations."""

    def __init__(self, words: Words, lexicon: Register) -> None:
        self._words = words
        self._names = names_of(lexicon, words)
        self.shape = _shape(words.particles, words.initials, words.suffixes)

    def is_person(self, text: str, *, near: bool) -> bool:
        """Whether a text is the name of a person; `near` says that what stands beside it makes one likely."""
        plain = name_of(_INSIDE.sub("", MASKED.sub("", text)))
        near = near or MASKED.search(text) is not None
        while title := self._words.before_name.match(plain):
            plain = name_of(plain[title.end() :])
        contact = self._words.contact.match(plain) if near else None
        if contact and " " in (rest := name_of(plain[contact.end() :])):  # "Kontakt Fatou Bremema (GK)"
            plain = rest
        role = self._words.role.match(plain) if near else None
        if role and len(role["role"]) > _LONGEST_LETTERS:  # "Leitung IfN (HSN)", but not "(T. van Bremema)"
            plain = name_of(plain[role.end() :])
        if self._words.nobody.fullmatch(plain) or self.is_kept(plain):
            return False
        if self.shape.with_initials.fullmatch(plain):
            return True
        if not self.shape.whole.fullmatch(plain) or plain[0].islower():
            return False
        first, *others = plain.split()
        given = self.is_given(first)
        if not others:
            return given and plain[1:2].islower()  # "ULi"
        capitals = [token for token in (first, *others) if not token[0].islower()]
        acronym = any(token.isupper() and token[1:].isalpha() for token in capitals)
        if acronym and not all(map(str.isupper, capitals)):
            return False
        listed = fold(others[-1]) in self._words.family
        strange = not any(
            self.is_ordinary(token) and (not self.is_particle(token) or self._words.article.match(f"{token} "))
            for token in capitals
        )
        turned = self.is_given(others[-1]) and fold(first) in self._words.family  # "Visser Anna", as in Flanders
        return given or turned or (listed and (near or strange)) or (near and strange and not acronym)

    def is_given(self, word: str) -> bool:
        """Whether a word is a given name: 'Mei-Ling', 'Jan-Willem', 'Tineke’s'."""
        plain = fold(_GENITIVE.sub(r"\1", word))
        return not self._words.given.isdisjoint((plain, plain.split("-")[0]))

    def is_listed(self, name: str) -> bool:
        """Whether a name is one of the family names, or given names, of the language: 'van den Bosch', 'bakker'."""
        word = name.removeprefix(self.particles(name))
        known = fold(word) in self._words.family or fold(word) in self._words.given
        return known and word[0].isupper() and word[1:2].islower()

    def is_likely_surname(self, name: str) -> bool:
        """Whether a name is most likely one of a family: a list has it, or it has a small word before it."""
        return self.is_listed(name) or (self.particles(name) != "" and self.is_surname(name))

    def particles(self, name: str) -> str:
        """Returns the small words before a family name, with their blanks: 'van der '."""
        found = self.shape.particles.match(name)
        return found[0] if found else ""

    def is_named(self, name: str, *, before: str, behind: str) -> bool:
        """Whether a person is named in a sentence: 'sluit Anna Visser aan', 'vraag naar Visser', 'Anna is weg'.

        Args:
            before: "small" where a small word stands before the name that is no part of it; empty at a beginning.
            behind: the text behind the name.
        """
        first, _, more = name.partition(" ")
        plain = _GENITIVE.sub(r"\1", first.strip(AROUND))
        begins = not before and _SMALL_WORD.match(behind)
        if not (begins or before == "small") or self.is_kept(name) or plain.isupper() or _DIGIT.match(behind):
            return False  # "Jan 2027"
        family = not more and self.is_listed(plain) and fold(plain) not in self._words.ordinary
        given = self.is_given(plain) or (begins and self.is_given(plain.removesuffix("s")))  # "Annas Kollege"
        return plain[:1].isupper() and (given or (family and (not begins or plain != first)))

    def is_ordinary(self, word: str) -> bool:
        """Whether a word is one of the language, or of the names of the register: no name that is in no list."""
        plain = fold(word.rstrip("."))
        if self.is_listed(word) or len(plain) < 2:
            return False
        ends = _ENDS_OF_FORMS if len(plain) > _LEAST_OF_END else ()
        forms = [plain, *(plain.removesuffix(end) for end in ends if plain.endswith(end))]
        forms += [f"{form}en" for form in forms]
        forms += (plain[at:] for at in range(_LEAST_BEFORE_END, len(plain) - _LEAST_OF_END + 1))  # "Landjugend"
        known = not self._words.ordinary.isdisjoint(forms)
        return known or plain in self._names.lexicon.words or self._words.ordinary_end.search(plain) is not None

    def leading(self, text: str) -> int:
        """Returns where a name may begin behind a role and small words: 'Trekker Anna Visser', 'nu Bremema'."""
        role = self._words.role.match(text.lstrip())
        behind = len(text) - len(text.lstrip()) + role.end() if role and len(role["role"]) > _LONGEST_LETTERS else 0
        at = behind + 1 if text[behind : behind + 1].isspace() else 0
        while word := self._words.before_person.match(text, at):
            at = word.end()
        return at

    def spelled(self, text: str) -> str:
        """Returns a text in small letters or capitals with the names that the language knows as names are written.

        So is a word alone in brackets that the language does not know: 'gk (bremema)'.
        """
        text = _PART.sub(lambda part: self._spelled(part[0]), text)
        return _IN_BRACKETS.sub(lambda word: word[0] if self.is_ordinary(word[0]) else word[0].capitalize(), text)

    def _spelled(self, text: str) -> str:
        title = self._words.before_name.match(text.lstrip())
        words, expected = re.split(r"(\s+)", text), title is not None
        named = title[0].split() if title else []
        for at in range(0, len(words) if len(words) <= _MOST_SPELLED else 0, 2):
            word, name = words[at], words[at].capitalize()
            if self._names.has(word) or not word or word in named:
                continue
            if _INITIAL.fullmatch(word):
                words[at], expected = word.upper(), True
            elif self.is_particle(word):
                words[at], expected = word.lower(), expected or word.isupper()
            elif self.is_listed(name) or (expected and not self.is_ordinary(name)):
                words[at], expected = name, self.is_given(word)
            else:
                return text
        return "".join(words)

    def is_ordinary_name(self, name: str) -> bool:
        """Whether a name is of words of the language only: 'wethouder Jeugd', but not 'wethouder Van Huis'."""
        return not self.particles(name) and all(map(self.is_ordinary, re.findall(r"[^\W\d_][\w'’-]*", name)))

    def is_particle(self, word: str) -> bool:
        """Whether a word is one that stands between names: 'van', 'Mc'."""
        return fold(word) in self._words.particles

    def before_role(self, text: str, start: int, end: int) -> int:
        """Returns the end of a name without a word for a role with a colon: 'mw. Smit Partners: UL'."""
        roles = (role.start() for role, _ in self._words.roles_at_colons(text, start, end + _LONGEST_ROLE))
        return len(text[: min(next(roles, end), end)].rstrip())

    def ends_with_particle(self, text: str) -> bool:
        """Whether a name follows that these words belong to: 'Fatou van der'."""
        return self.shape.last_particle.search(text) is not None

    def is_surname(self, name: str) -> bool:
        """Whether a name may be a family name alone: none of the words that a language has for anything else."""
        word = name.removeprefix(self.particles(name))
        inside = _CAPITAL_INSIDE.search(word)  # "ProRail", but not "McBremema"
        if not self.shape.alone.fullmatch(word) or (inside and not self.is_particle(word[: inside.end("before")])):
            return False
        no_name = (self._words.role, self._words.before_name, self._words.alone, self._words.groups)
        listed = self.is_listed(word)
        said = not listed and (any(pattern.match(word) for pattern in no_name) or self._words.names_group(word))
        said = said or self._words.is_unsettled(word) or self.is_ordinary(word) or word.isupper()
        return not (said or (self._names.names(name) if listed else self.is_kept(name)))

    def is_kept(self, text: str) -> bool:
        """Whether a text is no person, whatever stands before it: it names organisations."""
        said = self._words.perhaps.match(text)  # "N.B. HZ"
        return self.is_body(text) or self._names.names(text[said.end() :] if said else text)

    def is_body(self, text: str, *, expected: bool = False) -> bool:
        """Whether a word makes a name that of an organisation: 'Anne Frank Stichting', 'Max-Weber-Schule'.

        Where a person is expected, or named, it does not behind a particle: 'Fatou van der Molen'.
        """
        plain = text.strip(ENDS)
        if self.shape.one_initial.fullmatch(plain):
            return False  # 'J. School'
        initials = self.shape.initials.match(plain)  # 'E.V. de Boer' is no 'e. V.'
        place, last = self._words.place_end.search(plain), plain.rpartition(" ")[2]
        surname = expected and place and 0 < plain.rfind(" ") < place.start() - 1
        surname = surname and place and not self._words.bodies.fullmatch(place[0])  # "wethouder Fatou Zijderlaan"
        if place and not surname and not self.is_listed(last):
            return True  # 'Jan Steenstraat', 'Anne Frankschool'
        named = initials or self.is_given(plain.partition(" ")[0])
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
