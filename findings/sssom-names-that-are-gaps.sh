#!/usr/bin/env bash
# sssom 0.4.21 (PyPI): an organisation that is called NA, None or null has no name any more, and a column of such names is gone.
#
# A mapping set is a table with tabs in which an empty cell is a gap (SSSOM, "TSV format"); a word in subject_label is that word. sssom-py
# reads it with what pandas takes for a gap: the label of "NA" (as of Noord-Achterland) is empty, and what it writes anew has neither
# the word, nor, where no other label is left in the column, the column.
# Seen: labels NA GL and None null: read as '' GL and no column; the rest as it was.
# kennis-ld writes the names as they are, and says it to who reads them so (docs/clients.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check sssom==0.4.21
cd "$folder"
venv/bin/python - <<'PYTHON'
import io
import logging
import pathlib

from sssom.parsers import parse_sssom_table
from sssom.writers import write_table

logging.disable()
HEAD = """#curie_map:
#  a: https://a.example/
#  b: https://b.example/
#mapping_set_id: https://a.example/mappings
#license: https://creativecommons.org/publicdomain/zero/1.0/
"""
COLUMNS = "subject_id subject_label predicate_id object_id object_label mapping_justification".split()
ROWS = (("a:1", "NA", "b:1", "None"), ("a:2", "GL", "b:2", "null"))
rows = [(one, label, "skos:exactMatch", other, name, "semapv:ManualMappingCuration") for one, label, other, name in ROWS]
pathlib.Path("m.sssom.tsv").write_text(HEAD + "".join("\t".join(row) + "\n" for row in (COLUMNS, *rows)))

mappings = parse_sssom_table("m.sssom.tsv")
labels = mappings.df["subject_label"].tolist()
written = io.StringIO()
write_table(mappings, written)
(header,) = (line.split("\t") for line in written.getvalue().splitlines() if line.startswith("subject_id"))
print(labels, "object_label" in mappings.df, header)
assert ["", "GL"] == labels
assert "object_label" not in mappings.df
assert [each for each in COLUMNS if each != "object_label"] == header
PYTHON
