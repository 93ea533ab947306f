#!/usr/bin/env bash
# pandoc 3.9 (pypandoc_binary 1.17), odfdo 3.27.3 (PyPI): of an OpenDocument text what was chosen from a list, or typed in a field, is gone.
#
# What stands in a field of Writer is the text of an element: text:drop-down for a list, text:text-input for a field to fill in,
# text:database-display for what was merged, text:user-field-get for a variable, text:meta for words with data behind them (OpenDocument 1.3, part
# 3, under these names). A form for projects has its leads there. Both leave them out, with nothing said, as if the cell were empty; pandoc reads a
# field of the same kind in Word where it is written with w:fldChar. LibreOffice shows and saves the words; odfpy 1.4.1 (PyPI) reads them.
# Seen, of "Lead: " and a name in five kinds of fields: pandoc and odfdo "Lead:", odfpy and LibreOffice "Lead: GL".
# kennis-ld reads OpenDocument itself, with these fields (kennis_ld/reading/odf.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check odfdo==3.27.3 odfpy==1.4.1 pypandoc_binary==1.17
cd "$folder"
venv/bin/python - <<'PYTHON'
import pypandoc
from odf import opendocument, teletype, text
from odf.namespaces import TEXTNS
from odf.element import Element
from odfdo import Document

FIELDS = ("drop-down", "name"), ("text-input", "description"), ("database-display", "column-name"), ("user-field-get", "name"), ("meta", "")
document = opendocument.OpenDocumentText()
variables = text.UserFieldDecls()
variables.addElement(text.UserFieldDecl(name="lead", valuetype="string", stringvalue="GL"))
document.text.addElement(variables)
for name, attribute in FIELDS:
    field = Element(qname=(TEXTNS, name), check_grammar=False)
    if attribute:
        field.setAttrNS(TEXTNS, attribute, "lead")
    if name == "database-display":
        field.setAttrNS(TEXTNS, "table-name", "projecten")
    if name == "drop-down":
        field.addElement(chosen := Element(qname=(TEXTNS, "label"), check_grammar=False), check_grammar=False)
        chosen.setAttrNS(TEXTNS, "value", "GL")
        chosen.setAttrNS(TEXTNS, "current-selected", "true")
    field.addText("GL", check_grammar=False)
    paragraph = text.P(text="Lead: ")
    paragraph.appendChild(field)
    document.text.addElement(paragraph)
document.save("fields.odt")

read = [teletype.extractText(each) for each in opendocument.load("fields.odt").getElementsByType(text.P)]
texts = pypandoc.convert_file("fields.odt", "plain"), Document("fields.odt").get_formatted_text()
found = [[line.strip() for line in each.splitlines() if line.strip()] for each in texts]
print("pandoc, odfdo", found, "odfpy", read)
assert [["Lead:"] * 5] * 2 == found
assert ["Lead: GL"] * 5 == read
PYTHON
command -v soffice >soffice.txt || exit 0 # the rest is seen where LibreOffice is
soffice "-env:UserInstallation=file://$folder/office" --headless --convert-to txt:Text fields.odt >office.txt 2>&1
echo "LibreOffice $(paste -s -d '|' fields.txt)"
[ "$(grep -c 'Lead: GL' fields.txt)" = 5 ]
