#!/usr/bin/env bash
# rdflib 7.6.0, pyoxigraph 0.5.13 (PyPI), jsonld-streaming-parser 5.0.1, rdfxml-streaming-parser 3.3.0 (npm): "_:x" of two files is one thing.
#
# The name of a blank node holds within its file only (RDF 1.1 Concepts, section 3.4), so who reads the catalogues of two cities has two publishers.
# rdflib makes one of them where the files are JSON-LD or N-Quads, and two where the same statements are Turtle, N-Triples, RDF/XML or TriG;
# pyoxigraph's parse() makes one of any form, and its Store.load() two; both parsers of npm make one, N3.js 2.13.12 two. Programs number their blank
# nodes from 0, so two files of one program nearly always meet: one publisher has both names then, and each city two publishers.
# Seen: publishers of two files: rdflib JSON-LD 1, N-Quads 1, the rest 2; parse() 1, load() 2; parsers of npm 1, 1, N3.js 2.
# kennis-ld publishes no blank node: everything has an IRI (docs/data.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" jsonld-streaming-parser@5.0.1 rdfxml-streaming-parser@3.3.0 n3@2.13.12
cd "$folder"
venv/bin/python - <<'PYTHON'
import pathlib

import pyoxigraph as ox
import rdflib

FORMS = {"json-ld": ox.RdfFormat.JSON_LD, "nquads": ox.RdfFormat.N_QUADS, "turtle": ox.RdfFormat.TURTLE, "xml": ox.RdfFormat.RDF_XML}
FORMS |= {"nt": ox.RdfFormat.N_TRIPLES, "trig": ox.RdfFormat.TRIG}
ASK = "SELECT (COUNT(DISTINCT ?who) AS ?n) { ?what <urn:t:publisher> ?who }"
cities = [f'<urn:{city}> <urn:t:publisher> _:x . _:x <urn:t:name> "{city}" .' for city in ("Water", "Zand")]
for name, form in FORMS.items():
    files = [ox.serialize(ox.parse(each, format=ox.RdfFormat.TURTLE), format=form) for each in cities]
    for number, text in enumerate(files):
        pathlib.Path(f"{number}.{name}").write_bytes(text)
    graph, loaded, parsed = rdflib.Dataset(default_union=True), ox.Store(), ox.Store()
    for text in files:
        graph.parse(data=text, format=name)
        loaded.load(text, format=form)
        parsed.extend(ox.parse(text, format=form))
    found = [int(str(next(iter(graph.query(ASK)))[0])), *(int(next(iter(each.query(ASK)))[0].value) for each in (parsed, loaded))]
    print(name, "rdflib, parse(), load()", found)
    assert [1 if name in ("json-ld", "nquads") else 2, 1, 2] == found
PYTHON
cat >read.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { JsonLdParser } from "jsonld-streaming-parser";
import { Parser } from "n3";
import { RdfXmlParser } from "rdfxml-streaming-parser";

const read = (parser, text) =>
    new Promise((resolve, reject) => {
        const quads = [];
        parser.on("data", (quad) => quads.push(quad)).on("error", reject).on("end", () => resolve(quads));
        parser.end(text);
    });
const text = (number, form) => readFileSync(`${number}.${form}`, "utf8");
const found = [];
for (const [form, parse] of [
    ["json-ld", (each) => read(new JsonLdParser(), each)],
    ["xml", (each) => read(new RdfXmlParser(), each)],
    ["turtle", (each) => new Parser().parse(each)],
]) {
    const quads = [...(await parse(text(0, form))), ...(await parse(text(1, form)))];
    found.push(new Set(quads.filter((quad) => quad.predicate.value.endsWith("publisher")).map((quad) => quad.object.value)).size);
}
console.log(found.join(" "));
JAVASCRIPT
found=$(node read.mjs)
echo "jsonld-streaming-parser, rdfxml-streaming-parser, N3.js: $found"
[ "$found" = "1 1 2" ]
