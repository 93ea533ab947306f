"""From headings to themes: known ones, parts of them, and ones that nobody told about."""

from __future__ import annotations

import pytest

from kennis_ld.agenda.editions import provisional_themes, theme_key
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.rows import entries
from kennis_ld.agenda.themes import heading_text, theme_of_heading
from kennis_ld.model import Entry, Finding, Place, Theme
from kennis_ld.publication import tables
from kennis_ld.publication.language import default_columns, default_words
from kennis_ld.publication.publication import Publication
from tests.agenda import source

HEADER = "nr|Project|Beschrijving|Partijen"
WATER = Theme("water", ("Water", "Waterzaken"), "Water")
PEIL = Theme("peil", ("Peil",), "Peil", broader="water")
ZAND = Theme("zand", ("Zand",), "Zand")
THEMES = (WATER, PEIL, ZAND)
PRIVACY = Privacy(default_words(), Register([], []))
"""The words of the language, and a register that knows nobody."""


def read(*lines: str) -> list[Entry | Finding]:
    """Reads lines: with '|' a row, with '=' in front a row of one cell, empty the edge of a table, else text."""
    rows = source.rows(*lines, document="a.txt")
    return list(
        entries(
            rows,
            columns=default_columns(),
            themes=THEMES,
            document="a.txt",
            privacy=PRIVACY,
        )
    )


def sections(found: list[Entry | Finding]) -> list[tuple[str, ...]]:
    return [item.section for item in found if isinstance(item, Entry)]


def said(found: list[Entry | Finding]) -> list[tuple[str, str, str]]:
    return [(item.code, item.words, str(item.place)) for item in found if isinstance(item, Finding)]


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("1. Gezondheid & Welzijn", "gezondheid-welzijn"),
        ("2. Biodiversiteit & Duurzaamheid", "biodiversiteit-duurzaamheid"),
        ("3. Cultureel erfgoed", "cultureel-erfgoed"),
        ("Cultureel  erfgoed:", "cultureel-erfgoed"),
        ("IV) kennisstad breed", "kennisstad-breed"),
        ("Vlaggenscheppen", "vlaggenschepen"),
        ("Vlaggenschepen.", "vlaggenschepen"),
        ("A. Kennisinfrastructuur", "kennisinfrastructuur"),
        ("3.1 Cultureel erfgoed", None),
        ("1234. Cultureel erfgoed", None),
        ("Erfgoed", None),
        ("", None),
    ],
)
def test_heading_of_leiden(heading: str, key: str | None, leiden: Publication) -> None:
    """A heading is that of a theme whatever its number, capitals and full stop, in each of its spellings."""
    theme = theme_of_heading(heading, tables.themes(leiden.table("themes")))
    assert key == (theme.key if theme else None)


def test_heading_text_loses_its_number_only_once() -> None:
    """'1. 2. Stad' is the first heading, called '2. Stad'; a number needs a mark and a blank behind it."""
    assert "2. stad" == heading_text("1. 2. Stad")
    assert "1.stad" == heading_text("1.Stad")
    assert "12 stad" == heading_text("12 Stad")
    assert "straße" != heading_text("STRASSE") == heading_text("Straße")


def test_text_before_the_table() -> None:
    """Over the table a theme is a heading; other text is reported, and a cell alone counts for the entries below it."""
    assert ([("1. Water",)], []) == (lambda found: (sections(found), said(found)))(read("1. Water", HEADER, "1|A|x|"))
    found = read("Agenda", "=Een", "=Twee", HEADER, "1|A|x|")
    assert [("Twee",)] == sections(found)
    assert [
        ("text-outside-table", "Agenda", "a.txt:1"),
        ("text-outside-table", "Een", "a.txt:2"),
        ("unknown-theme", "Twee", "a.txt:3"),
    ] == said(found)


