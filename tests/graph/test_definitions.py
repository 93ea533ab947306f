"""The ontology, the concepts and the shapes under the address of a publication."""

from __future__ import annotations

import re

import pytest
from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.compare import to_isomorphic
from rdflib.namespace import DCTERMS, OWL, SH, SKOS

from kennis_ld.graph.definitions import alias_triples, definition_triples, shapes_graph, shapes_text
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


@pytest.mark.parametrize(("language", "expected"), [("nl", '"nl"'), ("de", '"de" "nl"')])
def test_shapes_take_the_language_of_the_publication(language: str, expected: str) -> None:
    """What is asked for in Dutch may be in the language of the city as well."""
    text = '[] sh:languageIn ( "nl" ) ; sh:languageIn ( "en" ) .'
    assert f'[] sh:languageIn ( {expected} ) ; sh:languageIn ( "en" ) .' == shapes_text([text], IRIS, language)


def test_a_text_of_shapes_ends_where_it_ends() -> None:
    """A comment without a line end behind it takes nothing away from the next text."""
    both = shapes_graph([f"{SHAPE}# the first", "<def/shapes#twee> a <http://www.w3.org/ns/shacl#NodeShape> ."], IRIS)
    assert 2 == len(list(both.subjects(RDF.type, SH.NodeShape)))


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


def test_names_of_ones_own_for_what_is_shared() -> None:
    """A class, a property and a concept each have the relation that fits, and the labels of what they are now."""
    own, shared = "https://stad.example", "https://def.example"
    turtle = """@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    <def#A> a owl:Class ; rdfs:label "a"@nl , "A"@en , <no-text> . <def#B> a rdfs:Class .
    <def#p> a owl:ObjectProperty ; rdfs:comment "p"@nl . <def#q> a owl:DatatypeProperty . <def#r> a rdf:Property .
    <def#s> a owl:AnnotationProperty .
    <id/begrip/c> a skos:Concept ; skos:prefLabel "c"@nl . <id/begrippenkader/rollen> a skos:ConceptScheme .
    <def#x> rdfs:label "no kind"@nl ; rdfs:seeAlso owl:Class , rdf:Property , skos:Concept .
    <elders> a owl:Class ; rdfs:label "elders"@nl . <def> a owl:Ontology .
    """
    iris = Iris(own, shared)
    found = list(alias_triples(definition_triples(turtle, iris), iris))
    assert len(found) == len(set(found))
    kinds = dict.fromkeys(("def#A", "def#B"), OWL.equivalentClass)
    kinds |= dict.fromkeys(("def#p", "def#q", "def#r", "def#s"), OWL.equivalentProperty)
    kinds |= dict.fromkeys(("id/begrip/c", "id/begrippenkader/rollen"), SKOS.exactMatch)
    expected = {(URIRef(f"{own}/{name}"), prop, URIRef(f"{shared}/{name}")) for name, prop in kinds.items()}
    expected |= {(URIRef(f"{own}/{name}"), DCTERMS.isReplacedBy, URIRef(f"{shared}/{name}")) for name in kinds}
    labels = {("def#A", "a", "nl"), ("def#A", "A", "en"), ("id/begrip/c", "c", "nl")}
    said = {(URIRef(f"{own}/{name}"), RDFS.label, Literal(text, lang=tag)) for name, text, tag in labels}
    assert expected | said == set(found)
    assert [] == list(alias_triples(definition_triples(turtle, Iris(own)), Iris(own)))
