#!/usr/bin/env bash
# python-docx 1.2.0 (PyPI): a table has fewer rows, and a row fewer cells, where a form puts a content control around them.
#
# A template with fields to fill in has w:sdt around what is filled in: words, a paragraph, a cell, or a row that can be repeated
# (ECMA-376, part 1, 17.5.2). What stands in one belongs to the table as if it were not there. python-docx passes over all of
# them: a row is gone, a cell is gone and the rest moves up a column, a word is gone; nothing says so. mammoth 1.13.0 reads them.
# Seen: python-docx [['1', 'T: '], ['2']], mammoth [['1', 'T: GL'], ['2', 'UL'], ['3', 'HsL']].
# kennis-ld reads Word itself, with what stands in content controls (kennis_ld/reading/docx.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0 mammoth==1.13.0
"$folder/venv/bin/python" - <<'PYTHON'
import io
import re

import docx
import mammoth
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

document = docx.Document()
table = document.add_table(rows=3, cols=2)
for row, texts in zip(table.rows, (("1", "T: "), ("2", "UL"), ("3", "HsL")), strict=True):
    for cell, text in zip(row.cells, texts, strict=True):
        cell.text = text
table.cell(0, 1).paragraphs[0].add_run("GL")


def control(element):
    """Puts a content control around an element, as Word does for a field of a form."""
    around = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr><w:alias w:val='field'/></w:sdtPr><w:sdtContent/></w:sdt>")
    element.addprevious(around)
    around[-1].append(element)


row, cell, run = table.rows[2]._tr, table.cell(1, 1)._tc, table.cell(0, 1).paragraphs[0].runs[1]._r
for element in (row, cell, run):
    control(element)
file = io.BytesIO()
document.save(file)

(read,) = docx.Document(file).tables
rows = [[cell.text for cell in row.cells] for row in read.rows]
page = mammoth.convert_to_html(file).value
other = [re.findall(r"<td><p>(.*?)</p></td>", row) for row in re.findall(r"<tr>(.*?)</tr>", page)]
print("python-docx", rows, "mammoth", other)
assert [["1", "T: "], ["2"]] == rows
assert [["1", "T: GL"], ["2", "UL"], ["3", "HsL"]] == other
PYTHON
