"""The saved questions as data that programs of others find, read and send."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import FOAF, RDF, RDFS, SDO, SH

from kennis_ld.graph.questions import examples, prefix_triples, question_triples
from kennis_ld.graph.void import Statistics
from kennis_ld.iri import Iris
from kennis_ld.model.saved_query import Parameter, SavedQuery
from kennis_ld.pipeline.definitions import definitions

IRIS = Iris("https://data.zandwijk.example")
QUERIES = definitions().queries
UZ, ZAND = URIRef(f"{IRIS.base}/id/organisatie/uz"), URIRef(f"{IRIS.base}/id/project/zand")
EXAMPLES = {"IRI": UZ, "organisatie": UZ, "project": ZAND, "tekst": Literal("duinen")}


def test_a_question() -> None:
    """A question says what it asks in both languages, and its query stands alone."""
    text = "# Wat?  |  What?\n# nl: Alles.\n# en: All.\n# result: ?s\nSELECT ?s { ?s a <def#Project> }\n"
    query = SavedQuery("wat", "Wat?", "What?", text, "Alles.", "All.", columns=("s",))
    subject = URIRef(f"{IRIS.base}/id/vraag/wat")
    assert {
        (subject, RDF.type, SH.SPARQLExecutable),
        (subject, RDF.type, SH.SPARQLSelectExecutable),
        (subject, RDFS.label, Literal("Wat?", lang="nl")),
        (subject, RDFS.label, Literal("What?", lang="en")),
        (subject, RDFS.comment, Literal("Wat? Alles.", lang="nl")),
        (subject, RDFS.comment, Literal("What? All.", lang="en")),
        (subject, SH.select, Literal(f"SELECT ?s {{ ?s a <{IRIS.base}/def#Project> }}")),
        (subject, SDO.target, URIRef(f"{IRIS.base}/sparql")),
        (subject, FOAF.page, URIRef(f"{IRIS.base}/vraag/wat")),
    } == set(question_triples([query], IRIS, EXAMPLES))


def test_a_question_that_makes_statements() -> None:
    """A query without columns is one that constructs, and says so."""
    query = SavedQuery("wat", "Wat?", "What?", "CONSTRUCT { ?s a <def#Iets> } WHERE { ?s a <def#Project> }")
    found = set(question_triples([query], IRIS, EXAMPLES))
    subject, terms = URIRef(f"{IRIS.base}/id/vraag/wat"), f"{IRIS.base}/def#"
    text = f"CONSTRUCT {{ ?s a <{terms}Iets> }} WHERE {{ ?s a <{terms}Project> }}"
    assert (subject, RDF.type, SH.SPARQLConstructExecutable) in found
    assert [Literal(text)] == [value for _, prop, value in found if prop in {SH.select, SH.construct}]


def test_a_question_with_a_parameter() -> None:
    """Each parameter has its variable, its kind, what it means and an example, with which the query can be sent."""
    text = "# Wat?  |  What?\n# result: ?p\nSELECT ?p\nWHERE {\n  ?p <def#lead> ?wie\n}"
    asked = Parameter("wie", "IRI", "organisatie", "Wie.", "Who.")
    query = SavedQuery("wat", "Wat?", "What?", text, parameters=(asked,), columns=("p",))
    subject, node = URIRef(f"{IRIS.base}/id/vraag/wat"), URIRef(f"{IRIS.base}/id/parameter/wat--wie")
    found = set(question_triples([query], IRIS, EXAMPLES))
    example = f"WHERE {{\n  VALUES ?wie {{ <{UZ}> }} # example: put another here\n  ?p <{IRIS.base}/def#lead> ?wie\n}}"
    assert (subject, SH.select, Literal(f"SELECT ?p\n{example}")) in found
    assert (subject, SH.parameter, node) in found
    assert {
        (node, RDF.type, SH.Parameter),
        (node, RDFS.label, Literal("wie")),
        (node, SH.path, URIRef(f"{IRIS.base}/id/parameter/wie")),
        (node, SH.name, Literal("wie")),
        (node, SH.description, Literal("Wie.", lang="nl")),
        (node, SH.description, Literal("Who.", lang="en")),
        (node, SH.nodeKind, SH.IRI),
        (node, SH.pattern, Literal(r"^https://data\.zandwijk\.example/id/organisatie/")),
        (node, SH.defaultValue, UZ),
    } == {each for each in found if each[0] == node}


def test_each_parameter_has_a_line_of_its_own() -> None:
    """Whoever puts another value in the place of an example changes one line."""
    asked = [Parameter("wie", "IRI", "organisatie", "Wie.", "Who."), Parameter("tekst", "tekst", "", "Wat.", "What.")]
    text = "SELECT ?p\nWHERE {\n  ?p ?wie ?tekst\n}"
    query = SavedQuery("wat", "Wat?", "What?", text, parameters=tuple(asked), columns=("p",))
    (sent,) = [str(value) for _, prop, value in question_triples([query], IRIS, EXAMPLES) if prop == SH.select]
    assert [
        "WHERE {",
        f"  VALUES ?wie {{ <{UZ}> }} # example: put another here",
        '  VALUES ?tekst { "duinen" } # example: put another here',
        "  ?p ?wie ?tekst",
    ] == sent.splitlines()[1:5]


def test_examples_come_from_what_most_is_said_of() -> None:
    """The organisation and the project with the most statements, and the longest word of its title."""
    project = f"{IRIS.terms}Project"
    title = r"Duinen \"en\" zand"
    counted = Statistics(richest={str(SDO.Organization): (str(UZ), "UZ"), project: (str(ZAND), title)})
    assert EXAMPLES == examples(counted, IRIS)
    assert {} == examples(Statistics(), IRIS)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_every_question_can_be_sent_as_it_is(query: SavedQuery) -> None:
    """Without a base and without more prefixes the text is a query."""
    found = question_triples([query], IRIS, EXAMPLES)
    (text,) = [value for _, prop, value in found if prop in {SH.select, SH.construct}]
    ox.Store().query(str(text))


def test_prefixes() -> None:
    """The prefixes of the data, the own one too, as SPARQL editors and language models ask for them."""
    found = set(prefix_triples(IRIS))
    subject = URIRef(f"{IRIS.base}/id/prefix/ks")
    assert (subject, SH.prefix, Literal("ks")) in found
    assert (URIRef(f"{IRIS.base}/def"), SH.declare, subject) in found
    assert len([each for each in found if each[1] == SH.namespace]) > 10
