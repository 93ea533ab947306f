"""The ontology, the concepts and the alignments: complete in two languages, no blank nodes, in step with the code."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, OWL, RDF, RDFS, SKOS

from kennis_ld.graph.definitions import definition_triples
from kennis_ld.iri import Iris
from kennis_ld.model import Certainty, Role, Way
from kennis_ld.quality.validation import Valid
from kennis_ld.vocabulary import CLASSES, PROPERTIES, AgendaTerms
from tests.quality.by_pyshacl import validate
from tests.standards_shapes import STANDARDS, needs_standards

REPOSITORY = Path(__file__).resolve().parents[2]
IRIS = Iris("https://data.example.org")
TERMS = AgendaTerms(IRIS.terms)
FILES = ("agenda.ttl", "alignments.ttl", "concepts.ttl", "quality.ttl")


@cache
def ontology(name: str) -> Graph:
    graph = Graph()
    for triple in definition_triples((REPOSITORY / "ontology" / name).read_text(encoding="utf-8"), IRIS):
        graph.add(triple)
    return graph


def terms(kind: URIRef) -> set[URIRef]:
    return {URIRef(term) for term in ontology("agenda.ttl").subjects(RDF.type, kind)}


def languages(graph: Graph, subject: URIRef, predicate: URIRef) -> list[str | None]:
    return sorted(text.language for text in graph.objects(subject, predicate) if isinstance(text, Literal))


def test_classes_in_the_code_are_those_of_the_ontology() -> None:
    """A class that only one of the two knows is a typing error or a term without a definition."""
    assert {getattr(TERMS, name) for name in CLASSES} == terms(RDFS.Class) == terms(OWL.Class)


def test_properties_in_the_code_are_those_of_the_ontology() -> None:
    """A property that only one of the two knows is a typing error or a term without a definition."""
    assert {getattr(TERMS, name) for name in PROPERTIES} == terms(RDF.Property)
    assert terms(RDF.Property) == terms(OWL.ObjectProperty) | terms(OWL.DatatypeProperty)


@pytest.mark.parametrize("name", CLASSES + PROPERTIES)
def test_term_is_explained_in_both_languages(name: str) -> None:
    """Each term has one label and one comment in Dutch and in English, and says where it is defined."""
    term = getattr(TERMS, name)
    for predicate in (RDFS.label, RDFS.comment):
        assert ["en", "nl"] == languages(ontology("agenda.ttl"), term, predicate)
    assert [URIRef(IRIS.ontology)] == list(ontology("agenda.ttl").objects(term, RDFS.isDefinedBy))


@pytest.mark.parametrize("name", PROPERTIES)
def test_property_says_what_it_leads_to(name: str) -> None:
    """A newcomer sees from the range whether a property leads to a thing or to a text."""
    (range_,) = ontology("agenda.ttl").objects(getattr(TERMS, name), RDFS.range)
    literal = getattr(TERMS, name) in terms(OWL.DatatypeProperty)
    assert literal == (str(range_).startswith("http://www.w3.org/2001/XMLSchema#") or range_ == RDF.langString)


def test_inverses_name_each_other() -> None:
    """Both sides of an inverse of our own say so."""
    own = {
        (one, other)
        for one, other in ontology("agenda.ttl").subject_objects(OWL.inverseOf)
        if str(other).startswith(IRIS.terms)
    }
    assert own
    assert own == {(other, one) for one, other in own}


def test_ontology_tells_what_it_is() -> None:
    """Title and description in both languages, a version, and a licence that allows any use."""
    graph, subject = ontology("agenda.ttl"), URIRef(IRIS.ontology)
    assert ["en", "nl"] == languages(graph, subject, DCTERMS.title)
    assert ["en", "nl"] == languages(graph, subject, DCTERMS.description)
    assert graph.value(subject, OWL.versionInfo)
    assert URIRef("https://creativecommons.org/publicdomain/zero/1.0/") == graph.value(subject, DCTERMS.license)


@pytest.mark.parametrize("name", FILES)
def test_file_names_no_city_and_has_no_blank_nodes(name: str) -> None:
    """Every own IRI follows the address of the publication, and every node can be linked to."""
    other = Iris("http://localhost:8000")
    text = (REPOSITORY / "ontology" / name).read_text(encoding="utf-8")
    here, there = definition_triples(text, IRIS), definition_triples(text, other)
    assert here
    assert not any(isinstance(term, BNode) for triple in here for term in triple)
    moved = {tuple(term.n3().replace(IRIS.base, other.base) for term in triple) for triple in here}
    assert moved == {tuple(term.n3() for term in triple) for triple in there}


@pytest.mark.parametrize(
    ("scheme", "keys"),
    [
        ("rollen", [role.key for role in (Role.LEAD, Role.PARTNER)]),
        ("zekerheid", [certainty.value for certainty in Certainty]),
        ("herleiding", [way.value for way in Way]),
    ],
)
def test_concepts_are_those_of_the_model(scheme: str, keys: list[str]) -> None:
    """Each value that the code can give has a concept in its scheme, and each concept is such a value."""
    graph, node = ontology("concepts.ttl"), URIRef(IRIS.scheme(scheme))
    expected = {URIRef(IRIS.concept(key)) for key in keys}
    for found in (
        graph.subjects(SKOS.inScheme, node),
        graph.subjects(SKOS.topConceptOf, node),
        graph.objects(node, SKOS.hasTopConcept),
    ):
        assert expected == set(found)
    assert ["en", "nl"] == languages(graph, node, DCTERMS.title)


def test_concepts_are_explained_in_both_languages() -> None:
    """Each concept has one preferred label and one definition in Dutch and in English (NL-SBB)."""
    graph = ontology("concepts.ttl")
    concepts = [URIRef(concept) for concept in graph.subjects(RDF.type, SKOS.Concept)]
    assert concepts
    for concept in concepts:
        assert ["en", "nl"] == languages(graph, concept, SKOS.prefLabel), concept
        assert ["en", "nl"] == languages(graph, concept, SKOS.definition), concept


@pytest.mark.parametrize("role", [Role.LEAD, Role.PARTNER])
def test_role_has_its_letter_and_its_property(role: Role) -> None:
    """A role carries the letter of the source, and a property that says it in short (ORG, roleProperty)."""
    graph, concept = ontology("concepts.ttl"), URIRef(IRIS.concept(role.key))
    assert (concept, RDF.type, ORG.Role) in graph
    assert Literal(role.notation) == graph.value(concept, SKOS.notation)
    (short,) = graph.objects(concept, ORG.roleProperty)
    assert (short, RDFS.subPropertyOf, ORG.memberOf) in ontology("agenda.ttl")


def test_alignments_are_close_matches_of_what_is_ours() -> None:
    """The file of alignments says nothing but that one of our terms or roles is close to one of theirs."""
    ours = set(ontology("agenda.ttl").subjects()) | set(ontology("concepts.ttl").subjects())
    for subject, predicate, theirs in ontology("alignments.ttl"):
        assert subject in ours
        assert SKOS.closeMatch == predicate
        assert not str(theirs).startswith(IRIS.base)


@needs_standards
def test_concept_schemes_satisfy_nl_sbb() -> None:
    """The shapes of the Dutch standard for concept schemes find no fault, and not even a warning."""
    assert Valid(()) == validate(ontology("concepts.ttl"), Graph().parse(STANDARDS / "nl-sbb" / "skos-ap-nl.ttl"))
