"""One name a line, in each kind of document: the line breaks of a cell reach the grammar."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kennis_ld.publication.settings import publication
from tests import pipeline
from tests.publications import SETTINGS, write
from tests.reading.files import paragraph, sheet_parts, sheet_row, word_parts, word_row, word_table, zipped

HEADER = ("nr", "Project", "Beschrijving", "Trekker", "Partners")
ODS = "urn:oasis:names:tc:opendocument:xmlns"


def docx(path: Path) -> None:
    lines = "<w:p><w:r><w:t>ZU</w:t><w:br/><w:t>HD</w:t></w:r></w:p>" + paragraph("Zandlab")
    body = word_table(word_row(*HEADER), word_row("1a", "Sloten", "x", "GZ", f"<w:tc>{lines}</w:tc>"))
    zipped(path, word_parts(body))


def xlsx(path: Path) -> None:
    rows = (sheet_row(1, *HEADER), sheet_row(2, "1a", "Sloten", "x", "GZ", "ZU&#10;- HD&#10;Zandlab"))
    zipped(path, sheet_parts(f"<sheetData>{''.join(rows)}</sheetData>"))


def html(path: Path) -> None:
    head = "".join(f"<th>{cell}</th>" for cell in HEADER)
    cell = "ZU<br>HD<ul><li>Zandlab</li></ul>"
    row = f"<td>1a</td><td>Sloten</td><td>x</td><td>GZ</td><td>{cell}</td>"
    path.write_text(f"<html><body><table><tr>{head}</tr><tr>{row}</tr></table></body></html>", encoding="utf-8")


def csv(path: Path) -> None:
    path.write_text(f'{";".join(HEADER)}\n1a;Sloten;x;GZ;"ZU\nHD\n\n- Zandlab"\n', encoding="utf-8")


def ods(path: Path) -> None:
    def cell(*lines: str) -> str:
        return f"<table:table-cell>{''.join(f'<text:p>{line}</text:p>' for line in lines)}</table:table-cell>"

    rows = "".join(
        f"<table:table-row>{cells}</table:table-row>"
        for cells in (
            "".join(map(cell, HEADER)),
            "".join(map(cell, ("1a", "Sloten", "x", "GZ"))) + cell("ZU<text:line-break/>HD", "Zandlab"),
        )
    )
    content = (
        f"<office:document-content xmlns:office='{ODS}:office:1.0' xmlns:table='{ODS}:table:1.0'"
        f" xmlns:text='{ODS}:text:1.0'><office:body><office:spreadsheet><table:table table:name='Blad'>{rows}"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    zipped(path, {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


@pytest.mark.parametrize("made", [docx, xlsx, html, csv, ods])
def test_a_name_a_line(made: Callable[[Path], None], tmp_path: Path) -> None:
    """Paragraphs, line breaks, Alt-Enter, <br> and list items divide names, whatever the document."""
    name = f"agenda.{made.__name__}"
    city = write(tmp_path / "city", {"publication.toml": SETTINGS.replace("agenda.txt", name)})
    made(city / name)
    (entry,) = pipeline.read(publication(city)).entries["2030"]
    parts = {(part.role.notation, part.organisation) for part in entry.participations}
    assert {("T", "gz"), ("P", "zu"), ("P", "hd"), ("P", "zu-lab")} == parts
