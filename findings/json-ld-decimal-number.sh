#!/usr/bin/env bash
# pyld 3.3.0 and pyoxigraph 0.5.13 (PyPI): a JSON number that the context calls xsd:decimal is no decimal, and adds up to nothing.
#
# A number with a fraction is written as a double, whatever type it has (JSON-LD 1.1 API, section 8.2.2): 1.1 becomes "1.1E0"^^xsd:decimal,
# which XSD 1.1 (section 3.3.3.1) has not among the decimals. So both do what is written, and a store then has no sum of such
# budgets; rdflib 7.6.0 writes "1.1" from the same document, and adds. As a text in the JSON, "1.1", all agree.
# Seen: a number: pyld and pyoxigraph "1.1E0" without a sum, rdflib "1.1" with 2.6; a text: "1.1" in all, with 2.6.
# kennis-ld writes a decimal in JSON-LD as a text with its type (kennis_ld/jsonld.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyld==3.3.0 pyoxigraph==0.5.13 rdflib==7.6.0
"$folder/venv/bin/python" - <<'PYTHON'
import json

import pyoxigraph as ox
import rdflib
from pyld import jsonld

XSD = "http://www.w3.org/2001/XMLSchema#"
CONTEXT = {"budget": {"@id": "urn:budget", "@type": f"{XSD}decimal"}}


def read(values):
    """Returns the first value by each, and the sum of the two in a store that each has filled."""
    items = [{"@id": f"urn:{index}", "budget": value} for index, value in enumerate(values)]
    document = {"@context": CONTEXT, "@graph": items}
    lines = {
        "pyld": jsonld.to_rdf(document, {"format": "application/n-quads"}),
        "pyoxigraph": "".join(f"{each} .\n" for each in ox.parse(input=json.dumps(document), format=ox.RdfFormat.JSON_LD)),
        "rdflib": rdflib.Graph().parse(data=json.dumps(document), format="json-ld").serialize(format="nt"),
    }
    found = {}
    for name, text in lines.items():
        store = ox.Store()
        store.load(text, format=ox.RdfFormat.N_QUADS)
        ((total,),) = store.query("SELECT (SUM(?n) AS ?total) { ?s <urn:budget> ?n }")
        first = next(store.quads_for_pattern(ox.NamedNode("urn:0"), None, None)).object
        assert f"{XSD}decimal" == first.datatype.value
        found[name] = first.value, total and total.value
    return found


numbers, texts = read([1.1, 1.5]), read(["1.1", "1.5"])
print(numbers, texts)
assert {"pyld": ("1.1E0", None), "pyoxigraph": ("1.1E0", None), "rdflib": ("1.1", "2.6")} == numbers
assert {name: ("1.1", "2.6") for name in numbers} == texts
PYTHON
