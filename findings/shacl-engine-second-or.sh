#!/usr/bin/env bash
# shacl-engine 1.1.2 (npm): of two sh:or in one shape the second is not looked at, and the data conform.
#
# A shape may have sh:or more than once, and each has to hold (SHACL, section 4.6.3). "An e-mail address or a
# page" and "a Dutch name or an English one" are two such rules for one office. An office with a page and no name breaks the second:
# pyshacl 0.40.1 reports it, shacl-engine says nothing. With the two rules in two shapes both report it.
# Seen: in one shape pyshacl False, shacl-engine true; in two False, false.
# kennis-ld's published shapes have one sh:or each (docs/clients.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyshacl==0.40.1 rdflib==7.6.0
npm install --silent --no-audit --no-fund --prefix "$folder" shacl-engine@1.1.2 n3@2.13.12 @rdfjs/data-model@2.1.2 @rdfjs/dataset@2.0.3
cd "$folder"
echo '<urn:office> a <urn:Office> ; <urn:page> <urn:page> .' >data.ttl
reach='sh:or ( [ sh:path <urn:mail> ; sh:minCount 1 ] [ sh:path <urn:page> ; sh:minCount 1 ] )'
named='sh:or ( [ sh:path <urn:naam> ; sh:minCount 1 ] [ sh:path <urn:name> ; sh:minCount 1 ] )'
start='a sh:NodeShape ; sh:targetClass <urn:Office>'
echo "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> $start ; $reach ; $named ." >one.ttl
echo "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> $start ; $reach . <urn:t> $start ; $named ." >two.ttl
cat >check.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import dataModel from "@rdfjs/data-model";
import datasets from "@rdfjs/dataset";
import { Parser } from "n3";
import { Validator } from "shacl-engine";

const factory = Object.assign(Object.create(dataModel), { dataset: datasets.dataset });
const read = (name) => datasets.dataset(new Parser().parse(readFileSync(name, "utf8")));
for (const shapes of ["one.ttl", "two.ttl"]) {
    console.log((await new Validator(read(shapes), { factory }).validate({ dataset: read("data.ttl") })).conforms);
}
JAVASCRIPT
engine_found=$(node check.mjs | xargs)
pyshacl_found=$(venv/bin/python -c '
import pyshacl
print(*(pyshacl.validate("data.ttl", shacl_graph=shapes)[0] for shapes in ("one.ttl", "two.ttl")))
')
echo "pyshacl $pyshacl_found, shacl-engine $engine_found"
[ "$pyshacl_found" = "False False" ]
[ "$engine_found" = "true false" ]
