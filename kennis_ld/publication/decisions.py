"""Reads `decisions.csv`: which published URIs people decided to withdraw or replace, and what contradicts that."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from kennis_ld.iri import Iris, is_key
from kennis_ld.model import Decision, Finding, Place
from kennis_ld.model.decision import parts
from kennis_ld.publication import table_words, tables

DECISIONS = tables.Table(
    "decisions",
    ("uri", "decision", "replaced_by", "reason", "decided_by", "date"),
    required=("uri", "decision", "reason", "decided_by", "date"),
)
WITHDRAWN, REPLACED, CONFIRMED = "withdrawn", "replaced", "confirmed"


def decisions(path: Path, iris: Iris) -> tuple[Sequence[Decision], Sequence[Decision]]:
    """Returns what people decided about URIs that end, and the editions with which many projects may leave the agenda.

    In the table `uri` is written as `organisatie/foo`, without the base.

    Raises:
        UnreadableInput: the table cannot be read; a decision is neither `withdrawn` nor `replaced`, is made twice, or
            leads in a circle.
    """
    ended: dict[str, Decision] = {}
    confirmed: dict[str, Decision] = {}
    for place, row in tables.rows(path, DECISIONS):
        kind, new = table_words.called("decisions", row["decision"]) or row["decision"], row["replaced_by"]
        if kind not in {WITHDRAWN, REPLACED, CONFIRMED} or (kind == REPLACED) != bool(new):
            raise tables.wrong(
                place,
                f"decision {kind!r} with replaced_by {new!r} is not clear.",
                "Write withdrawn, or replaced with the new URI in replaced_by.",
            )
        iri, replacement = _iri(place, row["uri"], iris), _iri(place, new, iris) if new else ""
        if kind == CONFIRMED and parts(iri)[0] != "editie":
            raise tables.wrong(
                place,
                f"{row['uri']} is no edition, and only an edition is confirmed.",
                "Write editie/ and its key; or withdrawn, for something that goes.",
            )
        if iri in {*ended, *confirmed}:
            raise tables.wrong(place, f"{row['uri']} was decided about before.", "Keep one of the two rows.")
        decision = Decision(iri, replacement, row["reason"], row["decided_by"], _day(place, row["date"]))
        (confirmed if kind == CONFIRMED else ended)[iri] = decision
    for decision in ended.values():
        _check_end(path, decision, ended, iris)
    return [*ended.values()], [*confirmed.values()]


def contradictions(
    decided: Sequence[Decision], *, used: Mapping[str, Collection[str]], left: Collection[str], iris: Iris
) -> Iterator[Finding]:
    """Yields the decisions that the publication itself contradicts: about what it uses, or with nothing to lead to.

    Args:
        used: keys of what is part of the current state, by concept; what is made of these follows.
        left: keys of the projects that left the agenda.
    """
    decided_about = {decision.iri for decision in decided}
    for decision in decided:
        words = iris.reference(decision.iri)
        if decision.keys[0] in used.get(decision.concept, ()):
            yield Finding("decision-contradicted", None, words=words)
        if not decision.replaced_by or decision.replaced_by in decided_about:
            continue
        concept, keys = parts(decision.replaced_by)
        known = keys[0] in used.get(concept, ()) or (concept == "project" and keys[0] in left)
        if concept in used and not known:
            yield Finding("decision-dangling", None, words=words, values={"replacement": f"{concept}/{keys[0]}"})


def _iri(place: Place, uri: str, iris: Iris) -> str:
    concept, slash, reference = uri.partition("/")
    keys = reference.split("--")
    if not slash or not all(map(is_key, (concept, *keys))):
        raise tables.wrong(
            place,
            f"{uri!r} is no URI of this publication.",
            'Write what stands behind /id/, such as "project/foo" or "organisatie/bar".',
        )
    return iris.resource(concept, *keys)


def _day(place: Place, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise tables.wrong(place, f"{value!r} is no date.", 'Write it like "2032-01-31".') from error


def _check_end(path: Path, decision: Decision, found: Mapping[str, Decision], iris: Iris) -> None:
    """Refuses a replacement that leads back to itself: a reader would be sent around for ever."""
    seen = [decision.iri]
    while (at := found.get(seen[-1])) and at.replaced_by:
        if at.replaced_by in seen:
            raise tables.wrong(
                path,
                f"{iris.reference(decision.iri)} is replaced by itself in the end.",
                "Let the last of the row not be replaced.",
            )
        seen.append(at.replaced_by)
