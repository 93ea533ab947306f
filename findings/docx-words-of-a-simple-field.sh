#!/usr/bin/env bash
# pandoc 3.9 (pypandoc_binary 1.17), mammoth 1.13.0, python-docx 1.2.0 (PyPI): words that Word shows for a field are gone where it is a w:fldSimple.
#
# A document merged from a list, or a lead that refers to its name elsewhere, has fields, and Word writes each in one of two ways: w:fldChar around
# the runs, or w:fldSimple with the runs in it, which are what is shown (ECMA-376, part 1, 17.16.19). Of the first all read the words. Of the second
# these three read nothing, also where every project of a table was merged in so, and nothing is said. docx2txt 0.9 and docx2python 3.7.1 read them.
# Seen, of a simple and a complex field: pandoc, mammoth and python-docx "Lead: " and "Lead: GL", docx2txt and docx2python "Lead: GL" twice.
# kennis-ld reads Word itself, both kinds of fields (kennis_ld/reading/paragraphs.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0 docx2txt==0.9 docx2python==3.7.1 mammoth==1.13.0 \
    pypandoc_binary==1.17
"$folder/venv/bin/python" - "$folder/field.docx" <<'PYTHON'
import sys

import docx
import docx2txt
import mammoth
import pypandoc
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx2python import docx2python

NAME = "<w:r><w:t>GL</w:t></w:r>"
SIMPLE = f'<w:fldSimple {{}} w:instr=" MERGEFIELD lead ">{NAME}</w:fldSimple>'
PARTS = '<w:fldChar w:fldCharType="begin"/>', "<w:instrText> MERGEFIELD lead </w:instrText>", '<w:fldChar w:fldCharType="separate"/>'
COMPLEX = "".join(f"<w:r>{part}</w:r>" for part in PARTS) + NAME + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
document = docx.Document()
document.add_paragraph("Lead: ")._p.append(parse_xml(SIMPLE.format(nsdecls("w"))))
paragraph = document.add_paragraph("Lead: ")._p
for run in parse_xml(f"<w:p {nsdecls('w')}>{COMPLEX}</w:p>"):
    paragraph.append(run)
document.save(sys.argv[1])

with open(sys.argv[1], "rb") as file, docx2python(sys.argv[1]) as read:
    texts = {
        "pandoc": pypandoc.convert_file(sys.argv[1], "plain"),
        "mammoth": mammoth.extract_raw_text(file).value,
        "python-docx": "\n".join(each.text for each in docx.Document(sys.argv[1]).paragraphs),
        "docx2txt": docx2txt.process(sys.argv[1]),
        "docx2python": read.text,
    }
found = {name: [line.strip() for line in text.splitlines() if line.strip()] for name, text in texts.items()}
print(pypandoc.get_pandoc_version(), found)
assert [["Lead:", "Lead: GL"]] * 3 == [found[name] for name in ("pandoc", "mammoth", "python-docx")]
assert [["Lead: GL"] * 2] * 2 == [found[name] for name in ("docx2txt", "docx2python")]
PYTHON
