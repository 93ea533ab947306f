#!/usr/bin/env bash
# rdflib 7.6.0 (PyPI): a Dataset written as N-Triples has the statements of all graphs, as Turtle or RDF/XML only those of one.
#
# These three forms have no graphs, so one would expect an error, or the same statements in each. The Dataset was read from TriG with one
# statement in the default graph and one in a named one, as an agenda with its editions is. Nothing is said of what is left out,
# and a Graph that reads the same TriG has one statement as well.
# Seen: statements as nt 2, turtle 1, longturtle 1, xml 1; trig and nquads 2; Graph().parse(TriG) 1.
# kennis-ld writes its dumps from sorted lines, and every graph into agenda.nq (kennis_ld/graph/formats.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0
"$folder/venv/bin/python" - <<'PYTHON'
import rdflib

DATA = "<urn:a> <urn:p> 1 . <urn:edition> { <urn:b> <urn:p> 2 }"
FORMS = ("nt", "turtle", "longturtle", "xml", "trig", "nquads")


def dataset(text, form):
    read = rdflib.Dataset()
    read.parse(data=text, format="turtle" if form == "longturtle" else form)
    return read


whole = dataset(DATA, "trig")
found = {form: len(list(dataset(whole.serialize(format=form), form).quads())) for form in FORMS}
alone = len(rdflib.Graph().parse(data=DATA, format="trig"))
print(found, alone)
assert {"nt": 2, "turtle": 1, "longturtle": 1, "xml": 1, "trig": 2, "nquads": 2} == found
assert 1 == alone
PYTHON
