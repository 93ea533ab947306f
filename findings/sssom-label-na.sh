#!/usr/bin/env bash
# sssom 0.4.21 (PyPI): the names NA, None and null in a mapping set are read as no name at all.
#
# In the TSV of SSSOM 1.0 an empty field is no value, and "NA" is one: the Nationaal Archief is called so.
# sssom reads the table with what pandas takes for a gap. The mapping stays, its label is gone, and
# a table that is read and written has lost it for good.
# Seen: subject_label 'Archief' of four, and three gaps.
# kennis-ld writes names of the register as labels (kennis_ld/release/mapping_set.py); look them up by subject_id.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check sssom==0.4.21
"$folder/venv/bin/python" - "$folder/table.sssom.tsv" <<'PYTHON'
import logging
import sys
import warnings
from pathlib import Path

logging.disable()
warnings.simplefilter("ignore")

from sssom.parsers import parse_sssom_table
from sssom.writers import write_table

NAMES = ("Archief", "NA", "None", "null")
HEAD = """
#curie_map:
#  a: https://a.example/
#  b: https://b.example/
#mapping_set_id: https://a.example/set
#license: https://creativecommons.org/publicdomain/zero/1.0/
subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification
""".lstrip()
rows = "".join(f"a:{name}\t{name}\tskos:exactMatch\tb:{name}\tsemapv:ManualMappingCuration\n" for name in NAMES)
path = Path(sys.argv[1])
path.write_text(HEAD + rows)
read = parse_sssom_table(path)
with path.open("w") as file:
    write_table(read, file)
lines = [line.split("\t")[:2] for line in path.read_text().splitlines() if line.startswith("a:")]
print(lines)
assert [["a:Archief", "Archief"], ["a:NA", ""], ["a:None", ""], ["a:null", ""]] == lines
PYTHON
