#!/usr/bin/env bash
# cffconvert 2.0.0 (PyPI) looks for a line that begins with "cff-version:"; YAML that says it in another form is refused.
#
# A CITATION.cff is YAML 1.2, of which JSON is a part. The same citation written as JSON, or with the key in quotation
# marks, is refused before any schema is looked at.
# Seen: ValueError: Unable to identify the schema version. Required key 'cff-version' seems to be missing.
# kennis-ld therefore writes a line for each key, with JSON behind it (kennis_ld/release/packaging.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cffconvert==2.0.0 jsonschema==3.2.0 ruamel.yaml==0.18.10
"$folder/venv/bin/python" - <<'PYTHON'
import json

from cffconvert import Citation
from ruamel.yaml import YAML

told = {"cff-version": "1.2.0", "message": "Cite it so.", "title": "Data", "authors": [{"name": "A city"}]}
lines = "".join(f"{key}: {json.dumps(value)}\n" for key, value in told.items())
assert told == YAML(typ="safe").load(lines) == YAML(typ="safe").load(json.dumps(told, indent=1))
Citation(lines).validate()
for text in (json.dumps(told, indent=1), lines.replace("cff-version:", '"cff-version":')):
    try:
        Citation(text).validate()
    except ValueError as error:
        print(error)
        assert "cff-version" in str(error)
    else:
        raise SystemExit("it works now")
PYTHON
