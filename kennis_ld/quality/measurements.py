"""States what was measured as data, after the Data Quality Vocabulary (W3C Note, 15 December 2016).

A measurement has an IRI, its metric, what it was computed on and its value. A share of nothing has no value and so is
no measurement. The metrics themselves are defined in `ontology/quality.ttl`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rdflib import Literal, URIRef
from rdflib.namespace import PROV, RDF, RDFS, SKOS, DefinedNamespace, Namespace

from kennis_ld.graph.catalogue import dataset_iri
from kennis_ld.graph.definitions import definition_triples
from kennis_ld.graph.statements import Triple, amount, labels, number, types
from kennis_ld.iri import Iris
from kennis_ld.model.texts import Bilingual
from kennis_ld.quality.completeness import COUNTS, SHARES, Measured

MEASUREMENT = "meting"
"""The concept in the IRI of a measurement."""

_METRIC = "maatstaf"


class DQV(DefinedNamespace):
    """The terms of the Data Quality Vocabulary that measurements need."""

    _NS = Namespace("http://www.w3.org/ns/dqv#")
    _fail = True

    Metric: URIRef
    QualityMeasurement: URIRef
    computedOn: URIRef
    hasQualityMeasurement: URIRef
    isMeasurementOf: URIRef
    value: URIRef


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric as it is defined."""

    label: Bilingual
    definition: Bilingual


def metrics(definitions: str, iris: Iris) -> Mapping[str, Metric]:
    """Returns the metrics that a Turtle text defines, by key, in the order of `COUNTS` and `SHARES`.

    Raises:
        ValueError: a metric that is measured has no definition, or the other way round (a mistake in the program).
    """
    texts: dict[tuple[str, URIRef], dict[str, str]] = {}
    defined = set()
    for subject, predicate, value in definition_triples(definitions, iris):
        if predicate == RDF.type and value == DQV.Metric:
            defined.add(subject)
        elif predicate in (SKOS.prefLabel, SKOS.definition) and isinstance(value, Literal):
            texts.setdefault((subject, predicate), {})[value.language or ""] = str(value)
    measured = {key: URIRef(iris.resource(_METRIC, key)) for key in (*COUNTS, *SHARES)}
    if defined != set(measured.values()):
        raise ValueError(f"metrics without code or definition: {sorted(defined ^ set(measured.values()))}")
    return {
        key: Metric(*(Bilingual(**texts[iri, predicate]) for predicate in (SKOS.prefLabel, SKOS.definition)))
        for key, iri in measured.items()
    }


def measurement_triples(
    measured: Sequence[Measured],
    *,
    names: Mapping[tuple[str, str], Bilingual],
    known: Mapping[str, Metric],
    agenda: str,
    iris: Iris,
) -> Iterator[Triple]:
    """Yields the measurements of editions and of the themes in them, and those of the dataset.

    The dataset is as complete as the latest edition, for that is its current state.

    Args:
        measured: what was measured, oldest edition first.
        names: names of editions by (key, ""), and of the themes in them by (key of the edition, key of the theme).
        known: the metrics.
    """
    dataset = dataset_iri(agenda, iris)
    latest = next((one.edition for one in reversed(measured)), "")
    for one in measured:
        edition, name = URIRef(iris.edition(one.edition)), names[one.edition, one.theme]
        about: list[tuple[URIRef, Sequence[str]]] = [(edition, ("editie", one.edition))]
        if one.theme:
            about = [(URIRef(iris.theme(one.theme)), ("thema", one.edition, one.theme))]
        elif one.edition == latest:
            about.append((dataset, ("dataset", agenda)))
        for on, keys in about:
            for key, value in _values(one):
                subject, label = URIRef(iris.resource(MEASUREMENT, *keys, key)), known[key].label
                yield from types(subject, DQV.QualityMeasurement, PROV.Entity)
                said = {language: f"{label.said(language)}: {name.said(language)}" for language in ("nl", "en")}
                yield from labels(subject, RDFS.label, **said)
                yield subject, DQV.isMeasurementOf, URIRef(iris.resource(_METRIC, key))
                yield subject, DQV.computedOn, on
                yield subject, DQV.value, value
                yield subject, PROV.wasDerivedFrom, edition
                if on == dataset:
                    yield dataset, DQV.hasQualityMeasurement, subject


def _values(one: Measured) -> Iterable[tuple[str, Literal]]:
    for key, count in one.counts.items():
        yield key, number(count)
    for key, share in one.shares.items():
        if share.value is not None:
            yield key, amount(share.value)
