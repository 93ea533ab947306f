"""The loop of an officer: a name is unknown, is proposed, corrected, taken over, and known from then on."""

from __future__ import annotations

import csv
import errno
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from kennis_ld.publication.csv_file import CsvFile
from kennis_ld.publication.undoing import FOLDER
from tests.cli.conftest import City, Run
from tests.publications import DOCUMENT, REGISTER

UNKNOWN = DOCUMENT.replace("P: ZU, inwoners", "P: ZU, St. Zandhaas, inwoners").replace(
    "P: GZ, HD e.a.", "P: GZ, Hogeschool Duyn e.a."
)
NEW_THEME = UNKNOWN + "3. Lucht\n3a\tVliegers\tMet wind en touw zien hoe lucht beweegt boven de stad.\tT: GZ P: ZU\n"


def codes(run: Run, city: Path) -> set[str]:
    return {item["code"] for item in json.loads(run("check", city, "--format", "json").stdout)["findings"]}


def adopted(run: Run, city: Path, folder: Path, *more: str | Path) -> str:
    """Takes over what is in the folder; returns what the command says."""
    result = run("adopt", folder, city, "--by", "Bureau Kennis", "--why", "Gebeld", "--on", "2030-02-01", *more)
    assert 0 == result.exit_code, result.output
    return result.stdout


def rows(path: Path) -> list[dict[str, str]]:
    return [dict(row) for row in CsvFile.read(path).rows]


def test_an_abbreviation_is_proposed_with_its_name(run: Run, city: City, tmp_path: Path) -> None:
    """Initials of one name are proposed as its abbreviation, its last words in doubt; of two names, with neither."""
    parties = "T: Museum De Zeilmaker P: MDZ, Woningcorporatie Thuishaven, Thuishaven, Bond Linge, Bank Linge, BL"
    folder = city({"agenda.txt": f"nr\tProject\tPartijen\n1. Water\n1\tSloten\t{parties}\n"})
    run("check", folder, "--proposals", tmp_path / "p")
    found = rows(tmp_path / "p" / "register.proposed.csv")
    assert [
        ("Museum De Zeilmaker", "MDZ", ""),
        ("Woningcorporatie Thuishaven", "", "Thuishaven"),
        ("Bond Linge", "", ""),
        ("Bank Linge", "", ""),
        ("BL", "", ""),
    ] == [(row["name"], row.get("abbreviations", ""), row.get("doubtful_spellings", "")) for row in found]


def test_proposals_are_rows_of_the_register(run: Run, city: City, tmp_path: Path) -> None:
    """A name like a known one is a doubtful spelling in that row; another one is a row of its own."""
    assert 0 == run("check", city({"agenda.txt": UNKNOWN}), "--proposals", tmp_path / "p").exit_code
    spelled, new = rows(tmp_path / "p" / "register.proposed.csv")
    assert ("hd", "Hogeschool Duin", "HD", "Hogeschool Duyn") == (
        spelled["key"],
        spelled["name"],
        spelled["abbreviations"],
        spelled["doubtful_spellings"],
    )
    assert ("st-zandhaas", "St. Zandhaas", "Organization") == (new["key"], new["name"], new["kind"])


def test_what_is_taken_over_is_known(run: Run, city: City, tmp_path: Path) -> None:
    """Unknown names, headings and projects, proposed and taken over, are findings no more."""
    folder = city({"agenda.txt": NEW_THEME})
    assert {"unknown-name", "unknown-theme", "new-project"} <= codes(run, folder)
    run("check", folder, "--proposals", tmp_path / "p")
    proposed = tmp_path / "p" / "register.proposed.csv"
    # The officer knows that the spelling is right, and moves it from the doubtful ones to the others.
    text = proposed.read_text(encoding="utf-8").replace("HD;;;Hogeschool Duyn", "HD;Hogeschool Duyn;;")
    proposed.write_text(text, encoding="utf-8")
    adopted(run, folder, tmp_path / "p")
    assert not {"unknown-name", "unknown-theme", "new-project", "doubtful-spelling"} & codes(run, folder)
    assert "Lucht" in (folder / "themes.csv").read_text()
    assert "vliegers;2030;lucht;3a;Vliegers" in (folder / "projects.csv").read_text()


