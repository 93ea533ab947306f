#!/usr/bin/env bash
# pyld 3.3.0, rdflib 7.6.0 (PyPI), jsonld.js 9.0.0 (npm): a title in "nl_NL" is written as RDF that no reader takes, or ends the reading.
#
# A language is written with a hyphen (BCP 47, section 2.1); many a web site has it with an underscore, as its Open Graph data must. A
# value object whose language is not well-formed gives no statement (JSON-LD 1.1 API, section 8.2.2). pyoxigraph 0.5.13 and
# jsonld-streaming-parser 5.0.1 (npm) do so: the title is gone, without a word. pyld and jsonld.js write @nl_nl, which is no N-Quads, so one
# such title costs a harvester the whole file. rdflib stops at it.
# Seen: pyld and jsonld.js "Park"@nl_nl, refused by pyoxigraph; pyoxigraph and the streaming parser year 2024 only; rdflib a ValueError.
# kennis-ld asks for languages that are well-formed (kennis_ld/publication/settings.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyld==3.3.0 rdflib==7.6.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" jsonld@9.0.0 jsonld-streaming-parser@5.0.1
cd "$folder"
echo '{"@id": "urn:p", "urn:title": {"@value": "Park", "@language": "nl_NL"}, "urn:year": "2024"}' >data.json
cat >read.mjs <<'JAVASCRIPT'
import { readFileSync, writeFileSync } from "node:fs";
import jsonld from "jsonld";
import { JsonLdParser } from "jsonld-streaming-parser";

const text = readFileSync("data.json", "utf8");
writeFileSync("jsonld.nq", await jsonld.toRDF(JSON.parse(text), { format: "application/n-quads" }));
const parser = new JsonLdParser();
parser.end(text);
const values = [];
for await (const { object } of parser) {
    values.push(object.value);
}
console.log(values.join());
JAVASCRIPT
streamed=$(node read.mjs)
echo "jsonld-streaming-parser: $streamed"
[ "$streamed" = 2024 ]
venv/bin/python - <<'PYTHON'
import json
import pathlib

import pyoxigraph as ox
import rdflib
from pyld import jsonld

text = pathlib.Path("data.json").read_text()
by_pyld = jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"})
for quads in (by_pyld, pathlib.Path("jsonld.nq").read_text()):
    print(quads)
    assert '"Park"@nl_nl' in quads
    try:
        list(ox.parse(quads, format=ox.RdfFormat.N_QUADS))
        raise AssertionError("pyoxigraph reads it")
    except SyntaxError as error:
        print(error)
assert ["2024"] == [quad.object.value for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD)]
try:
    rdflib.Graph().parse(data=text, format="json-ld")
    raise AssertionError("rdflib reads it")
except ValueError as error:
    print(error)
PYTHON
