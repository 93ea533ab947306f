"""Measures how long a build and the start of commands take, against an earlier commit and against Python itself.

    python bench/build.py [COMMIT] [ENTRIES] [ROUNDS] [SIZE…]

COMMIT is 6a825af, ENTRIES 5,200 and ROUNDS 3 by default. The commit is checked out in a temporary folder and run with
the same Python; `compare.py` runs it in an environment with the packages that it names. The two build the same made-up
city in turns. After that cities of each SIZE (1000 5200 20000 by default) are built in turns, for what an entry
costs and how much memory the largest process takes. The largest of them is built once more after a row was changed, and
anew without what was built before: the two must be the same release. Processor time, children included, is what other
work on the machine weighs least on; how fast a build is beside the earlier one is a matter of clock time, for it uses
two processors and that one used one. So nothing else should run then.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import city
from bench.figures import Comparison, Figure, Growth, shown

HERE = Path(__file__).resolve().parent.parent
RUN = "from kennis_ld.cli import main; main(prog_name='kennis-ld')"
STARTS: Sequence[tuple[str, Sequence[str], float]] = (
    ("--help", (RUN, "--help"), 20),
    ("check", (RUN, "check"), 90),
    ("query wie-trekt-het-meest", (RUN, "query", "wie-trekt-het-meest"), 40),
)
"""What is started: its name, Python code with arguments, and how many times as much as Python alone it may take."""

SIZES = (1_000, 5_200, 20_000)
COUNTED_FROM = 5_200
"""From this size on an entry must cost about the same; what a build costs whatever its size weighs more below it."""

_MEASURED = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-c", *sys.argv[1:]], stdout=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


def main(commit: str = "6a825af", entries: str = "5200", rounds: str = "3", *sizes: str) -> int:
    """Prints what it measures; returns 1 where a goal is not met."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return max(
            shown(builds(folder, commit=commit, entries=int(entries), rounds=int(rounds))),
            shown(growth(folder, rounds=int(rounds), sizes=[int(size) for size in sizes] or SIZES)),
            shown(changed(folder, rounds=int(rounds), size=max(map(int, sizes or map(str, SIZES))))),
            shown(starts(folder, rounds=3 * int(rounds))),
        )


def builds(folder: Path, *, commit: str, entries: int, rounds: int, python: str = sys.executable) -> Iterator[Figure]:
    """Yields what a build costs beside one of an earlier commit, which `python` runs."""
    publication = city.write(folder / "city", entries)
    spent: dict[str, list[tuple[float, float]]] = {"earlier": [], "now": []}
    with _worktree(folder / "earlier", commit) as earlier:
        for round_ in range(rounds):
            for which, tree, runner in (("earlier", earlier, python), ("now", HERE, sys.executable)):
                releases = folder / f"{which}-{round_}"
                code = (RUN, "build", str(publication), "--releases", str(releases))
                spent[which].append(_run(tree, code, python=runner)[:2])
                shutil.rmtree(releases)
    for at, kind, goal in ((0, "processor", None), (1, "clock", 8.0)):
        before, after = ([each[at] for each in times] for times in spent.values())
        task = f"build of {entries:,} entries, {kind} time"
        yield Comparison(task, "s", after, f"commit {commit}", before, goal, peer=False)


def growth(folder: Path, *, rounds: int, sizes: Sequence[int]) -> Iterator[Figure]:
    """Yields what an entry costs, and how much memory a build takes, in cities of several sizes."""
    cities = {size: city.write(folder / f"city-{size}", size) for size in sizes}
    spent: dict[int, list[tuple[float, float, int]]] = {size: [] for size in sizes}
    for _ in range(rounds):
        for size, publication in cities.items():
            releases = folder / "releases"
            spent[size].append(_run(HERE, (RUN, "build", str(publication), "--releases", str(releases))))
            shutil.rmtree(releases)

    def of(at: int, scale: Callable[[int], float]) -> Mapping[int, Sequence[float]]:
        return {size: [each[at] * scale(size) for each in found] for size, found in spent.items()}

    large = {size: found for size, found in of(0, lambda size: 1000 / size).items() if size >= COUNTED_FROM}
    yield Growth("processor time of a build, an entry", "ms", of(0, lambda size: 1000 / size))
    if len(large) > 1:
        yield Growth("the same, without the smallest cities", "ms", large, 1.3)
    yield Growth("clock time of a build", "s", of(1, lambda size: 1.0))
    yield Growth("memory of the largest process of a build", "MB", of(2, lambda size: 1 / 1024))


