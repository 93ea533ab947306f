"""The tables that people edit: read strictly, with the line of each mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Identifier, Organisation
from kennis_ld.publication import table_words, tables


def written(folder: Path, text: str) -> Path:
    path = folder / "register.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_register_as_a_dutch_spreadsheet_saves_it(tmp_path: Path) -> None:
    """Semicolons and a byte order mark are read; several names in a cell are divided by a bar."""
    header = "\ufeffkey;name;abbreviations;ror;evidence"
    path = written(tmp_path, f"{header}\nul;Universiteit;UL | U.L.;027bh9e22;seen in ROR\n")
    expected = Organisation(
        "ul",
        "Universiteit",
        abbreviations=("UL", "U.L."),
        identifiers=(Identifier("ror", "027bh9e22", "https://ror.org/027bh9e22"),),
        evidence="seen in ROR",
    )
    assert (expected,) == tables.organisations(path)


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("key,name,kleur\n", "register.csv:1", "unknown column 'kleur'"),
        ("key,name,Naam\n", "register.csv:1", "a double column"),
        ("name\nX\n", "register.csv:1", "no column 'key'"),
        ("key,name\nUL,X\n", "register.csv:2", "no key"),
        ("key,name\nul,\n", "register.csv:2", "'name' is empty"),
        ("key,name\nul,A\nul,B\n", "register.csv:3", "twice"),
        ("key,name,kind\nul,A,Museum\n", "register.csv:2", "no kind of organisation"),
        ("key,name,parent\nul,A,xx\n", "register.csv", "which has no row"),
        ("key,name,parent\na,A,b\nb,B,a\n", "register.csv", "unit of itself"),
        ("key,name,ror\nul,A,027bh9e22\n", "register.csv:2", "no evidence"),
        ("key,name,tooi,evidence\nul,A,https://ror.org/1,x\n", "register.csv:2", "no identifier of tooi"),
        ("key,name,homepage\nul,A,javascript:alert(1)\n", "register.csv:2", "no web address"),
        ("key,name\nul,A,B\n", "register.csv:2", "no column that has a heading"),
        ("key,,name\nul,B,A\n", "register.csv:2", "no column that has a heading"),
        ('key,name\nul,"A\n', "register.csv:2", "no CSV"),
    ],
)
def test_mistake_in_a_table_is_an_error_with_its_line(tmp_path: Path, text: str, place: str, what: str) -> None:
    """What an officer types wrong is named with line and remedy; nothing is guessed."""
    with pytest.raises(UnreadableInput, match=f"(?i){what}") as error:
        tables.organisations(written(tmp_path, text))
    assert str(tmp_path / place) == error.value.where
    assert error.value.remedy


def test_entries_without_a_number_are_told_by_their_title(tmp_path: Path) -> None:
    """Two rows of a theme without numbers are two entries; without a title as well a row is of none."""
    path = tmp_path / "projects.csv"
    path.write_text("project,edition,theme,number,title\na,2030,water,,Sloten\nb,2030,water,,Duin\n", encoding="utf-8")
    assert [("a", "", "Sloten"), ("b", "", "Duin")] == [
        (row.project, row.number, row.title) for row in tables.identities(path)
    ]
    path.write_text("project,edition,theme,number,title\na,2030,water,,\n", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="'number' and 'title' are both empty"):
        tables.identities(path)


def test_soft_hyphens_are_no_part_of_a_name(tmp_path: Path) -> None:
    """A name that was copied with soft hyphens is the name without them."""
    path = tmp_path / "projects.csv"
    path.write_text("project,edition,theme,number,title\na,2030,water,1,Wa\u00adter\n", encoding="utf-8")
    assert ["Water"] == [row.title for row in tables.identities(path)]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Hogeschool Oost", "CollegeOrUniversity"),
        ("Stichting Stadsarchief Oost", "ArchiveOrganization"),
        ("University of Oakford", "CollegeOrUniversity"),
        ("Oakford City Council", "GovernmentOrganization"),
        ("Klinikum Moos", "Hospital"),
        ("stichting Sport & Spel", "NGO"),
        ("ROC Noord", "EducationalOrganization"),
        ("Proces en Co", "Organization"),
        ("Dienst Onderwijs", "Organization"),
        ("HZ", "Organization"),
    ],
)
def test_kind_that_a_name_says(name: str, kind: str) -> None:
    """A word of the name says the kind, also the end of a long one; what somebody works on does not."""
    assert kind == table_words.kind_in(name)


@pytest.mark.parametrize(
    ("text", "kind"), [("Universität", "CollegeOrUniversity"), ("university", "CollegeOrUniversity")]
)
def test_kinds_in_three_languages(text: str, kind: str) -> None:
    """A kind is known by its name in Dutch, English and German."""
    assert kind == table_words.called("kinds", text)
