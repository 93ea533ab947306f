"""Makes texts that are almost SPARQL around the word SERVICE; the engine's own parser tells what the word is there."""

from __future__ import annotations

import random
import re

import pyoxigraph as ox

TARGET = "http://127.0.0.1:1/"
"""An address that the engine refuses at once, so a call that does happen costs no time."""

_PIECES = (
    "?s ?p ?o",
    "?s e:service ?o",
    "?service ?p ?o",
    "service:a e:b e:c",
    "?s e:a\\# ?o",
    "?s e:a\\' ?o",
    "?s e:a\\, 1",
    "e:SERVICE e:a.SERVICE :SERVICE",
    "?s ?p <http://127.0.0.1:1/it's>",
    "?s ?p <http://127.0.0.1:1/SERVICE#a>",
    "?s ?p 'SERVICE <a:b> {'",
    '?s ?p """a "SERVICE <a:b> {" b"""',
    '?s ?p "\\"SERVICE <a:b> {"',
    '?s ?p "\\\\"',
    "?s ?p '''it's'''@en",
    "?s ?p 1.5",
    "?s <T\\u0041'> ?o",
    "?s <T\\U00000023#'> ?o",
    '?s ?p "\\u0022"',
    "?s ?p 'z',\"y\"",
    "?s ?p '\\u0027'",
    "?s\ufeff e:a\u1680 ?o",
    "?s a e:x",
    "_:a ?p ''",
    "FILTER(?o<'x>')",
    "FILTER(?o<?s)",
    "FILTER(1<2&&3>2)",
    'FILTER(?o<"a>"||?s>"b")',
    "FILTER(?s!=<http://127.0.0.1:1/>)",
    "BIND(1AS ?x1)",
    "BIND(('a')AS?x2)",
    "VALUES ?v {1 true 'a' <a:b>}",
    'VALUES ?w {"""b"}',
    "VALUES ?w {''}",
    "OPTIONAL{?s ?p ?o}",
    "MINUS{?s ?p 1}",
    "{SELECT*{}}",
    "GRAPH ?service {?s ?p ?o}",
    "#c SERVICE <a:b> {\n",
    "# it's\r",
    "#>\n",
)
_CALLS = (
    "SERVICE <T> {?a ?b ?c}",
    "SERVICE<T>{}",
    "service?s{?a ?b ?c}",
    "SERVICE SILENT <T> {}",
    "SERVICESILENT<T>{}",
    "SeRvIcE#c\n<T>#{\r{}",
    "SERVICE:x{}",
    "SERVICE e:a\\#b{}",
    "SERVICE service:x {}",
    "SERVICE SILENT:x{}",
    "SERVICE$service{}",
    "SERVICE ?s\ufeff{}",
    "SERVICE e:a\u1680{}",
    "SERVICE SILENT<T\u3000>{}",
    "OPTIONAL{SERVICE <T> {}}",
    "FILTER EXISTS{SERVICE <T>{}}",
)
_GLUE = ("", "", " ", ".", " . ", "\n", "\t", "\r", "#c\n", "#'\n", '#"\r', "#<\n")
_NOISE = (
    "'",
    '"',
    "<",
    ">",
    "\\",
    "#",
    "{",
    "}",
    "?",
    ":",
    "1",
    "true",
    "e:",
    " ",
    "\n",
    "'''",
    '"""',
    ".",
    "-",
    "@en",
)


def text(chance: random.Random) -> str:
    """Returns a query, or what was nearly one."""
    return f"{prologue()}SELECT*{{{group(chance)}}}"


def prologue(target: str = TARGET) -> str:
    """Returns the prefixes that a group needs."""
    return f"PREFIX e: <{target}> PREFIX : <{target}> PREFIX service: <{target}> "


def group(chance: random.Random, target: str = TARGET) -> str:
    """Returns what stands between the braces of a query, or what nearly could.

    Args:
        chance: decides.
        target: the address that is called.
    """
    parts = []
    for _ in range(chance.randint(1, 5)):
        parts.append(chance.choice(_CALLS if chance.random() < 0.3 else _PIECES).replace("<T", f"<{target}"))
        parts.append(chance.choice(_GLUE))
    body = "".join(parts)
    for _ in range(chance.choice((0, 0, 1, 2))):
        place = chance.randint(0, len(body))
        body = body[:place] + chance.choice(_NOISE) + body[place + chance.randint(0, 1) :]
    return body


def is_query(store: ox.Store, query: str) -> bool:
    """Whether the engine takes the text."""
    try:
        store.query(query)
    except SyntaxError:
        return False
    except (RuntimeError, OSError):
        # It was read, and cannot be evaluated: it calls a function that nobody has, or an address that is refused.
        return True
    return True


def has_keyword(store: ox.Store, query: str) -> bool:
    """Whether SERVICE is a keyword in a query: a text in which the word is spelt wrong is no query any more."""
    misspelt = re.sub("service", "serxice", query, flags=re.IGNORECASE)
    return is_query(store, query) and not is_query(store, misspelt)
