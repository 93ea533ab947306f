"""What describes the data as a whole: catalogue, VoID description, ontology, shapes; and the files of a release.

The list of problems that errors refer to stands under the ontology as well.
"""

from __future__ import annotations

from flask import Blueprint, Response, render_template, send_file

from kennis_ld.engine.interface import GRAPH_FORMATS
from kennis_ld.graph.description import Description, statements
from kennis_ld.graph.dumps import media_type
from kennis_ld.graph.formats import converted
from kennis_ld.graph.statements import PREFIXES
from kennis_ld.graph.structured_data import structured_data
from kennis_ld.model.catalogue import FORMS
from kennis_ld.web.documents import FOR_MACHINES, dated, fixed, in_forms, negotiated, rdf_forms, release_file
from kennis_ld.web.negotiation import GRAPH_TYPES, HTML, content_type
from kennis_ld.web.pages.model import drawing, example, uses
from kennis_ld.web.problems import STATUS, Problem
from kennis_ld.web.site import Site, current_site, current_words
from kennis_ld.web.sparql.answers import labels
from kennis_ld.web.things.page import page_of, reader_of

DUMPS = (
    *(f"agenda.{form}" for form in FORMS),
    "agenda.csv-metadata.json",
    "CITATION.cff",
    "identities.sssom.tsv",
    "ro-crate-metadata.json",
    "report.ttl",
    "shapes.ttl",
    "findings.json",
    "findings.csv",
    "findings.en.csv",
    "completeness.json",
    "completeness.svg",
    "completeness.en.svg",
    "manifest.json",
)
"""The files of a release that anyone may fetch; no other name reaches the file system."""

_SECTIONS = {
    "def.classes": ("owl:Class", "rdfs:Class"),
    "def.properties": ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty", "rdf:Property"),
}
"""Headings of the page, and what the terms under each are."""

blueprint = Blueprint("catalogue", __name__)
ontology = Blueprint("ontology", __name__)


@blueprint.get("/catalog")
@blueprint.get("/catalog.<suffix>")
def catalogue_document(suffix: str | None = None) -> Response:
    """Answers with the DCAT-AP-NL catalogue."""
    site = current_site()
    return in_forms(
        f"{site.prefix}/catalog",
        suffix,
        offered=FOR_MACHINES,
        page=lambda: _catalogue_page(site),
        rdf=lambda form: release_file(site, f"catalog.{form}").read_bytes(),
    )


def _catalogue_page(site: Site) -> str:
    found = release_file(site, "catalog.nt").read_bytes()
    description = Description(statements(found), terms=site.iris.terms)
    iri = next(iter(description.subjects("rdf:type", description.iri("dcat:Catalog"))), None)
    if iri is None:
        raise Problem("not-found")
    return page_of(site, iri, description)


@blueprint.get("/.well-known/void")
def void() -> Response:
    """Answers with the VoID description (VoID note, section 7.2), Turtle for who says nothing."""
    site = current_site()
    media_type = negotiated(tuple(GRAPH_TYPES))

    response = fixed(site, "void", media_type=media_type, make=lambda: _rdf(site, "void", GRAPH_TYPES[media_type]))
    response.vary.add("Accept")
    return response


@blueprint.get('/kwaliteit.<any("ttl", "jsonld", "rdf", "nt"):form>')
def report(form: str) -> Response:
    """Answers with the validation report, which is a graph that is called after the page about quality."""
    site = current_site()
    return fixed(site, "report", media_type=GRAPH_FORMATS[form], make=lambda: _rdf(site, "report", form))


@ontology.get("/def")
@ontology.get("/def.<suffix>")
def ontology_document(suffix: str | None = None) -> Response:
    """Answers with the ontology."""
    site = current_site()
    return in_forms(
        f"{site.prefix}/def", suffix, page=lambda: _ontology_page(site), rdf=lambda form: _ontology_rdf(site, form)
    )


@ontology.get("/def/shapes")
@ontology.get("/def/shapes.ttl", endpoint="shapes_ttl")
def shapes() -> Response:
    """Answers with the SHACL shapes that the release was checked with; they have blank nodes, so only as Turtle."""
    site = current_site()
    return fixed(site, "shapes", media_type=media_type("shapes.ttl"), make=release_file(site, "shapes.ttl").read_bytes)


@ontology.get("/def/<version>")
def of_version(version: str) -> Response:
    """Leads the IRI of the version of the ontology (owl:versionIRI) to the ontology."""
    site = current_site()
    if f"<{site.iris.ontology}/{version}>".encode() not in _ontology_rdf(site, "nt"):
        raise Problem("not-found")
    return Response(status=303, headers={"Location": f"{site.prefix}/def"})


@ontology.get("/def/problems")
@ontology.get("/def/problems.en.html", endpoint="problems_en")
def problems() -> Response:
    """Explains every problem that an answer of this site can be (RFC 9457, section 3.1.1)."""
    return fixed(
        current_site(),
        "problems",
        current_words().language,
        media_type=HTML,
        make=lambda: render_template("problems.html", statuses=STATUS).encode(),
    )


def _rdf(site: Site, name: str, form: str) -> bytes:
    """Returns what stands as Turtle in a file of the release, in a form."""
    turtle = release_file(site, f"{name}.ttl").read_bytes()
    prefixes = {"ks": site.iris.terms, **PREFIXES}
    return turtle if form == "ttl" else converted(turtle, "ttl", form, prefixes=prefixes)


def _ontology_rdf(site: Site, form: str) -> bytes:
    return site.body(("ontology", form), lambda: _rdf(site, "ontology", form))


def _ontology_page(site: Site) -> str:
    about = Description(statements(_ontology_rdf(site, "nt")), terms=site.iris.terms)

    def terms(kinds: tuple[str, ...]) -> list[str]:
        found = {iri for kind in kinds for iri in about.subjects("rdf:type", about.iri(kind))}
        return sorted(iri for iri in found if iri.startswith(site.iris.terms))

    shown, language = example(site), current_words().language
    reader, label = reader_of(site, site.iris.ontology, shown), labels(site, language)
    sections = {heading: terms(kinds) for heading, kinds in _SECTIONS.items()}
    return render_template(
        "ontology.html",
        about=about,
        sections=sections,
        uses=uses(site, (term for found in sections.values() for term in found), shown),
        drawing=drawing(),
        named=lambda iri: label(iri) or reader.name(iri),
        iri=site.iris.ontology,
        forms=rdf_forms(f"{site.prefix}/def"),
        data=structured_data(site.iris.ontology, about, language=language, page=f"{site.iris.root}def"),
    )


@blueprint.get("/download/<digest>/<name>")
def download(digest: str, name: str) -> Response:
    """Sends a file of a release, which never changes; `current` leads to the release of now."""
    site = current_site()
    if name not in DUMPS:
        raise Problem("not-found")
    if digest == "current":
        address = f"{site.prefix}/download/{site.release.digest}/{name}"
        return Response(status=307, headers={"Location": address, "Cache-Control": "no-cache"})
    path = release_file(site, name, digest=digest)
    response = send_file(path, as_attachment=True, download_name=name, etag=f"{digest}-{name}", last_modified=0)
    response.headers["Content-Type"] = content_type(media_type(name))
    del response.headers["Last-Modified"]
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return dated(response, site) if digest == site.release.digest else response
