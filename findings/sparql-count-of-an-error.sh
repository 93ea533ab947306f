#!/usr/bin/env bash
# pyoxigraph 0.5.13, rdflib 7.6.0 (PyPI), Comunica 5.4.1 (npm): COUNT(xsd:integer(?v)) is nothing in two of them, and counts every text in one.
#
# COUNT counts how often its expression has a value and is no error: what is one is taken out before counting (SPARQL 1.1, section 18.5.1.2). So
# "how many budgets are a number", of 12, 20, "onbekend" and "8 mln", is 2. pyoxigraph and Comunica have no value for the count as soon as one row
# is an error; rdflib counts the errors too. None of the three says so. The sum of an error is none (section 18.5.1.3), the count is not. With BIND
# in front, COUNT counts what has a value, and all agree.
# Seen: COUNT(xsd:integer(?v)) and COUNT(?v + 1): pyoxigraph and Comunica none, rdflib 4; with BIND 2 in all.
# kennis-ld counts no expression: its saved questions count what stands there (queries/).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" @comunica/query-sparql-rdfjs@5.4.1 n3@2.13.12
cd "$folder"
echo '<urn:a> <urn:budget> 12 . <urn:b> <urn:budget> 20 . <urn:c> <urn:budget> "onbekend" . <urn:d> <urn:budget> "8 mln" .' >data.ttl
prefix="PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT"
cat >queries.json <<JSON
[
    "$prefix (COUNT(xsd:integer(?v)) AS ?n) { ?s <urn:budget> ?v }",
    "$prefix (COUNT(?v + 1) AS ?n) { ?s <urn:budget> ?v }",
    "$prefix (COUNT(?w) AS ?n) { ?s <urn:budget> ?v BIND(?v + 1 AS ?w) }"
]
JSON
cat >ask.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql-rdfjs";
import { Parser, Store } from "n3";

const sources = [new Store(new Parser().parse(readFileSync("data.ttl", "utf8")))];
const found = [];
for (const query of JSON.parse(readFileSync("queries.json"))) {
    const [row] = await (await new QueryEngine().queryBindings(query, { sources })).toArray();
    found.push(row.get("n")?.value ?? null);
}
console.log(JSON.stringify(found));
JAVASCRIPT
node ask.mjs >comunica.json
venv/bin/python - <<'PYTHON'
import json
import logging
import pathlib

import pyoxigraph as ox
import rdflib

logging.disable()
queries = json.loads(pathlib.Path("queries.json").read_text())
graph, store = rdflib.Graph().parse("data.ttl"), ox.Store()
store.load(path="data.ttl")
ours = [(row := next(iter(store.query(query))))["n"] and row["n"].value for query in queries]
theirs = [graph.query(query).bindings[0].get("n") for query in queries]
comunica = json.loads(pathlib.Path("comunica.json").read_text())
print("pyoxigraph", ours, "Comunica", comunica, "rdflib", [str(each) for each in theirs])
assert [None, None, "2"] == ours == comunica
assert ["4", "4", "2"] == [str(each) for each in theirs]
PYTHON
