#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI): where links come back to their start, <theme> skos:related* ?t has the theme twice, and a count is one too many.
#
# A path with * gives each thing that it reaches once, its start as well (SPARQL 1.1, section 18.4, ALP: a set of nodes). rdflib gives the start
# at once, and again when the links lead back to it, as skos:related, which is said both ways, always does: of three themes COUNT has
# four, and a sum of their budgets has that of the first twice. Nothing is said. So it is with a thing that names itself, and from
# the other end. Without a way back, and with +, all is right. pyoxigraph 0.5.13 has each once, as has rdflib with SELECT DISTINCT.
# Seen: rdflib: * 4, sum 40, from the other end 4, itself 2; + 3, no way back 3. pyoxigraph: 3, 30, 3, 1; 3, 3.
# kennis-ld's site answers with pyoxigraph (docs/clients.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
cd "$folder"
venv/bin/python - <<'PYTHON'
import pyoxigraph as ox
import rdflib

DATA = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:a> skos:related <urn:b> ; skos:narrower <urn:b> ; <urn:budget> 10 .
<urn:b> skos:related <urn:a>, <urn:c> ; skos:narrower <urn:c> ; <urn:budget> 10 .
<urn:c> skos:related <urn:b> ; <urn:budget> 10 .
<urn:d> skos:related <urn:d> .
"""
QUERIES = {
    "*": "SELECT (COUNT(?t) AS ?n) { <urn:a> skos:related* ?t }",
    "sum": "SELECT (SUM(?b) AS ?n) { <urn:a> skos:related* ?t . ?t <urn:budget> ?b }",
    "from the other end": "SELECT (COUNT(?t) AS ?n) { ?t skos:related* <urn:a> }",
    "itself": "SELECT (COUNT(?t) AS ?n) { <urn:d> skos:related* ?t }",
    "+": "SELECT (COUNT(?t) AS ?n) { <urn:a> skos:related+ ?t }",
    "no way back": "SELECT (COUNT(?t) AS ?n) { <urn:a> skos:narrower* ?t }",
    "distinct": "SELECT (COUNT(DISTINCT ?t) AS ?n) { <urn:a> skos:related* ?t }",
}
graph, store = rdflib.Graph().parse(data=DATA, format="turtle"), ox.Store()
store.load(DATA, format=ox.RdfFormat.TURTLE)
mine, theirs = {}, {}
for name, query in QUERIES.items():
    asked = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> " + query
    mine[name] = int(next(iter(graph.query(asked)))[0])
    theirs[name] = int(next(iter(store.query(asked)))[0].value)
print("rdflib", mine, "pyoxigraph", theirs)
right = {"*": 3, "sum": 30, "from the other end": 3, "itself": 1, "+": 3, "no way back": 3, "distinct": 3}
assert right == theirs
assert right | {"*": 4, "sum": 40, "from the other end": 4, "itself": 2} == mine
PYTHON
