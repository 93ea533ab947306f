"""What an officer's LibreOffice makes of our files: opened and saved, they say the same, or are refused by name."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook

from kennis_ld.errors import KennisError
from kennis_ld.model import Entry
from kennis_ld.publication import settings, tables
from kennis_ld.publication.publication import TABLES
from kennis_ld.reading import documents
from tests import pipeline
from tests.office.conftest import Office
from tests.publications import SETTINGS, write
from tests.reading import conversions, mutants
from tests.reading.mutants import DATA, City
from tests.reading.test_formats import read, without_places

pytestmark = pytest.mark.office

READERS = {
    "register": tables.organisations,
    "groups": tables.groups,
    "themes": tables.themes,
    "identities": tables.identities,
}
DUTCH, ENGLISH = "1043", "1033"
"""How LibreOffice calls the languages whose signs a person types numbers and dates with."""

OPENED = "CSV:{},34,76,1,,{},false,true"
"""Divider, quotation mark, UTF-8, first line, language, and whether numbers and dates are looked for."""

SAVED = "csv:Text - txt - csv (StarCalc):59,34,76,1,,{},false,true"


def said(folder: Path) -> dict[str, object]:
    """What the tables of a publication say, by their name."""
    publication = settings.publication(folder)
    return {name: reader(path) for name, reader in READERS.items() if (path := publication.table(name)).exists()}


def with_semicolons(path: Path) -> Path:
    """Writes a table as `adopt` writes a new one: a mark in front, and semicolons."""
    rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    path.write_text("\ufeff" + out.getvalue(), encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("language", [DUTCH, ENGLISH])
@pytest.mark.parametrize("city", ["leiden", "zandwijk"])
def test_tables_that_are_opened_and_saved_say_the_same(
    city: str, language: str, office: Office, tmp_path: Path
) -> None:
    """As CSV, as a workbook of Excel and as one of LibreOffice, in a Dutch and an English program."""
    folder = shutil.copytree(DATA / city, tmp_path / city)
    wanted = said(folder)
    files = [with_semicolons(path) for name in TABLES.values() if (path := folder / name).exists()]
    assert len(wanted) >= 4
    for kind, to in (("csv", SAVED.format(language)), ("xlsx", "xlsx"), ("ods", "ods")):
        again = shutil.copytree(folder, tmp_path / kind)
        for stem, path in office(files, to, opened=OPENED.format(59, language)).items():
            (again / f"{stem}.csv").unlink()
            shutil.copy(path, again / path.name)
        assert wanted == said(again), kind


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_workbook_that_is_saved_again_says_the_same(kind: str, office: Office, tmp_path: Path) -> None:
    """One workbook with a sheet for each table, written by another program and saved by LibreOffice."""
    folder = shutil.copytree(DATA / "zandwijk", tmp_path / "zandwijk")
    wanted = said(folder)
    book = Workbook()
    book.remove(book.worksheets[0])
    for file in TABLES.values():
        if (folder / file).exists():
            sheet = book.create_sheet(file.removesuffix(".csv"))
            for row in csv.reader(io.StringIO((folder / file).read_text(encoding="utf-8"))):
                sheet.append(row)
            (folder / file).unlink()
    book.save(tmp_path / "tabellen.xlsx")
    (saved,) = office([tmp_path / "tabellen.xlsx"], kind).values()
    shutil.copy(saved, folder / saved.name)
    assert wanted == said(folder)


NUMBERS = {
    "publication.toml": SETTINGS,
    "agenda.txt": "nr\tProject\tPartijen\n1. Water\n1.1\tSloten\tT: GZ\n1.10\tDuinen\tT: ZU\n",
    "projects.csv": "project;edition;theme;number;title\nsloten;2030;water;1.1;Sloten\nduin;2030;water;1.10;Duinen\n",
}


@pytest.mark.parametrize(("language", "both"), [(DUTCH, ""), (ENGLISH, "as 'Sloten', here as 'Duinen'")])
def test_a_number_that_became_another_is_said_with_both(
    language: str, both: str, office: Office, tmp_path: Path
) -> None:
    """1.10 stays 1.10 in a Dutch program; where an English one made 1.1 of it, the reading stops at the two of them."""
    folder = write(tmp_path / "city", NUMBERS)
    (saved,) = office([folder / "projects.csv"], "xlsx", opened=OPENED.format(59, language)).values()
    (folder / "projects.csv").unlink()
    shutil.copy(saved, folder / "projects.xlsx")
    publication = settings.publication(folder)
    if both:
        with pytest.raises(KennisError, match=both):
            pipeline.read(publication)
    else:
        assert ["sloten", "duin"] == [item.project for item in pipeline.read(publication).entries["2030"]]


def entries(path: Path, city: City) -> list[Entry]:
    return without_places(read(path, city.themes, dict(city.columns)))[0]


@pytest.fixture(scope="module")
def cities() -> Mapping[str, City]:
    return {city.name: city for city in mutants.cities()}


@pytest.mark.parametrize("name", ["leiden 2023-2027", "zandwijk 2032-2035"])
def test_agendas_that_are_saved_as_another_kind_have_the_same_entries(
    name: str, cities: Mapping[str, City], office: Office, tmp_path: Path
) -> None:
    """A document of Word becomes one of Writer and a web page, a workbook of Excel one of Calc, and back."""
    city = cities[name]
    conversions.text(city.rows, tmp_path / "bron.txt")
    wanted = entries(tmp_path / "bron.txt", city)
    assert len(wanted) > 10
    for form, kinds in (("tabel.docx", ("odt", "html", "docx")), ("blad.xlsx", ("ods", "html", "csv", "xlsx"))):
        conversions.WRITERS[form](city.rows, tmp_path / form)
        for kind in kinds:
            (saved,) = office([tmp_path / form], kind).values()
            assert wanted == entries(saved, city), f"{form} as {kind}"


def test_a_table_with_borders_stays_one_in_a_pdf(office: Office, tmp_path: Path) -> None:
    """LibreOffice draws its borders, also where a row goes on on the next page."""
    city = City("made up", [("nr", "Project", "Trekker"), *ROWS], (), mutants.cities()[0].columns, None)  # type: ignore[arg-type]
    conversions.docx_rows(city.rows, tmp_path / "a.docx")
    document = docx.Document(str(tmp_path / "a.docx"))
    document.tables[0].style = "Table Grid"
    document.save(str(tmp_path / "a.docx"))
    (saved,) = office([tmp_path / "a.docx"], "pdf").values()
    assert entries(tmp_path / "a.docx", city) == entries(saved, city)


ROWS = [(str(at), f"Plan {at} " + "meet en telt water " * at, "GZ") for at in range(1, 40)]


def test_a_table_without_borders_in_a_pdf_is_refused_by_name(office: Office, tmp_path: Path) -> None:
    """A PDF knows no tables but by their lines; the error says so, and what to do."""
    conversions.docx_rows([("nr", "Project", "Trekker"), *ROWS[:3]], tmp_path / "a.docx")
    (saved,) = office([tmp_path / "a.docx"], "pdf").values()
    city = City("made up", [], (), mutants.cities()[0].columns, None)  # type: ignore[arg-type]
    with pytest.raises(KennisError, match="no lines between its cells") as error:
        read(saved, city.themes, dict(city.columns))
    assert "borders" in error.value.remedy
    assert list(documents.rows(saved))
