"""Refuses, before anything is evaluated, a query that is too long or that would call another server.

The engine runs SERVICE over HTTP and has no switch against it; behind a closed network SERVICE SILENT gives one wrong
row as success (safety facts, sections 1 and 2.1). A worker cannot open a socket; this guard makes the refusal an
honest one.

The engine's parser has no tokens of its own: after a value it tries "less than" where another parser would see the
start of an IRI, and it wants no space around a keyword. So a text can be read in more ways than one:
`?o<'x>')SERVICE…` hides the word in a string for whoever takes `<'x>` for an IRI. The guard follows every reading and
refuses where one of them has a SERVICE clause. It may refuse a query that no person writes; it lets none through that
calls a server.
"""

from __future__ import annotations

import re

from kennis_ld.engine.tokens import COMMENT, LOCAL_NAME, LONG_STRING, SHORT_STRING, VARIABLE
from kennis_ld.errors import MalformedQuery, QueryNotAllowed, ResultTooLarge

# Where a reading has to decide: the start of something in which SERVICE is no keyword, or the keyword itself.
# A backslash starts an escape in a local name: in `ex:a\# SERVICE` the hash starts no comment.
_MARK = re.compile(r"[\"'<#\\?$:]|SERVICE", re.IGNORECASE | re.ASCII)
_SKIPPED = {
    "#": re.compile(COMMENT),
    "\\": re.compile(r"\\.", re.DOTALL),
    "?": re.compile(VARIABLE),
    "$": re.compile(VARIABLE),
    ":": re.compile(LOCAL_NAME, re.DOTALL),
}
# What starts here may be one or the other: three quotes are a long string, or an empty one with another behind it.
_PERHAPS = {
    '"': (re.compile(LONG_STRING, re.DOTALL), re.compile(SHORT_STRING, re.DOTALL)),
    "'": (re.compile(LONG_STRING, re.DOTALL), re.compile(SHORT_STRING, re.DOTALL)),
    "<": (re.compile(r"<(?>(?:[^<>\"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*)>"),),
}
_GAP = re.compile(rf"(?>(?:\s|{COMMENT})*)")
_SILENT = re.compile("SILENT", re.IGNORECASE | re.ASCII)
# What can follow the keyword: an IRI, a variable, or a name with a prefix, which may be empty. They may have characters
# that Python calls no letter (U+FEFF) or even a space (U+1680, U+3000), so all but the signs of SPARQL count.
_IRI_TARGET = re.compile(r"<[^<>\x00-\x20]*+>")
_NAME_TARGET = re.compile(r"(?>(?:\\.|[^\x00-\x20{}<>\"'#\\])*)", re.DOTALL)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def check(text: str, *, query_bytes: int) -> None:
    """Lets a query through, or not.

    Raises:
        ResultTooLarge: the text has more than `query_bytes` bytes.
        QueryNotAllowed: a reading of the text has a SERVICE clause.
        MalformedQuery: the text is not Unicode.
    """
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise MalformedQuery("The query holds half of a surrogate pair, which is no character.") from error
    if size > query_bytes:
        raise ResultTooLarge(limit=query_bytes, unit="query bytes")
    if calls_a_server(text):
        raise QueryNotAllowed(
            "The query has a SERVICE clause, and this service calls no other server.",
            reason="federation-disabled",
            remedy="Ask both servers yourself, or run the query with an engine of your own.",
        )


def calls_a_server(text: str) -> bool:
    """Whether a reading of the text has a SERVICE clause.

    >>> calls_a_server("SELECT * { SERVICE ?where { ?s ?p ?o } }")
    True
    >>> calls_a_server("SELECT ?service ?o { ?service ?p 'SERVICE <a:b> {' }")
    False
    """
    # No character beyond ASCII becomes one of these letters.
    if "service" not in text.lower() and "\\" not in text:
        return False
    # SPARQL 1.1, section 19.2: an escape may stand for any character of the text. pyoxigraph 0.5 takes it so in
    # strings and IRIs only; another engine, or a later one, may not.
    plain = _ESCAPE.sub(_character, text)
    return _has_clause(text) or (plain != text and _has_clause(plain))


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code <= 0x10FFFF else escape[0]


def _has_clause(text: str) -> bool:
    readings, seen, names = [0], set[int](), _Names(text)
    while readings:
        position = readings.pop()
        while (mark := _MARK.search(text, position)) and mark.start() not in seen:
            seen.add(mark.start())
            position = mark.end()
            if len(mark[0]) > 1:
                if _is_clause(text, position, names):
                    return True
            elif patterns := _PERHAPS.get(mark[0]):
                readings += (found.end() for pattern in patterns if (found := pattern.match(text, mark.start())))
                if mark[0] != "<":
                    # A quote starts a string, if it starts anything; only "<" can stand alone.
                    break
            elif skipped := _SKIPPED[mark[0]].match(text, mark.start()):
                position = skipped.end()
    return False


class _Names:
    """Where the name ends that starts at a place: looked up once for all places in it, or a long one takes minutes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._start = self._end = 0

    def end(self, start: int) -> int:
        if not self._start <= start < self._end:
            self._start, self._end = start, _end(_NAME_TARGET, self._text, start)
        return self._end


def _is_clause(text: str, position: int, names: _Names) -> bool:
    """Whether a target and a group follow, as they do after the keyword SERVICE."""
    start = _end(_GAP, text, position)
    silent = _end(_SILENT, text, start)
    for each in {start, _end(_GAP, text, silent)}:
        target = _end(_IRI_TARGET, text, each) if text.startswith("<", each) else names.end(each)
        if target > each and text.startswith("{", _end(_GAP, text, target)):
            return True
    return False


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    """Returns where a pattern ends that is looked for at a place; that place where it is not there."""
    found = pattern.match(text, position)
    return found.end() if found else position
