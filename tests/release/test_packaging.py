"""What stands beside the data for who takes it along: a workbook, the meaning of columns, and how to cite."""

from __future__ import annotations

import csv
import json
import struct
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from kennis_ld.release import workbook
from kennis_ld.release.packaging import citation, columns, table_metadata
from kennis_ld.release.spreadsheet import COLUMNS
from kennis_ld.release.workbook import Workbook
from tests.graph.cities import of_voorbeeldstad
from tests.release.conftest import Builder


def sheets(path: Path) -> dict[str, list[tuple[str | None, ...]]]:
    """The cells of each sheet, as openpyxl reads them."""
    book = openpyxl.load_workbook(path)
    try:
        assert {"s", "inlineStr", "n"} >= {cell.data_type for sheet in book for row in sheet for cell in row}
        return {sheet.title: [tuple(cell.value for cell in row) for row in sheet] for sheet in book}
    finally:
        book.close()


def write(path: Path, *texts: str) -> Path:
    with Workbook(path, {"een": ("a", "b")}) as book:
        for text in texts:
            book.add("een", {"a": text, "b": "&<x>", "c": "elsewhere"})
    return path


def test_texts_come_back_and_none_is_a_formula(tmp_path: Path) -> None:
    """What looks like a formula is a text, with its own characters: Excel shows it and does not run it."""
    texts = ['=HYPERLINK("http://x")', "+1", "@SUM(A1)", "-2", " twee\nregels ", "é☃"]
    found = sheets(write(tmp_path / "a.xlsx", *texts))
    assert {"een": [("a", "b"), *((text, "&<x>") for text in texts)]} == found


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    """A workbook has no clock in it."""
    assert write(tmp_path / "a.xlsx", "x").read_bytes() == write(tmp_path / "b.xlsx", "x").read_bytes()


def test_no_part_is_told_as_larger_than_it_is(tmp_path: Path) -> None:
    """A part below 2 GB is one of ZIP 2.0 in both of its headers, without sizes of 64 bits (APPNOTE 4.4.3 and 4.5.3).

    Otherwise the two would not agree before Python 3.11.4, and the bytes would depend on the Python.
    """
    path = write(tmp_path / "a.xlsx", "x")
    whole = path.read_bytes()
    with ZipFile(path) as archive:
        for part in archive.infolist():
            version, extra = struct.unpack_from("<4xH22xH", whole, part.header_offset)
            assert (20, 20, 0, b"") == (version, part.extract_version, extra, part.extra), part.filename


def test_what_does_not_fit_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that a sheet cannot take stand in a next one; a text that a cell cannot take says that it goes on."""
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    found = sheets(write(tmp_path / "a.xlsx", "1", "2", "x" * 40_000))
    assert ["een", "een 2"] == list(found)
    assert "x" * 32_766 + "…" == found["een 2"][1][0]


def test_an_error_leaves_no_workbook(tmp_path: Path) -> None:
    """Half a workbook is none."""
    with pytest.raises(RuntimeError), Workbook(tmp_path / "a.xlsx", {"een": ("a",)}):
        raise RuntimeError
    assert [] == list(tmp_path.iterdir())


def test_the_workbook_of_a_release_says_what_the_table_says(built: Builder) -> None:
    """Every project stands in one row of one sheet, every participation in one row of the other."""
    release = built().release
    assert release is not None
    with (release / "agenda.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = sheets(release / "agenda.xlsx")
    assert [row["project"] for row in rows if row["organisatie"]] == [row[0] for row in found["deelnames"][1:]]
    assert list(dict.fromkeys(row["project"] for row in rows)) == [row[0] for row in found["projecten"][1:]]


def test_every_column_is_explained_in_both_languages() -> None:
    """The metadata tells of the columns that the table has, in their order."""
    assert COLUMNS == tuple(columns())
    catalogue, iris = of_voorbeeldstad()
    told = json.loads(table_metadata(catalogue, iris))
    assert ("agenda.csv", "https://creativecommons.org/licenses/by/4.0/") == (told["url"], told["dc:license"]["@id"])
    found = told["tableSchema"]["columns"]
    assert list(COLUMNS) == [column["name"] for column in found]
    for column in found:
        assert ["nl", "en"] == [text["@language"] for text in column["dc:description"]]


def cited(text: str) -> dict[str, object]:
    """What a citation file says: a line for each key, as tools that look for them line by line need it."""
    return {key: json.loads(value) for key, _, value in (line.partition(": ") for line in text.splitlines())}


def test_how_to_cite() -> None:
    """The citation file names the dataset, who compiled it, the edition and its day, and the licence."""
    catalogue, iris = of_voorbeeldstad()
    assert citation(catalogue, iris).startswith('cff-version: "1.2.0"\n')
    told = cited(citation(catalogue, iris))
    assert {
        "cff-version": "1.2.0",
        "type": "dataset",
        "title": "Projecten van Voorbeeldstad",
        "authors": [{"name": "Gemeente Voorbeeldstad"}],
        "version": "tweede",
        "date-released": "2025-02-01",
        "license-url": "https://creativecommons.org/licenses/by/4.0/",
        "url": f"{iris.base}/id/dataset/agenda",
    }.items() <= told.items()


def test_what_there_is_not_is_not_cited() -> None:
    """A list without words, or an empty text, is not valid in a citation file."""
    catalogue, iris = of_voorbeeldstad()
    bare = replace(catalogue, facts=replace(catalogue.facts, keywords={}))
    assert {"keywords"} == set(cited(citation(catalogue, iris))) - set(cited(citation(bare, iris)))
