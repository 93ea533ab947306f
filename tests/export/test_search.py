"""The script that searches a site without a server, run by Node with a page of four elements."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import kennis_ld.web

SCRIPT = Path(kennis_ld.web.__file__).parent / "static" / "zoeken.js"
INDEX = [
    {
        "to": {"nl": "/doc/organisatie/ul", "en": "/doc/organisatie/ul.en.html"},
        "name": {"nl": "Universiteit Leiden", "en": "Leiden University"},
        "names": ["Universiteit Leiden", "Leiden University", "UL"],
        "words": [],
    },
    {
        "to": {"nl": "/doc/project/cafe", "en": "/doc/project/cafe.en.html"},
        "name": {"nl": "Kenniscafé", "en": "Kenniscafé"},
        "names": ["Kenniscafé", "3b"],
        "words": ["Universiteit Leiden UL", "Praten over <b>onderzoek</b>"],
    },
]
CASES = [
    ("UL", "nl", "", ["/doc/organisatie/ul", "/doc/project/cafe"]),
    ("leiden  UNIVERSITY", "en", "", ["/doc/organisatie/ul.en.html"]),
    ("kenniscafe", "nl", "", ["/doc/project/cafe"]),
    ("3b", "nl", "", ["/doc/project/cafe"]),
    ("onder leid", "nl", "", ["/doc/project/cafe"]),
    ("zoek", "nl", "niets", []),
    (" .*( ", "nl", "", []),
]
"""What is asked, in which language, what is said, and where the hits lead."""

PAGE = """
const made = () => ({children: [], dataset: {index: "i", nothing: "niets", more: "meer"},
  append(...more) { this.children.push(...more); }});
globalThis.fetch = async () => ({json: async () => given.index});
(async () => {
  const found = [];
  for (const [asked, lang] of given.cases) {
    const parts = {antwoord: made(), q: made()};
    globalThis.document = {getElementById: (id) => parts[id], documentElement: {lang}, createElement: made};
    globalThis.location = {search: "?q=" + encodeURIComponent(asked)};
    await eval(given.script);
    const [said, list] = parts.antwoord.children;
    found.push([parts.q.value, lang, said?.textContent ?? "", (list?.children ?? []).map((li) => li.children[0].href)]);
  }
  console.log(JSON.stringify(found));
})();
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_the_script_finds_what_has_every_word() -> None:
    """Capitals and accents make no difference, the beginning of a word will do, and a name comes before a text."""
    given = {"script": SCRIPT.read_text("utf-8"), "index": INDEX, "cases": [case[:2] for case in CASES]}
    program = f"const given = {json.dumps(given)};{PAGE}"
    ran = subprocess.run(["node", "-e", program], capture_output=True, text=True, timeout=60, check=True)
    assert [list(case) for case in CASES] == json.loads(ran.stdout)
