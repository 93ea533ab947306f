#!/usr/bin/env bash
# ckanext-dcat 2.4.4 on CKAN 2.12.0 (PyPI): a portal in Dutch passes over "nl-NL" for English, and makes two tags of one word.
#
# A title with the language nl-NL is Dutch (RFC 4647, section 3.3.1: the range "nl" matches it); for a portal with
# ckan.locale_default = nl the title that comes first in the file is taken, whatever its language. A keyword that is the same in
# two languages, as "data" is, becomes two tags of one name.
# Seen: Titel Titel Title ['data', 'data']
# kennis-ld writes nl and en, and leaves out an English keyword that is a Dutch one too.
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


found = [
    dataset(f"<https://a.example/d> a dcat:Dataset ; dct:title {titles} .")["title"]
    for titles in ('"Title"@en , "Titel"@nl', '"Titel"@nl-NL , "Title"@en', '"Title"@en , "Titel"@nl-NL')
]
tags = dataset('<https://a.example/d> a dcat:Dataset ; dct:title "T"@nl ; dcat:keyword "data"@nl , "data"@en .')["tags"]
names = [tag["name"] for tag in tags]
print(*found, names)
assert ["Titel", "Titel", "Title"] == found
assert ["data", "data"] == names
PYTHON