def test_projects_follow_a_theme_with_another_key(run: Run, city: City, tmp_path: Path) -> None:
    """A theme that gets a shorter key takes its projects along, whichever key their proposals say."""
    for said in ("lucht;3a", "wind;3a"):
        folder = city({"agenda.txt": NEW_THEME})
        proposals = tmp_path / said[:4]
        run("check", folder, "--proposals", proposals)
        for name, (old, new) in {"themes": ("lucht;", "wind;"), "projects": ("lucht;3a", said)}.items():
            path = proposals / f"{name}.proposed.csv"
            path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        adopted(run, folder, proposals)
        assert "vliegers;2030;wind;3a;Vliegers" in (folder / "projects.csv").read_text()
        assert not {"unknown-theme", "identity-unused", "identity-undecided"} & codes(run, folder)


@pytest.mark.parametrize("heading", ["3. Lucht", "Thema 3: Lucht", "Strategische doelstelling 3 – Lucht"])
def test_number_of_a_heading_is_proposed_apart(run: Run, city: City, tmp_path: Path, heading: str) -> None:
    """A theme is proposed by its name and its number, and the document's own heading is known from then on."""
    row = f"1\t{heading}\tVliegers\tMet wind en touw zien hoe lucht beweegt.\tT: GZ P: ZU\n"
    folder = city({"agenda.txt": f"nr\tThema\tProject\tBeschrijving\tPartijen\n{row}"})
    run("check", folder, "--proposals", tmp_path / "p")
    assert [("3", "Lucht")] == [(row["number"], row["label"]) for row in rows(tmp_path / "p" / "themes.proposed.csv")]
    adopted(run, folder, tmp_path / "p")
    assert "unknown-theme" not in codes(run, folder)


def test_project_under_another_theme_keeps_one_row(run: Run, city: City, tmp_path: Path) -> None:
    """A theme that gets another key in its table leaves its projects undecided; the proposals take their place."""
    folder = city({"agenda.txt": NEW_THEME})
    run("check", folder, "--proposals", tmp_path / "p")
    adopted(run, folder, tmp_path / "p")
    themes = folder / "themes.csv"
    themes.write_text(themes.read_text().replace("lucht", "wind", 1))
    run("check", folder, "--proposals", tmp_path / "p")
    said = json.loads(adopted(run, folder, tmp_path / "p", "--format", "json"))
    assert [{"theme": ["lucht", "wind"]}] == [item["changes"] for item in said["replacements"]]
    assert ["vliegers"] == [
        row["project"] for row in rows(folder / "projects.csv") if row["theme"] in ("lucht", "wind")
    ]
    assert not {"identity-unused", "identity-undecided"} & codes(run, folder)


def test_project_of_two_entries_is_refused(run: Run, city: City, tmp_path: Path) -> None:
    """One key for two entries of an edition would leave tables that cannot be read; nothing is taken over."""
    folder = city({"agenda.txt": NEW_THEME})
    run("check", folder, "--proposals", tmp_path / "p")
    proposed = tmp_path / "p" / "projects.proposed.csv"
    first = rows(proposed)[0]["project"]
    proposed.write_text(proposed.read_text(encoding="utf-8").replace("vliegers;", f"{first};"), encoding="utf-8")
    assert "two entries of edition" in refused(run, folder, tmp_path / "p")


