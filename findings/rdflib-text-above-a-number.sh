#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI): FILTER(?budget > 1000000) lets the text "onbekend" through, and ?date < a moment every date there is.
#
# A text and a number cannot be compared: the error leaves the row out (SPARQL 1.1, sections 17.3 and 17.2). For ORDER BY, where everything must
# have a place, rdflib puts values of different types in the order of the IRIs of these types, and FILTER uses it too: xsd:string comes behind
# xsd:decimal and xsd:integer, xsd:dateTime behind xsd:date. So "projects of more than a million" has all whose budget is a word, and "less than"
# none of them; a project that ends in 2030 ended before a moment of today. Nothing is said. pyoxigraph 0.5.13 has no such row.
# Seen, of 5, 2000000, "onbekend", "2 ton": more than a million rdflib 3, pyoxigraph 1; of a date in 2030 before a moment in 2024: 1 and 0.
# kennis-ld asks pyoxigraph; for who asks rdflib, && isNumeric(?budget) leaves the words out (docs/clients.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
cd "$folder"
venv/bin/python - <<'PYTHON'
import pyoxigraph as ox
import rdflib

XSD = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
DATA = """@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:a> <urn:budget> 5 . <urn:b> <urn:budget> 2000000 . <urn:c> <urn:budget> "onbekend" . <urn:d> <urn:budget> "2 ton" .
<urn:a> <urn:end> "2030-12-31"^^xsd:date ."""
FILTERS = (
    "?s <urn:budget> ?v FILTER(?v > 1000000)",
    "?s <urn:budget> ?v FILTER(?v < 1000000)",
    "?s <urn:budget> ?v FILTER(?v > 1000000 && isNumeric(?v))",
    '?s <urn:end> ?v FILTER(?v < "2024-03-01T00:00:00Z"^^xsd:dateTime)',
)
graph, store = rdflib.Graph().parse(data=DATA), ox.Store()
store.load(DATA, format=ox.RdfFormat.TURTLE)
queries = [f"{XSD}SELECT ?s {{ {each} }}" for each in FILTERS]
mine, theirs = ([len(list(which.query(query))) for query in queries] for which in (graph, store))
print("rdflib", mine, "pyoxigraph", theirs)
assert [3, 1, 1, 1] == mine
assert [1, 1, 1, 0] == theirs
PYTHON
