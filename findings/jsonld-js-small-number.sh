#!/usr/bin/env bash
# jsonld.js 9.0.0 (npm): the share 1e-7 becomes the integer 0, and the text "2,5" that the context calls xsd:double becomes 2.
#
# A number with a fraction is a double, however JSON writes it, and a text stays the text that it is, with the type that the context gives
# (JSON-LD 1.1 API, section 8.2.2: only a number is written anew). jsonld.js looks for a point in the number, so 1e-7 is an integer and
# 1.5e-7 a double; and where the type is xsd:double it takes any text through parseFloat, which reads as far as it understands: "12 mln" is
# 12, "1-3" is 1, "nihil" NaN. What would be ill-typed, and found by a validator, is a wrong number, and nothing is said. Of other types the
# text stays. pyld 3.3.0 and pyoxigraph 0.5.13 (PyPI) have the double, and the texts as they stand.
# Seen: jsonld.js "0"^^xsd:integer, 2.0E0 1.2E1 1.0E0 NaN; pyld and pyoxigraph 1.0E-7, 2,5 12 mln 1-3 nihil.
# kennis-ld writes numbers without a fraction only, and the others as texts with their type (kennis_ld/jsonld.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyld==3.3.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" jsonld@9.0.0
cd "$folder"
cat >data.json <<'JSON'
{
  "@context": {
    "share": "urn:share",
    "budget": {"@id": "urn:budget", "@type": "http://www.w3.org/2001/XMLSchema#double"}
  },
  "@id": "urn:park",
  "share": 1e-7,
  "budget": ["2,5", "12 mln", "1-3", "nihil"]
}
JSON
cat >read.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import jsonld from "jsonld";

const quads = await jsonld.toRDF(JSON.parse(readFileSync("data.json", "utf8")));
console.log(quads.map(({ object }) => `${object.value} ${object.datatype.value.split("#")[1]}`).sort().join("; "));
JAVASCRIPT
found=$(node read.mjs)
echo "jsonld.js: $found"
[ "$found" = "0 integer; 1.0E0 double; 1.2E1 double; 2.0E0 double; NaN double" ]
venv/bin/python - <<'PYTHON'
import json
import pathlib

import pyoxigraph as ox
from pyld import jsonld

text = pathlib.Path("data.json").read_text()
by_pyld = ox.parse(jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"}), format=ox.RdfFormat.N_QUADS)
for quads in (by_pyld, ox.parse(text, format=ox.RdfFormat.JSON_LD)):
    found = sorted(quad.object.value for quad in quads if quad.object.datatype.value.endswith("#double"))
    print(found)
    assert ["1-3", "1.0E-7", "12 mln", "2,5", "nihil"] == found
PYTHON
