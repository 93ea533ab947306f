#!/usr/bin/env bash
# tablib 3.10.0 (PyPI): 1000, which a Dutch OpenDocument sheet shows as "1.000", is read as 1, and a text until its first bold word.
#
# The number of a cell stands in office:value, and beside it, in paragraphs, what people see (OpenDocument 1.3, part 3, "Attributes",
# office:value). tablib goes down to the first piece of text and makes a number of it: of "1.000" 1, of 2.75 without decimals 3, and of
# "1.000,50" an error that ends the reading. A text is cut off at its first end of line, and at its first word with a look of its own,
# text:span: of two partners on two lines one is left, and behind "Lead: " no name. pandas 3.1.1, which takes the same odfpy 1.4.1, has all.
# Seen: tablib 1.0 3.0 GL "Lead: ", ValueError; pandas 1000 2.75 GL\nUL "Lead: HsL".
# kennis-ld reads sheets itself, with all that people see in a cell (kennis_ld/reading/ods.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tablib==3.10.0 pandas==3.1.1 odfpy==1.4.1
"$folder/venv/bin/python" - <<'PYTHON'
import io

import pandas
import tablib
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P, Span


def cell(*paragraphs, **value):
    made = TableCell(**(value or {"valuetype": "string"}))
    for paragraph in paragraphs:
        made.addElement(paragraph)
    return made


def number(shown, value):
    return cell(P(text=shown), valuetype="float", value=value)


def file(*cells):
    document, table, row = OpenDocumentSpreadsheet(), Table(name="Sheet"), TableRow()
    for each in cells:
        row.addElement(each)
    table.addElement(row)
    document.spreadsheet.addElement(table)
    made = io.BytesIO()
    document.write(made)
    return io.BytesIO(made.getvalue())


lead = P(text="Lead: ")
lead.addElement(Span(text="HsL"))
sheet = file(number("1.000", "1000"), number("3", "2.75"), cell(P(text="GL"), P(text="UL")), cell(lead))
found = list(tablib.Dataset().load(sheet, format="ods", headers=False)[0])
other = pandas.read_excel(sheet, header=None, engine="odf").values.tolist()[0]
try:
    tablib.Dataset().load(file(number("1.000,50", "1000.5")), format="ods", headers=False)
    ended = ""
except ValueError as error:
    ended = type(error).__name__
print("tablib", found, ended, "pandas", other)
assert [1.0, 3.0, "GL", "Lead: "] == found
assert "ValueError" == ended
assert [1000, 2.75, "GL\nUL", "Lead: HsL"] == other
PYTHON