def test_what_is_not_changed_stays_byte_for_byte(run: Run, city: City, tmp_path: Path) -> None:
    """A register saved by a spreadsheet, with mark, semicolons and odd quotes, differs only where it was changed."""
    lines = REGISTER.replace(",", ";").replace("Gemeente Zandwijk", '"Gemeente Zandwijk"').splitlines()
    lines[0] += ";doubtful_spellings"
    text = "\ufeff" + "".join(f"{line}\r\n" for line in lines)
    folder = city({"agenda.txt": UNKNOWN})
    (folder / "register.csv").write_bytes(text.encode())
    run("check", folder, "--proposals", tmp_path / "p")
    adopted(run, folder, tmp_path / "p")
    before, after = text.split("\r\n"), (folder / "register.csv").read_bytes().decode().split("\r\n")
    assert before[:4] == after[:4]
    assert ["hd;Hogeschool Duin;CollegeOrUniversity;;HD;;;Hogeschool Duyn"] == after[4:5]
    assert "st-zandhaas;St. Zandhaas;Organization;;;;;" == after[5]


def test_decision_says_who_and_why_and_is_kept(run: Run, city: City, tmp_path: Path) -> None:
    """`adopted.csv` keeps every row taken over, with the office, the reason and the day; a later one is added."""
    folder = city({"agenda.txt": UNKNOWN})
    run("check", folder, "--proposals", tmp_path / "p")
    adopted(run, folder, tmp_path / "p")
    first = rows(folder / "adopted.csv")
    assert {
        "date": "2030-02-01",
        "decided_by": "Bureau Kennis",
        "why": "Gebeld",
        "table": "register.csv",
    }.items() <= first[1].items()
    (folder / "agenda.txt").write_text(UNKNOWN.replace("T: HD, GZ", "T: Nieuw Huis"))
    run("check", folder, "--proposals", tmp_path / "p")
    adopted(run, folder, tmp_path / "p")
    second = rows(folder / "adopted.csv")
    assert first == second[: len(first)]
    assert "Nieuw Huis" in {row["name"] for row in second[len(first) :]}


def test_published_provisional_uri_leads_on(run: Run, city: City, tmp_path: Path) -> None:
    """What a release called provisional is replaced: the next build is not refused, and the old URI says by what."""
    folder = city({"agenda.txt": UNKNOWN})
    assert 0 == run("build", folder).exit_code
    run("check", folder, "--proposals", tmp_path / "p")
    said = json.loads(adopted(run, folder, tmp_path / "p", "--format", "json"))
    assert {"register.csv": 2, "projects.csv": 3} == said["rows"]
    assert "organisatie/st-zandhaas" == said["replaced"]["organisatie/voorlopig-st-zandhaas"]
    assert 0 == run("build", folder).exit_code
    base = "https://data.zandwijk.example/id/organisatie"
    line = f"<{base}/voorlopig-st-zandhaas> <http://purl.org/dc/terms/isReplacedBy> <{base}/st-zandhaas> ."
    assert line in (folder / "releases" / "current" / "agenda.nq").read_text()


def test_provisional_uri_behind_a_rollback_leads_on(run: Run, city: City, tmp_path: Path) -> None:
    """What only a release behind a rollback called provisional is replaced too: the next build is not refused."""
    assert 0 == run("build", city()).exit_code
    folder = city({"agenda.txt": DOCUMENT.replace("P: ZU, inwoners", "P: ZU, St. Zandhaas, inwoners")})
    assert 0 == run("build", folder).exit_code
    assert 0 == run("rollback", folder).exit_code
    run("check", folder, "--proposals", tmp_path / "p")
    said = json.loads(adopted(run, folder, tmp_path / "p", "--format", "json"))
    assert "organisatie/st-zandhaas" == said["replaced"]["organisatie/voorlopig-st-zandhaas"]
    assert 0 == run("build", folder).exit_code


