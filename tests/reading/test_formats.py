"""The same agenda in each kind of document gives the same entries, apart from their place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.rows import entries
from kennis_ld.model import Entry, Finding, Place, Role, SourceRow, Theme
from kennis_ld.publication import tables
from kennis_ld.publication.language import default_columns, default_words
from kennis_ld.publication.publication import Publication
from kennis_ld.reading import documents
from tests.publications import DOCUMENT
from tests.reading import conversions
from tests.reading.campaign import in_this_process
from tests.reading.conversions import WRITERS, Rows

THEMES = (Theme("water", ("Water",), "Water"), Theme("zand", ("Zand",), "Zand"))
LONG = (
    "Dit plan beschrijft in vele zinnen wat de stad met het zand doet. Studenten – ook die van ver – meten mee. " * 30
)
CITY = [tuple(line.split("\t")) for line in DOCUMENT.splitlines()]
CITY += [("2b", "Duinen van de toekomst", LONG * 3 + "Slot.", "T: GZ P: ZU"), ("2c", "Café “De Ruïne”", "€ 5", "T: HD")]
BY_FORMAT = {"encoding-guessed", "word-broken-at-line"}
"""What the form of a document, and not the agenda in it, gives rise to."""
PRIVACY = Privacy(default_words(), Register([], []))
"""The words of the language, and a register that knows nobody."""


def read(
    rows: Iterator[SourceRow | Finding], document: str, themes: Sequence[Theme], columns: Mapping[str, Sequence[str]]
) -> list[Entry | Finding]:
    return list(entries(rows, columns=columns, themes=themes, document=document, privacy=PRIVACY))


def without_places(found: Sequence[Entry | Finding]) -> tuple[list[Entry], Counter[tuple[str, str]]]:
    given = [replace(item, place=Place("")) for item in found if isinstance(item, Entry)]
    said = Counter((item.code, item.words) for item in found if isinstance(item, Finding))
    return given, said


def city(path: Path) -> list[Entry | Finding]:
    return read(in_this_process(path), path.name, THEMES, default_columns())


@pytest.fixture(scope="module")
def leiden_rows(leiden: Publication) -> Rows:
    return [row.cells for row in documents.rows(leiden.editions[0].document) if not isinstance(row, Finding)]


@pytest.mark.usefixtures("documents_read_here")
@pytest.mark.parametrize("name", sorted(WRITERS))
def test_the_real_agenda_in_each_kind(name: str, leiden: Publication, leiden_rows: Rows, tmp_path: Path) -> None:
    """All 55 entries of the bundled agenda come out the same, and so does what is said about them."""
    themes, source = tables.themes(leiden.table("themes")), leiden.editions[0].document
    wanted, wanted_said = without_places(read(documents.rows(source), source.name, themes, leiden.columns))
    assert 55 == len(wanted)
    WRITERS[name](leiden_rows, tmp_path / name)
    given, said = without_places(read(documents.rows(tmp_path / name), name, themes, leiden.columns))
    assert wanted == given
    assert not wanted_said - said
    assert {code for code, _ in said - wanted_said} <= {*BY_FORMAT, "text-outside-table"}


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_a_made_up_city_in_each_kind(name: str, tmp_path: Path) -> None:
    """A description longer than a page, quotation marks and dashes come out the same in every kind."""
    conversions.text(CITY, tmp_path / "bron.txt")
    wanted, _ = without_places(city(tmp_path / "bron.txt"))
    assert ["1a", "1b", "2a", "2b", "2c"] == [entry.number for entry in wanted]
    WRITERS[name](CITY, tmp_path / name)
    given, said = without_places(city(tmp_path / name))
    assert wanted == given
    assert {code for code, _ in said} <= {*BY_FORMAT, "text-outside-table"}


def test_pdf_rows_broken_over_pages_have_their_pages(tmp_path: Path) -> None:
    """A row that is broken over a page is one entry, and its place says on which pages it stands."""
    conversions.pdf([*CITY, ("2d", "Nog een", LONG * 4, "T: GZ")], tmp_path / "a.pdf")
    places = {item.number: item.place for item in city(tmp_path / "a.pdf") if isinstance(item, Entry)}
    assert (1, 1) == (places["1a"].first_page, places["1a"].last_page)
    first, last = places["2b"].first_page, places["2d"].last_page
    assert first == 1
    assert last is not None
    assert last >= 3
    assert any(place.first_page != place.last_page for place in places.values())


COLUMNS_APART = [
    ("Partner 1", "Projecttitel", "Trekker(s)", "Nummer", "Toelichting", "Partner 2"),
    ("1. Water",),
    ("HD", "Regenkaart", "ZU", "1a", "Waar het water blijft.", "GZ"),
    ("", "Sloten", "GZ", "1b", "Hoe schoon het is.", ""),
]


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_columns_in_any_order_and_roles_in_columns_of_their_own(name: str, tmp_path: Path) -> None:
    """Columns are found by their headings wherever they stand; two columns of partners are one list."""
    WRITERS[name](COLUMNS_APART, tmp_path / name)
    first, second = (item for item in city(tmp_path / name) if isinstance(item, Entry))
    assert ("1a", "Regenkaart", "Waar het water blijft.") == (first.number, first.title, first.description)
    assert ((Role.LEAD, "ZU"), (Role.PARTNER, "HD, GZ")) == first.parties
    assert ((Role.LEAD, "GZ"),) == second.parties
    assert {("1. Water",)} == {first.section, second.section}


def test_sheets_for_themes(tmp_path: Path) -> None:
    """Where a spreadsheet has a sheet for each theme, the name of the sheet is the heading."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for theme, number in (("Water", "1a"), ("2. Zand", "2a")):
        sheet = book.create_sheet(theme)
        sheet.append(("Nr", "Project", "Partijen"))
        sheet.append((number, f"Plan {number}", "T: GZ"))
    book.save(tmp_path / "a.xlsx")
    found = city(tmp_path / "a.xlsx")
    assert [("Water",), ("2. Zand",)] == [item.section for item in found if isinstance(item, Entry)]
    assert ["a.xlsx, sheet Water, row 2", "a.xlsx, sheet 2. Zand, row 2"] == [
        str(item.place) for item in found if isinstance(item, Entry)
    ]
