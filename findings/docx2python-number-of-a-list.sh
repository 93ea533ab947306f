#!/usr/bin/env bash
# docx2python 3.7.1 (PyPI): the project that Word numbers "3a" is "a)" in its text, and python-docx, docx2txt and mammoth have no number.
#
# A number that Word counts itself is in no run; how it looks stands in w:lvlText, "%1%2" for the number of the theme and the letter behind
# it (ECMA-376, part 1, 17.9, lvlText). docx2python counts, but writes each level as if it were "%1)", so 3a and 4a are both
# "a)", and "1.2" is "2)": a number that looks as if it were typed, and that two projects have. python-docx 1.2.0, docx2txt 0.9 and mammoth
# 1.13.0 leave the cell empty.
# Seen, of 3. 3a 3b 4. 4a: docx2python 3) a) b) 4) a), the others nothing.
# kennis-ld takes no such number, and says so for each row (automatic-number, docs/documents.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0 docx2txt==0.9 docx2python==3.7.1 mammoth==1.13.0
"$folder/venv/bin/python" - "$folder/numbers.docx" <<'PYTHON'
import sys

import docx
import docx2txt
import mammoth
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx2python import docx2python

document = docx.Document()
numbering = document.part.numbering_part.element
levels = "".join(
    f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
    for level, start, kind, text in ((0, 3, "decimal", "%1."), (1, 1, "lowerLetter", "%1%2"))
)
kind = '<w:multiLevelType w:val="multilevel"/>'
numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{kind}{levels}</w:abstractNum>'))
numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
NAMES = ["Groen", "Park", "Bomen", "Water", "Sloten"]
for row, name, level in zip(document.add_table(5, 2).rows, NAMES, (0, 1, 1, 0, 1)):
    numbered = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'
    row.cells[0].paragraphs[0]._p.get_or_add_pPr().append(parse_xml(numbered))
    row.cells[1].text = name
document.save(sys.argv[1])

with docx2python(sys.argv[1]) as read:
    found = [row[0][0].strip() for row in read.body[0]]
others = [row.cells[0].text for row in docx.Document(sys.argv[1]).tables[0].rows]
with open(sys.argv[1], "rb") as file:
    texts = docx2txt.process(sys.argv[1]).split(), mammoth.extract_raw_text(file).value.split()
print("docx2python", found, "python-docx", others, "docx2txt, mammoth", *texts)
assert ["3)", "a)", "b)", "4)", "a)"] == found
assert [""] * 5 == others
assert (NAMES, NAMES) == texts
PYTHON
