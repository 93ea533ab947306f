"""The site of `bench/day.py`: its publication, its releases, its processes, and the readers who watch it."""

from __future__ import annotations

import http.client
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from bench.clients import FreshClient, KeptClient
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings
from kennis_ld.release.build import build
from tests.ports import free_port
from tests.processes import is_alive, name
from tests.publications import DOCUMENT, write
from tests.serving.serving import MARK, ROOT, Got, Site, children
from tests.waiting import eventually

BASE = "https://data.zandwijk.example"
QUERY_SECONDS = 2.0
_OPTIONS = ("--trusted-proxy", "127.0.0.1", "--query-seconds", str(QUERY_SECONDS), "--workers", "2")
_TEXT = quote("SELECT ?text { ?project <https://schema.org/description> ?text FILTER(CONTAINS(?text, 'kaart')) }")
QUERY = f"/sparql?query={_TEXT}"
PATHS = ("/doc/project/regenkaart", "/doc/project/regenkaart.ttl", QUERY, "/download/current/agenda.nq")
_WORDS = re.compile(r"in meting [0-9]{3} gezien")
_THINGS = re.compile(rf"^<{BASE}(/id/[^>]*)> ", re.MULTILINE)
_DECISIONS = "uri,decision,replaced_by,reason,decided_by,date\n"
_DELETED = " (deleted)"
CLOCK = '''
"""Lets the wall clock of this process stand where a file says: so many seconds from the real one."""
import mmap, os, struct, time
if file := os.environ.get("KENNIS_DAY_CLOCK"):
    with open(file, "rb") as opened:
        shift = mmap.mmap(opened.fileno(), 8, access=mmap.ACCESS_READ)
    real = time.time
    time.time = lambda: real() + struct.unpack("d", shift[:8])[0]
    time.time_ns = lambda: int(time.time() * 1e9)
'''


class Breach(Exception):
    """Something that must be true is not."""


def require(holds: object, what: str) -> None:
    """Raises a `Breach` that says so where something does not hold."""
    if not holds:
        raise Breach(what)


