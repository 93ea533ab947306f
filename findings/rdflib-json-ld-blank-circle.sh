#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI): two things without an IRI that name each other are not in its JSON-LD.
#
# An organisation and a unit of it, each a blank node and each with a name, say of one another schema:department and
# schema:parentOrganization. JSON-LD has no trouble with it: each gets an "_:" name. rdflib leaves a blank node that something names to
# the place that names it, and here it never comes to one, so all of both is gone; Turtle and N-Triples have it, and so has pyoxigraph.
# Seen: 5 statements in; JSON-LD 1, Turtle 5, N-Triples 5; JSON-LD by pyoxigraph 5.
# kennis-ld gives everything an IRI, and writes JSON-LD itself (kennis_ld/jsonld.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
"$folder/venv/bin/python" - <<'PYTHON'
import pyoxigraph as ox
import rdflib

DATA = """
@prefix schema: <https://schema.org/> .
<urn:city> schema:name "City" .
_:whole schema:name "University" ; schema:department _:part .
_:part schema:name "Institute" ; schema:parentOrganization _:whole .
"""
graph = rdflib.Graph().parse(data=DATA, format="turtle")
found = {form: len(rdflib.Graph().parse(data=graph.serialize(format=form), format=form)) for form in ("json-ld", "turtle", "nt")}
other = ox.serialize(ox.parse(input=DATA, format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.JSON_LD)
found["json-ld, pyoxigraph"] = len(rdflib.Graph().parse(data=other, format="json-ld"))
print(len(graph), found)
assert 5 == len(graph)
assert {"json-ld": 1, "turtle": 5, "nt": 5, "json-ld, pyoxigraph": 5} == found
PYTHON
