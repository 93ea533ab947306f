"""`kennis-ld push`, where it does not come to an engine; tests/serving/test_engines.py has real ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kennis_ld.cli import main
from kennis_ld.cli.push import addresses


@pytest.mark.parametrize(
    ("url", "updates", "queries"),
    [
        ("http://e:7878/update", "http://e:7878/update", "http://e:7878/query"),
        ("http://e:7878/store", "http://e:7878/update", "http://e:7878/query"),
        ("http://e/ds/data", "http://e/ds/update", "http://e/ds/query"),
        ("http://e/repositories/stad/statements", "http://e/repositories/stad/statements", "http://e/repositories/stad"),
        ("http://e/repositories/stad/rdf-graphs/service", "http://e/repositories/stad/statements", "http://e/repositories/stad"),
        ("http://e/sparql-auth", "http://e/sparql-auth", "http://e/sparql"),
        ("http://e/sparql-graph-crud-auth", "http://e/sparql-auth", "http://e/sparql"),
        ("http://e/sparql", "http://e/sparql", "http://e/sparql"),
    ],
)  # fmt: skip
def test_an_engine_is_known_by_any_of_its_addresses(url: str, updates: str, queries: str) -> None:
    """The address for updates, or that of the Graph Store Protocol, gives both addresses."""
    assert (updates, queries) == addresses(url)


@pytest.mark.parametrize(
    "options", [["ftp://e/"], ["http://e/update", "--graph", "a b"], ["http://e/update", "--query-url", "x"]]
)
def test_what_is_no_address_is_refused(options: list[str]) -> None:
    """A mistake in an address is found before anything is built."""
    found = CliRunner().invoke(main, ["push", *options])
    assert found.exit_code == 2
    assert "is no web address" in found.stderr


def test_nobody_there(tmp_path: Path) -> None:
    """Where no engine answers, the command ends with 2 and says so."""
    found = CliRunner().invoke(main, ["push", "http://127.0.0.1:1/update", "--releases", str(tmp_path)])
    assert found.exit_code == 2
    assert "does not answer" in found.stderr
