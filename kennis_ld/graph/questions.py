"""The saved questions and the prefixes as data, where programs that write queries look for them.

A question is a `sh:SPARQLExecutable` with its text (SHACL, section 5), as the SPARQL examples of other endpoints are; a
prefix is declared with `sh:prefix` and `sh:namespace` (SHACL, section 5.2.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import dropwhile

from rdflib import Literal, URIRef
from rdflib.namespace import FOAF, RDFS, SDO, SH, XSD

from kennis_ld.graph.definitions import absolute
from kennis_ld.graph.statements import PREFIXES, Triple, labels, types
from kennis_ld.iri import Iris
from kennis_ld.model.saved_query import SavedQuery


def question_triples(queries: Iterable[SavedQuery], iris: Iris) -> Iterator[Triple]:
    """Yields each question: what it asks in Dutch and English, the query as it can be sent, and to which endpoint."""
    for query in queries:
        subject = URIRef(iris.resource("vraag", query.name))
        # A query that answers with statements is a CONSTRUCT; others are SELECT.
        kind, prop = (SH.SPARQLSelectExecutable, SH.select) if query.columns else (_CONSTRUCT, SH.construct)
        yield from types(subject, SH.SPARQLExecutable, kind)
        yield from labels(subject, RDFS.label, nl=query.title_nl, en=query.title_en)
        nl, en = (" ".join(filter(None, texts)) for texts in _comments(query))
        yield from labels(subject, RDFS.comment, nl=nl, en=en)
        yield subject, prop, Literal(absolute(_without_header(query.text), iris))
        yield subject, SDO.target, URIRef(iris.endpoint)
        yield subject, FOAF.page, URIRef(iris.question_page(query.name))


def prefix_triples(iris: Iris) -> Iterator[Triple]:
    """Yields the prefixes of the data, of its own ontology too."""
    for prefix, namespace in sorted({"ks": iris.terms, **PREFIXES}.items()):
        subject = URIRef(iris.resource("prefix", prefix))
        yield URIRef(iris.ontology), SH.declare, subject
        yield from types(subject, SH.PrefixDeclaration)
        yield subject, SH.prefix, Literal(prefix)
        yield subject, SH.namespace, Literal(namespace, datatype=XSD.anyURI)


_CONSTRUCT = SH.SPARQLConstructExecutable


def _comments(query: SavedQuery) -> tuple[tuple[str, str], tuple[str, str]]:
    return (query.title_nl, query.explanation_nl), (query.title_en, query.explanation_en)


def _without_header(text: str) -> str:
    return "\n".join(dropwhile(lambda line: line.startswith("#"), text.strip().split("\n")))
