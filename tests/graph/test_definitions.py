"""The ontology, the concepts and the shapes under the address of a publication."""

from __future__ import annotations

import re

import pytest
from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.compare import to_isomorphic
from rdflib.namespace import SH, SKOS

from kennis_ld.graph.definitions import definition_triples, shapes_graph, shapes_text
from kennis_ld.iri import Iris
from kennis_ld.publication.bundled import bundled

IRIS = Iris("https://stad.example/kennis")
ROOT = "https://stad.example/kennis/"
SHAPE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ks: <def#> .
<def/shapes#een> a sh:NodeShape ; sh:targetClass ks:Project ;
    sh:sparql [ sh:select "SELECT $this WHERE { $this a <def#Project> }" ] .
"""


def test_definitions_stand_under_the_base() -> None:
    """Relative IRIs get the address of the city; the statements are sorted and said once."""
    text = "<def#b> a <def#X> . <def#a> a <def#X> . <def#a> a <def#X> ."
    one, two = (URIRef(f"{ROOT}def#{name}") for name in "ab")
    cls = URIRef(f"{ROOT}def#X")
    assert ((one, RDF.type, cls), (two, RDF.type, cls)) == definition_triples(text, IRIS)


def test_blank_nodes_are_refused() -> None:
    """The ontology is published as statements, so it has no blank nodes."""
    with pytest.raises(ValueError, match="blank node"):
        definition_triples("<def#a> <def#b> [] .", IRIS)


def test_queries_of_shapes_are_absolute() -> None:
    """A relative IRI in a query of a shape is resolved like one around it; all texts become one graph."""
    graph = shapes_graph([SHAPE, "<def/shapes#twee> a <http://www.w3.org/ns/shacl#NodeShape> ."], IRIS)
    assert {URIRef(f"{ROOT}def/shapes#{name}") for name in ("een", "twee")} == set(
        graph.subjects(RDF.type, SH.NodeShape)
    )
    assert [Literal(f"SELECT $this WHERE {{ $this a <{ROOT}def#Project> }}")] == list(graph.objects(None, SH.select))
    assert [URIRef(f"{ROOT}def#Project")] == list(graph.objects(None, SH.targetClass))


def test_the_shapes_as_one_text_mean_the_same_anywhere() -> None:
    """The published text is what was written with absolute IRIs, so no reader needs to know where it came from."""
    written = [path.read_text(encoding="utf-8") for path in sorted(bundled("shapes").glob("*.ttl"))]
    text = shapes_text(written, IRIS)
    assert [] == re.findall(r"<(?!https?:)[A-Za-z/#][^<>\s]*>", text)
    # So whatever fault the rules find (tests/quality/test_rules.py), the published shapes alone find.
    published = Graph().parse(data=text, format="turtle", publicID="https://a.example/")
    assert URIRef(f"{ROOT}def/shapes#project-name") in set(published.subjects())
    assert to_isomorphic(shapes_graph(written, IRIS)) == to_isomorphic(published)


def test_a_shape_has_one_value_and_one_query() -> None:
    """Some validators look at the first sh:hasValue or sh:sparql of a shape only (npm shacl-engine 1.1)."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(bundled("shapes").glob("*.ttl"))]
    graph = shapes_graph(texts, IRIS)
    for prop in (SH.hasValue, SH.sparql, SH["class"], SH["or"], SH["and"]):
        shapes = list(graph.subjects(prop, None))
        assert shapes
        assert len(shapes) == len(set(shapes)), prop


def test_every_concept_of_the_model_is_defined() -> None:
    """What the ontology brings along has a name and a definition in Dutch and in English."""
    text = (bundled("ontology") / "concepts.ttl").read_text(encoding="utf-8")
    triples = definition_triples(text, IRIS)
    concepts = {subject for subject, prop, value in triples if (prop, value) == (RDF.type, SKOS.Concept)}
    assert len(concepts) > 10
    for prop in (SKOS.prefLabel, SKOS.definition):
        said = {
            (subject, str(value.language))
            for subject, found, value in triples
            if found == prop
            if isinstance(value, Literal)
        }
        assert {(concept, tag) for concept in concepts for tag in ("nl", "en")} <= said
    assert RDFS.label not in {prop for subject, prop, _ in triples if subject in concepts}
