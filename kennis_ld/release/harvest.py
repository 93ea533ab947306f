"""Compares what a release offers to portals with what the release before it offered: what the next harvest will do.

A portal knows a dataset by its IRI. It takes over what is new or changed, and deletes what it does not find any more
(ckanext-dcat 2.4, `_mark_datasets_for_deletion`); who follows the projects of an agenda sees the same happen to these.
A project counts while it is on the agenda: of it, and of no other, is said whether its list of parties is open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rdflib.namespace import DCAT, OWL, RDF

from kennis_ld.graph import formats
from kennis_ld.iri import Iris
from kennis_ld.model import Finding
from kennis_ld.release.manifest import STATEMENTS
from kennis_ld.vocabulary import SPDX, AgendaTerms

CATALOGUE = "catalog.nt"

_TYPE, _DATASET = f"<{RDF.type}>", f"<{DCAT.Dataset}>"
_PARTS = {f"<{DCAT.distribution}>", f"<{SPDX.checksum}>"}


@dataclass(frozen=True, slots=True)
class Offered:
    """What a release offers.

    Attributes:
        datasets: by IRI, a digest of all that is said of a dataset and its distributions.
        projects: by key, a digest of all that is said of a project on the agenda and of who takes part.
    """

    datasets: Mapping[str, str]
    projects: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Changes:
    """What comes, changes and goes; each sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()

    def as_json(self) -> dict[str, list[str]]:
        """Returns the changes as data."""
        return {"added": [*self.added], "changed": [*self.changed], "deleted": [*self.deleted]}


@dataclass(frozen=True, slots=True)
class Harvest:
    """What the next harvest does.

    Attributes:
        datasets: IRIs of datasets.
        projects: keys of projects.
        is_first: whether there was nothing before that a portal could know.
    """

    datasets: Changes = field(default_factory=Changes)
    projects: Changes = field(default_factory=Changes)
    is_first: bool = False

    def as_json(self) -> dict[str, object]:
        """Returns what the next harvest does as data."""
        return {"first": self.is_first, "datasets": self.datasets.as_json(), "projects": self.projects.as_json()}


def harvest(before: Offered | None, after: Offered) -> Harvest:
    """Returns what changes for a portal from one release to the next; None where it knows no release yet."""
    if before is None:
        return Harvest(_changes({}, after.datasets), _changes({}, after.projects), is_first=True)
    return Harvest(_changes(before.datasets, after.datasets), _changes(before.projects, after.projects))


def offered(release: Path, iris: Iris) -> Offered:
    """Returns what the files of a release offer."""
    return Offered(datasets_of(release / CATALOGUE), projects_of(release / STATEMENTS, iris))


def datasets_of(catalogue: Path) -> Mapping[str, str]:
    """Returns the datasets of a catalogue, each with a digest of all that is said of it and of its distributions."""
    said: dict[str, list[tuple[str, str]]] = {}
    with catalogue.open(encoding="utf-8", newline="\n") as lines:
        for subject, predicate, value in formats.read_statements(lines):
            said.setdefault(subject, []).append((predicate, value))
    datasets = [subject for subject, pairs in said.items() if (_TYPE, _DATASET) in pairs]
    return {iri[1:-1]: hashlib.sha256(repr([*_closure(iri, said)]).encode()).hexdigest() for iri in sorted(datasets)}


def _closure(subject: str, said: Mapping[str, list[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    pairs = sorted(said.get(subject, ()))
    yield from pairs
    for predicate, value in pairs:
        if predicate in _PARTS:
            yield from _closure(value, said)


def on_agenda(statements: Path, iris: Iris) -> tuple[set[str], set[str]]:
    """Returns the keys of the projects on the agenda, and of those that a decision ended; streaming."""
    project = f"<{iris.things}project/".encode()
    listed, deprecated = (f"> <{each}> ".encode() for each in (AgendaTerms(iris.terms).openEnded, OWL.deprecated))
    found: tuple[set[str], set[str]] = (set(), set())
    with statements.open("rb") as lines:
        for line in lines:
            if line.startswith(project) and (listed in line or deprecated in line) and formats.in_default_graph(line):
                subject, predicate, _ = line.split(b" ", 2)
                for keys, said in zip(found, (listed, deprecated), strict=True):
                    if predicate in said:
                        keys.add(subject[len(project) : -1].decode())
    return found


def projects_of(statements: Path, iris: Iris) -> Mapping[str, int]:
    """Returns the projects on the agenda, each with a digest of all that is said of it; streaming."""
    project, part = (f"<{iris.things}{concept}/".encode() for concept in ("project", "deelname"))
    current, _ = on_agenda(statements, iris)
    digests: dict[str, int] = {}
    with statements.open("rb") as lines:
        for line in lines:
            if not line.startswith((project, part)) or not formats.in_default_graph(line):
                continue
            subject, _ = line.split(b" ", 1)
            key = subject.rpartition(b"/")[2][:-1].partition(b"--")[0].decode()
            # The order of lines says nothing, so neither does that of what is added up.
            said = int.from_bytes(hashlib.blake2b(line, digest_size=8).digest(), "big")
            digests[key] = digests.get(key, 0) ^ said
    return {key: digests[key] for key in sorted(current)}


def findings(found: Harvest) -> Iterator[Finding]:
    """Yields what the next harvest does, as findings."""
    datasets, projects = found.datasets, found.projects
    counts = {name: str(len(keys)) for name, keys in projects.as_json().items()}
    if found.is_first:
        yield Finding("harvest-first", None, words=", ".join(datasets.added), values=counts)
        return
    for iri in datasets.deleted:
        yield Finding("harvest-deletes-dataset", None, words=iri)
    for iri in datasets.added:
        yield Finding("harvest-adds-dataset", None, words=iri)
    for iri in datasets.changed:
        yield Finding("harvest-changes-dataset", None, words=iri)
    if any(projects.as_json().values()):
        yield Finding("harvest-projects", None, values=counts)
    for key in projects.deleted:
        yield Finding("harvest-project-leaves", None, words=key)
    if not any((*datasets.as_json().values(), *projects.as_json().values())):
        yield Finding("harvest-same", None)


def _changes(before: Mapping[str, object], after: Mapping[str, object]) -> Changes:
    both = before.keys() & after.keys()
    return Changes(
        added=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(key for key in both if before[key] != after[key])),
        deleted=tuple(sorted(before.keys() - after.keys())),
    )
