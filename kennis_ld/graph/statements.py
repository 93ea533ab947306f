"""RDF statements as values: what a triple is, and the few ways in which our literals are made.

Statements are yielded, never collected in a graph of everything: 200,000 entries are some ten million triples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import TypeAlias

from rdflib import Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, VOID, XSD
from rdflib.term import Node

from kennis_ld.vocabulary import ADMS, DCATAP, SPDX, VCARD

Triple: TypeAlias = tuple[URIRef, URIRef, URIRef | Literal]

PREFIXES = {
    "adms": str(ADMS),
    "dcat": str(DCAT),
    "dcatap": str(DCATAP),
    "dct": str(DCTERMS),
    "dqv": "http://www.w3.org/ns/dqv#",
    "foaf": str(FOAF),
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SDO),
    "sh": str(SH),
    "skos": str(SKOS),
    "spdx": str(SPDX),
    "vcard": str(VCARD),
    "void": str(VOID),
    "xsd": str(XSD),
}
"""The prefixes of published data; `ks` is added with the base of the publication."""


def published(statements: Iterable[tuple[Node, Node, Node]]) -> tuple[Triple, ...]:
    """Returns statements that can be published, sorted as N-Triples are.

    Raises:
        ValueError: a statement has a blank node.
    """
    return tuple(sorted({triple(*each) for each in statements}, key=lambda each: tuple(term.n3() for term in each)))


def triple(subject: Node, predicate: Node, value: Node) -> Triple:
    """Returns a statement.

    Raises:
        ValueError: it has a blank node.
    """
    if isinstance(subject, URIRef) and isinstance(predicate, URIRef) and isinstance(value, URIRef | Literal):
        return subject, predicate, value
    raise ValueError(f"blank node: {subject} {predicate} {value}")


def belongs(document: URIRef, dataset: str, licence: str) -> Iterator[Triple]:
    """Yields of which dataset a document is a part (VoID, section 7.1), and under which licence; both by IRI."""
    yield document, VOID.inDataset, URIRef(dataset)
    yield document, DCTERMS.license, URIRef(licence)


def alike(subject: URIRef, value: URIRef | Literal, *props: URIRef) -> Iterator[Triple]:
    """Yields one value with each property: vocabularies have properties that say the same."""
    return ((subject, prop, value) for prop in props)


def types(subject: URIRef, *classes: URIRef) -> Iterator[Triple]:
    """Yields what a thing is."""
    for cls in classes:
        yield subject, RDF.type, cls


@lru_cache(maxsize=16_384)
def text(value: str, language: str) -> Literal:
    """Returns a text in a language."""
    return Literal(value, lang=language)


def texts(subject: URIRef, prop: URIRef, values: Iterable[str], language: str) -> Iterator[Triple]:
    """Yields one statement for each value that is not empty: a missing value is no triple."""
    for value in values:
        if value:
            yield subject, prop, text(value, language)


def labels(subject: URIRef, *props: URIRef, **by_language: str) -> Iterator[Triple]:
    """Yields a text in each language in which there is one, with each property."""
    for prop in props:
        for language, value in by_language.items():
            yield from texts(subject, prop, (value,), language)


def amount(value: Decimal) -> Literal:
    """Returns a decimal number in its canonical form, which has a stop: "180000.0" (XSD 1.0, section 3.2.3.2)."""
    whole, _, part = f"{value:f}".partition(".")
    return Literal(f"{whole}.{part.rstrip('0') or '0'}", datatype=XSD.decimal)


@lru_cache(maxsize=16_384)
def number(value: int) -> Literal:
    """Returns a whole number."""
    return Literal(str(value), datatype=XSD.integer)


def day(value: date) -> Literal:
    """Returns a date."""
    return Literal(value.isoformat(), datatype=XSD.date)


def when(value: str) -> Literal:
    """Returns a year, a month or a day, by its length (DCAT-AP-NL 3.0, TemporalLiteral)."""
    kinds = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
    return Literal(value, datatype=kinds[len(value)])


@cache
def truth(value: bool) -> Literal:
    """Returns true or false."""
    return Literal("true" if value else "false", datatype=XSD.boolean)
