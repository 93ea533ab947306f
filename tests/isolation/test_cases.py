"""Acceptance cases of hostile queries, each by its number, against a real worker with a small budget."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from kennis_ld.engine.interface import MIB, Budget
from kennis_ld.engine.store import StoreEngine
from kennis_ld.errors import BudgetExceeded, MalformedQuery, QueryError, ResultTooLarge
from kennis_ld.isolation import worker
from kennis_ld.isolation.worker import SingleWorker
from tests.isolation.attacks import MOST_TEXT
from tests.isolation.conftest import BUDGET, GOOD, ask
from tests.isolation.hostile_texts import SHAPES

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

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


@pytest.fixture
def short(store: ox.Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[SingleWorker]:
    """A worker that has little time, and is ended soon after it; afterwards another still answers."""
    monkeypatch.setattr(worker, "_BACKSTOP", 0.05)
    engine = SingleWorker(StoreEngine(store, budget=BUDGET, guarded=False), BUDGET)
    yield engine
    assert is_answered(engine)
    engine.close()


@pytest.fixture(scope="module")
def engine(store: ox.Store) -> Iterator[SingleWorker]:
    """A worker that has enough time."""
    budget = Budget(memory=320 * MIB)
    engine = SingleWorker(StoreEngine(store, budget=budget, guarded=False), budget)
    yield engine
    engine.close()


def is_answered(engine: SingleWorker) -> bool:
    """Whether a good query is answered."""
    try:
        return b"ding 1" in engine.answer(GOOD).body
    except QueryError:
        return False


@pytest.mark.parametrize("text", STOPPED.values(), ids=STOPPED)
def test_cases_5_6_11_15_are_stopped(short: SingleWorker, text: str) -> None:
    """Texts that grow, one text of everything, a long plan and an expression for each pair pass the budget."""
    with pytest.raises(BudgetExceeded):
        short.answer(ask(text))


def test_case_08_no_shape_overflows_a_stack(short: SingleWorker) -> None:
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
            if error.cause != "time":
                crashed.append(opening)
    assert [] == crashed


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(a*)*b", "^(([a-z])+.)+[A-Z]$"])
def test_case_14_no_expression_explodes(engine: SingleWorker, pattern: str) -> None:
    """An expression that other engines take years for is answered about a text of 50 kB."""
    answer = engine.answer(ask(f'ASK {{ FILTER REGEX("{"a" * 50_000}!", "{pattern}") }}'))
    assert json.loads(answer.body)["boolean"] is False


def test_cases_9_and_17_too_long_a_text(engine: SingleWorker) -> None:
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


def test_case_20_the_largest_offset(engine: SingleWorker) -> None:
    """The largest number there is gives no rows; a larger one is no query."""
    answer = engine.answer(ask("SELECT * { ?s ?p ?o } OFFSET 18446744073709551615"))
    assert [] == json.loads(answer.body)["results"]["bindings"]
    with pytest.raises(MalformedQuery):
        engine.answer(ask("SELECT * { ?s ?p ?o } OFFSET 18446744073709551616"))
