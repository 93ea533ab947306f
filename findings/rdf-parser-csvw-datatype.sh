#!/usr/bin/env bash
# rdf-parser-csvw 1.1.0 (npm): a column whose datatype is described, and not only named, has literals of the datatype <[object Object]>.
#
# In metadata "decimal" and {"base": "decimal", ...} are both a datatype, the second with a bound, a length or a format (Metadata Vocabulary
# for Tabular Data, section 5.11.2). The parser makes a name of the first, and of the second the text that JavaScript has for any object:
# that is no IRI, and pyoxigraph 0.5.13 refuses the N-Quads. With the base date a cell that does not fit the format becomes the text
# "Invalid DateTime" of xsd:date; it should stay as it is, as a string (Model for Tabular Data, section 6.4), so what stood there is gone.
# Seen: named "2.5"^^xsd:decimal; described "2.5"^^<[object Object]>; "1-3-2024" "2024-03-01", "in 2025" "Invalid DateTime".
# kennis-ld names the datatypes of its table, and describes none (kennis_ld/release/columns.toml).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" rdf-parser-csvw@1.1.0 n3@2.13.12
cd "$folder"
cat >read.mjs <<'JAVASCRIPT'
import { writeFileSync } from "node:fs";
import { Readable } from "node:stream";
import { Parser, Store, Writer } from "n3";
import CsvwParser from "rdf-parser-csvw";

const metadata = new Store(new Parser({ baseIRI: "https://a.example/" }).parse(`
    PREFIX csvw: <http://www.w3.org/ns/csvw#>
    PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    <> csvw:url <a.csv>; csvw:tableSchema [ csvw:column (
        [ csvw:name "named"; csvw:title "named"; csvw:datatype xsd:decimal ]
        [ csvw:name "described"; csvw:title "described"; csvw:datatype [ csvw:base "decimal"; csvw:format "0.0" ] ]
        [ csvw:name "start"; csvw:title "start"; csvw:datatype [ csvw:base "date"; csvw:format "d-M-yyyy" ] ]
    ) ] .`));
const table = "named,described,start\n2.5,2.5,1-3-2024\n2.5,2.5,in 2025\n";
const writer = new Writer({ format: "N-Quads" });
for await (const quad of new CsvwParser({ metadata, baseIRI: "https://a.example/a.csv" }).import(Readable.from([table]))) {
    if (quad.predicate.value.includes("a.csv#")) {
        writer.addQuad(quad);
    }
}
writer.end((_, text) => writeFileSync("found.nq", text));
JAVASCRIPT
node read.mjs
venv/bin/python - <<'PYTHON'
import pathlib

import pyoxigraph as ox

lines = pathlib.Path("found.nq").read_text().splitlines()
found = [line.split("> ", 1)[1].removesuffix(" .") for line in lines]
print(*found, sep="\n")
xsd = "http://www.w3.org/2001/XMLSchema#"
described = '"2.5"^^<[object Object]>'
assert [f'"2.5"^^<{xsd}decimal>', described, f'"2024-03-01"^^<{xsd}date>'] == found[:3]
assert [f'"2.5"^^<{xsd}decimal>', described, f'"Invalid DateTime"^^<{xsd}date>'] == found[3:]
try:
    list(ox.parse("\n".join(lines), format=ox.RdfFormat.N_QUADS))
    raise AssertionError("pyoxigraph reads it")
except SyntaxError as error:
    print(error)
PYTHON
