#!/usr/bin/env bash
# mammoth 1.13.0 (PyPI): two partners on two lines of one paragraph are one word in its plain text, and with w:cr in its HTML too.
#
# Shift+Enter makes w:br, a break within a paragraph; w:cr is the same, as some programs write it (ECMA-376, part 1, 17.3.3.1 and 17.3.3.4).
# extract_raw_text leaves both out, so "GL" and "UL" are "GLUL", a name that no register has; convert_to_html has a <br /> for the first
# and nothing for the second. Of two paragraphs both make two. docx2python 3.7.1 leaves out w:cr. python-docx 1.2.0 has a line for each.
# Seen, of w:br and w:cr: mammoth raw GLUL GLUL, HTML GL<br />UL GLUL; docx2python GL\nUL GLUL; python-docx GL\nUL twice.
# kennis-ld ends a line at both (kennis_ld/reading/paragraphs.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0 docx2python==3.7.1 mammoth==1.13.0
"$folder/venv/bin/python" - "$folder/lines.docx" <<'PYTHON'
import sys

import docx
import mammoth
from docx.oxml import OxmlElement
from docx2python import docx2python

document = docx.Document()
for tag, cell in zip(("w:br", "w:cr"), document.add_table(1, 2).rows[0].cells):
    run = cell.paragraphs[0].add_run("GL")
    run._r.append(OxmlElement(tag))
    run._r.append(run._r.makeelement(run._r.t_lst[0].tag))
    run._r.t_lst[1].text = "UL"
document.save(sys.argv[1])

with open(sys.argv[1], "rb") as file:
    raw = mammoth.extract_raw_text(file).value.split("\n\n")[:2]
    markup = mammoth.convert_to_html(file).value
with docx2python(sys.argv[1]) as read:
    other = [cell[0] for cell in read.body[0][0]]
right = [cell.text for cell in docx.Document(sys.argv[1]).tables[0].rows[0].cells]
print("mammoth", raw, markup, "docx2python", other, "python-docx", right)
assert ["GLUL", "GLUL"] == raw
assert "<p>GL<br />UL</p>" in markup
assert "<p>GLUL</p>" in markup
assert ["GL\nUL", "GLUL"] == other
assert ["GL\nUL", "GL\nUL"] == right
PYTHON
