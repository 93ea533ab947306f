"""Long tables: projects and participations, joined."""

from __future__ import annotations

from pathlib import Path

import pytest

from kennis_ld.agenda.layouts.layout import Layout, Name
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Entry, Finding
from kennis_ld.publication.language import default_columns
from tests.agenda.layouts.reading import read, said, shown
from tests.agenda.source import rows
from tests.reading.campaign import in_this_process
from tests.reading.files import sheet_parts, sheet_row, zipped

LONG = Layout(Name.LONG)
PROJECTS = ("id|titel|thema", "p1|Sloten|Water", "p2|Duinen|Zand")
PARTICIPATIONS = (
    "project_id|organisatie|rol|van|tot",
    "p1|Gemeente Zandwijk|trekker||",
    "p2|Zandlab|partner|2026-02-01|",
    "p1|Hogeschool Duin|partner||2027-12-31",
    "p2|Hogeschool Duin|trekker||",
)
EXPECTED = [
    ("Water", "p1", "Sloten", "trekker: Gemeente Zandwijk\npartner: Hogeschool Duin (tot 31-12-2027)"),
    ("Zand", "p2", "Duinen", "partner: Zandlab (vanaf 1-2-2026)\ntrekker: Hogeschool Duin"),
]


@pytest.mark.parametrize("lines", [(*PROJECTS, "", *PARTICIPATIONS), (*PARTICIPATIONS, "", *PROJECTS)])
def test_tables_are_joined_in_any_order(lines: tuple[str, ...]) -> None:
    """Each project has the parties of its participations, with their days, whichever table stands first."""
    found = read(rows(*lines), LONG)
    assert EXPECTED == shown(found)
    assert [] == said(found)


@pytest.mark.parametrize(
    ("at", "headings"),
    [
        (0, "project_id|projectid|project|projectnummer|project nr|projectnr|nr|id"),
        (1, "organisatie|organisation|organization|partner|partij|naam|name"),
        (2, "rol|role"),
        (3, "van|vanaf|start|startdatum|begin|from"),
        (4, "tot|t/m|eind|einde|einddatum|until|to|end"),
    ],
)
def test_headings_of_participations(at: int, headings: str) -> None:
    """Each column is known by any of its headings, in Dutch and English."""
    first, *others = PARTICIPATIONS
    for heading in headings.split("|"):
        names = [heading if place == at else name for place, name in enumerate(first.split("|"))]
        assert EXPECTED == shown(read(rows(*PROJECTS, "", "|".join(names), *others), LONG)), heading


@pytest.mark.parametrize("heading", ["nr", "ID", "project_id", "ProjectID", "code", "sleutel", "key"])
def test_column_by_which_tables_are_joined(heading: str) -> None:
    """The projects are known by a number, a code or a key."""
    assert EXPECTED == shown(read(rows(PROJECTS[0].replace("id", heading), *PROJECTS[1:], "", *PARTICIPATIONS), LONG))


def test_organisation_without_a_name_behind_its_code() -> None:
    """A row that ends before the name says none, and is told."""
    third = "", "organisatie|plaats|naam", "p|Zandwijk", "q|Duin|Hogeschool Duin"
    found = read(rows(*PROJECTS[:2], "", "project_id|organisatie|rol", "p1|p|trekker", "p1|q|partner", *third), LONG)
    assert [("Water", "p1", "Sloten", "trekker: p\npartner: Hogeschool Duin")] == shown(found)
    assert [("text-outside-table", "p | Zandwijk"), ("unnamed-column", "Duin")] == said(found)


def test_organisations_by_their_codes() -> None:
    """A third table says what the codes of organisations mean; what else it says is told, and a code it lacks stays."""
    third = "", "organisatie|naam|plaats", "p|Gemeente Zandwijk|Zandwijk", "q|Hogeschool Duin|", "s|Zandlab|", "r||Zee"
    joins = "project_id|organisatie|rol", "p1|p|trekker", "p1|q|partner", "p2|r|trekker"
    found = read(rows(*PROJECTS, "", *joins, *third), LONG)
    assert [
        ("Water", "p1", "Sloten", "trekker: Gemeente Zandwijk\npartner: Hogeschool Duin"),
        ("Zand", "p2", "Duinen", "trekker: r"),
    ] == shown(found)
    expected = [
        ("unnamed-column", "Zandwijk"),
        ("text-outside-table", "s | Zandlab"),
        ("text-outside-table", "r | Zee"),
    ]
    assert expected == said(found)


