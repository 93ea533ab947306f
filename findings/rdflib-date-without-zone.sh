#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI): a date loses its time zone when it is read, and two dates become one.
#
# xsd:date may have a zone, and many a catalogue has one: "2024-03-01+01:00". It is another value than the date without (XSD 1.1, part 2,
# section 3.3.9). rdflib drops the zone, so that what goes out is not what came in, and three dates of one thing are one statement.
# A moment keeps its zone, but Z is written +00:00: the same value, another term. pyoxigraph 0.5.13 keeps all texts.
# Seen: rdflib 2024-03-01 and 2024-03-01T00:00:00+00:00, pyoxigraph three dates and 2024-03-01T00:00:00Z.
# kennis-ld's dates have no zone, and what is compared and written is the text (DECISIONS.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
"$folder/venv/bin/python" - <<'PYTHON'
import pyoxigraph as ox
import rdflib

DATA = """
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:a> <http://purl.org/dc/terms/issued> "2024-03-01"^^xsd:date , "2024-03-01Z"^^xsd:date , "2024-03-01+01:00"^^xsd:date ,
    "2024-03-01T00:00:00Z"^^xsd:dateTime .
"""

found = sorted(str(value) for value in rdflib.Graph().parse(data=DATA, format="turtle").objects())
store = ox.Store()
store.load(DATA, format=ox.RdfFormat.TURTLE)
other = sorted(quad.object.value for quad in store)
print("rdflib", found, "pyoxigraph", other)
assert ["2024-03-01", "2024-03-01T00:00:00+00:00"] == found
assert ["2024-03-01", "2024-03-01+01:00", "2024-03-01T00:00:00Z", "2024-03-01Z"] == other
PYTHON
