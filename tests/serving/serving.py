"""Runs `kennis-ld serve` on the made-up city, and looks at its processes.

with serving(folder, releases) as site:
    site.get("/projecten")
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kennis_ld.cli import main
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings as config
from kennis_ld.release.build import build
from tests.fork_server import Forked
from tests.ports import free_port
from tests.processes import is_alive
from tests.publications import DOCUMENT, write
from tests.waiting import PATIENCE, eventually

ROOT = Path(__file__).resolve().parents[2]
MARK = "hard regent"
"""Words of the first release; the others have other words in their place."""

DURATION = 2.5
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"


_KINDS = {"kennis zygote": "zygote", "kennis web": "web process", "kennis worker": "query worker"}
"""What the processes of a site do, by the names that they give themselves."""


@dataclass(frozen=True, slots=True)
class Got:
    """A response, whole."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass(frozen=True, slots=True)
class Site:
    """A running site.

    Attributes:
        port: where it listens, on 127.0.0.1.
        process: the process that was started; all others are its descendants.
        city: folder of the publication.
        releases: folder of the releases.
        log: what it wrote on standard error; not there where that went elsewhere.
    """

    port: int
    process: subprocess.Popen[bytes] | Forked
    city: Path
    releases: Path
    log: Path

    def get(
        self,
        path: str,
        *,
        method: str = "GET",
        body: bytes | Iterator[bytes] | None = None,
        source: str = "127.0.0.1",
        headers: Mapping[str, str] | None = None,
    ) -> Got:
        """Returns the response to a request.

        Args:
            path: path and query string.
            method: the method.
            body: the body; in pieces, it is sent in chunks.
            source: loopback address to ask from; each is another client.
            headers: headers to send along.
        """
        # To choose a source takes a port from all, whoever they talk to; thousands of them would be too many.
        chosen = None if source == "127.0.0.1" else (source, 0)
        with contextlib.closing(
            http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE, source_address=chosen)
        ) as connection:
            connection.request(method, path, body, dict(headers or {}))
            # Closed, for what ends a connection while an answer is read leaves its socket to the response.
            with connection.getresponse() as response:
                return Got(response.status, response.headers, response.read())

    def ask(self, query: str, *, source: str = "127.0.0.1", headers: Mapping[str, str] | None = None) -> Got:
        """Returns the response to a query."""
        return self.get(f"/sparql?query={quote(query)}", source=source, headers=headers)

    def connect(self) -> socket.socket:
        """Returns a connection that has said nothing yet."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def answers(self) -> bool:
        """Whether pages and queries are answered, new ones each time."""
        some = time.monotonic_ns()
        try:
            return {200} == {
                self.get(f"/projecten?x={some}").status,
                self.get(f"/sparql?query=ASK%7B%7D%23{some}").status,
                self.get("/readyz").status,
            }
        except (OSError, http.client.HTTPException):
            return False

    def kinds(self) -> Mapping[str, Sequence[int]]:
        """Returns the process ids of the site, by what they do."""
        found: dict[str, list[int]] = {"zygote": [], "web process": [], "query worker": []}
        for each in self.descendants():
            kind = _KINDS.get(_name(each))
            if kind is not None:
                found[kind].append(each)
        return found

    def is_whole(self) -> bool:
        """Whether every kind of process is there, as many as there have to be, and no family that still ends."""
        found = self.kinds()
        if (1, 2) != (len(found["zygote"]), len(found["web process"])):
            return False
        family = children(found["zygote"][0])
        # Those of a zygote that was killed go on until another family answers.
        return {*found["web process"], *found["query worker"]} == set(family) and len(found["query worker"]) >= 4

    def descendants(self) -> Sequence[int]:
        """Returns all processes of the site but the first."""
        found, left = [], [self.process.pid]
        while left:
            below = children(left.pop())
            found += below
            left += below
        return found

    def lines(self) -> Sequence[Mapping[str, Any]]:
        """Returns the lines of the log so far, but for the remarks to people at the start."""
        _, _, lines = self.log.read_text(encoding="utf-8").partition("(Ctrl-C stops)\n")
        return [json.loads(line) for line in lines.splitlines()]


def children(process: int) -> list[int]:
    """Returns the process ids of the living children of a process, of all its threads."""
    found: set[int] = set()
    with contextlib.suppress(OSError):
        # It may end at any moment.
        for thread in Path(f"/proc/{process}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                found.update(map(int, thread.read_text(encoding="ascii").split()))
    return sorted(each for each in found if is_alive(each))


def _name(process: int) -> str:
    try:
        return Path(f"/proc/{process}/comm").read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def release(folder: Path, releases: Path, words: str = MARK) -> Path:
    """Builds a release of the city in which other words stand in the place of MARK."""
    publication = config.publication(write(folder, {"agenda.txt": DOCUMENT.replace(MARK, words)}))
    built = build(publication, definitions(), releases=releases, version="0").release
    assert built is not None
    return built


@contextmanager
def serving(
    folder: Path,
    releases: Path,
    *options: str,
    stderr: Connection | None = None,
    ready: float = PATIENCE,
    is_forked: bool = False,
) -> Iterator[Site]:
    """Starts the site on the current one of some releases, gives it when it answers, and ends it.

    Args:
        folder: an empty folder.
        releases: the releases; they are copied.
        options: options of `kennis-ld serve`.
        stderr: where the log of one that is forked goes; None for a file.
        ready: seconds it has to start.
        is_forked: whether it begins with its code in memory, for tests of what a site does once it runs; otherwise it
            is the real command.
    """
    port = free_port()
    city, own, log = write(folder / "city"), folder / "releases", folder / "log"
    shutil.copytree(releases, own, symlinks=True)
    command = ["serve", str(city), "--releases", str(own), "--port", str(port), *options]
    process: subprocess.Popen[bytes] | Forked
    if is_forked:
        process = Forked(target=_command, args=(command, log, stderr))
        process.start()
    else:
        with log.open("wb") as file:
            program = [sys.executable, "-m", "kennis_ld.cli", *command]
            process = subprocess.Popen(program, cwd=ROOT, stderr=file)
    site = Site(port, process, city, own, log)
    try:
        assert eventually(lambda: process.poll() is not None or site.answers(), seconds=ready), "it does not start"
        assert process.poll() is None, log.read_text(encoding="utf-8")
        yield site
    finally:
        left = site.descendants()
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            for each in (process.pid, *left):
                if is_alive(each):
                    os.kill(each, signal.SIGKILL)
            raise


def _command(arguments: Sequence[str], log: Path, stderr: Connection | None) -> None:
    with stderr or log.open("wb") as file:
        os.dup2(file.fileno(), 2)
    main(arguments)
