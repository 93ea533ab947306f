#!/usr/bin/env bash
# extruct 0.18.0 (PyPI): JSON-LD in a page is not seen where its media type has a parameter, or a capital.
#
# JSON-LD 1.1 (section 7 and appendix C) lets a script element have the type application/ld+json with a profile, and media
# types have no upper and lower case (RFC 6838, section 4.2). Of three blocks that say the same, extruct gives the first; of the
# others it says nothing, and the page looks as if it had no data.
# Seen: 1 0 0
# kennis-ld writes the type without a parameter (tests/clients/test_portals.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check extruct==0.18.0
"$folder/venv/bin/python" - <<'PYTHON'
import extruct

DATA = '{"@context": "https://schema.org/", "@type": "Dataset", "name": "x"}'
TYPES = (
    "application/ld+json",
    'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"',
    "Application/LD+JSON",
)
found = [
    len(extruct.extract(f"<script type='{kind}'>{DATA}</script>", syntaxes=["json-ld"])["json-ld"]) for kind in TYPES
]
print(*found)
assert [1, 0, 0] == found
PYTHON
