#!/usr/bin/env bash
# shacl-engine 1.1.2 (npm): that a municipality is an organisation is not seen where the data say so, but where the shapes do.
#
# What is an instance of a class is said by rdf:type and rdfs:subClassOf in the data (SHACL, section 1.1, "SHACL Subclass" and "SHACL
# Instance"). shacl-engine looks for the second in the shapes: the rules for organisations pass over a municipality, so that data with
# a fault conform, and a lead that is a municipality is reported as no organisation. pyshacl 0.40.1 does as the standard says, and so
# does rdf-validate-shacl 0.6.5 (npm).
# Seen, a target without a name and a right lead: conforms False True by pyshacl and rdf-validate-shacl, True False by shacl-engine.
# kennis-ld states every class of a thing, also the wider ones, so nothing is to be inferred (docs/data.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyshacl==0.40.1 rdflib==7.6.0
npm install --silent --no-audit --no-fund --prefix "$folder" shacl-engine@1.1.2 rdf-validate-shacl@0.6.5 n3@2.13.12 @rdfjs/data-model@2.1.2 \
    @rdfjs/dataset@2.0.3
cd "$folder"
echo '<urn:Municipality> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <urn:Organisation> . <urn:a> a <urn:Municipality> .
      <urn:project> <urn:lead> <urn:a> .' >data.ttl
start='@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ;'
echo "$start sh:targetClass <urn:Organisation> ; sh:property [ sh:path <urn:name> ; sh:minCount 1 ] ." >target.ttl
echo "$start sh:targetSubjectsOf <urn:lead> ; sh:property [ sh:path <urn:lead> ; sh:class <urn:Organisation> ] ." >class.ttl
cat >check.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import dataModel from "@rdfjs/data-model";
import datasets from "@rdfjs/dataset";
import { Parser } from "n3";
import OtherValidator from "rdf-validate-shacl";
import { Validator } from "shacl-engine";

const factory = Object.assign(Object.create(dataModel), { dataset: datasets.dataset });
const read = (name) => datasets.dataset(new Parser().parse(readFileSync(name, "utf8")));
const data = read("data.ttl");
for (const shapes of [read("target.ttl"), read("class.ttl")]) {
    const report = await new Validator(shapes, { factory }).validate({ dataset: data });
    console.log(report.conforms, (await new OtherValidator(shapes).validate(data)).conforms);
}
JAVASCRIPT
engines_found=$(node check.mjs | xargs)
pyshacl_found=$(venv/bin/python -c '
import pyshacl
print(*(pyshacl.validate("data.ttl", shacl_graph=shapes)[0] for shapes in ("target.ttl", "class.ttl")))
')
echo "pyshacl $pyshacl_found; shacl-engine and rdf-validate-shacl, of each $engines_found"
[ "$pyshacl_found" = "False True" ]
[ "$engines_found" = "true false false true" ]
