"""A row whose number and title are merged with those above it goes on with the entry, whatever stands in it."""

from __future__ import annotations

from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.rows import entries
from kennis_ld.model import Continuation, Entry, Finding, Place, SourceRow
from kennis_ld.publication.language import default_columns, default_words

HEADER = ("Nr", "Project", "Doel", "Partijen")
PRIVACY = Privacy(default_words(), Register([], []))
MERGED, NONE = Continuation.MERGED, Continuation.NONE


def read(*rows: SourceRow) -> list[Entry]:
    privacy = Privacy(default_words(), Register([], []))
    found = entries(rows, columns=default_columns(), themes=(), document="a.docx", privacy=privacy)
    return [item for item in found if isinstance(item, Entry)]


def at(row: int) -> Place:
    return Place("a.docx", row, row, table=1, rows=(row, row))


def test_each_row_of_a_merged_project_has_names_of_its_own() -> None:
    """Below one another in cells of their own, "HD" and "UD" are two names, and no "HD UD"."""
    more = SourceRow(("", "", "", "UD"), at(3), goes_on=(MERGED, MERGED, MERGED, NONE))
    (entry,) = read(SourceRow(HEADER, at(1)), SourceRow(("1", "Sloten", "Meten.", "HD"), at(2)), more)
    assert ((None, "HD\nUD"),) == entry.parties


def test_merged_number_and_title_go_on() -> None:
    """The second row names a lead anew; as its number and title are merged, it is no project without a number."""
    more = SourceRow(("", "", "Tellen.", "T: UD"), at(3), goes_on=(MERGED, MERGED, NONE, NONE))
    (entry,) = read(SourceRow(HEADER, at(1)), SourceRow(("1", "Sloten", "Meten.", "T: GD"), at(2)), more)
    assert ("Meten.\n\nTellen.", ((None, "T: GD\nT: UD"),)) == (entry.description, entry.parties)
    assert "a.docx, table 1, rows 2-3" == str(entry.place)


def said(*rows: SourceRow | Finding) -> list[str]:
    found = entries(rows, columns=default_columns(), themes=(), document="a.docx", privacy=PRIVACY)
    return [item.words for item in found if isinstance(item, Finding) and item.code == "merged-cells"]


def test_merged_cells_that_hold_for_all_their_rows_are_not_said() -> None:
    """Splitting the cell of a project in two rows, or of the theme of two projects, would change nothing."""
    header = SourceRow(("Thema", *HEADER), at(1))
    first = SourceRow(("Water", "1", "Sloten", "Meten.", "GD"), at(2))
    below = [MERGED, MERGED, MERGED, NONE, NONE]
    more = SourceRow(("", "", "", "", "UD"), at(3), goes_on=tuple(below))
    other = SourceRow(("", "2", "Duinen", "", ""), at(3), goes_on=(MERGED, NONE, NONE, MERGED, MERGED))
    merged = [Finding("merged-cells", at(3), words=words) for words in ("Water", "Meten.", "GD")]
    assert [] == said(header, first, more, *merged)
    assert ["GD"] == said(header, first, more, *merged, Finding("merged-cells", at(4), words="GD"))
    assert ["Meten.", "GD"] == said(header, first, other, *merged)
