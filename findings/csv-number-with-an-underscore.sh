#!/usr/bin/env bash
# csvw 4.1.1, frictionless 5.21.0 (PyPI): the project number 2024_1 in a column of integers is valid, and is the number 20241.
#
# An integer is digits, which may have a sign in front (XSD 1.1, part 2, 3.4.13, from which CSV on the Web has its datatypes). Python's int() and
# Decimal() take "_" between digits too, as in a program, and both libraries leave it to Python: a number that should have been reported is another
# number, and 2024_11 and 2024_1_1 are one. Nothing is said. tableschema 1.12.6 (npm) refuses it for the schema that frictionless has.
# Seen, as integer, number and (csvw) decimal: 20241, valid; tableschema an error for both.
# kennis-ld has project numbers as texts, also in agenda.csv-metadata.json (docs/clients.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check csvw==4.1.1 frictionless==5.21.0
npm install --silent --no-audit --no-fund --prefix "$folder" tableschema@1.12.6
cd "$folder"
printf 'number\n2024_1\n' >t.csv
venv/bin/python - <<'PYTHON'
import json
import pathlib

import csvw
from frictionless import Resource, Schema, validate

found = []
for kind in ("integer", "number", "decimal"):
    column = {"titles": "number", "name": "number", "datatype": kind}
    metadata = {"@context": "http://www.w3.org/ns/csvw", "url": "t.csv", "tableSchema": {"columns": [column]}}
    pathlib.Path("t.csv-metadata.json").write_text(json.dumps(metadata))
    table = csvw.CSVW("t.csv")
    found.append((table.is_valid, float(table.to_json(minimal=True)[0]["number"])))
for kind in ("integer", "number"):
    resource = Resource(path="t.csv", schema=Schema.from_descriptor({"fields": [{"name": "number", "type": kind}]}))
    found.append((validate(resource).valid, float(resource.read_rows()[0]["number"])))
print("csvw, frictionless", found)
assert [(True, 20241.0)] * 5 == found
PYTHON
cat >read.cjs <<'JAVASCRIPT'
const { Field } = require("tableschema");

const refused = ["integer", "number"].filter((type) => {
    try {
        new Field({ name: "number", type }).castValue("2024_1");
    } catch {
        return true;
    }
});
console.log(refused.length);
JAVASCRIPT
found=$(node read.cjs)
echo "tableschema refuses $found"
[ "$found" = 2 ]
