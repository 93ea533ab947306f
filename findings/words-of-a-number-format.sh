#!/usr/bin/env bash
# xlsx2csv 0.8.6 (PyPI), exceljs 4.4.0 (npm): a budget that is shown as "2,5 mln" is a piece of its format, and a length of "12m" is a date.
#
# A format can have words, in quotation marks or each letter behind a backslash, which stand beside the number and say nothing of it
# (ECMA-376, part 1, 18.8.31). xlsx2csv takes a d, m, y, h or s in them for a part of a date, and writes the format with the day of the
# number in it: 2.5 with '0.0 "mln"' becomes '0.0 "01ln"', and of '#,##0" inwoners"' nothing is left but the format. No number is in the
# CSV. exceljs leaves out what is in quotation marks, but not what is behind a backslash: 12 with '0\m', as LibreOffice writes a word of one
# letter, is a day in January 1900. Nothing is said by either. openpyxl 3.1.5 and python-calamine 0.9.1 have the numbers.
# Seen: xlsx2csv 0.0 "01ln", #,##0" inwoners", 001, 2.5; exceljs 2.5 36 1900-01-11 2.5; openpyxl and calamine 2.5 36 12 2.5.
# kennis-ld reads workbooks itself, and shows a number as its format does (kennis_ld/reading/numberformats.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check xlsx2csv==0.8.6 openpyxl==3.1.5 python-calamine==0.9.1
npm install --silent --no-audit --no-fund --prefix "$folder" exceljs@4.4.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import csv
import io

import openpyxl
import python_calamine
import xlsx2csv

workbook = openpyxl.Workbook()
for row, (value, shown) in enumerate(((2.5, '0.0 "mln"'), (36, '#,##0" inwoners"'), (12, r"0\m"), (2.5, '#,##0.0 "euro"')), start=1):
    workbook.active.cell(row, 1, value).number_format = shown
workbook.save("numbers.xlsx")
text = io.StringIO()
xlsx2csv.Xlsx2csv("numbers.xlsx").convert(text)
theirs = [row[0] for row in csv.reader(io.StringIO(text.getvalue()))]
by_openpyxl = [cell.value for cell in openpyxl.load_workbook("numbers.xlsx").active["A"]]
by_calamine = [row[0] for row in python_calamine.CalamineWorkbook.from_path("numbers.xlsx").get_sheet_by_index(0).to_python()]
print("xlsx2csv", theirs, "openpyxl", by_openpyxl, "calamine", by_calamine)
assert ['0.0 "01ln"', '#,##0" inwoners"', "001", "2.5"] == theirs
assert [2.5, 36, 12, 2.5] == by_openpyxl == by_calamine
PYTHON
cat >read.mjs <<'JAVASCRIPT'
import ExcelJS from "exceljs";

const workbook = new ExcelJS.Workbook();
await workbook.xlsx.readFile("numbers.xlsx");
console.log(JSON.stringify([1, 2, 3, 4].map((row) => workbook.worksheets[0].getRow(row).getCell(1).value)));
JAVASCRIPT
found=$(TZ=UTC node read.mjs)
echo "exceljs $found"
[ "$found" = '[2.5,36,"1900-01-11T00:00:00.000Z",2.5]' ]
