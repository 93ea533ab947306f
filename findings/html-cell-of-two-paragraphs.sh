#!/usr/bin/env bash
# pandas 3.1.1, html-table-extractor 1.4.1, html2text 2025.4.15 (PyPI), SheetJS 0.18.5 (npm): two partners in two paragraphs of a cell are "GLUL".
#
# Paragraphs and items of a list stand below each other (HTML, "The p element", "The li element", and "Rendering", where both are blocks); editors
# of web sites write a cell of several lines so, often without a space between. pandas keeps a <br> as a space, and SheetJS as an
# end of line, but both have nothing between </p> and <p>, nor </li> and <li>: one name, that no register has. Nothing is said. Where the source has
# an end of line there, pandas has a space. markdownify 1.2.3 has two spaces.
# Seen, of p, li, br: pandas GLUL GLUL GL UL, SheetJS GLUL GLUL GL\nUL, html-table-extractor GLUL three times, html2text GLUL for p.
# kennis-ld has a line for each (kennis_ld/reading/markup.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 lxml==6.1.3 html-table-extractor==1.4.1 \
    html2text==2025.4.15 markdownify==1.2.3
npm install --silent --no-audit --no-fund --prefix "$folder" xlsx@0.18.5
cd "$folder"
cat >cells.html <<'HTML'
<table><tr><th>partners</th></tr><tr><td><p>GL</p><p>UL</p></td></tr><tr><td><ul><li>GL</li><li>UL</li></ul></td></tr><tr><td>GL<br>UL</td></tr></table>
HTML
venv/bin/python - <<'PYTHON'
import pathlib

import html2text
import markdownify
import pandas
from html_table_extractor.extractor import Extractor

page = pathlib.Path("cells.html").read_text()
(table,) = pandas.read_html("cells.html")
found = [row[0] for row in table.values.tolist()]
other = [row[0] for row in Extractor(page).parse().return_list()[1:]]
print("pandas", found, "html-table-extractor", other, "html2text", repr(html2text.html2text(page)))
assert ["GLUL", "GLUL", "GL UL"] == found
assert ["GLUL", "GLUL", "GLUL"] == other
assert "GLUL" in html2text.html2text(page)
assert "| GL  UL |" in markdownify.markdownify(page)
PYTHON
cat >read.mjs <<'JAVASCRIPT'
import XLSX from "xlsx";

const { Sheets } = XLSX.readFile("cells.html");
console.log(JSON.stringify(XLSX.utils.sheet_to_json(Sheets.Sheet1, { header: 1 }).slice(1)));
JAVASCRIPT
found=$(node read.mjs)
echo "SheetJS $found"
[ "$found" = '[["GLUL"],["GLUL"],["GL\nUL"]]' ]
