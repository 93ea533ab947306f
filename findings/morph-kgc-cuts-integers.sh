#!/usr/bin/env bash
# morph-kgc 2.10.0 (PyPI): a value that the mapping calls xsd:integer loses its fraction, and its last digits where it is long.
#
# A datatype in a mapping says what a text is, and changes no value: "1.9" as xsd:integer is ill-typed, which is a data error (R2RML,
# section 10.3), or a literal that a validator finds. morph-kgc takes every such value through a floating-point number: 1.9 becomes 1,
# and an identifier of 17 digits another identifier, valid and wrong. As xsd:decimal, or without a type, the text stays as it is.
# Seen: 1.9 -> "1", 1.10 -> "1", 90071992547409931 -> "90071992547409936" as xsd:integer; as they were as xsd:decimal.
# kennis-ld maps by itself, and its bench against morph-kgc has no such values (bench/mapping.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check morph-kgc==2.10.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import re
from pathlib import Path

import morph_kgc

VALUES = ("1.9", "1.10", "90071992547409931")
MAPPING = """
@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:map> a rr:TriplesMap ;
    rml:logicalSource [ rml:source "data.csv" ; rml:referenceFormulation ql:CSV ] ;
    rr:subjectMap [ rr:template "https://a.example/{id}" ] ;
    rr:predicateObjectMap [ rr:predicate <urn:number> ; rr:objectMap [ rml:reference "number" ; rr:datatype xsd:TYPE ] ] .
"""


def mapped(kind):
    Path("mapping.ttl").write_text(MAPPING.replace("TYPE", kind))
    lines = sorted(morph_kgc.materialize_set("[DATA]\nmappings: mapping.ttl\n"))
    return [re.search('"(.*)"', line)[1] for line in lines]


if __name__ == "__main__":
    Path("data.csv").write_text("id,number\n" + "".join(f"{index},{value}\n" for index, value in enumerate(VALUES)))
    found = {kind: mapped(kind) for kind in ("integer", "decimal")}
    print(found)
    assert {"integer": ["1", "1", "90071992547409936"], "decimal": list(VALUES)} == found
PYTHON
