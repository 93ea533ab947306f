"""Measures the site beside its peers on a million statements, in turns, and prints the ratios.

    python bench/throughput.py [FOLDER]

FOLDER keeps the city and its release, as `5200/city` and `5200/releases`; they are made where they are not there.
On the path must be `wrk` and `nginx` (Debian packages), and `oxigraph` and `rdflib-endpoint` (PyPI packages of those
names, best in an environment of their own). What is missing is left out, and said.

| what is asked | beside | goal |
|---|---|---|
| small SELECTs, each another one | `oxigraph serve-read-only`, which isolates nothing | at least half as many |
| the same | rdflib-endpoint | at least 20 times as many |
| one SELECT, again and again | nginx with the same bytes as a file | at least 0.75 times as many |
| the document of a project, in Turtle and in HTML, plain and compressed | the same | at least 0.75 times as many |
| small SELECTs and pages, while four others send hostile queries | the same without | 99th percentile not doubled |
| the same, while another program computes in the background | the same without | shows what of that the system does |

All run with their usual settings, on all processors of the machine; ours and nginx write a log of requests. Each ratio
is the median of five turns. Clients grow with the processors: four connections for each. Requests come from many
addresses (X-Forwarded-For, from a proxy that is trusted), as they do in life, for what one client may have is
bounded.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import city
from bench.figures import Comparison, Figure, shown
from kennis_ld.isolation.sandbox import all_processors, demote
from tests.ports import free_port

ENTRIES = 5_200
ROUNDS = 5
SECONDS = 4
CORES = len(os.sched_getaffinity(0))
CONNECTIONS = max(8, 4 * CORES)
QUIET_CONNECTIONS = max(2, CORES)
CLIENT_THREADS = max(1, CORES // 4)
HOSTILE = 4
SELECT = """\
PREFIX schema: <https://schema.org/>
SELECT ?name ?text { <%s> schema:name ?name ; schema:description ?text }"""
HOSTILE_QUERY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } # %d"
JSON = "application/sparql-results+json"

SCRIPT = """
local threads = 0
setup = function(thread)
  thread:set("number", threads)
  threads = threads + 1
end
local lines, n = {}, tonumber(os.getenv("FIRST"))
init = function() n = n + number * 1000000 end
for line in io.lines(os.getenv("TARGETS")) do lines[#lines + 1] = line end
request = function()
  n = n + 1
  local target = lines[n % #lines + 1]
  if os.getenv("DISTINCT") == "1" then target = target .. "%23" .. n end
  wrk.headers["X-Forwarded-For"] = "10." .. n % 7 .. "." .. n % 251 .. ".1"
  wrk.headers["Accept"] = os.getenv("ACCEPT")
  wrk.headers["Accept-Encoding"] = os.getenv("CODING")
  return wrk.format("GET", target)
end
"""

NGINX = """
user {user};
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log {folder}/access.log;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  sendfile on; keepalive_requests 1000000; default_type text/plain;
  server {{ listen 127.0.0.1:{port}; root {folder}/www; }}
}}
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What clients ask of one server.

    Attributes:
        port: where the server listens.
        targets: paths with their query strings, asked in turn.
        accept: the Accept header.
        distinct: whether a comment with a number makes every request another one.
        coding: the Accept-Encoding header.
    """

    port: int
    targets: tuple[str, ...]
    accept: str
    distinct: bool = False
    coding: str = "identity"


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of a load: answers in a second, and the 99th percentile of the time for one, in milliseconds."""

    rate: float
    slowest: float


def main(folder: str = "") -> int:
    """Returns 0 where every goal that could be measured is met."""
    with tempfile.TemporaryDirectory() as name:
        return shown(measured(Path(name), place=city.built(Path(folder or name), ENTRIES)))


def measured(
    folder: Path, *, place: Path, programs: Mapping[str, str] | None = None, rounds: int = ROUNDS
) -> Iterator[Figure]:
    """Yields what the site answers beside others, and beside itself while hostile clients ask.

    Args:
        folder: for what is made.
        place: has the city and its releases.
        programs: where peers are that are not on the path, by their names.
        rounds: number of turns.
    """
    given = programs or {}
    found = {name: given.get(name) or shutil.which(name) for name in ("oxigraph", "rdflib-endpoint", "nginx", "wrk")}
    for name in (name for name, path in found.items() if path is None):
        print(f"{name}: left out, there is none on the path", file=sys.stderr)
    if found["wrk"] is None:
        return
    publication, releases = place / "city", place / "releases"
    release = (releases / "current").resolve()
    projects = _projects(release)
    with contextlib.ExitStack() as stack:
        ours = stack.enter_context(_site(publication, releases, folder))
        turns = Turns(folder, rounds)
        yield from _beside_engines(ours, release, projects, turns, found)
        if found["nginx"]:
            yield from _beside_files(stack, ours, projects, turns)
        yield from _beside_hostile(ours, projects, turns)