def test_row_that_cannot_be_changes_nothing(run: Run, city: City, tmp_path: Path) -> None:
    """One wrong cell in the proposals stops all of it, names the file of the proposals, and no table is touched."""
    folder = city({"agenda.txt": NEW_THEME})
    run("check", folder, "--proposals", tmp_path / "p")
    proposed = tmp_path / "p" / "register.proposed.csv"
    proposed.write_text(proposed.read_text().replace("st-zandhaas;St. Zandhaas;Organization", "st-zandhaas;St. Z;Huis"))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    result = run("adopt", tmp_path / "p", folder, "--by", "Bureau", "--why", "Gebeld")
    assert 2 == result.exit_code
    assert "register.proposed.csv:3" in result.stderr
    assert "'Huis' is no kind of organisation" in result.stderr
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_corrections_are_not_overwritten(run: Run, city: City, tmp_path: Path) -> None:
    """Proposals that somebody corrected stay; the same proposals again are no problem."""
    folder = city({"agenda.txt": UNKNOWN})
    for _ in range(2):
        assert 0 == run("check", folder, "--proposals", tmp_path / "p").exit_code
    proposed = tmp_path / "p" / "register.proposed.csv"
    corrected = proposed.read_text().replace("St. Zandhaas", "Stichting Zandhaas")
    proposed.write_text(corrected)
    result = run("check", folder, "--proposals", tmp_path / "p")
    assert 2 == result.exit_code
    assert "kennis-ld adopt" in result.stderr
    assert corrected == proposed.read_text()


def test_name_that_a_spreadsheet_would_run_is_not_proposed(run: Run, city: City, tmp_path: Path) -> None:
    """A table that people open in a spreadsheet has no cell that runs; the remark says what was left out."""
    folder = city({"agenda.txt": DOCUMENT.replace("P: ZU, inwoners", "P: ZU, =Cmd")})
    result = run("check", folder, "--proposals", tmp_path / "p")
    assert "'=Cmd'" in result.stderr
    assert not (tmp_path / "p" / "register.proposed.csv").exists()


def test_nothing_to_propose_writes_nothing(run: Run, city: City, tmp_path: Path) -> None:
    """A publication whose tables know everything gets no files, and `adopt` says what to run first."""
    folder = city({"agenda.txt": UNKNOWN})
    run("check", folder, "--proposals", tmp_path / "p")
    adopted(run, folder, tmp_path / "p")
    result = run("check", folder, "--proposals", tmp_path / "leeg")
    assert "nothing to propose" in result.stderr
    assert not (tmp_path / "leeg").exists()
    result = run("adopt", tmp_path / "leeg", folder, "--by", "Bureau", "--why", "Gebeld")
    assert 2 == result.exit_code
    assert f"kennis-ld check {folder} --proposals" in result.stderr


def refused(run: Run, city: Path, folder: Path) -> str:
    """Runs `adopt`, which must change nothing; returns what it says."""
    before = {path: path.read_bytes() for path in city.rglob("*") if path.is_file()}
    result = run("adopt", folder, city, "--by", "Bureau", "--why", "Gebeld")
    assert 2 == result.exit_code, result.output
    assert before == {path: path.read_bytes() for path in city.rglob("*") if path.is_file()}
    return result.stderr


def test_command_is_printed_whole(run: Run, city: City, tmp_path: Path) -> None:
    """What `check` says to type names the folder and the publication, and works when it is typed."""
    folder = city({"agenda.txt": UNKNOWN})
    said = run("check", folder, "--proposals", tmp_path / "p").stderr
    assert f"kennis-ld adopt {tmp_path / 'p'} {folder} --by" in said


def test_adopt_needs_its_publication(run: Run, city: City, tmp_path: Path) -> None:
    """Without a publication nothing is written, least of all in the bundled one."""
    run("check", city({"agenda.txt": UNKNOWN}), "--proposals", tmp_path / "p")
    for command in (["adopt", tmp_path / "p", "--by", "Bureau", "--why", "Gebeld"], ["undo"]):
        result = run(*command)
        assert 2 == result.exit_code
        assert "PUBLICATION" in result.stderr


def test_replaced_row_is_said(run: Run, city: City, tmp_path: Path) -> None:
    """A row that takes the place of another one is told with what every cell said before."""
    folder = city({"agenda.txt": UNKNOWN})
    run("check", folder, "--proposals", tmp_path / "p")
    said = json.loads(adopted(run, folder, tmp_path / "p", "--format", "json"))
    expected = {"table": "register.csv", "row": "hd", "changes": {"doubtful_spellings": ["", "Hogeschool Duyn"]}}
    assert [expected] == said["replacements"]


