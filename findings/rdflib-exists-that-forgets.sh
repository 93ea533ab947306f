#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI): within EXISTS a BIND, a group or a UNION does not know the row outside, so nothing exists, or everything does not.
#
# EXISTS looks whether its pattern has a solution once the values of the row outside stand in it, wherever in the pattern that is (SPARQL 1.1,
# section 18.6, substitute). In rdflib they stand in the outermost pattern only: in BIND(?budget * 2 AS ?bound), or in a FILTER within braces or one
# side of a UNION, ?budget has no value. That is an error, and no solution: "no project costs twice as much" is then true of each. Nothing is said.
# With the sum in the FILTER, and no braces, rdflib is right. pyoxigraph 0.5.13 and Comunica 5.4.1 (npm) are so each time.
# Seen, of 5, 12 and 20, none twice as large: BIND rdflib all three, the others b c; one with a name and over 10: braces and UNION none, others c.
# kennis-ld asks pyoxigraph (docs/sparql.md); for who asks rdflib docs/clients.md says how to write it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" @comunica/query-sparql-rdfjs@5.4.1 n3@2.13.12
cd "$folder"
echo '<urn:a> <urn:budget> 5 ; <urn:name> "A" . <urn:b> <urn:budget> 12 . <urn:c> <urn:budget> 20 ; <urn:name> "C" .' >data.ttl
cat >queries.json <<'JSON'
{
    "bind": "SELECT ?s { ?s <urn:budget> ?n FILTER NOT EXISTS { ?t <urn:budget> ?m BIND(?n * 2 AS ?bound) FILTER(?m >= ?bound) } }",
    "braces": "SELECT ?s { ?s <urn:budget> ?n FILTER EXISTS { { ?s <urn:name> ?x FILTER(?n > 10) } } }",
    "union": "SELECT ?s { ?s <urn:budget> ?n FILTER EXISTS { { ?s <urn:name> ?x FILTER(?n > 10) } UNION { ?s <urn:none> ?x } } }",
    "plain": "SELECT ?s { ?s <urn:budget> ?n FILTER NOT EXISTS { ?t <urn:budget> ?m FILTER(?m >= ?n * 2) } }"
}
JSON
cat >ask.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql-rdfjs";
import { Parser, Store } from "n3";

const sources = [new Store(new Parser().parse(readFileSync("data.ttl", "utf8")))];
const found = {};
for (const [name, query] of Object.entries(JSON.parse(readFileSync("queries.json")))) {
    const rows = await (await new QueryEngine().queryBindings(query, { sources })).toArray();
    found[name] = rows.map((row) => row.get("s").value.slice(4)).sort().join("");
}
console.log(JSON.stringify(found));
JAVASCRIPT
node ask.mjs >comunica.json
venv/bin/python - <<'PYTHON'
import json
import pathlib

import pyoxigraph as ox
import rdflib

queries = json.loads(pathlib.Path("queries.json").read_text())
graph, store = rdflib.Graph().parse("data.ttl"), ox.Store()
store.load(path="data.ttl")
mine = {name: "".join(sorted(str(row[0])[4:] for row in graph.query(query))) for name, query in queries.items()}
theirs = {name: "".join(sorted(row[0].value[4:] for row in store.query(query))) for name, query in queries.items()}
print("rdflib", mine, "the others", theirs)
assert {"bind": "abc", "braces": "", "union": "", "plain": "bc"} == mine
assert {"bind": "bc", "braces": "c", "union": "c", "plain": "bc"} == theirs
assert theirs == json.loads(pathlib.Path("comunica.json").read_text())
PYTHON
