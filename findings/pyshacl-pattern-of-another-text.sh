#!/usr/bin/env bash
# pyshacl 0.40.1 with rdflib 7.6.0 (PyPI): sh:pattern looks at a text that the file does not have.
#
# What must match is what STR gives, the text of the literal (SHACL, section 4.4.3). rdflib writes moments, dates, numbers and truths
# anew as it reads them, and pyshacl looks at that: a moment that ends in Z ends in +00:00, a date has no zone, a number no zeros in
# front. A shape that asks for UTC with "Z$" reports every value that keeps to it, and one that asks for "00:00$" lets the same pass.
# Seen: of four values none conforms to the pattern of its own text, and all to that of another.
# kennis-ld's patterns are for plain texts and IRIs, which stay as they are, and for how a date begins (shapes/).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyshacl==0.40.1 rdflib==7.6.0
"$folder/venv/bin/python" - <<'PYTHON'
import pyshacl
import rdflib

VALUES = {
    '"2024-03-01T12:00:00Z"^^xsd:dateTime': ("Z$", "[+]00:00$"),
    '"2024-03-01Z"^^xsd:date': ("Z$", "01$"),
    '"007"^^xsd:integer': ("^007$", "^7$"),
    '"1"^^xsd:boolean': ("^1$", "^true$"),
}
XSD = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
SHAPE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:s> a sh:PropertyShape ; sh:targetSubjectsOf <urn:p> ; sh:path <urn:p> ; sh:pattern "PATTERN" .
"""


def conforms(value, pattern):
    data = rdflib.Graph().parse(data=f"{XSD}<urn:a> <urn:p> {value} .", format="turtle")
    shapes = rdflib.Graph().parse(data=SHAPE.replace("PATTERN", pattern), format="turtle")
    return pyshacl.validate(data, shacl_graph=shapes)[0]


found = [[conforms(value, pattern) for pattern in patterns] for value, patterns in VALUES.items()]
print(*found)
assert [[False, True]] * 4 == found
PYTHON
