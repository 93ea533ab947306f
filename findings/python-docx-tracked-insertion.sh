#!/usr/bin/env bash
# python-docx 1.2.0 (PyPI): of a document with tracked changes it reads neither what stood there, nor what stands there now.
#
# Word marks what was typed with w:ins and what was taken out with w:del, around the runs (ECMA-376, part 1, 17.13.5.18 and .14). What is
# typed is no part of the text of a paragraph, and what is taken out is none either; so a name that was put in place of another is
# an empty cell, without a word. A whole row that was taken out (17.13.5.12) is there as if nothing had happened.
# mammoth 1.13.0 reads the same file as Word shows it once the changes are accepted.
# Seen: python-docx [['Partner', ''], ['Gone', 'row']], mammoth [['Partner', 'GL']].
# kennis-ld reads Word itself, as if all were accepted, and says so (kennis_ld/reading/paragraphs.py).
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

BY = 'w:id="1" w:author="Somebody" w:date="2024-01-01T00:00:00Z"'
CHANGED = f"""
<w:p {nsdecls("w")}>
  <w:del {BY}><w:r><w:delText>UL</w:delText></w:r></w:del><w:ins {BY}><w:r><w:t>GL</w:t></w:r></w:ins>
</w:p>
"""

document = docx.Document()
table = document.add_table(rows=2, cols=2)
table.cell(0, 0).text, table.cell(1, 0).text, table.cell(1, 1).text = "Partner", "Gone", "row"
cell = table.cell(0, 1)._tc
cell.replace(cell.p_lst[0], parse_xml(CHANGED))
table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f"<w:del {nsdecls('w')} {BY}/>"))
file = io.BytesIO()
document.save(file)

(read,) = docx.Document(file).tables
rows = [[cell.text for cell in row.cells] for row in read.rows]
page = mammoth.convert_to_html(file).value
other = [re.findall(r"<td><p>(.*?)</p></td>", row) for row in re.findall(r"<tr>(.*?)</tr>", page)]
print("python-docx", rows, "mammoth", other)
assert [["Partner", ""], ["Gone", "row"]] == rows
assert [["Partner", "GL"]] == other
PYTHON
