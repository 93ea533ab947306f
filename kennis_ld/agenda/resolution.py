"""Resolves the parties of an entry through the register: who takes part, in which role, how sure that is, and why.

A name that the register does not know becomes a provisional organisation and a finding with suggestions; nothing is
guessed.
The resolver remembers the provisional organisations, so that one unknown name is one organisation in all entries.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kennis_ld.agenda.parties import parties
from kennis_ld.agenda.periods import comparable
from kennis_ld.agenda.pieces import name_of
from kennis_ld.agenda.register import Register, folded
from kennis_ld.agenda.similarity import nearest
from kennis_ld.agenda.wording import Words
from kennis_ld.iri import MOST_KEY_CHARACTERS, slug
from kennis_ld.model import (
    Ambiguous,
    Certainty,
    Contact,
    Entry,
    Finding,
    Group,
    Known,
    Mention,
    Nobody,
    OpenList,
    Organisation,
    Participation,
    Party,
    ProjectEntry,
    Remark,
    Unknown,
    Unread,
    Way,
)

PROVISIONAL = "voorlopig"
"""How the key of a provisional organisation starts, so that its IRI says what it is."""


class Resolver:
    """Resolves one entry after the other against one register."""

    def __init__(self, register: Register, words: Words) -> None:
        self._register = register
        self._words = words
        self._provisional: dict[str, Organisation] = {}
        self._by_key: dict[str, Organisation] = {}

    @property
    def provisional(self) -> Sequence[Organisation]:
        """The provisional organisations so far, in the order in which their names came up."""
        return tuple(self._provisional.values())

    def provisionally(self, key: str) -> Organisation:
        """Returns the provisional organisation with this key."""
        return self._by_key[key]

    def resolve(self, entry: Entry, *, project: str, themes: Sequence[str]) -> tuple[ProjectEntry, tuple[Finding, ...]]:
        """Returns the entry with its parties resolved, and what is to be said about them."""
        found = [
            party
            for role, cell in entry.parties
            for party in parties(cell, role=role, lexicon=self._register, words=self._words)
        ]
        findings = list(self._remarks(found, entry))
        participations: dict[tuple[str, str], Participation] = {}
        for mention in (party for party in found if isinstance(party, Mention)):
            participation, about = self._participation(mention, entry, project)
            findings += about
            key = (participation.role.key, participation.organisation)
            before = participations.get(key)
            participations[key] = _merged(before, participation) if before else participation
        resolved = ProjectEntry(
            project=project,
            entry=entry,
            themes=tuple(themes),
            participations=tuple(participations.values()),
            groups=tuple(dict.fromkeys(party.text for party in found if isinstance(party, Group))),
            open_list=tuple(dict.fromkeys(self._open(found))),
            remarks=tuple(dict.fromkeys(party.text for party in found if isinstance(party, Remark))),
        )
        return resolved, tuple(findings)

    def _participation(self, mention: Mention, entry: Entry, project: str) -> tuple[Participation, tuple[Finding, ...]]:
        name = mention.name or name_of(mention.text)
        findings: list[Finding] = []
        doubt = mention.doubt

        def found(code: str, **values: str) -> None:
            words = mention.text if code == "doubtful-participation" else name
            findings.append(Finding(code, entry.place, entry.label, words, values))

        match mention.resolution:
            case Known(organisation, way):
                if way is Way.DOUBTFUL_SPELLING:
                    doubt = doubt or name
                    found("doubtful-spelling", organisation=self._register.by_key[organisation].name)
            case Ambiguous(candidates):
                way, organisation, doubt = Way.AMBIGUOUS, self._provisionally(name), doubt or name
                names = (self._register.by_key[key].name for key in candidates)
                found("ambiguous-name", organisations=" / ".join(names))
            case Unknown():
                way, organisation = Way.PROVISIONAL, self._provisionally(name)
                found("unknown-name", suggestions=" / ".join(nearest(name, self._register.names())))
                if mention.wrapped:
                    found("name-on-two-lines")
        if mention.doubt:
            found("doubtful-participation", doubt=mention.doubt)
        intended = not {mention.role, mention.role.main}.isdisjoint(entry.intended)
        certainty = Certainty.DOUBTFUL if doubt else Certainty.INTENDED if intended else Certainty.STATED
        participation = Participation(
            project=project,
            organisation=organisation,
            role=mention.role,
            certainty=certainty,
            way=way,
            mentions=(mention.text,),
            start=mention.start,
            end=mention.end,
            doubt=doubt,
        )
        return participation, tuple(findings)

    def _provisionally(self, name: str) -> str:
        """Returns the key of the provisional organisation for a name; another name never gets the same key."""
        known = self._provisional.get(folded(name))
        if known is None:
            key = _provisional_key(name)
            if key in self._register.by_key or key in self._by_key:
                key = _provisional_key(name, distinct=True)
            known = self._by_key[key] = Organisation(key=key, name=name, provisional=True)
            self._provisional[folded(name)] = known
        return known.key

    @staticmethod
    def _open(found: Sequence[Party]) -> Iterator[str]:
        for party in found:
            if isinstance(party, OpenList | Nobody) or (isinstance(party, Group) and party.open):
                yield party.text

    @staticmethod
    def _remarks(found: Sequence[Party], entry: Entry) -> Iterator[Finding]:
        for party in found:
            match party:
                case Remark(text, unit_of=whole) if whole:
                    yield Finding("unknown-unit", entry.place, entry.label, text, {"whole": whole})
                case Remark(text, may_be=role) if role:
                    yield Finding("unknown-role", entry.place, entry.label, text, {"line": f'"{text}" = "{role}"'})
                case Remark(text):
                    yield Finding("remark-in-brackets", entry.place, entry.label, text)
                case Nobody(text):
                    yield Finding("nobody-named", entry.place, entry.label, text)
                case Unread(text):
                    yield Finding("unread-words", entry.place, entry.label, text)
                case Contact():
                    yield Finding("contact-person", entry.place, entry.label)
                case _:
                    pass


def _provisional_key(name: str, *, distinct: bool = False) -> str:
    digest = hashlib.sha256(folded(name).encode()).hexdigest()[:8]
    key = f"{PROVISIONAL}-{slug(name) or digest}"
    if distinct:
        key = f"{key[: MOST_KEY_CHARACTERS - 9].rstrip('-')}-{digest}"
    return key[:MOST_KEY_CHARACTERS].rstrip("-")


def _merged(before: Participation, after: Participation) -> Participation:
    """One organisation named twice in one role is one participation; it is as sure as its surest mention."""
    surest = min(before, after, key=lambda participation: list(Certainty).index(participation.certainty))
    start, end = comparable(before.start or after.start, before.end or after.end)
    return replace(
        surest,
        mentions=tuple(dict.fromkeys((*before.mentions, *after.mentions))),
        start=start,
        end=end,
    )
