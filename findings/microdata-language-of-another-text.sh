#!/usr/bin/env bash
# microdata-rdf-streaming-parser 3.0.0 (npm): behind one English name all texts of an item are English, and those before have no language.
#
# A text of an item has the language of its element (Microdata to RDF, section "Algorithm Terms", property value), which is that of the
# nearest lang around it (HTML, "The lang and xml:lang attributes"). The parser takes no notice of a lang outside the item, so the one of
# the page is lost; and a lang within it holds from there to the end of the item, not of its element: a Dutch description is in English.
# Nothing is said. rdfa-streaming-parser 3.0.2, for the same page in RDFa, has the language of each. A base in the head is not looked at
# either.
# Seen: microdata name "", alternateName en, description en, url https://a.example/x; RDFa nl, en, nl, https://b.example/x.
# kennis-ld has no Microdata in its pages: what they hold is said in JSON-LD (kennis_ld/graph/structured_data.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" microdata-rdf-streaming-parser@3.0.0 rdfa-streaming-parser@3.0.2
cd "$folder"
cat >read.mjs <<'JAVASCRIPT'
import { MicrodataRdfParser } from "microdata-rdf-streaming-parser";
import { RdfaParser } from "rdfa-streaming-parser";

const page = (item, name) => `<!DOCTYPE html><html lang="nl"><head><title>Park</title><base href="https://b.example/"></head><body>
    <main ${item}><h1 ${name}="name">Park</h1><p ${name}="alternateName" lang="en">Park</p>
    <p ${name}="description">Een park</p><a ${name}="url" href="x">Meer</a></main></body></html>`;
async function read(parser, text) {
    const found = {};
    parser.end(text);
    for await (const { predicate, object } of parser) {
        found[predicate.value.split("/").pop()] = object.termType === "Literal" ? object.language : object.value;
    }
    return ["name", "alternateName", "description", "url"].map((name) => found[name]);
}
const settings = { baseIRI: "https://a.example/page", contentType: "text/html" };
const microdata = page('itemscope itemtype="https://schema.org/Project"', "itemprop");
const rdfa = page('vocab="https://schema.org/" typeof="Project"', "property");
console.log(JSON.stringify([
    await read(new MicrodataRdfParser(settings), microdata),
    await read(new RdfaParser(settings), rdfa),
]));
JAVASCRIPT
found=$(node read.mjs)
echo "microdata, RDFa: $found"
[ "$found" = '[["","en","en","https://a.example/x"],["nl","en","nl","https://b.example/x"]]' ]
