#!/usr/bin/env bash
# rss-parser 3.13.0 (npm): the link of an entry is what it is related to, and its day the first on which it was published, not that of the change.
#
# A link without rel is an alternate one, the page of the entry itself (RFC 4287, section 4.2.7.2). The parser looks for rel="alternate" as it is
# written, and takes the first link where it finds none: of an entry that names a decision first, and then its page, the reader comes to the
# decision. A relative address stays relative, whatever xml:base says. And pubDate and isoDate are those of published, if there is one: an entry
# that was changed in 2026 is one of 2024, and nothing has the day of the change. Nothing is said. feedparser 6.0.14 (PyPI) has the page, and both
# days.
# Seen: rss-parser related.html 2024-01-01, without related page.html; feedparser https://a.example/x/page.html 2026-03-01.
# kennis-ld writes rel="alternate", whole addresses and updated only, in its Atom feed (kennis_ld/web/templates).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
npm install --silent --no-audit --no-fund --prefix "$folder" rss-parser@3.13.0
cd "$folder"
cat >feed.xml <<'XML'
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/x/">
<id>urn:feed</id><title>Agenda</title><updated>2026-03-01T00:00:00Z</updated><author><name>Bureau</name></author>
<entry><id>urn:1</id><title>Park</title><published>2024-01-01T00:00:00Z</published><updated>2026-03-01T00:00:00Z</updated>
<link rel="related" href="related.html"/><link href="page.html"/><summary>Een</summary></entry>
<entry><id>urn:2</id><title>Weg</title><updated>2026-03-01T00:00:00Z</updated><link href="page.html"/><summary>Twee</summary></entry>
</feed>
XML
cat >read.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import Parser from "rss-parser";

const { items } = await new Parser().parseString(readFileSync("feed.xml", "utf8"));
console.log(items.map((item) => `${item.link} ${item.isoDate.slice(0, 10)} ${JSON.stringify(item).includes("2026-03-01")}`).join("; "));
JAVASCRIPT
found=$(node read.mjs)
echo "rss-parser $found"
[ "$found" = "related.html 2024-01-01 false; page.html 2026-03-01 true" ]
venv/bin/python - <<'PYTHON'
import feedparser

found = [(entry.link, entry.updated[:10]) for entry in feedparser.parse("feed.xml").entries]
print("feedparser", found)
assert [("https://a.example/x/page.html", "2026-03-01")] * 2 == found
PYTHON
