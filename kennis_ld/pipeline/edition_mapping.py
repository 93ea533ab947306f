"""Maps the entries of an edition: what its graph says of them, and what the default graph keeps of them for ever."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from kennis_ld.agenda.current_state import Row, names_parties, row_of
from kennis_ld.graph.mapping import Mapping as AgendaMapping
from kennis_ld.graph.provenance import document_iri
from kennis_ld.graph.statements import Triple
from kennis_ld.graph.things import DCTERMS, Thing, minted
from kennis_ld.graph.tombstones import tombstone
from kennis_ld.model import ProjectEntry
from kennis_ld.model.decision import Decision, following
from kennis_ld.publication.publication import EditionSettings, Publication


class EditionMapping:
    """Maps entries, whether their edition is a whole agenda or lists changes.

    Args:
        withdrawn: the decisions by which projects are gone, by the key of the project.
    """

    def __init__(self, publication: Publication, mapping: AgendaMapping, withdrawn: Mapping[str, Decision]) -> None:
        self._publication = publication
        self._mapping = mapping
        self._withdrawn = withdrawn

    def entries(
        self, edition: EditionSettings, entries: Sequence[ProjectEntry], *, current: bool
    ) -> tuple[Sequence[Thing], Sequence[Thing]]:
        """Returns what entries say in their edition, and what the default graph holds of them whatever the edition."""
        document = document_iri(edition.key, self._publication.iris)
        found: list[Thing] = []
        always: list[Thing] = []
        for item in entries:
            found += self._entry(item, edition, document)
            always += self._parts(item, edition.key)
            if not current:
                always += self._mapping.history(item, edition=edition.key, document=document)
            if edition.changes_only and row_of(item, self._publication.words) is Row.STOPS:
                always += self._mapping.stopped(item, edition=edition.key)
        return found, always

    def past(self, item: ProjectEntry, edition: str) -> Iterator[Thing]:
        """Yields what the current state keeps of an entry, and that its edition and the agenda have it."""
        document = document_iri(edition, self._publication.iris)
        yield from self._mapping.history(item, edition=edition, document=document)
        yield from self._parts(item, edition)

    def buried(self, item: ProjectEntry, edition: str) -> Iterator[Triple]:
        """Yields what remains of an entry and its participations where a decision withdraws the project."""
        decision, iris = self._withdrawn[item.project], self._publication.iris
        parts = [(part.project, part.organisation, part.role.key) for part in item.participations]
        for iri in (iris.entry(edition, item.project), *(iris.participation(*part) for part in parts)):
            yield from tombstone(following(decision, iri), iris, self._publication.language)

    def _entry(self, item: ProjectEntry, edition: EditionSettings, document: str) -> Iterator[Thing]:
        if not edition.changes_only:
            return self._mapping.entry(item, edition=edition.key, document=document)
        row = row_of(item, self._publication.words)
        if row is Row.CHANGES and names_parties(item):
            return self._mapping.entry(item, edition=edition.key, document=document)
        change = self._mapping.change(item, edition=edition.key, document=document)
        stopped = self._mapping.stopped(item, edition=edition.key) if row is Row.STOPS else ()
        return itertools.chain(change, stopped)

    def _parts(self, item: ProjectEntry, edition: str) -> Iterator[Thing]:
        """Yields that an edition and the agenda have an entry and its project."""
        iris, agenda = self._publication.iris, self._publication.agenda
        yield minted(iris.edition(edition)), ((DCTERMS.hasPart, minted(iris.entry(edition, item.project))),)
        yield minted(iris.agenda(agenda.key)), ((DCTERMS.hasPart, minted(iris.project(item.project))),)
