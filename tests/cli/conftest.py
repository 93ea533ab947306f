"""Runs commands on the made-up city, in this process; what a command prints comes back apart from its remarks."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
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


def in_a_process(arguments: Sequence[str], folder: Path, *, first: Callable[[], object]) -> tuple[int, str, str]:
    """Runs `kennis-ld` in a process that is forked for it; returns exit code and output.

    It has all code in memory, which a process that is started takes a second to load.

    Args:
        folder: where its output goes.
        first: what it does before.
    """
    out, err = folder / "stdout", folder / "stderr"
    child = os.fork()
    if not child:
        code = 1
        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            with out.open("w", encoding="utf-8") as sys.stdout, err.open("w", encoding="utf-8") as sys.stderr:
                os.dup2(sys.stdout.fileno(), 1)
                os.dup2(sys.stderr.fileno(), 2)
                first()
                try:
                    main(arguments)
                except SystemExit as end:
                    code = int(end.code or 0)
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")


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
