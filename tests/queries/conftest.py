"""Two agendas to ask: Duinstad, small and made up so that every answer can be seen by eye, and the bundled one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from kennis_ld.engine.interface import Engine, Question
from kennis_ld.engine.saved import bindings, load_all
from kennis_ld.engine.store import StoreEngine, load_store
from kennis_ld.iri import Iris
from kennis_ld.model.saved_query import SavedQuery
from kennis_ld.publication import settings as config
from kennis_ld.publication.bundled import bundled
from kennis_ld.publication.publication import Publication
from kennis_ld.quality.validation import Valid
from tests.pipeline import Read, bundled_city, read

DUINSTAD = Iris("https://data.duinstad.example")
FOLDER = Path(__file__).parent / "duinstad"

Rows = list[tuple[str, ...]]
Ask = Callable[..., Rows]


@pytest.fixture(scope="session")
def saved() -> Mapping[str, SavedQuery]:
    """The saved queries that kennis-ld brings along."""
    return load_all(bundled("queries"))


@pytest.fixture(scope="session")
def duinstad_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Duinstad as a release has it: the current edition in the default graph, each edition in its named graph."""
    yield from _engine(read(config.publication(FOLDER)), DUINSTAD, tmp_path_factory.mktemp("duinstad"))


@pytest.fixture(scope="session")
def leiden_engine(leiden: Publication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The bundled agenda, as the pipeline makes it."""
    yield from _engine(bundled_city("leiden"), leiden.iris, tmp_path_factory.mktemp("leiden"))


@pytest.fixture
def duinstad(duinstad_engine: Engine, saved: Mapping[str, SavedQuery]) -> Ask:
    """Asks Duinstad a saved query: `duinstad("zonder-trekker")` gives its rows, IRIs without their base."""
    return _asking(duinstad_engine, saved, DUINSTAD)


@pytest.fixture
def leiden_ask(leiden_engine: Engine, saved: Mapping[str, SavedQuery], leiden: Publication) -> Ask:
    """Asks the bundled agenda a saved query, as `duinstad` does."""
    return _asking(leiden_engine, saved, leiden.iris)


def _asking(engine: Engine, saved: Mapping[str, SavedQuery], iris: Iris) -> Ask:
    def ask(name: str, **given: str) -> Rows:
        query = saved[name]
        answer = engine.answer(Question(query.text, iris.root, bindings=bindings(query, given, iris)))
        if answer.kind == "graph":
            return sorted(
                tuple(_short(term, iris) for term in _terms(line)) for line in answer.body.decode().splitlines()
            )
        solutions = json.loads(answer.body)["results"]["bindings"]
        return [
            tuple(_short(row[column]["value"], iris) if column in row else "" for column in query.columns)
            for row in solutions
        ]

    return ask


def _short(value: str, iris: Iris) -> str:
    """Returns a value without the address of the publication: 'organisatie/gd'."""
    return value.removeprefix(f"{iris.base}/id/")


def _terms(line: str) -> list[str]:
    """Returns the three terms of a line of N-Triples; a literal with its quotes, an IRI without its brackets."""
    return [term.removeprefix("<").removesuffix(">") for term in line.removesuffix(" .").split(" ", 2)]


def _engine(found: Read, iris: Iris, folder: Path) -> Iterator[Engine]:
    assert isinstance(found.validation, Valid)
    data = folder / "agenda.nq"
    lines = [*found.current]
    for key, said in found.editions.items():
        lines += [f"{line.removesuffix(' .')} <{iris.edition(key)}> ." for line in said]
    data.write_text("".join(f"{line}\n" for line in sorted(lines)), encoding="utf-8")
    yield StoreEngine(load_store([data]))
