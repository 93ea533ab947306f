#!/usr/bin/env bash
# csvw 4.1.1 (PyPI): a decimal comma is read in a column of decimals, and makes a column of numbers or doubles invalid.
#
# Metadata can say that "1000,5" has a comma for its point: "format": {"decimalChar": ","}, for every numeric datatype (Metadata
# Vocabulary for Tabular Data, section 5.11; Model for Tabular Data, section 6.4.2). csvw heeds it for decimal. For number, double and
# float it does not: the table is not valid, and its JSON has the text.
# Seen: decimal 1000.5, valid; number, double and float "1000,5", not valid.
# kennis-ld's table writes decimals with a point (kennis_ld/release/columns.toml).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check csvw==4.1.1
cd "$folder"
venv/bin/python - <<'PYTHON'
import json
import pathlib
import warnings

from csvw import CSVW

pathlib.Path("costs.csv").write_text('costs\n"1000,5"\n')
found = {}
for base in ("decimal", "number", "double", "float"):
    column = {"name": "costs", "datatype": {"base": base, "format": {"decimalChar": ","}}}
    told = {"@context": "http://www.w3.org/ns/csvw", "url": "costs.csv", "tableSchema": {"columns": [column]}}
    pathlib.Path("costs.csv-metadata.json").write_text(json.dumps(told))
    with warnings.catch_warnings(record=True):
        warnings.simplefilter("always")
        table = CSVW("costs.csv-metadata.json", validate=True)
        found[base] = table.to_json(minimal=True)[0]["costs"], table.is_valid
print(found)
text = ("1000,5", False)
assert {"decimal": (1000.5, True), "number": text, "double": text, "float": text} == found
PYTHON
