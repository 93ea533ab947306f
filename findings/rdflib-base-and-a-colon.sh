#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI): written with a base, https://a.example/id/besluit:2024 becomes the IRI besluit:2024.
#
# A relative reference cannot begin with a segment that has a colon, for it reads as a scheme; "./" must stand in front (RFC 3986, section 4.2).
# serialize(base=...) cuts the base off as it stands: what it writes is Turtle, in which <besluit:2024> is another IRI, with a scheme
# "besluit", for every reader, its own as well. So a decision or an item of a source with a colon in its name loses its address, and what
# others say of it does not meet it. N3.js 2.13.12 (npm), with its own base, writes <./besluit:2024>, and that reads back.
# Seen: rdflib's Turtle: besluit:2024 by rdflib, N3.js and pyoxigraph 0.5.13; N3.js's: https://a.example/id/besluit:2024 by all three.
# kennis-ld writes no relative IRI (kennis_ld/graph/formats.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" n3@2.13.12
cd "$folder"
echo '<https://a.example/id/besluit:2024> <https://a.example/id/about> <https://a.example/id/1.10> .' >data.nt
venv/bin/python -c 'import rdflib; rdflib.Graph().parse("data.nt").serialize("rdflib.ttl", format="turtle", base="https://a.example/id/")'
cat >write.mjs <<'JAVASCRIPT'
import { readFileSync, writeFileSync } from "node:fs";
import { Parser, Writer } from "n3";

const read = (name) => new Parser().parse(readFileSync(name, "utf8"));
const writer = new Writer({ baseIRI: "https://a.example/id/", writeBase: true });
writer.addQuads(read("data.nt"));
writer.end((error, text) => writeFileSync("n3.ttl", text));
console.log(["rdflib.ttl", "n3.ttl"].map((name) => read(name)[0].subject.value).join(" "));
JAVASCRIPT
theirs=$(node write.mjs)
others=$(venv/bin/python - <<'PYTHON'
import pyoxigraph as ox
import rdflib

for name in ("rdflib.ttl", "n3.ttl"):
    (mine,) = rdflib.Graph().parse(name).subjects()
    (quad,) = ox.parse(path=name)
    assert str(mine) == quad.subject.value
    print(mine)
PYTHON
)
echo "N3.js: $theirs; rdflib and pyoxigraph:" $others
[ "$theirs" = "besluit:2024 https://a.example/id/besluit:2024" ]
[ "$(echo $others)" = "$theirs" ]
