#!/usr/bin/env bash
# pandas 3.1.1 with odfpy 1.4.1, python-calamine 0.9.1 (PyPI), SheetJS 0.18.5 (npm): a text box on a cell of an OpenDocument sheet changes the name in it.
#
# A text box or a call-out that LibreOffice anchors to a cell is written within that cell, behind its paragraphs: draw:frame and draw:text-box,
# which have paragraphs of their own (OpenDocument 1.3, part 3, under these names). The text of the cell is that of its own paragraphs; LibreOffice
# saves it so as CSV. pandas and calamine take all paragraphs that they find, so "GL" with "nieuw" beside it is "GLnieuw", or two names on two
# lines, of which the second is an organisation; for SheetJS the cell is empty. Nothing is said. pyexcel-ods3 0.6.1 and odfdo 3.27.3 (PyPI) have
# "GL".
# Seen: pandas GLnieuw, calamine GL\nnieuw, SheetJS no cell, pyexcel-ods3 and odfdo GL, LibreOffice GL.
# kennis-ld says that there is a text box, and keeps it out of the cell (kennis_ld/reading/ods.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 odfpy==1.4.1 python-calamine==0.9.1 pyexcel-ods3==0.6.1 odfdo==3.27.3
npm install --silent --no-audit --no-fund --prefix "$folder" xlsx@0.18.5
cd "$folder"
venv/bin/python - <<'PYTHON'
import pandas
import pyexcel_ods3
import python_calamine
from odf import draw, opendocument, table, text
from odfdo import Document

document = opendocument.OpenDocumentSpreadsheet()
sheet = table.Table(name="Projecten")
for number, name in enumerate(("lead", "GL")):
    cell = table.TableCell(valuetype="string")
    cell.addElement(text.P(text=name))
    if number:
        frame = draw.Frame(width="2cm", height="1cm", x="0cm", y="1cm")
        box = draw.TextBox()
        box.addElement(text.P(text="nieuw"))
        frame.addElement(box)
        cell.addElement(frame)
    row = table.TableRow()
    row.addElement(cell)
    sheet.addElement(row)
document.spreadsheet.addElement(sheet)
document.save("box.ods")

found = {
    "pandas": pandas.read_excel("box.ods", engine="odf").values.tolist()[0],
    "calamine": python_calamine.CalamineWorkbook.from_path("box.ods").get_sheet_by_index(0).to_python()[1],
    "pyexcel-ods3": pyexcel_ods3.get_data("box.ods")["Projecten"][1],
    "odfdo": Document("box.ods").body.tables[0].get_values()[1],
}
print(found)
assert {"pandas": ["GLnieuw"], "calamine": ["GL\nnieuw"], "pyexcel-ods3": ["GL"], "odfdo": ["GL"]} == found
PYTHON
found=$(node -e 'const { A1, A2 } = require("xlsx").readFile("box.ods").Sheets.Projecten; console.log(A1.v, A2)')
echo "SheetJS $found"
[ "$found" = "lead undefined" ]
command -v soffice >soffice.txt || exit 0 # the rest is seen where LibreOffice is
soffice "-env:UserInstallation=file://$folder/office" --headless --convert-to csv box.ods >office.txt 2>&1
echo "LibreOffice $(paste -s -d '|' box.csv)"
[ "$(paste -s -d '|' box.csv)" = "lead|GL" ]
