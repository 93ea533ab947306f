#!/usr/bin/env bash
# rdflib 7.6.0, pyshacl 0.40.1 (PyPI): "1.10" and "1.10"^^xsd:string are two values, which do not join, and of which sh:in knows one.
#
# Since RDF 1.1 both are ways to write one literal (Concepts, section 3.3). Data of two programs, of which one writes the type, have then
# two names where there is one: a pattern finds half of them, COUNT(DISTINCT ?v) is 2, sh:maxCount 1 and sh:in are broken, and a graph has
# a statement more. With FILTER(?v = "1.10") rdflib finds both. pyoxigraph 0.5.13 has one literal, and rdf-validate-shacl 0.6.5 and
# shacl-engine 1.1.2 (npm) find no fault in the same data. It is known (RDFLib/rdflib, issue 2123).
# Seen: statements, rows, distinct values, rows by FILTER: rdflib 3 1 2 3, pyoxigraph 2 2 1 2; conforms: pyshacl False, the others true.
# No text in kennis-ld's dumps has a type (docs/clients.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyshacl==0.40.1 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" rdf-validate-shacl@0.6.5 shacl-engine@1.1.2 n3@2.13.12 @rdfjs/dataset@2.0.2 @rdfjs/data-model@2.1.2
cd "$folder"
echo '<urn:a> <urn:nr> "1.10", "1.10"^^<http://www.w3.org/2001/XMLSchema#string> . <urn:b> <urn:nr> "1.10"^^<http://www.w3.org/2001/XMLSchema#string> .' >data.ttl
cat >shapes.ttl <<'TURTLE'
@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:s> a sh:NodeShape ; sh:targetSubjectsOf <urn:nr> ; sh:property [ sh:path <urn:nr> ; sh:maxCount 1 ; sh:in ( "1.10" ) ] .
TURTLE
cat >check.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import model from "@rdfjs/data-model";
import sets from "@rdfjs/dataset";
import { Parser } from "n3";
import RdfValidate from "rdf-validate-shacl";
import { Validator } from "shacl-engine";

const read = (name) => sets.dataset(new Parser().parse(readFileSync(name, "utf8")));
const kinds = ["namedNode", "blankNode", "literal", "variable", "defaultGraph", "quad"];
const factory = { ...Object.fromEntries(kinds.map((kind) => [kind, model[kind].bind(model)])), dataset: (quads) => sets.dataset(quads) };
const [shapes, data] = [read("shapes.ttl"), read("data.ttl")];
const one = await new RdfValidate(shapes).validate(data);
const other = await new Validator(shapes, { factory }).validate({ dataset: data });
console.log(one.conforms, other.conforms);
JAVASCRIPT
theirs=$(node check.mjs)
echo "rdf-validate-shacl, shacl-engine: $theirs"
[ "$theirs" = "true true" ]
venv/bin/python - <<'PYTHON'
import pyoxigraph as ox
import pyshacl
import rdflib

graph, store = rdflib.Graph().parse("data.ttl"), ox.Store()
store.load(path="data.ttl")
queries = (
    'SELECT DISTINCT ?p { ?p <urn:nr> "1.10" }',
    "SELECT DISTINCT ?v { ?p <urn:nr> ?v }",
    'SELECT * { ?p <urn:nr> ?v FILTER(?v = "1.10") }',
)
found = [len(graph), *(len(graph.query(query)) for query in queries)], [len(store), *(len(list(store.query(query))) for query in queries)]
conforms = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse("shapes.ttl"))[0]
print("rdflib, pyoxigraph, pyshacl:", *found, conforms)
assert ([3, 1, 2, 3], [2, 2, 1, 2], False) == (*found, conforms)
PYTHON
