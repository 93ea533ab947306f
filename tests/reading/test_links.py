"""The address behind the words of a link is read from every kind of document that has links."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from kennis_ld.model import SourceRow
from tests.reading import conversions
from tests.reading.campaign import in_this_process
from tests.reading.files import relations, sheet_cell, sheet_parts, sheet_row, word_parts, word_row, zipped

ONE, TWO = "https://venne.example/een?a=1", "http://venne.example/twee"
MAIL = "mailto:an@venne.example"
RUN = "<w:r><w:t>{}</w:t></w:r>"
ADDRESSES = relations(hyperlink=ONE, mail=MAIL).replace("/mail", "/hyperlink").replace("/>", ' TargetMode="External"/>')
LINKED = ((ONE, "meer"), (TWO, "hier"), (MAIL, "mail"))


def docx(path: Path) -> None:
    linked = f'<w:tc><w:p><w:hyperlink r:id="r1">{RUN.format("meer")}</w:hyperlink></w:p></w:tc>'
    field = f'<w:tc><w:p><w:r><w:instrText> HYPERLINK "{TWO}" \\h </w:instrText></w:r>{RUN.format("hier")}</w:p></w:tc>'
    mail = f'<w:tc><w:p><w:hyperlink r:id="r2">{RUN.format("mail")}</w:hyperlink></w:p></w:tc>'
    body = f"<w:tbl>{word_row('a', 'b', 'c')}{word_row(linked, field, mail)}</w:tbl>"
    zipped(path, {**word_parts(body), "word/_rels/document.xml.rels": ADDRESSES})


def xlsx(path: Path) -> None:
    formula = f'<c t="str"><f>HYPERLINK("{TWO}","hier")</f><v>hier</v></c>'
    rows = sheet_row(1, *map(sheet_cell, "abc"))
    rows += sheet_row(2, sheet_cell("meer", "A2"), formula, sheet_cell("mail", "C2"))
    links = '<hyperlinks><hyperlink ref="A2:A3" r:id="r1"/><hyperlink ref="C2" r:id="r2"/></hyperlinks>'
    zipped(path, {**sheet_parts(f"<sheetData>{rows}</sheetData>{links}"), "xl/_rels/sheet1.xml.rels": ADDRESSES})


def open_cells() -> str:
    cell = '<table:table-cell><text:p><text:a xlink:href="{}">{}</text:a></text:p></table:table-cell>'
    cells = "".join(cell.format(*each) for each in LINKED)
    head = "".join(map(conversions.ods_cell, "abc"))
    rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in (head, cells))
    return f"<table:table>{rows}</table:table>"


def ods(path: Path) -> None:
    conversions.ods_file(path, open_cells())


def odt(path: Path) -> None:
    conversions.odt_file(path, open_cells())


def html(path: Path) -> None:
    cells = "".join(f"<td><a href='{address}'>{words}</a>" for address, words in LINKED)
    path.write_text(f"<table><tr><th>a<th>b<th>c</tr><tr>{cells}</tr></table>", encoding="utf-8")


def markdown(path: Path) -> None:
    cells = " | ".join(f"[{words}]({address})" for address, words in LINKED)
    path.write_text(f"| a | b | c |\n|---|---|---|\n| {cells} |\n", encoding="utf-8")


def pdf(path: Path) -> None:
    style = getSampleStyleSheet()["Normal"]
    cells = [Paragraph(f'<a href="{address}">{words}</a>', style) for address, words in LINKED]
    table = Table([["a", "b", "c"], cells], colWidths=[100] * 3, style=[("GRID", (0, 0), (-1, -1), 1, colors.black)])
    SimpleDocTemplate(str(path), pagesize=A4).build([table])


WRITERS = {"docx": docx, "odt": odt, "xlsx": xlsx, "ods": ods, "html": html, "md": markdown, "pdf": pdf}


@pytest.mark.parametrize("kind", WRITERS)
def test_addresses_are_read(kind: str, tmp_path: Path) -> None:
    """That of a web page, beside the words of its cell; that of a mailbox is a person's."""
    path = tmp_path / f"a.{kind}"
    WRITERS[kind](path)
    rows = [row for row in in_this_process(path) if isinstance(row, SourceRow) and row.cells]
    assert [("a", "b", "c"), ("meer", "hier", "mail")] == [row.cells for row in rows]
    assert [(), (ONE, TWO, "")] == [row.links for row in rows]
