#!/usr/bin/env bash
# ckanext-dcat 2.4.4 on CKAN 2.12.0 (PyPI): whether a format is shown by its name depends on the order of its two types.
#
# RDF has no order: "a dct:IMT, dct:MediaTypeOrExtent" and "a dct:MediaTypeOrExtent, dct:IMT" say the same. DCAT-AP 3.0.1 asks for
# dct:MediaTypeOrExtent, and CKAN shows a name for dct:IMT only, so a catalogue says both; but CKAN looks at the first type that
# its parser met. With the other order people see an IRI for "CSV", and there is no preview.
# Seen: CSV http://publications.europa.eu/resource/authority/file-type/CSV
# kennis-ld writes its catalogues sorted, so dct:IMT comes first in every form (tests/clients/test_portals.py).
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
for kinds in ("dct:IMT , dct:MediaTypeOrExtent", "dct:MediaTypeOrExtent , dct:IMT"):
    (resource,) = dataset(f"""
        <https://a.example/d> a dcat:Dataset ; dct:title "Data"@nl ; dcat:distribution <https://a.example/x> .
        <https://a.example/x> a dcat:Distribution ; dcat:accessURL <https://a.example/x.csv> ; dct:format {FORMAT} .
        {FORMAT} a {kinds} ; rdfs:label "CSV" .
    """)["resources"]
    found.append(resource["format"])
print(*found)
assert ["CSV", FORMAT[1:-1]] == found
PYTHON
