"""Says in our own words where a text stops being a SPARQL query.

The parser's own words list its grammar; they help nobody and change with its version. From them come only the place,
and the few kinds of mistake that have a better explanation.
"""

from __future__ import annotations

import re

from kennis_ld.engine.tokens import is_update
from kennis_ld.errors import MalformedQuery

_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
PADDING = " " * 16
"""Longer than every keyword. The parser tells the place better in a text that goes on for a while after the mistake."""

_KEYWORD = re.compile(r"[A-Z]+")


def malformed(text: str, said: str) -> MalformedQuery:
    """Returns the error for a text that the parser does not take.

    Args:
        text: the query.
        said: what the parser said.
    """
    place = _PLACE.match(said)
    if place is None:
        return MalformedQuery(_words(text, said))
    offset = _offset(text, int(place[1]), int(place[2]), place[3])
    before = text[:offset]
    return MalformedQuery(
        _words(text, said), line=before.count("\n") + 1, column=len(before) - (before.rfind("\n") + 1) + 1
    )


def _words(text: str, said: str) -> str:
    if is_update(text):
        return "This is a SPARQL update; only queries are answered here: SELECT, ASK, CONSTRUCT and DESCRIBE."
    if not text.strip():
        return "The query is empty."
    if "Prefix not found" in said:
        return "A name has a prefix that no PREFIX line declares."
    if "IRI parsing failed" in said:
        return "Between < and > stands something that is no IRI."
    return "From this place on the text is not SPARQL 1.1."


def _offset(text: str, line: int, column: int, expected: str) -> int:
    """Returns where the word starts that was not understood.

    Where pyoxigraph tries a keyword it reports the place behind as many characters as the keyword has: `SELECT * { FOO`
    is wrong at column 12, and it says column 20, where OPTIONAL would end.
    """
    said = sum(len(each) + 1 for each in text.split("\n")[: line - 1]) + column - 1
    keywords = expected.split(", ")
    if all(_KEYWORD.fullmatch(keyword) for keyword in keywords):
        said -= max(map(len, keywords))
    return max(0, min(said, len(text)))
