"""Runs commands on the made-up city, in this process; what a command prints comes back apart from its remarks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kennis_ld.cli import main
from tests.publications import write

Run = Callable[..., Result]
City = Callable[..., Path]


def invoked(*arguments: str | Path) -> Result:
    """Runs `kennis-ld` with arguments."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def run() -> Run:
    """Runs `kennis-ld` with arguments."""
    return invoked


@pytest.fixture
def city(tmp_path: Path) -> City:
    """Writes the made-up city with changed files, each time in the same folder."""

    def writes(changes: Mapping[str, str] | None = None) -> Path:
        return write(tmp_path / "city", changes)

    return writes
