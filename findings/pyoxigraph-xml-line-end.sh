#!/usr/bin/env bash
# pyoxigraph 0.5.13 (PyPI): a text with a carriage return is another text to whoever else reads its XML.
#
# Names that were pasted from a workbook end a line with a carriage return. In XML one has to be written &#xD;, for as it stands
# every reader makes a line feed of it (XML 1.0, section 2.11). pyoxigraph writes it as it stands, in SPARQL results and in RDF/XML, and
# reads it back as it was: so a test that goes there and back passes, while other programs look for a text that is not there.
# Seen: 'a\rb' by pyoxigraph from its own results and RDF/XML, 'a\nb' by rdflib 7.6.0 and the XML reader of Python.
# kennis-ld writes &#13; in its answers (kennis_ld/engine/result_limits.py) and files (kennis_ld/graph/formats.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyoxigraph==0.5.13 rdflib==7.6.0
"$folder/venv/bin/python" - <<'PYTHON'
import xml.etree.ElementTree as ET

import pyoxigraph as ox
import rdflib

triple = ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("https://a.example/name"), ox.Literal("a\rb"))
rdf = ox.serialize([triple], format=ox.RdfFormat.RDF_XML)
store = ox.Store()
store.add(ox.Quad(*triple))
results = store.query("SELECT ?name { ?s ?p ?name }").serialize(format=ox.QueryResultsFormat.XML)

(own,) = ox.parse(input=rdf, format=ox.RdfFormat.RDF_XML)
((own_row,),) = ox.parse_query_results(input=results, format=ox.QueryResultsFormat.XML)
(other,) = rdflib.Graph().parse(data=rdf, format="xml").objects()
other_row = ET.fromstring(results).findtext(".//{*}literal")
print([own.object.value, own_row.value], [str(other), other_row])
assert ["a\rb", "a\rb"] == [own.object.value, own_row.value]
assert ["a\nb", "a\nb"] == [str(other), other_row]
PYTHON
