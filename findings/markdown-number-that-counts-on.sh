#!/usr/bin/env bash
# markdownify 1.2.3 (PyPI): the paragraph "14. Weg" behind "12. Park" is project 13, once its Markdown is shown.
#
# A paragraph that begins with a number and a full stop is an item of a list in Markdown, and only the number of the first item counts; those of the
# others are passed over (CommonMark, "Lists"). So such a stop has to be escaped. markdownify does not: an agenda of which a project was dropped, or
# whose numbers go by theme, is numbered through, and "+ 10 %" is an item with a bullet. Nothing is said. html2text 2025.4.15 (PyPI) and turndown
# 7.2.5 (npm) write "12\. Park". In a cell of a table numbers stay.
# Seen, shown by markdown-it-py 4.3.0: markdownify a list that starts at 12, with Park and Weg; html2text the two paragraphs as they were.
# kennis-ld writes no Markdown of a document (README.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check markdownify==1.2.3 html2text==2025.4.15 markdown-it-py==4.3.0
npm install --silent --no-audit --no-fund --prefix "$folder" turndown@7.2.5
cd "$folder"
page="<p>12. Park</p><p>14. Weg</p>"
found=$(PAGE=$page node -e 'console.log(new (require("turndown"))().turndown(process.env.PAGE))' | paste -s -d '|')
echo "turndown $found"
[ "$found" = '12\. Park||14\. Weg' ]
venv/bin/python - "$page" <<'PYTHON'
import sys

import html2text
import markdownify
from markdown_it import MarkdownIt

written = markdownify.markdownify(sys.argv[1]), html2text.html2text(sys.argv[1])
shown = [MarkdownIt().render(text).replace("\n", "") for text in written]
print(written, shown)
assert '<ol start="12"><li><p>Park</p></li><li><p>Weg</p></li></ol>' == shown[0]
assert sys.argv[1] == shown[1]
PYTHON
