#!/usr/bin/env bash
# exceljs 4.4.0, read-excel-file 9.3.17 (npm): once LibreOffice has saved a workbook that counts from 1904, its dates are four years earlier.
#
# Days are counted from 1900, or, as old workbooks from a Mac do, from 1904: date1904 says so (ECMA-376, part 1, 18.2.28, 18.17.4.1). It is
# an xsd:boolean, of which "1" and "true" are the same (XSD 1.1, part 2, 3.3.2.2). Excel writes "1", LibreOffice "true", and both libraries
# know the first only: whoever opens and saves a file there changes all its dates for the next program, though neither shows another.
# Nothing is said. openpyxl 3.1.5 and python-calamine 0.9.1 have the same date in both.
# Seen, of 1 March 2024, with "1" and "true": exceljs and read-excel-file 2024-03-01 2020-02-29; openpyxl and calamine twice 2024-03-01.
# kennis-ld knows both words (kennis_ld/reading/xlsx.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
npm install --silent --no-audit --no-fund --prefix "$folder" exceljs@4.4.0 read-excel-file@9.3.17
cd "$folder"
venv/bin/python - <<'PYTHON'
import datetime
import zipfile

import openpyxl
import python_calamine
from openpyxl.utils.datetime import CALENDAR_MAC_1904

day = datetime.date(2024, 3, 1)
workbook = openpyxl.Workbook()
workbook.epoch = CALENDAR_MAC_1904
workbook.active.append([day])
workbook.save("1.xlsx")
with zipfile.ZipFile("1.xlsx") as one, zipfile.ZipFile("true.xlsx", "w") as other:
    for name in one.namelist():
        content = one.read(name)
        assert name != "xl/workbook.xml" or b'date1904="1"' in content
        other.writestr(name, content.replace(b'date1904="1"', b'date1904="true"'))
for path in ("1.xlsx", "true.xlsx"):
    assert day == openpyxl.load_workbook(path).active["A1"].value.date()
    assert [[day]] == python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
PYTHON
cat >read.mjs <<'JAVASCRIPT'
import ExcelJS from "exceljs";
import readWorkbook from "read-excel-file/node";

const found = [];
for (const name of ["1.xlsx", "true.xlsx"]) {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(name);
    const [{ data }] = await readWorkbook(name);
    const dates = [workbook.worksheets[0].getCell("A1").value, data[0][0]];
    found.push(dates.map((date) => date.toISOString().slice(0, 10)));
}
console.log(JSON.stringify(found));
JAVASCRIPT
found=$(TZ=UTC node read.mjs)
echo "exceljs and read-excel-file: $found"
[ "$found" = '[["2024-03-01","2024-03-01"],["2020-02-29","2020-02-29"]]' ]
