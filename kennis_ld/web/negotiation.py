"""The media types in which things are served, and which of them a client likes best (RFC 9110, section 12.5.1).

The formats of answers are those of `kennis_ld.engine.interface`; here they get the names that HTTP clients use. The
choice is lenient to clients that are known to exist: a weight may be `.2` or `1.0000`, `*` stands for `*/*`, and
parameters are passed over (`version=1.1`; the profile of JSON-LD, which a server may pass over too: JSON-LD 1.1,
section 6.1). The exception is a charset, for all our text is UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from werkzeug.http import parse_list_header, parse_options_header

from kennis_ld.engine.interface import GRAPH_FORMATS, SOLUTION_FORMATS

HTML = "text/html"
PROBLEM = "application/problem+json"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
ACCEPTED = f"{FORM}, {DIRECT}"
"""What a body with a query may be, as Accept-Post and Accept-Query say it."""

GRAPH_TYPES: Mapping[str, str] = {media_type: form for form, media_type in GRAPH_FORMATS.items()}
"""Media types of RDF and the form each stands for, in the order in which we like to send them."""

SOLUTION_TYPES: Mapping[str, str] = {
    **{media_type: form for form, media_type in SOLUTION_FORMATS.items()},
    # Names that clients of the first days still ask by; the bytes are the same.
    "application/json": "json",
    "application/xml": "xml",
}
"""Media types of SELECT and ASK answers and the form each stands for, in the order in which we like to send them."""

MOST_HEADER_BYTES = 4096  # a longer Accept header is refused before it is read (safety facts, case 45)
_MEDIA_RANGE = re.compile(r"([^\s/*]+)/([^\s/*]+|\*)|\*(?:/\*)?")
_WEIGHT = re.compile(r"0?\.[0-9]+|0\.?|1(?:\.0*)?")


def content_type(media_type: str) -> str:
    """Returns the Content-Type of a body: all our text is UTF-8, and text/* says so (RFC 9110, section 8.3.2)."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def choose(accept: str | None, offered: Sequence[str]) -> str | None:
    """Returns the offered media type that the client likes best, or None where it accepts none of them.

    Without a header, or with one in which nothing can be understood, the first offer is chosen; so it is among offers
    that the client likes equally. Parts that are no media range with a weight between 0 and 1 are passed over.

    >>> choose("text/html, */*;q=0.1", ["text/turtle", "text/html"])
    'text/html'
    """
    ranges = list(_ranges(accept or ""))
    if not ranges:
        return offered[0]
    best = max(offered, key=lambda offer: _weight(offer, ranges))
    return best if _weight(best, ranges) else None


def _weight(offer: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Returns how welcome an offer is: the most specific range that matches decides, the highest of equal ones."""
    for pattern in (offer, f"{offer.partition('/')[0]}/*", "*/*"):
        weights = [weight for media_range, weight in ranges if media_range == pattern]
        if weights:
            return max(weights)
    return 0.0


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    """Yields the media ranges of a header in lower case, each with its weight."""
    for part in parse_list_header(header):
        media_range, parameters = parse_options_header(part)
        weight = parameters.get("q", "1")
        if _MEDIA_RANGE.fullmatch(media_range) is None or _WEIGHT.fullmatch(weight) is None:
            continue
        if media_range == "*":
            media_range = "*/*"  # java.net.HttpURLConnection sends `*; q=.2`
        is_ours = parameters.get("charset", "utf-8").lower() in {"utf-8", "utf8"}
        # A range that asks for another charset is one that nothing matches.
        yield media_range.lower() if is_ours else "", float(weight)
