"""Writes one and the same agenda as each kind of document, with the libraries that cities' programs are built on.

The rows are those of the text reader: tuples of one cell are headings, the first tuple of several is the header.
"""

from __future__ import annotations

import csv
import html
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import openpyxl
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

Rows = Sequence[tuple[str, ...]]
Writer = Callable[[Rows, Path], None]


def text(rows: Rows, path: Path) -> None:
    """Lines with tabs."""
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


def delimited(delimiter: str, encoding: str) -> Writer:
    """CSV as spreadsheets write it; a heading fills the first cell of its row."""

    def write(rows: Rows, path: Path) -> None:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
        writer.writerows(filled(rows))
        path.write_bytes(out.getvalue().encode(encoding))

    return write


def xlsx(rows: Rows, path: Path) -> None:
    """A sheet with merged headings."""
    book = openpyxl.Workbook()
    sheet = book.active
    width = max(map(len, rows))
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            sheet.cell(number, column).value = cell or None
            sheet.cell(number, column).data_type = "s"
        if len(row) == 1:
            sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=width)
    book.save(path)


ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODS_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content office:version="1.3"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">"""


def ods_cell(content: str, attributes: str = "") -> str:
    """A cell of an ODS sheet, one paragraph a line, blanks as ODF writes them."""
    if not content:
        return f"<table:table-cell {attributes}/>"
    lines = "".join(f"<text:p>{escape(line).replace('  ', ' <text:s/>')}</text:p>" for line in content.split("\n"))
    return f'<table:table-cell office:value-type="string" {attributes}>{lines}</table:table-cell>'


def ods_file(path: Path, body: str, styles: str = "") -> None:
    """An ODS file with this content in its spreadsheet."""
    content = f"{ODS_HEAD}{styles}<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS, zipfile.ZIP_STORED)
        archive.writestr("content.xml", f"{content}</office:document-content>")


def ods(rows: Rows, path: Path) -> None:
    """A sheet whose headings span its columns, followed by the million empty rows that LibreOffice writes."""
    width = max(map(len, rows))
    body = ['<table:table table:name="Agenda"><table:table-column table:number-columns-repeated="16384"/>']
    for row in rows:
        span = f'table:number-columns-spanned="{width}"' if len(row) == 1 else ""
        rest = f'<table:covered-table-cell table:number-columns-repeated="{width - 1}"/>' if len(row) == 1 else ""
        cells = "".join(ods_cell(cell, span) for cell in row)
        body.append(f'<table:table-row>{cells}{rest}<table:table-cell table:number-columns-repeated="16000"/>')
        body.append("</table:table-row>")
    body.append('<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>')
    ods_file(path, "".join([*body, "</table:table>"]))


ODT = "application/vnd.oasis.opendocument.text"


def odt_file(path: Path, body: str, styles: str = "", parts: Mapping[str, str] | None = None) -> None:
    """An ODT file with this content in its text; `parts` are others, by their name without its end."""
    content = f"{ODS_HEAD}<office:automatic-styles>{styles}</office:automatic-styles>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODT, zipfile.ZIP_STORED)
        text = f"{content}<office:body><office:text>{body}</office:text></office:body></office:document-content>"
        archive.writestr("content.xml", text)
        for name, part in (parts or {}).items():
            archive.writestr(f"{name}.xml", part)


def odt_rows(rows: Rows, path: Path) -> None:
    """One table of Writer, with its header in the rows that are repeated and headings as merged rows."""
    width = max(map(len, rows))
    found = []
    for row in rows:
        span = f'table:number-columns-spanned="{width}"' if len(row) == 1 else ""
        rest = f'<table:covered-table-cell table:number-columns-repeated="{width - 1}"/>' if span and width > 1 else ""
        found.append(f"<table:table-row>{''.join(ods_cell(cell, span) for cell in row)}{rest}</table:table-row>")
    column = f'<table:table-column table:number-columns-repeated="{width}"/>'
    odt_file(path, f'<table:table table:name="Agenda">{column}{"".join(found)}</table:table>')


def odt_headings(rows: Rows, path: Path) -> None:
    """A table of Writer for each theme, each with the header, under a heading."""
    header = next(row for row in rows if len(row) > 1)
    body = ["<text:p>De agenda van deze stad.</text:p>"]
    for is_heading, group in groupby((row for row in rows if row != header), key=lambda row: len(row) == 1):
        if is_heading:
            body += [f'<text:h text:outline-level="2">{escape(heading)}</text:h>' for (heading,) in group]
            continue
        head, *lines = (f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in [header, *group])
        column = f'<table:table-column table:number-columns-repeated="{len(header)}"/>'
        head = f"<table:table-header-rows>{head}</table:table-header-rows>"
        body.append(f"<table:table>{column}{head}{''.join(lines)}</table:table>")
    odt_file(path, "".join(body))


def docx_rows(rows: Rows, path: Path) -> None:
    """One Word table, with headings as merged rows."""
    document = docx.Document()
    width = max(map(len, rows))
    table = document.add_table(rows=len(rows), cols=width)
    for number, row in enumerate(rows):
        cells = table.row_cells(number)
        target = cells[0].merge(cells[-1]) if len(row) == 1 else None
        for cell, content in zip([target] if target else cells, row, strict=False):
            cell.paragraphs[0].add_run(content)
    document.save(path)


