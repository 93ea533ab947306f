#!/usr/bin/env bash
# mammoth 1.13.0 and docx2python 3.7.1 (PyPI): in a row that begins a column later, another cell is taken for the merged one.
#
# A row can leave out columns at its beginning, w:gridBefore (ECMA-376, part 1, 17.4.15); its cells stand in the columns after these, and a
# cell with w:vMerge (section 17.4) goes on from what stands above it in the same column. Both count cells from the first of the row, so the
# one that goes on from "GL" goes on from "Water": a theme becomes a partner, and that of this row has none. Nothing is said. python-docx
# 1.2.0 has "GL", and says that one column is left out. With an empty cell in place of the column left out all have "GL".
# Seen, second row: mammoth Lucht, below "Water"; docx2python Lucht Water; python-docx Lucht GL, grid_cols_before 1.
# kennis-ld reads Word itself, and keeps the place of every cell (kennis_ld/reading/docx.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mammoth==1.13.0 docx2python==3.7.1 python-docx==1.2.0
"$folder/venv/bin/python" - <<'PYTHON'
import io
import re

import docx
import mammoth
from docx2python import docx2python

LATER = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'


def cell(words, merge=""):
    return f"<w:tc><w:tcPr>{merge}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"


def read(beginning):
    """The second row by docx2python, by python-docx, and both rows by mammoth: which cells go on downward."""
    first = cell("1") + cell("Water") + cell("GL", '<w:vMerge w:val="restart"/>')
    second = beginning + cell("Lucht") + cell("", "<w:vMerge/>")
    grid = "<w:tblPr/><w:tblGrid>" + 3 * '<w:gridCol w:w="2000"/>' + "</w:tblGrid>"
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = docx.Document()
    table = docx.oxml.parse_xml(f'<w:tbl xmlns:w="{name}">{grid}<w:tr>{first}</w:tr><w:tr>{second}</w:tr></w:tbl>')
    document.element.body.insert(0, table)
    file = io.BytesIO()
    document.save(file)
    html = mammoth.convert_to_html(file).value
    with docx2python(file) as content:
        theirs = ["".join(each) for each in content.body[0][1]]
    row = docx.Document(file).tables[0].rows[1]
    return re.findall(r'rowspan="2"><p>(\w+)', html), theirs, [each.text for each in row.cells], row.grid_cols_before


later, empty = read(LATER), read(cell(""))
print(later, empty)
assert (["Water"], ["Lucht", "Water"], ["Lucht", "GL"], 1) == later
assert (["GL"], ["", "Lucht", "GL"], ["", "Lucht", "GL"], 0) == empty
PYTHON
