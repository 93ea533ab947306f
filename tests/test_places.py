"""A place is said as people find it, in English and in Dutch."""

from __future__ import annotations

import pytest

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Place
from kennis_ld.translation import in_dutch, place, said

PLACES = [
    (Place("a.txt", 57, 57), "a.txt:57", "a.txt:57"),
    (Place("a.txt", 57, 58, 3, 3), "a.txt:57-58", "a.txt:57-58"),
    (Place("a.pdf", 9, 9, 3, 3, table=1, rows=(4, 4)), "a.pdf, page 3, row 4", "a.pdf, bladzijde 3, rij 4"),
    (Place("a.pdf", 9, 9, 3, 3, rows=(0, 0)), "a.pdf, page 3", "a.pdf, bladzijde 3"),
    (Place("a.pdf", 0, 0, 2, 7, rows=(0, 0)), "a.pdf, pages 2-7", "a.pdf, bladzijden 2-7"),
    (Place("a.xlsx", 4, 5, rows=(4, 5)), "a.xlsx, rows 4-5", "a.xlsx, rijen 4-5"),
    (Place("a.xlsx", rows=(0, 0)), "a.xlsx", "a.xlsx"),
    (
        Place("a.ods", 4, 4, sheet="Water, 2", rows=(4, 4), column="AB"),
        "a.ods, sheet Water, 2, cell AB4",
        "a.ods, blad Water, 2, cel AB4",
    ),
    (Place("a.docx", 4, 4, table=2, rows=(0, 0)), "a.docx, after table 2", "a.docx, na tabel 2"),
    (Place("a.docx", 4, 4, rows=(0, 0)), "a.docx", "a.docx"),
    (
        Place("a.pdf", 9, 9, 3, 3, table=1, rows=(9, 9)).through(Place("a.pdf", 10, 10, 4, 4, table=1, rows=(2, 2))),
        "a.pdf, page 3, row 9 to page 4, row 2",
        "a.pdf, bladzijde 3, rij 9 tot bladzijde 4, rij 2",
    ),
    (
        Place("a.docx", 9, 9, table=1, rows=(8, 8)).through(Place("a.docx", 10, 10, table=2, rows=(2, 2))),
        "a.docx, table 1, row 8",
        "a.docx, tabel 1, rij 8",
    ),
]


@pytest.mark.parametrize(("given", "english", "dutch"), PLACES)
def test_place(given: Place, english: str, dutch: str) -> None:
    """The same place in both languages; what is no place stays as it is."""
    assert (english, dutch) == (str(given), place(str(given), "nl"))
    assert english == place(english, "en")


def test_place_in_an_error() -> None:
    """Where it is, and a place that the error mentions, are said in the language of the error."""
    error = UnreadableInput(
        "Number '1' stands there twice under one heading; first at a.docx, table 1, row 2.",
        where="a.docx, table 1, row 4",
        remedy="Give one of the two entries another number.",
    )
    assert (
        "a.docx, tabel 1, rij 4: Nummer '1' staat twee keer onder dezelfde kop; de eerste keer in a.docx, tabel 1, "
        "rij 2. Geef een van de twee een ander nummer."
    ) == said(error, "nl")


@pytest.mark.parametrize("text", ["Sloten, tabellen en row", "http://localhost:8000/id/project/x", "a.txt"])
def test_what_is_no_place_stays(text: str) -> None:
    """A text that only looks like a place is not touched."""
    assert (text, text) == (place(text, "nl"), in_dutch(text))
