#!/usr/bin/env bash
# pandas 3.1.1 with odfpy 1.4.1 (PyPI): every "WAAR" of a Dutch OpenDocument sheet is False, and 36 hours end the reading.
#
# A cell has its value in office:boolean-value or office:time-value, and beside it the words that people see (OpenDocument 1.3, part 3,
# "Attributes"). read_excel looks at the words: a truth is one where they are "TRUE", so in a sheet of a LibreOffice in Dutch
# none is, without a word; and "36:00", as a total of hours is shown, is taken for a time of the day, so no cell of the sheet is
# read. python-calamine 0.9.1, which pandas takes as well, reads the truths, and gives the hours as they stand in the file.
# Seen: odf True False, DateParseError; calamine True True, PT36H00M00S.
# kennis-ld reads sheets itself, with the words that people see (kennis_ld/reading/ods.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 odfpy==1.4.1 python-calamine==0.9.1
"$folder/venv/bin/python" - <<'PYTHON'
import io

import pandas
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P


def read(engine, *cells):
    """The one row of a sheet with these cells, as pandas reads it."""
    document, table, row = OpenDocumentSpreadsheet(), Table(name="Sheet"), TableRow()
    for words, value in cells:
        cell = TableCell(**value)
        cell.addElement(P(text=words))
        row.addElement(cell)
    table.addElement(row)
    document.spreadsheet.addElement(table)
    file = io.BytesIO()
    document.write(file)
    try:
        return pandas.read_excel(file, header=None, engine=engine).values.tolist()[0]
    except ValueError as error:
        return type(error).__name__


truth = {"valuetype": "boolean", "booleanvalue": "true"}
hours = {"valuetype": "time", "timevalue": "PT36H00M00S"}
found = {engine: (read(engine, ("TRUE", truth), ("WAAR", truth)), read(engine, ("36:00", hours))) for engine in ("odf", "calamine")}
print(found)
assert ([True, False], "DateParseError") == found["odf"]
assert [True, True] == found["calamine"][0]
assert ["PT36H00M00S"] == found["calamine"][1]
PYTHON
