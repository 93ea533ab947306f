"""Headings one by one: which column they name, and what a header tells of its rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kennis_ld.agenda.headers import Header, Headings
from kennis_ld.model import Continuation, SourceRow
from kennis_ld.publication.language import default_columns, default_words
from tests.agenda.source import HEADINGS, rows

KNOWN = Headings(default_columns(), default_words())


@pytest.mark.parametrize("column", HEADINGS)
def test_every_heading_is_known(column: str) -> None:
    """However it is printed: capitals, stops and colons, a line break, blanks in a torn word, a number behind it."""
    for heading in HEADINGS[column].split("|"):
        forms = (
            heading,
            heading.upper(),
            f" {heading}: ",
            f"{heading}…",
            heading.replace(" ", "\n"),
            f"<b>{heading}</b>",
        )
        assert {column} == {KNOWN.kind(form) for form in forms}, heading
        if heading[0].isalpha() and len(heading) > 3 and "(" not in heading:
            assert column == KNOWN.kind(f"{heading[:2]} {heading[2:]}")
            assert [column, column, ""] == [KNOWN.kind(f"{heading}{end}") for end in (" 1", " 12", " 123")]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Nr. / Project", "numbered title"),
        ("nr & titel", "numbered title"),
        ("Nummer en project", "numbered title"),
        ("no and title", "numbered title"),
        ("nr project", "numbered title"),
        ("Nr. / naam van het project", "numbered title"),
        ("Project en nr", ""),
        ("nr en nr", ""),
        ("T: Trekker P: Partners", "parties"),
        ("T: Trekker", ""),
        ("Status", ""),
        ("", ""),
        ("project " * 14, ""),
    ],
)
def test_other_headings(heading: str, kind: str) -> None:
    """Number and title in one column, both roles in one, and what nobody knows."""
    assert kind == KNOWN.kind(heading)
    assert (kind == "numbered title") is Headings.names_title([kind, "leads"])


def test_headings_of_the_settings_count_first() -> None:
    """A heading that the settings give another column is no more one of the column that every agenda has."""
    known = Headings({**default_columns(), "left_out": ("trekker", "Nr")}, default_words())
    assert ("left_out", "left_out", "trekkers", "nummer") == (
        known.kind("Trekker"),
        known.kind("nr"),
        known.heading("leads"),
        known.heading("number"),
    )
    assert [*sorted({"Nr", *(name for names in default_columns().values() for name in names)})] == list(known.all())
    (row,) = rows("Nr|Project||Iets|Trekkers|  ")
    assert 3 == known.known(row)
    own = Headings({**default_columns(), "description": ("doel & aanpak",)}, default_words())
    assert "text below its title" == own.kind("Titel / doel & aanpak")


@pytest.fixture(name="header")
def _header() -> Header:
    (row,) = rows("nr|Project|Doel|Trekker 1|Trekker 2|Iets")
    found = KNOWN.header(row)
    assert found is not None
    return found


def row_of(line: str, *, goes_on: tuple[Continuation, ...] = (), fills: tuple[str, ...] = ()) -> SourceRow:
    (row,) = rows(line)
    return replace(row, goes_on=goes_on, fills=fills)


def test_what_a_header_tells(header: Header) -> None:
    """Its columns with their places, its headings as printed, and how wide it is."""
    assert (6, True, True) == (header.width, header.has_numbers, header.has_partners_in_parties)
    assert ("nr", "Project", "Doel", "Trekker 1", "Trekker 2", "Iets") == header.printed
    assert [0, 1, 2, 3, None] == [
        header.place(name) for name in ("number", "title", "description", "leads", "partners")
    ]
    assert ((), False) == (header.intended, header.is_numbered_title)


def test_cells_of_a_row(header: Header) -> None:
    """Two columns of one kind are one cell, without the empty ones and those that the row lacks."""
    assert "GD, UD" == header.cell(row_of("1|Sloten|x|GD|UD|y"), "leads")
    assert ["UD", "GD", ""] == [
        header.cell(row_of(line), "leads") for line in ("1|Sloten|x||UD|", "1|Sloten|x|GD", "1|Sloten|x")
    ]
    assert ("1", "Sloten en vaarten") == header.name(row_of("1|- Sloten <b>en</b>  vaarten|x|GD|UD|"))


def test_how_a_row_goes_on(header: Header) -> None:
    """By its title, or where number and title are merged with those above; of a column the first filled cell counts."""
    line, merged, none = Continuation.LINE, Continuation.MERGED, Continuation.NONE
    lines = [(none, line), (merged, merged), (merged, none), (none, merged), (none, none, line)]
    found = [row_of("|a|b|c|d|e", goes_on=goes_on) for goes_on in lines]
    assert [True, True, False, False, False] == [header.goes_on(row) for row in found]
    assert [False, True, False, False, False] == [header.is_merged(row) for row in found]
    row = row_of("1|a|b||d|e", goes_on=(none, none, none, merged, line))
    assert [line, none] == [header.how(row, "leads"), header.how(row, "title")]
    (bare,) = rows("Trekker|Partners")
    assert not Header({0: "leads"}, ("Trekker",), ()).is_merged(replace(bare, goes_on=(merged, merged)))


def test_colour_of_a_row(header: Header) -> None:
    """That behind its title, else that behind its number."""
    fills = [("aaaaaa", "bbbbbb"), ("aaaaaa", ""), ("", "", "cccccc"), ()]
    assert ["bbbbbb", "aaaaaa", "", ""] == [header.fill(row_of("1|a|b|c|d|e", fills=each)) for each in fills]


@pytest.mark.parametrize(
    ("line", "numbered", "expected"),
    [
        ("1. Sloten|GD", False, ("1", "Sloten")),
        ("1 Sloten|GD", False, ("", "1 Sloten")),
        ("1 Sloten|GD", True, ("1", "Sloten")),
        ("1.2 Sloten|GD", False, ("1.2", "Sloten")),
        ("1a) Sloten|GD", False, ("1a", "Sloten")),
        ("2030-plan Sloten|GD", True, ("", "2030-plan Sloten")),
        ("Sloten 1|GD", True, ("", "Sloten 1")),
        ("1.|GD", True, ("", "1.")),
    ],
)
def test_number_in_front_of_a_title(line: str, numbered: bool, expected: tuple[str, str]) -> None:
    """With a stop or bracket behind it or a stop in it, or where the heading says so."""
    header = Header({0: "title", 1: "leads"}, ("Project", "Trekker"), (), numbered)
    (row,) = rows(line)
    assert expected == header.name(row)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("nr|Project|Trekker", True),
        ("nr|Iets|Trekker", False),
        ("nr|Project|Iets", False),
        ("Iets|Project|Trekker", False),
        ("Nr. en project|Trekker", True),
        ("nr|Project|Thema", False),
    ],
)
def test_what_a_header_needs(line: str, expected: bool) -> None:
    """A number, a project and parties."""
    (row,) = rows(line)
    assert expected is (KNOWN.header(row) is not None)


def test_a_header_without_numbers() -> None:
    """It has three columns or more; the first one without a heading before that of the projects has the numbers."""
    found = [
        KNOWN.header(rows(line)[0], needs_number=False)
        for line in ("Project|Trekker", "||Project|Trekker", "Project|x|Trekker|", "Project||Trekker")
    ]
    assert found[0] is None
    assert found[1] is not None
    assert found[2] is not None
    columns = [dict(each.columns) for each in found[1:] if each]
    assert [{0: "number", 2: "title", 3: "leads"}, {0: "title", 2: "leads"}, {0: "title", 2: "leads"}] == columns


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("Nr|Naam|Wie|", "||Trekker|Partners", {0: "number", 1: "title", 2: "leads", 3: "partners"}),
        ("Nr|Project|Overige|", "||partners|Trekker", {0: "number", 1: "title", 2: "partners", 3: "leads"}),
        ("Nr|Project|Trekkende|Wie", "||organisatie|Partners", {0: "number", 1: "title", 2: "leads", 3: "partners"}),
        ("Nr|Project|Trekkende|Wie", "||iemand|Partners", None),
        ("Nr|Project|Wie", "||T: Trekker P: Partners", {0: "number", 1: "title", 2: "parties"}),
        ("Nr|Project|Wie", "||T: Gemeente P: Museum", None),
        ("Nr. en project|Wie", "|Trekker", {0: "title", 1: "leads"}),
        ("Nr|Project|Wie", "1|Sloten|Trekker", None),
        ("Nr|Project|Wie|", "||Trekker", None),
        ("Nr", "Trekker", None),
        ("Nr|Iets|Wie", "||Trekker", None),
    ],
)
def test_two_rows_are_a_header(above: str, below: str, expected: dict[int, str] | None) -> None:
    """Every text in the second one is the heading of a column, alone or behind the one above it."""
    first, second = rows(above, below) if "|" in above else (rows(f"={above}") + rows(f"={below}"))
    found = KNOWN.over_two_rows(first, second)
    assert expected == (dict(found.columns) if found else None)
    assert KNOWN.over_two_rows(None, second) is None


def test_numbers_stand_before_the_title_wherever_that_is() -> None:
    """Without a heading of their own they are in the first column before the title that has none."""
    found = KNOWN.header(rows("Trekker||Project||Iets")[0], needs_number=False)
    assert found is not None
    assert {0: "leads", 1: "number", 2: "title"} == dict(found.columns)


def test_later_header_needs_numbers_where_the_first_has_them(header: Header) -> None:
    """A row without a heading for numbers is a header below one without them, and no more than a row below others."""
    (row, numbered) = rows("Project|Doel|Trekker", "Nr. en project|Doel|Trekker")
    without, in_title = KNOWN.header(row, needs_number=False), KNOWN.header(numbered)
    assert without is not None
    assert in_title is not None
    assert KNOWN.again(header, row, below=False) is None
    assert KNOWN.again(in_title, row, below=False) is None
    assert without == KNOWN.again(replace(without, rows=()), row, below=False)


def test_both_rows_of_a_header_are_it_again() -> None:
    """Where a header repeats, each of its rows says nothing new."""
    upper, lower, other = rows("Nr|Project|Wie|Wie", "||Trekker|Partners", "Nr|Project|Trekker|Doel")
    first = KNOWN.header(replace(upper, cells=("Nr", "Project", "Trekker", "")))
    assert first is not None
    whole = KNOWN.again(replace(first, rows=(upper,)), lower, below=True)
    assert whole is not None
    assert (upper, lower) == whole.rows
    assert [whole, whole] == [KNOWN.again(whole, row, below=False) for row in (upper, lower)]
    assert (upper, other) == getattr(KNOWN.again(replace(first, rows=(upper,)), other, below=True), "rows", ())


def test_title_and_description_in_one_cell() -> None:
    """The text below the title stands before that of a column of descriptions, and is no lead."""
    found = KNOWN.header(rows("nr|Titel met omschrijving|Doel|Trekker")[0])
    assert found is not None
    row = row_of("1|Sloten\n\nMeten.|Weten.|GD", goes_on=(Continuation.NONE, Continuation.LINE))
    one = replace(row, goes_on=())
    assert (("1", "Sloten"), "Meten.\n\nWeten.", "GD") == (
        found.name(one),
        found.cell(one, "description"),
        found.cell(one, "leads"),
    )
    assert ("Sloten\n\nMeten.\n\nWeten.", Continuation.LINE) == (
        found.cell(row, "description"),
        found.how(row, "description"),
    )
