"""Acceptance cases of hostile queries, each by its number, against real workers with a small budget."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from kennis_ld.engine.disk import build_store, open_store
from kennis_ld.engine.memory import DataFile
from kennis_ld.engine.pool import PooledEngine
from kennis_ld.engine.supervisor import Supervisor

from kennis_ld.engine.budget import MIB, PAGES, PUBLIC, Budget, Lane
from kennis_ld.engine.interface import Answer
from kennis_ld.engine.store import StoreEngine
from kennis_ld.errors import BudgetExceeded, DamagedRelease, MalformedQuery, QueryError, ResultTooLarge
from tests.engine.attacks import MOST_TEXT
from tests.engine.conftest import ask
from tests.engine.hostile_texts import SHAPES
from tests.waiting import eventually

GOOD = ask("SELECT ?name { <thing/1> <name> ?name }")
LANES = (
    Lane(PUBLIC, workers=2, budget=Budget(seconds=0.3, memory=320 * MIB)),
    Lane(PAGES, workers=1, budget=Budget(seconds=10.0), wait=10.0, patience=10.0),
)
"""Little time for what is to be stopped, and enough on a busy machine for what is to be answered."""

STOPPED = {
    "case 5, texts that grow 32 times each step": 'SELECT (STRLEN(?x8) AS ?n) { BIND("xxxx" AS ?x0) '
    + " ".join(f'BIND(REPLACE(?x{n}, ".", "{"y" * 32}") AS ?x{n + 1})' for n in range(8))
    + " }",
    "case 6, one text of all pairs": "SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f), STR(?i))) AS ?n) "
    "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "case 11, a chain of 800 patterns": f"SELECT * {{ {' '.join(f'?x{n} ?p{n} ?x{n + 1} .' for n in range(800))} }}",
    "case 15, an expression for each pair": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f "
    'FILTER REGEX(CONCAT(STR(?c), "aaaaaaaaaaaaaaaa"), CONCAT("(a+)+", STR(?f), "$")) }',
}


@pytest.fixture(scope="module")
def service(quads: Path) -> Iterator[Supervisor]:
    """A query service with both."""
    with Supervisor([quads], lanes=LANES) as running:
        yield running


@pytest.fixture
def short(service: Supervisor) -> Iterator[PooledEngine]:
    """Workers that have little time; afterwards they still answer."""
    engine = service.engine(PUBLIC)
    yield engine
    assert eventually(lambda: is_answered(engine))


@pytest.fixture
def engine(service: Supervisor) -> PooledEngine:
    """Workers that have enough time."""
    return service.engine(PAGES)


def is_answered(engine: PooledEngine) -> bool:
    """Whether a good query is answered."""
    try:
        return b"ding 1" in engine.answer(GOOD).body
    except QueryError:
        # On a busy machine it may be out of time as well.
        return False


@pytest.mark.parametrize("text", STOPPED.values(), ids=STOPPED)
def test_cases_5_6_11_15_are_stopped(short: PooledEngine, text: str) -> None:
    """Texts that grow, one text of everything, a long plan and an expression for each pair pass the budget."""
    with pytest.raises(BudgetExceeded):
        short.answer(ask(text))


def test_case_08_no_shape_overflows_a_stack(short: PooledEngine) -> None:
    """Each of the shapes that can be nested, as deep as 64 KiB can have it, is answered, malformed, or out of time."""
    assert 17 < len(SHAPES)
    crashed = []
    for before, (opening, middle, closing), after in SHAPES:
        times = (MOST_TEXT - len(before + middle + after)) // len(opening + closing)
        try:
            short.answer(ask(before + opening * times + middle + closing * times + after))
        except (MalformedQuery, ResultTooLarge):
            continue
        except BudgetExceeded as error:
            # A worker that crashed is taken for one that had no memory left.
            if "memory" in str(error):
                crashed.append(opening)
    assert [] == crashed


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(a*)*b", "^(([a-z])+.)+[A-Z]$"])
def test_case_14_no_expression_explodes(engine: PooledEngine, pattern: str) -> None:
    """An expression that other engines take years for is answered about a text of 50 kB."""
    answer = engine.answer(ask(f'ASK {{ FILTER REGEX("{"a" * 50_000}!", "{pattern}") }}'))
    assert json.loads(answer.body)["boolean"] is False


def test_cases_9_and_17_too_long_a_text(engine: PooledEngine) -> None:
    """A text of 64 KiB is read, one byte more is not; so a hundred thousand variables are too many."""
    text = "ASK {}"
    assert "boolean" == engine.answer(ask(text + " " * (MOST_TEXT - len(text)))).kind
    for long in (
        text + " " * (MOST_TEXT - len(text) + 1),
        f"SELECT {' '.join(f'?v{n}' for n in range(100_000))} {{ ?s ?p ?o }}",
    ):
        with pytest.raises(ResultTooLarge) as caught:
            engine.answer(ask(long))
        assert (MOST_TEXT, "query bytes") == (caught.value.limit, caught.value.unit)


def test_case_20_the_largest_offset(engine: PooledEngine) -> None:
    """The largest number there is gives no rows; a larger one is no query."""
    answer = engine.answer(ask("SELECT * { ?s ?p ?o } OFFSET 18446744073709551615"))
    assert [] == json.loads(answer.body)["results"]["bindings"]
    with pytest.raises(MalformedQuery):
        engine.answer(ask("SELECT * { ?s ?p ?o } OFFSET 18446744073709551616"))


def test_case_66_a_damaged_store_gives_no_short_answer(quads: Path, tmp_path: Path) -> None:
    """Where a block of a store on disk is damaged, an answer that needs it is an error, and every answer is whole."""
    folder = tmp_path / "cache"
    build_store([DataFile(quads)], folder)
    question = ask("SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } ORDER BY ?s ?p ?o ?g")
    whole = StoreEngine(open_store(folder)).answer(question)
    assert 803 == len(json.loads(whole.body)["results"]["bindings"])
    failed = 0
    for file in sorted(folder.rglob("*.sst")):
        content = file.read_bytes()
        for place in range(0, len(content), max(1, len(content) // 4)):
            file.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
            outcome = answered(folder, question_text=question.text)
            assert outcome in (None, whole)
            failed += outcome is None
        file.write_bytes(content)
    assert failed > 0


def answered(folder: Path, *, question_text: str) -> Answer | None:
    """The answer of a store on disk; None where it cannot be opened or says that it failed."""
    try:
        return StoreEngine(open_store(folder)).answer(ask(question_text))
    except (QueryError, DamagedRelease):
        return None
