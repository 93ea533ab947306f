#!/usr/bin/env bash
# html-docx-js 0.3.1 (npm): the Word file that it makes of a page is empty to pandoc, mammoth, python-docx, docx2txt and docx2python.
#
# A Word document can carry a file of another kind, which whoever opens it shall bring in at that place: w:altChunk (ECMA-376, part 1, 17.17.2.1,
# which also asks a program that cannot to say so, if it can). html-docx-js, which sites have behind "save as Word", writes the whole page so. Word
# shows the table; pandoc 3.9 (pypandoc_binary 1.17), mammoth 1.13.0, python-docx 1.2.0, docx2txt 0.9 and docx2python 3.7.1 (PyPI) read no word of
# it, until somebody has opened and saved it in Word. mammoth alone says so, in its messages.
# Seen: no text and no table by five readers, and the message "An unrecognised element was ignored: w:altChunk" by mammoth.
# kennis-ld says that a part is carried along that it does not read (finding carried-along).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0 docx2txt==0.9 docx2python==3.7.1 mammoth==1.13.0 \
    pypandoc_binary==1.17
npm install --silent --no-audit --no-fund --prefix "$folder" html-docx-js@0.3.1
cd "$folder"
cat >write.cjs <<'JAVASCRIPT'
const { writeFileSync } = require("node:fs");
const { asBlob } = require("html-docx-js");

const page = "<!DOCTYPE html><html><body><table><tr><td>Park</td><td>GL</td></tr></table></body></html>";
new Response(asBlob(page)).arrayBuffer().then((bytes) => writeFileSync("page.docx", Buffer.from(bytes)));
JAVASCRIPT
node write.cjs
venv/bin/python - <<'PYTHON'
import zipfile

import docx
import docx2txt
import mammoth
import pypandoc
from docx2python import docx2python

with zipfile.ZipFile("page.docx") as parts:
    assert b"w:altChunk" in parts.read("word/document.xml")
    assert b"<td>Park</td>" in parts.read("word/afchunk.mht")
with open("page.docx", "rb") as file, docx2python("page.docx") as read:
    other = mammoth.convert_to_html(file)
    texts = [pypandoc.convert_file("page.docx", "plain"), other.value, docx2txt.process("page.docx"), read.text]
document = docx.Document("page.docx")
messages = [each.message for each in other.messages]
print([text.strip() for text in texts], messages, document.tables, document.paragraphs)
assert [""] * 4 == [text.strip() for text in texts]
assert ["An unrecognised element was ignored: w:altChunk"] == messages
assert [[], []] == [document.tables, document.paragraphs]
PYTHON
