"""The ontology at `/def`: a page for people, RDF for machines; and the list of problems that errors refer to."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request

from kennis_ld.graph.formats import converted
from kennis_ld.graph.statements import PREFIXES
from kennis_ld.web.documents import FOR_PEOPLE, fixed, in_form, negotiated
from kennis_ld.web.media_types import HTML, SUFFIXES
from kennis_ld.web.problems import STATUS, Problem
from kennis_ld.web.site import Site, current_site
from kennis_ld.web.things.statements import Description, statements
from kennis_ld.web.words import Words, language_of

blueprint = Blueprint("ontology", __name__)

_CLASSES = ("owl:Class", "rdfs:Class")
_PROPERTIES = ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty", "rdf:Property")


@dataclass(frozen=True, slots=True)
class Section:
    """Terms of one sort, under a heading of the word table."""

    heading: str
    terms: list[str]


@blueprint.get("/def")
def ontology() -> Response:
    """Answers with the ontology in the form the client likes best."""
    site = current_site()
    return negotiated(f"{site.prefix}/def", FOR_PEOPLE, lambda suffix: _ontology(site, suffix))


@blueprint.get("/def.<suffix>")
def ontology_in(suffix: str) -> Response:
    """Answers with the ontology in one form."""
    if suffix not in {*SUFFIXES, "en.html"}:
        raise Problem("not-found")
    return _ontology(current_site(), suffix)


@blueprint.get("/def/shapes")
@blueprint.get("/def/shapes.ttl", endpoint="shapes_ttl")
def shapes() -> Response:
    """Answers with the SHACL shapes that the release was checked with; they have blank nodes, so only as Turtle."""
    site = current_site()
    path = site.release.file("shapes.ttl")
    if path is None:
        raise Problem("not-found")
    return fixed(site, key=("shapes",), media_type=SUFFIXES["ttl"], make=path.read_bytes, headers={})


@blueprint.get("/def/<version>")
def of_version(version: str) -> Response:
    """Leads the IRI of the version of the ontology (owl:versionIRI) to the ontology."""
    site = current_site()
    if f"<{site.iris.ontology}/{version}>".encode() not in _in_form(site, "nt"):
        raise Problem("not-found")
    return Response(status=303, headers={"Location": f"{site.prefix}/def"})


@blueprint.get("/def/problems")
@blueprint.get("/def/problems.en.html", endpoint="problems_en")
def problems() -> Response:
    """Explains every problem that an answer of this site can be (RFC 9457, section 3.1.1)."""
    words = Words(language_of(request.path))
    return fixed(
        current_site(),
        key=("problems", words.language),
        media_type=HTML,
        make=lambda: render_template("problems.html", words=words, statuses=STATUS).encode(),
        headers={"Content-Language": words.language},
    )


def _ontology(site: Site, suffix: str) -> Response:
    def make() -> bytes:
        if suffix.endswith("html"):
            return _page(site, "en" if suffix == "en.html" else "nl")
        return _in_form(site, suffix)

    return in_form(site, suffix, key=("def",), address=f"{site.prefix}/def", make=make)


def _in_form(site: Site, form: str) -> bytes:
    path = site.release.file("ontology.ttl")
    if path is None:
        raise Problem("not-found")
    turtle = path.read_bytes()
    if form == "ttl":
        return turtle
    prefixes = {"ks": site.iris.terms, **PREFIXES}
    return site.cache.body(("ontology", form), lambda: converted(turtle, "ttl", form, prefixes=prefixes))


def _page(site: Site, language: str) -> bytes:
    about = Description(statements(_in_form(site, "nt")), terms=site.iris.terms)

    def terms(kinds: tuple[str, ...]) -> list[str]:
        found = {iri for kind in kinds for iri in about.subjects("rdf:type", about.iri(kind))}
        return sorted(iri for iri in found if iri.startswith(site.iris.terms))

    sections = [Section("def.classes", terms(_CLASSES)), Section("def.properties", terms(_PROPERTIES))]
    forms = [(suffix, f"{site.prefix}/def.{suffix}", kind) for suffix, kind in SUFFIXES.items() if suffix != "html"]
    text = render_template(
        "ontology.html",
        words=Words(language),
        about=about,
        sections=sections,
        iri=site.iris.ontology,
        forms=forms,
        named=(
            "rdfs:subClassOf",
            "rdfs:subPropertyOf",
            "rdfs:domain",
            "rdfs:range",
            "owl:inverseOf",
            "owl:equivalentClass",
        ),
    )
    return text.encode()
