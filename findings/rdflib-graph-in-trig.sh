#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI): a Graph written as TriG is not in the default graph, and a query finds nothing of it.
#
# A Graph has no name, and statements without the name of a graph are the default graph (TriG, section 2.1). rdflib writes it into a graph
# whose name is a blank node, a new one each time: who loads the file into a store, and asks without GRAPH, has no rows, and who
# loads the next version as well has both. Nothing is said. The same statements as Turtle are in the default graph, and so is a Dataset
# that they were added to. That rdflib's default graph has a name of its own is known (RDFLib/rdflib, issue 2445).
# Seen, statements in the default graph and in all, of one file, and of two versions: Graph 0 1, 0 2; Dataset 1 1, 1 1.
# kennis-ld writes N-Quads from sorted lines (kennis_ld/graph/formats.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
"$folder/venv/bin/python" - <<'PYTHON'
import pyoxigraph as ox
import rdflib

DATA = '<urn:a> <urn:name> "Water" .'
found = {}
for kind in (rdflib.Graph, rdflib.Dataset):
    store, counts = ox.Store(), []
    for _version in range(2):
        store.load(kind().parse(data=DATA, format="turtle").serialize(format="trig"), format=ox.RdfFormat.TRIG)
        counts.append((len(list(store.query("SELECT * { ?s ?p ?o }"))), len(store)))
    found[kind.__name__] = counts
print(found)
assert {"Graph": [(0, 1), (0, 2)], "Dataset": [(1, 1), (1, 1)]} == found
PYTHON
