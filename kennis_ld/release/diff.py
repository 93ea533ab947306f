"""Compares two states of an agenda project by project: what is new, gone, renamed, moved, and who came or left.

A state is read from statements, so two editions, two releases, or one of each are compared in the same way: an edition
is what its named graph says, a release what its default graph says. Keys are compared and not addresses, so that a site
that moved to another base can be compared with what it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, TypeAlias

from rdflib.namespace import DCTERMS, ORG, OWL, SDO, SKOS
from rdflib.term import Node

from kennis_ld.graph.statements import Triple
from kennis_ld.iri import Iris
from kennis_ld.model import Role
from kennis_ld.vocabulary import AgendaTerms

Names: TypeAlias = Mapping[tuple[str, str], str]
"""Names of organisations, themes and roles in the language of the publication, by concept and key."""


@dataclass(frozen=True, slots=True)
class ProjectState:
    """What one state says about one project.

    Attributes:
        key: key of the project, the same in both states.
        number: as printed.
        title: of the project.
        description: of the project; empty where there is none.
        themes: keys of its themes, sorted.
        parties: certainty of each participation, by role and organisation, all by key.
        groups: parties without a name.
        period: start and end, as far as they are known.
        status: key of its status; empty where there is none.
        budget: amount and currency; empty where there is none.
        open_words: words that leave the list of parties open; None where it is closed.
    """

    key: str
    number: str = ""
    title: str = ""
    description: str = ""
    themes: Sequence[str] = ()
    parties: Mapping[tuple[str, str], str] = field(default_factory=dict)
    groups: Sequence[str] = ()
    period: tuple[str, str] = ("", "")
    status: str = ""
    budget: tuple[str, str] = ("", "")
    open_words: Sequence[str] | None = None

    @property
    def label(self) -> str:
        """Number and title, for people."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class State:
    """What an agenda says at one time.

    Attributes:
        projects: the projects on the agenda, by key.
        ended: projects that were withdrawn or replaced: the reason and the key of what took their place, by key.
    """

    projects: Mapping[str, ProjectState]
    names: Names
    ended: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed about a project.

    Attributes:
        kind: `renamed`, `renumbered`, `moved`, `described`, `lead-added`, `lead-removed`, `lead-certainty`, the same
            of `partner` and of `role` (one under these), `group-added`, `group-removed`, `opened`, `closed`,
            `open-words`, `status`, `period` or `budget`.
        before: what it was, for people; empty where nothing was.
        after: what it is, for people; empty where nothing is.
        thing: what the change is about, such as `organisatie/foo`; empty where it has no IRI.
    """

    kind: str
    before: str = ""
    after: str = ""
    thing: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A project that is on both agendas, and what changed about it."""

    project: ProjectState
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two states; every list in the order in which people read an agenda.

    Attributes:
        new: projects that came.
        gone: projects that went.
        changed: projects that stayed and changed.
        unchanged: number of projects that stayed as they were.
        before: the earlier state.
        after: the later state.
    """

    new: Sequence[ProjectState]
    gone: Sequence[ProjectState]
    changed: Sequence[Changed]
    unchanged: int
    before: State
    after: State

    def as_json(self) -> dict[str, Any]:
        """Returns the difference as data."""
        return {
            "new": [_project(item, self.after) for item in self.new],
            "gone": [_project(item, self.before) | _end(self.after.ended.get(item.key)) for item in self.gone],
            "changed": [
                _project(item.project, self.after) | {"changes": [_change(change) for change in item.changes]}
                for item in self.changed
            ],
            "unchanged": self.unchanged,
        }


def state(triples: Iterable[Triple], iris: Iris) -> State:
    """Returns what statements say about the projects on the agenda: those that say whether their list is open.

    Args:
        triples: the statements of one graph, in any order, with those that name organisations, themes and roles.
    """
    ks = AgendaTerms(iris.terms)
    of_part = {ORG.organization, ORG.member, ORG.role, ks.certainty}
    projects: dict[str, dict[Node, list[str]]] = {}
    parts: dict[str, dict[Node, str]] = {}
    names: dict[tuple[str, str], str] = {}
    for subject, predicate, value in triples:
        concept, _, key = iris.reference(subject).partition("/")
        if concept == "project":
            projects.setdefault(key, {}).setdefault(predicate, []).append(str(value))
        elif concept == "deelname" and predicate in of_part:
            parts.setdefault(key, {})[predicate] = _key(str(value))
        elif (
            concept in {"organisatie", "thema", "begrip"}
            and predicate == SKOS.prefLabel
            and (getattr(value, "language", None) == "nl" or (concept, key) not in names)
        ):
            names[concept, key] = str(value)
    parties: dict[str, dict[tuple[str, str], str]] = {}
    for part in parts.values():
        if part.keys() == of_part:
            who = parties.setdefault(part[ORG.organization], {})
            who[part[ORG.role], part[ORG.member]] = part[ks.certainty]
    return State(
        projects={
            key: _project_state(key, said, parties.get(key, {}), ks)
            for key, said in sorted(projects.items())
            if ks.openEnded in said  # only a project on the agenda says so
        },
        names=names,
        ended={
            key: (_last(said, SKOS.changeNote), _key(_last(said, DCTERMS.isReplacedBy)))
            for key, said in sorted(projects.items())
            if OWL.deprecated in said
        },
    )


def difference(before: State, after: State) -> Difference:
    """Returns what changed from one state to the other."""
    old, new = before.projects, after.projects
    names = {**before.names, **after.names}
    changed = []
    unchanged = 0
    for key in sorted(old.keys() & new.keys(), key=lambda key: _order(new[key])):
        changes = tuple(_changes(old[key], new[key], names))
        if changes:
            changed.append(Changed(new[key], changes))
        else:
            unchanged += 1
    return Difference(
        new=sorted((new[key] for key in new.keys() - old.keys()), key=_order),
        gone=sorted((old[key] for key in old.keys() - new.keys()), key=_order),
        changed=changed,
        unchanged=unchanged,
        before=before,
        after=after,
    )


def _project_state(
    key: str, said: Mapping[Node, Sequence[str]], parties: Mapping[tuple[str, str], str], ks: AgendaTerms
) -> ProjectState:
    open_words = sorted(said.get(ks.openEndedText, ()))
    return ProjectState(
        key,
        number=_last(said, SDO.identifier),
        title=_last(said, SDO.name),
        description=_last(said, SDO.description),
        themes=sorted(map(_key, said.get(SDO.about, ()))),
        parties=parties,
        groups=sorted(said.get(ks.otherParties, ())),
        period=(_last(said, SDO.startDate), _last(said, SDO.endDate)),
        status=_key(_last(said, ks.status)),
        budget=(_last(said, ks.budget).removesuffix(".0"), _last(said, ks.currency)),
        open_words=open_words if open_words or "true" in said[ks.openEnded] else None,
    )


def _last(said: Mapping[Node, Sequence[str]], predicate: Node) -> str:
    return said[predicate][-1] if predicate in said else ""


def _key(iri: str) -> str:
    return iri.rpartition("/")[2]


def _changes(old: ProjectState, new: ProjectState, names: Names) -> Iterator[Change]:
    if old.title != new.title:
        yield Change("renamed", old.title, new.title)
    if old.number != new.number:
        yield Change("renumbered", old.number, new.number)
    if old.themes != new.themes:
        before, after = (", ".join(names.get(("thema", key), key) for key in item.themes) for item in (old, new))
        yield Change("moved", before, after, " ".join(f"thema/{key}" for key in new.themes))
    for role, kind in ((Role.LEAD.key, "lead"), (Role.PARTNER.key, "partner")):
        yield from _party_changes(old, new, role, kind, names)
    others = {role for role, _ in (*old.parties, *new.parties)} - {role.key for role in (Role.LEAD, Role.PARTNER)}
    for role in sorted(others):
        called = names.get(("begrip", role), role)
        for change in _party_changes(old, new, role, "role", names):
            before, after = (part and f"{called}: {part}" for part in (change.before, change.after))
            yield replace(change, before=before, after=after)
    for group in new.groups:
        if group not in old.groups:
            yield Change("group-added", after=group)
    for group in old.groups:
        if group not in new.groups:
            yield Change("group-removed", before=group)
    yield from _open_changes(old, new)
    if old.status != new.status:
        yield Change("status", *(names.get(("begrip", item.status), item.status) for item in (old, new)))
    for kind in ("period", "budget"):
        before, after = (" – ".join(filter(None, getattr(item, kind))) for item in (old, new))
        if before != after:
            yield Change(kind, before, after)
    if old.description != new.description:
        yield Change("described", old.description, new.description)


def _party_changes(old: ProjectState, new: ProjectState, role: str, kind: str, names: Names) -> Iterator[Change]:
    before, after = ({key: how for (part, key), how in item.parties.items() if part == role} for item in (old, new))
    for key in sorted(
        before.keys() | after.keys(), key=lambda key: (names.get(("organisatie", key), key).casefold(), key)
    ):
        name, thing = names.get(("organisatie", key), key), f"organisatie/{key}"
        if key not in before:
            yield Change(f"{kind}-added", after=name, thing=thing)
        elif key not in after:
            yield Change(f"{kind}-removed", before=name, thing=thing)
        elif before[key] != after[key]:
            yield Change(f"{kind}-certainty", f"{name} ({before[key]})", f"{name} ({after[key]})", thing)


def _open_changes(old: ProjectState, new: ProjectState) -> Iterator[Change]:
    before, after = (" / ".join(item.open_words or ()) for item in (old, new))
    if old.open_words is None and new.open_words is not None:
        yield Change("opened", after=after)
    elif old.open_words is not None and new.open_words is None:
        yield Change("closed", before=before)
    elif before != after:
        yield Change("open-words", before, after)


def _order(project: ProjectState) -> tuple[Sequence[tuple[int, int | str]], str, str]:
    """Sorts numbers as people count: 1b, 2, 10a."""
    parts = re.findall(r"[0-9]+|[^0-9]+", project.number.casefold())
    return [(0, int(part)) if part.isdecimal() else (1, part) for part in parts], project.title.casefold(), project.key


def _project(project: ProjectState, state: State) -> dict[str, Any]:
    return {
        "project": f"project/{project.key}",
        "number": project.number,
        "title": project.title,
        "themes": [state.names.get(("thema", key), key) for key in project.themes],
    }


def _end(ended: tuple[str, str] | None) -> dict[str, str]:
    if ended is None:
        return {}
    reason, replacement = ended
    return {"reason": reason} | ({"replaced_by": f"project/{replacement}"} if replacement else {})


def _change(change: Change) -> dict[str, str]:
    return {name: value for name, value in asdict(change).items() if value}
