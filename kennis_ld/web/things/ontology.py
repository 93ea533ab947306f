"""The ontology at `/def`: a page for people, RDF for machines; and the list of problems that errors refer to."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from kennis_ld.graph.description import Description, statements
from kennis_ld.graph.formats import converted
from kennis_ld.graph.statements import PREFIXES
from kennis_ld.web.documents import SUFFIXES, fixed, in_forms, rdf_forms, release_file
from kennis_ld.web.negotiation import HTML
from kennis_ld.web.problems import STATUS, Problem
from kennis_ld.web.site import Site, current_site, current_words

blueprint = Blueprint("ontology", __name__)

_SECTIONS = {
    "def.classes": ("owl:Class", "rdfs:Class"),
    "def.properties": ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty", "rdf:Property"),
}
"""Headings of the page, and what the terms under each are."""


@blueprint.get("/def")
@blueprint.get("/def.<suffix>")
def ontology(suffix: str | None = None) -> Response:
    """Answers with the ontology."""
    site = current_site()
    return in_forms(f"{site.prefix}/def", suffix, page=lambda: _page(site), rdf=lambda form: _rdf(site, form))


@blueprint.get("/def/shapes")
@blueprint.get("/def/shapes.ttl", endpoint="shapes_ttl")
def shapes() -> Response:
    """Answers with the SHACL shapes that the release was checked with; they have blank nodes, so only as Turtle."""
    site = current_site()
    path = release_file(site, "shapes.ttl")
    return fixed(site, "shapes", media_type=SUFFIXES["ttl"], make=path.read_bytes)


@blueprint.get("/def/<version>")
def of_version(version: str) -> Response:
    """Leads the IRI of the version of the ontology (owl:versionIRI) to the ontology."""
    site = current_site()
    if f"<{site.iris.ontology}/{version}>".encode() not in _rdf(site, "nt"):
        raise Problem("not-found")
    return Response(status=303, headers={"Location": f"{site.prefix}/def"})


@blueprint.get("/def/problems")
@blueprint.get("/def/problems.en.html", endpoint="problems_en")
def problems() -> Response:
    """Explains every problem that an answer of this site can be (RFC 9457, section 3.1.1)."""
    return fixed(
        current_site(),
        "problems",
        current_words().language,
        media_type=HTML,
        make=lambda: render_template("problems.html", statuses=STATUS).encode(),
    )


def _rdf(site: Site, form: str) -> bytes:
    turtle = release_file(site, "ontology.ttl").read_bytes()
    if form == "ttl":
        return turtle
    prefixes = {"ks": site.iris.terms, **PREFIXES}
    return site.cache.body(("ontology", form), lambda: converted(turtle, "ttl", form, prefixes=prefixes))


def _page(site: Site) -> str:
    about = Description(statements(_rdf(site, "nt")), terms=site.iris.terms)

    def terms(kinds: tuple[str, ...]) -> list[str]:
        found = {iri for kind in kinds for iri in about.subjects("rdf:type", about.iri(kind))}
        return sorted(iri for iri in found if iri.startswith(site.iris.terms))

    return render_template(
        "ontology.html",
        about=about,
        sections={heading: terms(kinds) for heading, kinds in _SECTIONS.items()},
        iri=site.iris.ontology,
        forms=rdf_forms(f"{site.prefix}/def"),
    )
