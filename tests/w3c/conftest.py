"""A running site with the data of the suite, for the tests that send requests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.w3c.evaluation import data_of_all
from tests.w3c.served import Site, running
from tests.w3c.suites import cases


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site, with every data file of the evaluation and protocol tests as a named graph."""
    folder = tmp_path_factory.mktemp("w3c")
    data = data_of_all(cases("QueryEvaluationTest", "ProtocolTest"), folder / "suite.nq")
    with running(folder, graphs={None: data}) as site:
        yield site
