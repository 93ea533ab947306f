#!/usr/bin/env bash
# pyoxigraph 0.5.13 (PyPI): of a text in SPARQL results as XML the white space around it is lost.
#
# White space in an element is part of its text (XML 1.0, section 2.10), and the text is the value (SPARQL Query Results XML Format,
# section 2.3.1). Virtuoso 7.2.5 writes a text as it stands; pyoxigraph itself writes spaces around one as character references, which
# it keeps. So a client gets another text by XML than by JSON. Seen: ' a ' is read as 'a'; the XML reader of Python finds ' a '.
# kennis-ld asks another engine for XML only where it reads names, titles and the like for its lists (kennis_ld/serving/service.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyoxigraph==0.5.13
"$folder/venv/bin/python" - <<'PYTHON'
import xml.etree.ElementTree as ET

import pyoxigraph as ox

FORM = ox.QueryResultsFormat.XML
document = b"""<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="text"/></head>
<results><result><binding name="text"><literal> a </literal></binding></result></results></sparql>"""
((text,),) = ox.parse_query_results(input=document, format=FORM)
written = ox.Store().query("SELECT (' a ' AS ?text) {}").serialize(format=FORM)
((own,),) = ox.parse_query_results(input=written, format=FORM)
print([text.value, own.value, ET.fromstring(document).findtext(".//{*}literal")], written[-120:])
assert ["a", " a "] == [text.value, own.value]
assert " a " == ET.fromstring(document).findtext(".//{*}literal")
PYTHON
