#!/usr/bin/env bash
# Comunica 5.4.1 (npm): a month after 31 January is 2 March, and a year after 29 February 1 March.
#
# Engines add durations to days as XPath does (op:add-yearMonthDuration-to-date; SPARQL 1.1, section 17.3.1, lets them have more operators),
# and that is by XML Schema: a day that its month does not have becomes the last that it has (XSD 1.0, part 2, appendix E). So a term of a
# month from 31 January ends on 29 February, and one of a year from 29 February on the 28th. Comunica goes on into the next month, up to
# three days late, and back from 31 March to 2 March. Nothing is said; on other days it is right. rdflib 7.6.0 (PyPI) does as XML
# Schema says, and so does pyoxigraph 0.5.13 where it takes a month away.
# Seen: 31 January and P1M, 29 February and P1Y, 31 March less P1M, 15 January and P1M: Comunica 03-02 03-01 03-02 02-15,
# rdflib 02-29 02-28 02-29 02-15, pyoxigraph the third 02-29.
# kennis-ld computes no days in a query (docs/clients.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" @comunica/query-sparql-rdfjs@5.4.1 n3@2.13.12
cd "$folder"
cat >days.rq <<'SPARQL'
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?a ?b ?c ?d {
  BIND("2024-01-31"^^xsd:date + "P1M"^^xsd:yearMonthDuration AS ?a)
  BIND("2024-02-29"^^xsd:date + "P1Y"^^xsd:yearMonthDuration AS ?b)
  BIND("2024-03-31"^^xsd:date - "P1M"^^xsd:yearMonthDuration AS ?c)
  BIND("2024-01-15"^^xsd:date + "P1M"^^xsd:yearMonthDuration AS ?d)
}
SPARQL
cat >ask.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql-rdfjs";
import { Store } from "n3";

const [row] = await (await new QueryEngine().queryBindings(readFileSync("days.rq", "utf8"), { sources: [new Store()] })).toArray();
console.log(["a", "b", "c", "d"].map((name) => row.get(name)?.value ?? "none").join(" "));
JAVASCRIPT
comunica_found=$(node ask.mjs)
others_found=$(venv/bin/python - <<'PYTHON'
import pathlib

import pyoxigraph as ox
import rdflib

query = pathlib.Path("days.rq").read_text()
(mine,), (theirs,) = rdflib.Graph().query(query), ox.Store().query(query)
print(*mine, theirs["c"].value)
PYTHON
)
echo "Comunica $comunica_found; rdflib and pyoxigraph $others_found"
[ "$comunica_found" = "2024-03-02 2025-03-01 2024-03-02 2024-02-15" ]
[ "$others_found" = "2024-02-29 2025-02-28 2024-02-29 2024-02-15 2024-02-29" ]
