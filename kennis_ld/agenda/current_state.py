"""Puts editions that only list changes over the last full one: what is on the agenda now, and where each part was said.

In: entries, edition by edition. Out: the current state of each project. What an edition of changes does not name stays
as it was, also who has a role that a row does not name; a row that says that its project stopped ends it; an empty
cell changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TypeVar

from kennis_ld.agenda.numbers import is_number
from kennis_ld.agenda.role_words import roles_named
from kennis_ld.agenda.wording import Words
from kennis_ld.model import Entry, Facts, Finding, ProjectEntry, Role, Way

_NOT_OF_CHANGES = frozenset({"number-left-out", "heading-without-entries"})
"""Findings that are no news where most rows are left out."""

_T = TypeVar("_T", Entry, Facts, ProjectEntry)
_PARTS = re.compile(r"[\s,;+&]+")


class Row(Enum):
    """What a row of an edition of changes does: it changes a project, stops it, or only refers to another."""

    CHANGES = auto()
    STOPS = auto()
    REFERS = auto()


@dataclass(frozen=True, slots=True)
class Standing:
    """A project as it stands now.

    Attributes:
        item: its last entry, with what an earlier one says where that says nothing.
        edition: key of the edition of that entry.
        said_in: key of the edition that says who takes part, by role.
    """

    item: ProjectEntry
    edition: str
    said_in: Mapping[Role, str]


class CurrentState:
    """What is on the agenda after the editions that were put in, oldest first."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._standing: dict[str, Standing] = {}

    @property
    def standing(self) -> Mapping[str, Standing]:
        """The projects by key, in the order in which they came onto the agenda."""
        return self._standing

    def by_number(self) -> Mapping[str, str]:
        """Returns the keys of the projects by number, where only one has that number."""
        found: dict[str, str] = {}
        twice: set[str] = set()
        for key, standing in self._standing.items():
            number = standing.item.entry.number
            if number and found.setdefault(number, key) != key:
                twice.add(number)
        return {number: key for number, key in found.items() if number not in twice}

    def begin(self, *, changes_only: bool) -> None:
        """Begins an edition; a full one takes the place of all before it."""
        if not changes_only:
            self._standing = {}

    def put(self, item: ProjectEntry, *, edition: str, changes_only: bool) -> None:
        """Puts an entry over what stands there."""
        before = self._standing.get(item.project)
        match row_of(item, self._words) if changes_only else Row.CHANGES:
            case Row.STOPS:
                self._standing.pop(item.project, None)
            case Row.REFERS:
                pass  # people decide what becomes of it
            case Row.CHANGES:
                self._standing[item.project] = _over(before, item, edition, self._words)

    def before(self, item: ProjectEntry) -> ProjectEntry:
        """Returns an entry with what the one before it says, where that of a project that stops says nothing."""
        standing = self._standing.get(item.project)
        return _over(standing, _without_words(item, self._words), "", self._words).item if standing else item


def row_of(item: ProjectEntry, words: Words) -> Row:
    """Returns what a row of an edition of changes does.

    It stops its project where it is struck through, or where a cell says nothing but that; it refers where there is
    nothing in it but the number of another project.
    """
    entry = item.entry
    cells = [entry.description, *(text for _, text in entry.parties), *(cell.text for cell in entry.extras)]
    texts = [_bare(text) for text in cells if text.strip()]
    in_title = re.search(r"[(\[–-]\s*(?P<word>[^()\[\]]+?)[)\]]?\s*$", entry.title)
    if in_title:
        texts.append(in_title["word"])
    if entry.struck or any(words.stopped.fullmatch(text) for text in texts):
        return Row.STOPS
    named = [part for part in item.participations if part.way is not Way.PROVISIONAL]
    said = [text for text in (entry.description, *(text for _, text in entry.parties)) if text.strip()]
    if said and not named and any(_refers(text, words) for text in said) and all(len(text) < 60 for text in said):
        return Row.REFERS
    return Row.CHANGES


def names_parties(item: ProjectEntry) -> bool:
    """Whether a row says who takes part."""
    return any(text.strip() for _, text in item.entry.parties)


