#!/usr/bin/env bash
# python-docx 1.2.0, docx2txt 0.9, mammoth 1.13.0 (PyPI): what was chosen from the list of a form of Word is in no text.
#
# A list in a form of the older kind is a field FORMDROPDOWN: its entries stand in w:ddList, and the number of the one that is chosen, counted
# from 0, in w:result (ECMA-376, part 1, 17.16.9 and 17.16.28). Word shows that entry, and the document has no run with its text. So the
# lead or status of each project that was filled in so is an empty cell to all three, and nothing says so. docx2python 3.7.1 reads the entry.
# Seen: python-docx, docx2txt and mammoth "Lead: ", docx2python "Lead: UL".
# kennis-ld reads what is chosen (kennis_ld/reading/paragraphs.py); it left it out, until this was seen.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0 docx2txt==0.9 docx2python==3.7.1 mammoth==1.13.0
"$folder/venv/bin/python" - "$folder/form.docx" <<'PYTHON'
import sys

import docx
import docx2txt
import mammoth
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx2python import docx2python

document = docx.Document()
paragraph = document.add_table(1, 1).cell(0, 0).paragraphs[0]
paragraph.add_run("Lead: ")
for run in (
    """<w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Lead"/><w:enabled/><w:calcOnExit w:val="0"/>
    <w:ddList><w:result w:val="1"/><w:listEntry w:val="GL"/><w:listEntry w:val="UL"/></w:ddList></w:ffData></w:fldChar>""",
    '<w:instrText xml:space="preserve"> FORMDROPDOWN </w:instrText>',
    '<w:fldChar w:fldCharType="separate"/>',
    '<w:fldChar w:fldCharType="end"/>',
):
    paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{run}</w:r>"))
document.save(sys.argv[1])

with open(sys.argv[1], "rb") as file:
    texts = docx.Document(sys.argv[1]).tables[0].cell(0, 0).text, docx2txt.process(sys.argv[1]), mammoth.extract_raw_text(file).value
with docx2python(sys.argv[1]) as read:
    other = read.text.strip()
print("python-docx, docx2txt, mammoth", *texts, "docx2python", other)
assert ["Lead:"] * 3 == [text.strip() for text in texts]
assert "Lead: UL" == other
PYTHON
