#!/usr/bin/env bash
# Comunica 5.4.1 (npm), pyoxigraph 0.5.13, rdflib 7.6.0 (PyPI): a MINUS within EXISTS takes nothing away in the one, and does in the others.
#
# SPARQL 1.1 (section 18.6) puts the values of the row outside into the pattern of EXISTS. So a MINUS in it shares no variable with
# what stands in front of it any more, and takes nothing away (section 18.5, Minus). Comunica keeps to these words; the other two do
# what one means: "projects with a part that are not done" are all with a part in Comunica. With FILTER NOT EXISTS for MINUS all agree.
# Seen: MINUS: Comunica a b, pyoxigraph and rdflib b; NOT EXISTS: b in all.
# kennis-ld's saved queries have no MINUS within EXISTS.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" @comunica/query-sparql-rdfjs@5.4.1 n3@2.13.12
cd "$folder"
echo '<urn:a> a <urn:Project> ; <urn:part> <urn:a1> . <urn:b> a <urn:Project> ; <urn:part> <urn:b1> . <urn:a> <urn:done> true .' >data.ttl
echo 'SELECT ?p { ?p a <urn:Project> FILTER EXISTS { ?p <urn:part> ?part MINUS { ?p <urn:done> true } } }' >minus.rq
echo 'SELECT ?p { ?p a <urn:Project> FILTER EXISTS { ?p <urn:part> ?part FILTER NOT EXISTS { ?p <urn:done> true } } }' >not-exists.rq
cat >ask.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql-rdfjs";
import { Parser, Store } from "n3";

const read = (name) => readFileSync(name, "utf8");
const sources = [new Store(new Parser().parse(read("data.ttl")))];
for (const name of ["minus.rq", "not-exists.rq"]) {
    const rows = await (await new QueryEngine().queryBindings(read(name), { sources })).toArray();
    console.log(rows.map((row) => row.get("p").value.slice(4)).sort().join(" "));
}
JAVASCRIPT
theirs=$(node ask.mjs | paste -s -d,)
others=$(venv/bin/python - <<'PYTHON' | paste -s -d,
import pathlib

import pyoxigraph as ox
import rdflib

store, graph = ox.Store(), rdflib.Graph().parse("data.ttl")
store.load(path="data.ttl")
for name in ("minus.rq", "not-exists.rq"):
    query = pathlib.Path(name).read_text()
    one, other = (sorted(each[0].value for each in store.query(query)), sorted(str(each[0]) for each in graph.query(query)))
    assert one == other
    print(*(each.removeprefix("urn:") for each in one))
PYTHON
)
echo "MINUS, NOT EXISTS: Comunica $theirs; pyoxigraph and rdflib $others"
[ "$theirs" = "a b,b" ]
[ "$others" = "b,b" ]
