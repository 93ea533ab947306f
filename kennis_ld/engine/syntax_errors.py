"""Says in our own words where a text stops being a SPARQL query.

The parser's own words list its grammar; they help nobody and change with its version. From them come only the place,
and the few kinds of mistake that have a better explanation.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kennis_ld.engine.tokens import is_update, tokens
from kennis_ld.errors import MalformedQuery

_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
PADDING = " " * 16
"""Longer than every keyword. The parser tells the place better in a text that goes on for a while after the mistake."""

_KEYWORD = re.compile(r"[A-Z]+")
_UNKNOWN_FUNCTION = re.compile(r"custom (?:aggregate )?function <([^>]*)> is not supported")


def malformed(text: str, complaint: Callable[[str], str]) -> MalformedQuery:
    """Returns the error for a text that the parser does not take; `complaint` gives what it says."""
    said = complaint(text + PADDING)
    place = _place(text, said)
    missing = _undeclared(text)
    if missing:
        # The parser tells of a prefix only where nothing else could stand in that place. So declare them and look.
        head = "".join(f"PREFIX {prefix}: <x:> " for prefix in missing) + "\n"
        later = complaint(head + text + PADDING)
        further = _place(head + text, later)
        if not later or (place is not None and further is not None and further - len(head) > place):
            prefix, offset = next(iter(missing.items()))
            return _at(text, offset, f"The prefix {prefix}: is not declared.", prefix=prefix)
    return MalformedQuery(_words(text, said)) if place is None else _at(text, place, _words(text, said))


def unknown_function(text: str, said: str) -> MalformedQuery | None:
    """Returns the error for a query that calls a function nobody here has; None where that is not what was said.

    SPARQL leaves open what happens then. To say so helps more than an answer without the rows that needed it.
    """
    found = _UNKNOWN_FUNCTION.search(said)
    if found is None:
        return None
    words = "The query calls a function that SPARQL does not have, and this service has no others."
    before = None
    for token in tokens(text):
        if token.text == "(" and before is not None and before.kind in {"iri", "name"}:
            # A relative IRI and a name with a prefix are the end of the IRI that they stand for.
            local = before.text[1:-1] if before.kind == "iri" else before.text.partition(":")[2]
            if found[1].endswith(local):
                return _at(text, before.start, words)
        before = token
    return MalformedQuery(words)


def _at(text: str, offset: int, words: str, *, prefix: str | None = None) -> MalformedQuery:
    before = text[:offset]
    column = len(before) - (before.rfind("\n") + 1) + 1
    return MalformedQuery(words, line=before.count("\n") + 1, column=column, prefix=prefix)


def _undeclared(text: str) -> dict[str, int]:
    """Returns the prefixes that no PREFIX before them declares, and where each is used first."""
    declared = {"_"}  # a label of a blank node looks like a name
    missing: dict[str, int] = {}
    declaring = False
    for token in tokens(text):
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            if declaring:
                declared.add(prefix)
            elif prefix not in declared:
                missing.setdefault(prefix, token.start)
        declaring = token.kind == "word" and token.text.upper() == "PREFIX"
    return missing


def _words(text: str, said: str) -> str:
    if is_update(text):
        return "This is a SPARQL update; only queries are answered here: SELECT, ASK, CONSTRUCT and DESCRIBE."
    if not text.strip():
        return "The query is empty."
    if "IRI parsing failed" in said:
        return "Between < and > stands something that is no IRI."
    return "From this place on the text is not SPARQL."


def _place(text: str, said: str) -> int | None:
    """Returns where the word starts that was not understood; None where the parser does not tell.

    Where pyoxigraph tries a keyword it reports the place behind as many characters as the keyword has: `SELECT * { FOO`
    is wrong at column 12, and it says column 20, where OPTIONAL would end.
    """
    found = _PLACE.match(said)
    if found is None:
        return None
    offset = sum(len(each) + 1 for each in text.split("\n")[: int(found[1]) - 1]) + int(found[2]) - 1
    keywords = found[3].split(", ")
    if all(_KEYWORD.fullmatch(keyword) for keyword in keywords):
        offset -= max(map(len, keywords))
    return max(0, min(offset, len(text)))
