"""Spreadsheets, pages and text as people see them: formats, values, names of parts, quotation marks, styles."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from kennis_ld.agenda.rows import entries
from kennis_ld.publication.language import default_columns
from kennis_ld.reading import documents
from tests.reading.conversions import ods_cell, ods_file
from tests.reading.files import SHEET, sheet_parts, sheet_row, zipped
from tests.reading.here import PRIVACY, read, said, shown

HEADER = ("Nr.", "Project", "Beschrijving", "Trekker")


def workbook(path: Path, *rows: tuple[object, ...], formats: dict[str, str] | None = None) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (HEADER, *rows):
        book.active.append(row)
    for at, code in (formats or {}).items():
        book.active[at].number_format = code
    book.save(path)
    return path


def test_numbers_as_the_sheet_shows_them(tmp_path: Path) -> None:
    """Zeros in front and quoted letters belong to the number of a project; a format that hides is said."""
    rows = (7, "Sloten", "x", "GD"), (3, "Duin", "geheim", "HZ")
    found = read(workbook(tmp_path / "a.xlsx", *rows, formats={"A2": "000", "A3": '"WP"0', "C3": ";;;"}))
    assert [("007", "Sloten", "x", "GD"), ("WP3", "Duin", "", "HZ")] == shown(found)
    assert ("hidden-text", "") in said(found)


def test_formula_whose_result_is_empty(tmp_path: Path) -> None:
    """A formula that gives an empty text was computed; one without a value was not."""
    computed = '<c t="str"><f>IF(1,"","x")</f><v></v></c>'
    rows = sheet_row(1, *HEADER), sheet_row(2, "1a", "Sloten", computed, "GD")
    found = read(zipped(tmp_path / "a.xlsx", sheet_parts(f"<sheetData>{''.join(rows)}</sheetData>")))
    assert ([("1a", "Sloten", "", "GD")], [("formula", "C2")]) == (shown(found), said(found))


def test_struck_and_raised_letters_of_a_workbook(tmp_path: Path) -> None:
    """The letters of a cell, and a cell as a whole, may be struck through; raised digits are marks of notes."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(HEADER)
    parties = CellRichText(
        "GD", TextBlock(InlineFont(vertAlign="superscript"), "2"), TextBlock(InlineFont(strike=True), ", UD")
    )
    book.active.append(("1a", "Sloten", "x", parties))
    book.active["C2"].font = Font(strike=True)
    book.save(tmp_path / "a.xlsx")
    found = read(tmp_path / "a.xlsx")
    assert [("1a", "Sloten", "x", "GD, UD")] == shown(found)
    assert {("struck-out", "x | GD, UD"), ("note-mark", "GD (2)")} == set(said(found))


@pytest.mark.parametrize("main", ["workbook.xml", "boek/werkboek.xml"])
def test_main_part_of_a_workbook_elsewhere(main: str, tmp_path: Path) -> None:
    """A workbook is known by its relation and its content, not by the folder it lies in."""
    parts = sheet_parts(f"<sheetData>{sheet_row(1, *HEADER)}{sheet_row(2, '1a', 'Sloten', 'x', 'GD')}</sheetData>")
    moved = {name.replace("xl/workbook.xml", main): content for name, content in parts.items()}
    folder, _, name = main.rpartition("/")
    at = f"{folder}/" if folder else ""
    moved["_rels/.rels"] = str(parts["_rels/.rels"]).replace("xl/workbook.xml", main)
    moved[f"{at}_rels/{name}.rels"] = str(moved.pop("xl/_rels/workbook.xml.rels")).replace(
        "sheet1.xml", "/xl/sheet1.xml"
    )
    assert [("1a", "Sloten", "x", "GD")] == shown(read(zipped(tmp_path / "a.xlsx", moved)))


def test_names_of_parts_in_other_capitals(tmp_path: Path) -> None:
    """Capitals make no difference in the names of parts."""
    strings = f'<sst xmlns="{SHEET}"><si><t>Sloten</t></si></sst>'
    row = sheet_row(2, "1a", '<c t="s"><v>0</v></c>', "x", "GD")
    parts = sheet_parts(f"<sheetData>{sheet_row(1, *HEADER)}{row}</sheetData>", sharedStrings=strings)
    parts["xl/SharedStrings.xml"] = parts.pop("xl/sharedStrings.xml")
    assert [("1a", "Sloten", "x", "GD")] == shown(read(zipped(tmp_path / "a.xlsx", parts)))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<table:table-cell office:value-type="float" office:value="1"/>', "1"),
        ('<table:table-cell office:value-type="float" office:value="1.5"/>', "1.5"),
        ('<table:table-cell office:value-type="percentage" office:value="0.4"/>', "40%"),
        ('<table:table-cell office:value-type="string" office:string-value="WP1"/>', "WP1"),
        ('<table:table-cell office:value-type="date" office:date-value="2030-01-02"/>', "2030-01-02"),
    ],
)
def test_value_without_a_text(cell: str, expected: str, tmp_path: Path) -> None:
    """A cell of an OpenDocument sheet that has a value and no text says its value."""
    rows = "".join(map(ods_cell, HEADER)), cell + "".join(map(ods_cell, ("Sloten", "x", "GD")))
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    ods_file(tmp_path / "a.ods", f'<table:table table:name="Blad1">{body}</table:table>')
    found = read(tmp_path / "a.ods")
    assert [(expected, "Sloten", "x", "GD")] == shown(found)


