"""Makes texts that try to have another server called: SERVICE, FROM, FROM NAMED and LOAD, whole and disguised.

The groups come from `sparql_texts`; around them stand all forms of query, data sets, updates and prologues, and over
all of it go mutations: other capitals, escapes, comments, odd white space, a piece of another text in the middle.
"""

from __future__ import annotations

import random
import re

from tests.engine.sparql_texts import TARGET, group, prologue

_DATASETS = (
    "",
    "",
    "FROM <T>",
    "FROM NAMED <T>",
    "from<T>FROM named<T>",
    "FROM#c\n<T>",
    "FROM NAMED e:x FROM service:y",
    "FROM <file:///etc/passwd>",
)
_FORMS = (
    "SELECT*D{G}",
    "SELECT * D WHERE { G }",
    "SELECT DISTINCT ?s D{G}ORDER BY ?s",
    "SELECT(COUNT(*)AS?n)D{G}",
    "SELECT*D{{G}UNION{G}}",
    "SELECT*D{{SELECT*{G}}}",
    "SELECT*D{OPTIONAL{G}MINUS{G}}",
    "SELECT*D{GRAPH<T>{G}}",
    "SELECT*D{FILTER NOT EXISTS{G}}",
    "SELECT(EXISTS{G}AS?x)D{}",
    "SELECT*D{}VALUES?s{<T>}",
    "ASK D{G}",
    "CONSTRUCT{?s ?p ?o}D{G}",
    "CONSTRUCT D WHERE{?s ?p ?o}",
    "DESCRIBE <T> ?s D{G}",
    "DESCRIBE <T>",
    "BASE <T> SELECT*D{G}",
    "LOAD <T>",
    "LOAD SILENT <T> INTO GRAPH <T>",
    "SELECT*D{G};LOAD <T>",
    "SELECT*D{G}\nLOAD <T>",
    "INSERT DATA{<T> <T> <T>};LOAD <T>",
    "INSERT{?s ?p ?o}WHERE{G}",
    "DELETE WHERE{G}",
)
_SPACES = ("\t", "\n", "\r", "\r\n", " \f", "\v", "\u00a0", "\u2028", "\ufeff", "\u3000", "#c\n", "#'\r", "#<>\n", "")
_WORD = re.compile("service|from|named|load|silent", re.IGNORECASE)


def text(chance: random.Random, target: str = TARGET) -> str:
    """Returns a text that may be a query, an update, or nothing.

    Args:
        chance: decides.
        target: the address that is to be called.
    """
    query = prologue(target) + _filled(chance, target)
    for _ in range(chance.choice((0, 0, 0, 1, 1, 2))):
        query = chance.choice((_capitals, _escaped, _spaced, _quoted, _spliced))(chance, query, target)
    return query


def _filled(chance: random.Random, target: str) -> str:
    form = chance.choice(_FORMS).replace("D", chance.choice(_DATASETS), 1) if chance.random() < 0.6 else "SELECT*{G}"
    while "{G}" in form or "{ G }" in form:
        form = re.sub(r"\{ ?G ?\}", lambda _: f"{{{group(chance, target)}}}", form, count=1)
    return form.replace("<T", f"<{target}")


def _capitals(chance: random.Random, query: str, _: str) -> str:
    return _WORD.sub(lambda word: "".join(chance.choice((each.upper(), each.lower())) for each in word[0]), query)


def _escaped(chance: random.Random, query: str, _: str) -> str:
    """Writes some of the characters of a word, or of anything, as escapes."""
    words = list(_WORD.finditer(query))
    start, end = chance.choice(words).span() if words else (0, len(query))
    place = chance.randrange(start, end)
    escape = chance.choice(("\\u{:04x}", "\\u{:04X}", "\\U{:08x}", "%{:02x}", "\\x{:02x}", "&#{};"))
    return query[:place] + escape.format(ord(query[place])) + query[place + 1 :]


def _spaced(chance: random.Random, query: str, _: str) -> str:
    places = [each.start() for each in re.finditer(r"[ {}<]", query)]
    place = chance.choice(places)
    return query[:place] + chance.choice(_SPACES) + query[place + (query[place] == " ") :]


def _quoted(chance: random.Random, query: str, _: str) -> str:
    """Puts a sign in front of a word that could make the rest a string, an IRI, a comment or a name, and one behind."""
    words = list(_WORD.finditer(query))
    if not words:
        return query
    word = chance.choice(words)
    before, after = chance.choice(
        (("'", "'"), ('"', '"'), ("'''", ""), ('"""', '"'), ("<", ">"), ("#", "\n"), ("\\", ""), (":", ""), ("?", ""))
    )
    return query[: word.start()] + before + word[0] + after + query[word.end() :]


def _spliced(chance: random.Random, query: str, target: str) -> str:
    other = _filled(chance, target)
    place = chance.randint(0, len(query))
    return query[:place] + other[chance.randint(0, len(other)) :] + query[place:]
