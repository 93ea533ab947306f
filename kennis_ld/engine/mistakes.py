"""Says in our own words where a text stops being a SPARQL query.

The parser's own words list its grammar; they help nobody and change with its version. From them come only the place,
and the few kinds of mistake that have a better explanation.
"""

from __future__ import annotations

import re

from kennis_ld.engine.tokens import is_update, tokens
from kennis_ld.errors import MalformedQuery

_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
PADDING = " " * 16
"""Longer than every keyword. The parser tells the place better in a text that goes on for a while after the mistake."""

_KEYWORD = re.compile(r"[A-Z]+")
_UNKNOWN_FUNCTION = re.compile(r"custom (?:aggregate )?function <([^>]*)> is not supported")


def malformed(text: str, said: str) -> MalformedQuery:
    """Returns the error for a text that the parser does not take.

    Args:
        text: the query.
        said: what the parser said.
    """
    place = _PLACE.match(said)
    if place is None:
        return MalformedQuery(_words(text, said))
    return _at(text, _offset(text, int(place[1]), int(place[2]), place[3]), _words(text, said))


def unknown_function(text: str, said: str) -> MalformedQuery | None:
    """Returns the error for a query that calls a function nobody here has; None where that is not what was said.

    SPARQL 1.1 leaves open what happens then. To say so helps more than an answer without the rows that needed it.

    Args:
        text: the query.
        said: what the engine said.
    """
    found = _UNKNOWN_FUNCTION.search(said)
    if found is None:
        return None
    words = "The query calls a function that is none of SPARQL 1.1, and this service has no others."
    before = None
    for token in tokens(text):
        if token.text == "(" and before is not None and before.kind in {"iri", "name"}:
            # A relative IRI and a name with a prefix are the end of the IRI that they stand for.
            local = before.text[1:-1] if before.kind == "iri" else before.text.partition(":")[2]
            if found[1].endswith(local):
                return _at(text, before.start, words)
        before = token
    return MalformedQuery(words)


def _at(text: str, offset: int, words: str) -> MalformedQuery:
    before = text[:offset]
    return MalformedQuery(words, line=before.count("\n") + 1, column=len(before) - (before.rfind("\n") + 1) + 1)


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
