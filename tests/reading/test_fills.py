"""The colour behind a cell is read from every kind of document that has colours, in each way that it says them."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

from kennis_ld.model import SourceRow
from kennis_ld.reading.colours import colour, tinted
from tests.reading import conversions
from tests.reading.campaign import in_this_process
from tests.reading.files import SHEET, paragraph, sheet_cell, sheet_parts, sheet_row, word, word_row, zipped

GREEN = "92d050"
THEME = "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'"


def xlsx(path: Path) -> None:
    fills = (
        "<patternFill patternType='none'/>",
        f"<patternFill patternType='solid'><fgColor rgb='FF{GREEN.upper()}'/></patternFill>",
        "<patternFill patternType='solid'><fgColor theme='4' tint='0.5'/></patternFill>",
        "<patternFill patternType='solid'><fgColor indexed='10'/></patternFill>",
        "<patternFill patternType='solid'><fgColor theme='0'/></patternFill>",
        "<patternFill patternType='gray125'/>",
    )
    styles = f"<styleSheet xmlns='{SHEET}'><fills>{''.join(f'<fill>{fill}</fill>' for fill in fills)}</fills><cellXfs>"
    styles += "".join(f"<xf fillId='{at}'/>" for at in range(len(fills))) + "</cellXfs></styleSheet>"
    theme = f"<a:theme {THEME}><a:themeElements><a:clrScheme>"
    theme += "<a:dk1><a:sysClr val='windowText' lastClr='000000'/></a:dk1><a:lt1><a:srgbClr val='FFFFFF'/></a:lt1>"
    theme += "<a:dk2><a:srgbClr val='44546A'/></a:dk2><a:lt2><a:srgbClr val='E7E6E6'/></a:lt2>"
    theme += "<a:accent1><a:srgbClr val='4472C4'/></a:accent1></a:clrScheme></a:themeElements></a:theme>"
    cells = "".join(f"<c s='{at}'/>" for at in range(1, 6))
    rows = [sheet_row(1, *(sheet_cell(head) for head in "abcdef")), f"<row r='2'>{sheet_cell('1')}{cells}</row>"]
    zipped(path, sheet_parts(f"<sheetData>{''.join(rows)}</sheetData>", styles=styles, theme=theme))


def ods(path: Path) -> None:
    style = "<style:style style:name='{}' style:family='table-cell' {}><style:table-cell-properties {}/></style:style>"
    styles = style.format("g", "", f"fo:background-color='#{GREEN}'") + style.format(
        "k", "style:parent-style-name='g'", ""
    )
    styles += style.format("w", "style:parent-style-name='g'", "fo:background-color='transparent'")
    rows = "<table:table-row>" + "".join(conversions.ods_cell(head) for head in "abcd") + "</table:table-row>"
    cells = "".join(f"<table:table-cell table:style-name='{name}'/>" for name in "gkw")
    rows += f"<table:table-row>{conversions.ods_cell('1')}{cells}</table:table-row>"
    conversions.ods_file(path, f'<table:table table:name="Agenda">{rows}</table:table>', styles)


def docx(path: Path) -> None:
    cell = "<w:tc><w:tcPr><w:shd w:val='clear' w:color='auto' w:fill='{}'/></w:tcPr><w:p/></w:tc>"
    rows = word_row("a", "b", "c") + word_row("1", cell.format(GREEN.upper()), cell.format("auto"))
    word(path, f"{paragraph('Titel')}<w:tbl>{rows}</w:tbl>")


def html(path: Path) -> None:
    head = "<style>.af { background: #9d5 } td.mee { background-color: rgb(146, 208, 80) }</style>"
    cells = f"<td bgcolor='#{GREEN}'><td style='color: red; background-color: limegreen'><td class='af'>"
    page = f"{head}<table><tr><td>a<td>b<td>c<td>d</tr><tr><td>1{cells}</tr>"
    path.write_text(f"{page}<tr bgcolor='red'><td>2<td bgcolor='#00f'><td><td></tr></table>", encoding="utf-8")


def pdf(path: Path) -> None:
    looks = [("GRID", (0, 0), (-1, -1), 1, colors.black), ("BACKGROUND", (1, 1), (1, 1), colors.HexColor(f"#{GREEN}"))]
    table = Table([["a", "b", "c"], ["1", "", ""], ["2", "", ""]], colWidths=[100] * 3, style=TableStyle(looks))
    SimpleDocTemplate(str(path), pagesize=A4).build([table])


EXPECTED = {
    "xlsx": [("", GREEN, "a2b8e2", "ff0000", "", "")],
    "ods": [("", GREEN, GREEN, "")],
    "docx": [("", GREEN, "")],
    "html": [("", GREEN, "32cd32", "99dd55"), ("ff0000", "0000ff", "ff0000", "ff0000")],
    "pdf": [("", GREEN, "")],
}
WRITERS = {"xlsx": xlsx, "ods": ods, "docx": docx, "html": html, "pdf": pdf}


@pytest.mark.parametrize("kind", EXPECTED)
def test_colours_are_read(kind: str, tmp_path: Path) -> None:
    """Own, of a style, of a theme with a tint, of a palette, of a row; white, none and transparent are no colour."""
    path = tmp_path / f"a.{kind}"
    WRITERS[kind](path)
    rows = [row for row in in_this_process(path) if isinstance(row, SourceRow)]
    assert EXPECTED[kind] == [row.fills for row in rows if row.fills]


def test_what_is_no_colour() -> None:
    """A word that is no colour, a picture and a colour that nobody sees are none."""
    given = ("", "auto", "none", "url(x.png)", "rgba(1, 2, 3, 0)", "white", "#ffffff", "FFFFFFFF", "#12", "inherit")
    assert [""] * len(given) == list(map(colour, given))
    assert ("808080", "404040") == (tinted("000000", 0.5), tinted("808080", -0.5))
