"""The names that a query can use, for whoever writes one: prefixes, and classes and properties that are in the data."""

from __future__ import annotations

import json

from flask import Response

from kennis_ld.graph.description import Description
from kennis_ld.graph.statements import PREFIXES
from kennis_ld.web.documents import fixed
from kennis_ld.web.site import Site, current_site, current_words
from kennis_ld.web.sparql.endpoint import blueprint
from kennis_ld.web.sparql.labels import labels
from kennis_ld.web.words import Words


@blueprint.get("/sparql/termen")
@blueprint.get("/en/sparql/termen", endpoint="terms_en")
def terms() -> Response:
    """Sends what the editor completes: prefixes, and each term with its label, how often it is used, and its kind."""
    site, words = current_site(), current_words()
    return fixed(
        site, "terms", words.language, media_type="application/json", make=lambda: _terms(site, words).encode()
    )


def _terms(site: Site, words: Words) -> str:
    names = Description((), terms=site.iris.terms)
    labelled = labels(site, words.language)
    found: list[tuple[str, str, int, str]] = []
    for row in site.lookup.rows("used_terms"):
        short = names.short(row["term"])
        label = labelled(row["term"])
        if short != row["term"]:
            kind = "class" if short.partition(":")[2][:1].isupper() else "property"
            found.append((short, label.value if label else short.partition(":")[2], int(row["uses"]), kind))
    shown = {
        "prefixes": {"ks": site.iris.terms, **PREFIXES},
        "terms": sorted(found, key=lambda each: (-each[2], each[0])),
    }
    return json.dumps(shown, ensure_ascii=False)
