#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI), Comunica 5.4.1 (npm): FILTER(?start >= "2024"^^xsd:gYear) has no rows, though there are such years.
#
# SPARQL 1.1 (section 17.3) orders numbers, texts, truths and moments; an engine may order more. pyoxigraph 0.5.13 does so for
# years; in the other two the comparison is an error, which leaves the row out without a word. rdflib does compare a year with a whole date, and
# finds every year later: 2023 is later than 2024-01-01. As texts, STR(?start) >= "2024", all agree.
# Seen: of 2023, 2024 and 2025, by year: rdflib and Comunica 0, pyoxigraph 2; by text: 2 in all; later than a day in 2024: 3, 0, 0.
# kennis-ld has years in its data, and a line of it for who writes queries (docs/sparql.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" @comunica/query-sparql-rdfjs@5.4.1 n3@2.13.12
cd "$folder"
number=0
for filter in '?start >= "2024"^^xsd:gYear' 'STR(?start) >= "2024"' '?start > "2024-01-01"^^xsd:date'; do
    number=$((number + 1))
    echo "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        SELECT ?start { VALUES ?start { '2023'^^xsd:gYear '2024'^^xsd:gYear '2025'^^xsd:gYear } FILTER($filter) }" >"$number.rq"
done
cat >ask.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql-rdfjs";
import { Store } from "n3";

const counts = [];
for (const number of [1, 2, 3]) {
    const query = readFileSync(`${number}.rq`, "utf8");
    counts.push((await (await new QueryEngine().queryBindings(query, { sources: [new Store()] })).toArray()).length);
}
console.log(...counts);
JAVASCRIPT
comunica=$(node ask.mjs)
others=$(venv/bin/python - <<'PYTHON'
import pathlib

import pyoxigraph as ox
import rdflib

queries = [pathlib.Path(f"{number}.rq").read_text() for number in (1, 2, 3)]
print(*(len(list(ask(query))) for ask in (rdflib.Graph().query, ox.Store().query) for query in queries))
PYTHON
)
echo "Comunica $comunica; rdflib, pyoxigraph $others"
[ "$comunica" = "0 2 0" ]
[ "$others" = "0 2 3 2 2 0" ]
