"""The tables as spreadsheets save them: every form says the same, and what cannot be told is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Organisation
from kennis_ld.publication import settings, tables
from kennis_ld.publication.csv_file import CsvFile
from tests.publications import REGISTER, SETTINGS, write
from tests.reading.files import word, word_row, word_table

PLAIN = "key,name,kind,spellings\nul,Universiteit,CollegeOrUniversity,UL|“U.L.”\nec,Energiecoöperatie €,NGO,\n"
EXPECTED = (
    Organisation("ul", "Universiteit", kind="CollegeOrUniversity", spellings=("UL", "“U.L.”")),
    Organisation("ec", "Energiecoöperatie €", kind="NGO"),
)
SEMICOLONS = PLAIN.replace(",", ";").replace("\n", "\r\n")
FORMS = {
    "comma": PLAIN.encode(),
    "semicolon": SEMICOLONS.encode(),
    "tab": PLAIN.replace(",", "\t").encode(),
    "mark": SEMICOLONS.encode("utf-8-sig"),
    "windows-1252": SEMICOLONS.encode("cp1252"),
    "utf-16": SEMICOLONS.encode("utf-16"),
    "utf-16 big endian": b"\xfe\xff" + PLAIN.replace(",", "\t").encode("utf-16-be"),
    "sep": f"sep=;\r\n{SEMICOLONS}".encode(),
    "sep with a mark": f"sep=;\r\n{SEMICOLONS}".encode("utf-8-sig"),
    "title above": f"Register van organisaties;;;\r\n;;;\r\n{SEMICOLONS}".encode(),
    "one column": "".join(f'"{line}"\r\n' for line in PLAIN.splitlines()).encode(),
    "Dutch headers": SEMICOLONS.replace("key;name;kind;spellings", "Sleutel;Naam;Soort;Schrijfwijzen").encode(),
    "Dutch kinds": SEMICOLONS.replace("CollegeOrUniversity", "Hogeschool").replace("NGO", "stichting").encode(),
    "empty columns between": SEMICOLONS.replace(";", ";;;").encode(),
    "empty columns behind": SEMICOLONS.replace("\r\n", ";;;\r\n").encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_table_is_read_as_any_spreadsheet_saves_it(tmp_path: Path, form: str) -> None:
    """Dividers, encodings, marks, `sep=`, a title and Dutch names change nothing of what the table says."""
    path = tmp_path / "register.csv"
    path.write_bytes(FORMS[form])
    assert EXPECTED == tables.organisations(path)


@pytest.mark.parametrize("form", [form for form in FORMS if form != "one column"])
def test_row_is_added_in_the_form_of_the_table(tmp_path: Path, form: str) -> None:
    """A row more leaves all that stood there byte for byte, in its encoding and under its header."""
    path = tmp_path / "register.csv"
    path.write_bytes(FORMS[form])
    CsvFile.read(path).with_row({"key": "hd", "name": "Duin"}, key=["key"]).save(path)
    assert path.read_bytes().startswith(FORMS[form])
    assert (*EXPECTED, Organisation("hd", "Duin")) == tables.organisations(path)


def test_letter_that_the_encoding_lacks_is_kept(tmp_path: Path) -> None:
    """A table in Windows-1252 that gets a letter from elsewhere becomes UTF-8 with a mark, which spreadsheets read."""
    path = tmp_path / "register.csv"
    path.write_bytes(FORMS["windows-1252"])
    CsvFile.read(path).with_row({"key": "lodz", "name": "Łódź"}, key=["key"]).save(path)
    assert (*EXPECTED, Organisation("lodz", "Łódź")) == tables.organisations(path)


def test_number_that_is_kept_as_text_is_read_as_one(tmp_path: Path) -> None:
    """What people type so that a spreadsheet leaves 1.10 alone is 1.10."""
    path = tmp_path / "projects.csv"
    path.write_text('project;edition;theme;number;title\nkaart;2030;water;"=""1.10""";Kaart\n', encoding="utf-8")
    assert ["1.10"] == [identity.number for identity in tables.identities(path)]


def test_two_numbers_that_became_one_are_said_with_both_titles(tmp_path: Path) -> None:
    """Where a spreadsheet made 1.1 of 1.10, nobody is told to throw one of the rows away."""
    path = tmp_path / "projects.csv"
    head = "project;edition;theme;number;title\nsloten;2030;water;1.1;Sloten\n"
    path.write_text(f"{head}duin;2030;water;1.1;Duinen\n", encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"at .*projects.csv:2 as 'Sloten', here as 'Duinen'") as error:
        tables.identities(path)
    assert "1.1 of 1.10" in error.value.remedy
    path.write_text(f"{head}sloot;2030;water;1.1;Sloten\n", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="already decided"):
        tables.identities(path)


