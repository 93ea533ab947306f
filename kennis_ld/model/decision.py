"""What people decided about a published URI: that it is withdrawn, or what takes its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Decision:
    """What people decided about a published URI.

    Attributes:
        replaced_by: the URI that took its place; empty where it was withdrawn.
        reason: why, in the language of the publication.
        decided_by: the office that decided.
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
        return parts(self.iri)[0]

    @property
    def keys(self) -> Sequence[str]:
        """The keys that its reference is made of."""
        return parts(self.iri)[1]


def following(decision: Decision, iri: str, replaced_by: str = "") -> Decision:
    """Returns the same decision about an IRI that is made of the one it is about, such as a project's entry."""
    return replace(decision, iri=iri, replaced_by=replaced_by, follows=decision.follows or decision.iri)


def parts(iri: str) -> tuple[str, Sequence[str]]:
    """Returns concept and keys of an IRI: `…/id/deelname/a--b` is `deelname` and `a`, `b`."""
    place, _, reference = iri.rpartition("/")
    return place.rpartition("/")[2], reference.split("--")
