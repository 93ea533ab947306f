#!/usr/bin/env bash
# pyshacl 0.40.1 with rdflib 7.6.0 (PyPI): a date that is in no calendar ends the whole validation where a rule compares it.
#
# Two values that cannot be compared break sh:lessThanOrEquals, so that one of them is a result of the report (SHACL, section 4.5.4).
# With "2024-02-30"^^xsd:date, as a slip of the pen gives it, rdflib cannot compare, its TypeError comes out of validate(), and there
# is no report of this fault or of any other. With a day that is in the calendar the report is there.
# Seen: 2024-02-29: conforms False; 2024-02-30: TypeError.
# kennis-ld's compiled rules report it as the standard says (kennis_ld/quality/terms.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyshacl==0.40.1 rdflib==7.6.0
"$folder/venv/bin/python" - <<'PYTHON'
import logging

import pyshacl
import rdflib

logging.disable()
DATA = """
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:x> <urn:start> "DATE"^^xsd:date ; <urn:end> "2024-02-28"^^xsd:date .
"""
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:s> a sh:PropertyShape ; sh:targetSubjectsOf <urn:start> ; sh:path <urn:start> ; sh:lessThanOrEquals <urn:end> .
"""


def said(date):
    data = rdflib.Graph().parse(data=DATA.replace("DATE", date), format="turtle")
    try:
        return f"conforms {pyshacl.validate(data, shacl_graph=rdflib.Graph().parse(data=SHAPES, format='turtle'))[0]}"
    except TypeError:
        return "TypeError"


found = {date: said(date) for date in ("2024-02-29", "2024-02-30")}
print(found)
assert {"2024-02-29": "conforms False", "2024-02-30": "TypeError"} == found
PYTHON
