"""Knows which entry of which edition is which project, and what people still have to decide.

A project keeps its URI when its number, theme or title changes. That is possible because its identity is decided once,
by people, in the publication's table of identities. An entry that the table does not know is compared with the projects
of the earlier editions: one that may be a known project stops the release until somebody decides, for a URI that was
made by mistake never dies; one that looks like nothing known is a new project.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias

from kennis_ld.agenda.numbers import number_key
from kennis_ld.agenda.similarity import likeness, same_text, words
from kennis_ld.errors import UnreadableInput
from kennis_ld.iri import MOST_KEY_CHARACTERS, slug
from kennis_ld.model import Entry, Finding, Identity, ProjectEntry

NEAR_TITLE = 82.0
"""Likeness from which a title is nearly the same; the two most alike titles of different projects seen had 80."""

SIMILAR_TITLE = 60.0
"""Likeness from which a title is similar, which counts only where most parties are the same as well."""

NEAR_DESCRIPTION = 85.0
"""Likeness from which a description is nearly the same."""

LEAST_DESCRIPTION = 60
"""Characters below which a description says too little to know a project by."""

LEAST_PARTIES = 3
"""Organisations that two entries must have in common before having the same ones means anything."""

MOST_COMPARISONS = 1_000_000
"""Comparisons beyond which only titles are compared that share the start of a word; a city never comes near it."""

_COMPARED_CHARACTERS = 1000
_WORD_START = 4
_MOST_SHOWN = 3


class Likeness(Enum):
    """Why an entry may be a project that is known already, strongest first; the value says it in Dutch and English."""

    SAME_TITLE = ("dezelfde titel", "the same title")
    NEAR_TITLE = ("bijna dezelfde titel", "nearly the same title")
    NEAR_DESCRIPTION = ("bijna dezelfde beschrijving", "nearly the same description")
    TITLE_AND_PARTIES = ("een titel die erop lijkt en bijna dezelfde partijen", "a similar title and most parties")
    SAME_PARTIES = ("precies dezelfde partijen", "exactly the same parties")


@dataclass(frozen=True, slots=True)
class _Trace:
    """What an entry is known by: of an earlier edition, of this one, or of a decision that no entry fits."""

    project: str
    title: str
    edition: str
    words: str
    description: str = ""
    parties: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, item: ProjectEntry, edition: str) -> _Trace:
        entry = item.entry
        return cls(
            project=item.project,
            title=entry.title,
            edition=edition,
            words=words(entry.title),
            description=words(entry.description[:_COMPARED_CHARACTERS]),
            parties=frozenset((part.organisation, part.role.key) for part in item.participations),
        )


_Candidate: TypeAlias = tuple[Likeness, _Trace]
"""A known project that an entry may be, and what they have in common."""


class Identities:
    """Knows which entry is which project, and what nobody decided about yet.

    Args:
        editions: keys of the editions, oldest first; what is read of the last one need not be remembered.

    Raises:
        UnreadableInput: one project is decided to be two entries of one edition.
    """

    def __init__(self, decided: Iterable[Identity], editions: Sequence[str] = ()) -> None:
        self._decided = {(known.edition, known.theme, _mark(known.number, known.title)): known for known in decided}
        self._unused = dict(self._decided)
        self._unused_in = Counter(edition for edition, _, _ in self._decided)
        self._keys = {known.project for known in self._decided.values()}
        self._editions = editions
        self._earlier: list[_Trace] = []
        self._here: list[_Trace] = []
        self._undecided: list[tuple[Entry, Identity, _Trace]] = []  # with a row that has a new key
        self._used: set[str] = set()
        self._proposed: list[Identity] = []
        self._bearers: dict[str, set[str]] = {}
        for known in self._decided.values():
            self._bearers.setdefault(words(known.title), set()).add(known.project)
        _check_once(self._decided.values())

    @property
    def proposed(self) -> Sequence[Identity]:
        """Rows for the table of identities, one for each entry read so far that nobody decided about.

        The key is empty where several projects are as likely: nothing is guessed.
        """
        return tuple(self._proposed)

    def decided(self, entry: Entry, *, edition: str, theme: str) -> Identity | None:
        """Returns what was decided about an entry; None where nobody did."""
        at = (edition, theme, _mark(entry.number, entry.title))
        if self._unused.pop(at, None):
            self._unused_in[edition] -= 1
        return self._decided.get(at)

    def new_key(self, entry: Entry, theme: str) -> str:
        """Returns a key that no other project has: the title, and where that is taken the theme and number as well."""
        title = slug(entry.title)
        with_number = slug(f"{title[: MOST_KEY_CHARACTERS - 20]} {theme} {entry.number}")
        start = with_number[: MOST_KEY_CHARACTERS - 8].rstrip("-") or "project"
        counted = (f"{start}-{count}" for count in itertools.count(2))
        key = next(key for key in itertools.chain((title, with_number), counted) if key and key not in self._keys)
        self._keys.add(key)
        return key

    def read(self, item: ProjectEntry, known: Identity | None, *, edition: str, theme: str) -> Iterator[Finding]:
        """Yields what can be said at once about the identity of an entry; `finished` says the rest.

        Args:
            item: the entry, with the key that was decided or a new one.
            known: what was decided about it, if anything was.
        """
        row = Identity(item.project, edition, theme, item.entry.number, item.entry.title)
        if known is not None:
            self._used.add(item.project)
            yield from self._differs(item.entry, known)
        elif self._earlier or self._unused_in[edition]:
            self._undecided.append((item.entry, row, _Trace.of(item, edition)))
        else:
            yield self._new(item.entry, row)
        if edition in self._editions[:-1]:
            self._here.append(_Trace.of(item, edition))

    def finished(self, edition: str) -> Iterator[Finding]:
        """Yields what can only be said about the identities of an edition when all of it was read."""
        unused = [known for at, known in self._unused.items() if at[0] == edition]
        traces = [trace for trace in self._earlier if trace.project not in self._used]
        traces += [_Trace(known.project, known.title, edition, words(known.title)) for known in unused]
        candidates = _candidates([trace for _, _, trace in self._undecided], traces)
        times = Counter(found[0][1].project for found in candidates if len(found) == 1)
        known_as: dict[str, str] = {}
        for (entry, row, _), found in zip(self._undecided, candidates, strict=True):
            if not found:
                yield self._new(entry, row)
                continue
            likely = found[0][1].project if len(found) == 1 == times[found[0][1].project] else ""
            self._proposed.append(replace(row, project=likely))
            known_as[row.project] = likely or row.project
            yield _undecided_finding(entry, found)
        yield from map(_unused_finding, unused)
        # To a later edition an entry is what is proposed here, and no second project of the same title.
        self._earlier += [replace(trace, project=known_as.get(trace.project, trace.project)) for trace in self._here]
        self._here, self._undecided, self._used = [], [], set()

    def unread(self) -> Iterator[Finding]:
        """Yields the decisions about editions that the publication does not have."""
        for at, known in self._unused.items():
            if at[0] not in self._editions:
                yield _unused_finding(known)

    def _new(self, entry: Entry, row: Identity) -> Finding:
        self._proposed.append(row)
        return Finding("new-project", entry.place, entry.label, values={"project": row.project, "line": csv_line(row)})

    def _differs(self, entry: Entry, known: Identity) -> Iterator[Finding]:
        """Compares the title in the document with the one that was decided about."""
        if known.title == entry.title:
            return
        bearers = self._bearers.get(words(entry.title), set())
        values = {"project": known.project, "before": known.title or known.project}
        if bearers and known.project not in bearers:
            other = ", ".join(sorted(bearers))
            yield Finding("identity-conflict", entry.place, entry.label, entry.title, values | {"other": other})
        elif known.title:
            yield Finding("title-differs", entry.place, entry.label, entry.title, values)


def csv_line(row: Identity) -> str:
    """Returns a row as it should stand in the table of identities."""
    output = io.StringIO()
    csv.writer(output, lineterminator="").writerow((row.project, row.edition, row.theme, row.number, row.title))
    return output.getvalue()


def _candidates(entries: Sequence[_Trace], known: Sequence[_Trace]) -> list[Sequence[_Candidate]]:
    """Returns for each entry the known projects that it may be: those of the strongest likeness there is.

    A project that has the title of one entry is no candidate for another one.
    """
    titles: dict[str, list[_Trace]] = {}
    for trace in known:
        titles.setdefault(trace.words, []).append(trace)
    same = [_distinct((Likeness.SAME_TITLE, trace) for trace in titles.get(entry.words, ())) for entry in entries]
    claimed = {trace.project for found in same for _, trace in found}
    open_ = [entry for entry, found in zip(entries, same, strict=True) if not found]
    near = _comparable(open_, [trace for trace in known if trace.project not in claimed])
    return [
        found or _distinct((why, trace) for trace in near(entry) if (why := _alike(entry, trace)))
        for entry, found in zip(entries, same, strict=True)
    ]


def _distinct(found: Iterable[_Candidate]) -> Sequence[_Candidate]:
    """Returns one candidate for each project, of the strongest likeness only, sorted by key."""
    order = list(Likeness)
    ranked = sorted(found, key=lambda hit: (order.index(hit[0]), hit[1].project))
    return [*{trace.project: (why, trace) for why, trace in ranked if why is ranked[0][0]}.values()]


def _alike(entry: _Trace, known: _Trace) -> Likeness | None:
    title = likeness(entry.words, known.words)
    if title >= NEAR_TITLE:
        return Likeness.NEAR_TITLE
    long = min(len(entry.description), len(known.description)) >= LEAST_DESCRIPTION
    if long and same_text(entry.description, known.description, least=NEAR_DESCRIPTION):
        return Likeness.NEAR_DESCRIPTION
    ours, theirs = ({organisation for organisation, _ in trace.parties} for trace in (entry, known))
    if title >= SIMILAR_TITLE and 2 * len(ours & theirs) > max(len(ours), len(theirs)):
        return Likeness.TITLE_AND_PARTIES
    if entry.parties == known.parties and len(ours) >= LEAST_PARTIES:
        return Likeness.SAME_PARTIES
    return None


def _comparable(entries: Sequence[_Trace], known: Sequence[_Trace]) -> Callable[[_Trace], Iterable[_Trace]]:
    """Returns what gives the known projects to compare an entry with: all, or those that share the start of a word."""
    if len(entries) * len(known) <= MOST_COMPARISONS:
        return lambda entry: known
    by_start: dict[str, list[int]] = {}
    for at, trace in enumerate(known):
        for start in _starts(trace):
            by_start.setdefault(start, []).append(at)
    most = max(1, MOST_COMPARISONS // len(entries))

    def sharing(entry: _Trace) -> Iterable[_Trace]:
        lists = sorted((by_start.get(start, []) for start in _starts(entry)), key=len)
        return [known[at] for at in dict.fromkeys(itertools.islice(itertools.chain.from_iterable(lists), most))]

    return sharing


def _starts(trace: _Trace) -> set[str]:
    return {word[:_WORD_START] for word in trace.words.split()}


def _undecided_finding(entry: Entry, found: Sequence[_Candidate]) -> Finding:
    def shown(language: int) -> str:
        names = (f"“{each.title}” ({each.project}, {each.edition}: {why.value[language]})" for why, each in found)
        return "; ".join(itertools.islice(names, _MOST_SHOWN))

    values = {"candidates_nl": shown(0), "candidates_en": shown(1)}
    return Finding("identity-undecided", entry.place, entry.label, entry.title, values)


def _unused_finding(known: Identity) -> Finding:
    return Finding("identity-unused", None, f"{known.number} {known.title}".strip(), csv_line(known))


def _check_once(decided: Iterable[Identity]) -> None:
    """Refuses one project in two rows of an edition: its entry there has one IRI."""
    seen: dict[tuple[str, str], Identity] = {}
    for known in decided:
        other = seen.setdefault((known.project, known.edition), known)
        if other is not known:
            raise UnreadableInput(
                f"Project {known.project!r} is decided to be two entries of edition {known.edition!r}: "
                f"{other.number} {other.title!r} and {known.number} {known.title!r}.",
                where="projects.csv",
                remedy="Give one of them a key of its own.",
            )


def _mark(number: str, title: str) -> str:
    """Returns what tells an entry from others under its theme: its number, or its title where it has none."""
    return number_key(number) or f"title: {words(title)}"
