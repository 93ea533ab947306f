"""The ontology, the concepts and the shapes under the address of a publication."""

from __future__ import annotations

import pytest
from rdflib import RDF, RDFS, Graph, Literal, URIRef
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


def test_queries_of_shapes_get_the_base() -> None:
    """A relative IRI in a query of a shape is resolved like one around it; all texts become one graph."""
    graph = shapes_graph([SHAPE, "<def/shapes#twee> a <http://www.w3.org/ns/shacl#NodeShape> ."], IRIS)
    assert {URIRef(f"{ROOT}def/shapes#{name}") for name in ("een", "twee")} == set(
        graph.subjects(RDF.type, SH.NodeShape)
    )
    assert [Literal(f"BASE <{ROOT}>\nSELECT $this WHERE {{ $this a <def#Project> }}")] == list(
        graph.objects(None, SH.select)
    )
    assert [URIRef(f"{ROOT}def#Project")] == list(graph.objects(None, SH.targetClass))


def test_shapes_as_one_text() -> None:
    """The published text is what was written, with the base in front; it says the same as the graph."""
    text = shapes_text([SHAPE, "<a> a <b> ."], IRIS)
    assert f"@base <{ROOT}> .\n\n{SHAPE}\n<a> a <b> ." == text
    assert 5 == len(Graph().parse(data=text, format="turtle"))


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
