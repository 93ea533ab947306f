#!/usr/bin/env bash
# pyexcel-ods 0.6.0 (PyPI): beside merged cells a row moves up a column, and of two equal rows one is gone.
#
# Under a cell that is merged downward stands a table:covered-table-cell, which has the place of a cell (OpenDocument 1.3, part 3, 9.1.5).
# pyexcel-ods leaves it out, so the next cell comes under another heading: a number is read as a theme. Rows that are the same can be
# written once, with table:number-rows-repeated; it reads such a row once. pandas 3.1.1, which takes the same odfpy 1.4.1, keeps
# the places and gives both rows.
# Seen: pyexcel-ods [['Water', '1'], ['2'], ['x', 'y']], pandas [['Water', '1'], ['', '2'], ['x', 'y'], ['x', 'y']].
# kennis-ld reads sheets itself, and keeps the place of every cell (kennis_ld/reading/ods.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyexcel-ods==0.6.0 pandas==3.1.1 odfpy==1.4.1
"$folder/venv/bin/python" - <<'PYTHON'
import io

import pandas
import pyexcel_ods
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P


def cell(words, **more):
    made = TableCell(valuetype="string", **more)
    made.addElement(P(text=words))
    return made


document, table = OpenDocumentSpreadsheet(), Table(name="Sheet")
for cells, more in (
    ((cell("Water", numberrowsspanned=2), cell("1")), {}),
    ((CoveredTableCell(), cell("2")), {}),
    ((cell("x"), cell("y")), {"numberrowsrepeated": 2}),
):
    row = TableRow(**more)
    for each in cells:
        row.addElement(each)
    table.addElement(row)
document.spreadsheet.addElement(table)
file = io.BytesIO()
document.write(file)

found = pyexcel_ods.get_data(io.BytesIO(file.getvalue()))["Sheet"]
other = pandas.read_excel(file, header=None, keep_default_na=False, engine="odf").values.tolist()
print("pyexcel-ods", found, "pandas", other)
assert [["Water", "1"], ["2"], ["x", "y"]] == found
assert [["Water", "1"], ["", "2"], ["x", "y"], ["x", "y"]] == other
PYTHON
