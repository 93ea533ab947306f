"""Puts one fault at a time in the code that decides what is said, and shows which faults no test notices.

    python bench/code_mutants.py [NUMBER] [SEED] [PART…]

NUMBER mutants are drawn with SEED (1) from all there are; 0, the default, takes all of them. With PARTs only those
count whose line, as it is printed here, holds one of them ("agenda/parties", "(role)"). Every mutant has one of the
faults of `code_faults.py`.

A mutant lives in a process of its own, forked from one that has the outside libraries in memory: its import of that one
module gives the changed code, so no file is touched. A campaign begins with a run of `TESTS` without a fault, in which
none may fail, and which shows what tests run each line; a mutant runs those of its line first, then all others, until
one fails. Prints each survivor with its line and change, the share that was noticed by kind of change and by module,
and exits 1 below `LEAST_NOTICED`. A survivor is a test to write, code that nobody needs, or a change that changes
nothing.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import pickle
import random
import resource
import signal
import sys
import tempfile
import time
import types
from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import coverage
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.code_faults import ROOT, Change, changes

PACKAGES = ("kennis_ld/agenda", "kennis_ld/agenda/layouts", "kennis_ld/graph")
TESTS = (
    "tests/golden/test_graph.py",
    "tests/golden/test_cells.py",
    "tests/golden/test_names.py",
    "tests/golden/test_documents.py",
    "tests/agenda",
    "tests/graph",
    "tests/golden/test_every_finding.py",
    "tests/release/test_golden.py",
    "tests/publication/test_extras.py",
    "tests/release/test_feed.py",
    "tests/editions",
)
LEFT_OUT = "tests/editions/test_changes.py::test_release_has_the_current_state"
"""Asks a query of a worker, whose own bound on memory is wider than that of a mutant."""

LEAST_NOTICED = 0.95
LONGEST = 30.0
"""A test that computes so many seconds more than ten times what it usually takes is ended, which is noticed."""

MOST_MEMORY = 3 << 30

MUTANT = "KENNIS_LD_MUTANT"
"""Set where the tests of a mutant run: among them is one of this campaign, and a mutant starts no campaign."""

OUTSIDE = (
    "hypothesis",
    "nh3",
    "pdfplumber",
    "pyoxigraph",
    "pyshacl",
    "rapidfuzz",
    "SPARQLWrapper",
    "kennis_ld.vocabulary",
)


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the changed code for one module, and leaves all others to Python."""

    def __init__(self, change: Change) -> None:
        self._change = change
        self.name = ".".join(change.module.relative_to(ROOT).with_suffix("").parts)

    def find_spec(self, name: str, path: object, target: object = None) -> importlib.machinery.ModuleSpec | None:
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(name, self._change.module, loader=self)

    def exec_module(self, module: types.ModuleType) -> None:
        exec(self._change.code(), module.__dict__)


