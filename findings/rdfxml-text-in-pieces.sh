#!/usr/bin/env bash
# rdfxml-streaming-parser 3.3.0 (npm), with which Comunica reads RDF/XML: of a text with a CDATA section on a line of its own nothing is left.
#
# CDATA is another way to write characters, and a comment or a processing instruction is no part of the text around it (XML 1.0, sections 2.7, 2.5
# and 2.6): it is one text. The parser is told of it in pieces, and keeps the last: of "GL <![CDATA[&]]> UL" that is " UL", and where a portal
# writes a description in CDATA between two ends of a line, an end of a line. Nothing is said. rdflib 7.6.0 (PyPI) has the whole text. pyoxigraph
# 0.5.13 stops at such a file with an error. Of a text that is CDATA only, or has &amp;, all have all.
# Seen: rdfxml-streaming-parser " UL", " UL", "\n", "GL & UL"; rdflib "GL & UL", "GL UL", "\nGL & UL\n", "GL & UL"; pyoxigraph two errors.
# kennis-ld writes RDF/XML without CDATA and comments, and reads none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" rdfxml-streaming-parser@3.3.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import pathlib

import pyoxigraph as ox
import rdflib

RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:t="urn:t:"><rdf:Description rdf:about="urn:a">'
TEXTS = ("GL <![CDATA[&]]> UL", "GL<!-- trekker --> UL", "\n<![CDATA[GL & UL]]>\n", "<![CDATA[GL & UL]]>")
found, refused = [], 0
for number, text in enumerate(TEXTS):
    document = f"{RDF}<t:name>{text}</t:name></rdf:Description></rdf:RDF>"
    pathlib.Path(f"{number}.rdf").write_text(document)
    (value,) = rdflib.Graph().parse(data=document, format="xml").objects()
    found.append(str(value))
    try:
        list(ox.parse(document, format=ox.RdfFormat.RDF_XML))
    except SyntaxError:
        refused += 1
print("rdflib", found, "pyoxigraph refuses", refused)
assert ["GL & UL", "GL UL", "\nGL & UL\n", "GL & UL"] == found
assert 2 == refused
PYTHON
cat >read.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { RdfXmlParser } from "rdfxml-streaming-parser";

const found = [];
for (const number of [0, 1, 2, 3]) {
    await new Promise((resolve, reject) => {
        const parser = new RdfXmlParser();
        parser.on("data", (quad) => found.push(quad.object.value)).on("error", reject).on("end", resolve);
        parser.end(readFileSync(`${number}.rdf`, "utf8"));
    });
}
console.log(JSON.stringify(found));
JAVASCRIPT
found=$(node read.mjs)
echo "rdfxml-streaming-parser $found"
[ "$found" = '[" UL"," UL","\n","GL & UL"]' ]
