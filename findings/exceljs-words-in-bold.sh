#!/usr/bin/env bash
# exceljs 4.4.0 (npm): of a cell with a word in bold, as openpyxl 3.1.5 (PyPI) writes it, its streaming reader gives the last piece.
#
# Words of one cell can look different: the text is then in runs, r, in the list of shared texts or, with t="inlineStr", in the cell itself
# (ECMA-376, part 1, 18.3.1.53, is), and the runs together are the text. openpyxl writes CellRichText in the cell. The streaming reader of exceljs
# keeps the last run: of "Lead: GL" with "Lead: " in bold that looks like what one wants, of "Gemeente Delta en GL" with "Delta" in bold the
# organisation is gone. Nothing is said. Its other reader, python-calamine 0.9.1 (PyPI) and read-excel-file 9.3.17 (npm) have all words.
# Seen: streaming " en GL", the others "Gemeente Delta en GL".
# kennis-ld reads all runs (kennis_ld/reading/xlsx.py), and writes none (docs/clients.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
npm install --silent --no-audit --no-fund --prefix "$folder" exceljs@4.4.0 read-excel-file@9.3.17
cd "$folder"
venv/bin/python - <<'PYTHON'
import openpyxl
import python_calamine
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

book = openpyxl.Workbook()
book.active.append([CellRichText("Gemeente ", TextBlock(InlineFont(b=True), "Delta"), " en GL")])
book.save("bold.xlsx")
(row,) = python_calamine.CalamineWorkbook.from_path("bold.xlsx").get_sheet_by_index(0).to_python()
print("calamine", row)
assert ["Gemeente Delta en GL"] == row
PYTHON
cat >read.mjs <<'JAVASCRIPT'
import Excel from "exceljs";
import readExcel from "read-excel-file/node";

const found = [];
for await (const sheet of new Excel.stream.xlsx.WorkbookReader("bold.xlsx", { sharedStrings: "cache", styles: "cache" })) {
    for await (const row of sheet) found.push(row.getCell(1).value);
}
const book = new Excel.Workbook();
await book.xlsx.readFile("bold.xlsx");
found.push(book.worksheets[0].getCell("A1").text, (await readExcel("bold.xlsx"))[0].data[0][0]);
console.log(JSON.stringify(found));
JAVASCRIPT
found=$(node read.mjs)
echo "exceljs streaming, exceljs, read-excel-file $found"
[ "$found" = '[" en GL","Gemeente Delta en GL","Gemeente Delta en GL"]' ]
