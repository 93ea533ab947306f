#!/usr/bin/env bash
# markdownify 1.2.3, html2text 2025.4.15 (PyPI), turndown 7.2.5 with its plugin for tables (npm): beside a merged theme a title becomes a theme.
#
# The table of GitHub Flavored Markdown ("Tables (extension)") has no merged cells. All three write the cells of each row one behind the other,
# whatever rows a cell above takes (HTML, "Attributes common to td and th elements"), so the row beside a theme with rowspan is a cell short, at its
# end. The first two do not escape "|" either, which ends a cell: of "Park | Plein" in the last column the second half is gone once it is shown.
# Nothing is said. pandoc 3.9 (pypandoc_binary 1.17) writes such a table as HTML within the Markdown.
# Seen, shown by markdown-it-py 4.3.0: Groen Park, Weg "", Blauw Park by markdownify and html2text, Blauw "Park | Plein" by turndown; pandoc
# rowspan="2".
# kennis-ld reads tables of HTML as a browser lays them out (kennis_ld/reading/markup.py), and writes no Markdown.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check markdownify==1.2.3 html2text==2025.4.15 markdown-it-py==4.3.0 pypandoc_binary==1.17
npm install --silent --no-audit --no-fund --prefix "$folder" turndown@7.2.5 @joplin/turndown-plugin-gfm@1.0.68
cd "$folder"
cat >page.html <<'HTML'
<table><thead><tr><th>thema</th><th>project</th></tr></thead><tbody><tr><td rowspan="2">Groen</td><td>Park</td></tr><tr><td>Weg</td></tr>
<tr><td>Blauw</td><td>Park | Plein</td></tr></tbody></table>
HTML
cat >write.cjs <<'JAVASCRIPT'
const { readFileSync } = require("node:fs");
const Turndown = require("turndown");
const { gfm } = require("@joplin/turndown-plugin-gfm");

console.log(new Turndown().use(gfm).turndown(readFileSync("page.html", "utf8")));
JAVASCRIPT
node write.cjs >turndown.md
venv/bin/python - <<'PYTHON'
import pathlib
import re

import html2text
import markdownify
import pypandoc
from markdown_it import MarkdownIt

page = pathlib.Path("page.html").read_text()
written = markdownify.markdownify(page), html2text.html2text(page), pathlib.Path("turndown.md").read_text()
shown = [MarkdownIt().enable("table").render(text).split("<tr>")[2:] for text in written]
found = [[re.findall("<td>(.*?)</td>", row) for row in rows] for rows in shown]
print(found)
assert [["Groen", "Park"], ["Weg", ""], ["Blauw", "Park"]] == found[0] == found[1]
assert [["Groen", "Park"], ["Weg", ""], ["Blauw", "Park | Plein"]] == found[2]
assert '<td rowspan="2">Groen</td>' in pypandoc.convert_text(page, "gfm", format="html")
PYTHON
