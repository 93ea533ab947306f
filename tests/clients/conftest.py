"""A running site for the clients: the made-up city Zandwijk, with one old statement in a named graph."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator

import pytest

from kennis_ld.engine.interface import Budget
from tests.w3c.served import Site, running

OLD = "https://old.zandwijk.example/graph"
"""A named graph of the site."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site."""
    folder = tmp_path_factory.mktemp("clients")
    old = folder / "old.nt"
    old.write_text('<https://old.zandwijk.example/a> <https://old.zandwijk.example/says> "oud & <wijs>"@nl .\n')
    # As much time as it takes on a busy machine: a query that is over another bound is told of that one.
    with running(folder, graphs={OLD: old}, budget=Budget(seconds=60)) as site:
        yield site


@pytest.fixture(autouse=True)
def no_open_sockets() -> Iterator[None]:
    """Closes the connections that SPARQLWrapper leaves open behind an error, before they disturb another test."""
    # What was there before is not looked at again: all modules of a process take longer than most of the tests.
    gc.freeze()
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
