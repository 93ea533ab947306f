"""Two agendas to ask: Duinstad, small and made up so that every answer can be seen by eye, and the bundled one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from kennis_ld.agenda import rows
from kennis_ld.agenda.editions import Identities, resolved
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.resolution import Resolver
from kennis_ld.engine.interface import Engine, Question
from kennis_ld.engine.saved import SavedQuery, bindings, load_all
from kennis_ld.engine.store import memory_engine
from kennis_ld.graph import formats
from kennis_ld.graph.definitions import definition_triples
from kennis_ld.graph.mapping import Mapping as AgendaMapping
from kennis_ld.graph.organisations import organisation_triples
from kennis_ld.graph.provenance import EditionFacts, agenda_triples, document_iri, edition_triples
from kennis_ld.graph.statements import Triple
from kennis_ld.iri import Iris
from kennis_ld.model import ProjectEntry
from kennis_ld.publication import tables
from kennis_ld.publication.bundled import bundled
from kennis_ld.publication.publication import Publication
from kennis_ld.reading import documents

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
    concepts = (bundled("ontology") / "concepts.ttl").read_text(encoding="utf-8")
    lines = [
        *formats.lines(definition_triples(concepts, DUINSTAD)),
        *formats.lines(_turtle("algemeen")),
        *formats.lines(_turtle("editie-2028")),
        *formats.lines(_turtle("editie-2028"), graph=DUINSTAD.edition("2028")),
        *formats.lines(_turtle("editie-2024"), graph=DUINSTAD.edition("2024")),
    ]
    yield from _engine(lines, tmp_path_factory.mktemp("duinstad"))


@pytest.fixture(scope="session")
def leiden_engine(leiden: Publication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The bundled agenda, read, resolved and mapped, without the checks of a build."""
    yield from _engine(_statements(leiden), tmp_path_factory.mktemp("leiden"))


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


def _turtle(name: str) -> Iterable[Triple]:
    return formats.parsed((FOLDER / f"{name}.ttl").read_bytes(), "ttl", base=DUINSTAD.root)


def _engine(lines: Iterable[str], folder: Path) -> Iterator[Engine]:
    data = folder / "agenda.nq"
    data.write_text("".join(f"{line}\n" for line in sorted(set(lines))), encoding="utf-8")
    engine = memory_engine([data])
    yield engine
    engine.close()


def _statements(publication: Publication) -> Iterator[str]:
    """Yields the lines of N-Quads of a publication with one edition."""
    iris = publication.iris
    (edition,) = publication.editions
    register = Register(tables.organisations(publication.table("register")), tables.groups(publication.table("groups")))
    themes = tables.themes(publication.table("themes"))
    resolver = Resolver(register)
    mapping = AgendaMapping(iris, publication.language)
    found = resolved(
        rows.entries(
            documents.rows(edition.document),
            columns=publication.columns,
            themes=themes,
            document=edition.document.name,
        ),
        edition=edition.key,
        themes=themes,
        identities=Identities(tables.identities(publication.table("identities"))),
        resolver=resolver,
    )
    for item in found:
        if isinstance(item, ProjectEntry):
            triples = list(mapping.entry(item, edition=edition.key, document=document_iri(edition.key, iris)))
            yield from formats.lines(triples)
            yield from formats.lines(triples, graph=iris.edition(edition.key))
    for organisation in (*register.by_key.values(), *resolver.provisional):
        yield from formats.lines(organisation_triples(organisation, iris))
    yield from formats.lines(mapping.themes(themes, title="Thema's", title_en="Themes"))
    yield from formats.lines(agenda_triples(publication.agenda, [edition.key], iris))
    facts = EditionFacts(
        key=edition.key,
        title=edition.title,
        title_en=edition.title_en,
        period=edition.period,
        issued=edition.issued,
        document=edition.document.name,
        sha256="0" * 64,
        before="",
    )
    yield from formats.lines(edition_triples(publication.agenda.key, facts, version="0", iris=iris))
    concepts = (bundled("ontology") / "concepts.ttl").read_text(encoding="utf-8")
    yield from formats.lines(definition_triples(concepts, iris))
