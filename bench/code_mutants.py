"""Puts one fault at a time in the code that decides what is said, and shows which faults no test notices.

    python bench/code_mutants.py [NUMBER] [SEED] [PART…]

NUMBER mutants are drawn with SEED (1) from all there are; 0, the default, takes all of them. With PARTs only those
count whose line, as it is printed here, holds one of them ("agenda/parties", "(role)"). Every mutant has one change: a
certainty, a role or a way of resolving is another one, a property is another one or is not said, a comparison or a
condition is turned, a filter is dropped, a constant is another one, an alternative of a regular expression or an
element of a list is gone, what comes back is empty, an act is not done. Left alone are texts that only an error says,
the `strict` of `zip`, which can only stop a program that is wrong, and what comes back empty as it stands.

A mutant lives in a process of its own, forked from one that has the outside libraries in memory: its import of that one
module gives the changed code, so no file is touched. A campaign begins with a run of `TESTS` without a fault, in which
none may fail, and which shows what tests run each line; a mutant runs those of its line first, then all others, until
one fails. Prints each survivor with its line and change, the share that was noticed by kind of change and by module,
and exits 1 below `LEAST_NOTICED`. A survivor is a test to write, code that nobody needs, or a change that changes
nothing.
"""

from __future__ import annotations

import ast
import copy
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import pickle
import random
import re
import resource
import signal
import sys
import tempfile
import time
import types
from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import coverage
import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

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

_MEMBERS = {
    "Certainty": ("STATED", "INTENDED", "DOUBTFUL"),
    "Role": ("LEAD", "PARTNER"),
    "Way": ("NAME", "ABBREVIATION", "SPELLING", "DOUBTFUL_SPELLING", "UNIT", "PROVISIONAL", "AMBIGUOUS"),
}
_TURNED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.GtE, ast.LtE),
    ast.LtE: (ast.Gt, ast.Lt),
    ast.Gt: (ast.LtE, ast.GtE),
    ast.GtE: (ast.Lt, ast.Gt),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One fault: in which module, at which of its places, which of the faults there, and how it reads."""

    module: Path
    place: int
    which: int
    line: int
    kind: str
    before: str
    after: str

    def code(self) -> types.CodeType:
        """Returns the module with the fault in it."""
        tree = ast.parse(self.module.read_text(encoding="utf-8"))
        node, put = list(_places(tree))[self.place]
        put(list(_faults(node))[self.which][1])
        return compile(ast.fix_missing_locations(tree), str(self.module), "exec")

    def __str__(self) -> str:
        where = f"{self.module.relative_to(ROOT)}:{self.line}"
        return f"{where} ({self.kind}): {_short(self.before)} -> {_short(self.after)}"


@cache
def changes(module: Path) -> Sequence[Change]:
    """Returns every fault that can be put in a module, in the order of its lines."""
    return tuple(_changes(module))


def _changes(module: Path) -> Iterator[Change]:
    for place, (node, _) in enumerate(_places(ast.parse(module.read_text(encoding="utf-8")))):
        for which, (kind, new) in enumerate(_faults(node)):
            yield Change(module, place, which, node.lineno, kind, ast.unparse(node), ast.unparse(new))


def _places(tree: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, Callable[[ast.AST], None]]]:
    """Yields every statement and expression that may be changed, with what puts another one in its place."""
    for name, value in ast.iter_fields(tree):
        if name in {"annotation", "returns", "decorator_list", "pattern", "exc", "type_params"} or _is_type(tree, name):
            continue
        for at, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(node, ast.AST) or _is_text(node, tree) or _is_strict(node):
                continue
            # A triple without one of its three terms is an error of the program, not a fault in what is said.
            if isinstance(node, ast.expr | ast.stmt) and not (
                isinstance(tree, ast.Yield) and isinstance(node, ast.Tuple)
            ):
                yield node, _putting(tree, name, at)
            yield from _places(node)


def _putting(parent: ast.AST, name: str, at: int | None) -> Callable[[ast.AST], None]:
    def put(node: ast.AST) -> None:
        if at is None:
            setattr(parent, name, node)
        else:
            getattr(parent, name)[at] = node

    return put


def _is_type(tree: ast.AST, field: str) -> bool:
    """Whether a field of a node is about types only, or about what is imported or exported."""
    if isinstance(tree, ast.Assign):
        return any(isinstance(target, ast.Name) and target.id == "__all__" for target in tree.targets)
    if isinstance(tree, ast.AnnAssign) and _name(tree.annotation) == "TypeAlias":
        return True
    protocol = isinstance(tree, ast.ClassDef) and any(_name(base) == "Protocol" for base in tree.bases)
    return protocol or (isinstance(tree, ast.ClassDef) and field == "bases")


def _is_text(node: ast.AST, parent: ast.AST) -> bool:
    """Whether a node is a docstring: an expression that is only a text."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and not isinstance(parent, ast.Call)


def _is_strict(node: ast.AST) -> bool:
    """Whether a node is the `strict` of `zip`: it stops a program that is wrong, and changes nothing that is said."""
    return isinstance(node, ast.keyword) and node.arg == "strict"