@pytest.mark.parametrize("heading", ["partner", "organisatie"])
def test_table_of_organisations_without_codes_or_names(heading: str) -> None:
    """A third table says nothing of names where it does not have both, the codes in a column of the participations."""
    found = read(rows(*PROJECTS, "", *PARTICIPATIONS, "", f"{heading}|plaats", "Gemeente Zandwijk|Zandwijk"), LONG)
    assert EXPECTED == shown(found)
    words = f"{heading} | plaats", "Gemeente Zandwijk | Zandwijk"
    assert [("text-outside-table", each) for each in words] == said(found)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-02-01", "", "GD (vanaf 1-2-2026)"),
        ("2026", "2027", "GD (vanaf 2026) (tot 2027)"),
        ("1-2-2026", "", "GD (vanaf 1-2-2026)"),
        ("2026-02-mei", "", "GD (vanaf 2026-02-mei)"),
        ("2026-02-01-03", "", "GD (vanaf 2026-02-01-03)"),
    ],
)
def test_day_as_a_spreadsheet_writes_it(start: str, end: str, expected: str) -> None:
    """Year, month and day are turned as a cell of parties has them; all else stays as it is."""
    lines = "nr|project", "1|Sloten", "", "nr|partij|rol|van|tot", f"1|GD|trekker:|{start}|{end}"
    assert [("1", "Sloten", f"trekker: {expected}")] == shown(read(rows(*lines), LONG))


def test_row_for_each_participation() -> None:
    """In one table what is said of a project stands in its first row, or in several; each row has a party."""
    found = read(
        rows(
            *(
                "Thema|Nr|Project|Doel|Organisatie|Rol|Vanaf",
                "Water|1|Sloten|Meten.|GD|trekker|",
                "||||UD|partner|2030",
            ),
            *(
                "Water|1|Sloten|Weten.|HD|partner|",
                "Zand|2|Duinen|Tellen.|GD|trekker|",
                "Zand|02|Duinen|Tellen.|UD|xy|",
            ),
        ),
        LONG,
    )
    assert [
        ("Water", "1", "Sloten", "trekker: GD\npartner: UD (vanaf 2030); HD"),
        ("Zand", "2", "Duinen", "trekker: GD"),
    ] == shown(found)
    assert ["Meten.\nWeten.", "Tellen."] == [item.description for item in found if isinstance(item, Entry)]
    assert [("participation-without-role", "02 | UD | xy")] == said(found)


def test_rows_of_one_table_without_numbers() -> None:
    """The title joins them; a row of another width is refused with its words, and the next one goes on."""
    given = rows("Project|Organisatie|Rol|Geld", "Sloten|GD|trekker|5", "|UD|partner|", "x|y", "|HD|partner|7")
    found = read([*given[:3], Finding("merged-cells", given[3].place), *given[3:]], LONG)
    assert [("", "Sloten", "trekker: GD\npartner: UD; HD")] == shown(found)
    assert [("row-of-other-table", "x | y"), ("unnamed-column", "5\n7")] == sorted(said(found))


def test_number_of_a_project_with_zeros() -> None:
    """Numbers are the same as in any agenda: 01 is 1."""
    found = read(rows("nr|project", "01|Sloten", "", "nr|partij|rol", "1|GD|trekker"), LONG)
    assert [("01", "Sloten", "trekker: GD")] == shown(found)


def test_nothing_is_lost() -> None:
    """A participation of no project, a role that nobody knows, an identifier and a text each are a finding."""
    lines = "Los.", *PROJECTS, "", "project_id|organisatie|rol|ror", "p9|GD|trekker|", "p1|UD|MP|", "p1|HD|trekker|0x"
    found = read(rows(*lines), LONG)
    assert [("Water", "p1", "Sloten", "trekker: HD"), ("Zand", "p2", "Duinen")] == shown(found)
    assert {
        ("text-outside-table", "Los."),
        ("participation-without-project", "p9 | GD | trekker"),
        ("participation-without-role", "p1 | UD | MP"),
        ("unnamed-column", "0x"),
    } == set(said(found))


