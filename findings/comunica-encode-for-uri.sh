#!/usr/bin/env bash
# Comunica 5.4.1 (npm): ENCODE_FOR_URI leaves a slash, a question mark and a number sign as they are.
#
# It must escape all but letters, digits, "-", "_", "." and "~" (SPARQL 1.1, section 17.4.3.11: XPath fn:encode-for-uri, of which
# the slash is its own example). Who makes an IRI of a name with it, as of "Onderzoek/onderwijs", gets another IRI from Comunica than
# from pyoxigraph and rdflib, so that what two programs say of one thing does not meet; after "#" all else is a fragment.
# Seen: Comunica a/b?c#d%20e, pyoxigraph and rdflib a%2Fb%3Fc%23d%20e.
# kennis-ld mints its IRIs itself (kennis_ld/iri.py), and no saved query makes one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
npm install --silent --no-audit --no-fund --prefix "$folder" @comunica/query-sparql-rdfjs@5.4.1 n3@2.13.12
cd "$folder"
export QUERY='SELECT (ENCODE_FOR_URI("a/b?c#d e") AS ?x) {}'
cat >ask.mjs <<'JAVASCRIPT'
import { QueryEngine } from "@comunica/query-sparql-rdfjs";
import { Store } from "n3";

const [row] = await (await new QueryEngine().queryBindings(process.env.QUERY, { sources: [new Store()] })).toArray();
console.log(row.get("x").value);
JAVASCRIPT
theirs=$(node ask.mjs)
others=$(venv/bin/python - <<'PYTHON'
import os

import pyoxigraph as ox
import rdflib

(one,), (other,) = rdflib.Graph().query(os.environ["QUERY"]), ox.Store().query(os.environ["QUERY"])
assert str(one[0]) == other[0].value
print(other[0].value)
PYTHON
)
echo "Comunica $theirs, pyoxigraph and rdflib $others"
[ "$theirs" = "a/b?c#d%20e" ]
[ "$others" = "a%2Fb%3Fc%23d%20e" ]
