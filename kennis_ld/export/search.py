"""The search of a site without a server: an index that a script in the page reads."""

from __future__ import annotations

import json
from collections.abc import Mapping

from flask import Flask, render_template

from kennis_ld.web.pages.overview import overview
from kennis_ld.web.pages.search import entries
from kennis_ld.web.site import Site
from kennis_ld.web.words import twins

INDEX = "/zoeken.json"
PAGES: Mapping[str, str] = twins("/zoeken")


def index(site: Site) -> bytes:
    """Returns what can be found: for each thing its page and name in each language, and the words that find it."""
    whole = overview(site)
    found = []
    for entry in entries(site):
        names = {language: whole.known(entry.iri, language) for language in ("nl", "en")}
        found.append(
            {
                "to": {language: site.href(entry.iri, language) for language in names},
                "name": {language: name.value for language, name in names.items() if name is not None},
                "names": [*entry.names, *entry.aliases, *entry.numbers],
                "words": [*entry.parties, *entry.themes, entry.text],
            }
        )
    return (json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def page(app: Flask, site: Site, language: str) -> bytes:
    """Returns the search page that answers by a script, and without one leads to the lists."""
    with app.test_request_context(PAGES[language], headers={"Host": "localhost"}):
        return render_template("search_static.html", index=site.prefix + INDEX, whole=overview(site)).encode()
