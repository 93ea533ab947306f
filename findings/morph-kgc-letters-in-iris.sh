#!/usr/bin/env bash
# morph-kgc 2.10.0 (PyPI): a template makes another IRI of a name with an accent than R2RML says.
#
# A value in a template of an IRI is written with percent signs but for what may stand in an IRI, and the letters of other alphabets
# and with accents may (R2RML, section 7.3: "IRI-safe version", the rule iunreserved of RFC 3987; its own examples have such letters).
# morph-kgc writes these with percent signs too. Both are IRIs, and not the same one (RDF 1.1 Concepts, section 3.2): what another
# processor, or a person, says of the first does not meet what stands under the second.
# Seen: https://a.example/Caf%C3%A9 where R2RML has https://a.example/Café; Leiden%20UB in both.
# kennis-ld mints its IRIs of keys in plain letters (kennis_ld/iri.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check morph-kgc==2.10.0
cd "$folder"
venv/bin/python - <<'PYTHON'
from pathlib import Path

import morph_kgc

MAPPING = """
@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
<urn:map> a rr:TriplesMap ;
    rml:logicalSource [ rml:source "data.csv" ; rml:referenceFormulation ql:CSV ] ;
    rr:subjectMap [ rr:template "https://a.example/{name}" ; rr:class <urn:Organisation> ] .
"""

if __name__ == "__main__":
    Path("mapping.ttl").write_text(MAPPING)
    Path("data.csv").write_text("name\nCafé\nLeiden UB\n", encoding="utf-8")
    found = sorted(line.split()[0] for line in morph_kgc.materialize_set("[DATA]\nmappings: mapping.ttl\n"))
    print(*found)
    assert ["<https://a.example/Caf%C3%A9>", "<https://a.example/Leiden%20UB>"] == found
PYTHON
