#!/usr/bin/env bash
# ckanext-dcat 2.4.4 on CKAN 2.12.0 (PyPI): a distribution without dcat:mediaType gets the media type "None", a text.
#
# That is so where its dct:format is a dct:IMT, the one kind of format that CKAN shows by its name. A portal then keeps, shows and
# hands on "None" as the media type of the file; without the type dct:IMT there is no media type, as one expects.
# Seen: 'None' None.
# kennis-ld gives every file a dcat:mediaType; only its SPARQL service has none, for it has no type of its own.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
# CKAN with the versions, by hash, that the tests use too; without its database.
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r "$here/../tests/clients/requirements.lock"
"$folder/venv/bin/python" - <<'PYTHON'
from ckan.common import config

config.update({"ckan.locale_default": "nl", "ckanext.dcat.max_file_size": 50})

from ckanext.dcat.processors import RDFParser

PREFIXES = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


def dataset(turtle):
    parser = RDFParser(profiles=["euro_dcat_ap_3"])
    parser.parse(PREFIXES + turtle, _format="turtle")
    (found,) = parser.datasets()
    return found


FORMAT = "<http://publications.europa.eu/resource/authority/file-type/CSV>"
found = []
for kind in ("dct:IMT", "dct:MediaTypeOrExtent"):
    (resource,) = dataset(f"""
        <https://a.example/d> a dcat:Dataset ; dct:title "Data"@nl ; dcat:distribution <https://a.example/x> .
        <https://a.example/x> a dcat:Distribution ; dcat:accessURL <https://a.example/x.csv> ; dct:format {FORMAT} .
        {FORMAT} a {kind} ; rdfs:label "CSV" .
    """)["resources"]
    found.append(resource.get("mimetype"))
print(*map(repr, found))
assert ["None", None] == found
PYTHON
