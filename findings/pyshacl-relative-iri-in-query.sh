#!/usr/bin/env bash
# pyshacl 0.40.1 with rdflib 7.6.0 (PyPI): a relative IRI in the text of a sh:select matches nothing, without a word.
#
# The text is a literal, so the @base of the Turtle file says nothing about it, and the query is run without a base. A rule that
# must find a fault then lets everything pass and the data conform. With the IRI written whole the same rule finds the fault.
# Seen: whole IRI: conforms False; relative IRI: conforms True.
# kennis-ld therefore publishes its shapes with every IRI absolute, also within queries (kennis_ld/graph/definitions.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyshacl==0.40.1 rdflib==7.6.0
"$folder/venv/bin/python" - <<'PYTHON'
import pyshacl
import rdflib

DATA = "<https://a.example/x> a <https://a.example/def#T> ; <https://a.example/def#p> 1 ."
SHAPES = """
@base <https://a.example/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
<s> a sh:NodeShape ; sh:targetClass <def#T> ;
    sh:sparql [ a sh:SPARQLConstraint ; sh:select "SELECT $this WHERE { $this <IRI> ?v }" ] .
"""


def conforms(iri):
    data = rdflib.Graph().parse(data=DATA, format="turtle")
    shapes = rdflib.Graph().parse(data=SHAPES.replace("<IRI>", f"<{iri}>"), format="turtle")
    return pyshacl.validate(data, shacl_graph=shapes)[0]


found = conforms("https://a.example/def#p"), conforms("def#p")
print("whole IRI: conforms", found[0], "- relative IRI: conforms", found[1])
assert (False, True) == found
PYTHON
