"""What a build takes: the settings of one publication and the folder they stand in, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kennis_ld.agenda.wording import Words
from kennis_ld.graph.catalogue import CatalogueFacts
from kennis_ld.graph.provenance import AgendaFacts
from kennis_ld.iri import Iris

TABLES = {
    "register": "register.csv",
    "groups": "groups.csv",
    "themes": "themes.csv",
    "identities": "projects.csv",
    "decisions": "decisions.csv",
}
"""The tables of a publication and their file names; only the register must exist."""


@dataclass(frozen=True, slots=True)
class EditionSettings:
    """What publication.toml says about one edition; `document` is the path of its document."""

    key: str
    document: Path
    title: str
    title_en: str
    period: str
    issued: str


@dataclass(frozen=True, slots=True)
class Publication:
    """All that one city publishes: its settings and the folder they stand in.

    `words` are those of a cell with parties, with the publication's own; `decided` are numbers and addresses of persons
    that it decided to publish.
    """

    folder: Path
    iris: Iris
    language: str
    agenda: AgendaFacts
    editions: tuple[EditionSettings, ...]
    columns: Mapping[str, Sequence[str]]
    words: Words
    decided: frozenset[str]
    catalogue: CatalogueFacts

    def table(self, name: str) -> Path:
        """Returns the path of one of the publication's tables."""
        return self.folder / TABLES[name]
