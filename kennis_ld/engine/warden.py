"""The parents of the workers: processes of one thread that hold the store, and fork a worker for every place.

Started as a program of its own (`python -m kennis_ld.engine.warden`), so that it has one thread and nothing of a web
process in it. It reads its orders from standard input as a line of JSON, tells on standard output what happens, a line
of JSON each, and takes no part in answering: a worker takes its questions straight from the socket of its lane.

There are two of them, so that neither is missed for long. The keeper loads the store and forks the warden, which forks
the workers; they share the memory of the store. A warden that dies is forked again at once, with the store that is
there. A keeper that dies leaves a warden that goes on until its owner has started another pair.

SIGTERM makes them close the queues, let the workers finish what waits there, and end. They also end when standard
input does: their owner is gone.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import json
import os
import select
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kennis_ld.engine import busy, priority, watch, worker
from kennis_ld.engine.budget import Lane
from kennis_ld.engine.busy import Busy
from kennis_ld.engine.disk import build_store, open_store
from kennis_ld.engine.memory import DataFile, load_store
from kennis_ld.engine.turns import Turns, processors_to_miss
from kennis_ld.errors import DamagedRelease

ALIVE = "alive"
"""A file with the process id of the warden, which keeps it locked: the kernel takes the lock away before the workers
learn that it died."""

_LOOK_ROUND = 0.5
_SHORT_LIFE = 0.02
_PAUSE = 0.1
_MOST = 3
"""Times as many workers of a lane as there should be, with those that are at their last question."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What a warden has to do.

    Attributes:
        folder: where its sockets come; private to this user.
        lanes: which workers there must be.
        files: the data.
        disk: folder for a store on disk; None for one in memory.
    """

    folder: Path
    lanes: tuple[Lane, ...]
    files: tuple[DataFile, ...]
    disk: Path | None = None

    def to_line(self) -> str:
        """Returns the orders as a line of JSON."""
        files = [{"path": str(each.path), "graph": each.graph, "sha256": each.sha256} for each in self.files]
        values: dict[str, Any] = {
            "folder": str(self.folder),
            "lanes": [lane.to_json() for lane in self.lanes],
            "files": files,
            "disk": str(self.disk) if self.disk else None,
        }
        return json.dumps(values) + "\n"

    @classmethod
    def from_line(cls, line: str) -> Orders:
        """Returns the orders that `to_line` wrote."""
        values = json.loads(line)
        return cls(
            folder=Path(values["folder"]),
            lanes=tuple(map(Lane.from_json, values["lanes"])),
            files=tuple(DataFile(**{**each, "path": Path(each["path"])}) for each in values["files"]),
            disk=Path(values["disk"]) if values["disk"] else None,
        )


@dataclass(frozen=True, slots=True)
class _Place:
    """What a running worker stands for."""

    lane: Lane
    born: float


class _Wakeful:
    """A process that sleeps until a signal comes, or its owner is gone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._is_closing = False
        self._not_before = 0.0
        self._pause = _LOOK_ROUND
        self._wake, self._wake_writer = socket.socketpair()
        for end in (self._wake, self._wake_writer):
            end.setblocking(False)
        signal.set_wakeup_fd(self._wake_writer.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, lambda *_: self.close())

    def _wait(self) -> bool:
        """Waits for something to do; False where the owner is gone."""
        pause = self._pause if time.monotonic() >= self._not_before else _PAUSE
        ready, _, _ = select.select([self._wake, sys.stdin], [], [], pause)
        with contextlib.suppress(BlockingIOError):
            while self._wake.recv(4096):
                pass
        # Nothing is ever written there after the orders, so to be readable means to be closed.
        return sys.stdin not in ready

    def close(self) -> None:
        """Lets this process end, in order."""
        self._is_closing = True


class Keeper(_Wakeful):
    """Holds the store and the queues, and sees to it that there is a warden."""

    def __init__(self, orders: Orders, open_store: Callable[[], ox.Store], *, returns: bool) -> None:
        super().__init__(orders.folder)
        self._orders = orders
        self._returns = returns
        self._open = open_store
        self._warden = 0
        self._busy = Busy.create(orders.folder / busy.FILE)
        self._listeners = {lane.name: _listen(orders.folder / lane.name, lane.queue) for lane in orders.lanes}

    def run(self) -> int:
        """Works until it is told to stop or its owner is gone; returns its exit status."""
        _check_threads()
        # What the collector leaves alone stays shared with the processes that are forked.
        gc.collect()
        gc.freeze()
        while True:
            if not self._warden and time.monotonic() >= self._not_before and (status := self._fork()) is not None:
                return status
            if not self._wait():
                self._end()
                return 0
            if self._warden and self._reap() and self._is_closing:
                shutil.rmtree(self._folder, ignore_errors=True)
                return 0

    def _fork(self) -> int | None:
        """Makes a warden; returns None here, and in the new process its exit status at its end."""
        # The next one, should this one die at once, comes a little later.
        self._not_before = time.monotonic() + _PAUSE
        try:
            self._warden = os.fork()
        except OSError:
            # There is nothing to wait for at the end.
            return 0 if self._is_closing else None
        if self._warden:
            if self._is_closing:
                self.close()
            return None
        warden = Warden(self._orders, self._open, self._listeners, self._busy, returns=self._returns)
        if self._is_closing:
            # The signal came before the warden could hear it.
            warden.close()
        warden.run()
        return 0

    def _reap(self) -> bool:
        child, _ = os.waitpid(self._warden, os.WNOHANG)
        if child:
            self._warden = 0
        return bool(child)

    def close(self) -> None:
        """Lets the warden end, and then this process."""
        super().close()
        if self._warden:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._warden, signal.SIGTERM)

    def _end(self) -> None:
        if self._warden:
            os.kill(self._warden, signal.SIGKILL)
            os.waitpid(self._warden, 0)
        # Nobody else tidies up after an owner that was killed.
        shutil.rmtree(self._folder.parent, ignore_errors=True)


