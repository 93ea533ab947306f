"""A hostile request to a SPARQL endpoint, and how a text becomes one.

What may come of a request is "answered" or the name of a problem (`kennis_ld.web.problems`).
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

MOST_TEXT = 64 * 1024
_MOST_ADDRESS = 6000
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"

ANSWERED = frozenset({"answered"})
STOPPED = frozenset({"query-budget-exceeded"})
MALFORMED = frozenset({"malformed-query"})
HEAVY = ANSWERED | STOPPED | {"result-too-large"}
TOO_LARGE = frozenset({"query-too-large", "body-too-large", "address-too-long"})
REFUSED = frozenset({"federation-disabled"})

_ACCEPTS = (
    "*/*",
    "application/sparql-results+json, text/turtle",
    "application/sparql-results+xml, application/n-triples",
    "text/csv, application/ld+json",
    "text/tab-separated-values, application/rdf+xml",
)
_KEYWORDS = re.compile(r"\b(SELECT|WHERE|FILTER|BIND|UNION|OPTIONAL|COUNT|CONCAT|VALUES|ORDER|LIMIT|GROUP|AS)\b")


@dataclass(frozen=True, slots=True)
class Attack:
    """A hostile request.

    Attributes:
        kind: what it tries.
        outcomes: what may come of it.
        query: the text of the query, for whoever reads what went wrong.
        method: the HTTP method.
        address: path and query string.
        body: the body.
        headers: the headers.
    """

    kind: str
    outcomes: frozenset[str]
    query: str
    method: str = "GET"
    address: str = "/sparql"
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def asked(chance: random.Random, kind: str, outcomes: frozenset[str], text: str, *, plain: bool = False) -> Attack:
    """Sends a query in one of several wordings, or as it is where it is to be plain."""
    if not plain:
        if chance.random() < 0.3:
            text = _KEYWORDS.sub(lambda found: found[0].lower(), text)
        if chance.random() < 0.2:
            text = text.replace(" { ", " {#c\n ", 1)
        if chance.random() < 0.3:
            text = f"PREFIX p: <http://p/> # {{ '\n{text}"
    if len(text.encode()) > MOST_TEXT:
        outcomes = TOO_LARGE
    return sent(chance, kind, outcomes, text)


def sent(chance: random.Random, kind: str, outcomes: frozenset[str], text: str) -> Attack:
    """Sends a text in one of the three ways of the protocol."""
    accept = {"Accept": chance.choice(_ACCEPTS)}
    encoded = urlencode({"query": text})
    match chance.randrange(3):
        case 0 if len(encoded) < _MOST_ADDRESS:
            return Attack(kind, outcomes, text, address=f"/sparql?{encoded}", headers=accept)
        case 1 if len(encoded) < 2 * MOST_TEXT - 1000:
            return Attack(kind, outcomes, text, "POST", body=encoded.encode(), headers={**accept, "Content-Type": FORM})
        case _:
            return Attack(kind, outcomes, text, "POST", body=text.encode(), headers={**accept, "Content-Type": DIRECT})
