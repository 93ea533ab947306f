#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI): a CONSTRUCT gives statements with a text for a subject, and writes them as N-Triples that nobody reads.
#
# What is no RDF is left out of the answer, without an error (SPARQL 1.1, section 16.2). A query that turns a property round, as from
# "led by" to "leads", meets a text where a city has not linked a name yet. rdflib keeps "GL" <urn:leads> ..., so its graph counts one
# more, and the file that it writes ends at that line in pyoxigraph 0.5.13, and in rdflib too.
# Seen: rdflib 2 statements, pyoxigraph 1; the N-Triples of the first a SyntaxError in pyoxigraph, a ParserError in rdflib.
# kennis-ld compares without them (bench/random_queries.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
"$folder/venv/bin/python" - <<'PYTHON'
import pyoxigraph as ox
import rdflib

DATA = '<urn:a> <urn:ledBy> <urn:ul> . <urn:b> <urn:ledBy> "GL" .'
QUERY = "CONSTRUCT { ?who <urn:leads> ?project } WHERE { ?project <urn:ledBy> ?who }"
found = rdflib.Graph().parse(data=DATA, format="turtle").query(QUERY).graph
store = ox.Store()
store.load(DATA, format=ox.RdfFormat.TURTLE)
other = list(store.query(QUERY))
lines = found.serialize(format="nt")
errors = []
for read in (
    lambda: list(ox.parse(input=lines, format=ox.RdfFormat.N_TRIPLES)),
    lambda: rdflib.Graph().parse(data=lines, format="nt"),
):
    try:
        read()
    except Exception as error:
        errors.append(type(error).__name__)
print(len(found), len(other), errors)
assert (2, 1, ["SyntaxError", "ParserError"]) == (len(found), len(other), errors)
PYTHON
