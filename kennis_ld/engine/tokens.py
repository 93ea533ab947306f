"""Reads a SPARQL text as tokens, as far as that is possible without parsing it.

Used for questions about the outside of a query: which form it has, where its first group starts, what its variables
and columns are. What must never be fooled, the guard against SERVICE, does not rely on this one reading (see
`kennis_ld.engine.guard`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile
from typing import NamedTuple
from urllib.parse import urljoin

LONG_STRING = r'"""(?>(?:[^"\\]|\\.|"(?!""))*)"""|' + r"'''(?>(?:[^'\\]|\\.|'(?!''))*)'''"
SHORT_STRING = r'"(?>(?:[^"\\\n\r]|\\.)*)"|' + r"'(?>(?:[^'\\\n\r]|\\.)*)'"
STRING = f"{LONG_STRING}|{SHORT_STRING}"
IRI = r'<[^<>"{}|^`\\\x00-\x20]*+>'
COMMENT = r"\#[^\r\n]*+"
VARIABLE = r"[?$]\w++"
# A full stop inside a local name is left out: whoever reads on after it sees at most one word too many.
LOCAL_NAME = r":(?:[\w:](?>(?:[\w:\-\u00b7]|\\.)*)|\\.(?>(?:[\w:\-\u00b7]|\\.)*))?"

_TOKEN = re.compile(
    rf"(?P<gap>\s++|{COMMENT})|(?P<string>{STRING})|(?P<iri>{IRI})|(?P<variable>{VARIABLE})"
    rf"|(?P<name>[\w\-.]*+{LOCAL_NAME})|(?P<run>[\w\-.]++)|(?P<mark>\\.|.)",
    re.DOTALL,
)
# What could have been the start of a name is cut here, not above: to look for a colon again from each of its pieces
# takes half a minute for a text of 64 KiB.
_PIECE = re.compile(r"(?P<word>\w++)|(?P<mark>.)")

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})


class Token(NamedTuple):
    """A piece of a query that is no white space and no comment.

    Attributes:
        kind: `string`, `iri`, `variable`, `name` (with a prefix), `word` or `mark`.
        text: the piece as it stands.
        start: where it starts.
    """

    kind: str
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """Yields the tokens of a query."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "run":
            for piece in _PIECE.finditer(text, *match.span()):
                yield Token(piece.lastgroup or "", piece[0], piece.start())
        elif match.lastgroup and match.lastgroup != "gap":
            yield Token(match.lastgroup, match[0], match.start())


def form(text: str) -> str:
    r"""Returns the first keyword after the prologue, in capitals; empty where there is none.

    >>> form("PREFIX select: <http://example.org/> # ASK\nselect * { ?s ?p ?o }")
    'SELECT'
    """
    for token in tokens(text):
        if token.kind == "word" and token.text.upper() not in {"BASE", "PREFIX"}:
            return token.text.upper()
    return ""


def prologue(text: str) -> str:
    r"""Returns what stands before the first keyword that is none of the prologue.

    >>> prologue("PREFIX a: <http://a/>\nSELECT * { }")
    'PREFIX a: <http://a/>\n'
    """
    for token in tokens(text):
        if token.kind == "word" and token.text.upper() in FORMS:
            return text[: token.start]
    return text


def is_update(text: str) -> bool:
    """Whether a text starts as a SPARQL update does."""
    return form(text) in _UPDATES


def prefixes(text: str, base: str) -> dict[str, str]:
    """Returns the namespaces that a query declares, by their prefix; relative ones are resolved against a base.

    >>> prefixes("PREFIX ks: <def#> SELECT * { ?s ?p ?o }", "https://data.example.org/")
    {'ks': 'https://data.example.org/def#'}
    """
    found: dict[str, str] = {}
    keyword = name = ""
    for token in tokens(text):
        word = token.text.upper() if token.kind == "word" else ""
        if word in FORMS:
            break
        if token.kind == "iri" and keyword == "BASE":
            base = resolved(token.text, base)
        elif token.kind == "iri" and keyword == "PREFIX" and name:
            found[name.removesuffix(":")] = resolved(token.text, base)
        if token.kind == "name":
            name = token.text
        else:
            keyword, name = word, ""
    return found


def resolved(reference: str, base: str) -> str:
    """Returns the IRI that a token of the kind `iri` stands for.

    >>> resolved("<def#>", "https://data.example.org/")
    'https://data.example.org/def#'
    """
    iri = reference[1:-1]
    # Python leaves out a fragment that is empty; a prefix may well end there.
    return urljoin(base, iri.removesuffix("#")) + "#" if iri.endswith("#") else urljoin(base, iri)


def columns(text: str, variables: Iterable[str]) -> Sequence[str]:
    """Returns the variables of an answer in the order of its columns.

    >>> columns("SELECT * { ?s ?p ?o }", ["o", "p", "s"]), columns("SELECT ?p ?o { ?s ?p ?o }", ["p", "o"])
    (['s', 'p', 'o'], ['p', 'o'])
    """
    given = list(variables)
    if _star(text) is None:
        return given
    named = dict.fromkeys(token.text[1:] for token in tokens(text) if token.kind == "variable")
    places = {name: place for place, name in enumerate(named)}
    return sorted(given, key=lambda name: places.get(name, len(places)))


def with_columns(text: str, names: Iterable[str]) -> str:
    """Returns a query that selects all with the names in the place of the star.

    >>> with_columns("SELECT DISTINCT * { ?s ?p ?o }", ["s", "p", "o"])
    'SELECT DISTINCT ?s ?p ?o { ?s ?p ?o }'
    """
    star = _star(text)
    written = " ".join(f"?{name}" for name in names)
    return text if star is None else f"{text[: star.start]}{written}{text[star.start + 1 :]}"


def _star(text: str) -> Token | None:
    """Returns the star of a query that begins with SELECT *."""
    if "*" not in text:
        return None
    words = (token for token in tokens(text) if token.kind in {"word", "mark"})
    behind = dropwhile(lambda token: token.text.upper() != "SELECT", words)
    first = next((each for each in behind if each.text.upper() not in {"SELECT", "DISTINCT", "REDUCED"}), None)
    return first if first is not None and first.text == "*" else None
