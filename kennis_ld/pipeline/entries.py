"""Reads the tables of a publication, and with them the entries of each of its editions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kennis_ld.agenda import rows as agenda_rows
from kennis_ld.agenda.boxes import ticked
from kennis_ld.agenda.current_state import with_findings
from kennis_ld.agenda.editions import resolved
from kennis_ld.agenda.extras import ExtraReader
from kennis_ld.agenda.identity import Identities
from kennis_ld.agenda.layouts.layout import as_table
from kennis_ld.agenda.periods import years_about
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.resolution import Resolver
from kennis_ld.errors import WrongSetting, in_folder
from kennis_ld.model import Finding, ProjectEntry
from kennis_ld.publication import tables
from kennis_ld.publication.publication import SETTINGS_FILE, EditionSettings, Publication
from kennis_ld.reading import documents


class EntryReader:
    """Reads entries, edition by edition, the oldest first: who is met in one is known in the next.

    Attributes:
        organisations: the rows of the register.
        register: what they say of names.
        resolver: says who a name means, and knows who is in no register.
        identities: says which project an entry is.
    """

    def __init__(self, publication: Publication) -> None:
        """Reads the tables.

        Raises:
            UnreadableInput: a table cannot be read.
            WrongSetting: a setting names an organisation that is not in the register.
        """
        self._publication = publication
        self.organisations = tables.organisations(publication.table("register"))
        self.register = Register(self.organisations, tables.groups(publication.table("groups")), publication.words)
        self.resolver = Resolver(self.register, publication.words)
        self.themes = tables.themes(publication.table("themes"))
        decided = tables.identities(publication.table("identities"))
        self.identities = Identities(decided, [edition.key for edition in publication.editions])
        self._privacy = Privacy(publication.words, self.register, publication.decided)
        self._check_settings()

    def entries(
        self, edition: EditionSettings, *, number_of: Callable[[], Mapping[str, str]]
    ) -> Iterator[ProjectEntry | Finding]:
        """Yields the entries of an edition, and what there is to say about its document.

        Args:
            number_of: gives the projects on the agenda so far by their numbers; an edition of changes refers to them.

        Raises:
            UnreadableInput: the document cannot be read.
        """
        with in_folder(edition.document.parent):
            yield from self._entries(edition, number_of())

    def _entries(self, edition: EditionSettings, number_of: Mapping[str, str]) -> Iterator[ProjectEntry | Finding]:
        publication = self._publication
        rows = documents.rows_of(edition.documents)
        if publication.leaves_out_struck:
            rows = agenda_rows.without_struck(rows, whole_rows=edition.changes_only)
        elif publication.leaves_out_struck is not None:
            rows = (row for row in rows if not (isinstance(row, Finding) and row.code == "struck-out"))
        table = as_table(
            ticked(rows),
            edition.layout,
            columns=publication.columns,
            privacy=self._privacy,
            document=edition.document.name,
        )
        found = agenda_rows.entries(
            table,
            columns=publication.columns,
            themes=self.themes,
            document=edition.document.name,
            privacy=self._privacy,
            row_colours=publication.row_colours,
        )
        entries = resolved(
            found, edition=edition.key, themes=self.themes, identities=self.identities, resolver=self.resolver
        )
        years = years_about(edition.period, edition.issued)
        read = ExtraReader(publication.words, publication.statuses, publication.language, years).read(entries)
        return with_findings(read, publication.words, number_of=number_of) if edition.changes_only else read

    def _check_settings(self) -> None:
        settings = {
            "agenda.publisher": self._publication.agenda.publisher,
            "catalogue.creator": self._publication.catalogue.creator,
        }
        for name, key in settings.items():
            if key not in self.register.by_key:
                raise WrongSetting(
                    f"Setting {name}: organisation {key!r} is not in the register.",
                    where=str(self._publication.folder / SETTINGS_FILE),
                    remedy=f"Add a row with this key to {self._publication.table('register').name}, or name another.",
                )
