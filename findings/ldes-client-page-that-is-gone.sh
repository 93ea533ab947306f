#!/usr/bin/env bash
# ldes-client 0.3.0 (npm): a page of the stream that answers 410 ends the copying with an error; LDES 1.0 wants an empty page.
#
# A publisher may take a page away and answer 410 (server primer, "Log compaction"). A client "MUST process `410 Gone` as a page with an
# empty set of relations and an empty set of members" (LDES 1.0, draft). ldes-client takes it for an error, with --safe too, and gives
# none of the members behind it.
# Seen: of three pages with the middle one gone an error, and at most the member of the first; where the view does not name that page, both others.
# kennis-ld's stream has no relation to a page that was taken away (docs/clients.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" ldes-client@0.3.0
cd "$folder"
cat >serve.mjs <<'JAVASCRIPT'
import { createServer } from "node:http";

const prefixes = ["ldes: <https://w3id.org/ldes#>", "tree: <https://w3id.org/tree#>", "dct: <http://purl.org/dc/terms/>",
    "xsd: <http://www.w3.org/2001/XMLSchema#>"].map((each) => `@prefix ${each} .\n`).join("");
const day = (number) => `"2030-01-0${number}T00:00:00Z"^^xsd:dateTime`;
const relation = (number) => ["GreaterThanOrEqualTo", "LessThanOrEqualTo"].map((kind) =>
    `[ a tree:${kind}Relation ; tree:node </${number}> ; tree:path dct:created ; tree:value ${day(number)} ]`).join(" , ");
const view = (numbers) => `</s> a ldes:EventStream ; tree:view <> ; ldes:timestampPath dct:created .
    <> tree:relation ${numbers.map(relation).join(" , ")} .`;
const page = (number) => `</s> tree:member <#m> . <#m> dct:created ${day(number)} . <> ldes:immutable true .`;
const bodies = { "/all": view([1, 2, 3]), "/left": view([1, 3]), "/1": page(1), "/3": page(3) };
const server = createServer((request, response) => {
    response.writeHead(bodies[request.url] ? 200 : 410, { "Content-Type": "text/turtle" });
    response.end(prefixes + (bodies[request.url] ?? ""));
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
JAVASCRIPT
node serve.mjs >port &
server=$!
until [ -s port ]; do sleep 0.1; done
copied() {
    node node_modules/.bin/ldes-client "http://127.0.0.1:$(cat port)/$1" --ordered ascending --safe >"$1.out" 2>"$1.err" && ended=well || ended=badly
    echo "$ended $(grep -o '/[0-9]#m> <http://purl.org/dc/terms/created>' "$1.out" | sort -u | wc -l)"
}
found="$(copied all), $(copied left)"
echo "with the gone page, without: $found"
[[ "$found" = "badly "[01]", well 2" ]]
