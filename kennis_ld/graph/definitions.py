"""Turns the text of the files in `ontology/` and `shapes/` into statements under the address of a publication.

The files use relative IRIs (`@prefix ks: <def#> .`), so that they name no city; here they get the publication's base.
Reading the files is left to the caller.
"""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Graph, Literal
from rdflib.namespace import SH

from kennis_ld.graph.statements import Triple, published
from kennis_ld.iri import Iris


def definition_triples(text: str, iris: Iris) -> tuple[Triple, ...]:
    """Returns the statements of one Turtle text in the order of their N-Triples form.

    For `ontology/*.ttl`, which have no blank nodes; the order is then the same in every run.
    """
    return published(_parsed(text, iris))


def shapes_graph(texts: Iterable[str], iris: Iris) -> Graph:
    """Returns all shapes as one graph, with every SPARQL constraint made absolute.

    A relative IRI within a query is only text to a Turtle parser, so each query gets the base in its own prologue
    (SPARQL 1.1, section 4.1.1.2). Shapes have blank nodes: a property path is a list (SHACL, section 2.3.1).
    """
    shapes = Graph()
    for text in texts:
        shapes += _parsed(text, iris)
    for constraint, query in list(shapes.subject_objects(SH.select)):
        shapes.set((constraint, SH.select, Literal(f"BASE <{iris.root}>\n{query}")))
    return shapes


def shapes_text(texts: Iterable[str], iris: Iris) -> str:
    """Returns the texts of all shapes as one Turtle document that resolves against the base by itself.

    Shapes have blank nodes, so they are published as they were written and not as statements. A relative IRI in a
    query is left as it is written; `sh:select` is run with the base as its prologue.
    """
    return "\n".join([f"@base <{iris.root}> .\n", *texts])


def _parsed(text: str, iris: Iris) -> Graph:
    return Graph().parse(data=text, format="turtle", publicID=iris.root)
