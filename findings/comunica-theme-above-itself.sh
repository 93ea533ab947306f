#!/usr/bin/env bash
# Comunica 5.4.1 (npm): the check for themes that stand above themselves, ?theme skos:broader+ ?theme, finds none that do so over another.
#
# A variable that stands at both ends of a path is one thing: the path must lead back to where it began (SPARQL 1.1, section 18.4,
# OneOrMorePath and ALP; a hierarchy with such a circle is what SKOS, section 8.6.8, leaves to applications to find). Comunica finds a theme that
# names itself as its own broader one, but none where two or more steps lead back, and says nothing: the thesaurus looks clean. With two
# names and FILTER(?theme = ?same) it finds them. rdflib 7.6.0 and pyoxigraph 0.5.13 (PyPI) find them both ways.
# Seen: one name: Comunica d, the others a b d; two names: a b d in all.
# kennis-ld's saved queries have no such path (docs/clients.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" @comunica/query-sparql-rdfjs@5.4.1 n3@2.13.12
cd "$folder"
start='PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?t'
cat >data.ttl <<'TURTLE'
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:a> skos:broader <urn:b> .
<urn:b> skos:broader <urn:a> .
<urn:c> skos:broader <urn:a> .
<urn:d> skos:broader <urn:d> .
TURTLE
echo "$start { ?t skos:broader+ ?t }" >one.rq
echo "$start { ?t skos:broader+ ?same FILTER(?t = ?same) }" >two.rq
cat >ask.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql-rdfjs";
import { Parser, Store } from "n3";

const read = (name) => readFileSync(name, "utf8");
const sources = [new Store(new Parser().parse(read("data.ttl")))];
for (const name of ["one.rq", "two.rq"]) {
    const rows = await (await new QueryEngine().queryBindings(read(name), { sources })).toArray();
    console.log(rows.map((row) => row.get("t").value.slice(4)).sort().join(" "));
}
JAVASCRIPT
theirs=$(node ask.mjs | paste -s -d,)
others=$(venv/bin/python - <<'PYTHON' | paste -s -d,
import pathlib

import pyoxigraph as ox
import rdflib

graph, store = rdflib.Graph().parse("data.ttl"), ox.Store()
store.load(path="data.ttl")
for name in ("one.rq", "two.rq"):
    query = pathlib.Path(name).read_text()
    one, other = sorted(str(row[0]) for row in graph.query(query)), sorted(row[0].value for row in store.query(query))
    assert one == other
    print(*(each.removeprefix("urn:") for each in one))
PYTHON
)
echo "one name, two names: Comunica $theirs; rdflib and pyoxigraph $others"
[ "$theirs" = "d,a b d" ]
[ "$others" = "a b d,a b d" ]
