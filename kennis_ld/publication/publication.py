"""What a build takes: the settings of one publication and the folder they stand in, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kennis_ld.agenda.layouts.layout import Layout
from kennis_ld.agenda.wording import Words
from kennis_ld.errors import UnreadableInput
from kennis_ld.iri import Iris
from kennis_ld.model import Role, Status
from kennis_ld.model.catalogue import AgendaFacts, CatalogueFacts
from kennis_ld.model.look import Look
from kennis_ld.model.texts import Texts
from kennis_ld.publication.language import words as words_with

SETTINGS_FILE = "publication.toml"
"""The settings of a publication, in its folder."""

TABLES = {
    "register": "register.csv",
    "groups": "groups.csv",
    "themes": "themes.csv",
    "identities": "projects.csv",
    "decisions": "decisions.csv",
    "settled": "settled.csv",
}
"""The tables of a publication and their file names; only the register must exist."""

WORKBOOK_ENDS = (".xlsx", ".ods")
"""How the name of a table ends that is kept as a workbook instead."""

WORKBOOKS = ("tabellen", "tables")
"""What a workbook may be called that holds all tables, each on a sheet of its own."""


MOST_LEAVING = 50
"""How many in a hundred projects may leave the agenda at once, where the publication says nothing else."""


@dataclass(frozen=True, slots=True)
class EditionSettings:
    """What publication.toml says about one edition.

    `document` is the path of its document, and `participations` that of a second one, with the participations of the
    projects in the first; `changes_only` says that it lists changes of the editions before it.
    """

    key: str
    document: Path
    title: Texts
    period: str
    issued: str
    layout: Layout = field(default_factory=Layout)
    changes_only: bool = False
    participations: Path | None = None

    @property
    def documents(self) -> Sequence[Path]:
        """Its document, and the second one where there is one."""
        return (self.document, self.participations) if self.participations else (self.document,)


@dataclass(frozen=True)
class Publication:
    """All that one city publishes: its settings and the folder they stand in.

    `own_roles` are its own words for a role and `own_words` those for the lists of [words]; `decided` are numbers and
    addresses of persons that it decided to publish. `row_colours` says whether the colour of a row is a status, None
    where nobody decided. `most_leaving` is how many in a hundred projects may leave at once, unconfirmed; `look_lines`
    say on which line of the settings each part of the `look` stands.
    """

    folder: Path
    iris: Iris
    language: str
    agenda: AgendaFacts
    editions: tuple[EditionSettings, ...]
    columns: Mapping[str, Sequence[str]]
    own_roles: Mapping[str, Role]
    own_words: Mapping[str, Sequence[str]]
    decided: frozenset[str]
    catalogue: CatalogueFacts
    leaves_out_struck: bool | None = None
    row_colours: bool | None = None
    most_leaving: int = MOST_LEAVING
    look: Look = field(default_factory=Look)
    look_lines: Mapping[str, int] = field(default_factory=dict)
    statuses: tuple[Status, ...] = ()

    @property
    def has_changes(self) -> bool:
        """Whether an edition lists changes only."""
        return any(edition.changes_only for edition in self.editions)

    @property
    def superseded(self) -> frozenset[str]:
        """Names of the documents that a later edition replaces; one that lists changes only replaces none."""
        last = max((at for at, edition in enumerate(self.editions) if not edition.changes_only), default=0)
        current = {path.name for edition in self.editions[last:] for path in edition.documents}
        return frozenset(path.name for edition in self.editions for path in edition.documents) - current

    @cached_property
    def words(self) -> Words:
        """The words of a cell with parties, ready for reading: not every command reads one, and it takes a while."""
        return words_with(roles=self.own_roles, more=self.own_words)

    def table(self, name: str) -> Path:
        """Returns the path of one of the publication's tables: its CSV file, or the workbook that is kept in its place.

        The document of an edition is no table, whatever its name.

        Raises:
            UnreadableInput: several files say that they are this table.
        """
        own = self.folder / TABLES[name]
        possible = [own, *(own.with_suffix(end) for end in WORKBOOK_ENDS)]
        possible += [self.folder / f"{stem}{end}" for stem in WORKBOOKS for end in WORKBOOK_ENDS]
        documents = {document for edition in self.editions for document in edition.documents}
        there = [path for path in possible if path not in documents and path.exists()]
        if len(there) > 1:
            raise UnreadableInput(
                f"Two files hold the same table: {there[0].name} and {there[1].name}.",
                where=str(self.folder),
                remedy="Keep the one that is right, and move the other out of this folder.",
            )
        return there[0] if there else own
