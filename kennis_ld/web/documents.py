"""Documents that are fixed by the release: made once, kept, sent with a tag, and in the form that the client likes.

A release never changes, so what was made once stays true; another release has a cache of its own.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from threading import Lock
from typing import TYPE_CHECKING, Any

from flask import Response, request

from kennis_ld.web.media_types import GRAPH_TYPES, HTML, SUFFIXES, content_type
from kennis_ld.web.negotiation import choose
from kennis_ld.web.problems import not_acceptable

if TYPE_CHECKING:
    from kennis_ld.web.site import Site

MOST_BYTES = 64 * 1024 * 1024
MOST_VALUES = 64
_ENTRY = 256
"""What an entry takes next to its body, so that very many small bodies do not slip through the bound."""

FOR_PEOPLE = (HTML, *GRAPH_TYPES)
"""The forms of a document that a browser gets as a page where nothing is said."""

FOR_MACHINES = (*GRAPH_TYPES, HTML)
"""The same for documents that harvesters fetch: they send `*/*` and take what they get (harvesting facts, 2.2)."""

_SUFFIX_OF = {media_type: suffix for suffix, media_type in SUFFIXES.items()}


class Cache:
    """A bounded store of bytes and values; the least recently used bytes go first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes: OrderedDict[Hashable, bytes] = OrderedDict()
        self._size = 0
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def body(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """Returns the bytes under the key, made now where they are not there; very long ones are not kept."""
        with self._lock:
            if key in self._bytes:
                self._bytes.move_to_end(key)
                return self._bytes[key]
        body = make()
        # One body of an eighth of all the room would push out very many others.
        if len(body) * 8 <= self._most_bytes:
            with self._lock:
                if key not in self._bytes:
                    self._bytes[key] = body
                    self._size += len(body) + _ENTRY
                while self._size > self._most_bytes:
                    _, oldest = self._bytes.popitem(last=False)
                    self._size -= len(oldest) + _ENTRY
        return body

    def value(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Returns the value under the key, made now where it is not there."""
        with self._lock:
            if key in self._values:
                return self._values[key]
        value = make()
        with self._lock:
            self._values[key] = value
            while len(self._values) > MOST_VALUES:
                self._values.popitem(last=False)
        return value


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
    if not is_known(tag):
        body = site.cache.body((key, media_type), make)
        response = Response(body, content_type=content_type(media_type))
    response.set_etag(tag)
    # Every copy asks first, so nobody keeps seeing the release of before.
    response.headers["Cache-Control"] = "no-cache"
    response.headers.update(headers)
    return response


def is_known(tag: str) -> bool:
    """Whether the client has the answer with this tag."""
    return tag in request.if_none_match and not request.if_none_match.star_tag


def negotiated(address: str, offered: tuple[str, ...], make: Callable[[str], Response]) -> Response:
    """Returns a document in the form that the client likes best; each form has an address of its own.

    Args:
        address: path of the document without a suffix.
        offered: FOR_PEOPLE or FOR_MACHINES.
        make: makes the response in the form of a suffix.

    Raises:
        Problem: the client accepts no form that there is.
    """
    chosen = choose(request.headers.get("Accept"), offered)
    if chosen is None:
        raise not_acceptable(*(f"{address}.{suffix}" for suffix in SUFFIXES))
    response = make(_SUFFIX_OF[chosen])
    response.headers["Content-Location"] = f"{address}.{_SUFFIX_OF[chosen]}"
    response.vary.add("Accept")
    return response


def in_form(
    site: Site, suffix: str, *, key: tuple[str, ...], address: str, make: Callable[[], bytes], about: str | None = None
) -> Response:
    """Returns a document in the form of a suffix, with links to its other forms (RFC 8288).

    Args:
        site: the site.
        suffix: key of SUFFIXES, or `en.html`.
        key: names the document.
        address: path of the document without a suffix.
        make: makes its bytes.
        about: IRI of the thing that it is about (RFC 6903); None where it is about no other thing.
    """
    media_type = HTML if suffix.endswith("html") else SUFFIXES[suffix]
    links = [f'<{about}>; rel="about"'] if about else []
    for other, kind in SUFFIXES.items():
        if other != suffix:
            links.append(f'<{address}.{other}>; rel="alternate"; type="{kind}"')
    headers = {"Link": ", ".join(links)}
    if media_type == HTML:
        headers["Content-Language"] = "en" if suffix == "en.html" else "nl"
    return fixed(site, key=(*key, suffix), media_type=media_type, make=make, headers=headers)
