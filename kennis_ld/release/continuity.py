"""Keeps the promise that a published URI never dies: it is still there, or a decision says why not.

Both releases are sorted N-Quads, so their subjects are compared like two sorted lists, without either in memory.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, SKOS

from kennis_ld.errors import UnreadableInput
from kennis_ld.graph.statements import Triple
from kennis_ld.iri import Iris

DECISION_COLUMNS = ("uri", "decision", "replaced_by", "reason", "decided_by", "date")


@dataclass(frozen=True, slots=True)
class Decision:
    """What people decided about a published URI.

    Attributes:
        iri: the URI it is about.
        replaced_by: the URI that took its place; empty where it was withdrawn.
        reason: why, in the language of the publication.
        decided_by: the office that decided.
        date: when.
    """

    iri: str
    replaced_by: str
    reason: str
    decided_by: str
    date: str


def decisions(path: Path, iris: Iris) -> tuple[Decision, ...]:
    """Returns the decisions of a publication; `uri` is written as `organisatie/foo`, without the base.

    Raises:
        UnreadableInput: the table cannot be read, or a decision is neither `withdrawn` nor `replaced`.
    """
    if not path.exists():
        return ()
    found = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != DECISION_COLUMNS:
            raise _wrong(path, 1, "the header is not right.", f"It should be: {','.join(DECISION_COLUMNS)}.")
        for row in reader:
            kind, replaced_by = row["decision"], row["replaced_by"]
            if kind not in {"withdrawn", "replaced"} or (kind == "replaced") != bool(replaced_by):
                raise _wrong(
                    path,
                    reader.line_num,
                    f"decision {kind!r} is not clear.",
                    "Write withdrawn, or replaced with the new URI in replaced_by.",
                )
            if not row["reason"]:
                raise _wrong(path, reader.line_num, "there is no reason.", "Say why, for those who follow the URI.")
            iri, new = (f"{iris.base}/id/{part.strip()}" if part else "" for part in (row["uri"], replaced_by))
            found.append(Decision(iri, new, row["reason"], row["decided_by"], row["date"]))
    return tuple(found)


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

    The participation `deelname/x--foo--partner` of a withdrawn `organisatie/foo` needs no decision of its own.
    """
    keys = iri.rpartition("/")[2].split("--")
    for decision in decided:
        if decision.iri == iri:
            return decision
    for decision in decided:
        if len(keys) > 1 and decision.iri.rpartition("/")[2] in keys:
            return Decision(iri, "", decision.reason, decision.decided_by, decision.date)
    return None


def tombstone(decision: Decision, language: str) -> Iterator[Triple]:
    """Yields what remains of an IRI: that it is deprecated, why, and what took its place."""
    subject = URIRef(decision.iri)
    yield subject, OWL.deprecated, Literal("true", datatype=URIRef("http://www.w3.org/2001/XMLSchema#boolean"))
    yield subject, SKOS.changeNote, Literal(decision.reason, lang=language)
    if decision.replaced_by:
        yield subject, DCTERMS.isReplacedBy, URIRef(decision.replaced_by)


def kept(iri: str, before: Path) -> tuple[bytes, ...]:
    """Returns the lines about an IRI that an earlier release already had as withdrawn or replaced."""
    wanted = f"<{iri}> ".encode()
    with before.open("rb") as file:
        lines = tuple(line for line in file if line.startswith(wanted))
    return lines if any(f"<{OWL.deprecated}>".encode() in line for line in lines) else ()


def _subjects(lines: Iterable[bytes]) -> Iterator[bytes]:
    for subject, _ in itertools.groupby(line.partition(b" ")[0] for line in lines):
        yield subject


def _wrong(path: Path, line: int, what: str, remedy: str) -> UnreadableInput:
    return UnreadableInput(what[0].upper() + what[1:], where=f"{path.name}:{line}", remedy=remedy)
