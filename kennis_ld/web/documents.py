"""Documents that are fixed by the release: made once, kept, sent with a tag, and in the form that the client likes.

A release never changes, so what was made once stays true; another release has a cache of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from flask import Response, request

from kennis_ld.engine.interface import GRAPH_FORMATS
from kennis_ld.graph.linkset import LINKSET
from kennis_ld.web.negotiation import GRAPH_TYPES, HTML, choose, content_type
from kennis_ld.web.problems import Problem, not_acceptable
from kennis_ld.web.site import Site, current_site, made_once
from kennis_ld.web.words import language_of

SUFFIXES: Mapping[str, str] = {"html": HTML, **{form: GRAPH_FORMATS[form] for form in ("ttl", "jsonld", "rdf", "nt")}}
"""The forms of a document that have an address of their own, by their suffix, in the order in which pages show them."""

FOR_PEOPLE = (HTML, *GRAPH_TYPES)
"""The forms of a document that a browser gets as a page where nothing is said."""

FOR_MACHINES = (*GRAPH_TYPES, HTML)
"""The same for documents that harvesters fetch: they send `*/*` and take what they get (harvesting facts, 2.2)."""


def fixed(
    site: Site, *key: str, media_type: str, make: Callable[[], bytes], headers: Mapping[str, str] | None = None
) -> Response:
    """Returns bytes that cannot change while the release stays, or 304 where the client has them.

    Args:
        site: the site.
        key: what the bytes depend on next to the release and the media type.
        media_type: of the bytes; a page is in the language of the path.
        make: makes the bytes; called only where they are needed and not at hand.
        headers: what else to send; a 304 carries them too (RFC 9110, section 15.4.5).
    """
    tag = site.etag(*key, media_type)
    response = Response(status=304)
    if not is_known(tag):
        response = Response(site.body((*key, media_type), make), content_type=content_type(media_type))
    response.set_etag(tag)
    # Every copy asks first, so nobody keeps seeing the release of before.
    response.headers["Cache-Control"] = "no-cache"
    if media_type == HTML:
        response.headers["Content-Language"] = language_of(request.path)
    response.headers.update(headers or {})
    return dated(response, site)


def dated(response: Response, site: Site) -> Response:
    """Returns a response that says since when it is true; whether a copy is still good only the tag can tell."""
    if site.release.published:
        response.last_modified = site.release.published
    return response


def is_known(tag: str) -> bool:
    """Whether the client has the answer with this tag."""
    # A weak one will do (RFC 9110, section 13.1.2).
    return request.if_none_match.contains_weak(tag) and not request.if_none_match.star_tag


def negotiated(offered: tuple[str, ...], available: tuple[str, ...] = ()) -> str:
    """Returns the media type that the client likes best.

    `available` is named where none is accepted, in the place of the media types.

    Raises:
        Problem: the client accepts none of them.
    """
    chosen = choose(request.headers.get("Accept"), offered)
    if chosen is None:
        raise not_acceptable(*(available or offered))
    return chosen


def in_forms(
    address: str,
    suffix: str | None,
    *,
    offered: tuple[str, ...] = FOR_PEOPLE,
    page: Callable[[], str],
    rdf: Callable[[str], bytes],
    about: str | None = None,
    key: str = "",
) -> Response:
    """Returns a document that comes in every form, each with an address of its own and links to the others (RFC 8288).

    Args:
        address: path of the document without a suffix.
        suffix: key of SUFFIXES, or `en.html`; None for the form that the client likes best.
        offered: FOR_PEOPLE or FOR_MACHINES.
        page: makes the page, in the language of the path.
        rdf: makes the document in a form of RDF, by its suffix.
        about: IRI of the thing that it is about (RFC 6903); None where it is about no other thing.
        key: what the bytes depend on next to the address, the form and the release.

    Raises:
        Problem: the client accepts no form that there is, or there is none with that suffix.
    """
    form = suffix
    if form is None:
        chosen = negotiated(offered, tuple(f"{address}.{each}" for each in SUFFIXES))
        form = next(each for each, media_type in SUFFIXES.items() if media_type == chosen)
    elif form not in {*SUFFIXES, "en.html"}:
        raise Problem("not-found")
    links = [f'<{about}>; rel="about"'] if about else []
    if about:
        own = current_site().iris.reference(about)
        links.append(f'<{current_site().prefix}/linkset/{own}>; rel="linkset"; type="{LINKSET}"')
    links += [
        f'<{address}.{other}>; rel="alternate"; type="{media_type}"'
        for other, media_type in SUFFIXES.items()
        if other != form
    ]
    response = fixed(
        current_site(),
        address,
        form,
        key,
        media_type=SUFFIXES[form.removeprefix("en.")],
        make=lambda: page().encode() if form.endswith("html") else rdf(form),
        headers={"Link": ", ".join(links)},
    )
    if suffix is None:
        response.headers["Content-Location"] = f"{address}.{form}"
        response.vary.add("Accept")
    return response


def rdf_forms(address: str) -> list[tuple[str, str, str]]:
    """Returns suffix, address and media type of each form of RDF that a document has, as its page shows them."""
    return [(suffix, f"{address}.{suffix}", kind) for suffix, kind in SUFFIXES.items() if suffix != "html"]


def release_file(site: Site, name: str, *, digest: str | None = None) -> Path:
    """Returns the path of a file of the release, or of an older one.

    Raises:
        Problem: there is no such file.
    """
    path = site.release.file(name, digest=digest)
    if path is None:
        raise Problem("not-found")
    return path


@made_once
def dataset_of(site: Site) -> tuple[str, str] | None:
    """Returns the dataset that every document is a part of, and its licence; None without a catalogue."""
    rows = site.lookup.rows("dataset")
    return (rows[0]["dataset"], rows[0]["licence"]) if rows else None
