#!/usr/bin/env bash
# curies 0.15.7 (PyPI): read from a JSON-LD context, the property "name" becomes a prefix, and https://schema.org/nameAlt "name:Alt".
#
# A term of a context is a prefix where its IRI ends in a sign such as "/" or "#", or where @prefix says so (JSON-LD 1.1, section 4.1.5).
# curies takes every term with a text for one, so of a context that has prefixes and names, as that of a catalogue, the longest that fits
# wins: the property schema:name is "name:", with nothing behind the colon, and others that begin with the same letters are "thema:Naam".
# "name:Alt" is an IRI of its own to any JSON-LD reader: who writes such names back into data makes things that nobody knows. pyld 3.3.0
# makes "schema:nameAlt" of it with the same context.
# Seen: curies name: name:Alt thema:Naam, pyld name schema:nameAlt https://a.example/def#themaNaam.
# kennis-ld makes short names of namespaces only (kennis_ld/jsonld.py), and has prefixes and names in its context.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check curies==0.15.7 pyld==3.3.0
"$folder/venv/bin/python" - <<'PYTHON'
import curies
from pyld import jsonld

context = {"schema": "https://schema.org/", "name": "https://schema.org/name", "thema": "https://a.example/def#thema"}
iris = ["https://schema.org/name", "https://schema.org/nameAlt", "https://a.example/def#themaNaam"]
converter = curies.Converter.from_jsonld({"@context": context})
found = [converter.compress(iri) for iri in iris]
compacted = jsonld.compact({"@id": "urn:p", **dict.fromkeys(iris, "Park")}, context)
other = [name for name in compacted if not name.startswith("@")]
print("curies", found, "pyld", other)
assert ["name:", "name:Alt", "thema:Naam"] == found
assert {"name", "schema:nameAlt", iris[2]} == set(other)
PYTHON
