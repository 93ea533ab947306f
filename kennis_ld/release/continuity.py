"""Keeps the promise that a published URI never dies: it is still there, or a decision of people says why not.

A decision is kept: it stands in the data with who made it, when and why, also when its line is taken out of the table.
Both releases are sorted N-Quads, so their subjects are compared like two sorted lists, without either in memory.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rdflib import Literal, URIRef
from rdflib.namespace import DC, DCTERMS, OWL, PROV, RDFS, SKOS

from kennis_ld.errors import UnreadableInput
from kennis_ld.graph import formats
from kennis_ld.graph.statements import Triple, day, labels, text, truth, types
from kennis_ld.iri import Iris, is_key
from kennis_ld.model import Finding
from kennis_ld.reading import tables

DECISION_COLUMNS = ("uri", "decision", "replaced_by", "reason", "decided_by", "date")
WITHDRAWN, REPLACED = "withdrawn", "replaced"
DECISION = "besluit"
"""Concept in the IRI of a decision: `/id/besluit/project--{key}` is about `/id/project/{key}`."""

MADE_OF: Mapping[str, Sequence[str]] = {
    "deelname": ("project", "organisatie", ""),
    "agendapunt": ("editie", "project"),
    "identificatie": ("organisatie", ""),
    "document": ("editie",),
    "activiteit": ("editie",),
}
"""What the keys in a reference are keys of, for the things that do not outlive these."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What people decided about a published URI.

    Attributes:
        iri: the URI it is about.
        replaced_by: the URI that took its place; empty where it was withdrawn.
        reason: why, in the language of the publication.
        decided_by: the office that decided.
        day: when.
        follows: the URI that was decided about, where this one only follows from that: an entry of a withdrawn project.
    """

    iri: str
    replaced_by: str
    reason: str
    decided_by: str
    day: date
    follows: str = ""

    @property
    def concept(self) -> str:
        """What kind of thing it is about: the part of its IRI between `/id/` and the reference."""
        return _parts(self.iri)[0]

    @property
    def keys(self) -> Sequence[str]:
        """The keys that its reference is made of."""
        return _parts(self.iri)[1]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a comparison with the earlier release gives.

    Attributes:
        remains: lines that the new release must have on top, about URIs that are decided about.
        vanished: URIs that would be lost without a decision.
        unknown: decisions about URIs that the earlier release does not have.
    """

    remains: Collection[bytes]
    vanished: Sequence[str]
    unknown: Sequence[Decision]


def decisions(path: Path, iris: Iris) -> tuple[Decision, ...]:
    """Returns the decisions of a publication; `uri` is written as `organisatie/foo`, without the base.

    Raises:
        UnreadableInput: the table cannot be read; a decision is neither `withdrawn` nor `replaced`, is made twice, or
            leads in a circle.
    """
    if not path.exists():
        return ()
    found: dict[str, Decision] = {}
    for place, row in tables.checked_rows(
        path, DECISION_COLUMNS, required=("uri", "decision", "reason", "decided_by", "date")
    ):
        kind, new = row["decision"], row["replaced_by"]
        if kind not in {WITHDRAWN, REPLACED} or (kind == REPLACED) != bool(new):
            raise _wrong(
                place,
                f"decision {kind!r} with replaced_by {new!r} is not clear.",
                "Write withdrawn, or replaced with the new URI in replaced_by.",
            )
        iri, replacement = _iri(place, row["uri"], iris), _iri(place, new, iris) if new else ""
        if iri in found:
            raise _wrong(place, f"{row['uri']} was decided about before.", "Keep one of the two rows.")
        found[iri] = Decision(iri, replacement, row["reason"], row["decided_by"], _day(place, row["date"]))
    for decision in found.values():
        _check_end(path, decision, found, iris)
    return tuple(found.values())


def tombstone(decision: Decision, iris: Iris, language: str) -> Iterator[Triple]:
    """Yields what remains of an IRI: that it is deprecated, why, what took its place, and who decided when.

    The office is a literal (`dc:creator` of DCMI 1.1 takes one): an IRI for it would be one more promise.
    """
    subject = URIRef(decision.iri)
    concept, keys = _parts(decision.follows or decision.iri)
    record = URIRef(iris.resource(DECISION, concept, *keys))
    yield subject, OWL.deprecated, truth(True)
    yield subject, SKOS.changeNote, text(decision.reason, language)
    yield subject, PROV.wasInvalidatedBy, record
    if decision.replaced_by:
        yield subject, DCTERMS.isReplacedBy, URIRef(decision.replaced_by)
    if decision.follows:
        return
    name = decision.iri.removeprefix(f"{iris.base}/id/")
    nl, en = ("vervangen", "replaced") if decision.replaced_by else ("ingetrokken", "withdrawn")
    yield from types(record, PROV.Activity)
    yield from labels(record, RDFS.label, nl=f"Besluit: {name} is {nl}", en=f"Decision: {name} was {en}")
    yield record, DCTERMS.description, text(decision.reason, language)
    yield record, DC.creator, Literal(decision.decided_by)
    yield record, DCTERMS.date, day(decision.day)


def following(decision: Decision, iri: str, replaced_by: str = "") -> Decision:
    """Returns the same decision about an IRI that is made of the one it is about, such as a project's entry."""
    return replace(decision, iri=iri, replaced_by=replaced_by, follows=decision.follows or decision.iri)


