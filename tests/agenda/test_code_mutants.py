"""A small, fixed part of `bench/code_mutants.py`: faults in the heart of the program are noticed by its tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.code_faults import ROOT, changes, fewer_alternatives
from bench.code_mutants import MUTANT, drawn

FAULTS = (
    "agenda/resolution.py Certainty.INTENDED -> Certainty.STATED",
    "agenda/legends.py Role.LEAD -> Role.PARTNER",
    "agenda/sayings.py replace(last, start=start, end=end) -> replace(last, start=start)",
    "graph/organisations.py ORG.unitOf -> RDFS.comment",
    "graph/mapping.py yield (SDO.startDate, written(when(participation.start))) -> yield from ()",
    "graph/mapping.py ORG.role -> RDFS.comment",
)
"""A certainty, a role, an end, a parent, a start and what a role is called."""


@pytest.mark.skipif(MUTANT in os.environ, reason="this is a mutant")
def test_a_sample_of_faults_is_noticed() -> None:
    """Faults in what is said of a participation each make a test fail; the campaign tries thousands."""
    parts = [_line(*fault.split(" ", 1)) for fault in FAULTS]
    command = [sys.executable, str(ROOT / "bench" / "code_mutants.py"), "0", "1", *parts]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert f"{len(FAULTS)} mutants in " in done.stdout, done.stdout + done.stderr
    assert done.stdout.endswith(": 100.0% noticed\n"), done.stdout + done.stderr
    assert 0 == done.returncode


def _line(module: str, fault: str) -> str:
    """The first fault of a module that reads so, as the campaign prints it."""
    return next(line for line in map(str, changes(ROOT / "kennis_ld" / module)) if line.endswith(f": {fault}"))


def test_every_kind_of_fault_is_drawn() -> None:
    """The campaign has thousands of faults of all kinds in every module of agenda and graph, and the same each time."""
    found = drawn(0, "1")
    assert len(found) > 2_000
    assert {
        "alternative", "and/or", "argument", "arithmetic", "branch", "certainty", "comparison", "condition dropped",
        "constant", "element", "filter", "negation", "not done", "not said", "property", "return", "role", "way",
    } == {change.kind for change in found}  # fmt: skip
    modules = {path for folder in ("agenda", "graph") for path in (ROOT / "kennis_ld" / folder).rglob("[a-z]*.py")}
    assert modules == {change.module for change in found}
    assert [str(change) for change in drawn(50, "1")] == [str(change) for change in drawn(50, "1")]
    assert {ROOT / "kennis_ld/agenda/text.py"} == {change.module for change in drawn(9, "1", ["agenda/text"])}


CODE = '''
"""Some words."""
Pair: TypeAlias = tuple[str, str, str]
def f(x: int = 2) -> int:
    """More words."""
    if x < 3 and not x:
        raise ValueError("a text that only an error says")
    yield x, SDO.name, Role.LEAD
    yield from (a for a in g(x, key="k") if a)
    zip(x, y, strict=True)
def h() -> str:
    return ()
    return x
'''


def test_faults_of_a_module(tmp_path: Path) -> None:
    """Each place has its faults; words that explain, types, texts of errors, a strict zip and nothing have none."""
    module = tmp_path / "module.py"
    module.write_text(CODE, encoding="utf-8")
    found = [(change.line, change.kind, change.after) for change in changes(module)]
    assert [
        (4, "constant", "3"),
        (6, "branch", "if not (x < 3 and (not x)):\n    raise ValueError('a text that only an error says')"),
        (6, "and/or", "x < 3 or not x"),
        (6, "condition dropped", "not x"),
        (6, "condition dropped", "x < 3"),
        (6, "comparison", "x >= 3"),
        (6, "comparison", "x <= 3"),
        (6, "constant", "4"),
        (6, "negation", "x"),
        (8, "not said", "yield from ()"),
        (8, "property", "RDFS.comment"),
        (8, "role", "Role.PARTNER"),
        (9, "not said", "yield from ()"),
        (9, "filter", "(a for a in g(x, key='k'))"),
        (9, "argument", "g(x)"),
        (9, "constant", "''"),
        (10, "not done", "pass"),
        (13, "return", "return None"),
    ] == found
    names: dict[str, Any] = {}
    exec(changes(module)[0].code(), names)  # noqa: S102 - the module under test
    assert (3,) == names["f"].__defaults__
    assert all(change.code() for change in changes(module))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("a|b|c", ["a|c", "a|b"]),
        ("(?:a|b(?:c|d))e?", ["(?:a)e?", "(?:a|b(?:c))e?", "(?:a|b(?:c|d))e"]),
        (r"a\|b\?", []),
        ("[|?]a", []),
        (r"[:\]|]a", []),
        ("a*?b+?", []),
        ("(?P<a>x)(?=y)", []),
    ],
)
def test_faults_of_a_regular_expression(pattern: str, expected: list[str]) -> None:
    """An alternative goes but for the first, an optional part becomes a must; an escaped sign is none."""
    assert expected == list(fewer_alternatives(pattern))
