#!/usr/bin/env bash
# pyoxigraph 0.5.13 (PyPI): <theme> skos:narrower* ?t has no row, not even the theme itself, where the store says nothing of it.
#
# A path of no steps leads from a term to itself, whether or not the data have it; only where both ends are variables it goes over what the data
# have (SPARQL 1.1, section 18.4, ZeroOrMorePath). So "this theme and all below it", or "what is identical to this organisation, itself included",
# has always one row: with * or ?, from a name that another endpoint knows. pyoxigraph has none, so the rest of a group with such a path is gone as
# well, and ASK is false. Nothing is said. rdflib 7.6.0 and Comunica 5.4.1 (npm) give the row. With VALUES and a variable the standard has none
# either.
# Seen: rows from a theme of elsewhere by * and ?: pyoxigraph 0 0, rdflib and Comunica 1 1; from one that the data have: 2 in all.
# kennis-ld asks paths of things of its own store only (queries/); docs/clients.md says so to who asks it with others.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" @comunica/query-sparql-rdfjs@5.4.1 n3@2.13.12
cd "$folder"
echo '<urn:groen> <urn:narrower> <urn:bomen> .' >data.ttl
cat >queries.json <<'JSON'
["SELECT ?t { <urn:elsewhere> <urn:narrower>* ?t }", "SELECT ?t { <urn:elsewhere> <urn:narrower>? ?t }", "SELECT ?t { <urn:groen> <urn:narrower>* ?t }"]
JSON
cat >ask.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql-rdfjs";
import { Parser, Store } from "n3";

const sources = [new Store(new Parser().parse(readFileSync("data.ttl", "utf8")))];
const found = [];
for (const query of JSON.parse(readFileSync("queries.json"))) {
    found.push((await (await new QueryEngine().queryBindings(query, { sources })).toArray()).length);
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
mine, theirs = ([len(list(which.query(query))) for query in queries] for which in (store, graph))
comunica = json.loads(pathlib.Path("comunica.json").read_text())
print("pyoxigraph", mine, "rdflib", theirs, "Comunica", comunica)
assert [0, 0, 2] == mine
assert [1, 1, 2] == theirs == comunica
PYTHON
