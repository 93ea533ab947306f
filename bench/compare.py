"""Measures kennis-ld beside its peers and at size, and writes docs/benchmarks.md.

    python bench/compare.py [--only PART …] [--peers FOLDER] [--cities FOLDER] [--rounds N] [--sizes N …]

Peers are installed in environments of their own, in a temporary folder or in FOLDER, at the versions of `peers.py`. All
parts together take more than an hour; `--only` measures some and leaves the other sections of the document as they
were, each with its own date and commit. Cities, their releases and what was seen of them can be kept in FOLDER. --sizes
are those of the cities that are built, checked or served where it is measured how costs grow. The exit code is 1 where
a goal is not met.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import build, checking, city, mapping, pages, size, throughput
from bench.figures import Comparison, Figure, commit, line, tables
from bench.peers import Peers

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "benchmarks.md"
EARLIER = "6a825af"
HEAD = """\
# Benchmarks

Speed is a ratio of two things measured beside each other, in turns, on one machine. Numbers are medians, with the least
and the most in brackets. *Times as good* says how many times less time we take, or more answers we give, than what
stands beside us: 8 is eight times as good, 1/8 eight times as bad. Time is that of processors, unless said otherwise.

`python bench/compare.py` measures all of this and writes this page; each section says when, where and of which commit.
"""

_SITE = """\
`kennis-ld serve` on made-up cities, asked by one client, with the release in memory and in Virtuoso; what is asked is
asked for the first time. Time is that of a clock. Memory that processes share is divided among them.

![Growth with the release in memory](size-memory.svg)

![Growth with the release in Virtuoso](size-virtuoso.svg)"""


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for on the command line."""

    folder: Path
    peers: Peers
    cities: Path
    rounds: int
    sizes: Sequence[int]


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the document: its title, what it says before its tables, and what measures it."""

    title: str
    about: str
    measure: Callable[[Request], Iterable[Figure]]


def _builds(request: Request) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name:
        lock = Path(name) / "requirements.lock"
        lock.write_bytes(subprocess.check_output(["git", "show", f"{EARLIER}:requirements.lock"], cwd=ROOT))
        python = request.peers.installed(EARLIER, "-r", str(lock)) / "python"
    yield from build.builds(request.folder, commit=EARLIER, entries=5_200, rounds=request.rounds, python=str(python))


def _growth(request: Request) -> Iterator[Figure]:
    yield from build.growth(request.folder, rounds=1, sizes=request.sizes or build.SIZES)


def _changed(request: Request) -> Iterator[Figure]:
    yield from build.changed(request.folder, rounds=1, size=max(request.sizes or build.SIZES))


def _starts(request: Request) -> Iterator[Figure]:
    yield from build.starts(request.folder, rounds=5 * request.rounds)


def _mapping(request: Request) -> Iterator[Figure]:
    python = str(request.peers.of(mapping.PEER) / "python")
    yield from mapping.measured(request.folder, entries=5_200, rounds=request.rounds, python=python)


def _checking(request: Request) -> Iterator[Figure]:
    python = str(request.peers.of(checking.PEER) / "python")
    yield from checking.measured(request.cities, entries=20_000, rounds=request.rounds, python=python)


def _checking_whole(request: Request) -> Iterator[Figure]:
    yield from checking.measured(request.cities, entries=20_000, rounds=1, whole=True)


def _checking_growth(request: Request) -> Iterator[Figure]:
    yield from checking.growth(request.cities, sizes=request.sizes or checking.SIZES)


def _serving(request: Request) -> Iterator[Figure]:
    programs = {name: str(request.peers.of(name) / name) for name in ("oxigraph", "rdflib-endpoint")}
    place = city.built(request.cities, throughput.ENTRIES)
    yield from throughput.measured(request.folder, place=place, programs=programs, rounds=request.rounds)


def _pages(request: Request) -> Iterator[Figure]:
    yield from pages.pages(request.folder)


def _searches(request: Request) -> Iterator[Figure]:
    yield from pages.searches()


def _sizes(request: Request) -> Iterator[Figure]:
    yield from size.measured(request.cities, sizes=request.sizes or size.SIZES, plots=DOCUMENT.parent)


PARTS: Mapping[str, Part] = {
    "build": Part(
        "Build", f"A release of a made-up city, beside commit {EARLIER}, from before builds were fast.", _builds
    ),
    "growth": Part("Build at size", "A release of made-up cities of several sizes, each built once.", _growth),
    "changed": Part("Build of what changed", "One row of a made-up city was changed since the last build.", _changed),
    "start": Part("Start of commands", "Commands on the bundled city, beside Python that does nothing.", _starts),
    "mapping": Part("Mapping", "The same statements of the same rows, which is checked.", _mapping),
    "checking": Part(
        "Checking",
        "From N-Triples in memory to results, which are compared; a part of a city with all it refers to.",
        _checking,
    ),
    "checking-whole": Part("Checking a large city", "The same, of the whole city, once.", _checking_whole),
    "checking-growth": Part("Checking at size", "In parts, as a build does.", _checking_growth),
    "serving": Part(
        "Serving", "A million statements, four connections a processor, all with their usual settings.", _serving
    ),
    "pages": Part("Pages", "Each kind of page made anew, in a small city and in a large one.", _pages),
    "searches": Part("Search", "The same words in a small index and in a large one.", _searches),
    "size": Part("A site at size", _SITE, _sizes),
}


def main() -> int:
    """Measures, writes the document, and returns 1 where a goal is not met."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART", help=", ".join(PARTS))
    options.add_argument("--peers", type=Path, help="keeps the environments of peers")
    options.add_argument("--cities", type=Path, help="keeps cities and their releases")
    options.add_argument("--rounds", type=int, default=3, help="turns of each comparison (3)")
    options.add_argument("--sizes", type=int, nargs="+", default=[], help="entries of cities where costs grow")
    given = options.parse_args()
    met = True
    for name in given.only:
        part, load = PARTS[name], os.getloadavg()[0]
        with tempfile.TemporaryDirectory() as folder:
            here = Path(folder)
            peers, cities = Peers(given.peers or here / "peers"), given.cities or here / "cities"
            (here / "work").mkdir()
            figures = []
            for figure in part.measure(Request(here / "work", peers, cities, given.rounds, given.sizes)):
                print(line(figure), flush=True)
                figures.append(figure)
        met &= all(figure.met for figure in figures)
        put(DOCUMENT, part.title, section(name, part, figures, load=load))
    return 0 if met else 1


