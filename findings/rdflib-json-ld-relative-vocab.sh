#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI): a context whose @vocab is relative gives properties that are no IRIs, or drops the statements.
#
# Since JSON-LD 1.1 @vocab may be relative to the base (section 4.1.2), so that a publisher's context holds at each of its addresses: "def#"
# with the base https://a.example/ makes https://a.example/def#name of "name", and "" makes https://a.example/name. rdflib keeps
# "def#name" as the property, which matches no query; with "" there is no statement. pyld 3.3.0 and pyoxigraph 0.5.13 do as the standard says.
# Seen: rdflib def#name and nothing, pyld and pyoxigraph https://a.example/def#name and https://a.example/name.
# kennis-ld's JSON-LD has whole IRIs in its context (kennis_ld/jsonld.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyld==3.3.0 pyoxigraph==0.5.13
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json
import logging

import pyoxigraph as ox
import rdflib
from pyld import jsonld

logging.disable()
found = []
for vocab in ("def#", ""):
    document = {"@context": {"@base": "https://a.example/", "@vocab": vocab}, "@id": "urn:a", "name": "City"}
    text = json.dumps(document)
    lines = jsonld.to_rdf(document, {"format": "application/n-quads"})
    found.append(
        (
            [str(each) for each in rdflib.Graph().parse(data=text, format="json-ld").predicates()],
            [each.predicate.value for each in ox.parse(input=lines, format=ox.RdfFormat.N_QUADS)],
            [each.predicate.value for each in ox.parse(input=text, format=ox.RdfFormat.JSON_LD)],
        )
    )
print(*found)
whole = [f"https://a.example/{end}" for end in ("def#name", "name")]
assert [(["def#name"], whole[:1], whole[:1]), ([], whole[1:], whole[1:])] == found
PYTHON
