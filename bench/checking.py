"""Measures checking alone: statements to results, beside pyshacl and pyshacl-turbo, and how its cost grows.

    python bench/checking.py [ENTRIES] [ROUNDS] [SIZE…]

The statements are those of a made-up city of ENTRIES (20,000) entries, of which one in 701 is left out so that there is
something to find. All begin with N-Triples in memory and end with results, which are compared. pyshacl checks SAMPLE
entries with all that they refer to, as we do beside it: the whole would take it hours. pyshacl-turbo, installed in an
environment of its own, checks the same, and the whole. For the growth, cities of each SIZE (20000 and 200000 by
default) are checked in parts, as a build does, each by a process of its own. Computing counts, without that of
starting.
"""

from __future__ import annotations

import json
import logging
import re
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path

from rdflib import Graph

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import city
from bench.figures import OURS, Comparison, Figure, Growth, shown
from bench.peers import VERSIONS, Peers
from kennis_ld.graph import formats
from kennis_ld.graph.definitions import shapes_graph
from kennis_ld.iri import Iris
from kennis_ld.pipeline.assembly import ENTRIES_IN_A_BATCH, Assembly
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings
from kennis_ld.quality.checker import Checker
from kennis_ld.quality.validation import Result, merge, validate

PEER = "pyshacl-turbo"
EDITION = "2030"
SAMPLE = 1_000
LEFT_OUT = 701
SIZES = (20_000, 200_000)
GOAL, MOST = 20.0, 1.3
_KEY = re.compile(r"/id/(?:project/([^>]+)|agendapunt/[^>]*?--([^>]+)|deelname/([^>]+?)--[^>]+)>")
_TURBO = """
import json, sys, time
import pyshacl_turbo
from rdflib.namespace import SH
shapes, data = (open(path, encoding="utf-8").read() for path in sys.argv[1:])
start = time.process_time()
_, report, _ = pyshacl_turbo.validate(
    data, data_graph_format="nt", shacl_graph=shapes, shacl_graph_format="nt", inference="none", advanced=False
)
spent = time.process_time() - start
def said(result):
    named = (SH.focusNode, SH.sourceShape, SH.value, SH.sourceConstraintComponent)
    return [None if (term := report.value(result, prop)) is None else term.n3() for prop in named]
print(json.dumps([spent, [said(result) for result in report.objects(None, SH.result)]]))
"""
_Said = tuple[str | None, ...]


