#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI): a row in which nothing has a value is there when the answer is counted or sent, and gone when it is gone through.
#
# OPTIONAL gives a row for each project, also for one without an end (SPARQL 1.1, section 6.1), and BIND leaves its variable without a
# value where the sum cannot be made (section 10.1), in a row that stays. If no other variable is selected the row is empty, and rdflib
# passes over it as one goes through the answer; len() and what it writes as JSON or CSV have it. So "how many projects have which end" adds
# up to less than there are, and lists that are put side by side, one a query, move up. pyoxigraph 0.5.13 gives all rows.
# Seen: of three projects, one with an end: rdflib 1 row in a loop, 3 by len(), 3 in JSON; pyoxigraph 3.
# kennis-ld asks pyoxigraph, and counts in its saved questions with COUNT (queries/).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
"$folder/venv/bin/python" - <<'PYTHON'
import json

import pyoxigraph as ox
import rdflib

data = '<urn:1> <urn:name> "Park" . <urn:2> <urn:name> "Weg" ; <urn:end> "2026" . <urn:3> <urn:name> "Kaart" .'
query = "SELECT ?end { ?project <urn:name> ?name OPTIONAL { ?project <urn:end> ?end } }"
graph, store = rdflib.Graph().parse(data=data, format="turtle"), ox.Store()
store.load(data, format=ox.RdfFormat.TURTLE)
looped = [str(row.end) for row in graph.query(query)]
counted = len(graph.query(query))
sent = len(json.loads(graph.query(query).serialize(format="json"))["results"]["bindings"])
others = sum(1 for _ in store.query(query))
print("rdflib", looped, counted, sent, "pyoxigraph", others)
assert ["2026"] == looped
assert 3 == counted == sent == others
PYTHON