def test_last_cell_over_the_table_counts_only_where_no_heading_comes_first() -> None:
    """A title over a table with headings of its own is no heading."""
    found = read("=Kennisagenda", HEADER, "1. Water", "1|A|x|")
    assert [("1. Water",)] == sections(found)
    assert [("text-outside-table", "Kennisagenda", "a.txt:1")] == said(found)


def test_every_table_may_have_its_heading_over_it() -> None:
    """In a document with a table for each theme the headings stand over the tables, with the header in each."""
    found = read("=Water", HEADER, "1|A|x|", "", "=Zand", HEADER, "1|B|x|")
    assert [("Water",), ("Zand",)] == sections(found)
    assert [] == said(found)


@pytest.mark.parametrize(
    ("lines", "expected", "findings"),
    [
        pytest.param(["1. Water", "Peil"], ("1. Water", "Peil"), [], id="a part of a theme, outside the table"),
        pytest.param(["1. Water", "=Peil"], ("1. Water", "Peil"), [], id="a part of a theme, one cell"),
        pytest.param(["1. Water", "|Peil||"], ("1. Water", "Peil"), [], id="a part of a theme, in the title's column"),
        pytest.param(["1. Water", "||Peil|"], ("1. Water", "Peil"), [], id="a known theme in any column"),
        pytest.param(["1|Water||"], ("1. Water",), [], id="number and theme in their own cells"),
        pytest.param(["1.|Water||"], ("1. Water",), [], id="number with a full stop"),
        pytest.param(
            ["1. Water", "=Peil", "=Oevers"],
            ("1. Water", "Oevers"),
            [("unknown-theme", "Oevers"), ("heading-without-entries", "Peil")],
            id="a part nobody knows",
        ),
        pytest.param(
            ["=Oevers", "=Sloten"],
            ("Sloten",),
            [("looks-like-remark", "Oevers"), ("unknown-theme", "Sloten")],
            id="no numbers, no parts",
        ),
        pytest.param(
            ["1. Water", "2. Oevers"],
            ("2. Oevers",),
            [("heading-without-entries", "1. Water"), ("unknown-theme", "2. Oevers")],
            id="a number starts a theme",
        ),
        pytest.param(
            ["4. Oevers", "=Riet"],
            ("4. Oevers", "Riet"),
            [("unknown-theme", "4. Oevers"), ("unknown-theme", "Riet")],
            id="a part of an unknown theme with a number",
        ),
        pytest.param(
            ["=Peil", "=Riet"],
            ("Peil", "Riet"),
            [("unknown-theme", "Riet")],
            id="a part under a part that stands alone",
        ),
        pytest.param(
            ["=Zand", "=Lucht"],
            ("Lucht",),
            [("heading-without-entries", "Zand"), ("unknown-theme", "Lucht")],
            id="a new theme beside one without parts",
        ),
        pytest.param(
            ["=Water", "=Zand"], ("Zand",), [("heading-without-entries", "Water")], id="themes follow one another"
        ),
        pytest.param(
            ["1. Water", "Zomaar tekst"],
            ("1. Water",),
            [("text-outside-table", "Zomaar tekst")],
            id="text is no heading",
        ),
    ],
)
def test_headings_above_an_entry(lines: list[str], expected: tuple[str, ...], findings: list[tuple[str, str]]) -> None:
    """An entry stands under the theme and the part of it above; a heading that nothing stands under is said."""
    found = read(HEADER, *lines, "7|A|x|")
    assert [expected] == sections(found)
    assert sorted(findings) == sorted((code, words) for code, words, _ in said(found))


@pytest.mark.parametrize(
    ("row", "is_heading"),
    [
        ("3. Zand|||", True),
        ("Oevers|||", True),
        ("|Oevers||", True),
        ("||Oevers|", False),
        ("||3. Oevers|", False),
        ("|||Oevers", False),
        ("|12||", False),
    ],
)
def test_one_filled_cell(row: str, is_heading: bool) -> None:
    """Words alone in the cell of number or title are a heading; in another cell they go on from the row above."""
    found = read(HEADER, "1|A|x|T: UL", row, "2|B|x|")
    assert is_heading == (len(set(sections(found))) == 2)


