"""Things and the documents about them: `/id/…` sends on to `/doc/…`, which comes in every form.

All forms of one resource are made from the same statements, which are asked once. That includes the page, so it cannot
say what the RDF does not say; of an agenda, edition or theme it takes those that it shows.
"""

from __future__ import annotations

import json
import re

from flask import Blueprint, Response, request

from kennis_ld.engine.interface import Iri
from kennis_ld.graph.description import Description, membership, statements
from kennis_ld.graph.description import document as document_of
from kennis_ld.graph.linkset import LINKSET, linkset
from kennis_ld.web.documents import FOR_PEOPLE, SUFFIXES, dataset_of, fixed, in_forms, release_file
from kennis_ld.web.negotiation import HTML, choose
from kennis_ld.web.problems import Problem
from kennis_ld.web.site import Site, current_site
from kennis_ld.web.things.page import page_of
from kennis_ld.web.words import best_language

blueprint = Blueprint("resources", __name__)

_DOCUMENT = re.compile(
    r"(?P<thing>[a-z]+(?:-[a-z]+)*/[a-z0-9]+(?:--?[a-z0-9]+)*)(?:\.(?P<suffix>(?:en\.)?html|ttl|jsonld|rdf|nt))?"
)
_IN_CATALOGUE = ("catalogus", "dataset", "distributie", "dienst")
_OWN_QUERIES = {
    **{concept: concept for concept in ("project", "organisatie", "thema", "deelname", "identificatie")},
    **dict.fromkeys(_IN_CATALOGUE, "catalogue"),
}
"""The query for the things of a concept; others are asked for by the general one."""

_LARGE = ("agenda", "editie", "thema")
"""Concepts of things that much is in: their page shows a part, so it is made of fewer of the same statements."""


@blueprint.get("/id/<concept>/<name>")
def thing(concept: str, name: str) -> Response:
    """Answers 303 with the address of the document about a thing (Cool URIs, section 4.2)."""
    site = current_site()
    iri, suffix = _asked(site, concept, name)
    if suffix is not None:
        raise Problem("not-found")
    replacement = _replacement(site, iri)
    # A path and no host: it leads to the same server, whatever name it was reached by.
    address = site.address(replacement or iri) or ""
    # Only a page is in one language; who asks for RDF gets the same whatever the language.
    is_page = choose(request.headers.get("Accept"), FOR_PEOPLE) == HTML
    if is_page and best_language(request.accept_languages.values()) == "en":
        address += ".en.html"
    response = Response(status=301 if replacement else 303, headers={"Location": address, "Cache-Control": "no-cache"})
    response.vary.add("Accept")
    if is_page:
        response.vary.add("Accept-Language")
    return response


@blueprint.get("/doc/<concept>/<name>")
def document(concept: str, name: str) -> Response:
    """Answers with the document about a thing, in the form of the suffix or the one the client likes best."""
    site = current_site()
    iri, suffix = _asked(site, concept, name)
    replacement = _replacement(site, iri)
    if replacement is not None:
        moved = (site.address(replacement) or "") + (f".{suffix}" if suffix else "")
        return Response(status=301, headers={"Location": moved, "Cache-Control": "no-cache"})

    def rdf(form: str) -> bytes:
        return document_of(_statements(site, iri) + _membership(site, iri), form, terms=site.iris.terms, about=iri)

    def page() -> str:
        found = site.lookup.graph("without_parts", this=Iri(iri)) if concept in _LARGE else b""
        said = found if f"<{iri}> ".encode() in found else _statements(site, iri)
        description = Description(statements(said), terms=site.iris.terms)
        return page_of(site, iri, description)

    return in_forms(site.address(iri) or "", suffix, page=page, rdf=rdf, about=iri)


@blueprint.get("/linkset/<concept>/<name>")
def links(concept: str, name: str) -> Response:
    """Answers with the links of a thing, for programs that read no RDF (RFC 9264)."""
    site = current_site()
    iri, suffix = _asked(site, concept, name)
    if suffix is not None or _replacement(site, iri) is not None:
        raise Problem("not-found")

    def make() -> bytes:
        found = statements(_statements(site, iri) + _membership(site, iri))
        description = Description(found, terms=site.iris.terms)
        return linkset(iri, site.iris.page(iri), description, SUFFIXES).encode()

    return fixed(site, "linkset", iri, media_type=LINKSET, make=make)


def _asked(site: Site, concept: str, name: str) -> tuple[str, str | None]:
    """Returns the IRI that a path is about and the suffix it ends in."""
    found = _DOCUMENT.fullmatch(f"{concept}/{name}")
    if found is None:
        raise Problem("not-found")
    return site.iris.things + found["thing"], found["suffix"]


def _replacement(site: Site, iri: str) -> str | None:
    """Returns the IRI that took the place of another; None for a thing that is simply there.

    Raises:
        Problem: there is no such thing and never was, or it was withdrawn (design, section 3: 404 and 410).
    """

    def state() -> bytes:
        rows = site.lookup.rows("state", this=Iri(iri))
        if not rows:
            # Not kept: anybody can think of more things that do not exist than the cache can hold.
            raise Problem("not-found")
        return json.dumps(rows[0]).encode()

    found = json.loads(site.body(("state", iri), state))
    if found.get("deprecated") != "true":
        return None
    replacement: str | None = found.get("replacement")
    if replacement is None or site.address(replacement) is None:
        raise Problem("withdrawn", reason=found.get("reason", ""))
    return replacement


def _membership(site: Site, iri: str) -> bytes:
    """Returns what the document about a thing says of itself."""
    return membership(site.iris.page(iri), iri, dataset_of(site))


def _statements(site: Site, iri: str) -> bytes:
    """Returns the statements about a thing as N-Triples; asked once for all forms."""

    def asked() -> bytes:
        concept = iri[len(site.iris.base) :].split("/")[2]
        # What only an older edition speaks of is found by the general query.
        for query in dict.fromkeys((_OWN_QUERIES.get(concept, "resource"), "resource")):
            found = site.lookup.graph(query, this=Iri(iri))
            if query == "catalogue":
                # All of the catalogue, for every document that says what the dataset is says all of it; and from the
                # file, for the store makes a plain integer of a number of bytes (DCAT-AP 3.0.1: nonNegativeInteger).
                found += release_file(site, "catalog.nt").read_bytes()
            if f"<{iri}> ".encode() in found:
                return found
        raise Problem("not-found")

    return site.body(("statements", iri), asked)