def _beside_engines(
    ours: int, release: Path, projects: tuple[str, ...], turns: Turns, programs: Mapping[str, str | None]
) -> Iterator[Figure]:
    targets = tuple(f"/sparql?query={quote(SELECT % iri, safe='')}" for iri in projects)
    own = Load(ours, targets, JSON, distinct=True)
    for name, goal, start in (("oxigraph", 0.5, _oxigraph), ("rdflib-endpoint", 20.0, _rdflib_endpoint)):
        program = programs[name]
        if program is None:
            continue
        with start(program, release, turns.folder) as port:
            path = "/query" if name == "oxigraph" else "/"
            theirs = Load(port, tuple(each.replace("/sparql", path, 1) for each in targets), JSON, distinct=True)
            yield turns.ratio("small SELECTs, each another one", own, name, theirs, goal)


def _beside_files(stack: contextlib.ExitStack, ours: int, projects: tuple[str, ...], turns: Turns) -> Iterator[Figure]:
    folder = turns.folder
    document = projects[0].removeprefix(city.BASE).replace("/id/", "/doc/", 1)
    asked = {
        "one SELECT": (f"/sparql?query={quote(SELECT % projects[0], safe='')}", JSON),
        "Turtle": (document, "text/turtle"),
        "HTML": (document, "text/html"),
    }
    www = folder / "www"
    www.mkdir()
    loads = []
    for name, (target, accept) in asked.items():
        for coding in ("identity", "gzip"):
            body = _fetch(ours, target, accept, coding=coding)
            path = f"{name.replace(' ', '-')}.{coding}"
            (www / path).write_bytes(body)
            loads.append((f"{name} ({coding}, {len(body):,} bytes)", target, accept, coding, path))
    port = stack.enter_context(_nginx(folder))
    for name, target, accept, coding, path in loads:
        theirs = Load(port, (f"/{path}",), accept, coding=coding)
        own = Load(ours, (target,), accept, coding=coding)
        yield turns.ratio(f"{name}, the same again", own, "nginx, a file", theirs, 0.75)


def _beside_hostile(ours: int, projects: tuple[str, ...], turns: Turns) -> Iterator[Figure]:
    selects = tuple(f"/sparql?query={quote(SELECT % iri, safe='')}" for iri in projects)
    pages = tuple(iri.removeprefix(city.BASE).replace("/id/", "/doc/", 1) for iri in projects)
    around: Mapping[str, Callable[[], contextlib.AbstractContextManager[None]]] = {
        "while nobody is": contextlib.nullcontext,
        f"{HOSTILE} clients are hostile": lambda: _hostility(ours),
        "another program computes in the background": _background,
    }
    loads = {"small SELECTs": Load(ours, selects, JSON, distinct=True), "pages": Load(ours, pages, "text/html")}
    for name, load in loads.items():
        slowest: dict[str, list[float]] = {each: [] for each in around}
        for number in range(turns.rounds):
            for at, (each, begin) in enumerate(around.items()):
                with begin():
                    found = _measure(load, number * 3 + at, turns.folder, connections=QUIET_CONNECTIONS)
                slowest[each].append(found.slowest)
        quiet, *others = slowest.items()
        for (each, loud), goal in zip(others, (0.5, None), strict=True):
            yield Comparison(f"{name} while {each}, 99th percentile", "ms", loud, *quiet, goal, peer=False)


@dataclass(frozen=True, slots=True)
class Turns:
    """Measures two loads in turns.

    Attributes:
        folder: for what is made.
        rounds: number of turns.
    """

    folder: Path
    rounds: int

    def ratio(self, task: str, own: Load, name: str, theirs: Load, goal: float) -> Comparison:
        """Returns how many answers in a second ours and theirs gave."""
        turns = range(self.rounds)
        pairs = [(_measure(own, n * 2, self.folder), _measure(theirs, n * 2 + 1, self.folder)) for n in turns]
        rates = [[each.rate for each in side] for side in zip(*pairs, strict=True)]
        return Comparison(task, "a second", rates[0], name, rates[1], goal, rate=True)


