"""Puts a publication together: has its entries read, mapped and validated in batches, streaming.

In: a publication and the definitions that the software brings along. Out, batch by batch: statements for the default
graph and for the graph of each edition, rows for the spreadsheet, and findings. Nothing is written here.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import Generic, TypeAlias, TypeVar

from kennis_ld.agenda.current_state import CurrentState, Standing
from kennis_ld.errors import UnreadableInput
from kennis_ld.graph import formats
from kennis_ld.graph.mapping import Mapping as AgendaMapping
from kennis_ld.graph.provenance import document_iri
from kennis_ld.graph.statements import Triple
from kennis_ld.graph.things import Thing, statements_of, things
from kennis_ld.graph.tombstones import tombstone
from kennis_ld.model import Finding, Identity, ProjectEntry
from kennis_ld.pipeline.batch import Batch, Said
from kennis_ld.pipeline.context import Context
from kennis_ld.pipeline.definitions import Definitions
from kennis_ld.pipeline.edition_mapping import EditionMapping
from kennis_ld.pipeline.entries import EntryReader
from kennis_ld.pipeline.forked import forked
from kennis_ld.publication import look, tables
from kennis_ld.publication.decisions import contradictions, decisions
from kennis_ld.publication.publication import TABLES, EditionSettings, Publication
from kennis_ld.quality.validation import NothingToValidate, Validation

ENTRIES_IN_A_BATCH = 1_000
"""Entries mapped and checked together, so that memory does not grow with the agenda."""

Progress: TypeAlias = Callable[[str, int, int | None], None]
"""Told what is being done, how far it is, and how much there is to do; None where nobody knows."""

READING = "reading"
"""What is being done while entries are read, resolved and validated."""

_Kept = TypeVar("_Kept")


def quiet(what: str, done: int, total: int | None) -> None:
    """Tells nobody how far the work is."""


@dataclass(slots=True)
class _Former:
    """A project that is not in the latest edition, as far as that was read: what it is called now, and its entries."""

    item: ProjectEntry
    entries: list[tuple[str, ProjectEntry]] = field(default_factory=list)


class Assembly(Generic[_Kept]):
    """One reading of a publication; `batches` can be taken once.

    Args:
        keep: takes what a part says, maybe in another process, and returns what is kept of it.
        progress: told how many entries were read, at the start and after each batch.

    Attributes:
        context: agenda, editions, organisations and themes, as far as documents were read.
        decisions: what people decided about URIs that end.
        confirmations: the editions with which many projects may leave the agenda.
    """

    def __init__(
        self,
        publication: Publication,
        definitions: Definitions,
        *,
        version: str,
        keep: Callable[[Said], _Kept],
        progress: Progress = quiet,
    ) -> None:
        self._publication = publication
        self._keep = keep
        self._progress = progress
        self._reader = EntryReader(publication)
        self._current: set[str] = set()
        self._state = CurrentState(publication.words)
        self.decisions, self.confirmations = decisions(publication.table("decisions"), publication.iris)
        self._withdrawn = {
            decision.keys[0]: decision
            for decision in self.decisions
            if decision.concept == "project" and not decision.replaced_by
        }
        self._replaced = {each.keys[0] for each in self.decisions if each.concept == "project" and each.replaced_by}
        self._mapping = AgendaMapping(publication.iris, publication.language)
        self._edition_mapping = EditionMapping(publication, self._mapping, self._withdrawn)
        self.context = Context(publication, definitions, self._reader, version=version)

    @property
    def proposed_identities(self) -> Sequence[Identity]:
        """Rows for projects.csv about the entries read so far that it does not know; people decide about them."""
        return self._reader.identities.proposed

    def batches(self) -> Generator[Batch[_Kept], None, None]:
        """Yields the parts of the publication, oldest edition first, what belongs to the whole last.

        A part is mapped and checked in another process while the caller has the one before it, and the next is read.

        Raises:
            UnreadableInput: a document or table cannot be read.
        """
        with ExitStack() as stack:
            yield from self._batches(stack)

    def _batches(self, stack: ExitStack) -> Iterator[Batch[_Kept]]:
        done = 0
        self._progress(READING, done, None)
        self._checker = self.context.checker()
        former: dict[str, _Former] = {}
        latest = self._publication.editions[-1]
        finish: Callable[[], Batch[_Kept]] | None = None
        for edition in self._publication.editions:
            entries = 0
            self._state.begin(changes_only=edition.changes_only)
            for items in _batched(self._reader.entries(edition, number_of=self._state.by_number)):
                before = finish() if finish else None
                stack.close()
                current = edition is latest and not edition.changes_only
                batch, work = self._edition_batch(edition, items, current=current)
                read = sum(isinstance(item, ProjectEntry) for item in items)
                # What is not full is the last of its edition: there is little left to be read meanwhile.
                made = stack.enter_context(forked(work)) if read == ENTRIES_IN_A_BATCH else work
                finish = partial(_finished, batch, made)
                if before:
                    yield before
                for item in batch.entries:
                    if current:
                        former.pop(item.project, None)
                        self._current.add(item.project)
                    else:
                        known = former.setdefault(item.project, _Former(item))
                        known.entries.append((edition.key, item))
                        known.item = self._state.before(item)
                    if self._publication.has_changes:
                        self._state.put(item, edition=edition.key, changes_only=edition.changes_only)
                entries += read
                done += len(batch.entries)
                self._progress(READING, done, None)
            if not entries:
                raise UnreadableInput(
                    "The document has a header and no entries.",
                    where=str(edition.document),
                    remedy="Check that it is the right document.",
                )
        if finish:
            yield finish()
        if latest.changes_only:
            yield from self._standing_batches(former)
        yield from self._former_batches(former)
        yield self._whole(former)

    def statements(self, edition: str) -> Iterator[Triple]:
        """Yields what one edition says, as its graph will hold it, without validation; with the names it uses.

        Of an edition that lists changes: what was on the agenda after it, for what it does not name stays. The editions
        before it are read as well, for the identity of a project may depend on them.
        """
        yield from formats.triples(statements_of(self._things(edition)))
        yield from self.context.triples()
        for decision in self.decisions:
            yield from tombstone(decision, self._publication.iris, self._publication.language)

    def _things(self, edition: str) -> Iterator[Thing]:
        """Yields what was on the agenda after one edition."""
        mapping, document = self._mapping, document_iri(edition, self._publication.iris)
        for settings in self._publication.editions:
            self._state.begin(changes_only=settings.changes_only)
            for item in self._reader.entries(settings, number_of=self._state.by_number):
                if isinstance(item, ProjectEntry):
                    self.context.meet(item)
                    if item.project in self._withdrawn:
                        continue
                    self._state.put(item, edition=settings.key, changes_only=settings.changes_only)
                    if settings.key == edition and not settings.changes_only:
                        yield from mapping.entry(item, edition=edition, document=document)
            if settings.key == edition:
                break
        if settings.changes_only:
            for standing in self._standing_now():
                yield from self._standing(standing)

    def _standing_now(self) -> Sequence[Standing]:
        """Returns the projects on the agenda after an edition of changes, without those that people replaced."""
        return [standing for key, standing in self._state.standing.items() if key not in self._replaced]

    def _standing(self, each: Standing) -> Iterator[Thing]:
        return self._mapping.standing(each.item, edition=each.edition, said_in=each.said_in)

    def _standing_batches(self, former: dict[str, _Former]) -> Iterator[Batch[_Kept]]:
        """Yields the current state where the latest edition lists changes, and takes it out of what left."""
        standing = self._standing_now()
        for start in range(0, len(standing), ENTRIES_IN_A_BATCH):
            some = standing[start : start + ENTRIES_IN_A_BATCH]
            entries = tuple(each.item for each in some)
            self._current |= {item.project for item in entries}
            known = [former.pop(item.project) for item in entries]
            things = (thing for each in some for thing in self._standing(each))
            yield self._state_batch(things, known, entries)

    def _edition_batch(
        self, edition: EditionSettings, items: Sequence[ProjectEntry | Finding], *, current: bool
    ) -> tuple[Batch[None], Callable[[], tuple[Validation, _Kept]]]:
        """Returns a part of an edition, and what maps and checks it."""
        entries = tuple(
            item for item in items if isinstance(item, ProjectEntry) and item.project not in self._withdrawn
        )
        for item in entries:
            self.context.meet(item)
        said = (item for item in items if isinstance(item, Finding))
        findings = [item for item in said if item.values.get("gone") not in self._replaced]
        hidden = [item for item in items if isinstance(item, ProjectEntry) and item.project in self._withdrawn]
        for item in hidden:
            values = {"project": item.project}
            findings.append(Finding("entry-withdrawn", item.entry.place, item.entry.label, values=values))
        context = self.context.beside([edition])

        def work() -> tuple[Validation, _Kept]:
            found, beside = self._edition_mapping.entries(edition, entries, current=current)
            buried = things(
                itertools.chain.from_iterable(self._edition_mapping.buried(item, edition.key) for item in hidden)
            )
            validation = self._checker.check(statements_of((*found, *beside, *context)))
            return validation, self._keep(Said(edition.key, current, found, (*beside, *buried)))

        return Batch(edition, current, entries, tuple(findings), NothingToValidate(), None), work

    def _former_batches(self, former: Mapping[str, _Former]) -> Iterator[Batch[_Kept]]:
        """Yields what the current state keeps of projects that left, checked like the others."""
        for start in range(0, len(former), ENTRIES_IN_A_BATCH):
            known = [*former.values()][start : start + ENTRIES_IN_A_BATCH]
            things = (thing for each in known for thing in self._mapping.former(each.item))
            yield self._state_batch(things, known)

    def _state_batch(
        self, things: Iterable[Thing], known: Sequence[_Former], entries: tuple[ProjectEntry, ...] = ()
    ) -> Batch[_Kept]:
        """Returns a part of the current state, checked beside the entries that its projects had."""
        found, of = [*things], {at for each in known for at, _ in each.entries}
        context = self.context.beside([edition for edition in self._publication.editions if edition.key in of])
        past = (thing for each in known for at, item in each.entries for thing in self._edition_mapping.past(item, at))
        validation = self._checker.check(statements_of((*found, *past, *context)))
        after = self._publication.editions[-1].key if entries else ""
        left = () if entries else tuple(each.item for each in known)
        return Batch(None, True, entries, (), validation, self._keep(Said("", True, found)), left, after)

    def _whole(self, former: Collection[str]) -> Batch[_Kept]:
        """Returns what is of no edition; its shapes were checked with each batch, for every batch refers to it."""
        whole = self.context.whole()
        for decision in self.decisions:
            whole += things(tombstone(decision, self._publication.iris, self._publication.language))
        used = {
            "organisatie": {organisation.key for organisation in self.context.organisations},
            "thema": {theme.key for theme in self.context.themes},
            "editie": {edition.key for edition in self._publication.editions},
            "agenda": {self._publication.agenda.key},
            "dataset": {self._publication.agenda.key},
            "project": self._current,
        }
        contradicted = contradictions(self.decisions, used=used, left=former, iris=self._publication.iris)
        saved = [found for name in TABLES for found in tables.remarks(self._publication.table(name), name)]
        unknown = [
            Finding("confirmation-unknown", None, words=f"editie/{confirmed.keys[0]}")
            for confirmed in self.confirmations
            if confirmed.keys[0] not in used["editie"]
        ]
        unreadable = look.unreadable(self._publication.look, self._publication.look_lines)
        findings = (*self._reader.identities.unread(), *contradicted, *unknown, *saved, *unreadable)
        return Batch(None, True, (), findings, NothingToValidate(), self._keep(Said("", True, whole)))


def _batched(items: Iterable[ProjectEntry | Finding]) -> Iterator[Sequence[ProjectEntry | Finding]]:
    """Yields items in runs that hold up to `ENTRIES_IN_A_BATCH` entries."""
    source = iter(items)
    run: list[ProjectEntry | Finding] = []
    entries = 0
    for item in source:
        run.append(item)
        entries += isinstance(item, ProjectEntry)
        if entries == ENTRIES_IN_A_BATCH:
            yield run
            run, entries = [], 0
    if run:
        yield run


def _finished(batch: Batch[None], made: Callable[[], tuple[Validation, _Kept]]) -> Batch[_Kept]:
    validation, kept = made()
    return Batch(batch.edition, batch.current, batch.entries, batch.findings, validation, kept)