class Publication:
    """The made-up city as its office keeps it: it grows, and sometimes a project is withdrawn."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.words = MARK
        self._trials: list[str] = []
        self._withdrawn: list[str] = []
        self._number = 0

    def change(self, *, withdraws: bool) -> None:
        """Gives the next release words of its own, and a project more; or one less, by a decision."""
        self._number += 1
        self.words = f"in meting {self._number:03} gezien"
        if withdraws and self._trials:
            self._withdrawn.append(self._trials.pop(0))
        else:
            self._trials.append(f"proef-{self._number:03}")

    def write(self) -> Path:
        """Writes it down, and returns the folder."""
        rows = [
            f"2.{at}\tProef {trial[-3:]}\tEen proef om te zien hoe zand en water {self.words} worden.\tT: HD P: ZU"
            for at, trial in enumerate(self._trials)
        ]
        decided = [f"project/{each},withdrawn,,De proef stopte.,Bureau Kennis,2030-02-01" for each in self._withdrawn]
        document = DOCUMENT.replace(MARK, self.words) + "".join(f"{row}\n" for row in rows)
        return write(self.folder, {"agenda.txt": document, "decisions.csv": _DECISIONS + "\n".join(decided) + "\n"})


@dataclass
class Seen:
    """What readers saw in one step: what went wrong, and which words stood in an answer of which release."""

    faults: Counter[str] = field(default_factory=Counter)
    said: Counter[tuple[str, str, frozenset[str]]] = field(default_factory=Counter)


class Readers:
    """People who read all day, each on a connection for each page or on one that is kept."""

    def __init__(self, number: int) -> None:
        self._seen = Seen()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._number = number

    def start(self, port: int) -> None:
        """Lets them read."""
        self._stop.clear()
        self._seen = Seen()
        self._threads = [threading.Thread(target=self._read, args=(port, at)) for at in range(self._number)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> Seen:
        """Lets them stop, and returns what they saw."""
        self._stop.set()
        for thread in self._threads:
            thread.join()
        return self._seen

    def _read(self, port: int, number: int) -> None:
        client = (KeptClient if number % 2 else FreshClient)(port)
        who = {"X-Forwarded-For": f"198.51.100.{number}"}
        while not self._stop.is_set():
            for path in PATHS:
                try:
                    got = client.get(path, who)
                    release = got.headers["Kennis-Release"] or ""
                    if got.status == 307:
                        # Of a download, the address names the release.
                        release = got.headers["Location"].split("/")[-2]
                        got = client.get(got.headers["Location"], who)
                except (OSError, http.client.HTTPException) as error:
                    self._has_seen(path, None, f"cut: {error!r} for {path[:12]} of a {client.kind} client")
                    # A site that is gone is not asked thousands of times.
                    self._stop.wait(0.02)
                else:
                    self._has_seen(path, got, release)
                    # So that there is some of the machine left for what happens.
                    self._stop.wait(0.005)
        client.close()

    def _has_seen(self, path: str, got: Got | None, what: str) -> None:
        with self._lock:
            if got is None:
                self._seen.faults[what] += 1
            elif got.status == 503 and path == QUERY and got.headers["Retry-After"]:
                self._seen.faults["busy: 503 for a query"] += 1
            elif got.status != 200:
                self._seen.faults[f"status {got.status} for {path[:12]}: {got.body[:300]!r}"] += 1
            else:
                text = got.body.decode()
                said = frozenset((*_WORDS.findall(text), *([MARK] if MARK in text else [])))
                self._seen.said[path, what, said] += 1


class SiteOfTheDay:
    """The running site, and all that has been published."""

    def __init__(self, folder: Path, *, patience: float) -> None:
        """Publishes for the first time, and starts the site.

        Args:
            folder: an empty folder.
            patience: how much slower than usual this machine may be.
        """
        self.folder = folder
        self.patience = patience
        self.publication = Publication(folder / "city")
        self.releases = folder / "releases"
        self.words: dict[str, str] = {}
        self.things: dict[str, frozenset[str]] = {}
        self.expected: set[str] = set()
        self.is_back = False
        self._clock = folder / "clock"
        self._temporary = Path(tempfile.mkdtemp(dir=folder))
        self._environment = self._with_clock()
        self._usual: dict[str, Counter[str]] = {}
        self._shared = _shared_files()
        self._port = free_port()
        self.build()
        self.start()

    def _with_clock(self) -> Mapping[str, str]:
        self._clock.write_bytes(struct.pack("d", 0.0))
        path = self.folder / "path"
        path.mkdir()
        (path / "sitecustomize.py").write_text(CLOCK, encoding="utf-8")
        more = {"KENNIS_DAY_CLOCK": str(self._clock), "PYTHONPATH": str(path), "TMPDIR": str(self._temporary)}
        return os.environ | more

    # What is published

    def build(self) -> str:
        """Builds what the publication says now, and makes it the current release; returns its name."""
        built = build(
            settings.publication(self.publication.write()), definitions(), releases=self.releases, version="0"
        ).release
        require(built is not None, "a sound publication gave no release")
        assert built is not None
        self.words[built.name] = self.publication.words
        statements = (built / "agenda.nq").read_text(encoding="utf-8")
        self.things[built.name] = frozenset(_THINGS.findall(statements))
        self.expected |= self.things[built.name]
        self.is_back = False
        return built.name

    @property
    def current(self) -> str:
        """Name of the release that the link says."""
        return (self.releases / "current").readlink().name

    def link(self, target: str) -> None:
        """Moves the link by hand."""
        link = self.releases / ".by-hand"
        link.symlink_to(target)
        link.replace(self.releases / "current")

    def command(self, *arguments: str, before: Callable[[], object] | None = None) -> subprocess.CompletedProcess[str]:
        """Runs the command line, in a process in which `before` is called first."""
        command = [sys.executable, "-m", "kennis_ld.cli", *arguments, "--releases", str(self.releases)]
        return subprocess.run(
            command, cwd=ROOT, env=self._environment, capture_output=True, text=True, check=False, preexec_fn=before
        )

    def set_clock(self, seconds: float) -> None:
        """Sets the wall clock, as the site sees it, so far from the real one."""
        with self._clock.open("r+b") as file:
            file.write(struct.pack("d", seconds))

    # The processes

    def start(self) -> None:
        """Starts the site, as whoever keeps services running on a machine does."""
        log = self.folder / "log"
        address = ("--releases", str(self.releases), "--port", str(self._port))
        command = [sys.executable, "-m", "kennis_ld.cli", "serve", str(self.publication.folder), *address, *_OPTIONS]
        with log.open("ab") as file:
            process = subprocess.Popen(command, cwd=ROOT, env=self._environment, stderr=file)
        self.site = Site(self._port, process, self.publication.folder, self.releases, log)
        require(self.within(30, self.site.answers), f"the site does not start: {log.read_text('utf-8')[-2000:]}")

    def end(self) -> None:
        """Ends the site, whatever state it is in."""
        left = [self.site.process.pid, *self.site.descendants()]
        self.site.process.terminate()
        try:
            self.site.process.wait(20)
        except subprocess.TimeoutExpired:
            for each in filter(is_alive, left):
                os.kill(each, 9)

    def within(self, seconds: float, holds: Callable[[], bool]) -> bool:
        """Whether something comes true in so many seconds; more on a machine that is said to be slow."""
        return eventually(holds, seconds=seconds * self.patience)

    def serves(self, release: str) -> bool:
        """Whether all web processes serve a release."""
        try:
            return {release} == {self.site.get("/healthz").headers["Kennis-Release"] for _ in range(8)}
        except (OSError, http.client.HTTPException):
            return False

    # What must be true at any quiet moment

    def check_read(self, seen: Seen, tolerated: Collection[str]) -> str:
        """Looks at what readers saw: each answer is whole from the release that it names."""
        for (path, release, said), number in seen.said.items():
            require(
                said == {self.words.get(release)},
                f"{number} answers for {path[:12]} of {release} say {sorted(said)}, not {self.words.get(release)}",
            )
        wrong = [f"{number} times {fault}" for fault, number in seen.faults.items() if fault[:4] not in tolerated]
        require(not wrong, "readers noticed: " + "; ".join(wrong))
        releases = {release for _, release, _ in seen.said}
        return f"{seen.said.total()} answers of {len(releases)} releases, {seen.faults.total()} not given"

    def check_things(self) -> str:
        """Asks for every thing that was published: 303, a redirect to what replaced it, or 410 with a reason."""
        wanted = self.things[self.current] if self.is_back else self.expected
        gone = 0
        for path in sorted(wanted):
            got = self.site.get(path, headers={"Accept": "text/turtle", "X-Forwarded-For": "198.51.100.250"})
            is_gone = got.status == 410 and bool(json.loads(got.body).get("reason"))
            require(got.status == 303 or is_gone, f"{path} is lost: {got.status}")
            gone += is_gone
        return f"{len(wanted)} URIs, {gone} of them gone with a reason"

    def check_left(self) -> str:
        """Looks for what was left behind: processes, descriptors, shared memory, files."""
        require(self.within(10, self._is_at_rest), f"not at rest: {self._held()} instead of {self._usual}")
        files = [each.name for each in self._temporary.rglob("*") if not each.name.startswith("kennis-day")]
        require(not files, f"files are left: {files}")
        staging = [each.name for each in self.releases.glob(".*") if each.name != ".lock"]
        require(not staging, f"files are left among the releases: {staging}")
        more = _shared_files() - self._shared
        require(not [each for each in more if "kennis" in each], f"shared memory is left: {more}")
        return "nothing left"

    def _is_at_rest(self) -> bool:
        held = self._held()
        workers = held.pop("kennis worker", Counter())
        # The first look says what is usual.
        return self.site.is_whole() and workers["processes"] == 4 and held == self._usual_now(held)

    def _usual_now(self, held: Mapping[str, Counter[str]]) -> Mapping[str, Counter[str]]:
        if not self._usual:
            time.sleep(0.5)
            if held == {role: found for role, found in self._held().items() if role != "kennis worker"}:
                self._usual = dict(held)
        return self._usual

    def _held(self) -> dict[str, Counter[str]]:
        """Returns how many processes and descriptors there are of each kind, by what the processes are."""
        found: dict[str, Counter[str]] = {}
        left = [("supervisor", self.site.process.pid)]
        while left:
            role, process = left.pop()
            held = found.setdefault(role, Counter())
            held["processes"] += 1
            try:
                held.update(_kind(str(each.readlink())) for each in Path(f"/proc/{process}/fd").iterdir())
            except OSError:
                held["gone"] += 1
            left += [(name(child), child) for child in children(process)]
        return found


def _kind(target: str) -> str:
    """Returns what a descriptor leads to, without what is another one each time."""
    return re.sub(r":\[.*\]$", "", target.removesuffix(_DELETED))


def _shared_files() -> set[str]:
    return {each.name for each in Path("/dev/shm").glob("*")}
