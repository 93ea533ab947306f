#!/usr/bin/env bash
# rdflib 7.6.0, pyoxigraph 0.5.13 (PyPI): with BIND(BNODE("address") AS ?a) all offices have one address, in which every street stands.
#
# BNODE with a text makes one blank node for one row of the answer, and another one for the next (SPARQL 1.1, section 17.4.2.9). So a
# CONSTRUCT that puts the street of each office into an address of its own can name the address by it, twice in one row. Both make one
# node for all rows: each office has the streets of all, and nobody can say any more which was whose. Nothing is said. With
# BNODE(STR(?office)), with BNODE() and with "_:address" in the CONSTRUCT, each office has its own, as in Comunica 5.4.1 (npm)
# all four ways.
# Seen: BNODE("address"): 1 address with 2 streets, Comunica 2 with 1 each; the three others: 2 with 1 each in all.
# kennis-ld publishes no blank nodes (docs/clients.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" @comunica/query-sparql-rdfjs@5.4.1 n3@2.13.12
cd "$folder"
echo '<urn:a> <urn:at> "Weg 1" . <urn:b> <urn:at> "Laan 2" .' >data.ttl
for node in 'BNODE("address")' 'BNODE(STR(?office))' 'BNODE()'; do
    echo "CONSTRUCT { ?office <urn:address> ?a . ?a <urn:street> ?street } WHERE { ?office <urn:at> ?street BIND($node AS ?a) }"
done >queries
echo 'CONSTRUCT { ?office <urn:address> _:a . _:a <urn:street> ?street } WHERE { ?office <urn:at> ?street }' >>queries
cat >make.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql-rdfjs";
import { Parser, Store } from "n3";

const sources = [new Store(new Parser().parse(readFileSync("data.ttl", "utf8")))];
const found = [];
for (const query of readFileSync("queries", "utf8").trim().split("\n")) {
    const made = await (await new QueryEngine().queryQuads(query, { sources })).toArray();
    found.push(new Set(made.filter((each) => each.predicate.value === "urn:street").map((each) => each.subject.value)).size);
}
console.log(JSON.stringify(found));
JAVASCRIPT
node make.mjs >comunica.json
venv/bin/python - <<'PYTHON'
import json
import pathlib

import pyoxigraph as ox
import rdflib

graph, store = rdflib.Graph().parse("data.ttl"), ox.Store()
store.load(path="data.ttl")
found = {"rdflib": [], "pyoxigraph": [], "Comunica": json.loads(pathlib.Path("comunica.json").read_text())}
for query in pathlib.Path("queries").read_text().splitlines():
    found["rdflib"].append(len(set(graph.query(query).graph.subjects(rdflib.URIRef("urn:street")))))
    found["pyoxigraph"].append(len({each.subject for each in store.query(query) if each.predicate.value == "urn:street"}))
print("addresses of two streets:", found)
assert {"rdflib": [1, 2, 2, 2], "pyoxigraph": [1, 2, 2, 2], "Comunica": [2, 2, 2, 2]} == found
PYTHON
