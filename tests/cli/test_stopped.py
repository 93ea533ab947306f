"""Ctrl-C, at any moment of a command: one sentence, exit code 130, nothing left behind."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kennis_ld.pipeline import context
from tests.cli.conftest import in_a_process
from tests.publications import write

LOADING = """
import os, signal, sys
library = sys.argv[1]
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == library:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
import runpy
del sys.argv[1]
runpy.run_module("kennis_ld.cli", run_name="__main__")
"""
"""Runs a command in which Ctrl-C is pressed when a library is loaded."""


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize(
    ("command", "module", "name"),
    [
        ("check", "kennis_ld.pipeline.context", "Checker"),
        ("build", "kennis_ld.publication.tables", "organisations"),
        ("build", "kennis_ld.graph.formats", "write"),
        ("build", "kennis_ld.release.publish", "flush"),
        ("serve", "kennis_ld.graph.formats", "write"),
        ("query", "kennis_ld.cli.answers", "ask"),
        ("query", "kennis_ld.cli.answers", "show"),
    ],
)
def test_ctrl_c_is_one_sentence(tmp_path: Path, command: str, module: str, name: str) -> None:
    """A command that is stopped says so and no more; a build that was stopped leaves no half release."""
    city, releases = write(tmp_path / "city"), tmp_path / "releases"
    where = {"check": [str(city)], "query": ["wie-trekt-het-meest", "--publication", str(city)]}
    arguments = [command, *where.get(command, [str(city)])]
    if command != "check":
        arguments += ["--releases", str(releases)]

    def pressed() -> None:
        """Presses Ctrl-C when the function is called; shapes that another test compiled are compiled again."""
        context._compiled.cache_clear()
        owner = importlib.import_module(module)
        real = getattr(owner, name)

        def press(*given: Any, **named: Any) -> Any:
            os.kill(os.getpid(), signal.SIGINT)
            return real(*given, **named)

        setattr(owner, name, press)

    assert (130, "", "✖ Stopped.\n") == in_a_process(arguments, tmp_path, first=pressed)
    assert [] == [path.name for path in releases.glob(".staging*")]


@pytest.mark.parametrize(("command", "library"), [("check", "rdflib"), ("serve", "flask"), ("query", "pyoxigraph")])
def test_ctrl_c_while_loading(command: str, library: str) -> None:
    """A command that is stopped before it began says so too."""
    ran = subprocess.run(
        [sys.executable, "-c", LOADING, library, command], capture_output=True, text=True, check=False, timeout=60
    )
    assert (130, "", "✖ Stopped.\n") == (ran.returncode, ran.stdout, ran.stderr)


@pytest.mark.parametrize("asked", [["--lang", "nl"], ["--lang=nl"]])
def test_ctrl_c_while_loading_is_said_in_dutch(asked: list[str]) -> None:
    """Who asked for Dutch reads it from the first moment on."""
    command = [sys.executable, "-c", LOADING, "rdflib", "check", *asked]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (130, "", "✖ Gestopt.\n") == (ran.returncode, ran.stdout, ran.stderr)
