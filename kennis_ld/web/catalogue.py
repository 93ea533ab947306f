"""What portals and harvesters fetch: the catalogue, the VoID description and the files of a release."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, send_file

from kennis_ld.engine.interface import GRAPH_FORMATS
from kennis_ld.graph.description import Description, statements
from kennis_ld.graph.formats import converted
from kennis_ld.graph.statements import PREFIXES
from kennis_ld.web.documents import FOR_MACHINES, fixed, in_forms, negotiated, release_file
from kennis_ld.web.negotiation import GRAPH_TYPES, content_type
from kennis_ld.web.problems import Problem
from kennis_ld.web.site import Site, current_site
from kennis_ld.web.things.reader import page_of

DUMPS: Mapping[str, str] = {
    "agenda.nq": "application/n-quads",
    **{f"agenda.{form}": GRAPH_FORMATS[form] for form in ("ttl", "jsonld", "rdf")},
    "agenda.csv": "text/csv",
    "report.ttl": GRAPH_FORMATS["ttl"],
    "shapes.ttl": GRAPH_FORMATS["ttl"],
    "findings.json": "application/json",
    "findings.csv": "text/csv",
    "findings.en.csv": "text/csv",
    "completeness.json": "application/json",
    "completeness.svg": "image/svg+xml",
    "completeness.en.svg": "image/svg+xml",
    "manifest.json": "application/json",
}
"""The files of a release that anyone may fetch; no other name reaches the file system."""

blueprint = Blueprint("catalogue", __name__)


@blueprint.get("/catalog")
@blueprint.get("/catalog.<suffix>")
def catalogue(suffix: str | None = None) -> Response:
    """Answers with the DCAT-AP-NL catalogue."""
    site = current_site()
    return in_forms(
        f"{site.prefix}/catalog",
        suffix,
        offered=FOR_MACHINES,
        page=lambda: _page(site),
        rdf=lambda form: release_file(site, f"catalog.{form}").read_bytes(),
    )


def _page(site: Site) -> str:
    found = release_file(site, "catalog.nt").read_bytes()
    description = Description(statements(found), terms=site.iris.terms)
    iri = next(iter(description.subjects("rdf:type", description.iri("dcat:Catalog"))), None)
    if iri is None:
        raise Problem("not-found")
    return page_of(site, iri, description, data=converted(found, "nt", "jsonld", prefixes=PREFIXES))


@blueprint.get("/.well-known/void")
def void() -> Response:
    """Answers with the VoID description (VoID note, section 7.2), Turtle for who says nothing."""
    site = current_site()
    media_type = negotiated(tuple(GRAPH_TYPES))

    def make() -> bytes:
        turtle = release_file(site, "void.ttl").read_bytes()
        form = GRAPH_TYPES[media_type]
        return turtle if form == "ttl" else converted(turtle, "ttl", form, prefixes=PREFIXES)

    response = fixed(site, "void", media_type=media_type, make=make)
    response.vary.add("Accept")
    return response


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
    response.headers["Content-Type"] = content_type(DUMPS[name])
    del response.headers["Last-Modified"]
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