def test_key_of_another_organisation_is_refused(run: Run, city: City, tmp_path: Path) -> None:
    """A row with a key of the register and another name is another thing; both names are said."""
    folder = city({"agenda.txt": UNKNOWN})
    run("check", folder, "--proposals", tmp_path / "p")
    proposed = tmp_path / "p" / "register.proposed.csv"
    proposed.write_text(proposed.read_text(encoding="utf-8").replace("st-zandhaas;", "zu;"), encoding="utf-8")
    said = refused(run, folder, tmp_path / "p")
    assert "Universiteit Zandwijk" in said
    assert "St. Zandhaas" in said


TENTHS = DOCUMENT.replace("1a\t", "1.1\t").replace("1b\t", "1.10\t")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("water;1.10;Regenkaart", "water;1.1;Regenkaart"), ("1.1", "Schone sloten", "Regenkaart")),
        (("water;1.10;Regenkaart", "water;1.2;Regenkaart"), ("1.2", "1.10", "Regenkaart")),
        (("water;1.10;Regenkaart", "water;1.10;Stuifplan"), ("1.10", "Regenkaart", "Stuifplan")),
    ],
)
def test_number_that_a_spreadsheet_changed_is_refused(
    run: Run, city: City, tmp_path: Path, change: tuple[str, str], said: tuple[str, ...]
) -> None:
    """1.10 that was saved as 1.1, or a number and title that fit no entry: refused with what both say."""
    folder = city({"agenda.txt": TENTHS})
    run("check", folder, "--proposals", tmp_path / "p")
    proposed = tmp_path / "p" / "projects.proposed.csv"
    text = proposed.read_text(encoding="utf-8")
    assert change[0] in text
    proposed.write_text(text.replace(*change), encoding="utf-8")
    told = refused(run, folder, tmp_path / "p")
    assert [] == [words for words in said if words not in told]


def test_entry_of_another_project_is_refused(run: Run, city: City, tmp_path: Path) -> None:
    """A row that gives a decided entry to another project would change a published address: both keys are said."""
    projects = "project,edition,theme,number,title\nsloten,2030,water,1a,Schone sloten\n"
    folder = city({"projects.csv": projects})
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "projects.proposed.csv").write_text(projects.replace("sloten,", "grachten,", 1), encoding="utf-8")
    said = refused(run, folder, tmp_path / "p")
    assert "'sloten'" in said
    assert "'grachten'" in said