def contradictions(
    decided: Sequence[Decision], *, used: Mapping[str, Collection[str]], left: Collection[str], iris: Iris
) -> Iterator[Finding]:
    """Yields the decisions that the publication itself contradicts: about what it uses, or with nothing to lead to.

    Args:
        decided: the decisions.
        used: keys of what is part of the current state, by concept; what is made of these follows.
        left: keys of the projects that left the agenda.
        iris: mints the IRIs of the publication.
    """
    decided_about = {decision.iri for decision in decided}
    for decision in decided:
        words = decision.iri.removeprefix(f"{iris.base}/id/")
        if decision.keys[0] in used.get(decision.concept, ()):
            yield Finding("decision-contradicted", None, words=words)
        if not decision.replaced_by or decision.replaced_by in decided_about:
            continue
        concept, keys = _parts(decision.replaced_by)
        known = keys[0] in used.get(concept, ()) or (concept == "project" and keys[0] in left)
        if concept in used and not known:
            yield Finding("decision-dangling", None, words=words, values={"replacement": f"{concept}/{keys[0]}"})


def kept(before: Path, after: Path, decided: Sequence[Decision], *, iris: Iris, language: str) -> Kept:
    """Compares a new release with the one before it.

    Args:
        before: agenda.nq of the earlier release.
        after: sorted lines of the new one.
        decided: the decisions of the publication.
        iris: mints the IRIs of the publication.
        language: of the reasons.
    """
    start = f"{iris.base}/id/"
    with before.open("rb") as earlier, after.open("rb") as later:
        gone = list(lost(earlier, later, start=start))
    memory = _memory(before, gone)
    remains: set[bytes] = set()
    vanished: list[str] = []
    covered: list[Decision] = []
    for iri in gone:
        if decision := covering(iri, decided):
            covered.append(decision)
        elif iri in memory:
            remains.update(memory[iri])
        else:
            vanished.append(iri)
    there = _present(after, {decision.replaced_by for decision in covered})
    for decision in covered:
        known = decision if decision.replaced_by in there else replace(decision, replaced_by="")
        remains.update(f"{line}\n".encode() for line in formats.lines(tombstone(known, iris, language)))
    known_before = _present(before, {decision.iri for decision in decided})
    return Kept(remains, vanished, [decision for decision in decided if decision.iri not in known_before])


def lost(before: Iterable[bytes], after: Iterable[bytes], *, start: str) -> Iterator[str]:
    """Yields the IRIs that are a subject before and not after.

    Args:
        before: lines of the earlier release, sorted.
        after: lines of the new one, sorted.
        start: how the IRIs begin that are promises.
    """
    later = _subjects(after)
    candidate = next(later, None)
    for subject in _subjects(before):
        while candidate is not None and candidate < subject:
            candidate = next(later, None)
        if candidate != subject and subject.startswith(f"<{start}".encode()):
            yield subject[1:-1].decode()


def covering(iri: str, decided: Sequence[Decision]) -> Decision | None:
    """Returns the decision that covers an IRI: its own, or that about something its reference is made of.

    The participation `deelname/x--foo--partner` of a withdrawn `organisatie/foo` needs no decision of its own; where
    foo was replaced by bar, it is replaced by `deelname/x--bar--partner`, if there is one.
    """
    direct = next((decision for decision in decided if decision.iri == iri), None)
    if direct:
        return direct
    concept, keys = _parts(iri)
    for at, (part, key) in enumerate(zip(MADE_OF.get(concept, ()), keys, strict=False)):
        for decision in decided:
            if (decision.concept, *decision.keys) == (part, key):
                new = _parts(decision.replaced_by)[1][0] if decision.replaced_by else ""
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
    wanted = {f"<{iri}>".encode(): iri for iri in iris if iri}
    if not wanted:
        return set()
    with path.open("rb") as lines:
        return {wanted[subject] for subject in _subjects(lines) if subject in wanted}


def _parts(iri: str) -> tuple[str, Sequence[str]]:
    """Returns concept and keys of an IRI."""
    place, _, reference = iri.rpartition("/")
    return place.rpartition("/")[2], reference.split("--")


def _subjects(lines: Iterable[bytes]) -> Iterator[bytes]:
    for subject, _ in itertools.groupby(line.partition(b" ")[0] for line in lines):
        yield subject


def _iri(place: str, uri: str, iris: Iris) -> str:
    concept, slash, reference = uri.partition("/")
    keys = reference.split("--")
    if not slash or not all(map(is_key, (concept, *keys))):
        raise _wrong(
            place,
            f"{uri!r} is no URI of this publication.",
            'Write what stands behind /id/, such as "project/foo" or "organisatie/bar".',
        )
    return iris.resource(concept, *keys)


def _day(place: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise _wrong(place, f"{value!r} is no date.", 'Write it like "2032-01-31".') from error


def _check_end(path: Path, decision: Decision, found: Mapping[str, Decision], iris: Iris) -> None:
    """Refuses a replacement that leads back to itself: a reader would be sent around for ever."""
    seen = {decision.iri}
    at: Decision | None = decision
    while at is not None and at.replaced_by:
        if at.replaced_by in seen:
            raise _wrong(
                path.name,
                f"{decision.iri.removeprefix(f'{iris.base}/id/')} is replaced by itself in the end.",
                "Let the last of the row not be replaced.",
            )
        seen.add(at.replaced_by)
        at = found.get(at.replaced_by)


def _wrong(place: str, what: str, remedy: str) -> UnreadableInput:
    return UnreadableInput(what[0].upper() + what[1:], where=place, remedy=remedy)
