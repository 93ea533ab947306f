"""Rows that go on behind the end of a page, tables beside the agenda, and where one entry ends and the next begins."""

from __future__ import annotations

import pytest

from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.rows import entries
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Entry, Finding, Place, Role, Theme
from kennis_ld.publication.language import default_columns, default_words
from tests.agenda import source

HEADER = "nr|Project|Beschrijving|Partijen"
THEMES = (Theme("water", ("Water",), "Water"), Theme("zand", ("Zand",), "Zand"))
PRIVACY = Privacy(default_words(), Register([], []))
"""The words of the language, and a register that knows nobody."""


def read(*lines: str, header: str = HEADER) -> list[Entry | Finding]:
    """Reads rows behind a header; an empty line is the edge of a table, each line stands on a page of its own."""
    rows = [
        source.row(line.split("|") if line else (), Place("a.pdf", at, at, at, at))
        for at, line in enumerate((header, *lines), start=1)
    ]
    return list(
        entries(
            rows,
            columns=default_columns(),
            themes=THEMES,
            document="a.pdf",
            privacy=PRIVACY,
        )
    )


def shown(found: list[Entry | Finding]) -> list[tuple[str, ...]]:
    """Entries as (number, title, description, parties), findings as (code, words)."""
    return [
        (item.number, item.title, item.description, *(cell for _, cell in item.parties))
        if isinstance(item, Entry)
        else (item.code, item.words)
        for item in found
    ]


def only(found: list[Entry | Finding]) -> Entry:
    (entry,) = found
    assert isinstance(entry, Entry)
    return entry


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param(
            "1|UNA|Samen met de andere|T: UL",
            "||partneruniversiteiten.|",
            ("1", "UNA", "Samen met de andere partneruniversiteiten.", "T: UL"),
            id="1j: a sentence",
        ),
        pytest.param(
            "7|LIC|In de region.|T: GL",
            "||Voortzetting LIC: x|P: UL",
            ("7", "LIC", "In de region.\n\nVoortzetting LIC: x", "T: GL P: UL"),
            id="4/7: a paragraph, and partners",
        ),
        pytest.param(
            "1|A|Een- |T: UL",
            "|| <p>twee</p>|",
            ("1", "A", "Een-\n\ntwee", "T: UL"),
            id="the reader saw how the text goes on",
        ),
        pytest.param(
            "1|A|Een|T: UL", "||\n\nTwee|", ("1", "A", "Een\n\nTwee", "T: UL"), id="the reader saw a new paragraph"
        ),
        pytest.param(
            "1|Schone|x|T: UL",
            "| Sloten|verder|P: GL",
            ("1", "Schone Sloten", "x verder", "T: UL P: GL"),
            id="a title that the reader saw going on",
        ),
        pytest.param("1|A|x|T: UL, GL", "|||P: HsL", ("1", "A", "x", "T: UL, GL P: HsL"), id="only parties"),
        pytest.param("1|A|x|", "|||UL", ("1", "A", "x", "UL"), id="parties that come later"),
        pytest.param("1|A||", "||Tekst|", ("1", "A", "Tekst"), id="a text that comes later"),
    ],
)
def test_row_that_goes_on(first: str, second: str, expected: tuple[str, ...]) -> None:
    """A row without a number is more of the row above it, cell by cell; the place of the entry covers both."""
    found = read(first, second)
    assert [expected] == shown(found)
    assert Place("a.pdf", 2, 3, 2, 3) == only(found).place


def test_title_that_goes_on_alone() -> None:
    """Words alone among the titles are a heading, but not where the reader saw the title go on; a theme always is."""
    assert [("1", "Schone sloten", "x", "T: UL")] == shown(read("1|Schone|x|T: UL", "| sloten||"))
    assert ("unknown-theme", "sloten") in shown(read("1|Schone|x|T: UL", "|sloten||", "2|B|y|"))
    found = (item for item in read("1|Schone|x|T: UL", "| Zand||", "2|B|y|") if isinstance(item, Entry))
    assert [(), ("Zand",)] == [item.section for item in found]