def test_corrections_in_a_workbook_are_taken_over(run: Run, city: City, tmp_path: Path) -> None:
    """Proposals that were saved as XLSX are read; beside the file they came from, both are named and refused."""
    folder = city({"agenda.txt": UNKNOWN})
    run("check", folder, "--proposals", tmp_path / "p")
    proposed = tmp_path / "p" / "register.proposed.csv"
    book = Workbook()
    for row in csv.reader(proposed.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"):
        book.worksheets[0].append([cell.replace("St. Zandhaas", "Stichting Zandhaas") for cell in row])
    book.save(proposed.with_suffix(".xlsx"))
    said = refused(run, folder, tmp_path / "p")
    assert "register.proposed.csv" in said
    assert "register.proposed.xlsx" in said
    proposed.unlink()
    adopted(run, folder, tmp_path / "p")
    assert "Stichting Zandhaas" in (folder / "register.csv").read_text(encoding="utf-8")


def test_adoption_can_be_undone(run: Run, city: City, tmp_path: Path) -> None:
    """Two adoptions taken back one after the other leave the folder as it was, with the proposals under their names."""
    folder = city({"agenda.txt": UNKNOWN})
    states = []
    for _ in range(2):
        run("check", folder, "--proposals", tmp_path / "p")
        files = [*folder.glob("*.csv"), *(tmp_path / "p").iterdir()]
        states.append({path: path.read_bytes() for path in files if ".adopted" not in path.name})
        adopted(run, folder, tmp_path / "p")
        (folder / "agenda.txt").write_text(UNKNOWN.replace("T: HD, GZ", "T: Nieuw Huis"))
    for state in reversed(states):
        assert 0 == run("undo", folder).exit_code
        files = [*folder.glob("*.csv"), *(tmp_path / "p").iterdir()]
        assert state == {path: path.read_bytes() for path in files if ".adopted" not in path.name}
        for path in (tmp_path / "p").glob("*.proposed.csv"):
            path.unlink()
    assert 2 == run("undo", folder).exit_code


def test_table_changed_since_is_not_undone(run: Run, city: City, tmp_path: Path) -> None:
    """What somebody wrote after an adoption is not lost by taking that back."""
    folder = city({"agenda.txt": UNKNOWN})
    run("check", folder, "--proposals", tmp_path / "p")
    adopted(run, folder, tmp_path / "p")
    register = folder / "register.csv"
    register.write_bytes(changed := register.read_bytes() + b"nieuw,Nieuw Huis,,,,,\n")
    result = run("undo", folder)
    assert 2 == result.exit_code
    assert "register.csv" in result.stderr
    assert changed == register.read_bytes()


def test_people_in_general_are_proposed_as_a_group(run: Run, city: City, tmp_path: Path) -> None:
    """'Kring rond mantelzorgers' becomes a row of groups.csv and no organisation; its provisional URI is withdrawn."""
    folder = city({"agenda.txt": DOCUMENT.replace("P: ZU, inwoners", "P: ZU, Kring rond mantelzorgers")})
    assert 0 == run("build", folder).exit_code
    run("check", folder, "--proposals", tmp_path / "p")
    assert not (tmp_path / "p" / "register.proposed.csv").exists()
    said = json.loads(adopted(run, folder, tmp_path / "p", "--format", "json"))
    assert {"organisatie/voorlopig-kring-rond-mantelzorgers": ""} == said["replaced"]
    assert "unknown-name" not in codes(run, folder)
    assert 0 == run("build", folder).exit_code


@pytest.mark.parametrize("text", ["a,b\n1,2\n", 'a,b\n"1\n1",2\n3\n', "\ufeffa;b\r\n1;2\r\n", "a,b\n1,2"])
def test_sheet_that_is_read_and_saved_is_the_same(tmp_path: Path, text: str) -> None:
    """Reading and saving a table changes no byte but a missing line end."""
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode())
    CsvFile.read(path).save(path)
    assert text.rstrip("\r\n") == path.read_bytes().decode().rstrip("\r\n")


def test_first_letters_are_proposed_as_an_abbreviation(run: Run, city: City, tmp_path: Path) -> None:
    """'BZ' is proposed as the abbreviation of 'Bibliotheek Zandwijk', known or new, and not as an organisation."""
    folder = city({"agenda.txt": DOCUMENT.replace("P: ZU, inwoners", "P: Bibliotheek Zandwijk, BZ")})
    run("check", folder, "--proposals", tmp_path / "p")
    proposed = (tmp_path / "p" / "register.proposed.csv").read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(proposed.splitlines(), delimiter=";")
    assert ("Bibliotheek Zandwijk", "BZ") == (row["name"], row["abbreviations"])
    adopted(run, folder, tmp_path / "p")
    assert "unknown-name" not in codes(run, folder)


def test_another_kind_in_the_same_town_is_no_spelling(run: Run, city: City, tmp_path: Path) -> None:
    """'Mus Zandwijk' is nearly spelled as 'Stad Zandwijk', and is another one; 'Stadd Zandwijk' is that."""
    register = REGISTER + "stad,Stad Zandwijk,,,,,\n"
    named = DOCUMENT.replace("P: ZU, inwoners", "P: Mus Zandwijk, Stadd Zandwijk")
    run("check", city({"agenda.txt": named, "register.csv": register}), "--proposals", tmp_path / "p")
    found = [(row["name"], row.get("doubtful_spellings", "")) for row in rows(tmp_path / "p" / "register.proposed.csv")]
    assert [("Stad Zandwijk", "Stadd Zandwijk"), ("Mus Zandwijk", "")] == found


