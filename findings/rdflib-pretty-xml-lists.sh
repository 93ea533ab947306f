#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI), format="pretty-xml": the texts and numbers of a list become IRIs.
#
# rdf:parseType="Collection" can hold things only (RDF 1.1 XML Syntax, section 2.16), so a list with a literal has to be written with
# rdf:first and rdf:rest, as format="xml" does. pretty-xml writes the literal into rdf:about: the "planned" and "running" of a sh:in are
# IRIs from then on, so that no text is among them. There is a warning, about something else, and it reads without an error.
# Seen: xml the same list, and the data conform; pretty-xml <planned> and <running>, and they do not.
# kennis-ld writes RDF/XML by pyoxigraph, where a list is first and rest (kennis_ld/graph/formats.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyshacl==0.40.1
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import logging

import pyshacl
import rdflib
from rdflib.collection import Collection

logging.disable()
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:s> a sh:PropertyShape ; sh:targetSubjectsOf <urn:status> ; sh:path <urn:status> ; sh:in ( "planned" "running" ) .
"""
shapes = rdflib.Graph().parse(data=SHAPES, format="turtle")
data = rdflib.Graph().parse(data='<urn:a> <urn:status> "running" .', format="turtle")
found = {}
for form in ("xml", "pretty-xml"):
    read = rdflib.Graph().parse(data=shapes.serialize(format=form), format="xml")
    values = Collection(read, read.value(rdflib.URIRef("urn:s"), SH['in']))
    found[form] = [each.n3() for each in values], pyshacl.validate(data, shacl_graph=read)[0]
print(found)
assert {"xml": (['"planned"', '"running"'], True), "pretty-xml": (["<planned>", "<running>"], False)} == found
PYTHON
