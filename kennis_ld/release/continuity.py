"""Keeps the promise that a published URI never dies: it is still there, or a decision of people says why not.

A decision is kept: it stands in the data with who made it, when and why, also when its line is taken out of the table.
Where earlier releases say something else of the same URI, the newest of them counts. Releases are sorted N-Quads, so
their subjects are compared like two sorted lists, without either in memory.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rdflib.namespace import OWL

from kennis_ld.graph import formats
from kennis_ld.graph.tombstones import DECISION, tombstone
from kennis_ld.iri import Iris
from kennis_ld.model import Decision
from kennis_ld.model.decision import following, parts
from kennis_ld.release.differing import differing

MADE_OF: Mapping[str, Sequence[str]] = {
    "deelname": ("project", "organisatie", ""),
    "agendapunt": ("editie", "project"),
    "identificatie": ("organisatie", ""),
    "document": ("editie",),
    "activiteit": ("editie",),
}
"""What the keys in a reference are keys of, for the things that do not outlive these."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a comparison with the earlier releases gives.

    Attributes:
        remains: lines that the new release must have on top, about URIs that are decided about.
        vanished: URIs that would be lost without a decision, each with the newest release that has it.
        unknown: decisions about URIs that no earlier release has.
    """

    remains: Collection[bytes]
    vanished: Mapping[str, Path]
    unknown: Sequence[Decision]


def kept(
    before: Sequence[Path],
    after: Path,
    decided: Sequence[Decision],
    *,
    offered_before: Mapping[str, Path],
    offered: Collection[str],
    iris: Iris,
    language: str,
) -> Kept:
    """Compares a new release with those before it.

    Args:
        before: agenda.nq of each earlier release, the newest first.
        after: sorted lines of the new one.
        offered_before: datasets of the catalogues before, each with the statements of the newest release that had it: a
            portal deletes the dataset whose IRI it does not find again.
        offered: datasets of the new catalogue.
    """
    gone: dict[str, Path] = {}
    memory: dict[str, Sequence[bytes]] = {}
    for statements in before:
        with statements.open("rb") as earlier, after.open("rb") as later:
            new = [iri for lines in differing(earlier, later) for iri in _lost(*lines, iris) if iri not in gone]
        gone |= dict.fromkeys(new, statements)
        memory |= _memory(statements, new)
    for iri, statements in offered_before.items():
        if iri not in offered:
            gone.setdefault(iri, statements)
    remains: set[bytes] = set()
    vanished: dict[str, Path] = {}
    covered: list[Decision] = []
    for iri in sorted(gone):
        if decision := covering(iri, decided):
            covered.append(decision)
        elif iri in memory:
            remains.update(memory[iri])
        else:
            vanished[iri] = gone[iri].parent
    there = _present(after, {decision.replaced_by for decision in covered}) | set(offered)
    for decision in covered:
        known = decision if decision.replaced_by in there else replace(decision, replaced_by="")
        remains.update(f"{line}\n".encode() for line in formats.lines(tombstone(known, iris, language)))
    known_before = {iri for path in before for iri in _present(path, {decision.iri for decision in decided})}
    known_before.update(offered_before)
    return Kept(remains, vanished, [decision for decision in decided if decision.iri not in known_before])


def _lost(before: Iterable[bytes], after: Iterable[bytes], iris: Iris) -> Iterator[str]:
    """Yields the IRIs of things that are a subject in the sorted lines before, and not in those after."""
    promised = f"<{iris.things}".encode()
    later = _subjects(after)
    candidate = next(later, None)
    for subject in _subjects(before):
        while candidate is not None and candidate < subject:
            candidate = next(later, None)
        if candidate != subject and subject.startswith(promised):
            yield subject[1:-1].decode()


def covering(iri: str, decided: Sequence[Decision]) -> Decision | None:
    """Returns the decision that covers an IRI: its own, or that about something its reference is made of.

    The participation `deelname/x--foo--partner` of a withdrawn `organisatie/foo` needs no decision of its own; where
    foo was replaced by bar, it is replaced by `deelname/x--bar--partner`, if there is one.
    """
    direct = next((decision for decision in decided if decision.iri == iri), None)
    if direct:
        return direct
    concept, keys = parts(iri)
    for at, (part, key) in enumerate(zip(MADE_OF.get(concept, ()), keys, strict=False)):
        for decision in decided:
            if (decision.concept, *decision.keys) == (part, key):
                new = parts(decision.replaced_by)[1][0] if decision.replaced_by else ""
                others = "--".join((*keys[:at], new, *keys[at + 1 :]))
                return following(decision, iri, f"{iri.rpartition('/')[0]}/{others}" if new else "")
    return None


def _memory(before: Path, gone: Collection[str]) -> Mapping[str, Sequence[bytes]]:
    """Returns the lines about lost IRIs that were deprecated before, and about the decisions that say so."""
    wanted = {f"<{iri}>".encode(): iri for iri in gone}
    found: dict[str, list[bytes]] = {}
    with before.open("rb") as file:
        for line in file if wanted else ():
            if iri := wanted.get(line.partition(b" ")[0]):
                found.setdefault(iri, []).append(line)
    mark = f"<{OWL.deprecated}>".encode()
    return {
        iri: lines for iri, lines in found.items() if f"/id/{DECISION}/" in iri or any(mark in line for line in lines)
    }


def _present(path: Path, iris: Collection[str]) -> set[str]:
    """Returns which of these IRIs are a subject in a release."""
    with path.open("rb") as lines:
        return formats.subjects_among(lines, iris)


def _subjects(lines: Iterable[bytes]) -> Iterator[bytes]:
    for subject, _ in itertools.groupby(line.partition(b" ")[0] for line in lines):
        yield subject
