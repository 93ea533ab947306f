#!/usr/bin/env bash
# pypdf 7.1.1, pdfplumber 0.11.10 (PyPI): a hyphen that only breaks a line is read as one of the word, though the PDF says that it is none.
#
# What is drawn can stand for another text, ActualText, which whoever takes the text out shall read in its place (ISO 32000-1, section
# 14.9.4). So a word that was broken at the end of a line has a soft hyphen there, U+00AD, and a name with a hyphen of its own a "-". Both
# libraries read the letters as they are drawn: "samen-werking" and "kennis-stad" look the same, so whoever joins them makes a new name of
# one of both; and a sign from a font of signs is the letter in its place. pymupdf 2.0 reads what the PDF says. LibreOffice writes soft
# hyphens so in a tagged PDF.
# Seen: pypdf and pdfplumber samen- werking kennis- stad x, pymupdf samen(U+00AD) werking kennis- stad 2.
# kennis-ld reads with pdfplumber, keeps the hyphen, and names the word in a finding (docs/documents.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypdf==7.1.1 pdfplumber==0.11.10 pymupdf==2.0
"$folder/venv/bin/python" - "$folder/lines.pdf" <<'PYTHON'
import pathlib
import sys

import pdfplumber
import pymupdf
import pypdf

CONTENT = b"""BT /F 12 Tf 20 150 Td (samen) Tj /Span<</ActualText<FEFF00AD>>>BDC (-) Tj EMC 0 -15 Td (werking) Tj
0 -15 Td (kennis-) Tj 0 -15 Td (stad) Tj 0 -15 Td /Span<</ActualText<FEFF0032>>>BDC (x) Tj EMC ET"""
objects = [
    b"<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
    b"<</Length %d>>stream\n%s\nendstream" % (len(CONTENT), CONTENT),
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
]
made, places = b"%PDF-1.7\n", []
for number, content in enumerate(objects, start=1):
    places.append(b"%010d 00000 n \n" % len(made))
    made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(places)
made += table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(made)
pathlib.Path(sys.argv[1]).write_bytes(made)

with pdfplumber.open(sys.argv[1]) as document:
    found = [pypdf.PdfReader(sys.argv[1]).pages[0].extract_text().split(), document.pages[0].extract_text().split()]
other = pymupdf.open(sys.argv[1])[0].get_text().split()
print("pypdf, pdfplumber", *found, "pymupdf", other)
assert [["samen-", "werking", "kennis-", "stad", "x"]] * 2 == found
assert ["samen\xad", "werking", "kennis-", "stad", "2"] == other
PYTHON
