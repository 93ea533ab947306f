"""A running site with the data of the protocol tests, for the tests that send requests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.w3c.served import Site, running
from tests.w3c.suites import cases


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site, with data1 to data3 of the suite as named graphs."""
    graphs = {iri: path for case in cases("ProtocolTest") for iri, path in case.graphs}
    with running(tmp_path_factory.mktemp("w3c"), graphs=graphs) as site:
        yield site
