#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI): "the project with the largest budget" is every project, where the largest is worked out behind the pattern.
#
# A subquery, or a group with BIND, gives rows of its own, which are joined with those in front of it: where both have ?budget, it must be the same
# (SPARQL 1.1, section 18.5, Join). In rdflib the value in front takes the place of the one that MAX, an expression or BIND worked out, and the join
# finds nothing to compare, so each row stays. Nothing is said. With the subquery first, or with another name and a FILTER, the one project comes
# out. pyoxigraph 0.5.13 has it in any order.
# Seen, of three projects: subquery behind the pattern 3, BIND in a group behind it 3; subquery first 1, FILTER 1; pyoxigraph 1 each time.
# kennis-ld asks pyoxigraph; none of its saved questions gives a value of a subquery the name of one outside (queries/).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
cd "$folder"
venv/bin/python - <<'PYTHON'
import pyoxigraph as ox
import rdflib

DATA = "<urn:a> <urn:budget> 5 . <urn:b> <urn:budget> 12 . <urn:c> <urn:budget> 20 ."
OUTSIDE, LARGEST = "?s <urn:budget> ?n", "SELECT (MAX(?m) AS ?n) { ?t <urn:budget> ?m }"
PATTERNS = (
    f"{OUTSIDE} {{ {LARGEST} }}",
    f"{OUTSIDE} {{ VALUES ?half {{ 10 }} BIND(?half * 2 AS ?n) }}",
    f"{{ {LARGEST} }} {OUTSIDE}",
    f"{OUTSIDE} {{ {LARGEST.replace('?n', '?most')} }} FILTER(?n = ?most)",
)
graph, store = rdflib.Graph().parse(data=DATA), ox.Store()
store.load(DATA, format=ox.RdfFormat.TURTLE)
mine, theirs = ([len(list(which.query(f"SELECT ?s {{ {each} }}"))) for each in PATTERNS] for which in (graph, store))
print("rdflib", mine, "pyoxigraph", theirs)
assert [3, 3, 1, 1] == mine
assert [1, 1, 1, 1] == theirs
PYTHON
