"""The columns of `SELECT *`: in the order in which the query names them first, for an engine may give them in any."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import dropwhile

from kennis_ld.engine.tokens import Token, tokens


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
