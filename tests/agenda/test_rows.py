"""From rows to entries: headings, rows broken over pages, numbers, and what cannot be read."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kennis_ld.agenda.columns import extra_column
from kennis_ld.agenda.numbers import number_key
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.rows import entries
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Entry, Extra, Finding, Place, Role, Theme
from kennis_ld.publication.language import default_columns, default_words
from tests.agenda import source

THEMES = (Theme("water", ("Water",), "Water"), Theme("peil", ("Peil",), "Peil", broader="water"))
HEADER = "nr\tProject\tBeschrijving\tT: trekker P: (beoogde) partners"
COLUMNS = {**default_columns(), "parties": (*default_columns()["parties"], "T: trekker P: (beoogde) partners")}
PRIVACY = Privacy(default_words(), Register([], []))
"""The words of the language, and a register that knows nobody."""


def read(*lines: str) -> list[Entry | Finding]:
    rows = [
        source.row(line.split("\t"), Place("a.txt", at, at), in_table="\t" in line)
        for at, line in enumerate(lines, start=1)
    ]
    return list(entries(rows, columns=COLUMNS, themes=THEMES, document="a.txt", privacy=PRIVACY))


def only_entries(found: Sequence[Entry | Finding]) -> list[Entry]:
    return [item for item in found if isinstance(item, Entry)]


def codes(found: Sequence[Entry | Finding]) -> list[tuple[str, str]]:
    return [(item.code, item.words) for item in found if isinstance(item, Finding)]


def test_row_broken_over_a_page_is_one_entry() -> None:
    """A row without number and title goes on with the one above it, in every cell, and its place covers both."""
    (entry,) = only_entries(read(HEADER, "1. Water", "1a\tSloten\tHet water in\tT: UL", "\t\tde sloten.\tP: GL"))
    expected = Entry(
        number="1a",
        title="Sloten",
        description="Het water in de sloten.",
        parties=((None, "T: UL P: GL"),),
        section=("1. Water",),
        place=Place("a.txt", 3, 4),
        intended=(Role.PARTNER,),
    )
    assert expected == entry


@pytest.mark.parametrize("same", ["idem", "Idem.", '"', "ditto", "as above", "zie hierboven", "s. o."])
def test_cell_that_repeats_the_one_above(same: str) -> None:
    """A cell that only says that it is the same is read as the one above it, which may itself be over two rows."""
    header = "nr\tProject\tTrekker\tPartners\tLooptijd"
    lines = ("1\tEen\tUL\tGL,\t2025", "\t\t\tHsL\t", f"2\tTwee\t{same}\t{same}\t{same}", f"3\tDrie\tGL\t{same}\t2026")
    columns = {**COLUMNS, extra_column(Extra.PERIOD): ["Looptijd"]}
    rows = [source.row(line.split("\t"), Place("a.txt", at, at)) for at, line in enumerate((header, *lines), 1)]
    found = only_entries(list(entries(rows, columns=columns, themes=THEMES, document="a.txt", privacy=PRIVACY)))
    leads, partners = (Role.LEAD, "UL"), (Role.PARTNER, "GL, HsL")
    assert [(leads, partners), (leads, partners), ((Role.LEAD, "GL"), partners)] == [each.parties for each in found]
    assert ["2025", "2025", "2026"] == [each.extras[0].text for each in found]


def test_nothing_above_to_repeat() -> None:
    """Where no entry stands above, or its cell is empty, the word stays, and is one for nobody."""
    first, _, third = only_entries(read(HEADER, "1\tEen\tx\tidem", "2\tTwee\tx\t", "3\tDrie\tx\tidem"))
    assert ["idem", "idem"] == [first.parties[0][1], third.parties[0][1]]


def test_headings_give_the_section() -> None:
    """A line outside the table or a row with one cell is a heading; one that is a part stands under its theme."""
    found = read(HEADER, "1. Water", "1\tEen\tx\t", "Peil\t\t\t", "1\tTwee\tx\t", "2. Zand", "1\tDrie\tx\t")
    assert [("1. Water",), ("1. Water", "Peil"), ("2. Zand",)] == [entry.section for entry in only_entries(found)]
    assert [("unknown-theme", "2. Zand")] == codes(found)


def test_numbered_heading_in_the_first_cell_whatever_its_column() -> None:
    """Where leads stand in the first column, a row with '1. Zand' there and nothing else is a heading all the same."""
    found = read("Trekker\tNr\tProject\tBeschrijving", "1. Zand\t\t\t", "UL\t1a\tSloten\tx")
    assert [("1. Zand",)] == [entry.section for entry in only_entries(found)]
    assert [("unknown-theme", "1. Zand")] == codes(found)


def test_numbered_heading_below_an_entry() -> None:
    """It ends the entry above it, though its column is one of leads; without a number it goes on with that one."""
    lines = "Trekker\tNr\tProject\tBeschrijving", "UL\t1a\tSloten\tx"
    (first, second) = only_entries(read(*lines, "2. Zand\t\t\t", "UL\t2a\tDuinen\tx"))
    assert [(), ("2. Zand",)] == [first.section, second.section]
    assert [(Role.LEAD, "UL GL")] == list(only_entries(read(*lines, "GL\t\t\t"))[0].parties)


def test_columns_in_any_order_and_roles_in_columns() -> None:
    """Columns are known by their headings; leads and partners may each have a column."""
    (entry,) = only_entries(read("Partners\tProject\tTrekker\tNr.", "GL\tSloten\tUL\t1a"))
    assert ("1a", "Sloten", ((Role.LEAD, "UL"), (Role.PARTNER, "GL"))) == (entry.number, entry.title, entry.parties)


def test_repeated_header_is_no_entry() -> None:
    """A table over many pages repeats its header; that row says nothing new."""
    assert ["1a", "1b"] == [entry.number for entry in only_entries(read(HEADER, "1a\tA\tx\t", HEADER, "1b\tB\tx\t"))]


def test_missing_numbers_are_reported_and_not_filled_in() -> None:
    """'1c' between '1b' and '1d' and '2' between '1' and '3' are missing; numbers stay as printed."""
    letters = read(HEADER, *(f"1{letter}\tP{letter}\tx\t" for letter in "abd"))
    assert [("number-left-out", "1c")] == codes(letters)
    assert ["1a", "1b", "1d"] == [entry.number for entry in only_entries(letters)]
    assert [("number-left-out", "2")] == codes(read(HEADER, "1\tA\tx\t", "3\tB\tx\t"))


def test_a_number_under_another_heading_is_not_left_out() -> None:
    """Where each number stands once, numbers run on from heading to heading; else each heading counts anew."""
    runs_on = read(HEADER, "1. Water", "1\tA\tx\t", "4\tB\tx\t", "2. Zand", "2\tC\tx\t", "5\tD\tx\t")
    assert [("number-left-out", "3")] == sorted({each for each in codes(runs_on) if each[0] == "number-left-out"})
    anew = read(HEADER, "1. Water", "1\tA\tx\t", "2\tB\tx\t", "3\tC\tx\t", "2. Zand", "1\tD\tx\t", "3\tE\tx\t")
    assert [("number-left-out", "2")] == [each for each in codes(anew) if each[0] == "number-left-out"]


def test_text_around_the_table_is_reported() -> None:
    """A line that is neither a row nor a heading is named in a finding."""
    found = read("Een titel", HEADER, "1\tA\tx\t", "Zomaar een zin zonder nummer")
    assert [("text-outside-table", "Een titel"), ("text-outside-table", "Zomaar een zin zonder nummer")] == codes(found)


def test_row_without_number_stops_a_release() -> None:
    """A row that has a title and a text but no number is not glued to the one above it."""
    found = read(HEADER, "1\tA\tx\t", "\tLos project\tMet een tekst\tT: UL")
    assert [("row-without-number", "Los project | Met een tekst | T: UL")] == codes(found)


def test_text_in_a_column_without_a_known_heading_is_reported() -> None:
    """No cell disappears: what stands in an unknown column is named with its column."""
    found = read(f"{HEADER}\tBudget", "1\tA\tx\tT: UL\t€ 5")
    assert [("column-looks-like", "€ 5")] == codes(found)
    (said,) = (item for item in found if isinstance(item, Finding))
    assert "5 (Budget)" == said.values["column"]


@pytest.mark.parametrize("number", ["Sloten", "T: UL P: GL", "1,5", "-", "9" * 5_000, "a" * 40])
def test_what_is_no_number_is_said(number: str) -> None:
    """A text in the column of numbers is published as it stands, and said: the cells may be in the wrong columns."""
    found = read(HEADER, f"{number}\tPlan\tx\t")
    assert [("unusual-number", number)] == codes(found)
    assert [number] == [entry.number for entry in only_entries(found)]


@pytest.mark.parametrize("number", ["1", "1a", "12", "1.2", "WP-3", "A1", "01", "1.", "1a)", "１", "2.1.3a"])
def test_what_cities_use_as_numbers_is_not_said(number: str) -> None:
    """The ways in which agendas count give no finding."""
    assert [] == codes(read(HEADER, f"{number}\tPlan\tx\t"))


@pytest.mark.parametrize("row", ["\t1b\t\t", "\t\t\tT: GL P: HsL", "\tKaart\t\tT: GL"])
def test_row_that_names_a_project_or_its_leads_anew_is_not_glued(row: str) -> None:
    """A row whose number got lost does not become part of the one above it, even when it has no text."""
    found = read(HEADER, "1a\tSloten\tHet water\tT: UL P: GL", row)
    assert [("row-without-number", " | ".join(filter(None, row.split("\t"))))] == codes(found)
    assert ["Sloten", "Het water"] == [
        text for entry in only_entries(found) for text in (entry.title, entry.description)
    ]


def test_heading_without_entries_is_said() -> None:
    """A heading under which nothing stands is in no entry, so a finding has its words; one over a part is in it."""
    assert [("heading-without-entries", "1. Water")] == codes(read(HEADER, "1\tA\tx\t", "1. Water"))
    assert [] == codes(read(HEADER, "1. Water", "Peil\t\t\t", "1\tA\tx\t"))
    found = read(HEADER, "1. Water", "Peil\t\t\t", "2. Zand", "1\tA\tx\t")
    said = [("heading-without-entries", "1. Water"), ("heading-without-entries", "Peil"), ("unknown-theme", "2. Zand")]
    assert said == codes(found)


@pytest.mark.parametrize(
    ("lines", "place", "what"),
    [
        (["geen tabel"], "a.txt", "no table"),
        (["nr\tProject"], "a.txt", "no table"),
        ([HEADER, "1a\tSloten"], "a.txt:2", "too few cells"),
        ([f"{HEADER}\tProject", "1a\tSloten"], "a.txt:2", "too few cells"),
        ([HEADER, "1a\tSloten\tx\tT: UL\tmeer"], "a.txt:2", "too many cells"),
        ([HEADER, "1a\tEen\tx\t", "1a\tTwee\tx\t"], "a.txt:3", "twice"),
        ([HEADER, "1\tEen\tx\t", "01.\tTwee\tx\t"], "a.txt:3", "twice"),
        ([HEADER, f"1\tEen\t{'x' * 70_000}\t"], "a.txt:2", "more than 65536"),
    ],
)
def test_table_that_cannot_be_read_is_an_error_with_its_place(lines: list[str], place: str, what: str) -> None:
    """Bad input says what is wrong, where, and what to do; nothing is read half."""
    with pytest.raises(UnreadableInput, match=what) as error:
        read(*lines)
    assert place == error.value.where
    assert error.value.remedy


def test_numbers_under_different_headings_may_be_the_same() -> None:
    """The numbers 1 to 4 stand under both sub-headings of theme 4 of the real agenda."""
    assert 2 == len(only_entries(read(HEADER, "1. Water", "1\tA\tx\t", "Peil\t\t\t", "1\tB\tx\t")))


def test_the_same_number_in_other_digits_is_the_same() -> None:
    """'1', '01', '1.' and the full-width '１' are one number; '1a' is another."""
    assert {"1"} == {number_key(number) for number in ("1", "01", "1.", "１")}
    assert "1a" == number_key("1a")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        # What stands in a cell of parties is said when that is read.
        ("1a\tSloten\tWater.\tT: UL P: GL Contact: Voor Beeld", []),
        ("1a\tSloten\tWater. T: UL P: GL Contact: Voor Beeld\t", ["contact-person"]),
        ("1a\tSloten\t<p>Contact: Voor Beeld</p><p>Water.</p>\tT: UL", ["contact-person"]),
    ],
)
def test_contact_person_is_published_from_no_cell(row: str, said: list[str]) -> None:
    """A name behind 'Contact:' is masked in every cell, also where a lost tab has moved it."""
    found = read(HEADER, "1. Water", row)
    (entry,) = only_entries(found)
    assert "Beeld" not in repr(entry)
    assert "[naam]" in repr(entry)
    assert "Water." in entry.description
    assert said == [code for code, _ in codes(found)]


def test_title_is_published_as_it_stands() -> None:
    """A title is never masked; a finding asks about a contact person in it."""
    found = read(HEADER, "1. Water", "1a\tSloten Contactpersoon: Voor Beeld\tWater.\tT: UL")
    assert ["Sloten Contactpersoon: Voor Beeld"] == [entry.title for entry in only_entries(found)]
    assert ["personal-details"] == [code for code, _ in codes(found)]


def test_no_cell_tells_of_a_contact_person() -> None:
    """Rows that are no entry, columns and other tables say nothing of contact persons in what is found about them."""
    found = read(
        f"{HEADER}\tContactpersoon\tOpmerking",
        "Vragen? Contactpersoon: Gralda Brinkhof, 06-12345678",
        "1a\tSloten\tx\tT: UL (Gralda Brinkhof)\tGralda Brinkhof\tbellen met mevr. Brinkhof, 06 12 34 56 78",
        "\tLos project\tTekst\tT: UL, Brinkhof, G.\tGralda Brinkhof\tb@stad.example",
        "G. Brinkhof\tRaar\tx\tT: UL\t\t",
    )
    assert [] == [word for word in ("Brinkhof", "12 34", "1234", "stad.example") if word in repr(found)]
    assert ["contact-column"] == [code for code, _ in codes(found) if code == "contact-column"]


@pytest.mark.parametrize("row", ["\t\t\t1. Gezondheid & Welzijn", "\t\t\tT: GD P: UD", "\t\t\tBeheer", "\t\t\t7"])
def test_row_below_the_header_that_is_no_part_of_it(row: str) -> None:
    """What stands in one column right below the header is said, unless it is the lower half of its headings."""
    found = read(HEADER, row, "1a\tSloten\tMeten.\tT: GD")
    assert ["Sloten"] == [entry.title for entry in only_entries(found)]
    assert row.strip() in " ".join(words for _, words in codes(found))


def test_row_below_the_header_with_words_for_roles_alone() -> None:
    """The words for roles below "Wie" are the lower half of the header."""
    found = read("nr\tProject\tBeschrijving\tWie", "\t\t\tT: trekker P: partners", "1a\tSloten\tMeten.\tT: GD P: UD")
    assert [] == codes(found)
    assert ["Sloten"] == [entry.title for entry in only_entries(found)]


def test_text_over_the_table_behind_a_theme_is_said() -> None:
    """A theme and a text stand over the table: the entries are of the theme, and the text is not lost."""
    found = read("Water\t", "\tEen losse tekst", HEADER, "1a\tSloten\tMeten.\tT: GD")
    assert [("Water",)] == [entry.section for entry in only_entries(found)]
    assert [("text-outside-table", "Een losse tekst")] == codes(found)
