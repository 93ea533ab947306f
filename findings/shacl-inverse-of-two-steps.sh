#!/usr/bin/env bash
# pyshacl 0.40.1 (PyPI), shacl-engine 1.1.2, rdf-validate-shacl 0.6.5 (npm): the way back over two steps, sh:inversePath ( a b ), leads nowhere.
#
# The inverse may be that of any path, as of the sequence "a project has a partnership, which has a party" (SHACL, section 2.3.1.4; in SPARQL
# ^(a/b)): from a party to its projects. pyshacl turns each step round, but not their order, and shacl-engine finds nothing either: that a party must be in a
# project breaks for every party that is in one, and that it must not be in one, or in two at most, holds for all. Nothing is said of that.
# rdf-validate-shacl stops with an error. Written out, ( [ sh:inversePath b ] [ sh:inversePath a ] ), all three are right.
# Seen: in a project, not in one: pyshacl and shacl-engine False True, rdf-validate-shacl an error; written out True False in all.
# kennis-ld's published shapes have an inverse of one step only (docs/clients.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyshacl==0.40.1 rdflib==7.6.0
npm install --silent --no-audit --no-fund --prefix "$folder" shacl-engine@1.1.2 rdf-validate-shacl@0.6.5 n3@2.13.12 \
    @rdfjs/data-model@2.1.2 @rdfjs/dataset@2.0.3
cd "$folder"
echo '<urn:project> <urn:part> <urn:partnership> . <urn:partnership> <urn:party> <urn:org> . <urn:org> a <urn:Party> .' >data.ttl
path='[ sh:inversePath ( <urn:part> <urn:party> ) ]'
written='( [ sh:inversePath <urn:party> ] [ sh:inversePath <urn:part> ] )'
number=0
for rule in "$path ; sh:minCount 1" "$path ; sh:maxCount 0" "$written ; sh:minCount 1" "$written ; sh:maxCount 0"; do
    number=$((number + 1))
    echo "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:targetClass <urn:Party> ;
        sh:property [ sh:path $rule ] ." >"$number.ttl"
done
cat >check.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import dataModel from "@rdfjs/data-model";
import datasets from "@rdfjs/dataset";
import { Parser } from "n3";
import SHACLValidator from "rdf-validate-shacl";
import { Validator } from "shacl-engine";

const factory = Object.assign(Object.create(dataModel), { dataset: datasets.dataset });
const read = (name) => datasets.dataset(new Parser().parse(readFileSync(name, "utf8")));
const told = async (check) => {
    try {
        return (await check()).conforms;
    } catch (error) {
        return "error";
    }
};
const engine = [];
const other = [];
for (const number of [1, 2, 3, 4]) {
    const [shapes, dataset] = [read(`${number}.ttl`), read("data.ttl")];
    engine.push(await told(() => new Validator(shapes, { factory }).validate({ dataset })));
    other.push(await told(() => new SHACLValidator(shapes, {}).validate(dataset)));
}
console.log(`${engine.join(" ")}, ${other.join(" ")}`);
JAVASCRIPT
npm_found=$(node check.mjs)
pyshacl_found=$(venv/bin/python -c '
import pyshacl
print(*(pyshacl.validate("data.ttl", shacl_graph=f"{number}.ttl")[0] for number in (1, 2, 3, 4)))
')
echo "pyshacl $pyshacl_found; shacl-engine, rdf-validate-shacl $npm_found"
[ "$pyshacl_found" = "False True True False" ]
[ "$npm_found" = "false true true false, error error true false" ]
