#!/usr/bin/env bash
# pyoxigraph 0.5.13 (PyPI): an organisation that leads and takes part is counted once by lead|partner.
#
# Two alternatives of a path are a UNION, and a UNION of two multisets keeps both rows (SPARQL 1.1, section 18.4, "eval of
# AlternativePath"). pyoxigraph gives each pair of ends once. rdflib 7.6.0 gives both, as the recommendation says; so a federated query
# has another count than a local one. With UNION written out all agree.
# Seen: lead|partner pyoxigraph 2, rdflib 3; UNION 3 and 3.
# kennis-ld says so to who asks (docs/sparql.md), and its saved queries count DISTINCT.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyoxigraph==0.5.13 rdflib==7.6.0
"$folder/venv/bin/python" - <<'PYTHON'
import pyoxigraph as ox
import rdflib

DATA = "<urn:project> <urn:lead> <urn:ul> ; <urn:partner> <urn:ul> , <urn:gl> ."
PATTERNS = "?p <urn:lead>|<urn:partner> ?o", "{ ?p <urn:lead> ?o } UNION { ?p <urn:partner> ?o }"

store, graph = ox.Store(), rdflib.Graph().parse(data=DATA, format="turtle")
store.load(DATA, format=ox.RdfFormat.TURTLE)
found = []
for pattern in PATTERNS:
    query = f"SELECT (COUNT(?o) AS ?n) {{ {pattern} }}"
    ((one,),), ((other,),) = store.query(query), graph.query(query)
    found.append((int(one.value), int(other)))
print("pyoxigraph, rdflib: path", found[0], "UNION", found[1])
assert [(2, 3), (3, 3)] == found
PYTHON
