#!/usr/bin/env bash
# ckanext-fluent 1.0.0 (PyPI) cannot be loaded in Python 3, so with packages of PyPI a CKAN of today holds one language of a title.
#
# ckanext-dcat 2.4.4 has a schema with titles in several languages, dcat_ap_multilingual.yaml, "using ckanext-fluent". The one
# version of that on PyPI imports pylons, which CKAN has no more, and its validators call basestring and iteritems.
# Seen: No module named 'pylons'; fluent_core_translated is asked for.
# kennis-ld says every title in Dutch and English; which of these a portal shows is a setting of the portal.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
# CKAN with the versions, by hash, that the tests use too.
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r "$here/../tests/clients/requirements.lock"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps ckanext-fluent==1.0.0
"$folder/venv/bin/python" - <<'PYTHON'
import importlib.metadata
from importlib.resources import files

import yaml

schema = yaml.safe_load(files("ckanext.dcat.schemas").joinpath("dcat_ap_multilingual.yaml").read_text())
(preset,) = {each["preset"] for each in schema["dataset_fields"] if each["field_name"] == "title_translated"}
plugins = [each for each in importlib.metadata.entry_points(group="ckan.plugins") if each.name == "fluent"]
assert 1 == len(plugins)
try:
    plugins[0].load()
except ModuleNotFoundError as error:
    print(error, preset, sep="; ", end=" is asked for.\n")
    assert ("pylons", "fluent_core_translated") == (error.name, preset)
else:
    raise SystemExit("it can be loaded now")
PYTHON
