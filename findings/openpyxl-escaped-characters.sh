#!/usr/bin/env bash
# openpyxl 3.1.5 (PyPI), and pandas 3.1.1 with it: "_x000D_" stays in the middle of a name, where Excel shows the end of a line.
#
# A text in a workbook has what XML cannot hold, or would change, as _xHHHH_ (ECMA-376, part 1, 22.9.2.19, ST_Xstring): Excel writes the
# end of a line that was pasted from elsewhere so. openpyxl gives the seven characters themselves. python-calamine 0.9.1, which pandas
# takes as well, gives the end of a line; so one file has two names for one organisation, by engine.
# Seen: openpyxl 'GL_x000D_\nUL', calamine 'GL\r\nUL'; pandas the same by engine.
# kennis-ld reads workbooks itself and undoes it (kennis_ld/reading/xlsx.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1 pandas==3.1.1
"$folder/venv/bin/python" - "$folder/book.xlsx" <<'PYTHON'
import sys

import openpyxl
import pandas

book = openpyxl.Workbook()
book.active["A1"] = "GL_x000D_\nUL"  # written as it stands: so does Excel, for what it shows as two lines
book.save(sys.argv[1])

found = {"openpyxl": openpyxl.load_workbook(sys.argv[1]).active["A1"].value}
for engine in ("openpyxl", "calamine"):
    found[f"pandas, {engine}"] = pandas.read_excel(sys.argv[1], header=None, engine=engine).iloc[0, 0]
print(found)
assert {"openpyxl": "GL_x000D_\nUL", "pandas, openpyxl": "GL_x000D_\nUL", "pandas, calamine": "GL\r\nUL"} == found
PYTHON
