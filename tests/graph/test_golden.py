"""What portals and linked-data tools get to read of a city, whole, against files that people reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kennis_ld.graph import formats
from kennis_ld.graph.catalogue import Catalogue, catalogue_triples, dataset_iri
from kennis_ld.graph.concepts import role_triples, status_triples
from kennis_ld.graph.description import Description, document, membership, statements
from kennis_ld.graph.linkset import linkset
from kennis_ld.graph.questions import prefix_triples
from kennis_ld.graph.reader import Reader
from kennis_ld.graph.stream import Page, page_triples, view_triples
from kennis_ld.graph.structured_data import structured_data
from kennis_ld.graph.void import Statistics, void_triples
from kennis_ld.iri import Iris
from kennis_ld.model import Role, Status
from kennis_ld.publication.publication import Publication
from tests.golden.difference import compare
from tests.graph.cities import of_leiden, of_voorbeeldstad
from tests.pipeline import bundled_city
from tests.release.test_golden import compare as compare_lines

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


def test_stream(request: pytest.FixtureRequest) -> None:
    """So do the view on the changes of a city, and a page of them that is one of two."""
    iris, pages = Iris("https://data.zandwijk.example"), [Page(1, 1, "2030-01-02T03:04:05+00:00")]
    pages.append(Page(2, 1, "2031-01-02T03:04:05+00:00"))
    part = str(dataset_iri("agenda", iris)), "http://creativecommons.org/licenses/by/4.0/"
    told = [
        *view_triples(pages, iris, title={"nl": "Agenda", "en": "Agenda of the city"}, part=part),
        *page_triples(pages[0], iris),
        *page_triples(pages[1], iris, others=[2]),
    ]
    compare(GOLDEN / "zandwijk-stream.nt", formats.lines(told), update=request.config.getoption("--update-golden"))


def test_words_of_a_city(request: pytest.FixtureRequest) -> None:
    """So do the roles, statuses and prefixes of a city."""
    iris = Iris("https://data.zandwijk.example")
    roles = [
        Role(
            "financier",
            "F",
            {"nl": "financier", "en": "funder"},
            {"nl": "Betaalt mee.", "en": "Pays."},
            Role.PARTNER,
        ),
        Role("medetrekker", "M", {"nl": "medetrekker", "en": "co-lead"}, broader=Role.LEAD),
    ]
    statuses = [
        Status("loopt", {"nl": "loopt", "en": "running"}, {"nl": "Het loopt.", "en": "It runs."}, ("bezig",)),
        Status("stop", {"nl": "gestopt"}),
    ]
    told = [*role_triples(roles, iris), *status_triples(statuses, iris), *prefix_triples(iris)]
    compare(GOLDEN / "zandwijk-words.nt", formats.lines(told), update=request.config.getoption("--update-golden"))


SHOWN = (
    "project/leren-met-de-stad", "organisatie/cslab", "organisatie/gl", "thema/gezondheid-welzijn",
    "agendapunt/2023-2027--leren-met-de-stad", "editie/2023-2027", "begrip/trekker", "begrip/bevestigd",
    "agenda/leiden-kennisstad", "organisatie/nergens",
)  # fmt: skip


def shown(iri: str, iris: Iris, about: Description, language: str) -> Iterator[str]:
    """What people, search engines and programs read of a thing."""

    def term(iri: str, short: str) -> str | None:
        return None if short == iri else f"[{short}]"

    reader = Reader(iri, about, language=language, term=term)
    yield f"{iri} ({language}): {reader.name(iri).value}"
    yield f"  kinds: {' '.join(map(about.short, reader.kinds()))}"
    for name, values in reader.properties()[:40]:
        called = (reader.name(value.value).value if value.is_iri else value.value for value in values[:4])
        yield f"  {about.short(name)}: {', '.join(called)}"
    for role in ("T", "P"):
        yield from (f"  {role}: {part}" for part in reader.parties(role)[:2])
    yield f"  entries: {[entry.iri for entry in reader.entries()]}"
    yield f"  mentions: {[(subject, about.short(name)) for subject, name in reader.mentions()[:3]]}"
    yield f"  {structured_data(iri, about, language=language, page=iris.page(iri))}"
    yield f"  {' '.join(linkset(iri, iris.page(iri), about, {'ttl': 'text/turtle', 'html': 'text/html'}).split())}"


def test_things_as_they_are_shown(request: pytest.FixtureRequest) -> None:
    """Names, kinds, properties and parties of things in their order, in both languages, are as reviewed."""
    iris = Iris("http://localhost:8000")
    lines = "".join(f"{line}\n" for line in bundled_city("leiden").current).encode()
    part = (str(dataset_iri("agenda", iris)), "https://creativecommons.org/publicdomain/zero/1.0/")
    iri_of = {name: f"{iris.base}/id/{name}" for name in SHOWN}
    lines += b"".join(membership(iris.page(iri), iri, part) for iri in iri_of.values())
    about = Description(statements(lines), terms=iris.terms)
    found = [line for iri in iri_of.values() for lang in ("nl", "en") for line in shown(iri, iris, about, lang)]
    for form in ("ttl", "nt"):
        iri = iri_of["organisatie/cslab"]
        own = "".join(f"{line}\n" for line in lines.decode().splitlines() if f"<{iri}>" in line).encode()
        found += document(own, form, terms=iris.terms, about=iri).decode().splitlines()
    found = [line.replace(iris.base, "") for line in found]
    compare_lines("leiden-shown.txt", found, update=request.config.getoption("--update-golden"))
