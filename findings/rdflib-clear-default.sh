#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI): CLEAR DEFAULT and DROP NAMED empty every graph of a Dataset, and DELETE WHERE { GRAPH ?g ... } none.
#
# DEFAULT is the default graph only, NAMED the named ones only (SPARQL 1.1 Update, sections 3.1.5 and 3.2.2). Who clears the state of today
# before loading the next, with each edition in a graph of its own, loses the editions, without a word; and after COPY to DEFAULT
# (section 3.2.3) what was to be copied is nowhere. Statements that are to go from whatever graph they are in (section 3.1.3.3) all
# stay, but with the pattern written twice they go. pyoxigraph 0.5.13 does what is asked. CLEAR DEFAULT is known (RDFLib/rdflib, issue 1275).
# Seen, left of three statements, of which one in the default graph: rdflib 0 0 0 3 1, pyoxigraph 2 1 3 1 1.
# kennis-ld updates no store: it answers queries only (docs/sparql.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
"$folder/venv/bin/python" - <<'PYTHON'
import pyoxigraph as ox
import rdflib

DATA = '<urn:a> <urn:name> "now" . GRAPH <urn:e1> { <urn:a> <urn:name> "then" } GRAPH <urn:e2> { <urn:a> <urn:name> "before" }'
ANY = "{ GRAPH ?g { ?s ?p ?o } }"
UPDATES = "CLEAR DEFAULT", "DROP NAMED", "COPY <urn:e1> TO DEFAULT", f"DELETE WHERE {ANY}", f"DELETE {ANY} WHERE {ANY}"
found = []
for update in UPDATES:
    one, other = rdflib.Dataset(), ox.Store()
    one.parse(data=DATA, format="trig")
    other.load(DATA, format=ox.RdfFormat.TRIG)
    assert 3 == len(list(one.quads())) == len(other)
    one.update(update)
    other.update(update)
    found.append((len(list(one.quads())), len(other)))
print("rdflib, pyoxigraph:", *found)
assert [(0, 2), (0, 1), (0, 3), (3, 1), (1, 1)] == found
PYTHON
