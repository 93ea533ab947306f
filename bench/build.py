"""Measures how long a build and the start of commands take, against an earlier commit and against Python itself.

    python bench/build.py [COMMIT] [ENTRIES] [ROUNDS]

COMMIT is 6a825af, ENTRIES 5,200 and ROUNDS 3 by default. The commit is checked out in a temporary folder and run with
the same Python; a package that it needs and that is not installed here belongs on PYTHONPATH. The two build the same
made-up city in turns. What counts is processor time, children included: other work on the machine weighs least on it.
"""

from __future__ import annotations

import os
import resource
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


def main(commit: str = "6a825af", entries: str = "5200", rounds: str = "3") -> None:
    """Prints medians and ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        earlier = folder / "earlier"
        subprocess.run(["git", "worktree", "add", "--detach", str(earlier), commit], cwd=HERE, check=True)
        try:
            _builds(earlier, city.write(folder / "city", int(entries)), folder, int(rounds))
            _starts(folder, int(rounds))
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(earlier)], cwd=HERE, check=True)


def _builds(earlier: Path, publication: Path, folder: Path, rounds: int) -> None:
    spent: dict[str, list[tuple[float, float]]] = {"earlier": [], "now": []}
    for round_ in range(rounds):
        for which, tree in (("earlier", earlier), ("now", HERE)):
            releases = folder / f"{which}-{round_}"
            spent[which].append(_run(tree, (RUN, "build", str(publication), "--releases", str(releases))))
    for at, kind in enumerate(("processor", "clock")):
        before, after = (statistics.median(times[at] for times in spent[which]) for which in spent)
        print(f"build, {kind} time: earlier {before:.1f} s, now {after:.1f} s, ratio {before / after:.1f}")


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


def _run(tree: Path, code: Sequence[str], environment: Mapping[str, str] | None = None) -> tuple[float, float]:
    """Returns processor and clock seconds of a command on the code in a folder."""
    path = os.pathsep.join([str(tree), *filter(None, [os.environ.get("PYTHONPATH")])])
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", *code],
        cwd=tree,
        env={**os.environ, **(environment or {}), "PYTHONPATH": path},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return processor, time.perf_counter() - start


if __name__ == "__main__":
    main(*sys.argv[1:])
