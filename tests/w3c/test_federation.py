"""The W3C tests of SERVICE, where the endpoints of each test are named: what docs/conformance.md says of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest

from kennis_ld.engine.federation import FederatedEngine
from kennis_ld.engine.interface import Answer, Question
from kennis_ld.engine.services import Federation, Solution, solutions
from kennis_ld.engine.store import StoreEngine
from kennis_ld.errors import QueryError, ServiceFailed, ServiceNotPossible
from tests.w3c import evaluation
from tests.w3c.evaluation import store_of
from tests.w3c.suites import ABSENT, SUITE, Case, cases, is_there

if not is_there():
    pytest.skip(ABSENT, allow_module_level=True)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "conformance.md"
INVALID = "http://invalid.endpoint.org/sparql"
PREFIXES = """\
PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
PREFIX qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#>
"""


class Here:
    """The endpoints of a test, in this process, but for the one that is invalid; they answer as over HTTP."""

    def __init__(self, stores: dict[str, ox.Store]) -> None:
        self._stores = stores
        self.federation = Federation((*stores, INVALID))

    def ask(self, endpoint: str, query: str, variables: Collection[str], until: float) -> Sequence[Solution]:
        """Answers; see `kennis_ld.engine.services.ask_endpoint`."""
        if endpoint == INVALID:
            raise ServiceFailed
        body = self._stores[endpoint].query(query).serialize(format=ox.QueryResultsFormat.JSON)
        return solutions(body or b"", variables, most=self.federation.rows)


def endpoints(case: Case) -> dict[str, ox.Store]:
    """The endpoints that take part in a test, with their data."""
    manifest, found = ox.Store(), dict[str, ox.Store]()
    folder = SUITE / "service"
    manifest.load(path=folder / "manifest.ttl", base_iri=folder.as_uri() + "/")
    assert case.query is not None
    rows = manifest.query(
        f"{PREFIXES} SELECT ?endpoint ?data {{ ?action qt:query <{case.query.as_uri()}> ;"
        " qt:serviceData [ qt:endpoint ?endpoint ; qt:data ?data ] }"
    )
    for endpoint, data in rows:  # type: ignore[union-attr, misc]
        store = found.setdefault(endpoint.value, ox.Store())
        store.load(path=folder / data.value.rpartition("/")[2])
    return found


def federated(case: Case, *, reasons: dict[str, str]) -> Answer | str:
    services = Here(endpoints(case))
    try:
        engine = FederatedEngine(StoreEngine(store_of(case)), services.ask, services.federation)
        return engine.answer(Question(case.text, case.base))
    except ServiceNotPossible as error:
        reasons[case.name] = error.reason
        return error.reason
    except QueryError as error:
        return type(error).__name__


def test_the_page_lists_what_is_not_possible() -> None:
    """Of the tests with SERVICE exactly those fail that the page names: a variable as endpoint, and one in another."""
    tests = [case for case in cases("QueryEvaluationTest") if case.name.startswith("service/")]
    reasons: dict[str, str] = {}
    failing = evaluation.failures(tests, partial(federated, reasons=reasons))
    assert 7 == len(tests)
    assert failing == reasons
    (section,) = (each for each in PAGE.read_text(encoding="utf-8").split("\n\n") if each.startswith("With endpoints"))
    assert set(re.findall(r"`(service/\w+)`", section)) == set(failing)
    assert {"variable", "nested"} == set(reasons.values())
