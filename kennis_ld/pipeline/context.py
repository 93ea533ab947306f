"""What all batches of a publication refer to: agenda, editions, organisations, themes, statuses and other concepts.

Organisations, themes and statuses that the tables do not know are met while documents are read, so this grows.
"""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from kennis_ld.agenda.editions import provisional_themes
from kennis_ld.graph.concepts import role_triples, status_triples, theme_triples
from kennis_ld.graph.definitions import alias_triples, definition_triples, shapes_graph
from kennis_ld.graph.organisations import organisation_triples
from kennis_ld.graph.provenance import EditionFacts, agenda_triples, edition_triples
from kennis_ld.graph.statements import Triple
from kennis_ld.graph.things import Thing, statements_of, things
from kennis_ld.iri import Iris
from kennis_ld.model import Organisation, ProjectEntry, Status, Theme
from kennis_ld.model.texts import around
from kennis_ld.pipeline.definitions import Definitions
from kennis_ld.pipeline.entries import EntryReader
from kennis_ld.publication.publication import EditionSettings, Publication
from kennis_ld.quality.checker import Checker
from kennis_ld.reading.documents import cannot_be_opened


class Context:
    """What batches refer to, as far as the reader of entries has read documents."""

    def __init__(
        self,
        publication: Publication,
        definitions: Definitions,
        reader: EntryReader,
        *,
        version: str,
    ) -> None:
        self._publication = publication
        self._definitions = definitions
        self._version = version
        self._reader = reader
        self._sections: dict[tuple[str, ...], None] = {}
        self._statuses: dict[str, Status] = {}
        self._theme_of: dict[str, Theme] = {}
        self._theme_sections = -1
        self._concepts = things(self._concept_triples())
        self._registered = things(self._organisation_triples(self._reader.organisations))
        self._provisional: list[Thing] = []
        self._provisional_organisations = 0
        self.sources = {edition.key: _source(edition) for edition in publication.editions}

    @property
    def themes(self) -> Sequence[Theme]:
        """The themes of the publication, and provisional ones for headings met so far that it does not know."""
        return (*self._reader.themes, *self.provisional_themes)

    @property
    def provisional_themes(self) -> Collection[Theme]:
        """A theme for each heading met so far that the publication does not know."""
        return provisional_themes(self._sections, self._reader.themes).values()

    def theme(self, key: str) -> Theme:
        """Returns a theme of the publication, or a provisional one."""
        if len(self._sections) != self._theme_sections:
            self._theme_sections = len(self._sections)
            self._theme_of = {theme.key: theme for theme in reversed(self.themes)}
        return self._theme_of[key]

    @property
    def organisations(self) -> Sequence[Organisation]:
        """The register, and the provisional organisations so far."""
        return (*self._reader.organisations, *self._reader.resolver.provisional)

    def organisation(self, key: str) -> Organisation:
        """Returns an organisation of the register, or a provisional one."""
        return self._reader.register.by_key.get(key) or self._reader.resolver.provisionally(key)

    def meet(self, item: ProjectEntry) -> None:
        """Remembers the headings over an entry, and a status that the publication does not describe."""
        self._sections.setdefault(item.entry.section)
        status = item.facts.status
        if status is not None and status not in self._publication.statuses:
            self._statuses.setdefault(status.key, status)

    def checker(self) -> Checker:
        """Returns what checks the batches, with what every batch refers to and none changes."""
        checker = _compiled(
            tuple(self._definitions.shapes), self._publication.iris, self._publication.language
        ).afresh()
        checker.add(statements_of((*self._concepts, *self._registered)))
        return checker

    def triples(self) -> Iterator[Triple]:
        """Yields what every edition refers to."""
        yield from agenda_triples(self._publication.agenda, [], self._publication.iris)
        yield from self._organisation_triples(self.organisations)
        yield from self._theme_triples()
        yield from status_triples([*self._statuses.values()], self._publication.iris)
        yield from self._concept_triples()

    def whole(self) -> list[Thing]:
        """Returns all that is of no edition, and what is said of the editions."""
        return [*self._registered, *self._concepts, *self.beside(self._publication.editions)]

    def beside(self, editions: Sequence[EditionSettings]) -> list[Thing]:
        """Returns what batches refer to and what may be more with each: agenda, editions, themes, new organisations."""
        publication, iris = self._publication, self._publication.iris
        triples = list(agenda_triples(publication.agenda, [item.key for item in editions], iris))
        keys = [item.key for item in publication.editions]
        earlier = dict(zip(keys, ["", *keys], strict=False))
        for edition in editions:
            source = [*self.sources[edition.key].values()]
            facts = EditionFacts(
                key=edition.key,
                title=edition.title,
                period=edition.period,
                issued=edition.issued,
                documents=[*zip(source[::2], source[1::2], strict=True)],
                before=earlier[edition.key],
                changes_only=edition.changes_only,
            )
            triples += edition_triples(publication.agenda.key, facts, version=self._version, iris=iris)
        triples += self._theme_triples()
        triples += status_triples([*self._statuses.values()], self._publication.iris)
        new = self._reader.resolver.provisional[self._provisional_organisations :]
        self._provisional_organisations += len(new)
        self._provisional += things(self._organisation_triples(new))
        return [*things(triples), *self._provisional]

    def _concept_triples(self) -> Iterator[Triple]:
        """Yields the concepts that the software brings along, and those that the publication adds."""
        concepts = definition_triples(self._definitions.concepts, self._publication.iris)
        yield from concepts
        yield from alias_triples(concepts, self._publication.iris)
        yield from role_triples(self._publication.words.narrower_roles, self._publication.iris)
        yield from status_triples(self._publication.statuses, self._publication.iris)

    def _organisation_triples(self, organisations: Iterable[Organisation]) -> Iterator[Triple]:
        for organisation in organisations:
            yield from organisation_triples(organisation, self._publication.iris, self._publication.language)

    def _theme_triples(self) -> Iterator[Triple]:
        publication = self._publication
        return theme_triples(
            self.themes,
            title=around(publication.agenda.title, nl="Thema's van {}", en="Themes of {}", other="{} (SKOS)"),
            iris=publication.iris,
            language=publication.language,
        )


@lru_cache(maxsize=4)
def _compiled(shapes: tuple[str, ...], iris: Iris, language: str) -> Checker:
    """Returns what checks by these shapes; kept, for compiling them takes longer than reading a small agenda."""
    return Checker(shapes_graph(shapes, iris, language))


def _source(edition: EditionSettings) -> Mapping[str, str]:
    """Returns names and digests of the documents of an edition."""
    names = (("document", "sha256"), ("participations", "participations_sha256"))
    found: dict[str, str] = {}
    for (name, digest), path in zip(names, edition.documents, strict=False):
        found |= {name: path.name, digest: _digest(path)}
    return found


def _digest(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():
            raise OSError(errno.EINVAL, "it is no file")
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise cannot_be_opened(path, error) from error
