"""Writes statements as compact JSON-LD with its context inside (JSON-LD 1.1): `@type`, and names with prefixes.

In go lines of N-Triples as pyoxigraph writes them, those of one subject together; out comes JSON, a node object a line.
The text of a literal is the same in N-Triples as in JSON, escapes included, so it is copied and not read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NODE = r"<[^>]*>|_:\S+"
_LINE = re.compile(
    rf'(?P<subject>{_NODE}) <(?P<predicate>[^>]*)> (?:(?P<node>{_NODE})|(?P<text>"(?:[^"\\]|\\.)*")'
    rf"(?:@(?P<language>[A-Za-z0-9-]+)|\^\^<(?P<datatype>[^>]*)>)?)(?: (?P<graph>{_NODE}))? \.\s*"
)
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
    found = (match for match in map(_matched, lines) if not match["graph"])
    yield f'{{"@context":{json.dumps(names.context, ensure_ascii=False)},\n"@graph":['
    before = "\n"
    for subject, statements in groupby(found, key=lambda match: match["subject"]):
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


def _matched(line: str) -> re.Match[str]:
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError(f"not a statement that JSON-LD can hold: {line!r}")
    return found


class _Names:
    """Names of IRIs in one document."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        known = {name: start for name, start in prefixes.items() if _PREFIX.fullmatch(name) and start.endswith(_ENDS)}
        self.context = dict(sorted(known.items()))
        # The longest namespace first, so that a name is as short as it can be.
        self._starts = sorted(((start, name) for name, start in known.items()), key=lambda each: (-len(each[0]), each))
        self._short: dict[str, str] = {}

    def node(self, subject: str, statements: Iterable[re.Match[str]]) -> str:
        """Returns the node object of a subject."""
        values: dict[str, list[str]] = {}
        for match in statements:
            predicate, node = match["predicate"], match["node"]
            if predicate == _TYPE and node:
                values.setdefault('"@type"', []).append(self._name(node))
                continue
            value = f'{{"@id":{self._name(node)}}}' if node else self._literal(match)
            values.setdefault(self._iri(predicate), []).append(value)
        members = (
            f"{name}:{found[0] if len(found) == 1 else '[' + ','.join(found) + ']'}" for name, found in values.items()
        )
        return f'{{"@id":{self._name(subject)},{",".join(members)}}}'

    def _literal(self, match: re.Match[str]) -> str:
        text, language, datatype = match["text"], match["language"], match["datatype"]
        if language:
            language, _, direction = language.partition("--")
            extra = f',"@direction":"{direction}"' if direction else ""
            return f'{{"@language":"{language}","@value":{text}{extra}}}'
        if datatype is None:
            return str(text)
        if (native := _NATIVE.get(datatype)) and (found := native.fullmatch(text)):
            return found[1]
        return f'{{"@type":{self._iri(datatype)},"@value":{text}}}'

    def _name(self, node: str) -> str:
        return f'"{node}"' if node.startswith("_:") else self._iri(node[1:-1])

    def _iri(self, iri: str) -> str:
        """Returns an IRI as a JSON string, with a prefix where there is one."""
        short = self._short.get(iri)
        if short is None:
            short = json.dumps(next(self._shortened(iri), iri), ensure_ascii=False)
            if len(self._short) < 10_000:
                self._short[iri] = short
        return short

    def _shortened(self, iri: str) -> Iterator[str]:
        for start, name in self._starts:
            if iri.startswith(start) and len(iri) > len(start) and not iri[len(start) :].startswith("//"):
                yield f"{name}:{iri[len(start) :]}"
