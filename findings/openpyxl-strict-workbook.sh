#!/usr/bin/env bash
# openpyxl 3.1.5 (PyPI), and tablib 3.10.0 with it: a workbook that was saved as "Strict" has no sheets.
#
# A workbook can be of the transitional or of the strict kind (ECMA-376, part 1, chapter 2, and part 4): Excel saves the second as
# "Strict Open XML Spreadsheet", which some archives ask for. It has the same elements in other namespaces. openpyxl knows those of the first
# only, and gives a workbook without a sheet, with a warning of an "invalid specification for 0". tablib falls over
# that. python-calamine 0.9.1 and xlsx2csv 0.8.6 read both.
# Seen: sheets in openpyxl 1 and 0, rows in calamine and xlsx2csv the same for both.
# kennis-ld reads both (kennis_ld/reading/xmlstream.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 tablib==3.10.0 python-calamine==0.9.1 xlsx2csv==0.8.6
cd "$folder"
venv/bin/python - <<'PYTHON'
import csv
import io
import zipfile

import openpyxl
import python_calamine
import tablib
import xlsx2csv

OLD, NEW = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
NAMES = {
    OLD + b"spreadsheetml/2006/main": NEW + b"spreadsheetml/main",
    OLD + b"officeDocument/2006/relationships": NEW + b"officeDocument/relationships",
    OLD + b"officeDocument/2006/extended-properties": NEW + b"officeDocument/extendedProperties",
    OLD + b"drawingml/2006/main": NEW + b"drawingml/main",
    b"<workbook ": b'<workbook conformance="strict" ',
}
workbook = openpyxl.Workbook()
workbook.active.append(["1b", "Park", "GL"])
workbook.save("transitional.xlsx")
with zipfile.ZipFile("transitional.xlsx") as one, zipfile.ZipFile("strict.xlsx", "w") as other:
    for name in one.namelist():
        content = one.read(name)
        for old, new in NAMES.items():
            content = content.replace(old, new)
        other.writestr(name, content)
sheets, rows = [], []
for path in ("transitional.xlsx", "strict.xlsx"):
    sheets.append(len(openpyxl.load_workbook(path).worksheets))
    rows.append(python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())
    text = io.StringIO()
    xlsx2csv.Xlsx2csv(path).convert(text)
    rows.append(list(csv.reader(io.StringIO(text.getvalue()))))
try:
    tablib.Dataset().load(open("strict.xlsx", "rb"), format="xlsx", headers=False)
    ended = ""
except AttributeError as error:
    ended = str(error)
print("openpyxl", sheets, "calamine, xlsx2csv", rows, "tablib", ended)
assert [1, 0] == sheets
assert [[["1b", "Park", "GL"]]] * 4 == rows
assert ended
PYTHON
