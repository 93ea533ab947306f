#!/usr/bin/env bash
# jsonld-streaming-parser 5.0.1 (npm): {"@value": true, "@type": "xsd:boolean"} is a literal whose value is no text, and breaks sh:datatype.
#
# A JSON number or truth becomes a literal with the text "2024" or "true" (JSON-LD 1.1 API, section 8.2.2), and the value of a literal is a
# text (RDF/JS: Data Model, "Literal interface"). That is so where the context gives the type. Where the value object gives it, as many a
# catalogue writes its numbers, the parser hands on what JSON had, a number or a truth: it is not equal to the same literal of any other
# file, and rdf-validate-shacl 0.6.5 has results for data that conform. N3.js hides it, for its store makes texts of all values.
# Seen: type of the context string string, equal; of the value boolean number, not equal, results of sh:datatype and sh:hasValue.
# kennis-ld writes a value that has a type as a text (kennis_ld/jsonld.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" jsonld-streaming-parser@5.0.1 rdf-validate-shacl@0.6.5 @rdfjs/dataset@2.0.2 n3@2.13.12
cd "$folder"
cat >validate.mjs <<'JAVASCRIPT'
import datasets from "@rdfjs/dataset";
import { JsonLdParser } from "jsonld-streaming-parser";
import { Parser } from "n3";
import Validator from "rdf-validate-shacl";

const turtle = (text) => datasets.dataset(new Parser().parse(`PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> ${text}`));
const shapes = turtle(`PREFIX sh: <http://www.w3.org/ns/shacl#>
    <urn:shape> sh:targetNode <urn:park>;
        sh:property [ sh:path <urn:open>; sh:datatype xsd:boolean ];
        sh:property [ sh:path <urn:year>; sh:hasValue "2024"^^xsd:gYear ] .`);
const [same] = turtle('<urn:park> <urn:year> "2024"^^xsd:gYear .');
const xsd = "http://www.w3.org/2001/XMLSchema#";
const context = { xsd, open: { "@id": "urn:open", "@type": "xsd:boolean" }, year: { "@id": "urn:year", "@type": "xsd:gYear" } };
const documents = [
    { "@context": context, "@id": "urn:park", open: true, year: 2024 },
    {
        "@id": "urn:park",
        "urn:open": { "@value": true, "@type": `${xsd}boolean` },
        "urn:year": { "@value": 2024, "@type": `${xsd}gYear` },
    },
];
for (const document of documents) {
    const parser = new JsonLdParser();
    parser.end(JSON.stringify(document));
    const data = datasets.dataset();
    for await (const quad of parser) {
        data.add(quad);
    }
    const { results } = await new Validator(shapes).validate(data);
    const broken = results.map((result) => result.sourceConstraintComponent.value.split("#")[1].replace("ConstraintComponent", ""));
    console.log(...[...data].map((quad) => typeof quad.object.value), [...data].some((quad) => quad.object.equals(same.object)), ...broken.sort());
}
JAVASCRIPT
found=$(node validate.mjs | paste -s -d,)
echo "type of the context, type of the value: $found"
[ "$found" = "string string true,boolean number false Datatype HasValue" ]
