#!/usr/bin/env bash
# microdata-rdf-streaming-parser 3.0.0 (npm): the project number "1b", the amount "2,5" and the years "2024-2026" are xsd:integer.
#
# The value of a data or meter element is an xsd:integer or an xsd:double where it has the form of one, and a text otherwise (Microdata to
# RDF, section "Algorithm Terms", property value). The parser asks whether it begins as one: parseInt("1b") is 1. The text stays as it is,
# so the literal is ill-typed: SUM has no value, and a rule with sh:datatype is broken.
# Seen: 1b, 2,5, 2024-2026 and 1e3 integer, 1.2.3 double, v1 string; 12 integer and 2.5 double, as they are.
# kennis-ld says what its pages hold in JSON-LD, in which every value is a text (kennis_ld/graph/structured_data.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" microdata-rdf-streaming-parser@3.0.0
cd "$folder"
cat >read.mjs <<'JAVASCRIPT'
import { MicrodataRdfParser } from "microdata-rdf-streaming-parser";

const values = ["1b", "2,5", "2024-2026", "1e3", "1.2.3", "v1", "12", "2.5"];
const items = values.map((value) => `<data itemprop="identifier" value="${value}">${value}</data>`).join("");
const parser = new MicrodataRdfParser({ baseIRI: "https://a.example/" });
parser.end(`<div itemscope itemtype="https://schema.org/Project">${items}</div>`);
const found = [];
for await (const { object } of parser) {
    if (object.termType === "Literal") {
        found.push(`${object.value} ${object.datatype.value.split("#")[1]}`);
    }
}
console.log(found.join("; "));
JAVASCRIPT
found=$(node read.mjs)
echo "$found"
[ "$found" = "1b integer; 2,5 integer; 2024-2026 integer; 1e3 integer; 1.2.3 double; v1 string; 12 integer; 2.5 double" ]
