"""A finding about an entry says which one, so that it stands with that entry on a page and in a list."""

from __future__ import annotations

import pytest

from kennis_ld.agenda.rows import DEFAULT_COLUMNS, entries
from kennis_ld.model import Finding, Place, SourceRow, Theme

HEADER = "nr\tProject\tBeschrijving\tPartijen"


@pytest.mark.parametrize(
    ("row", "code", "subject"),
    [
        ("1a\tSloten\tWater. Contact: Voor Beeld\tT: UL", "contact-person", "1a Sloten"),
        ("1a\t\tWater.\tT: UL", "entry-without-title", "1a"),
    ],
)
def test_number_and_title(row: str, code: str, subject: str) -> None:
    """Number and title, as far as there are any, and the place of the row."""
    rows = [
        SourceRow(tuple(line.split("\t")), Place("a.txt", at, at), in_table="\t" in line)
        for at, line in enumerate((HEADER, "1. Water", row), start=1)
    ]
    themes = (Theme("water", ("Water",), "Water"),)
    found = [
        item
        for item in entries(rows, columns=DEFAULT_COLUMNS, themes=themes, document="a.txt")
        if isinstance(item, Finding)
    ]
    assert [(code, subject, "a.txt:3")] == [(item.code, item.subject, str(item.place)) for item in found]
