#!/usr/bin/env bash
# rdf-validate-shacl 0.6.5, shacl-engine 1.1.2 (npm): 30 February conforms to sh:datatype xsd:date, and so does 31 April.
#
# A value that is ill-typed breaks sh:datatype (SHACL, section 4.1.2), and a day must be one of its month (XSD 1.1, part 2, 3.3.9, the
# constraint "Day-of-month Values"). Both look at the form of the text alone, so a mistake of typing that pyshacl 0.40.1 (PyPI) finds goes on
# to a store, in which such a day has no value: a filter by date passes over the project. pyshacl takes other texts for well-formed.
# Seen: of 2024-02-30, 2024-04-31, 2023-02-29 and 2024-2-1 the npm validators find the last, pyshacl all.
# kennis-ld makes a date only of a day that there is (kennis_ld/agenda/periods.py).
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
<urn:1> <urn:start> "2024-02-30"^^xsd:date .
<urn:2> <urn:start> "2024-04-31"^^xsd:date .
<urn:3> <urn:start> "2023-02-29"^^xsd:date .
<urn:4> <urn:start> "2024-2-1"^^xsd:date .
<urn:5> <urn:start> "2024-02-29"^^xsd:date .
TURTLE
cat >shapes.ttl <<'TURTLE'
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
<urn:s> a sh:PropertyShape ; sh:targetSubjectsOf <urn:start> ; sh:path <urn:start> ; sh:datatype xsd:date .
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
found=$(node check.mjs | paste -s -d '|')
other=$(venv/bin/python - <<'PYTHON'
import logging

import pyshacl
import rdflib

logging.disable()
data, shapes = (rdflib.Graph().parse(name, format="turtle") for name in ("data.ttl", "shapes.ttl"))
report = pyshacl.validate(data, shacl_graph=shapes)[1]
print(*sorted(str(focus)[4:] for focus in report.objects(None, rdflib.URIRef("http://www.w3.org/ns/shacl#focusNode"))))
PYTHON
)
echo "shacl-engine|rdf-validate-shacl $found; pyshacl $other"
[ "$found" = "4|4" ]
[ "$other" = "1 2 3 4" ]
