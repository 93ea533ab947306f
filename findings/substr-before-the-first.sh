#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI), Comunica 5.4.1 (npm): of a text that is too short, "its last four letters" are fewer letters than it has.
#
# SUBSTR counts from 1, and places before that are passed over: the start may be 0 or less, and what there is from 1 on is the answer
# (SPARQL 1.1, section 17.4.3.3: XPath fn:substring, of which "12345", 0, 3 is an example, with "12"). So SUBSTR(?name, STRLEN(?name) - 3)
# gives the whole of a name of three letters. Both count from the end of the text then, as their own language does: "HsL" becomes "L".
# With a length the text is empty. Nothing is said. pyoxigraph 0.5.13 does as XPath.
# Seen: of "HsL" and "Leiden", from STRLEN - 3; of "12345", 0, 3: rdflib and Comunica L iden and an empty text, pyoxigraph HsL iden 12.
# kennis-ld has a line of it for who writes queries (docs/sparql.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" @comunica/query-sparql-rdfjs@5.4.1 n3@2.13.12
cd "$folder"
last='SUBSTR(?name, STRLEN(?name) - 3)'
echo "SELECT ($last AS ?v) (SUBSTR(\"12345\", 0, 3) AS ?w) { VALUES ?name { \"HsL\" \"Leiden\" } } ORDER BY STRLEN(?name)" >query.rq
cat >ask.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql-rdfjs";
import { Store } from "n3";

const rows = await (await new QueryEngine().queryBindings(readFileSync("query.rq", "utf8"), { sources: [new Store()] })).toArray();
console.log(rows.map((row) => `${row.get("v").value},${row.get("w").value}`).join(" "));
JAVASCRIPT
theirs=$(node ask.mjs)
others=$(venv/bin/python - <<'PYTHON'
import pathlib

import pyoxigraph as ox
import rdflib

query = pathlib.Path("query.rq").read_text()
print(*(f"{row[0]},{row[1]}" for row in rdflib.Graph().query(query)), sep=" ", end="; ")
print(*(f"{row[0].value},{row[1].value}" for row in ox.Store().query(query)))
PYTHON
)
echo "Comunica $theirs; rdflib, pyoxigraph $others"
[ "$theirs" = "L, iden," ]
[ "$others" = "L, iden,; HsL,12 iden,12" ]
