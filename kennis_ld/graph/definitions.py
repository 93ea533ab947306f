"""Turns the text of the files in `ontology/` and `shapes/` into statements under the address of a publication.

The files use relative IRIs (`@prefix ks: <def#> .`), so that they name no city; here they get the publication's base.
Reading the files is left to the caller.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rdflib import Graph

from kennis_ld.graph.statements import Triple, published
from kennis_ld.iri import Iris

_RELATIVE = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*:)(?P<iri>[^<>\"{}|^`\\\s=]+)>")
# IRIREF of SPARQL (rule 139) without a scheme. A comparison has white space behind its "<".


@lru_cache(maxsize=16)
def definition_triples(text: str, iris: Iris) -> tuple[Triple, ...]:
    """Returns the statements of one Turtle text in the order of their N-Triples form.

    For `ontology/*.ttl`, which have no blank nodes; the order is then the same in every run. They are kept, for a build
    needs those of the same text more than once.
    """
    return published(_parsed(text, iris))


def shapes_graph(texts: Iterable[str], iris: Iris) -> Graph:
    """Returns all shapes as one graph. Shapes have blank nodes: a property path is a list (SHACL, section 2.3.1)."""
    return Graph().parse(data=shapes_text(texts, iris), format="turtle")


def shapes_text(texts: Iterable[str], iris: Iris) -> str:
    """Returns the texts of all shapes as one Turtle document that means the same wherever it is read.

    A relative IRI within a query is only text to a Turtle parser, and each validator resolves it in a way of its own or
    not at all; so every IRI is made absolute in the text, also within the queries.
    """
    return absolute("\n".join(texts), iris)


def absolute(text: str, iris: Iris) -> str:
    """Returns a text in Turtle or SPARQL with every relative IRI made absolute, so that it needs no base."""
    return _RELATIVE.sub(lambda found: f"<{iris.root}{found['iri']}>", text)


def _parsed(text: str, iris: Iris) -> Graph:
    return Graph().parse(data=text, format="turtle", publicID=iris.root)
