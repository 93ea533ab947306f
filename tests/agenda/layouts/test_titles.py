"""Titles across the table, each above the row of its project."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kennis_ld.agenda.headers import Headings
from kennis_ld.agenda.layouts import titles
from kennis_ld.agenda.layouts.layout import Layout, Name
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Continuation, Entry, SourceRow
from kennis_ld.publication.language import default_columns
from tests.agenda.layouts.reading import PRIVACY, entry_places, read, said, shown
from tests.agenda.source import rows

TITLES = Layout(Name.TITLES)
HEADER = "Trekker|Partners|Omschrijving"


def test_line_above_a_row_is_its_title() -> None:
    """A title stands across the table or in its first cell; of several the last one is, and the others are headings."""
    lines = HEADER, "Water||", "1. Sloten||", "GD|UD|Meten.", "=2. Duinen", "UD||Weten."
    found = read(rows(*lines), TITLES)
    assert [("Water", "1", "Sloten", "GD", "UD"), ("Water", "2", "Duinen", "UD")] == shown(found)
    assert ["a.docx:3-4", "a.docx:5-6"] == entry_places(found)
    assert [] == said(found)


def test_tables_under_headings() -> None:
    """Each table may have its header; a row without a title goes on with the one above it."""
    lines = "Zand", HEADER, "Strand||", "GD||Schoon.", "||En veilig.", "", "Water", HEADER, "Sloten||", "UD||Meten."
    found = read(rows(*lines), TITLES)
    assert [("Zand", "", "Strand", "GD"), ("Water", "", "Sloten", "UD")] == shown(found)
    assert ["Schoon.\n\nEn veilig.", "Meten."] == [item.description for item in found if isinstance(item, Entry)]


def test_nothing_is_lost() -> None:
    """A title without a row, a column that nobody knows and a text behind the table are said."""
    found = read(rows(f"{HEADER}|Geld", "Sloten|||", "GD||Meten.|€ 5", "Duinen|||", "", "Los."), TITLES)
    assert [("", "Sloten", "GD")] == shown(found)
    assert [
        ("unnamed-column", "€ 5"),
        ("text-outside-table", "Los."),
        ("looks-like-remark", "Duinen"),
    ] == said(found)


def test_what_the_reader_saw_of_a_row_stays() -> None:
    """What is struck, merged or coloured stays with its own cell."""
    header, title, row = rows(HEADER, "Sloten||", "GD|UD|Meten.")
    merged = (Continuation.NONE, Continuation.LINE, Continuation.NONE)
    row = replace(row, kept=("GD", "", "Meten."), goes_on=merged, columns=("A", "B", "C"), fills=("", "ff0000", ""))
    known = Headings(default_columns(), PRIVACY.words)
    *_, made = titles.rows([header, title, row], known=known, privacy=PRIVACY, document="a.docx")
    assert isinstance(made, SourceRow)
    assert (("Sloten", "GD", "", "Meten."), ("", "A", "B", "C"), "ff0000") == (made.kept, made.columns, made.fill(2))
    assert Continuation.LINE is made.how(2)


def test_table_without_parties_is_an_error() -> None:
    """The first rows are named, with what to write."""
    with pytest.raises(UnreadableInput, match=r"The first rows are: a \| b; c \| d"):
        read(rows("a|b", "c|d"), TITLES)
