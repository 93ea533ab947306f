"""States what was measured as data, after the Data Quality Vocabulary (W3C Note, 15 December 2016).

A measurement has an IRI, its metric, what it was computed on and its value. A share of nothing has no value and so is
no measurement. The metrics themselves are defined in `ontology/quality.ttl`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rdflib import Literal, URIRef
from rdflib.namespace import PROV, RDF, RDFS, SKOS, XSD, DefinedNamespace, Namespace

from kennis_ld.graph.catalogue import dataset_iri
from kennis_ld.graph.definitions import definition_triples
from kennis_ld.graph.statements import Triple, labels, number, types
from kennis_ld.iri import Iris
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
class Names:
    """What a thing is called: in Dutch, and in English where somebody said so."""

    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric as it is defined.

    Attributes:
        key: end of its IRI.
    """

    key: str
    label: Names
    definition: Names


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
        key: Metric(key, *(Names(**texts[iri, predicate]) for predicate in (SKOS.prefLabel, SKOS.definition)))
        for key, iri in measured.items()
    }


def measurement_triples(
    measured: Sequence[Measured],
    *,
    names: Mapping[tuple[str, str], Names],
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
        edition = URIRef(iris.edition(one.edition))
        on = URIRef(iris.theme(one.theme)) if one.theme else edition
        keys = ("thema", one.edition, one.theme) if one.theme else ("editie", one.edition)
        yield from _measurements(one, keys, on, edition, names[one.edition, one.theme], known, iris)
        if one.edition == latest and not one.theme:
            whole = names[one.edition, ""]
            for triple in _measurements(one, ("dataset", agenda), dataset, edition, whole, known, iris):
                yield triple
                if triple[1] == DQV.computedOn:
                    yield dataset, DQV.hasQualityMeasurement, triple[0]


def _measurements(
    one: Measured,
    keys: Sequence[str],
    on: URIRef,
    edition: URIRef,
    name: Names,
    known: Mapping[str, Metric],
    iris: Iris,
) -> Iterator[Triple]:
    for key, value in _values(one):
        subject = URIRef(iris.resource(MEASUREMENT, *keys, key))
        label = known[key].label
        yield from types(subject, DQV.QualityMeasurement, PROV.Entity)
        yield from labels(subject, RDFS.label, nl=f"{label.nl}: {name.nl}", en=f"{label.en}: {name.en or name.nl}")
        yield subject, DQV.isMeasurementOf, URIRef(iris.resource(_METRIC, key))
        yield subject, DQV.computedOn, on
        yield subject, DQV.value, value
        yield subject, PROV.wasDerivedFrom, edition


def _values(one: Measured) -> Iterable[tuple[str, Literal]]:
    for key, count in one.counts.items():
        yield key, number(count)
    for key, share in one.shares.items():
        if share.value is not None:
            yield key, _decimal(share.value)


def _decimal(value: Decimal) -> Literal:
    """Returns a decimal with a point, without which Turtle would take it for an integer (XSD 1.0, section 3.2.3.2)."""
    text = format(value, "f").rstrip("0").rstrip(".")
    text = text if "." in text else f"{text}.0"
    return Literal(text, datatype=XSD.decimal, normalize=False)
