#!/usr/bin/env bash
# pyoxigraph 0.5.13 (PyPI): a store forgets which kind of integer a number is; its parser alone does not.
#
# DCAT-AP 3.0.1 asks for dcat:byteSize as xsd:nonNegativeInteger. What a catalogue says so comes out of a store as
# xsd:integer: equal in a query, but no longer valid by the shapes. Reading and writing without a store keeps the type.
# Seen: "2150"^^xsd:nonNegativeInteger goes in, "2150"^^xsd:integer comes out; xsd:byte and xsd:long alike.
# kennis-ld therefore takes what a document says of the catalogue from the file, and not from the store.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyoxigraph==0.5.13
"$folder/venv/bin/python" - <<'PYTHON'
import pyoxigraph as ox

XSD = "http://www.w3.org/2001/XMLSchema#"
for kind, kept in (("nonNegativeInteger", "integer"), ("byte", "integer"), ("long", "integer"), ("decimal", "decimal")):
    line = f'<https://a.example/x> <http://www.w3.org/ns/dcat#byteSize> "2150"^^<{XSD}{kind}> .'
    (read,) = ox.parse(input=line, format=ox.RdfFormat.N_TRIPLES)
    store = ox.Store()
    store.load(line, format=ox.RdfFormat.N_TRIPLES)
    (stored,) = store
    print(kind, "read:", read.object, "stored:", stored.object)
    assert XSD + kind == read.object.datatype.value
    assert XSD + kept == stored.object.datatype.value
PYTHON
