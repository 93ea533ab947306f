#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI): xsd:integer of a decimal or a double has no value, not even of 3.0.
#
# SPARQL 1.1 (section 17.5) casts every number to every other, and cuts off the fraction as XPath does. In rdflib only texts and
# integers become integers, so a share or an average, which are decimals, gives an empty column, and a FILTER with it leaves all rows
# out, without a word. pyoxigraph 0.5.13 and Comunica 5.4.1 give the number. With FLOOR inside all agree.
# Seen: xsd:integer of 3.0, 7/2, 3e0: rdflib none, pyoxigraph and Comunica 3; of FLOOR(7/2): 3 in all.
# kennis-ld has a line of it for who writes queries (docs/sparql.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" @comunica/query-sparql-rdfjs@5.4.1 n3@2.13.12
cd "$folder"
expressions='(xsd:integer(3.0) AS ?a) (xsd:integer(7/2) AS ?b) (xsd:integer(3e0) AS ?c) (xsd:integer(FLOOR(7/2)) AS ?d)'
export QUERY="PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT $expressions {}"
cat >ask.mjs <<'JAVASCRIPT'
import { QueryEngine } from "@comunica/query-sparql-rdfjs";
import { Store } from "n3";

const [row] = await (await new QueryEngine().queryBindings(process.env.QUERY, { sources: [new Store()] })).toArray();
console.log([..."abcd"].map((name) => row.get(name)?.value ?? "none").join(" "));
JAVASCRIPT
comunica=$(node ask.mjs)
others=$(venv/bin/python - <<'PYTHON'
import os

import pyoxigraph as ox
import rdflib

(one,), (other,) = rdflib.Graph().query(os.environ["QUERY"]), ox.Store().query(os.environ["QUERY"])
print(*(one[name] if one.get(name) is not None else "none" for name in "abcd"), *(each.value for each in other))
PYTHON
)
echo "Comunica $comunica; rdflib, pyoxigraph $others"
[ "$comunica" = "3 3 3 3" ]
[ "$others" = "none none none 3 3 3 3 3" ]
