#!/usr/bin/env bash
# microdata 0.8.0, extruct 0.18.0 (PyPI): the year in <time>2024</time> is empty, and an amount in <data value> what people read, "2,5 mln".
#
# The value of a property is that of value for data and meter, and for time that of datetime or, without it, its text (HTML, "Values" of
# Microdata, and "The time element"). Both look for datetime only, so a year or a day that stands for itself is gone; microdata passes over
# value too, and takes the words beside the number. Nothing is said.
# Seen: microdata "1b. Park" "2,5 mln" "" 2026-12-31; extruct 1b 2500000 "" 2026-12-31.
# kennis-ld has no Microdata in its pages: what they hold is said in JSON-LD (kennis_ld/graph/structured_data.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check microdata==0.8.0 extruct==0.18.0
"$folder/venv/bin/python" - <<'PYTHON'
import extruct
import microdata

PAGE = """<!DOCTYPE html><html lang="nl"><head><title>Park</title></head><body>
<div itemscope itemtype="https://schema.org/Project">
<h1><data itemprop="identifier" value="1b">1b. Park</data></h1>
<p><data itemprop="funding" value="2500000">2,5 mln</data>, van <time itemprop="foundingDate">2024</time>
tot <time itemprop="dissolutionDate" datetime="2026-12-31">eind 2026</time></p></div></body></html>"""
NAMES = ["identifier", "funding", "foundingDate", "dissolutionDate"]
(item,) = microdata.get_items(PAGE)
(other,) = extruct.extract(PAGE, syntaxes=["microdata"])["microdata"]
found, others = [item.get(name) for name in NAMES], [other["properties"][name] for name in NAMES]
print("microdata", found, "extruct", others)
assert ["1b. Park", "2,5 mln", "", "2026-12-31"] == found
assert ["1b", "2500000", "", "2026-12-31"] == others
PYTHON
