"""Turns the text of the files in `ontology/` and `shapes/` into statements under the address of a publication.

The files use relative IRIs (`@prefix ks: <def#> .`), so that they name no city; here they get the publication's base.
Reading the files is left to the caller.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from kennis_ld.graph import formats
from kennis_ld.graph.statements import Triple, published
from kennis_ld.iri import Iris

_RELATIVE = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*:)(?P<iri>[^<>\"{}|^`\\\s=]+)>")
# IRIREF of SPARQL (rule 139) without a scheme. A comparison has white space behind its "<".

_IN_DUTCH = 'sh:languageIn ( "nl" )'


@lru_cache(maxsize=16)
def definition_triples(text: str, iris: Iris) -> tuple[Triple, ...]:
    """Returns the statements of one Turtle text in the order of their N-Triples form.

    For `ontology/*.ttl`, which have no blank nodes; the order is then the same in every run. They are kept, for a build
    needs those of the same text more than once.
    """
    return published(formats.parsed(iris.shared(text).encode(), "ttl", base=iris.root))


def alias_triples(definitions: Iterable[Triple], iris: Iris) -> Iterator[Triple]:
    """Yields, of a publication that shares its terms and concepts, its own IRIs as names of the same.

    A city that published before it shared goes on to answer for them. An alias has no type of its own: nobody should
    count it. Terms are equivalent as OWL says it, concepts match exactly (SKOS, section 10).
    """
    kinds = {RDF.Property, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
    labels: dict[URIRef, list[Literal]] = {}
    same: dict[URIRef, URIRef] = {}
    for subject, predicate, value in definitions:
        if not iris.alias(subject):
            continue
        if predicate in {RDFS.label, SKOS.prefLabel} and isinstance(value, Literal):
            labels.setdefault(subject, []).append(value)
        elif predicate == RDF.type and value in {OWL.Class, RDFS.Class}:
            same[subject] = OWL.equivalentClass
        elif predicate == RDF.type and value in kinds:
            same[subject] = OWL.equivalentProperty
        elif predicate == RDF.type and value in {SKOS.Concept, SKOS.ConceptScheme}:
            same[subject] = SKOS.exactMatch
    for subject, prop in same.items():
        alias = URIRef(iris.alias(subject))
        yield alias, prop, subject
        yield alias, DCTERMS.isReplacedBy, subject
        yield from ((alias, RDFS.label, label) for label in dict.fromkeys(labels.get(subject, ())))


def shapes_graph(texts: Iterable[str], iris: Iris, language: str = "nl") -> Graph:
    """Returns all shapes as one graph. Shapes have blank nodes: a property path is a list (SHACL, section 2.3.1)."""
    graph = Graph()
    graph += formats.with_blank_nodes(shapes_text(texts, iris, language).encode(), "ttl")
    return graph


def shapes_text(texts: Iterable[str], iris: Iris, language: str = "nl") -> str:
    """Returns the texts of all shapes as one Turtle document that means the same wherever it is read.

    The shape of what is in the language of the publication gets that language.

    A relative IRI within a query is only text to a Turtle parser, and each validator resolves it in a way of its own or
    not at all; so every IRI is made absolute in the text, also within the queries.
    """
    own = " ".join(f'"{each}"' for each in dict.fromkeys((language, "nl")))
    return absolute("\n".join(texts), iris).replace(_IN_DUTCH, _IN_DUTCH.replace('"nl"', own))


def absolute(text: str, iris: Iris) -> str:
    """Returns a text in Turtle or SPARQL with every relative IRI made absolute, so that it needs no base."""
    return _RELATIVE.sub(lambda found: f"<{iris.root}{found['iri']}>", iris.shared(text))
