#!/usr/bin/env bash
# Comunica 5.4.1 (npm): FILTER(?name < "M") has "de Waag" and "Élan", which in other engines stand behind every capital.
#
# Texts are compared by fn:compare (SPARQL 1.1, section 17.3, to which 15.1 refers for ORDER BY), in engines as a rule by code points. Comunica
# compares as a dictionary does. That is what a reader likes to see in a list; but what is asked for letter by letter, or page by
# page with FILTER(?name > "the last one"), has other names than at an endpoint, and some are lost or come twice where a part of a
# federated query was put in order there. pyoxigraph 0.5.13 and rdflib 7.6.0 go by code points.
# Seen: before "M" Comunica de Waag, Élan, the others none; in order Comunica de Waag Élan Park Zuid, the others Park Zuid de Waag Élan.
# kennis-ld asks pyoxigraph, and compares no names in its queries (kennis_ld/web/queries).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" @comunica/query-sparql-rdfjs@5.4.1 n3@2.13.12
cd "$folder"
echo '<urn:1> <urn:name> "de Waag" . <urn:2> <urn:name> "Zuid" . <urn:3> <urn:name> "Élan" . <urn:4> <urn:name> "Park" .' >data.ttl
cat >queries.json <<'JSON'
[
  "SELECT ?name { ?s <urn:name> ?name } ORDER BY ?name",
  "SELECT ?name { ?s <urn:name> ?name FILTER(?name < 'M') } ORDER BY ?name"
]
JSON
cat >ask.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql-rdfjs";
import { Parser, Store } from "n3";

const store = new Store(new Parser().parse(readFileSync("data.ttl", "utf8")));
for (const query of JSON.parse(readFileSync("queries.json", "utf8"))) {
    const rows = await (await new QueryEngine().queryBindings(query, { sources: [store] })).toArray();
    console.log(rows.map((row) => row.get("name").value).join());
}
JAVASCRIPT
found=$(node ask.mjs | paste -s -d '|')
echo "Comunica $found"
[ "$found" = "de Waag,Élan,Park,Zuid|de Waag,Élan" ]
venv/bin/python - <<'PYTHON'
import json
import pathlib

import pyoxigraph as ox
import rdflib

data = pathlib.Path("data.ttl").read_text()
graph, store = rdflib.Graph().parse(data=data, format="turtle"), ox.Store()
store.load(data, format=ox.RdfFormat.TURTLE)
for query, names in zip(json.loads(pathlib.Path("queries.json").read_text()), (["Park", "Zuid", "de Waag", "Élan"], [])):
    found = [str(row.name) for row in graph.query(query)], [row["name"].value for row in store.query(query)]
    print("rdflib, pyoxigraph", *found)
    assert (names, names) == found
PYTHON
