"""The page of a single thing: what the thing is chooses the template, its statements give what the template shows."""

from __future__ import annotations

from flask import render_template

from kennis_ld.graph.description import Description
from kennis_ld.graph.reader import Reader
from kennis_ld.graph.structured_data import structured_data
from kennis_ld.web.documents import rdf_forms
from kennis_ld.web.pages.overview import LEAD, PARTNER, appearances, overview
from kennis_ld.web.site import Site, current_words

_TEMPLATES = (
    ("ks:Project", "project.html"),
    ("schema:Organization", "organisation.html"),
    ("skos:Concept", "concept.html"),
)


def page_of(site: Site, iri: str, description: Description) -> str:
    """Returns the page about a thing, in the language of the path.

    Args:
        site: the site.
        iri: the thing.
        description: the statements about it.
    """
    words = current_words()

    def term(iri: str, short: str) -> str | None:
        return words.get(f"term.{short.replace(':', '-')}") or _own_terms(site, words.language).get(iri)

    reader = Reader(iri, description, language=words.language, term=term)
    kinds = set(description.links(iri, "rdf:type"))
    template = next((name for kind, name in _TEMPLATES if description.iri(kind) in kinds), "thing.html")
    # A project with one entry, in the current edition, has no history yet.
    is_old = template == "project.html" and (len(reader.entries()) > 1 or not reader.number(iri))
    return render_template(
        template,
        r=reader,
        LEAD=LEAD,
        PARTNER=PARTNER,
        history=appearances(site, iri) if is_old else (),
        known=overview(site),
        forms=rdf_forms(site.address(iri) or ""),
        data=structured_data(iri, description, language=words.language, page=site.iris.page(iri)),
    )


def _own_terms(site: Site, language: str) -> dict[str, str]:
    """Returns the names of the terms of the publication's own ontology, in the language where it has them."""

    def named() -> dict[str, str]:
        rows = site.lookup.rows("terms")
        english = {row["term"]: row["label"] for row in rows if row.get("label@") == "en"}
        dutch = {row["term"]: row["label"] for row in rows if row.get("label@") != "en"}
        return {**english, **dutch} if language == "nl" else {**dutch, **english}

    found: dict[str, str] = site.value(f"terms {language}", named)
    return found
