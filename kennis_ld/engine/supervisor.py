"""Owns the query service of a site: starts its warden, restarts it when it dies, and takes up a new release.

The supervisor lives in the process that `kennis-ld serve` starts first; the web processes need only its folder.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import logging
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from kennis_ld.engine.budget import PAGES, PUBLIC, Lane, usual_lanes
from kennis_ld.engine.events import Events
from kennis_ld.engine.generation import Generation
from kennis_ld.engine.interface import Answer, Engine, Question
from kennis_ld.engine.memory import DataFile, data_files
from kennis_ld.engine.pool import CURRENT, LANES, PooledEngine
from kennis_ld.engine.warden import Orders
from kennis_ld.errors import DamagedRelease, EngineUnavailable, KennisError, WrongSetting

logger = logging.getLogger(__name__)

Check = Callable[[Engine], object]
"""Asks a new engine something whose answer is known, and raises a KennisError where it is another."""

_DELAYS = (0.0, 0.1, 0.5, 1.0, 2.0, 5.0)
_LONGEST_USE = 30.0
"""Seconds that a release which is no longer the current one is kept for who still uses it: longer than any request."""

_LOOK = 0.05
_USERS = ".users"


def has_statements(engine: Engine) -> Answer:
    """The least that an engine must be able to say: that its data is not empty.

    Raises:
        DamagedRelease: it says it is empty.
    """
    answer = engine.answer(Question("ASK { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", "http://localhost/"))
    if b"true" not in answer.body:
        raise DamagedRelease("The new engine has no statements.", remedy="Build the release again.")
    return answer


_OWN = len("/kennis-ld-12345678")
_LONGEST_FOLDER = 107 - len("/") - 32 - len("/public")
"""Characters that are left of the 107 of an address in Linux (unix(7)), for a release and a lane come behind it."""


class Supervisor:
    """Keeps a warden running; a context manager.

    In the process that serves: `with Supervisor([folder / "agenda.nq"]) as service: ...`. In every web process:
    `PooledEngine(service.folder, lane="public")` for visitors and `lane="pages"` for the site's own queries.

    Every release that is taken up has a name. The folder of the service has a link of that name to the warden that
    answers from it, and `current` is a link to the name. A process that must answer from one release as long as it
    takes holds `used(folder, name)` meanwhile.
    """

    def __init__(
        self,
        files: Iterable[DataFile | Path],
        *,
        name: str = "",
        disk: Path | None = None,
        lanes: tuple[Lane, ...] | None = None,
        check: Check = has_statements,
    ) -> None:
        """Makes a supervisor; nothing runs before `start`.

        Args:
            files: the files of the release.
            name: name of the release; made up where there is none.
            disk: folder for a store on disk; None to hold the data in memory.
            lanes: which workers there are; None for the usual ones of this machine.
            check: asked of every new warden before it gets a question from anybody.
        """
        self._release = _Release(name or _FIRST, data_files(files), disk, check)
        self._lanes = lanes or usual_lanes()
        self._folder: Path | None = None
        self._serving: dict[str, Generation] = {}
        self._all: list[Generation] = []
        self._count = 0
        self._threads: list[threading.Thread] = []
        self._lock = threading.RLock()
        self._closing = threading.Event()
        self.events = Events()

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
    def release(self) -> str:
        """Name of the release that is the current one."""
        return self._release.name

    @property
    def warden(self) -> int:
        """Process id of the warden that answers now.

        Raises:
            RuntimeError: the supervisor was not started.
        """
        return self._generation.warden

    @property
    def keeper(self) -> int:
        """Process id of the keeper of that warden.

        Raises:
            RuntimeError: the supervisor was not started.
        """
        return self._generation.process.pid

    @property
    def _generation(self) -> Generation:
        if self._release.name not in self._serving:
            raise RuntimeError("not started")
        return self._serving[self._release.name]

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
        if len(os.fsencode(self._folder)) > _LONGEST_FOLDER:
            self._folder.rmdir()
            raise WrongSetting(
                f"The folder for temporary files has too long a name for sockets: {self._folder.parent}.",
                remedy=f"Set TMPDIR to a folder with at most {_LONGEST_FOLDER - _OWN} characters, such as /tmp.",
            )
        self.events.keep_in(self._folder)
        described = {lane.name: lane.to_json() for lane in self._lanes}
        (self._folder / LANES).write_text(json.dumps(described), encoding="utf-8")
        try:
            self._take_up(self._release)
        except BaseException:
            self.close()
            raise

    def swap(
        self,
        files: Iterable[DataFile | Path],
        *,
        name: str = "",
        disk: Path | None = None,
        check: Check | None = None,
    ) -> None:
        """Takes up another release; every question is answered whole from the old one or from the new one.

        Returns when the new release answers; the old warden finishes what it has, waits until nobody uses its release
        any more, and ends.

        Args:
            files: the files of the release.
            name: name of the release; made up where there is none.
            disk: folder for a store on disk; None to hold the data in memory.
            check: asked of the warden of this release; None for the check of the release before.

        Raises:
            DamagedRelease: the new release cannot be loaded or fails the check; the old one goes on.
            EngineUnavailable: the service is being ended.
        """
        with self._lock:
            old = self._release
            new = _Release(
                name or f"{_FIRST}-{self._count + 1}",
                data_files(files),
                disk,
                check if check is not None else old.check,
            )
            try:
                self._take_up(new)
            except BaseException:
                self.events.count("releases-refused")
                raise
            self.events.count("releases-taken-up")
            if old.name != new.name:
                self._spawn(self._retire, old.name)

    def close(self, *, seconds: float = 15.0) -> None:
        """Ends all processes and removes all that was made; questions that run get so many seconds to finish."""
        self._closing.set()
        # Before the lock is taken: whoever holds it may be waiting for a warden that still loads.
        for generation in list(self._all):
            generation.drain()
        with self._lock:
            for generation in self._all:
                generation.drain()
            end = time.monotonic() + seconds
            for generation in self._all:
                generation.end(max(0.0, end - time.monotonic()))
            self._all.clear()
        for thread in self._threads:
            thread.join()
        self._threads.clear()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _spawn(self, work: Callable[..., None], *arguments: object) -> None:
        self._threads = [each for each in self._threads if each.is_alive()]
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _take_up(self, release: _Release) -> None:
        with self._lock:
            if self._closing.is_set():
                raise EngineUnavailable("The query service is being ended.", retry_after=1)
            self._count += 1
            folder = self.folder / str(self._count)
            folder.mkdir(mode=0o700)
            new = Generation(Orders(folder, self._lanes, release.files, release.disk), self.events)
            self._all.append(new)
            try:
                new.wait_until_ready()
                release.check(PooledEngine.at(folder, self._lane_for_check()))
            except BaseException:
                self._all.remove(new)
                new.abandon()
                raise
            self._point(release.name, folder.name)
            self._point(CURRENT, release.name)
            old = self._serving.get(release.name)
            self._release, self._serving[release.name] = release, new
            if old is not None:
                old.drain()
            self._spawn(new.report)
            self._spawn(self._watch, new, release)

    def _lane_for_check(self) -> Lane:
        return next((lane for lane in self._lanes if lane.name == PAGES), self._lanes[0])

    def _point(self, link: str, target: str) -> None:
        """Moves all new questions to another warden at once: to rename a link is atomic."""
        new = self.folder / f"{link}-new"
        new.symlink_to(target)
        new.rename(self.folder / link)

    def _retire(self, name: str) -> None:
        """Ends the warden of a release that is no longer the current one, once nobody uses it."""
        end = time.monotonic() + _LONGEST_USE
        while time.monotonic() < end and not self._closing.is_set() and _is_used(self.folder, name):
            if self._closing.wait(_LOOK):
                return
        with self._lock:
            if name == self._release.name or self._closing.is_set() or name not in self._serving:
                return
            generation = self._serving.pop(name)
            for left in (self.folder / name, self.folder / f"{name}{_USERS}"):
                left.unlink(missing_ok=True)
        generation.drain()

    def _watch(self, generation: Generation, release: _Release) -> None:
        """Waits for the end of a keeper, and starts another pair where nobody asked for that end."""
        generation.process.wait()
        if not self._is_wanted(generation):
            self._forget(generation)
            return
        logger.error("The keeper of the store ended unasked; another is started while its warden goes on.")
        self.events.count("keeper-restarts")
        for attempt in range(sys.maxsize):
            if self._closing.wait(_DELAYS[min(attempt, len(_DELAYS) - 1)]):
                return
            try:
                with self._lock:
                    if self._is_wanted(generation):
                        self._take_up(release)
                break
            except (KennisError, OSError, RuntimeError):
                # The last is what Python says where the system lets it have no thread.
                logger.exception("The keeper of the store could not be started.")
        self._forget(generation)

    def _is_wanted(self, generation: Generation) -> bool:
        return not self._closing.is_set() and generation is self._serving.get(self._release.name)

    def _forget(self, generation: Generation) -> None:
        generation.drain()
        generation.wait_for_warden(_LONGEST_USE)
        with self._lock:
            if generation in self._all:
                self._all.remove(generation)
        generation.tidy()


_FIRST = "release"


@dataclass(frozen=True, slots=True)
class _Release:
    """A release that is served: its name, what is loaded, and what must be true of it."""

    name: str
    files: tuple[DataFile, ...]
    disk: Path | None
    check: Check


@contextlib.contextmanager
def used(folder: Path, name: str) -> Iterator[None]:
    """Keeps a release answering, also when another becomes the current one; a lock that ends with the process.

    Args:
        folder: `Supervisor.folder`.
        name: name of the release.

    Raises:
        FileNotFoundError: the service is gone.
    """
    with (folder / f"{name}{_USERS}").open("ab") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        yield


def current_release(folder: Path) -> str:
    """Returns the name of the release that is the current one.

    Args:
        folder: `Supervisor.folder`.

    Raises:
        FileNotFoundError: the service is gone.
    """
    return (folder / CURRENT).readlink().name


def _is_used(folder: Path, name: str) -> bool:
    try:
        with (folder / f"{name}{_USERS}").open("rb") as users:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False