def docx_headings(rows: Rows, path: Path) -> None:
    """A Word table for each theme, each with the header, under a Word heading."""
    document = docx.Document()
    document.add_paragraph("De agenda van deze stad.")
    header = next(row for row in rows if len(row) > 1)
    body = [row for row in rows if row != header]
    for is_heading, group in groupby(body, key=lambda row: len(row) == 1):
        part = list(group)
        if is_heading:
            for (heading,) in part:
                document.add_heading(heading, level=2)
            continue
        table = document.add_table(rows=0, cols=len(header))
        for row in [header, *part]:
            for cell, content in zip(table.add_row().cells, row, strict=True):
                cell.text = content
    document.save(path)


def html_page(rows: Rows, path: Path) -> None:
    """A web page with one table; end tags that may be left out are left out."""
    width = max(map(len, rows))
    lines = ["<!DOCTYPE html><html lang=nl><head><meta charset=utf-8><title>Agenda</title></head><body><table>"]
    for row in rows:
        if len(row) == 1:
            lines.append(f'<tr><th colspan="{width}">{html.escape(row[0])}')
        else:
            lines.append("<tr>" + "".join(f"<td>{html.escape(cell)}" for cell in row))
    path.write_text("\n".join([*lines, "</table></body></html>"]), encoding="utf-8")


def html_headings(rows: Rows, path: Path) -> None:
    """A web page with a heading and a table for each theme; the head of the table stands in `thead`."""
    header = next(row for row in rows if len(row) > 1)
    lines = ["<html><body><p>De agenda van deze stad.</p>"]
    for is_heading, group in groupby((row for row in rows if row != header), key=lambda row: len(row) == 1):
        if is_heading:
            lines += [f"<h2>{html.escape(heading)}</h2>" for (heading,) in group]
            continue
        lines.append(
            "<table><thead><tr>" + "".join(f"<th>{html.escape(cell)}</th>" for cell in header) + "</tr></thead>"
        )
        lines += ["<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in group]
        lines.append("</table>")
    path.write_text("\n".join([*lines, "</body></html>"]), encoding="utf-8")


STYLE = ParagraphStyle("cel", fontName="Helvetica", fontSize=8, leading=10)


def pdf(rows: Rows, path: Path, *, head: str = "Kennisagenda") -> None:
    """A table over pages, with its head repeated, rows broken over pages, a running head and page numbers."""
    width = max(map(len, rows))
    start = next(at for at, row in enumerate(rows) if len(row) > 1)
    table_rows = [row if any(row[1:]) else row[:1] for row in rows[start:]]
    cells = [[Paragraph(html.escape(cell), STYLE) for cell in row] + [""] * (width - len(row)) for row in table_rows]
    spans = [("SPAN", (0, at), (-1, at)) for at, row in enumerate(table_rows) if len(row) == 1]
    looks = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP"), *spans]
    table = Table(cells, colWidths=_widths(table_rows, width), repeatRows=1, splitInRow=1, style=TableStyle(looks))

    def decorate(canvas: object, document: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)  # type: ignore[attr-defined]
        canvas.drawString(60, 575, head)  # type: ignore[attr-defined]
        canvas.drawString(400, 20, f"Pagina {document.page}")  # type: ignore[attr-defined]

    story: list[Flowable] = [*(Paragraph(html.escape(row[0]), STYLE) for row in rows[:start]), Spacer(1, 8), table]
    pages = SimpleDocTemplate(str(path), pagesize=landscape(A4), topMargin=40, bottomMargin=40, invariant=1)
    pages.build(story, onFirstPage=decorate, onLaterPages=decorate)


def _widths(rows: Rows, width: int) -> list[float]:
    """Widths at which no word is broken; what is left goes to the columns with most text."""
    columns = [[row[at] for row in rows if len(row) > at and len(row) > 1] for at in range(width)]
    words = ([word for cell in cells for word in cell.split()] for cells in columns)
    least = [
        14 + max((stringWidth(word, STYLE.fontName, STYLE.fontSize) for word in found), default=20) for found in words
    ]
    texts = [1 + sum(map(len, cells)) for cells in columns]
    return [few + max(0.0, 750 - sum(least)) * size / sum(texts) for few, size in zip(least, texts, strict=True)]


def filled(rows: Rows) -> Rows:
    """The rows, all of one width."""
    width = max(map(len, rows))
    return [row + ("",) * (width - len(row)) for row in rows]


WRITERS: Mapping[str, Writer] = {
    "tekst.txt": text,
    "komma.csv": delimited(",", "utf-8"),
    "puntkomma.csv": delimited(";", "utf-8-sig"),
    "windows.csv": delimited(";", "cp1252"),
    "utf16.csv": delimited("\t", "utf-16"),
    "utf16le.csv": delimited("|", "utf-16-le"),
    "utf16be.csv": delimited("\t", "utf-16-be"),
    "tab.tsv": delimited("\t", "utf-8"),
    "blad.xlsx": xlsx,
    "blad.ods": ods,
    "tabel.odt": odt_rows,
    "koppen.odt": odt_headings,
    "tabel.docx": docx_rows,
    "koppen.docx": docx_headings,
    "tabel.html": html_page,
    "koppen.html": html_headings,
    "tabel.pdf": pdf,
}
"""How to write each kind, by the name of the document."""
