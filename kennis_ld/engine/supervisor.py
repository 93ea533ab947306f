"""Owns the query service of a site: starts its warden, restarts it when it dies, and takes up a new release.

The supervisor lives in the process that `kennis-ld serve` starts first; the web processes need only its folder.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Any, cast

from kennis_ld.engine.budget import PAGES, PUBLIC, Lane, usual_lanes
from kennis_ld.engine.interface import Answer, Engine, Question
from kennis_ld.engine.memory import DataFile, data_files
from kennis_ld.engine.pool import CURRENT, LANES, PooledEngine
from kennis_ld.engine.warden import Orders
from kennis_ld.errors import DamagedRelease, KennisError, WrongSetting

logger = logging.getLogger(__name__)

Check = Callable[[Engine], object]
"""Asks a new engine something whose answer is known, and raises a KennisError where it is another."""

_DELAYS = (0.0, 0.1, 0.5, 1.0, 2.0, 5.0)


def has_statements(engine: Engine) -> Answer:
    """The least that an engine must be able to say: that its data is not empty.

    Raises:
        DamagedRelease: it says it is empty.
    """
    answer = engine.answer(Question("ASK { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", "http://localhost/"))
    if b"true" not in answer.body:
        raise DamagedRelease("The new engine has no statements.", remedy="Build the release again.")
    return answer


class Supervisor:
    """Keeps a warden running; a context manager.

    In the process that serves: `with Supervisor([folder / "agenda.nq"]) as service: ...`. In every web process:
    `PooledEngine(service.folder, lane="public")` for visitors and `lane="pages"` for the site's own queries.
    """

    def __init__(
        self,
        files: Iterable[DataFile | Path],
        *,
        disk: Path | None = None,
        lanes: tuple[Lane, ...] | None = None,
        check: Check = has_statements,
    ) -> None:
        """Makes a supervisor; nothing runs before `start`.

        Args:
            files: the files of the release.
            disk: folder for a store on disk; None to hold the data in memory.
            lanes: which workers there are; None for the usual ones of this machine.
            check: asked of every new warden before it gets a question from anybody.
        """
        self._files = data_files(files)
        self._disk = disk
        self._lanes = lanes or usual_lanes()
        self._check = check
        self._folder: Path | None = None
        self._generation: _Generation | None = None
        self._all: list[_Generation] = []
        self._count = 0
        self._watches: list[threading.Thread] = []
        self._lock = threading.RLock()
        self._closing = threading.Event()

    def __enter__(self) -> Supervisor:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def folder(self) -> Path:
        """Where the engines find the service: `PooledEngine(folder)`. Private to this user.

        Raises:
            RuntimeError: the supervisor was not started.
        """
        if self._folder is None:
            raise RuntimeError("not started")
        return self._folder

    @property
    def warden(self) -> int:
        """Process id of the warden that answers now.

        Raises:
            RuntimeError: the supervisor was not started.
        """
        if self._generation is None:
            raise RuntimeError("not started")
        return self._generation.process.pid

    def engine(self, lane: str = PUBLIC) -> PooledEngine:
        """Returns an engine for this process; `public` for visitors, `pages` for the site's own queries."""
        return PooledEngine(self.folder, lane=lane)

    def start(self) -> None:
        """Loads the data and answers from then on.

        Raises:
            DamagedRelease: the files cannot be loaded, or do not pass the check.
            WrongSetting: this system cannot isolate queries.
        """
        if not hasattr(os, "fork"):
            raise WrongSetting(
                "This system cannot run queries in processes that are forked.",
                remedy="Serve on Linux, in a container, or in the Windows Subsystem for Linux.",
            )
        self._folder = Path(tempfile.mkdtemp(prefix="kennis-ld-"))
        described = {lane.name: lane.to_json() for lane in self._lanes}
        (self._folder / LANES).write_text(json.dumps(described), encoding="utf-8")
        try:
            self._take_up(self._files, self._disk)
        except BaseException:
            self.close()
            raise

    def swap(self, files: Iterable[DataFile | Path], *, disk: Path | None = None) -> None:
        """Takes up another release; every question is answered whole from the old one or from the new one.

        Returns when the new release answers; the old warden finishes what it has and ends.

        Raises:
            DamagedRelease: the new release cannot be loaded or fails the check; the old one goes on.
        """
        with self._lock:
            new = data_files(files)
            self._take_up(new, disk)
            self._files, self._disk = new, disk

    def close(self, *, seconds: float = 15.0) -> None:
        """Ends all processes and removes all that was made; questions that run get so many seconds to finish."""
        self._closing.set()
        # Before the lock is taken: whoever holds it may be waiting for a warden that still loads.
        for generation in list(self._all):
            generation.drain()
        with self._lock:
            for generation in self._all:
                generation.drain()
            for generation in self._all:
                generation.end(seconds)
            self._all.clear()
        for watch in self._watches:
            watch.join()
        self._watches.clear()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _take_up(self, files: tuple[DataFile, ...], disk: Path | None) -> None:
        with self._lock:
            self._count += 1
            folder = self.folder / str(self._count)
            folder.mkdir(mode=0o700)
            new = _Generation(Orders(os.getpid(), folder, self._lanes, files, disk))
            self._all.append(new)
            try:
                new.wait_until_ready()
                self._check(PooledEngine.at(folder, self._lane_for_check()))
            except BaseException:
                self._all.remove(new)
                new.abandon()
                raise
            self._point_to(folder)
            old, self._generation = self._generation, new
            if old is not None:
                old.drain()
            watch = threading.Thread(target=self._watch, args=(new,), name=f"warden-{self._count}", daemon=True)
            self._watches.append(watch)
            watch.start()

    def _lane_for_check(self) -> Lane:
        return next((lane for lane in self._lanes if lane.name == PAGES), self._lanes[0])

    def _point_to(self, folder: Path) -> None:
        """Moves all new questions to another warden at once: to rename a link is atomic."""
        link = self.folder / f"{CURRENT}-{folder.name}"
        link.symlink_to(folder.name)
        link.rename(self.folder / CURRENT)

    def _watch(self, generation: _Generation) -> None:
        """Waits for the end of a warden, and starts another where nobody asked for that end."""
        generation.report()
        with self._lock:
            self._watches = [each for each in self._watches if each.is_alive()]
            if generation in self._all:
                self._all.remove(generation)
            generation.tidy()
        if self._closing.is_set() or generation is not self._generation:
            return
        logger.error("The warden of the query workers ended unasked and is started again.")
        for attempt in range(sys.maxsize):
            if self._closing.wait(_DELAYS[min(attempt, len(_DELAYS) - 1)]):
                return
            try:
                with self._lock:
                    if not self._closing.is_set() and generation is self._generation:
                        self._take_up(self._files, self._disk)
                return
            except (KennisError, OSError):
                logger.exception("The warden of the query workers could not be started.")