def test_heading_with_a_number_in_the_first_column_whatever_it_is_for() -> None:
    """A row that starts with '3. Zand' and nothing else is a heading, also where leads or a text come first."""
    leads = read("Trekker|nr|Project", "UL|1|A", "3. Zand||", "GL|2|B")
    assert [(), ("3. Zand",)] == sections(leads)
    text = read("Beschrijving|nr|Project|Trekker", "Tekst|1|A|UL", "4. verder|||", "Meer|2|B|GL")
    assert [(), ()] == sections(text)
    assert ["Tekst 4. verder", "Meer"] == [item.description for item in text if isinstance(item, Entry)]


def test_row_goes_on_behind_the_foot_of_a_page() -> None:
    """A line of text between two pages ends no entry; a heading does."""
    found = read(HEADER, "1|A|Het water in|T: UL", "Pagina 1", "||de sloten.|P: GL")
    (entry,) = (item for item in found if isinstance(item, Entry))
    assert ("Het water in de sloten.", Place("a.txt", 2, 4)) == (entry.description, entry.place)
    found = read(HEADER, "1|A|Het water|T: UL", "2. Zand", "||in de sloten.|")
    assert ("row-without-number", "in de sloten.", "a.txt:4") in said(found)


def test_key_of_a_theme() -> None:
    """A known heading has the key of its theme, an unknown one a key made of its words, without its number."""
    assert ["water", "peil", "rechten-plichten", "zonder-naam"] == [
        theme_key(heading, THEMES) for heading in ("1. Waterzaken", "Peil", "5. Rechten & Plichten", "&&")
    ]


def test_unknown_headings_become_provisional_themes() -> None:
    """A heading that no theme has becomes one, under the theme it stands under, called as it is printed."""
    made = provisional_themes(
        [("1. Water", "Peil"), ("1. Water", "Oever  strook"), ("6.  Riet",), ("6. Riet", "Kraag")], THEMES
    )
    assert [
        Theme("oever-strook", ("Oever  strook",), "Oever strook", broader="water"),
        Theme("riet", ("6.  Riet",), "6. Riet"),
        Theme("kraag", ("Kraag",), "Kraag", broader="riet"),
    ] == list(made.values())
    assert ["oever-strook", "riet", "kraag"] == list(made)


def test_row_with_a_number_and_a_title_is_a_heading_over_numbers_below_it() -> None:
    """A theme "A" over "A1" is known, also one that nobody knows; a row like it over other numbers is what it was."""
    rows = ("nr|Project|Trekker", "A|Lucht|", "A1|Vliegers|GD", "B|Zee en kust|", "B1|Golven|UD")
    assert [("A. Lucht",), ("B. Zee en kust",)] == sections(read(*rows))
    assert [("Zand",), ("Zand",)] == sections(read("nr|Project|Trekker", "=Zand", "1|Vliegers|", "2|Golven|UD"))
    assert [("1. Lucht",), ("1. Lucht",)] == sections(
        read("nr|Project|Trekker", "1|Lucht|", "1.1|Wind|GD", "1.2|Mist|")
    )
    said = [
        item.code for item in read("nr|Project|Trekker", "1|Wind|GD", "GD|Gemeente Duin|") if isinstance(item, Finding)
    ]
    assert ["looks-like-legend"] == said


def test_theme_that_is_told_otherwise_than_it_stands_there() -> None:
    """A column that says the same theme again says nothing new, also where a number in it is left out."""
    found = read(
        "Thema|Nr|Project|Doel|Trekker",
        "Lucht, 06-12345678|1|Sloten|Meten.|GD",
        "Lucht, 06-12345678|||Weten.|",
    )
    assert [("Lucht, [telefoon]",)] == sections(found)
    assert ["Meten.\n\nWeten."] == [item.description for item in found if isinstance(item, Entry)]