def _faults(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Yields what may stand in the place of a node, by kind of fault."""
    match node:
        case ast.Compare(ops=[op]):
            for turned in _TURNED[type(op)]:
                yield "comparison", _with(node, ops=[turned()])
        case ast.BoolOp(op=op):
            yield "and/or", _with(node, op=ast.Or() if isinstance(op, ast.And) else ast.And())
            for at in range(len(node.values)):
                left = [copy.deepcopy(value) for i, value in enumerate(node.values) if i != at]
                yield "condition dropped", left[0] if len(left) == 1 else _with(node, values=left)
        case ast.UnaryOp(op=ast.Not()):
            yield "negation", node.operand
        case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult()):
            yield "arithmetic", _with(node, op=ast.Sub() if isinstance(node.op, ast.Add) else ast.Add())
        case ast.Attribute(value=ast.Name(id=owner)) if owner in _MEMBERS and node.attr in _MEMBERS[owner]:
            for other in _MEMBERS[owner]:
                if other != node.attr:
                    yield owner.lower(), _with(node, attr=other)
        case ast.Attribute(value=ast.Name(id=owner)) if re.fullmatch("[A-Z]{2,}3?|ks", owner):
            yield "property", ast.parse("RDFS.comment" if owner != "ks" else "ks.project", mode="eval").body
        case ast.Constant():
            yield from _other_constants(node)
        case ast.Call():
            yield from _other_calls(node)
        case ast.IfExp() | ast.If() | ast.While():
            yield "branch", _with(node, test=ast.UnaryOp(ast.Not(), copy.deepcopy(node.test)))
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            for at, generator in enumerate(node.generators):
                if generator.ifs:
                    generators = copy.deepcopy(node.generators)
                    generators[at].ifs = []
                    yield "filter", _with(node, generators=generators)
        case ast.Tuple(ctx=ast.Load()) | ast.Set() | ast.List(ctx=ast.Load()) if len(node.elts) > 2:
            for at in range(len(node.elts)):
                elts = [copy.deepcopy(element) for i, element in enumerate(node.elts) if i != at]
                yield "element", _with(node, elts=elts)
        case ast.Return(value=value) if value is not None and not _is_empty(value):
            yield "return", _with(node, value=ast.Constant(None))
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            yield "not said", ast.Expr(ast.YieldFrom(ast.Tuple([], ast.Load())))
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Continue() | ast.Break():
            yield "not done", ast.Pass()
        case _:
            pass


def _other_constants(node: ast.Constant) -> Iterator[tuple[str, ast.AST]]:
    match node.value:
        case bool(value):
            yield "constant", ast.Constant(not value)
        case int(value) | float(value):
            yield "constant", ast.Constant(value + 1)
        case str(value):
            yield "constant", ast.Constant("" if value else "x")
        case _:
            pass


def _other_calls(node: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    name = _name(node.func)
    first = node.args[0] if node.args else None
    if name in {"compile", "fullmatch", "match", "sub"} and isinstance(first, ast.Constant):
        for pattern in fewer_alternatives(str(first.value)):
            yield "alternative", _with(node, args=[ast.Constant(pattern), *node.args[1:]])
    for at, keyword in enumerate(node.keywords):
        if keyword.arg and not _is_none(keyword.value) and not _is_strict(keyword):
            others = [item for i, item in enumerate(node.keywords) if i != at]
            yield "argument", _with(node, keywords=others)


def fewer_alternatives(pattern: str) -> Iterator[str]:
    """Yields a regular expression without each of its alternatives, and with each optional part made a must."""
    for at, character in enumerate(pattern):
        if character == "|" and not _escaped(pattern, at):
            shorter = pattern[:at] + pattern[_end_of_alternative(pattern, at + 1) :]
        elif character == "?" and not _escaped(pattern, at) and pattern[at - 1] not in "(*+?{":
            shorter = pattern[:at] + pattern[at + 1 :]
        else:
            continue
        try:
            re.compile(shorter)
        except re.error:
            continue
        yield shorter


def _escaped(pattern: str, at: int) -> bool:
    before = len(pattern[:at]) - len(pattern[:at].rstrip("\\"))
    opened = pattern[:at].rfind("[")
    return before % 2 == 1 or (opened >= 0 and "]" not in re.sub(r"\\.", "", pattern[opened + 2 : at]))


def _end_of_alternative(pattern: str, at: int) -> int:
    depth = 0
    for end in range(at, len(pattern)):
        if _escaped(pattern, end):
            continue
        if depth == 0 and pattern[end] in "|)":
            return end
        depth += {"(": 1, ")": -1}.get(pattern[end], 0)
    return len(pattern)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    other = copy.deepcopy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _is_empty(node: ast.AST) -> bool:
    """Whether an expression is an empty value as it stands: (), [], "", False, None."""
    return (isinstance(node, ast.Tuple | ast.List) and not node.elts) or (
        isinstance(node, ast.Constant) and not node.value
    )


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _short(code: str) -> str:
    line = " ".join(code.split())
    return line if len(line) <= 110 else f"{line[:53]} … {line[-53:]}"


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
