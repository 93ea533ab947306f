#!/usr/bin/env bash
# rdf-validate-shacl 0.6.5, shacl-engine 1.1.2 (npm): sh:languageIn ( "nl" ) lets "nld" pass, and with "NL" no Dutch text does.
#
# A tag is in a range that is equal to it, or that it goes on from with a hyphen, in capitals or small letters (SHACL, section 4.4.4: langMatches of
# SPARQL; RFC 4647, section 3.3.1). Both look only whether the tag begins with the letters of the range. "nld" is another word for Dutch, and
# for a reader that asks for "nl" a name with it is in no language; the rule that is there for this finds nothing. pyshacl 0.40.1 finds it,
# but looks at a whole tag or its first part: nl-BE-x-gent is in "nl-BE" for none of the three.
# Seen, conforms: "nl" with nl-NL, nld, "NL" with nl, "nl-BE" with nl-BE-x-gent: both true true false false, pyshacl True False True False.
# kennis-ld's own check compares as RFC 4647 has it (kennis_ld/quality/constraints.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyshacl==0.40.1
npm install --silent --no-audit --no-fund --prefix "$folder" rdf-validate-shacl@0.6.5 shacl-engine@1.1.2 n3@2.13.12 @rdfjs/dataset@2.0.2 @rdfjs/data-model@2.1.2
cd "$folder"
cat >cases.json <<'JSON'
[["nl", "nl-NL"], ["nl", "nld"], ["NL", "nl"], ["nl-BE", "nl-BE-x-gent"]]
JSON
cat >check.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import model from "@rdfjs/data-model";
import sets from "@rdfjs/dataset";
import { Parser } from "n3";
import RdfValidate from "rdf-validate-shacl";
import { Validator } from "shacl-engine";

const read = (text) => sets.dataset(new Parser().parse(text));
const kinds = ["namedNode", "blankNode", "literal", "variable", "defaultGraph", "quad"];
const factory = { ...Object.fromEntries(kinds.map((kind) => [kind, model[kind].bind(model)])), dataset: (quads) => sets.dataset(quads) };
const found = [[], []];
for (const [range, tag] of JSON.parse(readFileSync("cases.json"))) {
    const rule = `<http://www.w3.org/ns/shacl#languageIn> ( "${range}" )`;
    const shape = "<urn:s> a <http://www.w3.org/ns/shacl#PropertyShape> ; <http://www.w3.org/ns/shacl#targetNode> <urn:a>";
    const shapes = read(`${shape} ; <http://www.w3.org/ns/shacl#path> <urn:name> ; ${rule} .`);
    const data = read(`<urn:a> <urn:name> "Naam"@${tag} .`);
    found[0].push((await new RdfValidate(shapes).validate(data)).conforms);
    found[1].push((await new Validator(shapes, { factory }).validate({ dataset: data })).conforms);
}
console.log(JSON.stringify(found));
JAVASCRIPT
theirs=$(node check.mjs)
echo "rdf-validate-shacl, shacl-engine: $theirs"
[ "$theirs" = "[[true,true,false,false],[true,true,false,false]]" ]
venv/bin/python - <<'PYTHON'
import json
import pathlib

import pyshacl
import rdflib

SHAPE = "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:PropertyShape ; sh:targetNode <urn:a> ; sh:path <urn:name> ; sh:languageIn"
found = []
for language, tag in json.loads(pathlib.Path("cases.json").read_text()):
    shapes = rdflib.Graph().parse(data=f'{SHAPE} ( "{language}" ) .', format="turtle")
    data = rdflib.Graph().parse(data=f'<urn:a> <urn:name> "Naam"@{tag} .', format="turtle")
    found.append(pyshacl.validate(data, shacl_graph=shapes)[0])
print("pyshacl:", found)
assert [True, False, True, False] == found
PYTHON