def test_second_table_of_participations_is_said() -> None:
    """The first one counts; no row of another one is lost."""
    second = "project_id|organisatie|rol", "p1|UD|partner"
    found = read(rows(*PROJECTS, "", *PARTICIPATIONS, "", *second), LONG)
    assert EXPECTED == shown(found)
    assert [("text-outside-table", line.replace("|", " | ")) for line in second] == said(found)


def test_cell_behind_the_last_heading_is_said() -> None:
    """Of participations, and of organisations by their codes."""
    third = "", "organisatie|naam", "p|Gemeente Zandwijk|0x"
    found = read(rows(*PROJECTS[:2], "", "project_id|organisatie|rol", "p1|p|trekker|9x", *third), LONG)
    assert [("Water", "p1", "Sloten", "trekker: Gemeente Zandwijk")] == shown(found)
    assert [("column-without-heading", "9x"), ("column-without-heading", "0x")] == said(found)


def test_period_that_the_settings_give_to_the_project() -> None:
    """Without a word in the settings "Vanaf" is of a party; with one it is no party's."""
    lines = "Nr|Project|Partij|Rol|Vanaf", "1|Sloten|GD|trekker|2030", "|Sloten|UD|partner|2031"
    assert [("1", "Sloten", "trekker: GD (vanaf 2030)\npartner: UD (vanaf 2031)")] == shown(read(rows(*lines), LONG))
    columns = {**default_columns(), "extra period": ("vanaf",)}
    assert [("1", "Sloten", "trekker: GD\npartner: UD")] == shown(read(rows(*lines), LONG, columns=columns))


@pytest.mark.parametrize("number", ["", "p3"])
def test_row_of_projects_that_is_too_wide(number: str) -> None:
    """It is refused with its place, with and without a number."""
    with pytest.raises(UnreadableInput, match="too many cells"):
        read(rows(*PROJECTS, f"{number}|Strand|Zand|x", "", *PARTICIPATIONS), LONG)


def test_project_without_number_is_no_part_of_another() -> None:
    """A project without a number has no participations, and is a violation."""
    found = read(rows(*PROJECTS, "|Strand|Zand", "", *PARTICIPATIONS), LONG)
    assert EXPECTED == shown(found)
    assert [("row-without-number", "Strand | Zand")] == said(found)


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        (PROJECTS, "no table of participations.*columns of projects, organisations and roles.*id | titel"),
        (PARTICIPATIONS, r"no table of projects.*are: project_id \| organisatie.*under \[columns\] title"),
        (("id|titel", "p1|Sloten", "", "project_id|organisatie", "p1|GD"), "no table of participations"),
        (
            tuple(line for at in range(1, 7) for line in (f"k{at}|w", "x|y", "")),
            r"The headers are: k1 \| w; k2 \| w; k3 \| w; k4 \| w; k5 \| w\.",
        ),
        (("titel|thema", "Sloten|Water", "", *PARTICIPATIONS), "no column of numbers to join it by"),
    ],
)
def test_missing_table_is_an_error(lines: tuple[str, ...], what: str) -> None:
    """The error says which table is missing, which headers there are and what to write."""
    with pytest.raises(UnreadableInput, match=what):
        read(rows(*lines), LONG)


def test_sheets_of_a_workbook(tmp_path: Path) -> None:
    """Two sheets are two tables; the names of the sheets are no themes, and a text above a table is told of."""
    sheets = [
        "".join(sheet_row(at, *line.split("|")) for at, line in enumerate(lines, 1))
        for lines in (PROJECTS, ("Bijgewerkt in maart.", *PARTICIPATIONS))
    ]
    zipped(tmp_path / "a.xlsx", sheet_parts(*(f"<sheetData>{rows}</sheetData>" for rows in sheets)))
    found = read(in_this_process(tmp_path / "a.xlsx"), LONG)
    assert EXPECTED == shown(found)
    assert [("text-outside-table", "Bijgewerkt in maart.")] == said(found)
    assert "a.xlsx, sheet Blad1, row 2" == str(next(item.place for item in found if isinstance(item, Entry)))
