"""Answers that are fixed by the release: tags, 304, caching, and the headers that say what else there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Response, request

from kennis_ld.web.forms import content_type
from kennis_ld.web.site import Site


def fixed(
    site: Site, *, key: tuple[str, ...], media_type: str, make: Callable[[], bytes], headers: Mapping[str, str]
) -> Response:
    """Returns bytes that cannot change while the release stays, or 304 where the client has them.

    Args:
        site: the site.
        key: what the bytes depend on next to the release and the media type.
        media_type: of the bytes.
        make: makes the bytes; called only where they are needed and not at hand.
        headers: what else to send; a 304 carries them too (RFC 9110, section 15.4.5).
    """
    tag = site.etag(*key, media_type)
    response = Response(status=304)
    if not (tag in request.if_none_match and not request.if_none_match.star_tag):
        body = site.cache.body((key, media_type), make)
        response = Response(body, content_type=content_type(media_type))
    response.set_etag(tag)
    # Every copy asks first, so nobody keeps seeing the release of before.
    response.headers["Cache-Control"] = "no-cache"
    response.headers.update(headers)
    return response
