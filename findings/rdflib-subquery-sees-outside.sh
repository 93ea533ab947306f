#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI): a subquery is answered once for each row outside it, with the values of that row in it.
#
# A subquery is evaluated first, by itself, and only the variables that it selects meet those outside (SPARQL 1.1, section 12).
# For rdflib a variable that stands inside and is not selected has the value of the row outside: the average of all becomes
# the average of the one row, so "projects that cost more than the average" are none, without a word; a total becomes a part.
# With DISTINCT in the subquery rdflib answers as pyoxigraph does.
# Seen: rdflib [] with totals 1 2 6, pyoxigraph ['c'] with totals 9 9 9; with DISTINCT the same in both.
# kennis-ld's own random queries therefore group with DISTINCT (bench/random_queries.py), and its saved ones run in pyoxigraph.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
"$folder/venv/bin/python" - <<'PYTHON'
import pyoxigraph as ox
import rdflib

DATA = '<urn:a> <urn:cost> 1 . <urn:b> <urn:cost> 2 . <urn:c> <urn:cost> 6 .'
ABOVE = "SELECT ?p { ?p <urn:cost> ?n . { SELECT (AVG(?n) AS ?mean) { ?q <urn:cost> ?n } } FILTER(?n > ?mean) }"
TOTAL = "SELECT ?all { ?p <urn:cost> ?n . { SELECT (SUM(?n) AS ?all) { ?q <urn:cost> ?n } } }"

graph = rdflib.Graph().parse(data=DATA, format="turtle")
store = ox.Store()
store.load(DATA, format=ox.RdfFormat.TURTLE)


def both(query):
    one = sorted(str(row[0]).removeprefix("urn:") for row in graph.query(query))
    other = sorted(row[0].value.removeprefix("urn:") for row in store.query(query))
    return one, other


found = [both(query) for query in (ABOVE, TOTAL)]
apart = [both(query.replace("SELECT (", "SELECT DISTINCT (")) for query in (ABOVE, TOTAL)]
print("rdflib, pyoxigraph:", *found, "with DISTINCT:", *apart)
assert [([], ["c"]), (["1", "2", "6"], ["9", "9", "9"])] == found
assert [(["c"], ["c"]), (["9", "9", "9"], ["9", "9", "9"])] == apart
PYTHON
