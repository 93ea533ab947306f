#!/usr/bin/env bash
# pyoxigraph 0.5.13 (PyPI) writes rdf:type in JSON-LD as a property like any other, and uses none of the prefixes it is given.
#
# Both are allowed: it is expanded JSON-LD with the long name of rdf:type. But who frames by "@type", or looks for items in a
# page, finds nothing; the same statements in Turtle do have "a" and prefixes.
# Seen: [{"@id":"https://a.example/x","http://www.w3.org/1999/02/22-rdf-syntax-ns#type":[{"@id":"https://schema.org/Project"}]}]
# kennis-ld therefore writes JSON-LD itself (kennis_ld/jsonld.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyoxigraph==0.5.13
"$folder/venv/bin/python" - <<'PYTHON'
import json
import pyoxigraph as ox

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
triple = ox.Triple(
    ox.NamedNode("https://a.example/x"), ox.NamedNode(RDF_TYPE), ox.NamedNode("https://schema.org/Project")
)
written = {
    form: ox.serialize([triple], format=form, prefixes={"schema": "https://schema.org/"}).decode()
    for form in (ox.RdfFormat.TURTLE, ox.RdfFormat.JSON_LD)
}
for text in written.values():
    print(text)
assert " a schema:Project" in written[ox.RdfFormat.TURTLE]
(node,) = json.loads(written[ox.RdfFormat.JSON_LD])
assert {"@id": "https://a.example/x", RDF_TYPE: [{"@id": "https://schema.org/Project"}]} == node
PYTHON
