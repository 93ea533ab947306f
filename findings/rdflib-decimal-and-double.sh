#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI): FILTER(?share = 0.1) does not find the double of 0.1, nor does <=.
#
# In SPARQL 0.1 is a decimal and 1e-1 a double; where both meet, the decimal becomes a double first (SPARQL 1.1, section 17.3; XPath 2.0, appendix
# B.1, Type Promotion). Numbers of JSON-LD with a fraction are doubles, those that people write in a query decimals. rdflib compares the decimal
# with the exact value of the double: 0.1 is never found, and "at most 0.1" leaves 0.1 itself out. Sums of the two do
# make a double. pyoxigraph 0.5.13 and Comunica 5.4.1 find it; with 0.5, which is exact in both, all agree.
# Seen, 0.1 as a double = 0.1, <= 0.1, 0.5 = 0.5: rdflib false false true, pyoxigraph and Comunica true true true.
# kennis-ld's own numbers are decimals and integers; it has a line of it for who writes queries (docs/sparql.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" @comunica/query-sparql-rdfjs@5.4.1 n3@2.13.12
cd "$folder"
echo 'SELECT (1e-1 = 0.1 AS ?a) (1e-1 <= 0.1 AS ?b) (5e-1 = 0.5 AS ?c) {}' >query.rq
cat >ask.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql-rdfjs";
import { Store } from "n3";

const [row] = await (await new QueryEngine().queryBindings(readFileSync("query.rq", "utf8"), { sources: [new Store()] })).toArray();
console.log(["a", "b", "c"].map((name) => row.get(name).value).join(" "));
JAVASCRIPT
theirs=$(node ask.mjs)
others=$(venv/bin/python - <<'PYTHON'
import pathlib

import pyoxigraph as ox
import rdflib

query = pathlib.Path("query.rq").read_text()
((*mine,),) = rdflib.Graph().query(query)
((*other,),) = ox.Store().query(query)
print(*mine, "-", *(each.value for each in other))
PYTHON
)
echo "Comunica $theirs; rdflib - pyoxigraph $others"
[ "$theirs" = "true true true" ]
[ "$others" = "false false true - true true true" ]