@dataclass(slots=True)
class Seen:
    """What a run without a fault showed: the tests that run each line, and the seconds that each test takes."""

    lines: dict[str, dict[int, set[str]]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def tests(self, change: Change) -> set[str]:
        """Returns the tests that run the line of a change; of a line that runs at import, those of the whole module."""
        lines = self.lines.get(str(change.module), {})
        return lines.get(change.line) or set().union(*lines.values())


class _Recorder:
    """Records what tests run each line, and their seconds."""

    def __init__(self) -> None:
        self._coverage = coverage.Coverage(data_file=None, include=[str(ROOT / f"{name}/*.py") for name in PACKAGES])
        self._seconds: dict[str, float] = {}

    def pytest_sessionstart(self) -> None:
        self._coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self._coverage.switch_context(item.nodeid)
        started = time.process_time()
        done = yield
        self._seconds[item.nodeid] = time.process_time() - started
        return done

    def seen(self) -> Seen:
        self._coverage.stop()
        data = self._coverage.get_data()
        lines = {
            file: {line: {sys.intern(test) for test in tests if test} for line, tests in found.items()}
            for file in data.measured_files()
            if (found := data.contexts_by_lineno(file))
        }
        return Seen(lines, self._seconds)


def own_tests(module: Path) -> Path:
    """Returns the tests that are called after a module."""
    return ROOT / "tests" / module.parent.relative_to(ROOT / "kennis_ld") / f"test_{module.stem}.py"


class _Order:
    """Runs tests near a change first, those of quick modules before others, and ends one that goes on for ever."""

    def __init__(self, seen: Seen, change: Change) -> None:
        self._near, self._seconds = seen.tests(change), seen.seconds

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        cost: defaultdict[Path, float] = defaultdict(float)
        for item in items:
            if item.nodeid in self._near:
                cost[item.path] += self._seconds[item.nodeid]
        # Tests of a module stay together, so that what it makes for all of them is made once.
        items.sort(key=lambda item: (item.nodeid not in self._near, cost[item.path]))

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        # The end of a process that does not care.
        signal.setitimer(signal.ITIMER_PROF, LONGEST + 10 * self._seconds.get(item.nodeid, 0))


def noticed(change: Change, seen: Seen) -> bool:
    """Whether a test fails, or nothing works any more, with this fault in the code."""
    return _forked(lambda: _tested(change, _Order(seen, change))) != 0


def unchanged() -> Seen:
    """Returns what a run without a fault shows.

    Raises:
        SystemExit: a test fails.
    """
    with tempfile.TemporaryFile() as file:

        def recorded() -> int:
            code = _tested(None, recorder := _Recorder())
            pickle.dump(recorder.seen(), file)
            file.flush()
            return code

        if _forked(recorded):
            raise SystemExit("A test fails without a fault in the code: no mutant would tell anything.")
        file.seek(0)
        seen: Seen = pickle.load(file)
    return seen


def _forked(act: Callable[[], int]) -> int:
    """Returns the code with which a process that does this ends.

    Raises:
        RuntimeError: there are no tests, or pytest does not know what it is asked.
    """
    child = os.fork()
    if child == 0:
        code = 1
        try:
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
            code = act()
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code in {pytest.ExitCode.NO_TESTS_COLLECTED, pytest.ExitCode.USAGE_ERROR}:
        raise RuntimeError("no test was run")
    return code


def _tested(change: Change | None, plugin: object) -> int:
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(silence, stream)
    if change is not None:
        sys.meta_path.insert(0, changed := _Changed(change))
        importlib.import_module(changed.name)  # one that cannot be imported is noticed
    os.environ[MUTANT] = "1"
    options = ["-x", "-q", "-n", "0", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:faulthandler"]
    options += ["--deselect", LEFT_OUT]
    # Its own tests alone are found sooner than all of them.
    if (
        change
        and (own := own_tests(change.module)).exists()
        and (code := int(pytest.main([*options, str(own)], [plugin])))
    ):
        return code
    return int(pytest.main([*options, *(str(ROOT / test) for test in TESTS)], [plugin]))


def drawn(number: int, seed: str, parts: Sequence[str] = ()) -> list[Change]:
    """Returns the mutants of a campaign: so many of those whose line holds one of the parts."""
    modules = [path for package in PACKAGES for path in sorted((ROOT / package).glob("*.py"))]
    found = [change for path in modules for change in changes(path)]
    if parts:
        found = [change for change in found if any(part in str(change) for part in parts)]
    if not number or number >= len(found):
        return found
    return [found[at] for at in sorted(random.Random(seed).sample(range(len(found)), number))]


def warm() -> None:
    """Brings into memory what all mutants need and none of them changes."""
    for name in OUTSIDE:
        importlib.import_module(name)


def campaign(mutants: Sequence[Change], seen: Seen) -> list[Change]:
    """Returns the mutants that no test noticed."""
    survivors: list[Change] = []
    for done, change in enumerate(mutants, start=1):
        if not noticed(change, seen):
            survivors.append(change)
            print(change, flush=True)
        if done % 50 == 0:
            print(f"{done} of {len(mutants)}, {len(survivors)} not noticed", file=sys.stderr, flush=True)
    return survivors


def main(number: int, seed: str, parts: Sequence[str]) -> int:
    """Returns 0 when enough was noticed."""
    if MUTANT in os.environ:
        raise SystemExit(f"{MUTANT} is set: a mutant starts no campaign.")
    started = time.monotonic()
    sys.dont_write_bytecode = True
    warm()
    mutants = drawn(number, seed, parts)
    seen = Seen()
    if len(mutants) != len(parts):  # drawn, and not named one by one, as by the test that all tests stand beside
        os.nice(10)
        seen = unchanged()
    survivors = campaign(mutants, seen)
    for what in ("kind", "module"):
        all_, left = (Counter(getattr(change, what) for change in changed) for changed in (mutants, survivors))
        for name, count in sorted(all_.items(), key=lambda item: str(item[0])):
            shown = name.relative_to(ROOT) if isinstance(name, Path) else name
            print(f"{shown!s:36} {count - left[name]:5} of {count:5}")
    share = 1 - len(survivors) / max(1, len(mutants))
    print(f"{len(mutants)} mutants in {time.monotonic() - started:.0f} s, seed {seed}: {share:.1%} noticed")
    return 0 if share >= LEAST_NOTICED and mutants else 1


if __name__ == "__main__":
    number, seed, *parts = [*sys.argv[1:], *["0", "1"][len(sys.argv) - 1 :]]
    sys.exit(main(int(number), seed, parts))
