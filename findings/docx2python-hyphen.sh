#!/usr/bin/env bash
# docx2python 3.7.1 (PyPI): a hyphen that Word may not break at is gone, so "2024-2026" is read as the number 20242026.
#
# Who types Ctrl+Shift+hyphen, so that a range of years or a project number stays on one line, gets w:noBreakHyphen, a hyphen that
# stands in the line as any other (ECMA-376, part 1, 17.3.3.18). python-docx 1.2.0 reads "2024-2026" from the same file.
# Seen: docx2python 20242026, python-docx 2024-2026.
# kennis-ld reads Word itself, with a hyphen (kennis_ld/reading/paragraphs.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0 docx2python==3.7.1
"$folder/venv/bin/python" - "$folder/years.docx" <<'PYTHON'
import sys

import docx
from docx2python import docx2python

document = docx.Document()
run = document.add_paragraph("2024").runs[0]._r
run.append(docx.oxml.OxmlElement("w:noBreakHyphen"))
run.add_t("2026")
document.save(sys.argv[1])

with docx2python(sys.argv[1]) as read:
    found = read.text.strip()
other = docx.Document(sys.argv[1]).paragraphs[0].text
print("docx2python", found, "python-docx", other)
assert ("20242026", "2024-2026") == (found, other)
PYTHON