def workbook(path: Path, **sheets: str) -> Path:
    """Writes a workbook with a sheet for each CSV text."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, text in sheets.items():
        sheet = book.create_sheet(name)
        for line in text.splitlines():
            sheet.append(line.split(","))
    book.save(path)
    return path


def test_register_may_be_a_workbook(tmp_path: Path) -> None:
    """One XLSX file in the place of one table says the same as the table."""
    assert EXPECTED == tables.organisations(workbook(tmp_path / "register.xlsx", Blad1=PLAIN))


@pytest.mark.parametrize("end", ["docx", "xlsx"])
def test_document_under_the_name_of_a_table_is_called_what_it_is(tmp_path: Path, end: str) -> None:
    """A Word or Excel file that was saved as register.csv is said to be one, and not to have a wrong column."""
    path = tmp_path / "register.csv"
    if end == "docx":
        word(path, word_table(word_row("1", "Kaart", "Een kaart", "UL")))
    else:
        workbook(tmp_path / "agenda.xlsx", Blad1="Nr,Project,Partijen\n1,Kaart,UL\n").rename(path)
    with pytest.raises(UnreadableInput, match="This is a Word or Excel file under another name") as error:
        tables.organisations(path)
    assert "CSV UTF-8" in error.value.remedy
    workbook(tmp_path / "good.xlsx", Blad1=PLAIN).rename(path)
    assert EXPECTED == tables.organisations(path)


def test_all_tables_may_be_sheets_of_one_workbook(tmp_path: Path) -> None:
    """A sheet for each table, by its Dutch or English name; a table without a sheet is an empty one."""
    city = write(tmp_path / "city")
    for name in ("register", "themes", "groups"):
        (city / f"{name}.csv").unlink()
    groups = "sleutel,naam,open\ninwoners,inwoners,nee"
    workbook(city / "tabellen.xlsx", Organisaties=REGISTER, Groepen=groups)
    publication = settings.publication(city)
    assert ["gz", "zu", "zu-lab", "hd"] == [item.key for item in tables.organisations(publication.table("register"))]
    assert ["inwoners"] == [item.key for item in tables.groups(publication.table("groups"))]
    assert () == tables.themes(publication.table("themes"))


def test_two_files_for_one_table_are_refused(tmp_path: Path) -> None:
    """A register as CSV beside one as workbook: nobody can know which is right."""
    city = write(tmp_path / "city")
    workbook(city / "register.xlsx", Blad1=REGISTER)
    with pytest.raises(UnreadableInput, match=r"register\.csv and register\.xlsx"):
        settings.publication(city).table("register")


def test_document_is_no_table(tmp_path: Path) -> None:
    """An agenda that is called projects.xlsx or tabellen.xlsx stands beside the tables of those names."""
    for name in ("projects.xlsx", "tabellen.xlsx"):
        changes = {"publication.toml": SETTINGS.replace("agenda.txt", name), name: "", "projects.csv": "project\n"}
        publication = settings.publication(write(tmp_path / "city", changes))
        assert "projects.csv" == publication.table("identities").name
        (tmp_path / "city" / name).unlink()


def test_hidden_row_of_a_workbook_is_not_left_out(tmp_path: Path) -> None:
    """A row that a filter hides would be missed by nobody: it is refused, with its number."""
    path = tmp_path / "register.xlsx"
    book = Workbook()
    for line in PLAIN.splitlines():
        book.worksheets[0].append(line.split(","))
    book.worksheets[0].row_dimensions[3].hidden = True
    book.save(path)
    with pytest.raises(UnreadableInput, match=r"hidden.*: 3"):
        tables.organisations(path)


def test_merged_cell_of_a_workbook_is_refused(tmp_path: Path) -> None:
    """A cell merged over rows would be empty in all but the first of them."""
    path = workbook(tmp_path / "register.xlsx", Organisaties=REGISTER)
    book = load_workbook(path)
    book.worksheets[0].merge_cells("C2:C3")
    book.save(path)
    with pytest.raises(UnreadableInput, match=r"merged cell.*GovernmentOrganization"):
        tables.organisations(path)


def test_unknown_column_of_a_workbook_has_its_sheet_and_dutch_names(tmp_path: Path) -> None:
    """Who keeps five sheets is told in which one the column is, and what it may be called in Dutch."""
    path = workbook(tmp_path / "tabellen.xlsx", Organisaties=REGISTER.replace("kind", "kleur"), Groepen="key,name")
    with pytest.raises(UnreadableInput, match=r"tabellen.xlsx, sheet Organisaties: .*kleur.*kind / soort"):
        tables.organisations(path)


@pytest.mark.parametrize(
    ("column", "value", "what"),
    [
        ("homepage", "https://a.example https://b.example", "no web address"),
        ("homepage", "https://a.example/{id}", "no web address"),
        ("homepage", "https://a.example/a^b", "no web address"),
        ("ror", "027bh9e23", "last two digits"),
        ("ror", "https://ror.org/027bh9e2", "no identifier of ror"),
        ("wikidata", "https://www.wikidata.org/wiki/Q1", "no identifier of wikidata"),
        ("wikidata", "156598", "no identifier of wikidata"),
    ],
)
def test_address_or_identifier_that_cannot_be(tmp_path: Path, column: str, value: str, what: str) -> None:
    """An address that cannot stand in the data is an error with file and line, before anything is built of it."""
    path = tmp_path / "register.csv"
    path.write_text(f"key,name,{column},evidence\nul,A,{value},gezien\n", encoding="utf-8")
    with pytest.raises(UnreadableInput, match=what) as error:
        tables.organisations(path)
    assert f"{path}:2" == error.value.where


@pytest.mark.parametrize(
    "rows", ["water,,Water,water\n", "a,,A,b\nb,,B,a\n", "a,,A,b\nb,,B,c\nc,,C,a\n", "x,,X,a\na,,A,b\nb,,B,a\n"]
)
def test_themes_in_a_circle_are_refused(tmp_path: Path, rows: str) -> None:
    """Themes that stand under each other would be on no page; the error shows the circle."""
    path = tmp_path / "themes.csv"
    path.write_text(f"key,number,label,broader\n{rows}", encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"in a circle: .* → "):
        tables.themes(path)


def test_letters_converted_twice_are_said(tmp_path: Path) -> None:
    """A register that was saved twice in the wrong encoding gives a finding with its line and the words."""
    path = tmp_path / "register.csv"
    path.write_text(SEMICOLONS.replace("coö", "coÃ¶"), encoding="utf-8")
    (found,) = tables.remarks(path, "register")
    assert ("garbled-table", "register.csv:3") == (found.code, str(found.place))
    assert "coÃ¶" in found.words
