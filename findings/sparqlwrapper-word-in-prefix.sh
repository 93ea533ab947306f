#!/usr/bin/env bash
# SPARQLWrapper 2.0.0 (PyPI): a word within the IRI of the empty prefix makes a SELECT an update.
#
# It looks for the first word that is a form of a query, and passes over prefixes that have a name. PREFIX : <...> is one without
# (SPARQL 1.1, section 4.1.1). So "download" in the address of a vocabulary holds LOAD, and the SELECT is sent as update=..., by POST, which
# a service for reading refuses; "task" holds ASK, so that a CONSTRUCT asks for rows in JSON and gets none. With a name before the
# colon the same query is a SELECT.
# Seen: ": <.../download/>" LOAD, POST update=; "d: <.../download/>" SELECT, GET; CONSTRUCT with ": <.../task#>" ASK.
# kennis-ld says itself which form a query has (kennis_ld/engine/remote.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check SPARQLWrapper==2.0.0
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from SPARQLWrapper import SPARQLWrapper


def request(query):
    """Returns what the query is taken for, and how it would be sent; nothing is sent."""
    wrapper = SPARQLWrapper("http://127.0.0.1/sparql")
    wrapper.setQuery(query)
    made = wrapper._createRequest()
    return wrapper.queryType, made.get_method(), (made.data or b"").split(b"=")[0].decode()


found = [
    request(f"PREFIX {query}")
    for query in (
        ": <https://a.example/download/> SELECT * { ?file a :File }",
        "d: <https://a.example/download/> SELECT * { ?file a d:File }",
        ": <https://a.example/task#> CONSTRUCT { ?s a :Task } WHERE { ?s a :Task }",
        "t: <https://a.example/task#> CONSTRUCT { ?s a t:Task } WHERE { ?s a t:Task }",
    )
]
print(*found)
assert [("LOAD", "POST", "update"), ("SELECT", "GET", ""), ("ASK", "GET", ""), ("CONSTRUCT", "GET", "")] == found
PYTHON