def section(name: str, part: Part, figures: Iterable[Figure], *, load: float) -> str:
    """Returns the section of a part; `load` is how many processes wanted a processor when it began (load average)."""
    known = list(figures)
    won = [f"{each.name} ({each.task})" for each in known if isinstance(each, Comparison) and each.peer_wins]
    missed = [each.task for each in known if not each.met]
    parts = [f"## {part.title}", part.about, *_blocks(tables(known))]
    if won:
        parts.append(f"Ahead of us: {'; '.join(won)}.")
    if missed:
        parts.append(f"Goals not met: {'; '.join(missed)}.")
    how = f"`python bench/compare.py --only {name}`"
    parts.append(f"*{_today()}, commit {commit()}, {how}. {machine()}; load average {load:.1f} at first.*")
    return "\n\n".join(parts) + "\n"


def _blocks(lines: Iterable[str]) -> Iterator[str]:
    """Yields tables whole."""
    block: list[str] = []
    for each in lines:
        if each:
            block.append(each)
        elif block:
            yield "\n".join(block)
            block = []


def put(document: Path, title: str, text: str) -> None:
    """Puts a section in a document, in the place of the one that was there, and says at the top where peers win."""
    found: dict[str, str] = {}
    if document.exists():
        for each in re.split(r"^(?=## )", document.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            found[each.partition("\n")[0].removeprefix("## ")] = each.strip() + "\n"
    found[title] = text
    ordered = [found[part.title] for part in PARTS.values() if part.title in found]
    wins = re.findall(r"^Ahead of us: (.+)\.$", "\n".join(ordered), flags=re.MULTILINE)
    told = (
        f"Others are ahead of us here: {'; '.join(wins)}." if wins else "In what was measured, no peer is ahead of us."
    )
    document.write_text("\n".join([HEAD, told, "", *ordered]), encoding="utf-8")


def machine() -> str:
    """Returns what it was measured on, in words."""
    models = re.findall(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    processors = len(os.sched_getaffinity(0))
    return (
        f"{processors} × {models[0] if models else platform.machine()}, {memory:.0f} GB, {system}, "
        f"Python {platform.python_version()}"
    )


def _today() -> str:
    return datetime.datetime.now(tz=datetime.UTC).date().isoformat()


if __name__ == "__main__":
    raise SystemExit(main())
