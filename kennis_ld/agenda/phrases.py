"""Reads a phrase: words of a list that the register does not know as they stand, between what divides it.

Its rules are tried in the order in which they stand here; the first that applies says which parties the phrase holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from kennis_ld.agenda.names import candidates
from kennis_ld.agenda.party_list import PartyList
from kennis_ld.agenda.periods import is_time
from kennis_ld.agenda.pieces import ENDS, name_of, trimmed
from kennis_ld.agenda.sayings import ANYONE
from kennis_ld.agenda.wording import MASKED, fold
from kennis_ld.model import Contact, Group, Mention, Nobody, Party, Remark, Unknown

_LONGEST_LETTERS = 3
"""How long letters that stand for a role may be: 'T', 'ff.'."""

_QUOTED = re.compile(r"[\"“„‘']([^\"“”„‘’']+)[\"”“’']")
_NOTE_MARKS = "¹²³⁴⁵⁶⁷⁸⁹†‡"


class Phrase:
    """Words that the register does not know as they stand; each rule returns their parties where it applies."""

    def __init__(self, text: str, so_far: PartyList, *, wrapped: bool = False) -> None:
        self._text, self._list, self._wrapped = text, so_far, wrapped
        self._names, self._words, self._sayings = so_far.names, so_far.words, so_far.sayings
        self._whole = self._name = name_of(text)
        article = self._words.article.match(self._whole)
        if article and self._words.office.match(self._whole, article.end()):  # "de wethouder"
            self._name = self._whole[article.end() :]
        self._kind = self._sayings.kind(self._whole)
        self._is_nobody = self._sayings.is_nobody(text)
        office = self._words.office.match(self._name) or self._words.title.match(self._name)
        self._office = None if self._words.alone.fullmatch(self._whole) else office  # "Stadtrat"

    def read(self) -> list[Party]:
        """Returns the parties of the phrase; none where it only says something of the one before."""
        beside = (self._contact, self._nothing, self._note, self._about_last)
        not_named = (self._hyphenated, self._on_behalf, self._no_name, self._nobody, self._number)
        known = (self._several, self._with_part, self._unit, self._group, self._with_words)
        unknown = (self._plain, self._sentence, self._unknown_name)
        return next(read for rule in (*beside, *not_named, *known, *unknown) if (read := rule()) is not None)

    def _part(self, text: str) -> list[Party]:
        """Reads a part of the phrase, which the register may know."""
        return [self._list.known(text)] if self._names.knows(text) else Phrase(text, self._list).read()

    def _remark(self, text: str, unit_of: str = "") -> Remark:
        return Remark(trimmed(text), self._list.role, unit_of=unit_of)

    @cached_property
    def _begins_known(self) -> bool:
        return any(self._names.has(head) for head, _ in self._sayings.behind(self._name))

    def _contact(self) -> list[Party] | None:
        """'namens GL: [naam]': a contact person, and who stands beside the mask."""
        if not MASKED.search(self._text):
            return None
        rest = self._sayings.bare(self._text)
        return [*(self._part(rest) if name_of(rest).strip("=/|()[]<> ") else []), Contact()]

    def _nothing(self) -> list[Party] | None:
        """'/', but not '?'."""
        return None if self._whole.strip("/|") or "?" in self._text else []

    def _note(self) -> list[Party] | None:
        """'¹ alleen advies'."""
        return [self._remark(self._text)] if self._whole and self._whole[0] in _NOTE_MARKS else None

    def _about_last(self) -> list[Party] | None:
        """'trekt' behind 'UL (FdR, ICLON)': said of the party before, but not just behind 'namens'."""
        found = self._list.found
        behind_with = self._list.alongside and self._list.together == len(found)  # "UL namens zijn leden"
        if not self._kind or self._is_nobody or behind_with or not self._list.about(self._whole, found):
            return None
        if self._sayings.gives_role(self._whole):
            self._list.tie(found[-1], "role", self._list.start_of_tied(len(found) - 1))
        return []

    def _hyphenated(self) -> list[Party] | None:
        """'GD-team', in doubt; 'GD-led'; 'GD-dienst Wonen'."""
        head, _, tail = self._name.rpartition("-")
        if not self._names.has(head):
            return None
        beside = (self._words.acting, self._words.role, self._words.office, self._words.title)
        if any(pattern.fullmatch(tail) for pattern in beside):
            gives = self._sayings.gives_role(tail) and not self._words.acting.fullmatch(tail)
            if not gives:
                self._list.doubt_next(tail)
            read = self._part(head)
            if gives:
                self._list.about(tail, read)
            return read
        return [*self._part(head), self._remark(tail, head)] if self._words.unit.match(tail) else None

    def _on_behalf(self) -> list[Party] | None:
        """'directeur GL', and in doubt 'HBO-V studenten van de UL'; but not 'Ford College apprentices'."""
        acting = self._words.acting.search(self._name)
        if acting and acting.start() and self._sayings.of(tail := self._name[acting.end() :]) == tail.strip(ENDS):
            acting = None
        leads = self._office or acting
        if not leads or not self._names.names(rest := self._sayings.of(self._name[leads.end() :])):
            return None
        if not self._office:
            self._list.doubt_next(leads[0])
        return self._part(rest)

    def _no_name(self) -> list[Party] | None:
        """'zie project 3', 'hoofd Wonen', 'hoofd Wonen UL'."""
        office, name = self._office, self._name
        is_office = office and (self._words.office.match(name) or not self._words.names_body(name[office.end() :]))
        if not is_office and not self._sayings.is_no_name(name):
            return None
        whole = next((tail for _, tail in self._sayings.behind(name) if office and self._names.has(tail)), "")
        return [self._remark(self._text.removesuffix(whole)), *([self._list.known(whole)] if whole else [])]

    def _nobody(self) -> list[Party] | None:
        """'n.t.b.', 'x'; but 'geen partners behalve UL'."""
        if self._is_nobody and (excepted := self._said_around()):
            return self._as_it_stands(excepted)
        is_nobody = self._is_nobody or (len(self._name) == 1 and self._name.islower())
        return [Nobody(trimmed(self._text), self._list.role)] if is_nobody else None

    def _number(self) -> list[Party] | None:
        """'50%', '2026'."""
        digits = any(map(str.isdigit, self._name)) and not any(map(str.isalpha, self._name))
        said = digits or self._kind == "kept" or is_time(self._name, self._words)
        return [self._remark(self._text)] if said else None

    def _several(self) -> list[Party] | None:
        """'UL GL Naturalis': nothing but known names."""
        parts = self._sayings.behind_shares(self._text)  # "UL 60:40 GL"
        names = [self._words.share.sub(" ", part) for part in parts]
        if len(parts) > 1 and all(map(self._names.has, names)):
            return [
                self._list.mention(part, name_of(name), self._names.resolved(name))
                for name, part in zip(names, parts, strict=True)
            ]
        return [self._list.known(name) for name in self._names.segmented(self._text.strip(ENDS))] or None

    def _with_part(self) -> list[Party] | None:
        """'UL afdeling Wonen', 'afdeling Wonen van de UL'."""
        if behind := self._sayings.part_behind(self._name, self._names.has):
            head, tail, unit_of = behind
            return [*self._part(head), Remark(tail, self._list.role, unit_of=unit_of)]
        if before := self._sayings.part_before(self._name, self._names.has):
            head, tail = before
            return [Remark(head, self._list.role, unit_of=tail), *self._part(tail)]
        return None

    def _unit(self) -> list[Party] | None:
        """'afdeling Wonen' behind 'UL,': a unit of it, which takes its place where the register knows it."""
        name, found, last = self._whole, self._list.found, self._list.last
        if self._begins_known or next(self._sayings.within(self._name, self._names.has), None):
            return None  # "later de omgevingsdienst"
        keys = candidates(last.resolution) if last else ()
        fields = self._words.names_fields(name) and not any(self._names.lexicon.by_key[key].parents for key in keys)
        if fields and last and (unit := self._names.unit_of(name, last.name)):
            if self._list.inside:
                return None
            del found[-1]
            return [replace(last, text=f"{last.text}, {trimmed(self._text)}", name=name, resolution=unit)]
        whole = (last.name or last.text) if last else getattr(found[-1], "unit_of", "") if found else ""
        return [self._remark(self._text, whole)] if whole and (fields or self._words.names_unit(name)) else None

    def _group(self) -> list[Party] | None:
        """'inwoners', 'div. instellingen', 'Huisartsen Leiden'; 'scholen doen mee' behind 'UL en' is about both."""
        kind, _, place = self._name.rpartition(" ")
        kind = kind if place in self._names.lexicon.places and not self._words.is_body(kind) else self._name
        if self._begins_known or (is_open := self._sayings.group(kind)) is None:
            return None
        for _, tail in self._sayings.behind(self._name):
            if self._sayings.gives_role(tail):
                last = self._sayings.about(tail, replace(ANYONE, role=self._list.role))[0]
                self._list.share_role(last)
        return [Group(trimmed(self._text), self._list.role, open=is_open)]

    def _with_words(self) -> list[Party] | None:
        """'GO 60%', '50% GK', 'dank aan UK': a name with something said about it."""
        read = self._said_behind()
        if read is not None:
            return read or None
        return self._as_it_stands(self._said_before() or self._said_around()) or None

    def _as_it_stands(self, read: list[Party]) -> list[Party]:
        """Returns one party with all the words of the phrase."""
        if len(read) == 1 and isinstance(one := read[0], Mention | Group):
            return [replace(one, text=trimmed(self._text))]
        return read

    def _said_behind(self) -> list[Party] | None:
        """'GO 60%', 'GK trekker', 'Kunstkring doet mee', 'OM = advies', 'Environment Agency – consents only'."""
        for head, tail in self._sayings.behind(self._whole):
            said = self._sayings.kind(tail)
            verb = said == "about" and tail == tail.lower() != tail.upper()
            verb = verb and (len(tail) > _LONGEST_LETTERS or not self._sayings.gives_role(tail))
            verb = verb and all(word[0].isupper() for word in head.split())
            label = self._whole[len(head) :].lstrip()[:1] in {":", "=", "–", "-"}
            label = label and (head.isupper() or self._words.names_body(head))
            if label and not said and self._words.is_plain(tail):
                return [self._list.mention(head, name_of(head), Unknown()), Remark(tail, self._list.role)]
            told = said == "kept" or (said and (verb or label or self._names.names(head)))
            if name_of(head) and (told or self._sayings.is_date(tail)):
                return self._with_tail(head, tail, kept=said == "kept")
        return None

    def _with_tail(self, head: str, tail: str, *, kept: bool) -> list[Party]:
        """Reads a name, and the words behind it that are about it."""
        read = self._part(head)
        if read and isinstance(last := read[-1], Mention):
            read[-1] = replace(last, text=trimmed(self._text)) if kept else last
            if self._list.about(tail, read) and self._sayings.gives_role(tail):
                self._list.share_role(read[0], coming=len(read))
        return read

    def _said_before(self) -> list[Party]:
        """'50% GK', 'vanaf 2026 HK'."""
        said, rest = self._sayings.before(self._whole, self._names.knows)
        read = self._part(rest) if said and name_of(rest) else []
        self._list.about(said, read)
        return read

    def _said_around(self) -> list[Party]:
        """'onder regie van UL', in doubt 'minimaal UL', nobody 'zonder UL'; but 'behalve UL' behind 'geen,'."""
        knows = self._names.has if self._is_nobody else self._names.knows
        if not (core := next(self._sayings.within(self._whole, knows), None)):
            return []
        known, said = core
        denies = self._sayings.denies(self._whole, known, said)
        if denies and not (self._list.found and isinstance(self._list.found[-1], Nobody)):
            self._list.tied = said
            if not self._words.absent.match(self._whole):
                self._list.deny_tied()
            return [self._remark(self._text)]
        if not denies:
            self._list.doubt_next(said)
        read = self._part(known)
        self._list.settle(said if self._whole.endswith(known) and not denies else "")
        return read

    @cached_property
    def _known_in(self) -> tuple[Sequence[str], str]:
        return self._names.known_in(self._name)

    def _plain(self) -> list[Party] | None:
        """'Federführung wechselt jährlich', 'm.u.v. De Linde', 'Stuurgroep: schepen', 'Nieuw' before '(UL)'."""
        name, words = self._name, self._words
        role = words.role.match(name)
        plain = words.is_plain(name[role.end() :] if role else name) or ": " in name
        plain = plain or (name[:1].islower() and bool(words.absent.match(name) or words.aside.search(name)))
        plain = plain or (words.around.issuperset(map(fold, name.split())) and not name.isupper())
        clause = not plain and words.is_clause(name) and not self._known_in[0]
        return [self._remark(self._text)] if plain or clause else None

    def _sentence(self) -> list[Party] | None:
        """'Hier trekt UL aan de kar', 'Gaat via de UL lopen': known names in doubt, for it may say anything."""
        known, rest = self._known_in
        if not known or self._list.inside:
            return None
        if self._words.aside.search(rest):
            return [self._remark(self._text)]
        begins, last = self._name.startswith(known[0]), self._name.endswith(known[-1])
        if not self._sayings.is_around(rest, many=len(known) > 1, begins=begins, last=last):
            return None
        named = self._words.role.finditer(rest) if self._list.in_cell else ()
        roles = set(map(self._words.role_of, named))
        self._list.marked = self._list.marked or len(roles) == 1
        role = roles.pop() if len(roles) == 1 else self._list.role
        doubted = (self._list.mention(name, name, self._names.resolved(name), said=rest) for name in known)
        return [*(replace(one, role=role) for one in doubted), Remark(trimmed(self._text), role)]

    def _unknown_name(self) -> list[Party]:
        """'Stichting Bloom', '"Open Atelier Zuid"'; but a remark 'huurdersraad'."""
        name = self._sayings.without_small(self._name)
        if not self._words.is_named(name):
            return [self._remark(self._text)]
        name = quoted[1] if (quoted := _QUOTED.fullmatch(name)) else name
        resolution = self._names.lexicon.without_place(name)
        return [self._list.mention(self._text, name, resolution, wrapped=self._wrapped)]
