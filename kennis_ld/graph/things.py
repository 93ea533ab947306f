"""Things as values: a subject with what is said about it, every term as N-Triples writes it.

Entries and who takes part are nearly all that there is, so they are mapped to these: a text is compared, sorted and
written many times faster than an object is. A thing may come in parts, which together are what is said about it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import TypeAlias

from rdflib import namespace
from rdflib.namespace import XSD

from kennis_ld.graph import formats
from kennis_ld.graph.formats import Statement
from kennis_ld.graph.statements import Triple

Pair: TypeAlias = tuple[str, str]
"""A property and its value."""

Thing: TypeAlias = tuple[str, Sequence[Pair]]
"""A subject, and what is said about it."""


class Terms:
    """The terms of a vocabulary; one that it does not have is an error, as it is with rdflib."""

    def __init__(self, vocabulary: object) -> None:
        self._vocabulary = vocabulary

    def __getattr__(self, name: str) -> str:
        term = self.__dict__[name] = link(str(getattr(self._vocabulary, name)))
        return term


@lru_cache(maxsize=32_768)
def link(iri: str) -> str:
    """Returns an IRI.

    Raises:
        ValueError: it is none.
    """
    return formats.iri(iri)


def minted(iri: str) -> str:
    """Returns an IRI that `kennis_ld.iri` minted, which is one without looking."""
    return f"<{iri}>"


@lru_cache(maxsize=16_384)
def text(value: str, language: str) -> str:
    """Returns a text in a language.

    Raises:
        ValueError: it holds a character that XML cannot write.
    """
    if _is_plain(value):
        return f'"{value}"{_tag(language)}'
    return formats.literal(formats.xml_text(value), language=language)


def texts(prop: str, values: Iterable[str], language: str) -> Iterator[Pair]:
    """Yields a property with each text that is not empty: a missing value is no statement."""
    for value in values:
        if value:
            yield prop, text(value, language)


def plain(value: str) -> str:
    """Returns a text without a language.

    Raises:
        ValueError: it holds a character that XML cannot write.
    """
    return f'"{value}"' if _is_plain(value) else formats.literal(formats.xml_text(value))


def number(value: int) -> str:
    """Returns a whole number."""
    return f'"{value}"{_INTEGER}'


def things(triples: Iterable[Triple]) -> Sequence[Thing]:
    """Returns what triples say.

    Raises:
        ValueError: an IRI is not one, or a text holds a character that XML cannot write.
    """
    return [*together((subject, ((prop, value),)) for subject, prop, value in formats.statements(triples)).items()]


def together(parts: Iterable[Thing]) -> Mapping[str, Sequence[Pair]]:
    """Returns all that is said about each thing, of which there may be many parts."""
    found: defaultdict[str, list[Pair]] = defaultdict(list)
    for subject, said in parts:
        found[subject] += said
    return found


def statements_of(parts: Iterable[Thing]) -> Iterator[Statement]:
    """Yields each statement."""
    return ((subject, prop, value) for subject, pairs in parts for prop, value in pairs)


def quads(
    found: Iterable[Thing], always: Iterable[Thing], *, current: bool, graph: str | None
) -> Iterator[tuple[str, str]]:
    """Yields the lines of N-Quads about each subject, sorted: those of the default graph, and those of both graphs.

    Args:
        found: what stands in a named graph.
        always: what stands in the default graph.
        current: whether what stands in the named graph stands in the default graph too.
        graph: IRI of the named graph; None where there is none.
    """
    named, unnamed = together(found), together(always)
    end = f" <{graph}> .\n"
    for subject in sorted({*named, *unnamed}):
        here = set(named.get(subject, ()))
        default = {*unnamed.get(subject, ()), *(here if current else ())}
        lines: list[str] = []
        both: list[str] = []
        # A value that another one begins with ends where that one goes on, so lines have the order of their pairs.
        for pair in sorted(default | here):
            line = f"{subject} {pair[0]} {pair[1]}"
            if pair in default:
                lines.append(f"{line} .\n")
                both.append(f"{line} .\n")
            if graph and pair in here:
                both.append(line + end)
        yield "".join(lines), "".join(both)


def _is_plain(value: str) -> bool:
    """Whether a text is written as it stands."""
    return value.isprintable() and '"' not in value and "\\" not in value


@cache
def _tag(language: str) -> str:
    return formats.literal("", language=language)[2:]


_INTEGER = f"^^<{XSD.integer}>"

DCTERMS = Terms(namespace.DCTERMS)
ORG = Terms(namespace.ORG)
PROV = Terms(namespace.PROV)
RDF = Terms(namespace.RDF)
RDFS = Terms(namespace.RDFS)
SDO = Terms(namespace.SDO)
