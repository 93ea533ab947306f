"""What portals and harvesters fetch: the catalogue, the VoID description and the files of a release."""

from __future__ import annotations

from flask import Blueprint, Response, request, send_file

from kennis_ld.graph.formats import converted
from kennis_ld.graph.statements import PREFIXES
from kennis_ld.web.documents import FOR_MACHINES, fixed, in_form, negotiated
from kennis_ld.web.media_types import DUMPS, GRAPH_TYPES, SUFFIXES, content_type
from kennis_ld.web.negotiation import choose
from kennis_ld.web.problems import Problem, not_acceptable
from kennis_ld.web.site import Site, current_site
from kennis_ld.web.things.reader import page_of
from kennis_ld.web.things.statements import Description, statements

blueprint = Blueprint("catalogue", __name__)


@blueprint.get("/catalog")
def catalogue() -> Response:
    """Answers with the DCAT-AP-NL catalogue in the form the client likes best."""
    site = current_site()
    return negotiated(f"{site.prefix}/catalog", FOR_MACHINES, lambda suffix: _catalogue(site, suffix))


@blueprint.get("/catalog.<suffix>")
def catalogue_in(suffix: str) -> Response:
    """Answers with the catalogue in one form."""
    if suffix not in {*SUFFIXES, "en.html"}:
        raise Problem("not-found")
    return _catalogue(current_site(), suffix)


def _catalogue(site: Site, suffix: str) -> Response:
    def make() -> bytes:
        if not suffix.endswith("html"):
            return _file(site, f"catalog.{suffix}")
        found = _file(site, "catalog.nt")
        description = Description(statements(found), terms=site.iris.terms)
        iri = next(iter(description.subjects("rdf:type", description.iri("dcat:Catalog"))), None)
        if iri is None:
            raise Problem("not-found")
        data = converted(found, "nt", "jsonld", prefixes=PREFIXES).decode()
        language = "en" if suffix == "en.html" else "nl"
        return page_of(site, iri, description, language=language, data=data).encode()

    return in_form(site, suffix, key=("catalog",), address=f"{site.prefix}/catalog", make=make)


@blueprint.get("/.well-known/void")
def void() -> Response:
    """Answers with the VoID description (VoID note, section 7.2), Turtle for who says nothing."""
    site = current_site()
    chosen = choose(request.headers.get("Accept"), tuple(GRAPH_TYPES))
    if chosen is None:
        raise not_acceptable(*GRAPH_TYPES)
    form = GRAPH_TYPES[chosen]

    def make() -> bytes:
        turtle = _file(site, "void.ttl")
        return turtle if form == "ttl" else converted(turtle, "ttl", form, prefixes=PREFIXES)

    response = fixed(site, key=("void", form), media_type=chosen, make=make, headers={})
    response.vary.add("Accept")
    return response


def _file(site: Site, name: str) -> bytes:
    path = site.release.file(name)
    if path is None:
        raise Problem("not-found")
    return path.read_bytes()


@blueprint.get("/download/<digest>/<name>")
def download(digest: str, name: str) -> Response:
    """Sends a file of a release, which never changes; `current` leads to the release of now."""
    site = current_site()
    if name not in DUMPS:
        raise Problem("not-found")
    if digest == "current":
        address = f"{site.prefix}/download/{site.release.digest}/{name}"
        return Response(status=307, headers={"Location": address, "Cache-Control": "no-cache"})
    path = site.release.file(name, digest=digest)
    if path is None:
        raise Problem("not-found")
    response = send_file(
        path, mimetype=DUMPS[name], as_attachment=True, download_name=name, etag=f"{digest}-{name}", last_modified=0
    )
    response.headers["Content-Type"] = content_type(DUMPS[name])
    del response.headers["Last-Modified"]
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
