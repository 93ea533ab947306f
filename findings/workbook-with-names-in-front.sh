#!/usr/bin/env bash
# xlsx2csv 0.8.6 (PyPI), exceljs 4.4.0 (npm): of a workbook whose elements have a prefix, x:row, no text is left, or no row.
#
# The namespace of an element counts, and not the prefix that stands for it (Namespaces in XML 1.0, section 6). Programs made with Microsoft's
# Open XML SDK write x:worksheet, x:row, x:c. xlsx2csv gives the numbers of such a sheet, and an empty text for every name in it; the
# streaming reader of exceljs gives no row at all. Neither says a word; the other reader of exceljs stops. openpyxl 3.1.5,
# python-calamine 0.9.1 and read-excel-file 9.3.17 (npm) read the sheet as it is.
# Seen, of a row "Park" 2024: xlsx2csv '' 2024, exceljs 0 rows, the others Park 2024.
# kennis-ld goes by the namespace (kennis_ld/reading/xmlstream.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1 xlsx2csv==0.8.6
npm install --silent --no-audit --no-fund --prefix "$folder" exceljs@4.4.0 read-excel-file@9.3.17
cd "$folder"
venv/bin/python - <<'PYTHON'
import csv
import io
import re
import zipfile

import openpyxl
import python_calamine
import xlsx2csv

workbook = openpyxl.Workbook()
workbook.active.append(["Park", 2024])
workbook.save("plain.xlsx")
MAIN = b'="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
with zipfile.ZipFile("plain.xlsx") as one, zipfile.ZipFile("prefix.xlsx", "w") as other:
    for name in one.namelist():
        content = one.read(name)
        if b"xmlns" + MAIN in content:
            content = re.sub(rb"<(/?)([a-zA-Z]+)(?=[\s/>])", rb"<\1x:\2", content.replace(b"xmlns" + MAIN, b"xmlns:x" + MAIN))
        other.writestr(name, content)
text = io.StringIO()
xlsx2csv.Xlsx2csv("prefix.xlsx").convert(text)
found = list(csv.reader(io.StringIO(text.getvalue())))
others = [list(row) for row in openpyxl.load_workbook("prefix.xlsx").active.values]
others += python_calamine.CalamineWorkbook.from_path("prefix.xlsx").get_sheet_by_index(0).to_python()
print("xlsx2csv", found, "openpyxl, calamine", others)
assert [["", "2024"]] == found
assert [["Park", 2024]] * 2 == others
PYTHON
cat >read.mjs <<'JAVASCRIPT'
import ExcelJS from "exceljs";
import readWorkbook from "read-excel-file/node";

for (const name of ["plain.xlsx", "prefix.xlsx"]) {
    const found = [];
    for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader(name)) {
        for await (const row of sheet) {
            found.push(row.values.slice(1));
        }
    }
    const [{ data }] = await readWorkbook(name);
    console.log(JSON.stringify([found, data]));
}
JAVASCRIPT
found=$(node read.mjs | paste -s -d '|')
echo "exceljs, read-excel-file: $found"
[ "$found" = '[[["Park",2024]],[["Park",2024]]]|[[],[["Park",2024]]]' ]
