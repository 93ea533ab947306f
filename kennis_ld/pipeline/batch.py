"""A part of a publication: what its entries say, and what there is to say about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from kennis_ld.graph.things import Thing
from kennis_ld.iri import Iris
from kennis_ld.model import Finding, ProjectEntry
from kennis_ld.publication.publication import EditionSettings
from kennis_ld.quality.validation import Validation

_Kept = TypeVar("_Kept", covariant=True)


@dataclass(frozen=True, slots=True)
class Said:
    """What a part of a publication says.

    Attributes:
        edition: key of the edition it is of; empty for what belongs to the publication as a whole.
        things: for the graph of the edition, and for the default graph where the edition is the latest.
        always: for the default graph, whatever the edition.
    """

    edition: str
    current: bool
    things: Sequence[Thing]
    always: Sequence[Thing] = ()


@dataclass(frozen=True)
class Batch(Generic[_Kept]):
    """A part of a publication.

    Attributes:
        edition: settings of the edition it is of; None for what belongs to the publication as a whole.
        kept: what was kept of what it says.
        past: entries of earlier editions whose projects it describes.
        state_after: key of the edition of changes after which the entries stand as they do; empty for any other part.
    """

    edition: EditionSettings | None
    current: bool
    entries: tuple[ProjectEntry, ...]
    findings: tuple[Finding, ...]
    validation: Validation
    kept: _Kept
    past: tuple[ProjectEntry, ...] = ()
    state_after: str = ""

    @property
    def measured_as(self) -> str:
        """Key of the edition that the entries are the agenda of; empty for others, as rows of changes alone are."""
        if self.edition is None:
            return self.state_after
        return "" if self.edition.changes_only else self.edition.key

    def about(self, iri: str, iris: Iris) -> tuple[str, str] | None:
        """Returns place and label of the entry that an IRI comes from: its own, its project's or a participation's."""
        if not iri.startswith(iris.things):
            return None
        found = (self._places.get(key) for key in iri.rpartition("/")[2].split("--"))
        first = min((place for place in found if place is not None), default=None)
        if first is None:
            return None
        entry = self._described[first].entry
        return str(entry.place), entry.label

    @cached_property
    def _described(self) -> Sequence[ProjectEntry]:
        return (*self.entries, *self.past)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """Where the first entry of each project stands among the entries."""
        places: dict[str, int] = {}
        for place, item in enumerate(self._described):
            places.setdefault(item.project, place)
        return places
