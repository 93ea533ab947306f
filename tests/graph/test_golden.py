"""What portals and linked-data tools get to read of a city, whole, against files that people reviewed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kennis_ld.graph import formats
from kennis_ld.graph.catalogue import Catalogue, catalogue_triples
from kennis_ld.graph.void import Statistics, void_triples
from kennis_ld.iri import Iris
from kennis_ld.publication.publication import Publication
from tests.golden.difference import compare
from tests.graph.cities import of_leiden, of_voorbeeldstad

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
COUNTED = Statistics(
    triples=9,
    subjects=3,
    classes={"https://schema.org/Project": 2, "http://localhost:8000/def#Project": 2},
    properties={"https://schema.org/name": 4, "https://schema.org/alternateName": 1},
    links={"ror": 1, "tooi": 2, "wikidata": 3},
)


@pytest.fixture(params=["leiden", "voorbeeldstad"])
def city(request: pytest.FixtureRequest, leiden: Publication) -> tuple[str, Catalogue, Iris]:
    return (request.param, *(of_leiden(leiden) if request.param == "leiden" else of_voorbeeldstad()))


def test_catalogue(city: tuple[str, Catalogue, Iris], request: pytest.FixtureRequest) -> None:
    """The catalogue of a city that tells all, and of one that tells as little as it may, says what was reviewed."""
    name, catalogue, iris = city
    update = request.config.getoption("--update-golden")
    compare(GOLDEN / f"{name}-catalogue.nt", formats.lines(catalogue_triples(catalogue, iris)), update=update)


def test_void(city: tuple[str, Catalogue, Iris], request: pytest.FixtureRequest) -> None:
    """So does the VoID description."""
    name, catalogue, iris = city
    update = request.config.getoption("--update-golden")
    compare(GOLDEN / f"{name}-void.nt", formats.lines(void_triples(COUNTED, catalogue, iris)), update=update)