def main(entries: int = SIZES[0], rounds: int = 3, *sizes: int) -> int:
    """Prints what it measures; returns 1 where a goal is not met."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = str(Peers(folder).of(PEER) / "python")
        beside = shown(measured(folder / "beside", entries=entries, rounds=rounds, python=python))
        return max(beside, shown(growth(folder, sizes=sizes or SIZES)))


def measured(folder: Path, *, entries: int, rounds: int, python: str) -> Iterator[Figure]:
    """Yields what checking costs beside others.

    Raises:
        SystemExit: pyshacl finds something else than we do.
    """
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    shapes = _shapes()
    (folder / "city").mkdir(parents=True)
    shapes.serialize(folder / "shapes.nt", format="nt", encoding="utf-8")
    shared, parts = _written(folder / "city", entries, SAMPLE)
    sample = folder / "sample.nt"
    sample.write_bytes(shared.read_bytes() + parts[0].read_bytes())
    turbo = f"{PEER} {VERSIONS[PEER]}"
    spent: dict[str, list[float]] = {OURS: [], "pyshacl": [], turbo: []}
    for _ in range(rounds):
        ours, seconds = _ours(shared, parts[:1])
        spent[OURS].append(seconds)
        pyshacl, seconds = _pyshacl(sample, shapes)
        spent["pyshacl"].append(seconds)
        theirs, seconds = _turbo(sample, folder / "shapes.nt", python)
        spent[turbo].append(seconds)
    if set(ours) != set(pyshacl):
        raise SystemExit(f"pyshacl differs: {set(ours) ^ set(pyshacl)}")
    same = "the same results" if _said(ours) == theirs else f"{len(_said(ours) ^ theirs)} results otherwise"
    task = f"checking {SAMPLE:,} of {entries:,} entries, {len(ours)} results"
    yield Comparison(task, "s", spent[OURS], f"pyshacl {version('pyshacl')}", spent["pyshacl"], GOAL)
    yield Comparison(task, "s", spent[OURS], f"{turbo}, {same}", spent[turbo], 1.0)
    whole = folder / "whole.nt"
    with whole.open("wb") as file:
        file.writelines(path.read_bytes() for path in (shared, *parts))
    ours, seconds = _ours(shared, parts)
    theirs, others = _turbo(whole, folder / "shapes.nt", python)
    same = "the same results" if _said(ours) == theirs else f"{len(_said(ours) ^ theirs)} results otherwise"
    yield Comparison(f"checking {entries:,} entries, {len(ours)} results", "s", [seconds], f"{turbo}, {same}", [others])


def growth(folder: Path, *, sizes: Sequence[int]) -> Iterator[Figure]:
    """Yields what checking an entry costs in cities of several sizes, and the memory of the process."""
    seconds, memory = {}, {}
    for size in sizes:
        path = folder / f"city-{size}"
        subprocess.run([sys.executable, __file__, "write", str(path), str(size)], check=True)
        done = subprocess.run(
            [sys.executable, __file__, "check", str(path)], check=True, stdout=subprocess.PIPE, text=True
        )
        found = json.loads(done.stdout)
        seconds[size], memory[size] = (1000 * found["seconds"] / size,), (found["memory"] / 1024,)
    yield Growth("checking, an entry", "ms", seconds, MOST)
    yield Growth("memory of what checks", "MB", memory)


def _shapes() -> Graph:
    return shapes_graph(definitions().shapes, Iris(city.BASE))


def _written(folder: Path, entries: int, in_a_part: int = ENTRIES_IN_A_BATCH) -> tuple[Path, Sequence[Path]]:
    """Writes what a city says as N-Triples: what all entries refer to, and what parts of the entries say."""
    publication = settings.publication(city.write(folder, entries))
    triples = Assembly(publication, definitions(), version="0").statements(EDITION)
    part_of: dict[str, int] = {}
    shared, parts = folder / "shared.nt", [folder / f"part-{n}.nt" for n in range(-(-entries // in_a_part))]
    with ExitStack() as stack:
        files = [stack.enter_context(path.open("w", encoding="utf-8")) for path in (*parts, shared)]
        for number, (subject, prop, value) in enumerate(formats.statements(triples)):
            found = _KEY.search(subject) or _KEY.search(value)
            key = next(filter(None, found.groups())) if found else None
            place = -1 if key is None else part_of.setdefault(key, len(part_of)) // in_a_part
            if number % LEFT_OUT or place < 0:
                files[place].write(f"{subject} {prop} {value} .\n")
    return shared, parts


def _ours(shared: Path, parts: Iterable[Path]) -> tuple[Sequence[Result], float]:
    """Returns the results, and the processor seconds from N-Triples in memory to them."""
    shapes = _shapes()
    text = shared.read_text(encoding="utf-8")
    start = time.process_time()
    checker = Checker(shapes)
    checker.add(_statements(text))
    spent, found = time.process_time() - start, []
    for part in parts:
        text = part.read_text(encoding="utf-8")
        start = time.process_time()
        found.append(checker.check(_statements(text)))
        spent += time.process_time() - start
    start = time.process_time()
    results = merge(found).results
    return results, spent + time.process_time() - start


def _statements(text: str) -> Iterator[formats.Statement]:
    for line in text.split("\n"):
        if line:
            subject, prop, value = line[:-2].split(" ", 2)
            yield subject, prop, value


def _pyshacl(data: Path, shapes: Graph) -> tuple[Sequence[Result], float]:
    text = data.read_text(encoding="utf-8")
    start = time.process_time()
    results = validate(Graph().parse(data=text, format="nt"), shapes).results
    return results, time.process_time() - start


def _turbo(data: Path, shapes: Path, python: str) -> tuple[set[_Said], float]:
    done = subprocess.run([python, "-c", _TURBO, str(shapes), str(data)], check=True, stdout=subprocess.PIPE, text=True)
    seconds, said = json.loads(done.stdout)
    return {tuple(each) for each in said}, seconds


def _said(results: Iterable[Result]) -> set[_Said]:
    """Returns what pyshacl-turbo can be compared by: focus node, shape, value and component."""
    return {
        (
            each.focus.n3(),
            f"<{each.shape}>",
            None if each.value is None else each.value.n3(),
            f"<{each.component}>",
        )
        for each in results
    }


def _write(folder: str, entries: str) -> None:
    Path(folder).mkdir(parents=True)
    _written(Path(folder), int(entries))


def _check(folder: str) -> None:
    """Prints what checking the parts in a folder costs this process."""
    _, seconds = _ours(Path(folder) / "shared.nt", sorted(Path(folder).glob("part-*.nt")))
    print(json.dumps({"seconds": seconds, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["write", folder, entries]:
            _write(folder, entries)
        case ["check", folder]:
            _check(folder)
        case given:
            raise SystemExit(main(*map(int, given)))
