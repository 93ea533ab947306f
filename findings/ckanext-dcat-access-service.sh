#!/usr/bin/env bash
# ckanext-dcat 2.4.4 on CKAN 2.12.0 (PyPI): of a dataset with an access service that has a contact point or a publisher, as
# DCAT-AP-NL asks of every service, it writes no RDF.
#
# It reads both as a list, and writes one: what a portal harvested it cannot pass on, and /dataset/NAME.ttl there answers 500.
# Seen: contact: 'list' object has no attribute 'get'; publisher: 'list' object has no attribute 'get'; without: written.
# kennis-ld therefore says no dcat:accessService of a distribution; the catalogue names the service, and that its dataset.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
# CKAN with the versions, by hash, that the tests use too; without its database.
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r "$here/../tests/clients/requirements.lock"
"$folder/venv/bin/python" - <<'PYTHON'
from ckan.common import config

config.update({"ckan.locale_default": "nl", "ckan.site_url": "http://ckan.example", "ckanext.dcat.max_file_size": 50})

from ckanext.dcat.processors import RDFParser, RDFSerializer

PROFILES = ["euro_dcat_ap_3"]
CONTACT = "dcat:contactPoint <https://a.example/contact> ;"
PUBLISHER = "dct:publisher <https://a.example/city> ;"


def passed_on(service):
    parser = RDFParser(profiles=PROFILES)
    parser.parse(
        f"""
        @prefix dcat: <http://www.w3.org/ns/dcat#> .
        @prefix dct: <http://purl.org/dc/terms/> .
        @prefix foaf: <http://xmlns.com/foaf/0.1/> .
        @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
        <https://a.example/d> a dcat:Dataset ; dct:title "Data"@nl ; dcat:distribution <https://a.example/x> .
        <https://a.example/x> a dcat:Distribution ; dcat:accessURL <https://a.example/sparql> ;
            dcat:accessService <https://a.example/s> .
        <https://a.example/s> a dcat:DataService ; {service} dct:title "Query service"@en ;
            dcat:endpointURL <https://a.example/sparql> .
        <https://a.example/contact> a vcard:Kind ; vcard:fn "Office" .
        <https://a.example/city> a foaf:Agent ; foaf:name "City"@en .
        """,
        _format="turtle",
    )
    (dataset,) = parser.datasets()
    dataset |= {"id": "1", "name": "data"}
    dataset["resources"][0] |= {"id": "2", "package_id": "1"}
    try:
        assert "https://a.example/sparql" in RDFSerializer(profiles=PROFILES).serialize_dataset(dataset, _format="turtle")
    except AttributeError as error:
        return str(error)
    return "written"


found = [passed_on(service) for service in (CONTACT, PUBLISHER, "")]
print(f"contact: {found[0]}; publisher: {found[1]}; without: {found[2]}.")
assert ["'list' object has no attribute 'get'"] * 2 + ["written"] == found
PYTHON
