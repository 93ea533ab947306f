#!/usr/bin/env bash
# ultimate-sitemap-parser 1.8.1 (PyPI): a page that was last changed in "2024" was changed on the day and month of today.
#
# lastmod is a W3C Datetime, which may be a year, or a year and a month (sitemaps.org protocol, and the W3C note). The parser gives
# such a page what is missing from the clock: on the 28th of November "2024" is the 28th of November 2024, tomorrow the 29th.
# So a harvester that keeps the moment sees every such page change each day. A whole date stays what it is.
# Seen: for each day a harvester asks, 2024 with the day and month of that day, 2024-03 with its day; 2024-03-01 as it stands.
# kennis-ld's sitemap names addresses only; what changed when stands in /ldes (kennis_ld/web/visitors.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ultimate-sitemap-parser==1.8.1 freezegun==1.5.5
"$folder/venv/bin/python" - <<'PYTHON'
import freezegun
from usp.tree import sitemap_from_str

SITEMAP = "<url><loc>https://a.example/{0}</loc><lastmod>{0}</lastmod></url>"
DATES = ("2024", "2024-03", "2024-03-01")
TEXT = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(map(SITEMAP.format, DATES))}</urlset>'


def changed(today):
    with freezegun.freeze_time(today):
        return [page.last_modified.date().isoformat() for page in sitemap_from_str(TEXT).all_pages()]


found = changed("2026-11-28"), changed("2026-12-24")
print(*found)
assert (["2024-11-28", "2024-03-28", "2024-03-01"], ["2024-12-24", "2024-03-24", "2024-03-01"]) == found
PYTHON