def test_sheets_are_proposed_as_themes(run: Run, city: City, tmp_path: Path) -> None:
    """The name of a sheet is proposed as a theme, and then stands over its projects; one without any is no theme."""
    book = Workbook()
    for name, *projects in (("Zand en zee", ("1", "Stuifplan", "GZ")), ("Lucht", ("2", "Vliegers", "HD"))):
        sheet = book.create_sheet(name)
        for row in (("Nr", "Project", "Trekker"), *projects):
            sheet.append(row)
    del book["Sheet"]
    book.create_sheet("Lijst").append(("loopt", "gestart"))
    folder = city()
    book.save(folder / "agenda.xlsx")
    toml = (folder / "publication.toml").read_text(encoding="utf-8").replace("agenda.txt", "agenda.xlsx")
    (folder / "publication.toml").write_text(toml, encoding="utf-8")
    run("check", folder, "--proposals", tmp_path / "p")
    found = rows(tmp_path / "p" / "themes.proposed.csv")
    assert [("zand-en-zee", "Zand en zee"), ("lucht", "Lucht")] == [(row["key"], row["headings"]) for row in found]
    adopted(run, folder, tmp_path / "p")
    assert "shape:project-themes" not in codes(run, folder)
    run("check", folder, "--proposals", tmp_path / "again")
    assert ["projects.proposed.csv"] == [path.name for path in (tmp_path / "again").iterdir()]


def test_lines_over_projects_are_proposed_as_themes(run: Run, city: City, tmp_path: Path) -> None:
    """Lines over projects are proposed as themes where there is none, also over a sentence; one alone is not."""
    header = "Nr\tProject\tTrekker"
    lines = ["Agenda", "Zand en zee", "Het stuift.", header, "1\tStuifplan\tGZ", "Lucht", header, "2\tVliegers\tHD"]
    lines += ["Een lange zin die over twee regels loopt gaat", "hier door."]
    run("check", city({"agenda.txt": "\n".join(lines[:5])}), "--proposals", tmp_path / "one")
    assert ["projects.proposed.csv"] == [path.name for path in (tmp_path / "one").iterdir()]
    folder = city({"agenda.txt": "\n".join([*lines, header, "3\tDrones\tHD", "Vastgesteld"])})
    run("check", folder, "--proposals", tmp_path / "p")
    found = rows(tmp_path / "p" / "themes.proposed.csv")
    assert [("zand-en-zee", "Zand en zee"), ("lucht", "Lucht")] == [(row["key"], row["headings"]) for row in found]
    adopted(run, folder, tmp_path / "p")
    assert "shape:project-themes" not in codes(run, folder)


def test_names_behind_one_another_are_not_proposed_as_one(run: Run, city: City, tmp_path: Path) -> None:
    """Two new names that a PDF put on one line are no third one: once both are known, they are read apart."""
    lines = (
        "1. Water",
        "1\tSloten\tT: Museum Zee",
        "2\tRegen\tT: Bond Linge P: GZ",
        "3\tMist\tT: Museum Zee Bond Linge",
    )
    folder = city({"agenda.txt": "\n".join(("nr\tProject\tPartijen", *lines))})
    run("check", folder, "--proposals", tmp_path / "p")
    assert ["Museum Zee", "Bond Linge"] == [row["name"] for row in rows(tmp_path / "p" / "register.proposed.csv")]
    adopted(run, folder, tmp_path / "p")
    assert "unknown-name" not in codes(run, folder)


