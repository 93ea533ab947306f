"""Chooses the form of an answer from an Accept header, by the letter of RFC 9110, section 12.5.1.

In goes the header and what the server can give, in its own order of preference; out comes one of those, or None. It
knows no routes, no requests and no formats.
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
_RANGE = re.compile(rf"\s*({_WORD})/({_WORD})\s*((?:;.*)?)", re.DOTALL)
_PARAMETER = re.compile(rf"\s*;\s*(?:({_WORD})=({_WORD}|{_QUOTED}))?\s*")
_WEIGHT = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")


class HeaderTooLong(ValueError):
    """An Accept header longer than MOST_HEADER_BYTES."""


@dataclass(frozen=True, slots=True)
class _Range:
    """One media range of the header: what it matches and how welcome that is."""

    type: str
    subtype: str
    parameters: frozenset[tuple[str, str]]
    weight: float

    def specificity(self, offer: _Range) -> int:
        """How narrowly the range describes the offer; 0 where it does not match."""
        if (self.type, self.subtype) == ("*", "*"):
            return 1
        if self.type != offer.type:
            return 0
        if self.subtype == "*":
            return 2
        if self.subtype != offer.subtype or not self.parameters <= offer.parameters:
            return 0
        return 3 + len(self.parameters)


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
        kind, subtype = found[1].lower(), found[2].lower()
        parameters = _parameters(found[3])
        if parameters is None or (kind == "*" and subtype != "*"):
            continue
        weight = parameters.pop("q", "1")
        if _WEIGHT.fullmatch(weight) is None:
            continue
        # All our text is UTF-8, so a client that asks for just that asks for nothing special.
        if parameters.get("charset", "").lower() in {"utf-8", "utf8"}:
            del parameters["charset"]
        yield _Range(kind, subtype, frozenset(parameters.items()), float(weight))


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