def test_row_over_three_pages() -> None:
    """A row may go on more than once; its place is from the first page to the last."""
    found = read("1|A|een|T: UL", "||twee|", "||drie|P: GL")
    assert [("1", "A", "een twee drie", "T: UL P: GL")] == shown(found)
    assert Place("a.pdf", 2, 4, 2, 4) == only(found).place


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("|1b|x|", "a title that is a number"),
        ("|Kaart|Een tekst|", "a title and a text"),
        ("|||T: GL P: HsL", "leads named anew"),
        ("|||Trekker: GL", "leads named anew, in a word"),
    ],
)
def test_row_that_is_another_project(row: str, why: str) -> None:
    """A row without a number that names a project or its leads anew is said, and the row above it ends."""
    found = read("1|A|x|T: UL", row, "||meer|")
    words = [" | ".join(filter(None, cells.split("|"))) for cells in (row, "||meer|")]
    assert [("1", "A", "x", "T: UL"), *(("row-without-number", said) for said in words)] == shown(found)


def test_leads_may_come_on_the_next_page() -> None:
    """Where the row above has named nobody yet, the leads on the next page are its own; so are more partners."""
    assert [("1", "A", "x", "T: UL")] == shown(read("1|A|x|", "|||T: UL"))
    assert [("1", "A", "x", "T: UL P: GL P: HsL")] == shown(read("1|A|x|T: UL P: GL", "|||P: HsL"))


def test_row_before_the_first_number() -> None:
    """A row without a number that nothing stands above is said."""
    assert [("row-without-number", "Los | x"), ("1", "A", "x")] == shown(read("|Los|x|", "1|A|x|"))


def test_another_table_beside_the_agenda() -> None:
    """A table with other columns behind the agenda is named row by row, until the next edge."""
    found = read("1|A|x|", "", "Afkorting|Naam", "GZ|Gemeente", "", "2|B|y|", "", HEADER, "3|C|z|")
    assert [
        ("row-of-other-table", "Afkorting | Naam"),
        ("row-of-other-table", "GZ | Gemeente"),
        ("1", "A", "x"),
        ("2", "B", "y"),
        ("3", "C", "z"),
    ] == sorted(shown(found), key=lambda row: row[0] != "row-of-other-table")


def test_row_of_another_table_that_is_as_wide_as_the_agenda() -> None:
    """Only a number makes it one of the agenda again; a number in a narrower row does not."""
    found = read("1|A|x|", "", "Afk|Naam", "|Gemeente|GZ|", "7|Zeven", "2|B|y|")
    others = ["Afk | Naam", "Gemeente | GZ", "7 | Zeven"]
    expected = [("1", "A", "x"), *(("row-of-other-table", words) for words in others), ("2", "B", "y")]
    assert sorted(expected) == sorted(shown(found))


def test_header_behind_another_table() -> None:
    """A table of the agenda may follow on another one without an edge: its header says so."""
    assert [("row-of-other-table", "Afk | Naam"), ("1", "A", "x")] == shown(read("", "Afk|Naam", HEADER, "1|A|x|"))


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["", "2|B"], id="it begins with a number"),
        pytest.param(["", "1|A|x|", "Los|deel"], id="it is not the first row"),
        pytest.param(["", HEADER, "Los|deel"], id="a header stands above it"),
        pytest.param(["Los|deel"], id="there is no edge"),
        pytest.param(["", "Een|twee", "", "1|A|x|", "Los|deel"], id="the other table has ended"),
    ],
)
def test_row_that_is_too_short_is_an_error(lines: list[str]) -> None:
    """Only the first row of a table tells that it is another one; any other row with too few cells is an error."""
    with pytest.raises(UnreadableInput, match="too few cells: 2, where the header has 4"):
        read(*lines)


