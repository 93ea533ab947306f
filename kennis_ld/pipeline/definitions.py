"""The ontology, concepts, metrics, shapes and saved queries that kennis-ld brings along, as texts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from kennis_ld.model.saved_query import SavedQuery, saved_query
from kennis_ld.publication.bundled import bundled


@dataclass(frozen=True, slots=True)
class Definitions:
    """The Turtle texts and the queries that the software brings along; metrics are published like concepts."""

    ontology: str
    concepts: str
    alignments: str
    shapes: Sequence[str]
    queries: Sequence[SavedQuery] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of all the shapes, for the manifest."""
        return hashlib.sha256("\0".join(self.shapes).encode()).hexdigest()


def definitions() -> Definitions:
    """Returns the definitions that kennis-ld brings along."""
    names = ("agenda.ttl", "concepts.ttl", "quality.ttl", "alignments.ttl")
    agenda, concepts, metrics, alignments = ((bundled("ontology") / name).read_text("utf-8") for name in names)
    shapes = [path.read_text("utf-8") for path in sorted(bundled("shapes").glob("*.ttl"))]
    queries = [
        saved_query(path.read_text("utf-8"), name=path.stem, where=str(path))
        for path in sorted(bundled("queries").glob("*.rq"))
    ]
    return Definitions(agenda, f"{concepts}\n{metrics}", alignments, shapes, queries)