def changed(folder: Path, *, rounds: int, size: int) -> Iterator[Figure]:
    """Yields what a build costs after one row was changed, beside one from nothing; both give the same release."""
    publication = city.write(folder / "changed", size)
    document = publication / "agenda.txt"
    kept, anew = folder / "kept", folder / "anew"
    build = (RUN, "build", str(publication), "--releases")
    _run(HERE, (*build, str(kept)))
    spent: dict[Path, list[tuple[float, float]]] = {kept: [], anew: []}
    for _ in range(rounds):
        before, end, after = document.read_text(encoding="utf-8").rpartition(".\t")
        document.write_text(f"{before} en meer{end}{after}", encoding="utf-8")
        for releases, times in spent.items():
            times.append(_run(HERE, (*build, str(releases)))[:2])
        names = {(releases / "current").readlink() for releases in spent}
        if len(names) > 1:
            raise SystemExit(f"a changed row gives another release than a build from nothing: {names}")
        shutil.rmtree(anew)
    for at, kind, goal in ((0, "processor", 10.0), (1, "clock", None)):
        again, whole = ([each[at] for each in times] for times in spent.values())
        task = f"build of {size:,} entries after one row was changed, {kind} time"
        yield Comparison(task, "s", again, "from nothing", whole, goal, peer=False)


def starts(folder: Path, *, rounds: int) -> Iterator[Figure]:
    """Yields what it costs to start commands, beside Python that does nothing."""
    environment = {"XDG_DATA_HOME": str(folder / "data")}
    spent: dict[str, list[float]] = {name: [] for name, _, _ in STARTS}
    nothing: list[float] = []
    _run(HERE, (RUN, "build"), environment)  # so that there is a release to ask
    for _ in range(rounds):
        nothing.append(_run(HERE, ("pass",), environment)[0])
        for name, code, _ in STARTS:
            spent[name].append(_run(HERE, code, environment)[0])
    for name, _, most in STARTS:
        yield Comparison(f"`kennis-ld {name}`", "s", spent[name], "`python -c pass`", nothing, 1 / most, peer=False)


@contextlib.contextmanager
def _worktree(folder: Path, commit: str) -> Iterator[Path]:
    subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(folder), commit], cwd=HERE, check=True)
    # It asks for its version, which an installed package has; this is all of one that it needs.
    metadata = folder / "kennis_ld-0.dist-info" / "METADATA"
    metadata.parent.mkdir()
    metadata.write_text("Metadata-Version: 2.1\nName: kennis-ld\nVersion: 0\n", encoding="ascii")
    try:
        yield folder
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", str(folder)], cwd=HERE, check=True)


def _run(
    tree: Path, code: Sequence[str], environment: Mapping[str, str] | None = None, *, python: str = sys.executable
) -> tuple[float, float, int]:
    """Returns processor seconds, clock seconds and the kB of the largest process of a command on the code in a folder.

    It runs under a process of its own, so that the memory is that of this command and not of the largest one so far.
    """
    start = time.perf_counter()
    done = subprocess.run(
        [python, "-c", _MEASURED, *code],
        cwd=tree,
        env={**os.environ, **(environment or {}), "PYTHONPATH": str(tree)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    processor, memory = done.stdout.split()
    return float(processor), time.perf_counter() - start, int(memory)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
