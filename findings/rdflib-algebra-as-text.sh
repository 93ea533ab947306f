#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI): translateAlgebra writes another query than it was given: brackets are gone, and the FILTER of an OPTIONAL.
#
# It turns the algebra of a query into text again, for who looks at a query, changes it and sends it on. "2 * (3 + 4)" becomes
# "2 * 3 + 4", where * goes first (SPARQL 1.1, section 19.8, rules 116 and 117); "10 - (3 - 2)" becomes "10 - 3 - 2"; !(a && b) becomes !a && b; the
# condition of an OPTIONAL, a part of the left join (section 18.2.2.6), is left out. All of it is SPARQL, and answers. The query written by
# traqula 1.3.1 (npm), the parser and generator of Comunica, has the same answers as the one that was read.
# Seen: 14 9 true 1, of rdflib's text 10 5 false 2.
# kennis-ld never writes a query anew from its algebra.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" @traqula/parser-sparql-1-1@1.3.1 @traqula/generator-sparql-1-1@1.3.1
cd "$folder"
cat >queries.json <<'JSON'
[
    "SELECT (2 * (3 + 4) AS ?v) {}",
    "SELECT (10 - (3 - 2) AS ?v) {}",
    "SELECT (!(true && false) AS ?v) {}",
    "SELECT (COUNT(?budget) AS ?v) { ?p a <urn:Project> OPTIONAL { ?p <urn:budget> ?budget FILTER(?budget > 1000) } }"
]
JSON
cat >write.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { Generator } from "@traqula/generator-sparql-1-1";
import { Parser } from "@traqula/parser-sparql-1-1";

const written = (query) => new Generator().generate(new Parser().parse(query));
console.log(JSON.stringify(JSON.parse(readFileSync("queries.json")).map(written)));
JAVASCRIPT
node write.mjs >traqula.json
venv/bin/python - <<'PYTHON'
import json
import pathlib

import pyoxigraph as ox
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import translateAlgebra

store = ox.Store()
store.load("<urn:a> a <urn:Project> ; <urn:budget> 500 . <urn:b> a <urn:Project> ; <urn:budget> 5000 .", format=ox.RdfFormat.TURTLE)


def answers(queries):
    return [next(iter(store.query(query)))["v"].value for query in queries]


queries, theirs = (json.loads(pathlib.Path(name).read_text()) for name in ("queries.json", "traqula.json"))
texts = [translateAlgebra(prepareQuery(query)) for query in queries]
print(answers(queries), answers(texts))
assert ["14", "9", "true", "1"] == answers(queries) == answers(theirs)
assert ["10", "5", "false", "2"] == answers(texts)
PYTHON
