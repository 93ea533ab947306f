"""Writes statements as compact JSON-LD with its context inside (JSON-LD 1.1): `@type`, and names with prefixes.

In go lines of N-Triples as pyoxigraph writes them, those of one subject together; out comes JSON, a node object a line.
The text of a literal is the same in N-Triples as in JSON, escapes included, so it is copied and not read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NODE = r"<[^>]*>|_:\S+"
_LINE = re.compile(
    rf'(?P<subject>{_NODE}) <(?P<predicate>[^>]*)> (?:(?P<node>{_NODE})|(?P<text>"(?:[^"\\]|\\.)*")'
    rf"(?:@(?P<language>[A-Za-z0-9-]+)|\^\^<(?P<datatype>[^>]*)>)?)(?: (?P<graph>{_NODE}))? \.\s*"
)
_string = json.JSONEncoder(ensure_ascii=False).encode
_PREFIX = re.compile("[A-Za-z][A-Za-z0-9_.-]*")
# JSON-LD 1.1, section 4.1.5: only a namespace that ends so can be a prefix in the short form of a context.
_ENDS = (":", "/", "?", "#", "[", "]", "@")
_NATIVE = {f"{_XSD}boolean": re.compile('"(true|false)"'), f"{_XSD}integer": re.compile('"(0|-?[1-9][0-9]{0,14})"')}


def document(lines: Iterable[str], prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yields the text of a document with the statements of the default graph.

    Args:
        lines: N-Triples or N-Quads, each with or without its line end; those of one subject stand together.
        prefixes: namespaces by their prefix; one that could be misread is passed over.

    Raises:
        ValueError: a line is no statement that JSON-LD can hold.
    """
    names = _Names(prefixes)
    found = (parts for parts in map(_parts, lines) if not parts[-1])
    yield f'{{"@context":{json.dumps(names.context, ensure_ascii=False)},\n"@graph":['
    before = "\n"
    for subject, statements in groupby(found, key=itemgetter(0)):
        yield before + names.node(subject, statements)
        before = ",\n"
    yield "\n]}\n"


def small_document(lines: Iterable[str], prefixes: Mapping[str, str]) -> bytes:
    """Returns a document of statements in any order, with the prefixes that it needs; for what fits in memory."""
    grouped: dict[str, list[str]] = {}
    for line in lines:
        if line:
            grouped.setdefault(line.partition(" ")[0], []).append(line)
    text = "".join(line for group in grouped.values() for line in group)
    # An IRI such as <schema:x> would be read as a name with a prefix.
    used = {name: start for name, start in prefixes.items() if f"<{start}" in text and f"<{name}:" not in text}
    return "".join(document((line for group in grouped.values() for line in group), used)).encode()


def _parts(line: str) -> tuple[str, ...]:
    """Returns the groups of `_LINE`, empty where there is no such thing."""
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError(f"not a statement that JSON-LD can hold: {line!r}")
    return found.groups("")


class _Names:
    """Names of IRIs in one document."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        known = {name: start for name, start in prefixes.items() if _PREFIX.fullmatch(name) and start.endswith(_ENDS)}
        self.context = dict(sorted(known.items()))
        # Of one namespace the first prefix counts; the longest comes first, so that a name is as short as it can be.
        self._prefix = {start: name for name, start in sorted(known.items(), reverse=True)}
        starts = "|".join(map(re.escape, sorted(self._prefix, key=lambda start: (-len(start), start))))
        self._start = re.compile(rf"({starts})(?!//)(?=.)" if starts else "(?!)", re.DOTALL)
        self._iri = lru_cache(maxsize=16_384)(self._named)

    def node(self, subject: str, statements: Iterable[Sequence[str]]) -> str:
        """Returns the node object of a subject, of statements in parts."""
        values: dict[str, list[str]] = {}
        for _, predicate, node, text, language, datatype, _ in statements:
            if predicate == _TYPE and node:
                values.setdefault('"@type"', []).append(self._name(node))
                continue
            value = f'{{"@id":{self._name(node)}}}' if node else self._literal(text, language, datatype)
            values.setdefault(self._iri(predicate), []).append(value)
        members = (
            f"{name}:{found[0] if len(found) == 1 else '[' + ','.join(found) + ']'}" for name, found in values.items()
        )
        return f'{{"@id":{self._name(subject)},{",".join(members)}}}'

    def _literal(self, text: str, language: str, datatype: str) -> str:
        if language:
            language, _, direction = language.partition("--")
            extra = f',"@direction":"{direction}"' if direction else ""
            return f'{{"@language":"{language}","@value":{text}{extra}}}'
        if not datatype:
            return text
        if (native := _NATIVE.get(datatype)) and (found := native.fullmatch(text)):
            return found[1]
        return f'{{"@type":{self._iri(datatype)},"@value":{text}}}'

    def _name(self, node: str) -> str:
        return f'"{node}"' if node.startswith("_:") else self._iri(node[1:-1])

    def _named(self, iri: str) -> str:
        """Returns an IRI as a JSON string, with a prefix where there is one."""
        found = self._start.match(iri)
        return _string(f"{self._prefix[found[1]]}:{iri[found.end() :]}" if found else iri)
