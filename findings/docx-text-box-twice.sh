#!/usr/bin/env bash
# docx2txt 0.9, docx2python 3.7.1 (PyPI): what stands in a text box of Word stands in their text twice.
#
# Word writes a text box in mc:AlternateContent: once as it draws it now, mc:Choice, and once as older programs did, mc:Fallback. One of
# both is to be taken, the first that is understood (ECMA-376, part 3, 7.5 and 7.7). Both libraries read the text of each, one behind the
# other, so of a lead that stands in a box beside the project there are two. Nothing tells them from words that are there twice. mammoth
# 1.13.0 takes one of both.
# Seen: docx2txt and docx2python GL twice, mammoth once.
# kennis-ld says that there is a text box, and reads nothing of it (kennis_ld/reading/paragraphs.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0 docx2txt==0.9 docx2python==3.7.1 mammoth==1.13.0
"$folder/venv/bin/python" - "$folder/box.docx" <<'PYTHON'
import sys

import docx
import docx2txt
import mammoth
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx2python import docx2python

BOX = "<w:txbxContent><w:p><w:r><w:t>GL</w:t></w:r></w:p></w:txbxContent>"
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
document = docx.Document()
document.add_paragraph("Park").runs[0]._r.append(
    parse_xml(
        f"""<mc:AlternateContent {nsdecls("w", "wp", "a")} xmlns:wps="{SHAPE}" xmlns:v="urn:schemas-microsoft-com:vml"
          xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
        <mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="900000" cy="300000"/><wp:docPr id="1" name="Box"/><a:graphic>
          <a:graphicData uri="{SHAPE}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx>{BOX}</wps:txbx><wps:bodyPr/></wps:wsp>
          </a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>
        <mc:Fallback><w:pict><v:shape style="width:70pt;height:24pt"><v:textbox>{BOX}</v:textbox></v:shape></w:pict></mc:Fallback>
        </mc:AlternateContent>"""
    )
)
document.save(sys.argv[1])

with docx2python(sys.argv[1]) as read:
    texts = docx2txt.process(sys.argv[1]), read.text
with open(sys.argv[1], "rb") as file:
    other = mammoth.extract_raw_text(file).value
found = [text.split().count("GL") for text in (*texts, other)]
print("docx2txt, docx2python, mammoth", found)
assert [2, 2, 1] == found
assert all("Park" in text.split() for text in (*texts, other))
PYTHON