def of_text(path: Path, text: str) -> list[tuple[str, ...]]:
    path.write_text(text, encoding="utf-8")
    rows = documents.rows(path)
    return shown(list(entries(rows, columns=default_columns(), themes=(), document=path.name, privacy=PRIVACY)))


def test_text_that_a_spreadsheet_wrote(tmp_path: Path) -> None:
    """Quotation marks that a spreadsheet puts round a cell are no part of it, and hold line breaks together."""
    text = 'Nr\tProject\tDoel\tTrekker\n1a\t"Zorg, wonen"\t"Met ""slimme"" meters,\nthuis."\t"GD, UD"\n'
    assert [("1a", "Zorg, wonen", 'Met "slimme" meters,\nthuis.', "GD, UD")] == of_text(tmp_path / "a.txt", text)


@pytest.mark.parametrize("title", ['"Zorg" en wonen', '"Zorg"', 'Zorg, "wonen"', '"Zorg'])
def test_quotation_marks_that_somebody_typed(title: str, tmp_path: Path) -> None:
    """Quotation marks in a text that no spreadsheet wrote are part of it."""
    text = f"Nr\tProject\tDoel\tTrekker\n1a\t{title}\tx\tGD\n"
    assert [("1a", title, "x", "GD")] == of_text(tmp_path / "a.txt", text)


def page(path: Path, row: str, style: str = "") -> Path:
    header = "".join(f"<th>{cell}" for cell in HEADER)
    path.write_text(
        f"<html><head><style>{style}</style></head><body><table><tr>{header}<tr>{row}</table></body></html>"
    )
    return path


@pytest.mark.parametrize(
    "style",
    [".x{display:none}", "span { visibility : hidden }", "#y, b {mso-hide:all}", "span.x{display:none;color:red}"],
)
def test_text_hidden_by_the_style_of_a_page(style: str, tmp_path: Path) -> None:
    """What a style sheet hides is not read, and said."""
    found = read(page(tmp_path / "a.html", "<td>1a<td>Sloten<td>x<span class='w x' id='y'>geheim</span><td>GD", style))
    assert ([("1a", "Sloten", "x", "GD")], [("hidden-text", "")]) == (shown(found), said(found))


def test_struck_and_raised_letters_of_a_page(tmp_path: Path) -> None:
    """Struck text is said, also by a style; a mark of a note is taken out; square metres stay."""
    row = "<td>1a<td>Tuin van 5 m<sup>2</sup><td><s>x</s> y<td>GD<sup>1</sup>"
    row += "<span style='text-decoration: line-through'>, UD</span>"
    found = read(page(tmp_path / "a.html", row))
    assert [("1a", "Tuin van 5 m2", "x y", "GD, UD")] == shown(found)
    assert {("struck-out", "x | GD, UD"), ("note-mark", "GD (1)")} == set(said(found))


def test_short_row_of_a_page(tmp_path: Path) -> None:
    """A row with fewer cells than the header has empty ones at its end."""
    assert [("1a", "Sloten", "x")] == shown(read(page(tmp_path / "a.html", "<td>1a<td>Sloten<td>x")))


def test_struck_raised_and_hidden_letters_of_an_open_document(tmp_path: Path) -> None:
    """The styles of cells and spans say what is struck through, raised or hidden."""
    looks = {
        "S": 'style:text-line-through-style="solid"',
        "R": 'style:text-position="super 58%"',
        "H": 'text:display="none"',
        "C": 'style:text-line-through-type="single"',
    }
    styles = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties {look}/></style:style>'
        for name, look in looks.items()
    )
    spans = "".join(
        f'<text:span text:style-name="{name}">{text}</text:span>'
        for name, text in zip("RSH", ("2", ", UD", "x"), strict=True)
    )
    parties = f'<table:table-cell office:value-type="string"><text:p>GD{spans}</text:p></table:table-cell>'
    row = "".join(map(ods_cell, ("1a", "Sloten"))) + ods_cell("Meten.", 'table:style-name="C"') + parties
    body = "".join(f"<table:table-row>{cells}</table:table-row>" for cells in ("".join(map(ods_cell, HEADER)), row))
    ods_file(tmp_path / "a.ods", f'<table:table table:name="Blad1">{body}</table:table>', styles)
    found = read(tmp_path / "a.ods")
    assert [("1a", "Sloten", "Meten.", "GD, UD")] == shown(found)
    assert {("struck-out", "Meten. | GD, UD"), ("note-mark", "GD (2)"), ("hidden-text", "")} == set(said(found))