def test_first_row_with_the_width_of_the_agenda_is_one_of_it() -> None:
    """A table that goes on behind an edge without its header has the columns of the one before it."""
    found = read("1|A|een|T: UL", "", "||twee|P: GL", "", "2. Zand", "2|B|y|")
    assert [("1", "A", "een twee", "T: UL P: GL"), ("2", "B", "y")] == shown(found)
    assert [(), ("2. Zand",)] == [item.section for item in found if isinstance(item, Entry)]


def test_entry_without_a_title() -> None:
    """A number without a title is said, with the number as its label, and published as it stands."""
    found = read("1||x|T: UL")
    assert [("entry-without-title", ""), ("1", "", "x", "T: UL")] == shown(found)
    assert isinstance(found[0], Finding)
    assert ("1", Place("a.pdf", 2, 2, 2, 2)) == (found[0].subject, found[0].place)


def test_row_without_a_number_is_named_by_its_title() -> None:
    """The finding about a row has what stands in it, without the name of a contact person, and its title."""
    (said,) = read("| Los |x|T: GL Contact: Voor Beeld")
    assert isinstance(said, Finding)
    assert ("row-without-number", "Los", "Los | x | T: GL Contact: [naam]") == (said.code, said.subject, said.words)


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ("1|A|x||€ 5|", "5 (Ander)", "€ 5"),
        ("1|A|x|||C: 1", "6", "C: 1"),
        ("1|A|x|||Contact: V. Beeld", "6", "Contact: [naam]"),
    ],
)
def test_column_that_nobody_knows(cells: str, column: str, words: str) -> None:
    """A text in such a column is named with the number of the column and its heading, as far as it has one."""
    entry, said = sorted(read(cells, header=f"{HEADER}|Ander|"), key=lambda item: isinstance(item, Finding))
    assert isinstance(said, Finding)
    code = "unnamed-column" if "(" in column else "column-without-heading"
    assert (code, words, column) == (said.code, said.words, said.values["column"])
    assert isinstance(entry, Entry)


def test_number_and_theme_beside_another_text_are_no_heading() -> None:
    """A row with a number, the name of a theme and a text that nobody knows is an entry, so that the text is named."""
    found = read("3|Zand|||€ 5", header=f"{HEADER}|Ander")
    assert [("3", "Zand", ""), ("unnamed-column", "€ 5")] == sorted(shown(found))


def test_unusual_number() -> None:
    """What is no number is said with the title, without the name of a contact person."""
    (said,) = (item for item in read("Contact: Beeld|A|x|") if isinstance(item, Finding))
    assert ("unusual-number", "A", "Contact: [naam]") == (said.code, said.subject, said.words)


def test_numbers_left_out_are_counted_under_their_heading() -> None:
    """The finding names the headings, and has no line: a row that is not there stands nowhere."""
    found = read("1. Water", "1a|A|x|", "1c|B|x|", "2. Zand", "2a|C|x|", "2b|D|x|")
    (said,) = (item for item in found if isinstance(item, Finding))
    assert ("number-left-out", "1. Water", "1b") == (said.code, said.subject, said.words)
    assert said.place is not None
    assert ("a.pdf", 0, 0) == (said.place.document, said.place.first_line, said.place.last_line)


def test_the_same_number_twice_says_where_the_first_stands() -> None:
    """Two entries under one heading cannot have one number; the error names both places."""
    with pytest.raises(
        UnreadableInput, match=r"'1\.' stands there twice under one heading; first at a\.pdf:2"
    ) as error:
        read("1|A|x|", "1.|B|x|")
    assert "a.pdf:3" == error.value.where


def test_roles_of_columns_stay_with_their_cells() -> None:
    """A row that goes on in a table with a column for each role adds to each of them."""
    header = "nr|Project|Trekker|Partner"
    found = read("1|A|UL,|GL", "||HsL|", header=header)
    assert ((Role.LEAD, "UL, HsL"), (Role.PARTNER, "GL")) == only(found).parties
