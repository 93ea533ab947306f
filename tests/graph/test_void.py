"""What a program that queries the data can know beforehand: how much there is of what, and where it leads to."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, OWL, RDF, RDFS, SDO, VOID

from kennis_ld.graph import formats
from kennis_ld.graph.catalogue import catalogue_triples
from kennis_ld.graph.formats import Statement
from kennis_ld.graph.organisations import organisation_triples
from kennis_ld.graph.statements import Triple, number
from kennis_ld.graph.void import Statistics, partition_keys, void_triples
from kennis_ld.iri import Iris, is_key
from kennis_ld.publication import tables
from kennis_ld.publication.publication import Publication
from tests.graph.cities import RELEASE, of_leiden, of_voorbeeldstad

CITY = "https://agenda.voorbeeld.example"
ONE, TWO = URIRef(f"{CITY}/id/organisatie/een"), URIRef(f"{CITY}/id/organisatie/een-twee")


def in_a_release(triples: list[Triple]) -> list[Statement]:
    """Returns statements as a release has them: sorted, each once."""
    return list(formats.read_statements(f"{line}\n" for line in sorted(set(formats.lines(triples)))))


def test_counts_what_there_is() -> None:
    """Each statement counts for its property, each type for its class, each identity for its register."""
    triples: list[Triple] = [
        (ONE, RDF.type, SDO.Organization),
        (ONE, RDF.type, ORG.Organization),
        (ONE, OWL.sameAs, URIRef("https://ror.org/027bh9e22")),
        (ONE, OWL.sameAs, URIRef("https://elders.example/1")),
        (TWO, RDF.type, ORG.Organization),
        (TWO, OWL.sameAs, URIRef("http://www.wikidata.org/entity/Q1")),
    ]
    assert Statistics.count(in_a_release(triples)) == Statistics(
        triples=6,
        subjects=2,
        classes={str(ORG.Organization): 2, str(SDO.Organization): 1},
        properties={str(OWL.sameAs): 3, str(RDF.type): 3},
        links={"ror": 1, "wikidata": 1},
        uses={
            (str(ORG.Organization), str(OWL.sameAs)): 3,
            (str(ORG.Organization), str(RDF.type)): 3,
            (str(SDO.Organization), str(OWL.sameAs)): 2,
            (str(SDO.Organization), str(RDF.type)): 2,
        },
        richest={str(ORG.Organization): (str(ONE), ""), str(SDO.Organization): (str(ONE), "")},
    )


def test_knows_what_most_is_said_of() -> None:
    """Of each class the thing with the most statements, with its name; of equals the first of the release."""
    triples: list[Triple] = [
        (thing, prop, value)
        for thing in (ONE, TWO)
        for prop, value in ((RDF.type, ORG.Organization), (SDO.name, Literal('Huis "Zand"', lang="nl")))
    ]
    assert {str(ORG.Organization): (str(TWO), r"Huis \"Zand\"")} == Statistics.count(in_a_release(triples)).richest
    triples.append((ONE, OWL.sameAs, URIRef("https://elders.example/1")))
    assert str(ONE) == Statistics.count(in_a_release(triples)).richest[str(ORG.Organization)][0]


def test_counts_as_rdflib_does(leiden: Publication) -> None:
    """On the real register and catalogue the one pass gives what a graph in memory gives."""
    organisations = tables.organisations(leiden.table("register"))
    triples = [triple for item in organisations for triple in organisation_triples(item, leiden.iris, "nl")]
    triples += catalogue_triples(*of_leiden(leiden))
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    counted = Statistics.count(in_a_release(triples))
    assert counted.triples == len(graph) > 1000
    assert counted.subjects == len(set(graph.subjects()))
    assert counted.classes == Counter(str(cls) for cls in graph.objects(None, RDF.type))
    assert counted.properties == Counter(str(prop) for _, prop, _ in graph)
    assert sum(counted.links.values()) == len(list(graph.triples((None, OWL.sameAs, None)))) > 20


def test_a_statement_that_comes_twice_counts_once() -> None:
    """What the current state and an edition both say is one statement of the data set."""
    label = (ONE, RDFS.label, Literal("Een", lang="nl"))
    assert Statistics.count(formats.statements([label, label])).triples == 1


def test_the_order_of_a_release_is_needed() -> None:
    """Statements in another order are refused, for their subjects would be counted twice."""
    one, two = (ONE, RDFS.label, Literal("Een")), (TWO, RDFS.label, Literal("Twee"))
    assert Statistics.count(in_a_release([one, two])).subjects == 2
    with pytest.raises(ValueError, match="not sorted"):
        Statistics.count(formats.statements([one, two, (ONE, RDF.type, SDO.Organization)]))


def test_the_description_of_a_city() -> None:
    """The description says all that the counts and the city tell, about the dataset of the catalogue."""
    statistics = Statistics(
        triples=9,
        subjects=3,
        classes={f"{CITY}/def#Project": 2},
        properties={str(DCTERMS.subject): 4},
        links={"ror": 1},
        uses={(f"{CITY}/def#Project", str(DCTERMS.subject)): 2},
    )
    dataset, document = URIRef(f"{CITY}/id/dataset/agenda"), URIRef(f"{CITY}/.well-known/void")
    projects = URIRef(f"{CITY}/id/void/agenda--klasse--ks-project")
    subjects = URIRef(f"{CITY}/id/void/agenda--eigenschap--dct-subject")
    subjects_of_projects = URIRef(f"{CITY}/id/void/agenda--klasse--ks-project--dct-subject")
    links, ror = URIRef(f"{CITY}/id/void/agenda--koppeling--ror"), URIRef(f"{CITY}/id/void/ror")
    title, city = Literal("Projecten van Voorbeeldstad", lang="nl"), URIRef(f"{CITY}/id/organisatie/stad")
    expected: set[Triple] = {
        (document, RDF.type, VOID.DatasetDescription),
        (document, RDF.type, FOAF.Document),
        (document, DCTERMS.title, Literal("Beschrijving van Projecten van Voorbeeldstad", lang="nl")),
        (document, FOAF.primaryTopic, dataset),
        (dataset, FOAF.isPrimaryTopicOf, document),
        (dataset, RDF.type, VOID.Dataset),
        (dataset, DCTERMS.title, title),
        (dataset, RDFS.label, title),
        (dataset, DCTERMS.description, Literal("De kennisagenda van Voorbeeldstad.", lang="nl")),
        (dataset, DCTERMS.publisher, city),
        (dataset, DCTERMS.creator, city),
        (dataset, DCTERMS.license, URIRef("https://creativecommons.org/licenses/by/4.0/")),
        (dataset, DCTERMS.modified, Literal("2025-02-01", datatype="http://www.w3.org/2001/XMLSchema#date")),
        (dataset, VOID.sparqlEndpoint, URIRef(f"{CITY}/sparql")),
        *((dataset, VOID.dataDump, dump(form)) for form in ("nq", "ttl", "jsonld", "rdf")),
        *((dataset, VOID.feature, feature(name)) for name in ("N-Quads", "Turtle", "JSON-LD", "RDF_XML")),
        (dataset, VOID.uriSpace, Literal(f"{CITY}/id/")),
        (dataset, VOID.exampleResource, URIRef(f"{CITY}/id/agenda/agenda")),
        (dataset, VOID.exampleResource, URIRef(f"{CITY}/id/editie/tweede")),
        (dataset, VOID.exampleResource, city),
        (dataset, VOID.vocabulary, URIRef(f"{CITY}/def")),
        (dataset, VOID.vocabulary, URIRef(str(DCTERMS))),
        (dataset, VOID.triples, number(9)),
        (dataset, VOID.entities, number(3)),
        (dataset, VOID.distinctSubjects, number(3)),
        (dataset, VOID.classes, number(1)),
        (dataset, VOID.properties, number(1)),
        (dataset, VOID.classPartition, projects),
        (projects, RDF.type, VOID.Dataset),
        (projects, VOID["class"], URIRef(f"{CITY}/def#Project")),
        (projects, VOID.entities, number(2)),
        (dataset, VOID.propertyPartition, subjects),
        (subjects, RDF.type, VOID.Dataset),
        (subjects, VOID.property, DCTERMS.subject),
        (subjects, VOID.triples, number(4)),
        (projects, VOID.propertyPartition, subjects_of_projects),
        (subjects_of_projects, RDF.type, VOID.Dataset),
        (subjects_of_projects, VOID.property, DCTERMS.subject),
        (subjects_of_projects, VOID.triples, number(2)),
        (dataset, VOID.subset, links),
        (links, RDF.type, VOID.Linkset),
        (links, DCTERMS.title, Literal("Koppelingen met ROR", lang="nl")),
        (links, DCTERMS.title, Literal("Links to ROR", lang="en")),
        (links, VOID.target, dataset),
        (links, VOID.target, ror),
        (links, VOID.subjectsTarget, dataset),
        (links, VOID.objectsTarget, ror),
        (links, VOID.linkPredicate, OWL.sameAs),
        (links, VOID.triples, number(1)),
        (ror, RDF.type, VOID.Dataset),
        (ror, DCTERMS.title, Literal("ROR", lang="nl")),
        (ror, DCTERMS.title, Literal("ROR", lang="en")),
        (ror, FOAF.homepage, URIRef("https://ror.org/")),
        (ror, VOID.uriSpace, Literal("https://ror.org/")),
    }
    assert set(void_triples(statistics, *of_voorbeeldstad())) == expected


def dump(form: str) -> URIRef:
    return URIRef(f"{CITY}/download/{RELEASE}/agenda.{form}")


def feature(name: str) -> URIRef:
    return URIRef(f"http://www.w3.org/ns/formats/{name}")


def test_readable_keys_tell_vocabularies_apart() -> None:
    """A class has the prefix and the name by which people know it, so org's and schema.org's organisation differ."""
    names = [str(ORG.Organization), str(SDO.Organization), str(ORG.hasMembership), f"{CITY}/def#firstLine"]
    assert set(partition_keys(names, Iris(CITY)).values()) == {
        "org-organization",
        "schema-organization",
        "org-has-membership",
        "ks-first-line",
    }


@given(
    st.lists(
        st.builds(
            "{}{}".format,
            st.sampled_from([str(SDO), str(ORG), f"{CITY}/def#", "https://elders.example/", "urn:x:"]),
            st.text("aAbB-_é/#1", max_size=90),
        ),
        unique=True,
        max_size=8,
    )
)
def test_partition_keys_are_keys_and_unequal(names: list[str]) -> None:
    """Whatever the names, every partition gets an IRI of its own."""
    keys = partition_keys(names, Iris(CITY))
    assert set(keys) == set(names)
    assert all(map(is_key, keys.values()))
    assert len(set(keys.values())) == len(names)
