#!/usr/bin/env bash
# idutils 1.7.1 (PyPI): a ROR in which one sign was mistyped is a ROR, though its last two digits say that it is none.
#
# The last two digits of a ROR are a checksum over the signs before them (ROR, "ROR identifier pattern": ISO/IEC 7064). idutils, by which
# Invenio and Zenodo look at identifiers, looks at the form only; of an ISNI and an ORCID it does the sum. So a register of
# organisations that was checked with it may name an organisation that is not there, or another one. base32-crockford 0.3.0 can do the
# sum: 98 less the value times 100, modulo 97.
# Seen: https://ror.org/027bh9e22 and https://ror.org/027bh9e23 ror, by the sum only the first; of 0000 0001 2312 1970 and ...71 isni, none.
# kennis-ld does the sum for every ROR in the table of organisations (kennis_ld/publication/identifiers.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check idutils==1.7.1 base32-crockford==0.3.0
"$folder/venv/bin/python" - <<'PYTHON'
import base32_crockford
import idutils

RORS = ["https://ror.org/027bh9e22", "https://ror.org/027bh9e23", "https://ror.org/072bh9e22"]
ISNIS = ["0000 0001 2312 1970", "0000 0001 2312 1971"]


def adds_up(ror):
    body = ror.rpartition("/")[2]
    return 98 - base32_crockford.decode(body[:-2]) * 100 % 97 == int(body[-2:])


found = ["ror" in idutils.detect_identifier_schemes(ror) for ror in RORS]
sums = [adds_up(ror) for ror in RORS]
isnis = ["isni" in idutils.detect_identifier_schemes(isni) for isni in ISNIS]
print("ROR", found, "sums", sums, "ISNI", isnis)
assert [True, True, True] == found
assert [True, False, False] == sums
assert [True, False] == isnis
PYTHON
