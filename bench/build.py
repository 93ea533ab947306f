"""Measures how long a build and the start of commands take, against an earlier commit and against Python itself.

    python bench/build.py [COMMIT] [ENTRIES] [ROUNDS] [SIZE…]

COMMIT is 6a825af, ENTRIES 5,200 and ROUNDS 3 by default. The commit is checked out in a temporary folder and run with
the same Python; a package that it needs and that is not installed here belongs on PYTHONPATH. The two build the same
made-up city in turns. After that cities of each SIZE (1000 5200 20000 by default) are built in turns, for what an entry
costs and how much memory the largest process takes. The largest of them is built once more after a row was changed, and
anew without what was built before: the two must be the same release. What counts is processor time, children included:
other work on the machine weighs least on it.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import city

HERE = Path(__file__).resolve().parent.parent
RUN = "from kennis_ld.cli import main; main(prog_name='kennis-ld')"
STARTS: Mapping[str, Sequence[str]] = {
    "python -c pass": ("pass",),
    "--help": (RUN, "--help"),
    "check": (RUN, "check"),
    "query wie-trekt-het-meest": (RUN, "query", "wie-trekt-het-meest"),
}
"""What is started: Python code and its arguments."""

_MEASURED = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-c", *sys.argv[1:]], stdout=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


def main(commit: str = "6a825af", entries: str = "5200", rounds: str = "3", *sizes: str) -> None:
    """Prints medians and ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        earlier = folder / "earlier"
        subprocess.run(["git", "worktree", "add", "--detach", str(earlier), commit], cwd=HERE, check=True)
        try:
            _builds(earlier, city.write(folder / "city", int(entries)), folder, int(rounds))
            _sizes(folder, int(rounds), [int(size) for size in sizes or ("1000", "5200", "20000")])
            _changed(folder, int(rounds), max(int(size) for size in sizes or ("20000",)))
            _starts(folder, int(rounds))
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(earlier)], cwd=HERE, check=True)


def _builds(earlier: Path, publication: Path, folder: Path, rounds: int) -> None:
    spent: dict[str, list[tuple[float, float]]] = {"earlier": [], "now": []}
    for round_ in range(rounds):
        for which, tree in (("earlier", earlier), ("now", HERE)):
            releases = folder / f"{which}-{round_}"
            spent[which].append(_run(tree, (RUN, "build", str(publication), "--releases", str(releases)))[:2])
            shutil.rmtree(releases)
    for at, kind in enumerate(("processor", "clock")):
        before, after = (statistics.median(times[at] for times in spent[which]) for which in spent)
        print(f"build, {kind} time: earlier {before:.1f} s, now {after:.1f} s, ratio {before / after:.1f}")


def _sizes(folder: Path, rounds: int, sizes: Sequence[int]) -> None:
    """Prints what an entry costs in cities of several sizes."""
    cities = {size: city.write(folder / f"city-{size}", size) for size in sizes}
    spent: dict[int, list[tuple[float, float, int]]] = {size: [] for size in sizes}
    for _ in range(rounds):
        for size, publication in cities.items():
            releases = folder / "releases"
            spent[size].append(_run(HERE, (RUN, "build", str(publication), "--releases", str(releases))))
            shutil.rmtree(releases)
    for size, found in spent.items():
        processor, clock = (statistics.median(each[at] for each in found) for at in (0, 1))
        memory = max(each[2] for each in found) / 1024
        entry = f"{1000 * processor / size:.2f} ms an entry"
        print(f"{size} entries: processor {processor:.1f} s, {entry}, clock {clock:.1f} s, memory {memory:.0f} MB")


def _changed(folder: Path, rounds: int, size: int) -> None:
    """Prints what a build costs after one row was changed, as a share of a build from nothing."""
    publication = city.write(folder / "changed", size)
    document = publication / "agenda.txt"
    kept = folder / "kept"
    build = (RUN, "build", str(publication), "--releases")
    _run(HERE, (*build, str(kept)))
    shares: list[list[float]] = [[], []]
    for _ in range(rounds):
        before, end, after = document.read_text(encoding="utf-8").rpartition(".\t")
        document.write_text(f"{before} en meer{end}{after}", encoding="utf-8")
        again = _run(HERE, (*build, str(kept)))
        anew = _run(HERE, (*build, str(folder / "anew")))
        names = {(releases / "current").readlink() for releases in (kept, folder / "anew")}
        if len(names) > 1:
            raise SystemExit(f"a changed row gives another release than a build from nothing: {names}")
        shutil.rmtree(folder / "anew")
        for share, part, whole in zip(shares, again, anew, strict=False):
            share.append(part / whole)
    processor, clock = (f"{100 * statistics.median(share):.0f} %" for share in shares)
    print(f"{size} entries, one row changed: {processor} of a build from nothing, {clock} of its clock time")


def _starts(folder: Path, rounds: int) -> None:
    environment = {"XDG_DATA_HOME": str(folder / "data")}
    spent: dict[str, list[float]] = {name: [] for name in STARTS}
    _run(HERE, (RUN, "build"), environment)  # so that there is a release to ask
    for _ in range(3 * rounds):
        for name, code in STARTS.items():
            spent[name].append(_run(HERE, code, environment)[0])
    least = statistics.median(spent["python -c pass"])
    for name, times in spent.items():
        print(f"{name}: {statistics.median(times):.3f} s, {statistics.median(times) / least:.0f} × python -c pass")


def _run(tree: Path, code: Sequence[str], environment: Mapping[str, str] | None = None) -> tuple[float, float, int]:
    """Returns processor seconds, clock seconds and the kB of the largest process of a command on the code in a folder.

    It runs under a process of its own, so that the memory is that of this command and not of the largest one so far.
    """
    path = os.pathsep.join([str(tree), *filter(None, [os.environ.get("PYTHONPATH")])])
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, *code],
        cwd=tree,
        env={**os.environ, **(environment or {}), "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    processor, memory = done.stdout.split()
    return float(processor), time.perf_counter() - start, int(memory)


if __name__ == "__main__":
    main(*sys.argv[1:])