def _listen(address: Path, queue: int) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(address))
    listener.listen(queue)
    return listener


class Warden(_Wakeful):
    """Keeps every lane filled with workers."""

    def __init__(
        self,
        orders: Orders,
        open_store: Callable[[], ox.Store],
        listeners: Mapping[str, socket.socket],
        taken: Busy,
        *,
        returns: bool,
    ) -> None:
        super().__init__(orders.folder)
        self._orders = orders
        self._busy = taken
        self._listeners = listeners
        self._places: dict[int, _Place] = {}
        self._open = open_store
        self._returns = returns
        self._turns = Turns(processors_to_miss())

    def run(self) -> None:
        """Works until it is told to stop or its owner is gone."""
        with (self._folder / ALIVE).open("wb", buffering=0) as alive:
            fcntl.flock(alive, fcntl.LOCK_EX)
            alive.write(str(os.getpid()).encode())
            self._busy.end_all()
            self._fill()
            _tell(event="ready", warden=os.getpid())
            while self._places or not self._is_closing:
                is_owned = self._wait()
                self._reap()
                if not is_owned:
                    self._end()
                    return
                self._fill()
                heavy = [each for each in self._places if self._busy.is_at_last(each)]
                pause = self._turns.give(heavy, spares_others=self._busy.loans() > 0)
                self._pause = _LOOK_ROUND if pause is None else min(_LOOK_ROUND, pause)

    def _fill(self) -> None:
        """Forks a worker for every empty place; one that is at its last question takes none."""
        if self._is_closing or time.monotonic() < self._not_before:
            return
        for lane in self._orders.lanes:
            ours = [worker for worker, place in self._places.items() if place.lane is lane]
            able = sum(not self._busy.is_at_last(each) for each in ours)
            for _ in range(min(lane.workers - able, _MOST * lane.workers - len(ours))):
                if not self._fork(lane):
                    return

    def _fork(self, lane: Lane) -> bool:
        """Makes a worker; returns whether there may be another process."""
        warden = os.getpid()
        try:
            child = os.fork()
        except OSError:
            # No more processes for now; the lane is short of a worker until there are.
            self._not_before = time.monotonic() + _PAUSE
            return False
        if child == 0:
            listener = self._listeners[lane.name]
            worker.work(listener, lane, self._open, self._busy, parent=warden, returns=self._returns)
        self._places[child] = _Place(lane, time.monotonic())
        return True

    def _reap(self) -> None:
        while self._places:
            child, status = os.waitpid(-1, os.WNOHANG)
            if child == 0:
                return
            place = self._places.pop(child)
            self._busy.forget(child)
            code = os.waitstatus_to_exitcode(status)
            if code == worker.DONE:
                continue
            now = time.monotonic()
            if code not in {worker.RETIRED, watch.NOT_SMALL}:
                _tell(event="worker-ended", lane=place.lane.name, code=code)
                if now - place.born < _SHORT_LIFE:
                    # Whatever kills workers as soon as they are born must not keep this process busy.
                    self._not_before = now + _PAUSE
            if self._is_closing:
                # Questions may still wait in the queue; without any, the new worker ends at once.
                self._fork(place.lane)

    def close(self) -> None:
        """Takes no new questions; those that wait are still answered, for `shutdown` leaves the queue as it is."""
        if not self._is_closing:
            super().close()
            for listener in self._listeners.values():
                listener.shutdown(socket.SHUT_RDWR)

    def _end(self) -> None:
        for child in self._places:
            os.kill(child, signal.SIGKILL)
        for child in self._places:
            os.waitpid(child, 0)
        shutil.rmtree(self._folder.parent, ignore_errors=True)


def _tell(**event: str | int) -> None:
    try:
        print(json.dumps(event), flush=True)  # noqa: T201
    except OSError:
        # The owner is gone; that is noticed in a moment.
        sys.stdout = None


def _store_opener(orders: Orders) -> Callable[[], ox.Store]:
    """Returns what gives a worker its store.

    Raises:
        DamagedRelease: there can be no store of these files.
    """
    disk = orders.disk
    if disk is None:
        store = load_store(orders.files)
        return lambda: store
    return lambda: open_store(disk)


def _prepare_disk(orders: Orders) -> int:
    """Builds the store on disk in a child, for its engine leaves threads behind; returns the child's exit status."""
    if orders.disk is None:
        return 0
    child = os.fork()
    if child == 0:
        status = 1
        try:
            build_store(orders.files, orders.disk)
            open_store(orders.disk)
            status = 0
        except DamagedRelease as error:
            _refuse(error)
            status = 2
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _check_threads() -> None:
    """Makes sure that a fork loses no thread, and with it a lock that is never given back."""
    if sys.platform == "linux" and (threads := len(list(Path("/proc/self/task").iterdir()))) != 1:
        raise RuntimeError(f"the warden has {threads} threads")


def _refuse(error: DamagedRelease) -> None:
    _tell(event="refused", what=error.what, where=error.where, remedy=error.remedy)


def main() -> int:
    """Runs a warden; returns its exit status."""
    orders = Orders.from_line(sys.stdin.readline())
    # While a fork costs nothing yet.
    returns = priority.may_return()
    if status := _prepare_disk(orders):
        return status
    try:
        opener = _store_opener(orders)
    except DamagedRelease as error:
        _refuse(error)
        return 2
    return Keeper(orders, opener, returns=returns).run()


if __name__ == "__main__":
    # At once: to take a large store apart, piece by piece, takes seconds of a processor.
    os._exit(main())
