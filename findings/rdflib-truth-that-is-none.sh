#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI): "ja"^^xsd:boolean is false once it is read, and so are "Ja", "waar" and "yes".
#
# A text that a type does not have is ill-typed: it has no value, and is the literal that the file says (RDF 1.1 Concepts, section 3.3). So
# rdflib keeps "2,5"^^xsd:decimal as it stands. Of xsd:boolean it takes all but "1" and "true" for false, in any letters, and writes that
# in place of the text: who reads a table of projects in which "open" is "ja", and writes it anew, says of each that it is not. FILTER(?open)
# answers so too. There is a warning, and the literal knows that it is ill-typed, but its text is gone. pyoxigraph 0.5.13 keeps all.
# Seen: ja Ja waar yes nee all false and TRUE true in rdflib, with 0 of 4 found by FILTER; the texts as they stand in pyoxigraph.
# kennis-ld makes a truth of no text (kennis_ld/graph/statements.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0 pyoxigraph==0.5.13
"$folder/venv/bin/python" - <<'PYTHON'
import warnings

import pyoxigraph as ox
import rdflib

warnings.simplefilter("ignore")
WORDS = ["ja", "Ja", "waar", "yes", "nee", "TRUE"]
XSD = "http://www.w3.org/2001/XMLSchema#"
data = "".join(f'<urn:{at}> <urn:open> "{word}"^^<{XSD}boolean> .\n' for at, word in enumerate(WORDS))
data += f'<urn:budget> <urn:amount> "2,5"^^<{XSD}decimal> .\n'
graph = rdflib.Graph().parse(data=data, format="nt")
found = [str(graph.value(rdflib.URIRef(f"urn:{at}"), rdflib.URIRef("urn:open"))) for at in range(len(WORDS))]
amount = str(graph.value(rdflib.URIRef("urn:budget"), rdflib.URIRef("urn:amount")))
others = [quad.object.value for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)]
rows = len(graph.query("SELECT ?s { VALUES ?s { <urn:0> <urn:1> <urn:2> <urn:3> } ?s <urn:open> ?open FILTER(?open) }"))
print("rdflib", found, amount, rows, "pyoxigraph", others)
assert ["false"] * 5 + ["true"] == found
assert "2,5" == amount
assert 0 == rows
assert [*WORDS, "2,5"] == others
PYTHON