class _Generation:
    """One warden, from its start to its end."""

    def __init__(self, orders: Orders) -> None:
        self._folder = orders.folder
        self.process = subprocess.Popen(
            # -P: a module in the working directory is never taken for one of ours.
            [sys.executable, "-P", "-m", "kennis_ld.engine.warden"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # A Ctrl-C is for the owner, who then ends the warden in order.
            start_new_session=True,
        )
        self._told = cast("IO[bytes]", self.process.stdout)
        with contextlib.suppress(BrokenPipeError), cast("IO[bytes]", self.process.stdin) as stdin:
            stdin.write(orders.to_line().encode())

    def wait_until_ready(self) -> None:
        """Waits until the workers answer.

        Raises:
            DamagedRelease: the files cannot be loaded.
        """
        event = self._event()
        match event:
            case {"event": "ready"}:
                return
            case {"event": "refused"}:
                raise DamagedRelease(event["what"], where=event["where"], remedy=event["remedy"])
            case _:
                raise DamagedRelease("The query service ended while it loaded the release.", remedy="Read its log.")

    def report(self) -> None:
        """Logs what the warden tells, until its end."""
        while event := self._event():
            logger.info("A worker of lane %s ended with code %s.", event.get("lane"), event.get("code"))
        self._told.close()
        self.process.wait()

    def _event(self) -> dict[str, Any]:
        line = self._told.readline()
        return json.loads(line) if line else {}

    def drain(self) -> None:
        """Takes no new questions, finishes those that wait, and then ends."""
        self.process.terminate()

    def end(self, seconds: float) -> None:
        """Returns when the warden has ended, of itself or killed after so many seconds."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
        self.tidy()

    def abandon(self) -> None:
        """Ends a warden that nobody watches yet."""
        self.kill()
        self._told.close()

    def kill(self) -> None:
        """Ends the warden at once; its workers end with it."""
        self.process.kill()
        self.process.wait()
        self.tidy()

    def tidy(self) -> None:
        """Removes what a warden leaves that was killed."""
        shutil.rmtree(self._folder, ignore_errors=True)
