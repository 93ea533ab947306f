"""Masks the names of persons that words lead up to: 'Contact: …', 'contact …', 'weth. …', 'namens UL: …'.

Behind a form of address or a word for a contact person every name is one of a person, but for those of organisations;
behind a word such as 'contact' only what plainly is one, for 'contact Groningen' may be anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise

from kennis_ld.agenda.contact_details import MAIL, PHONE, numbers_masked
from kennis_ld.agenda.names import MOST_WORDS_IN_A_NAME, names_of
from kennis_ld.agenda.patterns import compiled
from kennis_ld.agenda.person_names import PersonNames, person_names_of
from kennis_ld.agenda.pieces import ENDS, Kind, name_of, pieces
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.wording import COLON, MASK, MASKED, Words, fold

STOP = re.compile(r"[,;\n()/|]")
"""What ends a name, whatever it is."""

_STOP_OR_MASK = re.compile(rf"{STOP.pattern}|\[")
_TOKEN = re.compile(r"[^\s()]+")
_FIRST_LETTER = re.compile(r"(?<!\w)\w")
_TIE = re.compile(r"\s*[.:=–-]?\s*")
_TIE_IN_SENTENCE = re.compile(r"[^\S\n]*(?P<colon>[:=])?[^\S\n]*")
_BETWEEN_NAMES = re.compile(r"[^\S\n.]*\.?[^\S\n]*")
_NUMBER_BEHIND = re.compile(r"[\s,;:(–-]*(?:[^\W\d_]{1,9}[.:]*\s*)?\[(?:e-mail|telefoon)\]")
_NEAR = 200
"""Characters behind a name in which a number of that person would begin and end."""

_LEADING = re.compile(r"\s*[:=–-]\s*")
_END_OF_CONTACT = re.compile(r"[;\n]|\)")
_END_OF_WHOLE = re.compile(r":\s*")
_END_OF_SENTENCE = re.compile(r"[.!?](?=\s+[A-ZÀ-ÖØ-Þ])")


class ContactPersons:
    """Finds who is named behind words that lead up to a person."""

    def __init__(self, words: Words, lexicon: Register) -> None:
        self._words = words
        both, one = words.and_.pattern, words.or_.pattern
        self._list = compiled(rf"[^\S\n]*(?:(?P<comma>,)|[/&–-]|{both}|{one})[^\S\n]*")
        self._name_ends = compiled(rf"[^\S\n]*(?:$|[\n.,;()/&\[–-]|(?:{both}|{one})\s)")
        self._names = names_of(lexicon, words)
        self._persons: PersonNames = person_names_of(words, lexicon)

    def cell(self, text: str) -> str:
        """Masks them in a cell, whose numbers are masked already."""
        return self._behind_whole(self._behind_colon(self._behind_word(self.capitalised(text))))

    def capitalised(self, text: str) -> str:
        """Returns a text with capitals in a name in small letters: 'contact anna de boer', 'dhr. smit'."""
        for match in self._leading(text):
            start = self._start_of_name(text, match.end())
            if not text[start : start + 1].islower():
                continue
            stop = _STOP_OR_MASK.search(text, start)
            end = len(text[: stop.start()].rstrip()) if stop else len(text)
            head, _, last = text[start:end].rpartition(" ")
            if self._names.has(last):  # "dhr. smit gk"
                end = start + len(head.rstrip())
            name = _FIRST_LETTER.sub(lambda first: first[0].upper()[:1], text[start:end])
            words, address = name.split(), self._words.address.search(text, match.start(), start)
            alone = address and (len(words) < 3 or fold(words[0]) in self._words.particles)
            person = (
                alone
                or self._persons.shape.with_initials.fullmatch(name)
                or (words[1:] and fold(words[0]) in self._words.given)
            )
            if len(words) < 6 and person:
                text = text[:start] + name + text[end:]
        return text

    def _behind_colon(self, text: str) -> str:
        """Masks what stands behind 'Contact:' up to the next role, line or bracket, but for what the register knows."""
        done, at = [], 0
        for match in self._words.contact.finditer(text):
            colon = _LEADING.match(text, match.end())
            if match.start() < at or not colon or self._known_at(text, match.start(), colon.end()):
                continue
            if match[0].isupper() and self._names.has(match[0]):  # "AP: GD", where AP is an organisation
                continue
            start = colon.end()
            if reached := self._words.reached.match(text, start):
                start = reached.end()
            end = self._end_of_contact(text, start)
            done += [text[at:start], self._contact_list(text[start:end])]
            at = end
        return "".join([*done, text[at:]])

    def _end_of_contact(self, text: str, start: int) -> int:
        ends = [role.start() for role, _ in self._words.roles_at_colons(text, start)]
        others = _END_OF_CONTACT.finditer(text, start)
        depth = _depth(text, start)  # brackets that begin here end here: 'Contact: A. Voorbeeld (UL)'
        ends += [found.start() for found in others if found[0] != ")" or _depth(text, found.end()) < depth]
        return min([*ends, len(text)])

    def _contact_list(self, text: str) -> str:
        run = pieces(text, self._words)
        found: list[str] = []
        at = 0
        while at < len(run):
            piece = run[at]
            known, _ = self._names.longest(text, run, at)
            at = max(known, at + 1)
            inside = piece.text.strip().removeprefix("(").removesuffix(")")
            name = name_of(MASKED.sub("", inside))
            nobody = not name or self._words.nobody.fullmatch(name) or self._words.is_unsettled(name)
            kept = known == at or nobody or self._persons.is_kept(inside)
            if piece.kind in {Kind.NAME, Kind.BRACKETS} and not kept:
                lead = piece.text[: len(piece.text) - len(piece.text.lstrip())]
                found.append(f"{lead}{MASK}{' ' if piece.text[-1:].isspace() else ''}")
            else:
                found.append(text[piece.start : run[at - 1].end])
        return "".join(found) + text[run[-1].end :] if run else text

    def _behind_word(self, text: str) -> str:
        """Masks the names behind an office, a form of address or a word for contact: 'weth. De Wit'."""
        done, at = [], 0
        for match in self._leading(text):
            start = self._start_of_name(text, match.end())
            if match.start() >= at and (end := self._end_of_names(text, match, start)) > start:
                done += [text[at:start], MASK]
                at = end
        return "".join([*done, text[at:]])

    def _leading(self, text: str) -> Sequence[re.Match[str]]:
        """Returns the words that lead up to a person, the longest of those that begin at one place."""
        matches = (match for words in (self._words.contact, self._words.before_name) for match in words.finditer(text))
        found = {match.start(): match for match in sorted(matches, key=re.Match.end)}
        return [found[at] for at in sorted(found)]

    def _start_of_name(self, text: str, end: int) -> int:
        """Returns where a name may begin behind a word: behind a colon, 'is', 'via' and further titles."""
        at = _end(_TIE, text, end)
        if at == end:
            return end
        for pattern in (self._words.being, self._words.reached):
            if tie := pattern.match(text, at):
                at = _end(_TIE, text, tie.end())
        while (title := self._words.before_name.match(text, at)) and (
            start := _end(_TIE, text, title.end())
        ) > title.end():
            at = start
        return at

    def _end_of_names(self, text: str, word: re.Match[str], start: int) -> int:
        """Returns where the persons end that a word leads up to; `start` where it leads up to none."""
        end = self._end_of_one(text, start)
        if end <= start:
            return start
        first = text[start:end]
        address = self._words.address.search(text, word.start(), start) is not None
        titled = address or self._words.before_name.fullmatch(word[0]) is not None
        field = self._words.office_name.fullmatch(word[0]) and self._persons.is_ordinary_name(first)
        if (field or self._persons.is_body(first, expected=titled)) and not address:
            return start
        if self._known_from(text, word.start(), end) or self._known_at(
            text, start, start if titled and not address else end - 1
        ):
            return start
        label = COLON.match(text, word.end()) and not self._words.title.fullmatch(word[0])  # "adviseur: Duin Rand"
        if label and not is_in_brackets(text, start) and not self._persons.is_person(first, near=False):
            return start
        if not titled and not self._is_plain(text, word, start, end):
            return start
        return self._end_of_list(text, end, sure=is_in_brackets(text, start))

    def _end_of_one(self, text: str, start: int) -> int:
        """Returns where the name of one person may end that begins here; `start` where none can.

        It ends before a role, and before an organisation: 'mw. Smit GK', 'mw. Smit Stichting Zee'.
        """
        name = self._persons.shape.name.match(text, start)
        end = self._persons.before_role(text, start, name.end()) if name else start
        words = list(_TOKEN.finditer(text, start, end))
        for before, word in pairwise(words):
            known = self._names.has(word[0]) if word[0].isupper() else self._known_at(text, word.start(), word.end())
            body = word is not words[-1] and self._words.bodies.fullmatch(word[0])
            if known or (body and not self._persons.ends_with_particle(text[start : before.end()])):
                return before.end()
        return end

    def _is_plain(self, text: str, word: re.Match[str], start: int, end: int) -> bool:
        """Whether a person plainly stands behind a word that need not lead up to one: 'GK (contact Anna Visser)'."""
        name = name_of(text[start:end])
        small = word[0][0].islower() or word[0].isupper()  # "contact", "AP"
        inside = is_in_brackets(text, word.start())
        before = text[: word.start()].rstrip(" \t")
        ends = f",;\n(/|-–•{':' if small else ''}"  # 'T: Contact Groningen Noord' is a lead
        apart = small if not before else before[-1] in ends or self._names.ends_known(before)
        number = _NUMBER_BEHIND.match(text, end) is not None
        near = apart or number
        if self._persons.is_person(name.title() if name.isupper() else name, near=near):
            return True
        alone = near and (inside or small or number)
        return alone and bool(self._name_ends.match(text, end)) and self._persons.is_surname(name)

    def _end_of_list(self, text: str, end: int, *, sure: bool) -> int:
        """Returns where the persons end that stand behind a first one: 'Anna Visser en Bert Smit'."""
        while more := self._list.match(text, end):
            start = self._behind_titles(text, more.end())
            stop = self._end_of_one(text, start)
            name = text[start:stop]
            if not name or self._words.role.match(name) or self._known_at(text, start, stop):
                break
            near = sure or not more["comma"]
            surname = near and self._persons.is_surname(name) and self._name_ends.match(text, stop)
            if not surname and not self._persons.is_person(name, near=near):
                break
            end = stop
        return end

    def start_of_known(self, text: str, end: int) -> int:
        """Returns where a name of the register begins behind a word that ends at `end`; `end` where none does."""
        start = self._start_of_name(text, end)
        return start if self._known_at(text, start, start) else end

    def start_of_leading(self, text: str) -> int:
        """Returns where the words begin, at the end of a text, that only lead up to a person: 'GK, contactpersoon is'.

        A word with a colon that gives a role is none of them.
        """
        for match in self._leading(text):
            if not self._words.role_at_colon(text, match.start()) and not self._but_leading(text[match.start() :]):
                return match.start()
        return len(text)

    def _but_leading(self, text: str) -> str:
        rest = self._words.without_leading(text).strip(f"{ENDS}=")
        ties = (self._words.being, self._words.reached)
        return "" if any(pattern.fullmatch(rest) for pattern in ties) else rest

    def _known_at(self, text: str, start: int, end: int) -> bool:
        """Whether the register knows a longer name that begins here: 'Jan en Anna Fonds'."""
        words = islice(_TOKEN.finditer(text, start), MOST_WORDS_IN_A_NAME)
        return any(self._names.knows(text[start : word.end()]) for word in words if word.end() > end)

    def _known_from(self, text: str, start: int, end: int) -> bool:
        """Whether the register knows a name that stretches over the title and the name: 'Dr. Leo Kannerhuis'."""
        after = STOP.search(text, end)
        before = max((found.end() for found in STOP.finditer(text, 0, start)), default=0)
        whole = text[before : after.start() if after else len(text)]
        return self._known_at(text, start, start) or self._names.knows(whole)

    def _behind_whole(self, text: str) -> str:
        """Masks the person who speaks for an organisation: 'namens UL: Anna Visser', 'namens UL Anna Visser'."""
        done, at = [], 0
        for match in self._words.represents.finditer(text):
            for start in self._ends_of_whole(text, match.end()) if match.start() >= at else ():
                end = self._end_of_one(text, start)
                name = text[start:end]
                if not name or self._known_at(text, start, start):
                    continue
                alone = text[:start].rstrip().endswith(":")
                if self._persons.is_person(name, near=True) or (alone and self._persons.is_surname(name)):
                    done += [text[at:start], MASK]
                    at = self._end_of_list(text, end, sure=alone)
                    break
        return "".join([*done, text[at:]])

    def _ends_of_whole(self, text: str, start: int) -> Iterator[int]:
        """Yields where the name of an organisation may end: at its colon, or where the register knows it."""
        stop = STOP.search(text, start)
        end = stop.start() if stop else len(text)
        if colon := _END_OF_WHOLE.search(text, start, end):
            yield colon.end()
            return
        words = list(_TOKEN.finditer(text, start, end))[: MOST_WORDS_IN_A_NAME + 1]
        for one, other in zip(reversed(words[:-1]), reversed(words[1:]), strict=True):
            if self._names.knows(text[start : one.end()]):
                yield other.start()

    def running(self, text: str) -> str:
        """Masks the name behind 'contactpersoon' in running text, and the numbers behind it in the same sentence."""
        done, at = [], 0
        for match in self._words.contact.finditer(text):
            strong = self._words.before_name.fullmatch(match[0]) is not None
            between = _TIE_IN_SENTENCE.match(text, match.end())
            inside = text[: match.start()].endswith("(")
            if match.start() < at or not between or not (between["colon"] or ((strong or inside) and between[0])):
                continue
            start, said = between.end(), False
            if strong and (being := self._words.being.match(text, start)):
                start, said = _end(_TIE_IN_SENTENCE, text, being.end()), not between["colon"]
            if (behind := self._behind_titles(text, start)) > start:
                start, strong, said = behind, True, False
            end = self._end_of_name(text, start, sure=strong, whole=said or not (strong or between["colon"]))
            details = between["colon"] or strong
            if end == start and not (details and (MAIL.match(text, start) or PHONE.match(text, start))):
                continue
            stop = _sentence_end(text, end)
            done += [text[at:start], MASK if end > start else "", numbers_masked(text[end:stop])]
            at = stop
        return "".join([*done, text[at:]])

    def _end_of_name(self, text: str, start: int, *, sure: bool, whole: bool) -> int:
        """Returns where the names of persons end that begin here; `start` where none does.

        Args:
            start: where the first name begins.
            sure: whether a person is expected here.
            whole: whether only what looks like a whole name is one: 'De contactpersoon is Nederlands.' names nobody.
        """
        end = at = start
        while name := self._persons.shape.name.match(text, at):
            first = name_of(name[0])
            if self._persons.is_body(first) or self._names.knows(first):
                break
            near = text[name.end() : name.end() + _NEAR]
            number = _NUMBER_BEHIND.match(numbers_masked(near)) is not None
            known = self._persons.is_person(first, near=sure or number)
            ends = number or (not whole and self._name_ends.match(text, name.end()))
            if not known and not (ends and (sure or number or len(first.split()) > 1)):
                break
            end = name.end()
            more = self._list.match(text, end)
            if not more:
                break
            at = self._behind_titles(text, more.end())
        return end

    def _behind_titles(self, text: str, at: int) -> int:
        """Returns where a name may begin that stands behind titles, or without one: 'mw. mr. De Wit'."""
        while title := self._words.before_name.match(text, at):
            at = _end(_BETWEEN_NAMES, text, title.end())
        return at


@lru_cache(maxsize=8)
def contact_persons_of(words: Words, lexicon: Register) -> ContactPersons:
    """Returns what finds the persons behind words with these words and this register; neither changes."""
    return ContactPersons(words, lexicon)


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Returns where a pattern ends that matches anywhere, be it nothing."""
    match = pattern.match(text, start)
    return match.end() if match else start


def _depth(text: str, end: int) -> int:
    return text[:end].count("(") - text[:end].count(")")


def is_in_brackets(text: str, at: int) -> bool:
    """Whether a place in a text stands in brackets."""
    return _depth(text, at) > 0


def _sentence_end(text: str, start: int) -> int:
    found = _END_OF_SENTENCE.search(text, start)
    return found.start() if found else len(text)
