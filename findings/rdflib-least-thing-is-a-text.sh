#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI): MIN and MAX of things give a text, which joins with nothing.
#
# MIN orders its values as ORDER BY does and gives one of them (SPARQL 1.1, section 18.5.1.5), so it serves to take one theme of each
# project, or one of several identities, always the same. In rdflib the IRI comes back as a text of the same letters: printed it looks
# right, and whoever goes on with it, as to the name of that theme, has no row. pyoxigraph 0.5.13 gives the IRI. So does SAMPLE in both.
# Seen: MIN rdflib a literal and 0 rows, pyoxigraph an IRI and 1 row; SAMPLE an IRI and 1 row in both.
# kennis-ld's saved queries take no least thing; its random ones only the least text (bench/random_queries.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
"$folder/venv/bin/python" - <<'PYTHON'
import pyoxigraph as ox
import rdflib

DATA = '<urn:project> <urn:theme> <urn:water> . <urn:water> <urn:name> "Water" .'
graph = rdflib.Graph().parse(data=DATA, format="turtle")
store = ox.Store()
store.load(DATA, format=ox.RdfFormat.TURTLE)
found = {}
for what in ("MIN", "SAMPLE"):
    inner = f"SELECT DISTINCT ({what}(?t) AS ?one) {{ ?p <urn:theme> ?t }}"
    outer = f"SELECT ?name {{ {{ {inner} }} ?one <urn:name> ?name }}"
    ((one,),), ((other,),) = graph.query(inner), store.query(inner)
    rows = len(graph.query(outer)), len(list(store.query(outer)))
    found[what] = (type(one).__name__, type(other).__name__, *rows)
print("rdflib, pyoxigraph:", found)
assert {"MIN": ("Literal", "NamedNode", 0, 1), "SAMPLE": ("URIRef", "NamedNode", 1, 1)} == found
PYTHON
