#!/usr/bin/env bash
# openpyxl 3.1.5 (PyPI): what stands in a cell under a merged one is there with read_only=True, and gone without.
#
# Excel keeps the text of the first cell only. LibreOffice asks, and can keep what stood in the others, which are covered then. It stays
# in the file, and nothing in the format is against it (ECMA-376, part 1, 18.3.1.55). So one library gives two tables of one file;
# pandas, which reads with read_only=True, and python-calamine give the second.
# Seen: [['a', 1], [None, 2]] without, [['a', 1], ['kept', 2]] with read_only=True, with pandas and with calamine.
# kennis-ld leaves it out, as people do not see it, and names it: the finding hidden-text (docs/documents.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1 pandas==3.1.1
"$folder/venv/bin/python" - "$folder/book.xlsx" <<'PYTHON'
import sys

import openpyxl
import pandas
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.merge import MergedCellRange

book = openpyxl.Workbook()
sheet = book.active
for row in (("a", 1), ("kept", 2)):
    sheet.append(row)
sheet.merged_cells.add(MergedCellRange(sheet, CellRange("A1:A2").coord))  # unlike merge_cells(), it takes nothing away
book.save(sys.argv[1])

found = {}
for only in (False, True):
    read = openpyxl.load_workbook(sys.argv[1], read_only=only)
    found[f"read_only={only}"] = [list(row) for row in read.active.iter_rows(values_only=True)]
    read.close()
for engine in ("openpyxl", "calamine"):
    found[f"pandas, {engine}"] = pandas.read_excel(sys.argv[1], header=None, engine=engine).values.tolist()
print(found)
gone, kept = [["a", 1], [None, 2]], [["a", 1], ["kept", 2]]
assert {"read_only=False": gone, "read_only=True": kept, "pandas, openpyxl": kept, "pandas, calamine": kept} == found
PYTHON
