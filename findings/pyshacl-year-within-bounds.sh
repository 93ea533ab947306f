#!/usr/bin/env bash
# pyshacl 0.40.1 with rdflib 7.6.0 (PyPI): no year is within bounds, so sh:minInclusive "2020"^^xsd:gYear reports 2024 too.
#
# What cannot be compared by SPARQL's <= breaks the rule (SHACL, section 4.3.2), and SPARQL 1.1 (section 17.3) does not order years. So pyshacl
# keeps to the letter; rdf-validate-shacl 0.6.5 and shacl-engine 1.1.2 (npm) compare them. But with sh:lessThan, of which the same is said
# (section 4.5.3), pyshacl compares years as the others do: of a start in 2024 and an end in 2026 it says nothing. A rule "not before 2020"
# is green in a portal and reports every project at home. With xsd:date all agree in both rules.
# Seen, of 2014, 2024 and 2026 by the bound, and 2026 as a start with an end in 2024: pyshacl 2014 2024 2026 and 2026, the others 2014 and 2026.
# kennis-ld has sh:lessThanOrEquals for periods, and no bounds for years (shapes/participation.ttl).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyshacl==0.40.1 rdflib==7.6.0
npm install --silent --no-audit --no-fund --prefix "$folder" shacl-engine@1.1.2 rdf-validate-shacl@0.6.5 n3@2.13.12 \
    @rdfjs/data-model@2.1.2 @rdfjs/dataset@2.0.3
cd "$folder"
cat >data.ttl <<'TURTLE'
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
<urn:2024> <urn:start> "2024"^^xsd:gYear ; <urn:end> "2026"^^xsd:gYear .
<urn:2014> <urn:start> "2014"^^xsd:gYear .
<urn:2026> <urn:start> "2026"^^xsd:gYear ; <urn:end> "2024"^^xsd:gYear .
<urn:day> <urn:day> "2024-03-01"^^xsd:date .
TURTLE
cat >shapes.ttl <<'TURTLE'
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
<urn:bound> a sh:PropertyShape ; sh:targetSubjectsOf <urn:start> ; sh:path <urn:start> ; sh:minInclusive "2020"^^xsd:gYear .
<urn:order> a sh:PropertyShape ; sh:targetSubjectsOf <urn:start> ; sh:path <urn:start> ; sh:lessThan <urn:end> .
<urn:days> a sh:PropertyShape ; sh:targetSubjectsOf <urn:day> ; sh:path <urn:day> ; sh:minInclusive "2020-01-01"^^xsd:date .
TURTLE
cat >check.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import dataModel from "@rdfjs/data-model";
import datasets from "@rdfjs/dataset";
import { Parser } from "n3";
import ZazukoValidator from "rdf-validate-shacl";
import { Validator } from "shacl-engine";

const [data, shapes] = ["data.ttl", "shapes.ttl"].map((name) =>
    datasets.dataset(new Parser().parse(readFileSync(name, "utf8"))),
);
const factory = Object.assign(Object.create(dataModel), { dataset: datasets.dataset });
const one = await new Validator(shapes, { factory }).validate({ dataset: data });
const other = await new ZazukoValidator(shapes).validate(data);
for (const terms of [one.results.map((each) => each.focusNode.term), other.results.map((each) => each.focusNode)]) {
    console.log(terms.map((term) => term.value.slice(4)).sort().join(" "));
}
JAVASCRIPT
others=$(node check.mjs | paste -s -d '|')
found=$(venv/bin/python - <<'PYTHON'
import pyshacl
import rdflib

data, shapes = (rdflib.Graph().parse(name, format="turtle") for name in ("data.ttl", "shapes.ttl"))
report = pyshacl.validate(data, shacl_graph=shapes)[1]
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
found = report.subject_objects(SH.focusNode)
print(*sorted(f"{focus[4:]}-{report.value(result, SH.sourceShape)[4:]}" for result, focus in found))
PYTHON
)
echo "pyshacl $found; shacl-engine|rdf-validate-shacl $others"
[ "$found" = "2014-bound 2024-bound 2026-bound 2026-order" ]
[ "$others" = "2014 2026|2014 2026" ]
