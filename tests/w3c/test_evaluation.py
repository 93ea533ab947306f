"""The W3C evaluation and syntax tests of SPARQL 1.1: exactly what docs/conformance.md lists does not pass."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kennis_ld.engine.interface import Answer, Question
from kennis_ld.engine.store import StoreEngine
from kennis_ld.errors import MalformedQuery, QueryError
from tests.w3c import evaluation
from tests.w3c.served import Site
from tests.w3c.suites import ABSENT, Case, cases, is_there

if not is_there():
    pytest.skip(ABSENT, allow_module_level=True)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "conformance.md"
EVALUATION = cases("QueryEvaluationTest")


def listed(heading: str) -> set[str]:
    """The tests that the page names under a heading."""
    sections = PAGE.read_text(encoding="utf-8").split("\n## ")
    (section,) = (each for each in sections if each.startswith(heading))
    return set(re.findall(r"`([a-z-]+/[\w-]+)`", section))


def test_the_suite_is_whole() -> None:
    """As many tests are collected as the suite has."""
    assert 309 == len(EVALUATION)
    assert 66 == len(cases("PositiveSyntaxTest11"))
    assert 48 == len(cases("NegativeSyntaxTest11"))
    assert 3 == len(cases("CSVResultFormatTest"))


def test_the_page_lists_what_fails() -> None:
    """In this process exactly the tests on the page fail: SERVICE is refused, the others have another answer."""
    failing = evaluation.failures(EVALUATION, evaluation.in_process)
    assert listed("Evaluation") == set(failing)
    refused = {name for name, why in failing.items() if why == "QueryNotAllowed"}
    assert {case.name for case in EVALUATION if case.name.startswith("service/")} == refused
    assert {"another result"} == {why for name, why in failing.items() if name not in refused}


def test_nothing_of_ours_fails() -> None:
    """Every test that pyoxigraph passes by itself passes through the engine."""
    assert listed("Evaluation") == set(evaluation.failures(EVALUATION, evaluation.bare))


@pytest.mark.parametrize(("solutions", "graph"), [("json", "nt"), ("xml", "ttl"), ("tsv", "rdf")])
def test_the_endpoint_answers_as_the_engine(site: Site, solutions: str, graph: str) -> None:
    """Over HTTP, through workers and in every form, exactly the tests on the page fail; SERVICE answers 403."""
    failing = evaluation.failures(EVALUATION, evaluation.over_http(site, solutions=solutions, graph=graph))
    assert listed("Evaluation") == set(failing)
    assert {name for name in failing if name.startswith("service/")} == {
        n for n, why in failing.items() if why == "403"
    }


@pytest.mark.parametrize("case", cases("CSVResultFormatTest"), ids=lambda case: case.name)
def test_csv(case: Case) -> None:
    """CSV has the values that the suite expects, whatever the blank nodes are called and the numbers look like."""
    answer = StoreEngine(evaluation.store_of(case)).answer(Question(case.text, case.base, solutions="csv"))
    assert case.result is not None
    assert cells(case.result.read_bytes()) == cells(answer.body)


def cells(content: bytes) -> list[list[tuple[str, str]]]:
    """Sorted rows by column, with one name for blank nodes and one form for numbers."""
    rows = csv.DictReader(content.decode().splitlines())
    return sorted(sorted((name, plain(value)) for name, value in row.items()) for row in rows)


def plain(value: str) -> str:
    """A value as CSV has it, in one form."""
    try:
        return str(float(value))
    except ValueError:
        return "_:" if value.startswith("_:") else value


def test_queries_that_are_sparql_are_taken() -> None:
    """Every positive syntax test is read as a query, but those that the page lists, which are refused by design."""
    refused = {case.name: said(case) for case in cases("PositiveSyntaxTest11") if said(case)}
    assert listed("Syntax") == set(refused)
    assert {"QueryNotAllowed"} == {refused[name] for name in refused if name.startswith("syntax-fed/")}
    assert ["function"] == [why for name, why in refused.items() if not name.startswith("syntax-fed/")]


def test_queries_that_are_no_sparql_are_malformed() -> None:
    """Every negative syntax test is refused as malformed."""
    assert {"malformed"} == {said(case) for case in cases("NegativeSyntaxTest11")}


def said(case: Case) -> str:
    """What an engine without data says to a query; nothing where it answers."""
    try:
        answer = StoreEngine(ox.Store()).answer(Question(case.text, case.base))
    except MalformedQuery as error:
        return "function" if "function" in error.what else "malformed"
    except QueryError as error:
        return type(error).__name__
    assert isinstance(answer, Answer)
    return ""
