#!/usr/bin/env bash
# docx2txt 0.9, docx2python 3.7.1 (PyPI): a project that was moved to another place with changes tracked stands in the table twice.
#
# What was moved away is in w:moveFrom, and where it stands now in w:moveTo (ECMA-376, part 1, 17.13.5.22 and .25). Both leave out what was
# deleted, for that has an element of its own, w:delText; what was moved away has w:t, as any text, so they give it at both places, and
# nothing says which is the one that counts. mammoth 1.13.0 has the project once, where it stands now.
# Seen: docx2txt and docx2python Park Kaart Park, mammoth Kaart Park; of a project that was deleted nothing in all.
# kennis-ld reads a Word file as if all changes were accepted, and says so (kennis_ld/reading/paragraphs.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0 docx2txt==0.9 docx2python==3.7.1 mammoth==1.13.0
"$folder/venv/bin/python" - "$folder/moved.docx" <<'PYTHON'
import sys

import docx
import docx2txt
import mammoth
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx2python import docx2python


def changed(tag, number, **more):
    element = OxmlElement(f"w:{tag}")
    for key, value in {"id": str(number), "author": "author", **more}.items():
        element.set(qn(f"w:{key}"), value)
    return element


document = docx.Document()
rows = document.add_table(4, 1).rows
for number, (row, name, tag) in enumerate(zip(rows, ("Park", "Weg", "Kaart", "Park"), ("moveFrom", "del", None, "moveTo"))):
    row.cells[0].text = name
    if tag:
        row._tr.get_or_add_trPr().append(changed("ins" if tag == "moveTo" else "del", number))
        run, around = row.cells[0].paragraphs[0].runs[0]._r, changed(tag, 10 + number)
        run.addprevious(around)
        around.append(run)
        if tag == "del":
            run.t_lst[0].tag = qn("w:delText")
        else:
            around.addprevious(changed(f"{tag}RangeStart", 20 + number, name="move"))
            around.addnext(changed(f"{tag}RangeEnd", 20 + number))
document.save(sys.argv[1])

with docx2python(sys.argv[1]) as read:
    found = docx2txt.process(sys.argv[1]).split(), read.text.split()
with open(sys.argv[1], "rb") as file:
    other = mammoth.extract_raw_text(file).value.split()
print("docx2txt, docx2python", *found, "mammoth", other)
assert (["Park", "Kaart", "Park"],) * 2 == found
assert ["Kaart", "Park"] == other
PYTHON
