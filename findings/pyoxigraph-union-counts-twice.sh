#!/usr/bin/env bash
# pyoxigraph 0.5.13 (PyPI), use_default_graph_as_union: a statement that stands in two graphs is two solutions.
#
# The union of graphs is a set of statements, so one solution is what one expects; here COUNT(?s) over a statement that stands in
# the default graph and in a named one is 2, and three joined patterns make it 8.
# COUNT(DISTINCT ?s) is 1 in both. Seen: 2 8 1.
# kennis-ld therefore counts and lists DISTINCT in every saved query (tests/queries/test_union_of_graphs.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyoxigraph==0.5.13
"$folder/venv/bin/python" - <<'PYTHON'
import pyoxigraph as ox

store = ox.Store()
statement = [ox.NamedNode(f"https://a.example/{name}") for name in ("s", "p", "o")]
store.add(ox.Quad(*statement))
store.add(ox.Quad(*statement, ox.NamedNode("https://a.example/graph")))


def count(query):
    (solution,) = store.query(query, use_default_graph_as_union=True)
    return int(solution["n"].value)


found = (
    count("SELECT (COUNT(?s) AS ?n) { ?s ?p ?o }"),
    count("SELECT (COUNT(?s) AS ?n) { ?s ?p ?o . ?s ?p ?o2 . ?s ?p ?o3 }"),
    count("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
)
print(*found)
assert (2, 8, 1) == found
PYTHON
