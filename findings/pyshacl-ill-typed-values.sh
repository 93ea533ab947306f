#!/usr/bin/env bash
# pyshacl 0.40.1 with rdflib 7.6.0 (PyPI): sh:datatype lets values through that are no years, dates or numbers.
#
# A value that is ill-typed breaks sh:datatype (SHACL, section 4.1.2). pyshacl leaves it to rdflib to say so; rdflib does not know
# xsd:gYear and xsd:gYearMonth, and of the others takes what Python takes. So data conform that shacl-engine 1.1.2 (npm) refuses, and
# that the next program cannot read. A day or a truth that is none is found.
# Seen: of eight ill-typed values pyshacl finds the last two, shacl-engine all.
# kennis-ld looks at years, months and days where it reads them (kennis_ld/publication/setting_values.py, kennis_ld/agenda/periods.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyshacl==0.40.1 rdflib==7.6.0
npm install --silent --no-audit --no-fund --prefix "$folder" shacl-engine@1.1.2 n3@2.13.12 @rdfjs/data-model@2.1.2 @rdfjs/dataset@2.0.3
cd "$folder"
cat >data.ttl <<'TURTLE'
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:1> <urn:gYear> "20x4"^^xsd:gYear .
<urn:2> <urn:gYearMonth> "2024-13"^^xsd:gYearMonth .
<urn:3> <urn:dateTime> "20240301T120000"^^xsd:dateTime .
<urn:4> <urn:date> "2024-W09-5"^^xsd:date .
<urn:5> <urn:integer> "1_000"^^xsd:integer .
<urn:6> <urn:decimal> "1.1E0"^^xsd:decimal .
<urn:7> <urn:date> "01-03-2024"^^xsd:date .
<urn:8> <urn:boolean> "ja"^^xsd:boolean .
TURTLE
cat >shapes.ttl <<'TURTLE'
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
TURTLE
for kind in gYear gYearMonth dateTime date integer decimal boolean; do
    echo "<urn:s-$kind> a sh:PropertyShape ; sh:targetSubjectsOf <urn:$kind> ; sh:path <urn:$kind> ; sh:datatype xsd:$kind ." >>shapes.ttl
done
cat >check.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import dataModel from "@rdfjs/data-model";
import datasets from "@rdfjs/dataset";
import { Parser } from "n3";
import { Validator } from "shacl-engine";

const [data, shapes] = ["data.ttl", "shapes.ttl"].map((name) =>
    datasets.dataset(new Parser().parse(readFileSync(name, "utf8"))),
);
const factory = Object.assign(Object.create(dataModel), { dataset: datasets.dataset });
const report = await new Validator(shapes, { factory }).validate({ dataset: data });
console.log(report.results.map((each) => each.focusNode.term.value.slice(4)).sort().join(" "));
JAVASCRIPT
engine_found=$(node check.mjs)
pyshacl_found=$(venv/bin/python - <<'PYTHON'
import logging

import pyshacl
import rdflib

logging.disable()
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
data, shapes = (rdflib.Graph().parse(name, format="turtle") for name in ("data.ttl", "shapes.ttl"))
report = pyshacl.validate(data, shacl_graph=shapes)[1]
print(*sorted(str(each)[4:] for each in report.objects(None, SH.focusNode)))
PYTHON
)
echo "pyshacl $pyshacl_found, shacl-engine $engine_found"
[ "$pyshacl_found" = "7 8" ]
[ "$engine_found" = "1 2 3 4 5 6 7 8" ]
