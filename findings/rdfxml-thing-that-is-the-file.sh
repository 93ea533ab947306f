#!/usr/bin/env bash
# rdfxml-streaming-parser 3.3.0 (npm), with which Comunica reads RDF/XML: a project that is the whole file loses its IRI.
#
# rdf:RDF may be left out where a file is about one thing: <schema:Project rdf:about="..."> is the document element then (RDF 1.1 XML Syntax,
# production doc of the grammar: RDF or nodeElement). The parser has its type and its properties, but takes no notice of rdf:about, so what it reads
# is said of a blank node, and a query for the project, or a join with what another file says of it, has no row. Nothing is said. Things inside keep
# their IRIs, and so does the same element within rdf:RDF. rdflib 7.6.0 and pyoxigraph 0.5.13 (PyPI) read the IRI.
# Seen: subjects of type and name: rdfxml-streaming-parser blank nodes, within rdf:RDF urn:project; rdflib and pyoxigraph urn:project.
# kennis-ld writes rdf:RDF around everything.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" rdfxml-streaming-parser@3.3.0
cd "$folder"
names='xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:schema="https://schema.org/"'
project="<schema:Project $names rdf:about=\"urn:project\"><schema:name>Park</schema:name></schema:Project>"
echo "$project" >alone.rdf
echo "<rdf:RDF $names>$project</rdf:RDF>" >within.rdf
venv/bin/python - <<'PYTHON'
import pyoxigraph as ox
import rdflib

for file in ("alone.rdf", "within.rdf"):
    mine = {str(each) for each in rdflib.Graph().parse(file, format="xml").subjects()}
    theirs = {quad.subject.value for quad in ox.parse(path=file)}
    print(file, "rdflib", mine, "pyoxigraph", theirs)
    assert {"urn:project"} == mine == theirs
PYTHON
cat >read.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { RdfXmlParser } from "rdfxml-streaming-parser";

const found = [];
for (const file of ["alone.rdf", "within.rdf"]) {
    await new Promise((resolve, reject) => {
        const parser = new RdfXmlParser();
        parser.on("data", (quad) => found.push(quad.subject.termType === "BlankNode" ? "blank" : quad.subject.value));
        parser.on("error", reject).on("end", resolve);
        parser.end(readFileSync(file, "utf8"));
    });
}
console.log(found.join(" "));
JAVASCRIPT
found=$(node read.mjs)
echo "rdfxml-streaming-parser $found"
[ "$found" = "blank blank urn:project urn:project" ]
