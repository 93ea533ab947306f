"""Proposes settings for the documents of a publication: what their tables lack to be read, or to be read whole.

In: a publication. Out: lines for its publication.toml, by document. Nothing is decided and nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping

from kennis_ld.agenda.headers import Headings
from kennis_ld.agenda.layouts.layout import Name
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.unread import Unread
from kennis_ld.model import SourceRow
from kennis_ld.publication import tables
from kennis_ld.publication.publication import Publication
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
        if edition.layout.name is not Name.TABLE:
            continue  # it was decided; what is missing then is said by the layout
        given = (row for row in documents.rows(edition.document) if isinstance(row, SourceRow))
        if lines := Unread(given, known, privacy).settings():
            found[edition.document.name] = lines
    return found
