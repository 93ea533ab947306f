#!/usr/bin/env bash
# python-calamine 0.9.1, pandas 3.1.1 with odfpy 1.4.1 (PyPI): two names with a tab between them are one word in an OpenDocument sheet.
#
# A tab in a text is an element, text:tab, and so is an end of line within a paragraph, text:line-break (OpenDocument 1.3, part 3, 6.1.4 and
# 6.1.5). LibreOffice writes a tab in a cell so. Both leave the tab out, so "GL" and "UL" are "GLUL", a name that no register has; calamine
# leaves the end of line out too. Nothing is said. Several spaces, text:s, and paragraphs are read by both. pyexcel-ods3 0.6.1, which takes
# the same file apart as well, has all four.
# Seen, of a tab and an end of line: calamine GLUL GLUL; odf GLUL 'GL\nUL'; pyexcel-ods3 'GL\tUL' 'GL\nUL'.
# kennis-ld reads sheets itself, a tab as a space (kennis_ld/reading/odf.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 pandas==3.1.1 odfpy==1.4.1 pyexcel-ods3==0.6.1
"$folder/venv/bin/python" - "$folder/names.ods" <<'PYTHON'
import sys

import pandas
import pyexcel_ods3
import python_calamine
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import LineBreak, P, S, Tab

document, table, row = OpenDocumentSpreadsheet(), Table(name="Sheet"), TableRow()
for between in (Tab(), LineBreak(), S(c=2), None):
    cell, paragraph = TableCell(valuetype="string"), P(text="GL")
    cell.addElement(paragraph)
    if between is None:
        cell.addElement(P(text="UL"))
    else:
        paragraph.addElement(between)
        paragraph.addText("UL")
    row.addElement(cell)
table.addElement(row)
document.spreadsheet.addElement(table)
document.save(sys.argv[1])

found = {
    "calamine": python_calamine.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()[0],
    "odf": pandas.read_excel(sys.argv[1], header=None, engine="odf").values.tolist()[0],
    "pyexcel-ods3": pyexcel_ods3.get_data(sys.argv[1])["Sheet"][0],
}
print(found)
rest = ["GL  UL", "GL\nUL"]
assert ["GLUL", "GLUL", *rest] == found["calamine"]
assert ["GLUL", "GL\nUL", *rest] == found["odf"]
assert ["GL\tUL", "GL\nUL", *rest] == found["pyexcel-ods3"]
PYTHON
