"""What a column seems to hold, by its heading and by its cells, to the last cell that makes the difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.unread_columns import (
    has_text_below,
    is_counted,
    is_full,
    is_short,
    lines_of_columns,
    looks_like,
    missing_columns,
    rest,
    seems,
    table_lines,
    table_of,
    unread_cell,
    unread_colour,
)
from kennis_ld.agenda.wording import Words
from kennis_ld.model import Finding, Place, SourceRow
from kennis_ld.publication.language import default_words

PRIVACY = Privacy(default_words(), Register([], []))
SIX, SEVEN = "een naam van precies zes woorden", "een naam van niet minder dan zeven woorden"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ((), True),
        (("", SIX), True),
        ((SIX, SEVEN), False),
        (("naam", SEVEN), True),
    ],
)
def test_running_text_has_more_than_six_words(cells: Sequence[str], expected: bool) -> None:
    """In the mean, and an empty cell has no words."""
    assert expected == is_short(cells)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [(("1", "Sloten", "", ""), False), (("1", "Sloten", "GD", " "), True), (("Nr", "Project", "Wie", "Geld"), False)],
)
def test_full_row(cells: tuple[str, ...], expected: bool) -> None:
    """More than half of its cells say something, and it is not the header again."""
    assert expected == is_full(SourceRow(cells, Place("a.docx", 2, 2)), ("Nr", "Project", "Wie", "Geld"))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [(("€ 5", "", "12%"), True), (("5", "6 k"), False), (("", " "), False), (("?",), True)],
)
def test_column_of_numbers_names_nothing(cells: Sequence[str], expected: bool) -> None:
    """One letter in one cell makes it another column, and an empty one counts nothing."""
    assert expected == is_counted(cells)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ((f"Sloten\n\n{SEVEN}",), True),
        ((f"Sloten\n\n{SEVEN}", "Duinen"), False),
        ((f"Sloten\n\n{SEVEN}", f"Zee\n\n{SEVEN}", "Duinen", ""), True),
        ((f"Sloten\n\n{SIX}",), False),
        (("Sloten\n\nWij meten.", "Zee\n\nWie vist?"), True),
        ((f"{SEVEN}\n\n{SEVEN}",), False),
    ],
)
def test_titles_with_text_below_them(cells: Sequence[str], expected: bool) -> None:
    """In most cells a short line has more than a short text below it."""
    assert expected == has_text_below(cells)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("2030: start", "De stad", "4"), "remark"),
        (("2030: start", "4"), ""),
        (("op", "af"), ""),
        (("De stad", "Anna Visser"), ""),
        ((), ""),
    ],
)
def test_what_says_something_is_a_remark(cells: Sequence[str], expected: str) -> None:
    """A word of three letters in most cells says something; what may name a person is left out."""
    assert expected == rest(cells, PRIVACY)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ({}, ["title", "leads", "partners"]),
        ({"a": "title", "b": ""}, ["leads", "partners"]),
        ({"a": "description", "b": "partners"}, ["title"]),
        ({"a": "title", "b": "parties"}, []),
    ],
)
def test_columns_that_a_table_misses(kinds: Mapping[str, str], expected: list[str]) -> None:
    """A title, and one column of parties of any kind."""
    assert expected == missing_columns(kinds)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("funder", ("roles", "funder")),
        ("period", ("extra", "period")),
        ("leads", ("columns", "leads")),
        ("", ("columns", "left_out")),
    ],
)
def test_where_the_settings_name_a_column(kind: str, expected: tuple[str, str]) -> None:
    """A narrower role has its word, another column its list; what looks like nothing is left out."""
    assert expected == table_of(kind)


def test_lines_of_a_table() -> None:
    """A table without a column has no line; under [roles] each heading stands before its role."""
    found = {"roles": {"funder": ["Geldgever", "Fonds"]}, "columns": {}, "extra": {"status": ["Fase", 'A "B"']}}
    assert [
        "[roles]",
        '"Geldgever" = "funder"',
        '"Fonds" = "funder"',
        "[extra]",
        'status = ["Fase", "A \\"B\\""]',
    ] == list(table_lines(found))


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Trekker", "leads"),
        ("Trekker :", "leads"),
        ("lead_organisation", "leads"),
        ("Samen met", "partners"),
        ("Trekker en partners van het werk", "parties"),
        ("Betrokke nen", "partners"),
        ("Tot wanneer: ", "end"),
        ("von", "start"),
        ("bis", "end"),
        ("van", "start"),
        ("t/m", "end"),
        ("To", "end"),
        ("Naam van het plan", ""),
        ("Xyz", ""),
    ],
)
def test_heading_that_looks_like_one(heading: str, expected: str, words: Words) -> None:
    """As a whole, torn or with other words; one that names both roles is of all parties."""
    assert expected == looks_like(heading, words)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param(("2030", "2031"), "period", id="times"),
        pytest.param(("2030", ""), "", id="one cell says nothing"),
        pytest.param(("1", "2"), "number", id="numbers"),
        pytest.param(("1", "2", "1"), "", id="a number that stands there twice"),
        pytest.param(("Trekker: GD", "Trekker: UD", "x"), "parties", id="most say a role"),
        pytest.param(("- Trekker:\n- GD", "• Trekker:\n• UD", "x"), "parties", id="in a list"),
        pytest.param(("Trekker: GD", "x"), "", id="half of them say a role"),
        pytest.param((SEVEN, SEVEN), "description", id="running text"),
        pytest.param((SIX, "x"), "", id="short texts"),
        pytest.param(("Water", "Water", "Zand", "Zand"), "theme", id="themes of two rows"),
        pytest.param(("Water", "", "Zand", ""), "theme", id="themes in the first of their rows"),
        pytest.param(("Water", "Water", "Zand", "Klei", "Klei"), "", id="themes of fewer than two rows, in the mean"),
        pytest.param(("Water", "Water", "Water", "Water"), "", id="always the same"),
        pytest.param(("Water", "Zand", "Water", "Zand"), "", id="by turns"),
    ],
)
def test_what_cells_look_like(cells: tuple[str, ...], expected: str, words: Words) -> None:
    """Below a heading that says nothing the cells do, before the title."""
    columns = {"Xyz": cells, "Project": tuple(f"Plan {sign}" for sign in "ABCDE"[: len(cells)])}
    assert expected == seems(columns, {"Xyz": "", "Project": "title"}, words)["Xyz"]


def test_number_and_theme_stand_before_the_title(words: Words) -> None:
    """Behind it the same cells say nothing sure; there may be one column of a kind."""
    columns = {
        "Kl": ("1", "2"),
        "Cd": ("3", "4"),
        "Project": ("Sloten", "Duinen"),
        "Ef": ("5", "6"),
        "Gh": ("2030", "2031"),
    }
    found = seems(columns, {"Project": "title"}, words)
    assert {"Kl": "number", "Cd": "", "Ef": "", "Gh": "period"} == found


def test_longest_text_is_the_description(words: Words) -> None:
    """Any other text is a remark, and so are all where the description is known."""
    columns = {"Kl": (SEVEN, SEVEN), "Cd": (f"{SEVEN} en nog wat", SEVEN), "Project": ("Sloten", "Duinen")}
    assert {"Kl": "remark", "Cd": "description"} == seems(columns, {"Project": "title"}, words)
    known = {"Project": "title", "Doel": "description"}
    assert {"Kl": "remark", "Cd": "remark"} == seems({**columns, "Doel": ("x", "y")}, known, words)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param(("GD; UD", "UD", "GD"), "leads", id="three cells with the same names"),
        pytest.param(("GD; UD", "UD"), "", id="two cells say nothing"),
        pytest.param(("GD", "UD", "GD"), "", id="one name in each cell"),
        pytest.param(("GD; UD", "HD, KD", "MD & ZD"), "", id="other names each time"),
        pytest.param(("GD en UD", "HD|UD", "GD/UD/HD", "GD\nUD"), "leads", id="whatever stands between them"),
    ],
)
def test_columns_of_names(cells: tuple[str, ...], expected: str, words: Words) -> None:
    """The same names stand there again and again, more than one in a cell."""
    columns = {"Project": tuple("ABCD"[: len(cells)]), "Xyz": cells}
    assert expected == seems(columns, {"Project": "title"}, words)["Xyz"]


def test_column_with_one_of_the_same_names(words: Words) -> None:
    """A column with one name in a cell is of parties where most of its names stand in one with several."""
    columns = {"Project": ("A", "B", "C"), "Xyz": ("GD; UD", "UD; HD", "GD; HD"), "Uvw": ("GD", "UD", "KD")}
    assert {"Xyz": "partners", "Uvw": "leads"} == seems(columns, {"Project": "title"}, words)
    columns["Uvw"] = ("GD", "KD", "KD")
    assert {"Xyz": "leads", "Uvw": ""} == seems(columns, {"Project": "title"}, words)


PLACE = Place("a.docx", 2, 2)


@pytest.mark.parametrize(
    ("heading", "code", "words", "values"),
    [
        ("", "column-without-heading", "[e-mail]", {"column": "3"}),
        ("Xyz\nuvw", "unnamed-column", "[e-mail]", {"column": "3 (Xyz uvw)"}),
        ("Contactpersoon", "contact-column", "", {"column": "3 (Contactpersoon)"}),
        (
            "Looptijd",
            "column-looks-like",
            "[e-mail]",
            {"column": "3 (Looptijd)", "table": "[extra]", "line": 'period = ["Looptijd"]'},
        ),
    ],
)
def test_cell_that_is_not_taken_over(heading: str, code: str, words: str, values: Mapping[str, str]) -> None:
    """It is said with its column and without persons; of a column that looks like one with the line to write."""
    found = unread_cell("a@b.nl", heading, 3, place=PLACE, privacy=PRIVACY)
    assert Finding(code, PLACE, words=words, values=values) == found


def test_colour_that_is_not_taken_over(words: Words) -> None:
    """A colour of an empty cell is said by its name, with the line that makes a status of it where it has a heading."""
    line = {"column": "4 (Stand)", "table": "[extra]", "line": 'status = ["Stand"]'}
    found = [unread_colour("#ff0000", heading, 4, place=PLACE, words=words) for heading in ("Stand", " ")]
    assert [("colour-only", line), ("column-without-heading", {"column": "4"})] == [
        (finding.code, finding.values) for finding in found
    ]
    assert ["rood/red (#ff0000)"] * 2 == [finding.words for finding in found]


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        pytest.param(
            {"Omschrijving": "description", "Meer": "", "Xyz": "", "Uvw": ""},
            [
                "[columns]",
                'title = ["Omschrijving"]',
                'description = ["Meer"]',
                'leads = ["Xyz"]',
                'partners = ["Uvw"]',
            ],
            id="of two columns of text the first is the title",
        ),
        pytest.param(
            {"Omschrijving": "description", "Trekker": "leads"},
            ["[columns]", 'title = ["…"]'],
            id="one column of text is no title",
        ),
        pytest.param(
            {"Project": "title", "Xyz": "", "Uvw": "", "Meer": ""},
            ["[columns]", 'leads = ["Xyz"]', 'partners = ["Uvw"]', "[extra]", 'remark = ["Meer"]'],
            id="the parties in their order",
        ),
        pytest.param(
            {"Project": "title", "Xyz": ""}, ["[columns]", 'parties = ["Xyz"]'], id="one column is of all parties"
        ),
        pytest.param(
            {"Project": "title", "Samen met": ""},
            ["[columns]", 'leads = ["…"]', 'partners = ["Samen met"]'],
            id="but not one that looks like another",
        ),
        pytest.param({"Project": "title"}, ["[columns]", 'leads = ["…"]'], id="partners may be missing"),
        pytest.param(
            {"Onder": "", "Trekker": "leads", "Uvw": ""},
            ["[columns]", 'title = ["Onder"]', 'description = ["Onder"]', "[extra]", 'remark = ["Uvw"]'],
            id="titles with text below them",
        ),
        pytest.param(
            {"Project": "title", "Onder": "", "Trekker": "leads"},
            ["[columns]", 'description = ["Onder"]'],
            id="where the title is known they are descriptions",
        ),
        pytest.param(
            {"Onder": "", "Omschrijving": "description", "Trekker": "leads"},
            ["[columns]", 'title = ["…"]', "[extra]", 'remark = ["Onder"]'],
            id="where the description is known they are remarks",
        ),
    ],
)
def test_lines_for_the_columns_that_are_missing(kinds: Mapping[str, str], expected: list[str]) -> None:
    """What is missing gets the headings nobody knows, what is left goes where it looks like it belongs."""
    cells = {
        "Project": ("Sloten", "Duinen"),
        "Trekker": ("GD", "UD"),
        "Omschrijving": ("Water meten", "Zand tellen"),
        "Meer": ("Langs de sloot", "Aan het strand"),
        "Xyz": ("GD", "UD"),
        "Uvw": ("HD en meer", "KD en meer"),
        "Samen met": ("GD", "UD"),
        "Onder": (f"Sloten\n\n{SEVEN}", f"Duinen\n\n{SEVEN}"),
    }
    assert expected == list(lines_of_columns(kinds, {heading: cells[heading] for heading in kinds}, PRIVACY))