def with_findings(
    items: Iterable[ProjectEntry | Finding], words: Words, *, number_of: Mapping[str, str]
) -> Iterator[ProjectEntry | Finding]:
    """Yields the entries of an edition of changes, and what is to be said about rows that stop or refer.

    Args:
        number_of: key of the project that has a number now, by that number.
    """
    waiting: list[Finding] = []
    for item in items:
        if isinstance(item, Finding):
            if item.code not in _NOT_OF_CHANGES:
                waiting.append(item)
            continue
        entry = item.entry
        texts = [entry.number, entry.title, entry.description, *(text for _, text in entry.parties)]
        texts += [cell.text for cell in entry.extras]
        stops = row_of(item, words) is Row.STOPS
        yield from (each for each in waiting if not (stops and words.stopped.fullmatch(_bare(each.words))))
        waiting = []
        if stops:
            yield Finding("project-stopped", entry.place, entry.label)
        else:
            joined = len(numbers(entry.number)) > 1
            for text in texts:
                if (joined and text == entry.number) or _refers(text, words):
                    others = [number_of[each] for each in numbers(text) if each in number_of] or ["…"]
                    gone, stays = (others[0], item.project) if joined else (item.project, others[0])
                    yield Finding("row-refers", entry.place, entry.label, text, {"gone": gone, "stays": stays})
                    break
        yield item
    yield from waiting


def numbers(text: str) -> list[str]:
    """Returns the numbers of projects in a text ("3.1+3.4")."""
    return [part.rstrip(".)") for part in _PARTS.split(text) if is_number(part)]


def _refers(text: str, words: Words) -> bool:
    """Whether a text refers to the number of another project ("zie 2.3", "samengevoegd met 3.1")."""
    return words.refers.search(text) is not None and bool(numbers(words.refers.sub(" ", text)))


def _over(before: Standing | None, item: ProjectEntry, edition: str, words: Words) -> Standing:
    said_in = {each.role: edition for each in item.participations}
    if before is None:
        return Standing(item, edition, said_in)
    old = before.item
    entry = _filled(item.entry, old.entry, "title", "number", "description")
    facts = _filled(item.facts, old.facts, "start", "end", "status", "budget", "currency", "links")
    merged = _filled(replace(item, entry=entry, facts=facts), old, "themes")
    said = _roles_said(item, words)
    if said is None:
        return Standing(merged, edition, said_in)
    named = {each.organisation for each in item.participations}
    kept = [each for each in old.participations if each.role not in said and each.organisation not in named]
    parts = sorted((*kept, *item.participations), key=lambda each: each.role.main == Role.PARTNER)
    merged = replace(merged, participations=tuple(parts))
    if Role.PARTNER not in said:
        merged = replace(
            merged, groups=_joined(item.groups, old.groups), open_list=_joined(item.open_list, old.open_list)
        )
    return Standing(merged, edition, {each.role: before.said_in[each.role] for each in kept} | said_in)


def _roles_said(item: ProjectEntry, words: Words) -> Collection[Role] | None:
    """Returns the roles of which a row says who has them; None where it names leads and partners in one cell."""
    said: set[Role] = {each.role for each in item.participations}
    for role, text in item.entry.parties:
        named = (role,) if role else roles_named(text, words)
        if text.strip() and (not named or {Role.LEAD, Role.PARTNER} <= set(named)):
            return None
        said.update(named)
    return said


def _joined(new: tuple[str, ...], old: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*old, *new)))


def _filled(new: _T, old: _T, *names: str) -> _T:
    """Returns a new value with what an old one says in these fields where it says nothing."""
    return replace(new, **{name: getattr(old, name) for name in names if getattr(new, name) in ("", (), None)})


def _without_words(item: ProjectEntry, words: Words) -> ProjectEntry:
    """Returns an entry without a description that says nothing but that the project stopped."""
    is_said = words.stopped.fullmatch(_bare(item.entry.description))
    return replace(item, entry=replace(item.entry, description="")) if is_said else item


def _bare(text: str) -> str:
    """Returns a text without blanks and punctuation around it."""
    return text.strip(" .:;()")
