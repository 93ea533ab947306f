#!/usr/bin/env bash
# pyoxigraph 0.5.13 (PyPI): LANG gives "nl-nl" for what the file calls "nl-NL", so a comparison finds nothing.
#
# Tags of languages have no upper and lower case, and a program may write them in small letters (RDF 1.1 Concepts, section 3.3), but
# LANG gives a text, and texts have. FILTER(LANG(?name) = "nl-NL"), as one writes for data that say nl-NL, has no row here and one in rdflib
# 7.6.0; with the small letters it is the other way round. A file that is read and written is another file. LANGMATCHES is the same in both.
# Seen: "nl-NL" pyoxigraph 0, rdflib 1; "nl-nl" 1, 0; LANGMATCHES 1, 1; the store writes "Titel"@nl-nl.
# kennis-ld writes nl and en, and its saved queries ask for these.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyoxigraph==0.5.13 rdflib==7.6.0
"$folder/venv/bin/python" - <<'PYTHON'
import pyoxigraph as ox
import rdflib

DATA = '<urn:a> <urn:name> "Titel"@nl-NL .'
store, graph = ox.Store(), rdflib.Graph().parse(data=DATA, format="turtle")
store.load(DATA, format=ox.RdfFormat.TURTLE)
found = []
for condition in ('LANG(?name) = "nl-NL"', 'LANG(?name) = "nl-nl"', 'LANGMATCHES(LANG(?name), "nl-NL")'):
    query = f"SELECT ?name {{ ?s <urn:name> ?name FILTER({condition}) }}"
    found.append((len(list(store.query(query))), len(graph.query(query))))
(written,) = (str(quad.object) for quad in store)
print("pyoxigraph, rdflib:", *found, written)
assert [(0, 1), (1, 0), (1, 1)] == found
assert '"Titel"@nl-nl' == written
PYTHON
