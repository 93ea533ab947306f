"""Proposes settings for the documents of a publication: what their tables lack to be read, or to be read whole.

In: a publication. Out: lines for its publication.toml, by document. Nothing is decided and nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kennis_ld.agenda.boxes import ticked
from kennis_ld.agenda.headers import Headings
from kennis_ld.agenda.layouts.layout import Name, as_table
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.unread import Unread
from kennis_ld.agenda.unread_columns import quoted
from kennis_ld.errors import UnreadableInput, in_folder
from kennis_ld.model import Finding, SourceRow
from kennis_ld.publication import tables
from kennis_ld.publication.publication import EditionSettings, Publication
from kennis_ld.reading import documents


def proposed_settings(publication: Publication) -> Mapping[str, str]:
    """Returns lines for publication.toml by the name of the document; none for one that needs none.

    Raises:
        UnreadableInput: a document or the register cannot be opened.
    """
    register = Register(tables.organisations(publication.table("register")), [], publication.words)
    privacy = Privacy(publication.words, register, publication.decided)
    known = Headings(publication.columns, publication.words)
    found: dict[str, str] = {}
    for edition in publication.editions:
        with in_folder(edition.document.parent):
            given: Iterable[SourceRow | Finding] = ticked(documents.rows_of(edition.documents))
            marks: Sequence[str] = ()
            if edition.layout.name is not Name.TABLE:
                given, marks = _laid_out(given, edition, publication, privacy)
            rows = (row for row in given if isinstance(row, SourceRow))
            unread = Unread(
                rows,
                known,
                privacy,
                statuses=publication.statuses,
                row_colours=publication.row_colours,
                language=publication.language,
            )
            if lines := "\n".join(filter(None, (*marks, unread.settings()))):
                found[edition.document.name] = lines
    return found


def _laid_out(
    given: Iterable[SourceRow | Finding], edition: EditionSettings, publication: Publication, privacy: Privacy
) -> tuple[Sequence[SourceRow], Sequence[str]]:
    """Returns the table that a layout makes of rows, and lines for the marks that nobody knows.

    Where there is none, the layout says itself what is missing.
    """
    name = edition.document.name
    table = as_table(given, edition.layout, columns=publication.columns, privacy=privacy, document=name)
    try:
        made = list(table)
    except UnreadableInput:
        return (), ()
    unknown = dict.fromkeys(row.words for row in made if isinstance(row, Finding) and row.code == "unknown-mark")
    lines = ["[marks]", *(f'{quoted(mark)} = "…"' for mark in unknown)] if unknown else []
    return [row for row in made if isinstance(row, SourceRow)], lines
