#!/usr/bin/env bash
# Werkzeug 3.1.9 (PyPI): LanguageAccept.best_match passes over "en-GB" for a less wanted language.
#
# For a browser that sends "en-GB, nl;q=0.5" to a site in Dutch and English, best_match(["nl", "en"]) is "nl": what fits exactly,
# however little it is wanted, goes before what fits by its primary tag. Without the "nl" it is "en".
# Seen: nl en.
# kennis-ld therefore goes through Accept-Language itself (best_language in kennis_ld/web/words.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check werkzeug==3.1.9
"$folder/venv/bin/python" - <<'PYTHON'
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

found = [
    parse_accept_header(header, LanguageAccept).best_match(["nl", "en"]) for header in ("en-GB, nl;q=0.5", "en-GB")
]
print(*found)
assert ["nl", "en"] == found
PYTHON
