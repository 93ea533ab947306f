#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI): REPLACE with a flag replaces the first two or eight only, and takes no notice of the flag.
#
# The fourth argument of REPLACE says how to match, as "i" for capitals and small letters alike (SPARQL 1.1, section 17.4.3.15: XPath
# fn:replace), and replaces all as without it. In rdflib the number that "i" has in Python, 2, becomes the number of matches to
# replace, and capitals count; "m" has 8, "s" 16. So names are tidied in the first places only, without a word. pyoxigraph 0.5.13
# and Comunica 5.4.1 replace all.
# Seen: "a-A-a-a" with "i": rdflib x-A-x-a, pyoxigraph x-x-x-x; ten points with "m": rdflib 8 replaced, pyoxigraph 10; no flag: the same.
# kennis-ld's saved queries have no REPLACE; docs/sparql.md has a line of it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
"$folder/venv/bin/python" - <<'PYTHON'
import pyoxigraph as ox
import rdflib


def values(expression):
    query = f"SELECT ({expression} AS ?x) {{}}"
    (one,), (other,) = rdflib.Graph().query(query), ox.Store().query(query)
    return str(one[0]), other[0].value


points, dashes = "." * 10, "-" * 10
found = [values(each) for each in ('REPLACE("a-A-a-a", "a", "x", "i")', f'REPLACE("{points}", "[.]", "-", "m")')]
plain = values(f'REPLACE("{points}", "[.]", "-")')
print(*found, plain)
assert [("x-A-x-a", "x-x-x-x"), ("-" * 8 + "..", dashes)] == found
assert (dashes, dashes) == plain
PYTHON
