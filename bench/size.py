"""Measures a site at several sizes, with its release in memory and in Virtuoso.

    python bench/size.py [FOLDER] [SIZE…]

SIZEs are 2,000 and 20,000 projects by default. FOLDER keeps cities and their releases, as `SIZE/city` and
`SIZE/releases`; those that are not there are made, which takes long for a large city. Without a FOLDER all are made
anew. The site is the real command `kennis-ld serve`; Virtuoso (Debian's virtuoso-opensource) is filled by `kennis-ld
push`, and beyond MOST_PUSHED projects by its own bulk loader. What is measured: how soon the site is ready, the memory
of its processes, pages and documents, search, and the saved questions, whose answers may have any number of rows.
Nothing is asked twice in the same words, so that no cache answers. Times are those of a clock, of a client beside the
site: the machine should do nothing else. What was seen of a SIZE stays in FOLDER, and is shown with the others.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import city
from bench.figures import Figure, Growth, commit, shown
from bench.plot import plot
from kennis_ld.engine.inline import complete_text
from kennis_ld.engine.interface import Iri, Question, Term, Text
from kennis_ld.engine.saved import load_all
from kennis_ld.model.saved_query import Parameter
from kennis_ld.publication.bundled import bundled
from kennis_ld.release import manifest
from kennis_ld.web.store import store_files
from tests import engines
from tests.ports import free_port
from tests.processes import children
from tests.processes import name as called
from tests.waiting import eventually

SIZES = (2_000, 20_000)
MEMORY, VIRTUOSO = "memory", "Virtuoso"
MOST_PUSHED = 2_000
TURNS = 8
SLOW = 3_000
"""Milliseconds from which a question is asked once only."""

BUFFERS = 170_000
"""Pages of 8 kB that Virtuoso may keep in memory."""

WORDS = ("water", "sloten", "wijk", "studenten", "atlas", "bewoners", "warmte", "licht")
_ROOT = Path(__file__).resolve().parent.parent
_OPTIONS = (
    *("--client-seconds", "0", "--client-heavy", "0", "--no-log-requests"),
    *("--answer-rows", "10000000", "--answer-bytes", "1000000000"),
)
_KINDS = {"kennis zygote": "the zygote", "kennis web": "a web process", "kennis worker": "a query worker"}
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)
_HTML = "text/html"


@dataclass(slots=True)
class Seen:
    """What was seen of a site: values by what was done, their units, and why some have none.

    Attributes:
        commit: what it was seen of.
    """

    commit: str
    values: dict[str, list[float]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    def add(self, task: str, value: float, unit: str = "ms") -> None:
        """Adds a value."""
        self.values.setdefault(task, []).append(value)
        self.units[task] = unit


def main(folder: str = "", *sizes: str) -> int:
    """Prints what it measures, and writes the plots."""
    with tempfile.TemporaryDirectory() as name:
        return shown(measured(Path(folder or name), sizes=[int(size) for size in sizes] or SIZES, plots=Path.cwd()))


def measured(folder: Path, *, sizes: Sequence[int], plots: Path) -> Iterator[Figure]:
    """Yields what a site costs at each size, by engine, also at sizes that were seen before; writes plots of it.

    Args:
        folder: keeps cities, releases, and what was seen of them.
        sizes: numbers of projects to look at now.
        plots: where the plots go.
    """
    for size in sizes:
        place = city.built(folder, size)
        _keep(place, MEMORY, _seen(place))
        if engines.VIRTUOSO:
            _keep(place, VIRTUOSO, _seen_in_virtuoso(place, pushed=size <= MOST_PUSHED))
        else:
            print("Virtuoso: left out, there is none on the path", file=sys.stderr)
    for engine in (MEMORY, VIRTUOSO):
        figures = list(_figures(engine, _kept(folder, engine)))
        yield from figures
        drawn = plot(f"Release in {engine}: milliseconds by projects", [each for each in figures if each.unit == "ms"])
        (plots / f"size-{engine.lower()}.svg").write_text(drawn, encoding="utf-8")


def _keep(place: Path, engine: str, seen: Seen) -> None:
    (place / f"seen-{engine}.json").write_text(json.dumps(asdict(seen)), encoding="utf-8")


def _kept(folder: Path, engine: str) -> Mapping[int, Seen]:
    """Returns what was seen of an engine, by size, the smallest first."""
    found = {int(path.parent.name): path for path in folder.glob(f"*/seen-{engine}.json")}
    return {size: Seen(**json.loads(found[size].read_text(encoding="utf-8"))) for size in sorted(found)}


def _figures(engine: str, found: Mapping[int, Seen]) -> Iterator[Growth]:
    tasks = dict.fromkeys(task for seen in found.values() for task in seen.units | seen.refused)
    for task in tasks:
        values = {size: seen.values[task] for size, seen in found.items() if task in seen.values}
        refused = {size: seen.refused[task] for size, seen in found.items() if task in seen.refused}
        unit = next((seen.units[task] for seen in found.values() if task in seen.units), "ms")
        yield Growth(f"{engine}: {task}", unit, values, told=refused)
    if found:
        yield Growth(f"{engine}: seen of", "commit", {}, told={size: seen.commit for size, seen in found.items()})


def _seen(place: Path, *options: str, engine: int | None = None) -> Seen:
    """Returns what is seen of the site on a release; `engine` is the process of an engine behind it."""
    seen = Seen(commit())
    base = [sys.executable, "-m", "kennis_ld.cli", "serve", str(place / "city"), "--releases", str(place / "releases")]
    port = free_port()
    started = time.monotonic()
    with subprocess.Popen(
        [*base, "--port", str(port), *_OPTIONS, *options], cwd=_ROOT, stderr=subprocess.DEVNULL
    ) as site:
        try:
            assert eventually(lambda: site.poll() is not None or _status(port, "/readyz") == 200, seconds=900)
            assert site.poll() is None, "the site does not start"
            seen.add("ready after", time.monotonic() - started, "s")
            _ask(port, place, seen)
            _weigh(site.pid, seen, engine)
        finally:
            site.terminate()
    return seen


def _seen_in_virtuoso(place: Path, *, pushed: bool) -> Seen:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(engines.virtuoso(folder, buffers=BUFFERS, rows=10_000_000))
        started = time.monotonic()
        if pushed:
            _ours(
                *("push", server.updates, place / "city", "--releases", place / "releases", "--graph", server.graph),
                *("--user", server.user, "--password", server.password),
            )
        else:
            _loaded(place / "releases" / "current", server, folder)
        filled = time.monotonic() - started
        process = next(each for each in children(os.getpid()) if called(each) == "virtuoso-t")
        seen = _seen(place, "--engine", server.queries, "--engine-graph", server.graph, engine=process)
        seen.add("filled by `kennis-ld push`" if pushed else "filled by its bulk loader", filled, "s")
        return seen


def _loaded(release: Path, server: engines.Server, folder: Path) -> None:
    """Loads a release with the bulk loader of Virtuoso, which takes files in its own folder only."""
    acts = []
    for file in store_files(release, manifest.read(release)):
        shutil.copy(file.path, folder)
        acts.append(f"ld_add('{file.path.name}', '{file.graph or server.graph}');")
    subprocess.run(
        ["isql-vt", f"127.0.0.1:{server.sql}", server.user, server.password],
        input="\n".join([*acts, "rdf_loader_run();", "checkpoint;"]),
        text=True,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _ask(port: int, place: Path, seen: Seen) -> None:
    """Asks for things, lists, searches and answers, each another time."""
    references = _references(place / "releases" / "current" / "agenda.nq")
    projects, organisations = references["project"], references["organisatie"]
    for n in range(TURNS):
        paths = {
            "a project as Turtle": (f"/doc/project/{projects[n]}", "text/turtle"),
            "a project as a page": (f"/doc/project/{projects[n + TURNS]}", _HTML),
            "an organisation as Turtle": (f"/doc/organisatie/{organisations[n]}", "text/turtle"),
            "an organisation as a page": (f"/doc/organisatie/{organisations[n + TURNS]}", _HTML),
            "a page of the list of projects": (f"/projecten?pagina={n + 1}", _HTML),
            "the list of projects of an organisation": (f"/projecten?trekker={organisations[n]}", _HTML),
            "search": (f"/zoeken?q={WORDS[n]}", _HTML),
            "suggestions": (f"/zoeken/suggesties?q={WORDS[n][:4]}", "application/json"),
        }
        for task, (path, accept) in paths.items():
            _timed(port, path, accept, task, seen)
    for query in load_all(bundled("queries")).values():
        for n in range(3 if query.parameters else 2):
            bindings = {each.name: _value(each, references, n) for each in query.parameters}
            text = complete_text(
                Question(query.text.replace("<def#>", f"<{city.BASE}/def#>"), city.BASE, bindings=bindings)
            )
            path = f"/sparql?query={quote(f'{text}{chr(10)}# {n}', safe='')}"
            _timed(port, path, "application/sparql-results+json, text/turtle", f"question {query.name}", seen)
            if f"question {query.name}" in seen.refused or seen.values[f"question {query.name}"][-1] > SLOW:
                break


def _value(parameter: Parameter, references: Mapping[str, Sequence[str]], n: int) -> Term:
    if parameter.kind == "tekst":
        return Text(WORDS[n])
    concept = parameter.concept or "project"
    return Iri(f"{city.BASE}/id/{concept}/{references[concept][n]}")


def _timed(port: int, path: str, accept: str, task: str, seen: Seen) -> None:
    started = time.perf_counter()
    status = _status(port, path, accept)
    spent = 1000 * (time.perf_counter() - started)
    if status == 200:
        seen.add(task, spent)
    else:
        seen.refused[task] = str(status)


def _status(port: int, path: str, accept: str = "*/*") -> int:
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
            connection.request("GET", path, headers={"Accept": accept})
            response = connection.getresponse()
            response.read()
            return response.status
    except OSError:
        return 0


def _references(data: Path) -> Mapping[str, Sequence[str]]:
    """Returns references of some projects and organisations."""
    found: dict[str, dict[str, None]] = {"project": {}, "organisatie": {}}
    pattern = re.compile(r"^<[^>]*/id/(project|organisatie)/([^>/]+)> ")
    with data.open(encoding="utf-8") as lines:
        for line in lines:
            match = pattern.match(line)
            if match and len(found[match[1]]) < 2 * TURNS:
                found[match[1]][match[2]] = None
            if all(len(each) == 2 * TURNS for each in found.values()):
                break
    return {concept: list(each) for concept, each in found.items()}


def _weigh(site: int, seen: Seen, engine: int | None) -> None:
    """Adds the memory of each kind of process; what processes share is divided among them (PSS)."""
    found: dict[str, list[float]] = {}
    for process in _family(site):
        kind = _KINDS.get(called(process), "the supervisor")
        with suppress(ProcessLookupError, FileNotFoundError):
            # A query worker that computed too long ends, and another takes its place.
            found.setdefault(kind, []).append(_memory(process))
    for kind, sizes in found.items():
        seen.add(f"memory of {kind}", statistics.median(sizes), "MB")
    seen.add("memory of all processes of the site", sum(map(sum, found.values())), "MB")
    if engine is not None:
        seen.add("memory of the engine", _memory(engine), "MB")


def _family(process: int) -> Iterable[int]:
    yield process
    for child in children(process):
        yield from _family(child)


def _memory(process: int) -> float:
    match = _PSS.search(Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii"))
    return int(match[1]) / 1024 if match else 0.0


def _ours(*arguments: object) -> None:
    command = [sys.executable, "-m", "kennis_ld.cli", *map(str, arguments)]
    subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