def _measure(load: Load, turn: int, folder: Path, *, connections: int = CONNECTIONS) -> Measured:
    """Asks for some seconds; any answer but a good one stops everything."""
    (folder / "targets").write_text("\n".join(load.targets) + "\n", encoding="ascii")
    (folder / "script.lua").write_text(SCRIPT, encoding="ascii")
    ran = subprocess.run(
        [
            *("wrk", f"-t{min(CLIENT_THREADS, connections)}", f"-c{connections}", f"-d{SECONDS}s", "--latency"),
            *("-s", str(folder / "script.lua")),
            f"http://127.0.0.1:{load.port}/",
        ],
        env=os.environ
        | {
            "TARGETS": str(folder / "targets"),
            "FIRST": str(turn * 100_000_000),
            "DISTINCT": str(int(load.distinct)),
            "ACCEPT": load.accept,
            "CODING": load.coding,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    wrong = re.search(r"Non-2xx.*|Socket errors.*", ran.stdout)
    if wrong:
        raise SystemExit(f"{load.targets[0]} at port {load.port}: {wrong[0]}")
    rate, slowest = (
        re.search(r"Requests/sec:\s+([\d.]+)", ran.stdout),
        re.search(r"99%\s+([\d.]+)(us|ms|s)", ran.stdout),
    )
    assert rate is not None
    assert slowest is not None
    return Measured(float(rate[1]), float(slowest[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[slowest[2]])


@contextlib.contextmanager
def _hostility(port: int) -> Iterator[None]:
    """Sends queries that no engine can answer, from several clients, each as soon as the one before is refused."""
    over = threading.Event()

    def attack(number: int) -> None:
        sent = 0
        while not over.is_set():
            sent += 1
            target = f"/sparql?query={quote(HOSTILE_QUERY % (number * 1_000_000 + sent), safe='')}"
            with contextlib.suppress(OSError):
                _fetch(port, target, JSON, client=f"10.99.{number}.{sent % 250}")

    threads = [threading.Thread(target=attack, args=(number,), daemon=True) for number in range(HOSTILE)]
    for thread in threads:
        thread.start()
    # So that they are at it, and no longer light, when the measuring begins.
    time.sleep(1)
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


@contextlib.contextmanager
def _background() -> Iterator[None]:
    """Lets a program that knows nothing of the site compute as heavy queries may, behind all others."""
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as process:
        demote(process.pid, all_processors())
        time.sleep(1)
        try:
            yield
        finally:
            process.kill()


def _fetch(port: int, target: str, accept: str, *, client: str = "10.98.0.1", coding: str = "identity") -> bytes:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{target}",
        headers={"Accept": accept, "Accept-Encoding": coding, "X-Forwarded-For": client},
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        body: bytes = response.read()
        return body


def _projects(release: Path) -> tuple[str, ...]:
    """Returns the IRIs of all projects."""
    with (release / "agenda.nq").open(encoding="utf-8") as lines:
        found = (re.match(r"<([^>]*/id/project/[^>/]*)> <https://schema.org/description> ", line) for line in lines)
        return tuple(sorted({match[1] for match in found if match}))


def _site(publication: Path, releases: Path, folder: Path) -> contextlib.AbstractContextManager[int]:
    def command(port: int) -> list[str]:
        return [
            *(sys.executable, "-m", "kennis_ld.cli", "serve", str(publication), "--releases", str(releases)),
            *("--port", str(port), "--trusted-proxy", "127.0.0.1"),
        ]

    return _running("ours", command, "/healthz", folder)


def _oxigraph(program: str, release: Path, folder: Path) -> contextlib.AbstractContextManager[int]:
    store = folder / "oxigraph"
    data = str(release / "agenda.nq")
    subprocess.run([program, "load", "-l", str(store), "-f", data], check=True, capture_output=True)

    def command(port: int) -> list[str]:
        return [program, "serve-read-only", "-l", str(store), "-b", f"127.0.0.1:{port}"]

    return _running("oxigraph", command, "/", folder)


def _rdflib_endpoint(program: str, release: Path, folder: Path) -> contextlib.AbstractContextManager[int]:
    # All but the graphs of editions, which are for this server part of the same graph.
    data = str(release / "agenda.ttl")

    def command(port: int) -> list[str]:
        return [program, "serve", "--host", "127.0.0.1", "--port", str(port), data]

    return _running("rdflib-endpoint", command, "/", folder)


def _nginx(folder: Path) -> contextlib.AbstractContextManager[int]:
    def command(port: int) -> list[str]:
        settings = NGINX.format(folder=folder, port=port, user=getpass.getuser())
        (folder / "nginx.conf").write_text(settings, encoding="ascii")
        return ["nginx", "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]

    folder.chmod(0o755)
    return _running("nginx", command, "/HTML.gzip", folder)


@contextlib.contextmanager
def _running(name: str, command: Callable[[int], list[str]], path: str, folder: Path) -> Iterator[int]:
    """Starts a server, gives its port when it answers, and ends it."""
    port = free_port()
    with (folder / f"{name}.log").open("w") as log, subprocess.Popen(command(port), stdout=log, stderr=log) as process:
        try:
            deadline = time.monotonic() + 300
            while not _answers(port, path):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit(f"{name} does not start: {(folder / f'{name}.log').read_text()[-2000:]}")
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()
            process.wait(30)


def _answers(port: int, path: str) -> bool:
    try:
        _fetch(port, path, "*/*")
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False
    return True


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
