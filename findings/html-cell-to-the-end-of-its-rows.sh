#!/usr/bin/env bash
# pandas 3.1.1, html-table-extractor 1.4.1 (PyPI), SheetJS 0.18.5 (npm): beside a theme with rowspan="0" the rows begin a column early.
#
# rowspan="0" means: to the end of this group of rows (HTML, "Attributes common to td and th elements"), so that a theme need not count
# its projects. pandas and SheetJS take it for 1, and lay the title of the second project under the theme; html-table-extractor writes that
# title over the theme. Nothing is said. A row then looks like one with an empty last cell. With the number counted out, 3, all are right.
# Seen, of Groen beside Park, Weg, Kaart: pandas Groen Park, Weg nan, Kaart nan; html-table-extractor Weg Park, Kaart; SheetJS as pandas.
# kennis-ld lays it out as a browser does (kennis_ld/reading/markup.py); it read it as 1, until this was seen.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 lxml==6.1.3 html-table-extractor==1.4.1
npm install --silent --no-audit --no-fund --prefix "$folder" xlsx@0.18.5
cd "$folder"
rest="<td>Park</td></tr><tr><td>Weg</td></tr><tr><td>Kaart</td></tr></tbody></table>"
for rows in 0 3; do
    echo "<table><thead><tr><th>thema</th><th>project</th></tr></thead><tbody><tr><td rowspan=\"$rows\">Groen</td>$rest" >$rows.html
done
venv/bin/python - <<'PYTHON'
import pathlib

import pandas
from html_table_extractor.extractor import Extractor

(table,), (counted,) = (pandas.read_html(f"{rows}.html") for rows in (0, 3))
found = table.fillna("").values.tolist()
other = Extractor(pathlib.Path("0.html").read_text()).parse().return_list()[1:]
print("pandas", found, counted.values.tolist(), "html-table-extractor", other)
assert [["Groen", "Park"], ["Weg", ""], ["Kaart", ""]] == found
assert [["Groen", "Park"], ["Groen", "Weg"], ["Groen", "Kaart"]] == counted.values.tolist()
assert [["Weg", "Park"], ["Kaart"]] == other
PYTHON
cat >read.mjs <<'JAVASCRIPT'
import XLSX from "xlsx";

for (const rows of [0, 3]) {
    const { Sheets } = XLSX.readFile(`${rows}.html`);
    console.log(JSON.stringify(XLSX.utils.sheet_to_json(Sheets.Sheet1, { header: 1 }).slice(1)));
}
JAVASCRIPT
found=$(node read.mjs | paste -s -d '|')
echo "SheetJS $found"
[ "$found" = '[["Groen","Park"],["Weg"],["Kaart"]]|[["Groen","Park"],[null,"Weg"],[null,"Kaart"]]' ]