def test_name_behind_that_of_another_is_no_spelling(run: Run, city: City, tmp_path: Path) -> None:
    """What stands before it is another organisation, whose line ended there in a narrow column of a PDF, or a unit."""
    lines = ("nr\tProject\tPartijen", "1. Water", "1\tSloten\tT: Museum Zee", "2\tMist\tT: GGD Linge Museum Zee")
    run("check", city({"agenda.txt": "\n".join(lines)}), "--proposals", tmp_path / "p")
    found = [(row["name"], row.get("doubtful_spellings", "")) for row in rows(tmp_path / "p" / "register.proposed.csv")]
    assert [("Museum Zee", ""), ("GGD Linge Museum Zee", "")] == found


@pytest.mark.parametrize("call", [(shutil, "copyfile"), (Path, "replace"), (json, "dumps")], ids=lambda call: call[1])
@pytest.mark.parametrize("stop", [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), KeyboardInterrupt()], ids=repr)
def test_adoption_that_fails_changes_nothing(
    run: Run, city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: tuple[object, str], stop: BaseException
) -> None:
    """A full disk or Ctrl-C, wherever it comes, leaves every file as it was, and the adoption can be tried again."""
    folder = city({"agenda.txt": UNKNOWN})
    run("check", folder, "--proposals", tmp_path / "p")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    stops, works = [stop], getattr(*call)

    def called(*given: Any, **named: Any) -> Any:
        if (folder / FOLDER).exists() and stops:
            raise stops.pop()
        return works(*given, **named)

    monkeypatch.setattr(*call, called)
    assert run("adopt", tmp_path / "p", folder, "--by", "Bureau", "--why", "Gebeld").exit_code in {2, 130}
    assert [] == stops
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    adopted(run, folder, tmp_path / "p")
    assert 0 == run("undo", folder).exit_code


def test_adoption_that_was_killed_is_in_nobodys_way(run: Run, city: City, tmp_path: Path) -> None:
    """What a kill in the middle leaves behind is kept, and the next adoption and its undoing go beside it."""
    folder = city({"agenda.txt": UNKNOWN})
    run("check", folder, "--proposals", tmp_path / "p")
    (left := folder / FOLDER / "0001" / "register.csv").parent.mkdir(parents=True)
    left.write_text("zoals het was", encoding="utf-8")
    adopted(run, folder, tmp_path / "p")
    assert 0 == run("undo", folder).exit_code
    assert "zoals het was" == left.read_text(encoding="utf-8")


def test_adoption_that_meets_another_takes_nothing_from_it(
    run: Run, city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two at the same moment the one that finds the other's copies there already leaves these alone."""
    folder = city({"agenda.txt": UNKNOWN})
    run("check", folder, "--proposals", tmp_path / "p")
    kept = folder / FOLDER / "0001" / "register.csv"
    made = Path.mkdir

    def after_another(path: Path, *given: Any, **how: Any) -> None:
        if path == kept.parent and not kept.exists():
            made(path, *given, **how)
            kept.write_text("van de ander", encoding="utf-8")
        made(path, *given, **how)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Path, "mkdir", after_another)
        assert 2 == run("adopt", tmp_path / "p", folder, "--by", "Bureau", "--why", "Gebeld").exit_code
    assert "van de ander" == kept.read_text(encoding="utf-8")


def test_name_that_was_divided_is_made_one(run: Run, city: City, tmp_path: Path) -> None:
    """'Stichting Lezen en Leren' is proposed as two, and read as one once a row has the whole name."""
    folder = city({"agenda.txt": DOCUMENT.replace("P: ZU, inwoners", "P: ZU, Stichting Lezen en Leren")})
    run("check", folder, "--proposals", tmp_path / "p")
    file = tmp_path / "p" / "register.proposed.csv"
    assert ["Stichting Lezen", "Leren"] == [row["name"] for row in rows(file)]
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("leren;")]
    whole = "\n".join(lines).replace("stichting-lezen;Stichting Lezen;", "lezen-en-leren;Stichting Lezen en Leren;")
    file.write_text(whole, encoding="utf-8")
    adopted(run, folder, tmp_path / "p")
    assert "unknown-name" not in codes(run, folder)
