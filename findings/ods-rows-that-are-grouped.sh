#!/usr/bin/env bash
# tablib 3.10.0, odfdo 3.27.3 (PyPI): of an OpenDocument sheet the projects that can be folded away under their theme are not read.
#
# Rows that are grouped stand in table:table-row-group, also one in the other, and those that come back on each page in
# table:table-header-rows (OpenDocument 1.3, part 3, 9.1.9 and 9.1.7); they are rows of the table as all others. tablib takes
# the rows that stand in none; odfdo goes one group deep. Both give the rest as a table without a gap. Of cells that are the same, and
# written once, tablib takes one, so the cells behind them move up. python-calamine 0.9.1 has all.
# Seen, of a header, and Groen, Park in its group, Bomen in a group of that one, Blauw: tablib Groen Blauw, odfdo nr Groen Park Blauw, calamine all.
# kennis-ld reads them all (kennis_ld/reading/ods.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tablib==3.10.0 odfdo==3.27.3 odfpy==1.4.1 python-calamine==0.9.1
"$folder/venv/bin/python" - "$folder/groups.ods" <<'PYTHON'
import sys

import odfdo
import python_calamine
import tablib
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableHeaderRows, TableRow, TableRowGroup
from odf.text import P


def row(text):
    made, cell = TableRow(), TableCell(valuetype="string")
    cell.addElement(P(text=text))
    made.addElement(cell)
    return made


def around(element, *inside):
    for each in inside:
        element.addElement(each)
    return element


document = OpenDocumentSpreadsheet()
parks = around(TableRowGroup(), row("Park"), around(TableRowGroup(), row("Bomen")))
document.spreadsheet.addElement(
    around(Table(name="Sheet"), around(TableHeaderRows(), row("nr")), row("Groen"), parks, row("Blauw"))
)
document.save(sys.argv[1])

with open(sys.argv[1], "rb") as file:
    found = [each[0] for each in tablib.Dataset().load(file, format="ods", headers=False)]
other = [next(iter(each)) for each in odfdo.Document(sys.argv[1]).body.tables[0].iter_values()]
by_calamine = [each[0] for each in python_calamine.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()]
print("tablib", found, "odfdo", other, "calamine", by_calamine)
assert ["Groen", "Blauw"] == found
assert ["nr", "Groen", "Park", "Blauw"] == other
assert ["nr", "Groen", "Park", "Bomen", "Blauw"] == by_calamine
PYTHON
