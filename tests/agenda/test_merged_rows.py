"""A row whose number and title are merged with those above it goes on with the entry, whatever stands in it."""

from __future__ import annotations

from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.rows import entries
from kennis_ld.model import Continuation, Entry, Place, SourceRow
from kennis_ld.publication.language import default_columns, default_words

HEADER = ("Nr", "Project", "Doel", "Partijen")
MERGED, NONE = Continuation.MERGED, Continuation.NONE


def read(*rows: SourceRow) -> list[Entry]:
    privacy = Privacy(default_words(), Register([], []))
    found = entries(rows, columns=default_columns(), themes=(), document="a.docx", privacy=privacy)
    return [item for item in found if isinstance(item, Entry)]


def at(row: int) -> Place:
    return Place("a.docx", row, row, table=1, rows=(row, row))


def test_merged_number_and_title_go_on() -> None:
    """The second row names a lead anew; as its number and title are merged, it is no project without a number."""
    more = SourceRow(("", "", "Tellen.", "T: UD"), at(3), goes_on=(MERGED, MERGED, NONE, NONE))
    (entry,) = read(SourceRow(HEADER, at(1)), SourceRow(("1", "Sloten", "Meten.", "T: GD"), at(2)), more)
    assert ("Meten.\n\nTellen.", ((None, "T: GD T: UD"),)) == (entry.description, entry.parties)
    assert "a.docx, table 1, rows 2-3" == str(entry.place)
