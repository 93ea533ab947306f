"""A query of one's own runs in a process of its own, whose end is said in a sentence."""

from __future__ import annotations

import faulthandler
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kennis_ld.cli.child import answer_in_child
from kennis_ld.engine.interface import Answer, Engine, Question
from kennis_ld.engine.store import StoreEngine
from kennis_ld.errors import BudgetExceeded, KennisError, MalformedQuery, QueryError
from tests.cli.conftest import City, Run
from tests.engine.processes import is_alive

QUESTION = Question("SELECT ?x WHERE { VALUES ?x { 1 2 } }", "https://data.zandwijk.example/")
XSD = "http://www.w3.org/2001/XMLSchema#"
MIXED = [
    *(f'"{value}"^^<{XSD}double>' for value in ("NaN", "1", "2.5", "INF", "-0")),
    *(f'"2020-01-0{day}{zone}"^^<{XSD}date>' for day in range(1, 10) for zone in ("", "Z", "+12:00", "-12:00")),
    *(f'"P{days}D"^^<{XSD}duration>' for days in range(20, 60)),
    *(f'"P{months}M"^^<{XSD}duration>' for months in (1, 2)),
]
"""Values that have no order between them, which an engine that sorts may not survive."""


class Fake:
    """An engine that does something else than answer."""

    def __init__(self, act: Callable[[], object]) -> None:
        self._act = act

    def answer(self, question: Question) -> Answer:
        """Acts, and then answers nothing in particular."""
        self._act()
        return Answer("boolean", "json", question.text.encode())

    def close(self) -> None:
        """Holds nothing."""


def _die(number: int) -> None:
    faulthandler.disable()  # which pytest has switched on
    os.kill(os.getpid(), number)


def raises(error: BaseException) -> Engine:
    def act() -> None:
        raise error

    return Fake(act)


def test_answer_is_the_answer_of_the_engine() -> None:
    """What the child answers comes back whole, also where it is more than a pipe holds."""
    many = Question(f"SELECT ?x WHERE {{ VALUES ?x {{ {' '.join(map(str, range(9000)))} }} }}", QUESTION.base_iri)
    for question in (QUESTION, many):
        expected = StoreEngine(ox.Store()).answer(question)
        assert expected == answer_in_child(lambda: StoreEngine(ox.Store()), question)


@pytest.mark.parametrize("error", [MalformedQuery("Oops.", line=2, column=3), BudgetExceeded(limit="3 s")], ids=str)
def test_error_is_the_error_of_the_engine(error: KennisError) -> None:
    """An error comes back with its kind and all that it says."""
    with pytest.raises(type(error)) as found:
        answer_in_child(lambda: raises(error), QUESTION)
    assert (str(error), vars(error)) == (str(found.value), vars(found.value))


@pytest.mark.parametrize("number", [signal.SIGABRT, signal.SIGSEGV, signal.SIGKILL])
def test_engine_that_dies_is_said(number: signal.Signals) -> None:
    """A child that dies of a signal is an error with what to try, and nothing of it is left."""
    with pytest.raises(QueryError, match="stopped") as error:
        answer_in_child(lambda: Fake(lambda: _die(number)), QUESTION)
    assert "ORDER BY" in error.value.remedy
    assert ("memory" in error.value.what) == (number == signal.SIGKILL)


def test_panic_is_said() -> None:
    """An exception that is none of an engine, such as a panic, is the end of the engine and of nobody else."""
    with pytest.raises(QueryError, match="stopped"):
        answer_in_child(lambda: raises(SystemExit(0)), QUESTION)


def test_ctrl_c_ends_the_child(tmp_path: Path) -> None:
    """Who presses Ctrl-C while the child works waits no longer, and the child is gone."""
    told = tmp_path / "child"

    def act() -> None:
        told.write_text(str(os.getpid()))
        os.kill(os.getppid(), signal.SIGINT)
        signal.pause()

    with pytest.raises(KeyboardInterrupt):
        answer_in_child(lambda: Fake(act), QUESTION)
    assert not is_alive(int(told.read_text()))


def test_query_that_sorts_what_has_no_order(run: Run, city: City, tmp_path: Path) -> None:
    """A query that may end the engine's process gives an answer or a sentence, never a backtrace."""
    file = tmp_path / "sort.rq"
    for shift in range(0, len(MIXED), 7):
        values = " ".join(MIXED[shift::3] + MIXED[:shift] + MIXED[1::5])
        file.write_text(f"SELECT ?x WHERE {{ VALUES ?x {{ {values} }} }} ORDER BY ?x")
        result = run("query", file, "--publication", city(), "--format", "csv")
        assert (0, "") == (result.exit_code, result.stderr) or (
            2 == result.exit_code and "engine stopped" in result.stderr
        )
