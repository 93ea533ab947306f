#!/usr/bin/env bash
# xlsx2csv 0.8.6 (PyPI): of a workbook whose rows have no number the CSV is empty; exceljs 4.4.0 and read-excel-file 9.3.17 (npm) do not open it.
#
# A row says its number and a cell its address in r, and both may be left out: a row is then the next one, and a cell the next in its row (ECMA-376,
# part 1, 18.3.1.73 and 18.3.1.4). Some programs that write a great deal leave them out. xlsx2csv passes over rows without a number, so there is no
# row, and no message. Both libraries of npm stop with an error about something else. openpyxl 3.1.5, python-calamine 0.9.1 (PyPI) and SheetJS
# 0.18.5 (npm) read all.
# Seen: xlsx2csv nothing, the rows once they have a number; openpyxl, calamine and SheetJS the rows.
# kennis-ld reads such workbooks (kennis_ld/reading/xlsx.py), and writes addresses.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1 xlsx2csv==0.8.6
npm install --silent --no-audit --no-fund --prefix "$folder" exceljs@4.4.0 read-excel-file@9.3.17 xlsx@0.18.5
cd "$folder"
venv/bin/python - <<'PYTHON'
import io
import re
import zipfile

import openpyxl
import python_calamine
from xlsx2csv import Xlsx2csv

ROWS = [["project", "lead"], ["Park", "GL"]]
book = openpyxl.Workbook()
for row in ROWS:
    book.active.append(row)
book.save("with.xlsx")
with zipfile.ZipFile("with.xlsx") as old, zipfile.ZipFile("without.xlsx", "w") as new:
    for name in old.namelist():
        part = old.read(name)
        new.writestr(name, re.sub(rb'(<(?:row|c)) r="[A-Z]*[0-9]+"', rb"\1", part) if name.endswith("sheet1.xml") else part)

written = []
for file in ("without.xlsx", "with.xlsx"):
    text = io.StringIO()
    Xlsx2csv(file).convert(text)
    written.append(text.getvalue())
    assert ROWS == [list(row) for row in openpyxl.load_workbook(file).active.values]
    assert ROWS == python_calamine.CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
print("xlsx2csv", written)
assert ["", "project,lead\nPark,GL\n"] == written
PYTHON
cat >read.mjs <<'JAVASCRIPT'
import Excel from "exceljs";
import readExcel from "read-excel-file/node";
import XLSX from "xlsx";

const refused = [];
await new Excel.Workbook().xlsx.readFile("without.xlsx").catch((error) => refused.push(error.message));
await readExcel("without.xlsx").catch((error) => refused.push(error.message));
const { Sheets } = XLSX.readFile("without.xlsx");
console.error(refused.join("; "));
console.log(refused.length, JSON.stringify(XLSX.utils.sheet_to_json(Sheets.Sheet, { header: 1 })));
JAVASCRIPT
found=$(node read.mjs)
echo "exceljs and read-excel-file refuse, SheetJS: $found"
[ "$found" = '2 [["project","lead"],["Park","GL"]]' ]
