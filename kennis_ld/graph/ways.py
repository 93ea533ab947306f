"""The ways to get the data that are no files: the SPARQL service and the change feed."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef

from kennis_ld.graph.stream import SPECIFICATION

SPARQL_PROTOCOL = URIRef("https://www.w3.org/TR/sparql11-protocol/")
"""What the service conforms to; NDE asks for exactly this IRI."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to get the data that is no file: a service, and the distribution that it gives.

    Attributes:
        key: in the IRIs of the service and the distribution.
        name: what portals show.
        nl: what it offers, in Dutch.
        en: the same, in English.
        service_nl: what the service does, in Dutch.
        service_en: the same, in English.
        standard: what it conforms to.
        file_type: code of the form in which it answers.
        media_type: of that form; empty where one address answers in many.
    """

    key: str
    name: str
    nl: str
    en: str
    service_nl: str
    service_en: str
    standard: URIRef
    file_type: str
    media_type: str


WAYS = (
    Way(
        "sparql",
        "SPARQL",
        "Bevraag alle gegevens met SPARQL 1.1.",
        "Query all data with SPARQL 1.1.",
        "Beantwoordt vragen in SPARQL 1.1 over alle gegevens; zonder vraag beschrijft de dienst zichzelf.",
        "Answers queries in SPARQL 1.1 about all data; without a query the service describes itself.",
        SPARQL_PROTOCOL,
        "SPARQLQ",
        "",
    ),
    Way(
        "ldes",
        "LDES",
        "Alle wijzigingen van de gegevens, om een kopie bij te houden.",
        "All changes of the data, to keep a copy up to date.",
        "Geeft elke versie van elk gegeven als Linked Data Event Stream; de eerste pagina beschrijft de dienst.",
        "Gives every version of everything as a Linked Data Event Stream; the first page describes the service.",
        SPECIFICATION,
        "RDF_TURTLE",
        "text/turtle",
    ),
)
"""The services, in the order in which a catalogue names them."""
