"""Random damage to small parts of the two cities, to compare what two ways of validating say of it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import FOAF, RDF, XSD
from rdflib.term import Node

from kennis_ld.iri import Iris

GOLDEN = Path(__file__).parents[1] / "golden"
CITIES = {"leiden.nt": Iris("http://localhost:8000"), "zandwijk.nt": Iris("http://localhost:8000")}
"""The cities by the file that has their statements, with the IRIs that they have."""

_OWN = ("project", "agendapunt", "deelname")
_TEXTS = ("", " ", "\n", "x", "1", "1a", "true", "2024-02-30", "2024-02-29", "9", "10", 'een "woord" \\ en meer', "é")
_TAGS = (None, None, "nl", "en", "nl-BE", "NL")
_DATATYPES = (XSD.string, XSD.integer, XSD.boolean, XSD.date, XSD.gYear, XSD.gYearMonth, XSD.decimal)


@cache
def _city(file: str) -> Graph:
    return Graph().parse(GOLDEN / file, format="nt")


@cache
def _pool(file: str) -> tuple[Sequence[URIRef], Sequence[Node], Sequence[Node]]:
    """The properties, objects and subjects of a city, sorted so that the same seed gives the same damage."""
    city = _city(file)
    return (
        sorted(set(city.predicates()), key=str),  # type: ignore[arg-type]
        sorted({node for node in city.objects() if isinstance(node, URIRef)}, key=str),
        sorted(set(city.subjects()), key=str),
    )


def damaged(file: str, seed: int) -> Graph:
    """Returns a few projects of a city, with all that they refer to, damaged in one to four places."""
    chance = random.Random(seed)
    graph = _part(file, chance)
    statements = sorted(graph, key=lambda triple: [str(term) for term in triple])
    for _ in range(chance.randint(1, 4)):
        subject, predicate, value = chance.choice(statements)
        predicates, objects, subjects = _pool(file)
        match chance.randrange(8):
            case 0:
                graph.remove((subject, predicate, value))
            case 1:
                graph.remove((subject, predicate, value))
                graph.add((subject, predicate, _other(value, objects, chance)))
            case 2:
                graph.add((subject, predicate, _other(value, objects, chance)))
            case 3:
                graph.add((subject, chance.choice(predicates), _other(value, objects, chance)))
            case 4:
                graph.remove((subject, predicate, value))
                graph.add((chance.choice(subjects), predicate, value))
            case 5 if not isinstance(value, Literal):
                graph.add((value, predicate, subject))
            case 6:
                graph.remove((subject, None, None))
            case _:
                graph.add((subject, RDF.type, chance.choice([FOAF.Person, *map(URIRef, objects)])))
    return graph


def _part(file: str, chance: random.Random) -> Graph:
    city, base = _city(file), CITIES[file].base
    projects = sorted({str(node) for node in city.subjects() if str(node).startswith(f"{base}/id/project/")})
    kept = {iri.rpartition("/")[2] for iri in chance.sample(projects, 3)}

    def stays(node: Node) -> bool:
        concept, _, reference = str(node).removeprefix(f"{base}/id/").partition("/")
        return concept not in _OWN or not kept.isdisjoint(reference.split("--"))

    graph = Graph()
    for triple in city:
        if stays(triple[0]) and (isinstance(triple[2], Literal) or stays(triple[2])):
            graph.add(triple)
    used = set(graph.objects())
    for node in sorted(set(graph.subjects()), key=str):
        if str(node).startswith(f"{base}/id/organisatie/") and node not in used and chance.random() < 0.9:
            graph.remove((node, None, None))
    return graph


def _other(value: Node, objects: Sequence[Node], chance: random.Random) -> Node:
    if chance.random() < 0.03:
        return BNode()
    if chance.random() < (0.3 if isinstance(value, Literal) else 0.8):
        return chance.choice(objects)
    text = chance.choice((*_TEXTS, str(value)))
    if chance.random() < 0.5:
        return Literal(text, lang=chance.choice(_TAGS))
    return Literal(text, datatype=chance.choice(_DATATYPES))
