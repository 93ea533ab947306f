"""What portals and harvesters fetch: the catalogue, the VoID description and the files of a release."""

from __future__ import annotations

from flask import Blueprint, Response, request, send_file

from kennis_ld.graph.formats import converted
from kennis_ld.graph.statements import PREFIXES
from kennis_ld.web.answers import fixed
from kennis_ld.web.forms import DUMPS, GRAPH_TYPES, HTML, SUFFIXES, content_type
from kennis_ld.web.negotiation import choose
from kennis_ld.web.problems import Problem
from kennis_ld.web.site import Site, current_site
from kennis_ld.web.statements import Description, statements
from kennis_ld.web.views import page_of

blueprint = Blueprint("catalogue", __name__)

# Turtle for who says nothing: a harvester sends */* and takes what it gets (harvesting facts, 2.2).
_OFFERED = (*GRAPH_TYPES, HTML)
_SUFFIX_OF = {media_type: suffix for suffix, media_type in SUFFIXES.items()}


@blueprint.get("/catalog")
def catalogue() -> Response:
    """Answers with the DCAT-AP-NL catalogue in the form the client likes best."""
    site = current_site()
    chosen = choose(request.headers.get("Accept"), _OFFERED)
    if chosen is None:
        available = [f"{site.prefix}/catalog.{suffix}" for suffix in SUFFIXES]
        raise Problem("not-acceptable", available=available)
    suffix = _SUFFIX_OF[chosen]
    response = _catalogue(site, suffix)
    response.headers["Content-Location"] = f"{site.prefix}/catalog.{suffix}"
    response.vary.add("Accept")
    return response


@blueprint.get("/catalog.<suffix>")
def catalogue_in(suffix: str) -> Response:
    """Answers with the catalogue in one form."""
    if suffix not in {*SUFFIXES, "en.html"}:
        raise Problem("not-found")
    return _catalogue(current_site(), suffix)


def _catalogue(site: Site, suffix: str) -> Response:
    media_type = HTML if suffix.endswith("html") else SUFFIXES[suffix]
    headers = {"Link": ", ".join(_links(site, "/catalog", suffix))}
    if media_type == HTML:
        headers["Content-Language"] = "en" if suffix == "en.html" else "nl"

    def make() -> bytes:
        if media_type != HTML:
            return _file(site, f"catalog.{suffix}")
        found = _file(site, "catalog.nt")
        description = Description(statements(found), terms=site.iris.terms)
        iri = next(iter(description.subjects("rdf:type", description.iri("dcat:Catalog"))), None)
        if iri is None:
            raise Problem("not-found")
        data = converted(found, "nt", "jsonld", prefixes=PREFIXES).decode()
        return page_of(site, iri, description, language=headers["Content-Language"], data=data).encode()

    return fixed(site, key=("catalog", suffix), media_type=media_type, make=make, headers=headers)


def _links(site: Site, path: str, suffix: str) -> list[str]:
    return [
        f'<{site.prefix}{path}.{other}>; rel="alternate"; type="{media_type}"'
        for other, media_type in SUFFIXES.items()
        if other != suffix
    ]


@blueprint.get("/.well-known/void")
def void() -> Response:
    """Answers with the VoID description (VoID note, section 7.2), Turtle for who says nothing."""
    site = current_site()
    chosen = choose(request.headers.get("Accept"), tuple(GRAPH_TYPES))
    if chosen is None:
        raise Problem("not-acceptable", available=list(GRAPH_TYPES))
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
