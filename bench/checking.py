"""Measures checking alone: statements to results, beside pyshacl and pyshacl-turbo, and how its cost grows.

    python bench/checking.py [ENTRIES] [ROUNDS] [SIZE…]

The statements are those of a made-up city of ENTRIES (20,000) entries, of which one in 701 is left out so that there is
something to find. All begin with N-Triples in memory and end with results, which are compared. First those of one batch
of entries with all that they refer to are checked in turns, then those of the whole city, once; pyshacl-turbo, which is
slower than pyshacl, checks the batch alone. For the growth, cities of each SIZE (20000 and 200000 by default) are
checked in batches, as a build does, each by a process of its own. pyshacl-turbo is installed in an environment of its
own. Computing counts, without that of starting.
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
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile

from rdflib import Graph

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import city
from bench.figures import OURS, Comparison, Figure, Growth, shown
from bench.peers import VERSIONS, Peers
from kennis_ld.cli.building import collecting_less
from kennis_ld.graph import formats
from kennis_ld.graph.definitions import shapes_graph
from kennis_ld.graph.things import statements_of
from kennis_ld.iri import Iris
from kennis_ld.pipeline.assembly import ENTRIES_IN_A_BATCH, Assembly
from kennis_ld.pipeline.batch import Said
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings
from kennis_ld.quality.checker import Checker
from kennis_ld.quality.validation import Result, merge
from tests.quality.by_pyshacl import validate

PEER = "pyshacl-turbo"
LEFT_OUT = 701
SIZES = (20_000, 200_000)
GOAL, MOST = 20.0, 1.3
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
_STATEMENT = re.compile(r"^(\S+) (\S+) ([^\n]+) \.$", re.MULTILINE)
_Said = tuple[str | None, ...]


def main(entries: int = SIZES[0], rounds: int = 3, *sizes: int) -> int:
    """Prints what it measures; returns 1 where a goal is not met."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = str(Peers(folder).of(PEER) / "python")
        return max(
            shown(measured(folder, entries=entries, rounds=rounds, python=python)),
            shown(measured(folder, entries=entries, rounds=1, whole=True)),
            shown(growth(folder, sizes=sizes or SIZES)),
        )


def measured(folder: Path, *, entries: int, rounds: int, python: str = "", whole: bool = False) -> Iterator[Figure]:
    """Yields what checking costs beside others: one batch of a city with all that it refers to, or the whole.

    Args:
        folder: keeps the statements.
        entries: of the city.
        rounds: number of turns.
        python: that of an environment with pyshacl-turbo; the whole city is checked without it.
        whole: whether the whole city is checked.

    Raises:
        SystemExit: pyshacl finds something else than we do.
    """
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    shared, parts = _city(folder, entries)
    chosen = parts if whole else parts[:1]
    shapes, together = _shapes(), shared.with_name("together.nt")
    shapes.serialize(shared.with_name("shapes.nt"), format="nt", encoding="utf-8")
    with together.open("wb") as file:
        file.writelines(path.read_bytes() for path in (shared, *chosen))
    turbo = f"{PEER} {VERSIONS[PEER]}"
    spent: dict[str, list[float]] = {OURS: [], "pyshacl": [], turbo: []}
    for _ in range(rounds):
        ours, seconds = _ours(shared, chosen)
        spent[OURS].append(seconds)
        if not whole:
            theirs, seconds = _turbo(together, shared.with_name("shapes.nt"), python)
            spent[turbo].append(seconds)
        pyshacl, seconds = _pyshacl(together, shapes)
        spent["pyshacl"].append(seconds)
    if set(ours) != set(pyshacl):
        raise SystemExit(f"pyshacl differs: {set(ours) ^ set(pyshacl)}")
    checked = entries if whole else min(entries, ENTRIES_IN_A_BATCH)
    task = f"checking {checked:,} of {entries:,} entries, {len(ours):,} results"
    yield Comparison(task, "s", spent[OURS], f"pyshacl {version('pyshacl')}", spent["pyshacl"], GOAL)
    if not whole:
        same = "the same results" if _said(ours) == theirs else f"{len(_said(ours) ^ theirs)} results otherwise"
        yield Comparison(task, "s", spent[OURS], f"{turbo}, {same}", spent[turbo], 1.0)


def growth(folder: Path, *, sizes: Sequence[int]) -> Iterator[Figure]:
    """Yields what checking an entry costs in cities of several sizes, and the memory of the process."""
    seconds, memory = {}, {}
    for size in sizes:
        _city(folder, size)
        command = [sys.executable, __file__, "check", str(folder), str(size)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        found = json.loads(done.stdout)
        seconds[size], memory[size] = (1000 * found["seconds"] / size,), (found["memory"] / 1024,)
    yield Growth("checking, an entry", "ms", seconds, MOST)
    yield Growth("memory of what checks", "MB", memory)


def _shapes() -> Graph:
    return shapes_graph(definitions().shapes, Iris(city.BASE))


def _city(folder: Path, entries: int) -> tuple[Path, Sequence[Path]]:
    """Returns files with what a city says: what all entries refer to, and what parts of them say; writes them first."""
    place = folder / f"statements-{entries}"
    shared = place / "shared.nt"

    def keep(said: Said) -> None:
        """Writes what a part says, maybe in another process; what belongs to the whole comes last."""
        if said.edition:
            with NamedTemporaryFile(
                "w", dir=place, prefix="part-", suffix=".nt", encoding="utf-8", delete=False
            ) as file:
                file.writelines(_lines(statements_of((*said.things, *said.always)), LEFT_OUT))
        else:
            shared.write_text("".join(_lines(statements_of(said.things))), encoding="utf-8")

    if not shared.exists():
        publication = settings.publication(city.write(place, entries))
        for _ in Assembly(publication, definitions(), version="0", keep=keep).batches():
            pass
    return shared, sorted(place.glob("part-*.nt"))


def _lines(found: Iterable[formats.Statement], left_out: int | None = None) -> Iterator[str]:
    for number, (subject, prop, value) in enumerate(found, start=1):
        if left_out is None or number % left_out:
            yield f"{subject} {prop} {value} .\n"


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
    return iter(_STATEMENT.findall(text))


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


def _check(folder: Path, entries: int) -> None:
    """Prints what checking a city costs this process, which looks for cycles as seldom as the commands do."""
    with collecting_less():
        _, seconds = _ours(*_city(folder, entries))
    print(json.dumps({"seconds": seconds, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["check", folder, entries]:
            _check(Path(folder), int(entries))
        case given:
            raise SystemExit(main(*map(int, given)))
