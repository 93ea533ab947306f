#!/usr/bin/env bash
# exceljs 4.4.0 (npm): a date that the workbook has written out, 2024-03-01, is a day in July 1905.
#
# A cell with t="d" holds a date as ISO 8601 has it (ECMA-376, part 1, 18.18.11); Excel writes such cells in a workbook that is saved as
# "Strict", and openpyxl 3.1.5 where one says iso_dates. exceljs reads as many digits as a number has: 2024, which counted in days from 1900
# is 16 July 1905, for every day of that year the same. Nothing is said. openpyxl and python-calamine 0.9.1 give the date, and
# read-excel-file 9.3.17 (npm) too. It is known (exceljs/exceljs, issue 2695).
# Seen: of 2024-03-01 and 2024-11-30, exceljs twice 1905-07-16; the others the dates.
# kennis-ld reads such cells as dates (kennis_ld/reading/xlsx.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
npm install --silent --no-audit --no-fund --prefix "$folder" exceljs@4.4.0 read-excel-file@9.3.17
cd "$folder"
venv/bin/python - <<'PYTHON'
import datetime

import openpyxl
import python_calamine

days = [datetime.date(2024, 3, 1), datetime.date(2024, 11, 30)]
workbook = openpyxl.Workbook(iso_dates=True)
workbook.active.append(days)
workbook.save("dates.xlsx")
by_openpyxl = [cell.value for cell in openpyxl.load_workbook("dates.xlsx").active[1]]
by_calamine = python_calamine.CalamineWorkbook.from_path("dates.xlsx").get_sheet_by_index(0).to_python()[0]
print(by_openpyxl, by_calamine)
assert days == by_calamine
assert days == [value.date() if isinstance(value, datetime.datetime) else value for value in by_openpyxl]
PYTHON
cat >read.mjs <<'JAVASCRIPT'
import ExcelJS from "exceljs";
import readWorkbook from "read-excel-file/node";

const workbook = new ExcelJS.Workbook();
await workbook.xlsx.readFile("dates.xlsx");
const [{ data }] = await readWorkbook("dates.xlsx");
const row = workbook.worksheets[0].getRow(1);
const found = [[1, 2].map((column) => row.getCell(column).value), data[0]];
console.log(JSON.stringify(found.map((dates) => dates.map((date) => date.toISOString().slice(0, 10)))));
JAVASCRIPT
found=$(TZ=UTC node read.mjs)
echo "exceljs, read-excel-file: $found"
[ "$found" = '[["1905-07-16","1905-07-16"],["2024-03-01","2024-11-30"]]' ]
