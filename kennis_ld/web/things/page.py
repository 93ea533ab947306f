"""The page of a single thing: what the thing is chooses the template, its statements give what the template shows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flask import render_template

from kennis_ld.graph.description import NAMING, Description, Term
from kennis_ld.graph.reader import Reader
from kennis_ld.graph.structured_data import structured_data
from kennis_ld.reading.registry import READERS
from kennis_ld.web.documents import rdf_forms
from kennis_ld.web.pages.collaboration import Row, around, matrix
from kennis_ld.web.pages.editions import editions
from kennis_ld.web.pages.findings import of_project
from kennis_ld.web.pages.history import appearances
from kennis_ld.web.pages.overview import LEAD, PARTNER, Overview, overview
from kennis_ld.web.pages.related import related
from kennis_ld.web.pages.route import PAGE_SIZE
from kennis_ld.web.pages.themes import theme_pages
from kennis_ld.web.site import Site, current_words, made_once

_TEMPLATES = (
    ("ks:Project", "project.html"),
    ("ks:Participation", "participation.html"),
    ("ks:AgendaEdition", "edition.html"),
    ("ks:Agenda", "agenda.html"),
    ("ks:Entry", "entry.html"),
    ("schema:Organization", "organisation.html"),
    ("schema:PropertyValue", "identifier.html"),
    ("dcat:Catalog", "dataset.html"),
    ("dcat:Dataset", "dataset.html"),
    ("skos:Concept", "concept.html"),
)
_MOST_AROUND = 10
_WITHOUT_LINES = {end for each in READERS if each.kind not in {"txt", "csv"} for end in each.ends}


class PageReader(Reader):
    """A reader for pages: what has no name is shown as its address, in words rather than as a code."""

    def name(self, iri: str) -> Term:
        """Returns the name of a thing, a term of the ontology or a well-known term; its address where it has none."""
        found = super().name(iri)
        if found.language or self.about.text(iri, *NAMING, language=self.language) or self.term(iri):
            return found
        if self.about.links(iri, "org:member"):
            return found
        address = iri.partition("://")[2].rstrip("/") or iri
        own = re.search(r"/(?:id|doc)/[a-z-]+/([a-z0-9-]+)$", iri)
        return Term(own[1].replace("--", " › ").replace("-", " ") if own else address)

    def said(self) -> list[tuple[list[str], list[Term]]]:
        """Returns what is said of the thing: what properties say alike once, texts in the language of the page."""
        found: dict[tuple[Term, ...], list[str]] = {}
        for iri, terms in self.properties():
            known = {term.language for term in terms} - {""}
            language = self.language if self.language in known else ""
            shown = tuple(term for term in terms if not language or term.language in {language, ""})
            found.setdefault(shown, []).append(iri)
        return [(iris, list(terms)) for terms, iris in found.items()]

    def reader(self, iri: str) -> Reader:
        """Returns a reader of another thing in the same description."""
        return PageReader(iri, self.about, language=self.language, term=self._term)


def segments(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """Returns the parts of a text in order, each with whether it is one of the words.

    >>> segments("T: GL/UL", ["UL"])
    [('T: GL/', False), ('UL', True)]
    """
    wanted = sorted({re.escape(word) for word in words if word}, key=len, reverse=True)
    if not wanted:
        return [(text, False)]
    parts = re.split(rf"(?<!\w)({'|'.join(wanted)})(?!\w)", text)
    return [(part, place % 2 == 1) for place, part in enumerate(parts) if part]


def has_lines(entry: Reader) -> bool:
    """Whether people find an entry by its line: that of a text or CSV, by the name of the document.

    The rows of other documents are counted through all tables and paragraphs, which nobody can find again.
    """
    links = entry.about.links(entry.iri, "prov:wasDerivedFrom")
    names = [term.value for link in links for term in entry.about.objects(link, "rdfs:label")]
    return not any(name.rpartition(".")[2].casefold() in _WITHOUT_LINES for name in names)


def reader_of(site: Site, iri: str, description: Description) -> PageReader:
    """Returns a reader of a thing, in the language of the path."""
    words = current_words()

    def term(iri: str, short: str) -> str | None:
        return words.get(f"term.{short.replace(':', '-')}") or _own_terms(site, words.language).get(iri)

    return PageReader(iri, description, language=words.language, term=term)


def page_of(site: Site, iri: str, description: Description) -> str:
    """Returns the page about a thing, in the language of the path."""
    reader = reader_of(site, iri, description)
    words = current_words()
    kinds = set(description.links(iri, "rdf:type"))
    template = next((name for kind, name in _TEMPLATES if description.iri(kind) in kinds), "thing.html")
    edition = editions(site).get(iri)
    known = overview(site)
    order = known.place
    # A project on the agenda with one entry has no history yet.
    is_old = template == "project.html" and (len(reader.entries()) > 1 or iri not in known.projects)
    return render_template(
        template,
        r=reader,
        LEAD=LEAD,
        PARTNER=PARTNER,
        history=appearances(site, iri) if is_old else (),
        known=known,
        most=PAGE_SIZE,
        in_order=lambda parties: sorted(parties, key=lambda each: order.get(each.project, len(order))),
        findings=of_project(site, iri) if template == "project.html" else (),
        related=related(known, iri),
        row=_row(known, iri),
        around=around(site, iri)[:_MOST_AROUND] if template == "organisation.html" else (),
        edition=edition,
        theme=theme_pages(site).get(iri),
        segments=segments,
        has_lines=has_lines,
        forms=rdf_forms(site.address(iri) or ""),
        data=structured_data(iri, description, language=words.language, page=site.iris.page(iri)),
    )


def _row(known: Overview, iri: str) -> Row | None:
    """Returns what an organisation does in each theme at the top; None for anything else, or without themes."""
    organisation, tops = known.organisations.get(iri), [theme.iri for theme in known.tops()]
    return matrix(known, tops, [organisation])[0] if organisation and tops else None


@made_once
def _own_terms(site: Site, language: str) -> dict[str, str]:
    """Returns the names of the terms of the publication's own ontology, in the language where it has them."""
    rows = site.lookup.rows("terms")
    english = {row["term"]: row["label"] for row in rows if row.get("label@") == "en"}
    dutch = {row["term"]: row["label"] for row in rows if row.get("label@") != "en"}
    return {**english, **dutch} if language == "nl" else {**dutch, **english}
