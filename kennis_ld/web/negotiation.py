"""Chooses the form of an answer from an Accept header, by RFC 9110, section 12.5.1.

In goes the header and what the server can give, in its own order of preference; out comes one of those, or None. It
knows no routes, no requests and no formats. It is lenient to clients that are known to exist: a weight may be `.2` or
`1.0000`, `*` stands for `*/*`, and parameters are passed over (`version=1.1`; the profile of JSON-LD, which a server
may pass over too: JSON-LD 1.1, section 6.1). The exception is a charset, for all our text is UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_HEADER_BYTES = 4096
"""A longer Accept header is refused before it is read (safety facts, case 45)."""

_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_PART = re.compile(rf"(?:[^,\"]|{_QUOTED})+")
_RANGE = re.compile(rf"\s*({_WORD})(?:/({_WORD}))?\s*((?:;.*)?)", re.DOTALL)
_PARAMETER = re.compile(rf"\s*;\s*(?:({_WORD})=({_WORD}|{_QUOTED}))?\s*")
_WEIGHT = re.compile(r"0?\.[0-9]+|0\.?|1(?:\.0*)?")


class HeaderTooLong(ValueError):
    """An Accept header longer than MOST_HEADER_BYTES."""


@dataclass(frozen=True, slots=True)
class _Range:
    """One media range of the header: what it matches and how welcome that is."""

    type: str
    subtype: str
    weight: float

    def specificity(self, offer: _Range) -> int:
        """How narrowly the range describes the offer; 0 where it does not match."""
        if (self.type, self.subtype) == ("*", "*"):
            return 1
        if self.type != offer.type:
            return 0
        if self.subtype == "*":
            return 2
        return 3 if self.subtype == offer.subtype else 0


def choose(accept: str | None, offered: Sequence[str]) -> str | None:
    """Returns the offered media type that the client likes best, or None where it accepts none of them.

    Without a header, or with one in which nothing can be understood, the first offer is chosen; so it is among offers
    that the client likes equally. Parts that are no media range with a weight between 0 and 1 are passed over.

    Raises:
        HeaderTooLong: the header has more than MOST_HEADER_BYTES bytes.

    >>> choose("text/html, */*;q=0.1", ["text/turtle", "text/html"])
    'text/html'
    """
    if accept is not None and len(accept) > MOST_HEADER_BYTES:
        raise HeaderTooLong
    ranges = list(_ranges(accept or ""))
    if not ranges:
        return offered[0]
    best, best_weight = None, 0.0
    for offer in offered:
        weight = _weight(ranges, next(_ranges(offer)))
        if weight > best_weight:
            best, best_weight = offer, weight
    return best


def _weight(ranges: Sequence[_Range], offer: _Range) -> float:
    """The weight of the most specific range that matches; the highest where two are equally specific."""
    specificity, weight = max((each.specificity(offer), each.weight) for each in ranges)
    return weight if specificity else 0.0


def _ranges(header: str) -> Iterator[_Range]:
    for part in _PART.findall(header):
        found = _RANGE.fullmatch(part.strip())
        if found is None:
            continue
        kind, subtype = found[1].lower(), (found[2] or "").lower()
        if not subtype and kind == "*":
            subtype = "*"  # java.net.HttpURLConnection sends `*; q=.2`
        parameters = _parameters(found[3])
        if parameters is None or not subtype or (kind == "*" and subtype != "*"):
            continue
        weight = parameters.get("q", "1")
        if _WEIGHT.fullmatch(weight) is None:
            continue
        is_ours = parameters.get("charset", "utf-8").lower() in {"utf-8", "utf8"}
        yield _Range(kind, subtype if is_ours else "", float(weight))


def _parameters(text: str) -> dict[str, str] | None:
    """Returns the parameters of a media range, names in lower case, or None where they are malformed."""
    parameters: dict[str, str] = {}
    place = 0
    while place < len(text):
        found = _PARAMETER.match(text, place)
        if found is None:
            return None
        if found[1] is not None:
            value = found[2]
            parameters[found[1].lower()] = re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
        place = found.end()
    return parameters
