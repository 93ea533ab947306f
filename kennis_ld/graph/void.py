"""Describes the data set to programs that query it: a VoID description with its counts (W3C note of 3 March 2011).

The counts are made from the sorted statements of a release, in one pass that keeps only the counts in memory.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, OWL, RDF, RDFS, SDO, VOID

from kennis_ld.graph import authorities
from kennis_ld.graph.catalogue import Catalogue, dataset_iri
from kennis_ld.graph.dumps import RDF_FORMS
from kennis_ld.graph.formats import Statement
from kennis_ld.graph.statements import PREFIXES, Triple, labels, number, types, when
from kennis_ld.iri import Iris, is_key, slug
from kennis_ld.model.organisation import AUTHORITIES
from kennis_ld.model.texts import around

_TYPE, _SAME_AS, _NAME = f"<{RDF.type}>", f"<{OWL.sameAs}>", f"<{SDO.name}>"
_FEATURES = {"nq": "N-Quads", "ttl": "Turtle", "jsonld": "JSON-LD", "rdf": "RDF_XML"}
_FORMATS = "http://www.w3.org/ns/formats/"

_Way: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
"""How a subject is described: its classes, and the properties of its statements, as they follow each other."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """What there is in a set of statements.

    Attributes:
        classes: number of things of each class, by its IRI.
        properties: number of statements with each property, by its IRI.
        links: number of `owl:sameAs` to each of `AUTHORITIES`, by its key; one without links is left out.
        uses: number of statements with each property about things of each class, by both IRIs.
        richest: the thing of each class that most is said of, by the class: its IRI and its name. Where several have as
            much, the first.
    """

    triples: int = 0
    subjects: int = 0
    classes: Mapping[str, int] = field(default_factory=dict)
    properties: Mapping[str, int] = field(default_factory=dict)
    links: Mapping[str, int] = field(default_factory=dict)
    uses: Mapping[tuple[str, str], int] = field(default_factory=dict)
    richest: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def count(cls, statements: Iterable[Statement]) -> Statistics:
        """Counts statements, streaming.

        Args:
            statements: in the order of their N-Triples lines, as a release has them; a statement that comes twice in a
                row counts once.

        Raises:
            ValueError: they are in another order, so the subjects cannot be counted in one pass.
        """
        # There are few ways to be described. Of each the first subject is kept, with its name.
        ways: Counter[_Way] = Counter()
        firsts: dict[_Way, tuple[str, str]] = {}
        links: Counter[str] = Counter()
        before = ""
        for subject, found in groupby(statements, key=itemgetter(0)):
            if subject < before:
                raise ValueError(f"not sorted: {subject} comes after {before}")
            before, name = subject, ""
            kinds: list[str] = []
            said: list[str] = []
            for _, predicate, value in dict.fromkeys(found):
                said.append(predicate)
                if predicate == _TYPE:
                    kinds.append(value[1:-1])
                elif predicate == _NAME:
                    name = name or value[1 : value.rindex('"')]
                elif predicate == _SAME_AS:
                    links.update(key for key, (_, start, _) in AUTHORITIES.items() if value[1:].startswith(start))
            way = tuple(kinds), tuple(said)
            ways[way] += 1
            firsts.setdefault(way, (subject[1:-1], name))
        classes: Counter[str] = Counter()
        properties: Counter[str] = Counter()
        uses: Counter[tuple[str, str]] = Counter()
        most: Counter[str] = Counter()
        richest: dict[str, tuple[str, str]] = {}
        for way, subjects in ways.items():
            classes.update(dict.fromkeys(way[0], subjects))
            for prop, count in Counter(each[1:-1] for each in way[1]).items():
                properties[prop] += count * subjects
                uses.update({(kind, prop): count * subjects for kind in way[0]})
            for kind in way[0]:
                if len(way[1]) > most[kind]:
                    most[kind], richest[kind] = len(way[1]), firsts[way]
        return cls(
            triples=properties.total(),
            subjects=ways.total(),
            classes=dict(sorted(classes.items())),
            properties=dict(sorted(properties.items())),
            links=dict(sorted(links.items())),
            uses=dict(sorted(uses.items())),
            richest=dict(sorted(richest.items())),
        )


def void_triples(statistics: Statistics, catalogue: Catalogue, iris: Iris) -> Iterator[Triple]:
    """Yields the VoID description of the data set, which is the dataset of the catalogue and so has its IRI.

    Args:
        statistics: counts of the statements that the dumps hold; the catalogue is not among them.
    """
    agenda = catalogue.agenda.key
    dataset = dataset_iri(agenda, iris)
    yield from _document(catalogue, dataset, iris)
    yield from _dataset(statistics, catalogue, dataset, iris)
    for kind, link, prop, count, counts in (
        ("klasse", VOID.classPartition, VOID["class"], VOID.entities, statistics.classes),
        ("eigenschap", VOID.propertyPartition, VOID.property, VOID.triples, statistics.properties),
    ):
        for iri, key in partition_keys(counts, iris).items():
            partition = URIRef(iris.resource("void", agenda, kind, key))
            yield dataset, link, partition
            yield from types(partition, VOID.Dataset)
            yield partition, prop, URIRef(iri)
            yield partition, count, number(counts[iri])
    yield from _uses(statistics, agenda, iris)
    for authority, links in statistics.links.items():
        yield from _linkset(authority, links, dataset, iris.resource("void", agenda, "koppeling", authority), iris)


def _uses(statistics: Statistics, agenda: str, iris: Iris) -> Iterator[Triple]:
    """Yields which properties the things of a class have: what who writes a query wants to know of it."""
    classes, properties = (partition_keys(names, iris) for names in (statistics.classes, statistics.properties))
    for (cls, prop), count in statistics.uses.items():
        of_class = URIRef(iris.resource("void", agenda, "klasse", classes[cls]))
        partition = URIRef(iris.resource("void", agenda, "klasse", classes[cls], properties[prop]))
        yield of_class, VOID.propertyPartition, partition
        yield from types(partition, VOID.Dataset)
        yield partition, VOID.property, URIRef(prop)
        yield partition, VOID.triples, number(count)


def partition_keys(names: Iterable[str], iris: Iris) -> Mapping[str, str]:
    """Returns a key for each IRI of a class or property: its prefix and its name; no two are equal.

    >>> partition_keys(["http://www.w3.org/ns/org#hasMembership"], Iris("https://data.example.org"))
    {'http://www.w3.org/ns/org#hasMembership': 'org-has-membership'}
    """
    found = {name: _readable_key(name, iris) for name in sorted(names)}
    often = Counter(found.values())
    digests = {name: hashlib.sha256(name.encode()).hexdigest()[:32] for name in found}
    return {name: key if key and often[key] == 1 else f"iri-{digests[name]}" for name, key in found.items()}


def _document(catalogue: Catalogue, dataset: URIRef, iris: Iris) -> Iterator[Triple]:
    document = URIRef(iris.void)
    facts = catalogue.facts
    yield from types(document, VOID.DatasetDescription, FOAF.Document)
    title = around(facts.title, nl="Beschrijving van {}", en="Description of {}", other="{} (VoID)")
    yield from labels(document, DCTERMS.title, **title)
    yield document, FOAF.primaryTopic, dataset
    yield dataset, FOAF.isPrimaryTopicOf, document


def _dataset(statistics: Statistics, catalogue: Catalogue, dataset: URIRef, iris: Iris) -> Iterator[Triple]:
    agenda, facts = catalogue.agenda, catalogue.facts
    yield from types(dataset, VOID.Dataset)
    yield from labels(dataset, DCTERMS.title, RDFS.label, **facts.title)
    yield from labels(dataset, DCTERMS.description, **agenda.description)
    yield dataset, DCTERMS.publisher, URIRef(iris.organisation(catalogue.publisher.key))
    yield dataset, DCTERMS.creator, URIRef(iris.organisation(catalogue.creator.key))
    yield dataset, DCTERMS.license, authorities.licence(facts.license)
    for _, _, issued in catalogue.editions[-1:]:
        if issued:
            yield dataset, DCTERMS.modified, when(issued)
    yield dataset, VOID.sparqlEndpoint, URIRef(iris.endpoint)
    for file in catalogue.files:
        if file.form in RDF_FORMS:  # VoID, section 3.2: a data dump is RDF
            yield dataset, VOID.dataDump, URIRef(iris.download(catalogue.release, file.name))
            yield dataset, VOID.feature, URIRef(_FORMATS + _FEATURES[file.form])
    yield dataset, VOID.uriSpace, Literal(iris.things)
    yield dataset, VOID.exampleResource, URIRef(iris.agenda(agenda.key))
    yield dataset, VOID.exampleResource, URIRef(iris.organisation(catalogue.publisher.key))
    for key, _, _ in catalogue.editions[-1:]:
        yield dataset, VOID.exampleResource, URIRef(iris.edition(key))
    for vocabulary in _vocabularies(statistics, iris):
        yield dataset, VOID.vocabulary, URIRef(vocabulary)
    yield dataset, VOID.triples, number(statistics.triples)
    yield dataset, VOID.entities, number(statistics.subjects)
    yield dataset, VOID.distinctSubjects, number(statistics.subjects)
    yield dataset, VOID.classes, number(len(statistics.classes))
    yield dataset, VOID.properties, number(len(statistics.properties))


def _linkset(authority: str, links: int, dataset: URIRef, name: str, iris: Iris) -> Iterator[Triple]:
    title, start, homepage = AUTHORITIES[authority]
    linkset, target = URIRef(name), URIRef(iris.resource("void", authority))
    yield from types(linkset, VOID.Linkset)
    yield from labels(linkset, DCTERMS.title, nl=f"Koppelingen met {title}", en=f"Links to {title}")
    yield dataset, VOID.subset, linkset
    for prop, end in ((VOID.subjectsTarget, dataset), (VOID.objectsTarget, target)):
        # Both are kinds of void:target; a reader without inference looks for that one.
        yield linkset, prop, end
        yield linkset, VOID.target, end
    yield linkset, VOID.linkPredicate, OWL.sameAs
    yield linkset, VOID.triples, number(links)
    yield from types(target, VOID.Dataset)
    yield from labels(target, DCTERMS.title, nl=title, en=title)
    yield target, FOAF.homepage, URIRef(homepage)
    yield target, VOID.uriSpace, Literal(start)


def _vocabularies(statistics: Statistics, iris: Iris) -> Iterator[str]:
    """Yields the vocabularies that are used; our own by the IRI of the ontology."""
    used = {_namespace(iri) for iri in (*statistics.classes, *statistics.properties)}
    known = {*PREFIXES.values(), iris.terms}
    for namespace in sorted(used & known):
        yield iris.ontology if namespace == iris.terms else namespace


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def _readable_key(iri: str, iris: Iris) -> str:
    namespace = _namespace(iri)
    prefixes = {value: prefix for prefix, value in PREFIXES.items()} | {iris.terms: "ks"}
    prefix = prefixes.get(namespace)
    if prefix is None:
        return slug(iri)
    name = slug(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", iri.removeprefix(namespace)))
    key = f"{prefix}-{name}"
    return key if name and is_key(key) else ""
