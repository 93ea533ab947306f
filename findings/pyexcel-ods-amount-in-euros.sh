#!/usr/bin/env bash
# pyexcel-ods 0.6.0, pyexcel-ods3 0.6.1 (PyPI): an amount in euros of an OpenDocument sheet is the text "1500 EUR".
#
# A cell that is shown as money has its number in office:value, as any number, and says with office:value-type="currency" and office:currency what
# money it is (OpenDocument 1.3, part 3, "Attributes"). LibreOffice writes so as soon as one presses its button for money. Both put the two
# together: in a column of budgets, of which some were made up as money and some not, these are texts among numbers, and a sum passes over them, or
# stops. Nothing is said. pandas 3.1.1 with odfpy 1.4.1, python-calamine 0.9.1 and odfdo 3.27.3 have the number.
# Seen, of 1500 as a number and as money: pyexcel 1500 and "1500 EUR", the others 1500 twice.
# kennis-ld reads what people see, and keeps it as a text (kennis_ld/reading/ods.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyexcel-ods==0.6.0 pyexcel-ods3==0.6.1 pandas==3.1.1 \
    odfpy==1.4.1 python-calamine==0.9.1 odfdo==3.27.3
cd "$folder"
venv/bin/python - <<'PYTHON'
import pandas
import pyexcel_ods
import pyexcel_ods3
import python_calamine
from odf import opendocument, table, text
from odfdo import Document

document = opendocument.OpenDocumentSpreadsheet()
sheet = table.Table(name="Projecten")
KINDS = {"valuetype": "float", "value": "1500"}, {"valuetype": "currency", "currency": "EUR", "value": "1500"}
for cells in ((("getal", {"valuetype": "string"}), ("geld", {"valuetype": "string"})), (("1500", KINDS[0]), ("€ 1.500,00", KINDS[1]))):
    row = table.TableRow()
    for shown, kind in cells:
        cell = table.TableCell(**kind)
        cell.addElement(text.P(text=shown))
        row.addElement(cell)
    sheet.addElement(row)
document.spreadsheet.addElement(sheet)
document.save("money.ods")

found = {
    "pyexcel-ods": pyexcel_ods.get_data("money.ods")["Projecten"][1],
    "pyexcel-ods3": pyexcel_ods3.get_data("money.ods")["Projecten"][1],
    "pandas": pandas.read_excel("money.ods", engine="odf").values.tolist()[0],
    "calamine": python_calamine.CalamineWorkbook.from_path("money.ods").get_sheet_by_index(0).to_python()[1],
    "odfdo": Document("money.ods").body.tables[0].get_values()[1],
}
print(found)
assert [[1500, "1500 EUR"]] * 2 == [found[name] for name in ("pyexcel-ods", "pyexcel-ods3")]
assert [[1500, 1500]] * 3 == [found[name] for name in ("pandas", "calamine", "odfdo")]
PYTHON
