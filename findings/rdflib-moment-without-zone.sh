#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI): a moment of 2024 that ends in Z is later than one of 2030 without a zone, and is MAX and last in ORDER BY.
#
# Moments are compared as points in time; one without a zone is taken in a zone that the engine has (SPARQL 1.1, section 17.3: XPath
# op:dateTime-less-than, "implicit timezone"), which moves it by some hours. In rdflib each one with a zone is later than all without, whatever
# their years. So where one program wrote "2024-05-01T12:00:00" and another "2024-03-01T12:00:00Z", what changed last is the older one, and "changed
# before 2030" has the half without a zone. Nothing is said. pyoxigraph 0.5.13 and Comunica 5.4.1 (npm) have the order of the calendar.
# Seen: MAX rdflib March, the others May; before 2030 rdflib 1, the others 2; after 2030 rdflib 1, the others 0.
# kennis-ld writes every moment with its zone (kennis_ld/release/feed.py), and every day as a date.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" @comunica/query-sparql-rdfjs@5.4.1 n3@2.13.12
cd "$folder"
cat >data.ttl <<'TURTLE'
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:a> <urn:changed> "2024-03-01T12:00:00Z"^^xsd:dateTime . <urn:b> <urn:changed> "2024-05-01T12:00:00"^^xsd:dateTime .
TURTLE
cat >queries.json <<'JSON'
{
    "max": "SELECT (MONTH(MAX(?m)) AS ?n) { ?s <urn:changed> ?m }",
    "before": "SELECT (COUNT(*) AS ?n) { ?s <urn:changed> ?m FILTER(?m < '2030-01-01T00:00:00'^^<http://www.w3.org/2001/XMLSchema#dateTime>) }",
    "after": "SELECT (COUNT(*) AS ?n) { ?s <urn:changed> ?m FILTER(?m > '2030-01-01T00:00:00'^^<http://www.w3.org/2001/XMLSchema#dateTime>) }",
    "last": "SELECT (MONTH(?m) AS ?n) { ?s <urn:changed> ?m } ORDER BY DESC(?m) LIMIT 1"
}
JSON
cat >ask.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql-rdfjs";
import { Parser, Store } from "n3";

const sources = [new Store(new Parser().parse(readFileSync("data.ttl", "utf8")))];
const found = {};
for (const [name, query] of Object.entries(JSON.parse(readFileSync("queries.json")))) {
    const [row] = await (await new QueryEngine().queryBindings(query, { sources })).toArray();
    found[name] = Number(row.get("n").value);
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
mine = {name: int(next(iter(graph.query(query)))[0]) for name, query in queries.items()}
theirs = {name: int(next(iter(store.query(query)))[0].value) for name, query in queries.items()}
print("rdflib", mine, "the others", theirs)
assert {"max": 3, "before": 1, "after": 1, "last": 3} == mine
assert {"max": 5, "before": 2, "after": 0, "last": 5} == theirs == json.loads(pathlib.Path("comunica.json").read_text())
PYTHON
