"""The zygote of one release: a process of one thread that holds the engine, and forks, ends and reaps all that need it.

It loads and checks the release, then keeps the web processes running, and forks and ends query workers as they ask. It
takes no part in answering. When the lifeline to the supervisor ends, its web processes finish what they have and end,
and then it ends. SIGTERM and SIGKILL end it at once; its children go on until another family takes over.
"""

from __future__ import annotations

import contextlib
import gc
import json
import logging
import os
import signal
import socket
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NoReturn

from kennis_ld.engine.interface import Budget, Engine
from kennis_ld.errors import KennisError, WrongSetting
from kennis_ld.isolation import sandbox, worker
from kennis_ld.isolation.messages import Cause, Channel, News, Order, channel
from kennis_ld.isolation.sandbox import all_processors, demote, promote
from kennis_ld.serving.processes import MOST_MISSED, Wakeup, be

logger = logging.getLogger(__name__)

LOOK = 0.5  # seconds between two looks at who is silent
_FAILED_STARTS = 5
_PAUSE = 0.5  # seconds before a web process is started again that could not even start
_SLICE = 0.2  # seconds that a heavy query computes before another one does
_GROWTH = 64 * 1024 * 1024  # bytes that a worker must have grown before its death is put down to memory

Work = Callable[[int, Channel], object]
"""Is a web process, in its place, until it ends; says on the channel that it is ready, now and then."""


@dataclass(slots=True)
class _WebProcess:
    """A web process."""

    place: int  # which one it is, from 0
    channel: Channel  # the connection to it
    missed: int = 0  # looks since it said that it is ready
    is_ready: bool = False  # it answers requests
    is_gone: bool = False  # its end of the channel is closed


@dataclass(slots=True)
class _Worker:
    """A query worker; `is_ended` where its web process wanted its end."""

    web_process: int
    is_ended: bool = False


class Zygote:
    """Keeps web processes running, with as many workers as they ask for."""

    def __init__(
        self,
        engine: Engine,
        budget: Budget,
        *,
        web_processes: int,
        work: Work,
        drain: float,
        count: Callable[[str], object],
        listeners: Sequence[socket.socket] = (),
    ) -> None:
        """Makes it; nothing is forked yet. When the lifeline ends, its web processes get `drain` seconds to finish."""
        self._engine = engine
        self._budget = budget
        self._number = web_processes
        self._work = work
        self._drain = drain
        self._count = count
        self._listeners = listeners
        self._web: dict[int, _WebProcess] = {}
        self._workers: dict[int, _Worker] = {}
        self._heavy: deque[int] = deque()
        self._next_slice = self._next_look = 0.0
        self._not_before = 0.0
        self._failures = 0
        _, self._size = sandbox.memory_now()
        self._processors = all_processors()

    def run(self, lifeline: socket.socket, *, ready: Callable[[], object]) -> None:
        """Works until the lifeline has ended, and all children; calls `ready` now and then, once all web processes are.

        Raises:
            WrongSetting: no web process can start.
        """
        # What the collector leaves alone stays shared with the processes that are forked.
        gc.collect()
        gc.freeze()
        is_ready, end = False, None
        with Wakeup(signal.SIGCHLD) as self._wakeup:
            while end is None or (self._web and time.monotonic() < end):
                if end is None:
                    self._fill()
                channels = {each.channel.fileno(): pid for pid, each in self._web.items() if not each.is_gone}
                # A readable lifeline has ended: nothing is ever said on it to this process.
                lifelines = [lifeline.fileno()] if end is None else []
                found = self._wakeup.wait([*channels, *lifelines], _SLICE if self._heavy else LOOK)
                if lifeline.fileno() in found and end is None:
                    end = time.monotonic() + self._drain
                    for listener in self._listeners:
                        listener.close()
                for descriptor in found & channels.keys():
                    self._hear(channels[descriptor])
                self._reap()
                self._share_processors()
                if not is_ready and sum(each.is_ready for each in self._web.values()) == self._number:
                    is_ready, self._next_look = True, 0.0
                if time.monotonic() >= self._next_look:
                    self._next_look = time.monotonic() + LOOK * 0.9
                    self._look()
                    if is_ready:
                        ready()
        for child in (*self._web, *self._workers):
            self._kill(child)

    # Web processes

    def _fill(self) -> None:
        """Starts the web processes that are missing."""
        if self._failures >= _FAILED_STARTS and not any(each.is_ready for each in self._web.values()):
            raise WrongSetting(
                f"No web process can start; {self._failures} have ended before they could answer.",
                remedy="Look in the log above for the reason: too little memory (ulimit -v), or too few processes.",
            )
        if time.monotonic() < self._not_before:
            return
        for place in set(range(self._number)) - {each.place for each in self._web.values()}:
            ours, theirs = channel()
            web = _WebProcess(place, ours)
            with theirs.socket:
                try:
                    child = os.fork()
                except OSError as error:
                    logger.error("No web process can be started now: %s", error.strerror)
                    self._count_failure()
                    ours.socket.close()
                    return
                if not child:
                    be("web", partial(self._be_web_process, web, theirs))
            self._web[child] = web

    def _count_failure(self) -> None:
        self._failures += 1
        self._not_before = time.monotonic() + _PAUSE

    def _be_web_process(self, web: _WebProcess, theirs: Channel) -> None:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        web.channel.socket.close()
        for other in self._web.values():
            other.channel.socket.close()
        self._work(web.place, theirs)

    def _hear(self, pid: int) -> None:
        web = self._web[pid]
        said = web.channel.hear()
        match said:
            case Order.READY, _, _, _:
                web.is_ready, web.missed = True, 0
                self._failures = 0
            case Order.FORK, _, _, _:
                self._fork(pid, web.channel)
            case Order.END, child, _, _ if child in self._workers and self._workers[child].web_process == pid:
                self._workers[child].is_ended = True
                self._kill(child)
            case Order.DEMOTE, child, _, _ if child in self._workers and self._workers[child].web_process == pid:
                demote(child, self._processors)
                self._heavy.append(child)
            case None:
                # It has ended; what it leaves is seen to when it is reaped.
                web.is_gone = True

    def _look(self) -> None:
        """Ends web processes that are silent; one that is stopped at its start is woken."""
        for pid, web in self._web.items():
            web.missed += 1
            if not web.is_ready:
                os.kill(pid, signal.SIGCONT)
            elif web.missed > MOST_MISSED:
                logger.error("A web process does not answer, and is replaced.")
                os.kill(pid, signal.SIGKILL)

    # Workers

    def _fork(self, pid: int, web: Channel) -> None:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            try:
                child = os.fork()
            except OSError:
                web.tell(News.NO_WORKER)
                return
            if not child:
                worker.work(theirs, self._engine, self._budget)
            self._workers[child] = _Worker(pid)
            web.tell(News.WORKER, child, descriptor=ours.fileno())

    def _share_processors(self) -> None:
        """Lets heavy queries compute round-robin: each that can run takes milliseconds at a time from others."""
        if self._heavy and time.monotonic() >= self._next_slice:
            self._next_slice = time.monotonic() + _SLICE
            self._heavy = deque(each for each in self._heavy if each in self._workers)
            self._heavy.rotate(-1)
            for place, child in enumerate(self._heavy):
                goes_on = place < max(1, len(self._processors) - 1)
                os.kill(child, signal.SIGCONT if goes_on else signal.SIGSTOP)

    def _kill(self, child: int) -> None:
        promote(child, self._processors)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)

    def _reap(self) -> None:
        while True:
            try:
                child, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not child:
                return
            code = os.waitstatus_to_exitcode(status)
            if child in self._web:
                self._web_process_ended(self._web.pop(child), child, code)
            elif (ended := self._workers.pop(child, None)) is not None and not ended.is_ended:
                cause = cause_of_death(code, sandbox.most_memory(usage) - self._size)
                if cause is not Cause.RETIRED and ended.web_process in self._web:
                    self._count(f"worker_deaths_{cause.name.lower()}")
                if ended.web_process in self._web:
                    self._web[ended.web_process].channel.tell(News.ENDED, child, cause)

    def _web_process_ended(self, web: _WebProcess, pid: int, code: int) -> None:
        web.channel.socket.close()
        for child, each in self._workers.items():
            if each.web_process == pid:
                self._kill(child)
        if not web.is_ready:
            logger.error("A web process ended (%s) before it could answer.", code)
            self._count_failure()
        elif code:
            self._count("web_process_restarts")
            logger.error("A web process ended unasked (%s) and was started again.", code)


def cause_of_death(code: int, growth: int) -> Cause:
    """Returns why a worker ended, by its exit code, and the bytes of memory that it had more than its parent."""
    if code == worker.RETIRED:
        return Cause.RETIRED
    if code == -signal.SIGALRM:
        return Cause.TIME
    if growth > _GROWTH and code != -signal.SIGSEGV:
        return Cause.MEMORY
    return Cause.KILLED if code in {-signal.SIGKILL, -signal.SIGTERM} else Cause.ENGINE


def be_zygote(lifeline: socket.socket, make: Callable[[], Zygote]) -> NoReturn:
    """Is the zygote that `make` returns until its end; tells the supervisor that it answers, or why it cannot."""
    lifeline.setblocking(False)

    def tell(**event: str) -> None:
        # Suppressed too where a supervisor that is stopped has very much to read.
        with contextlib.suppress(OSError):
            lifeline.sendall(json.dumps(event).encode() + b"\n")

    def work() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for each in (signal.SIGINT, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)
        try:
            make().run(lifeline, ready=lambda: tell(event="ready"))
        except KennisError as error:
            tell(event="refused", what=error.what, where=error.where, remedy=error.remedy)
            sys.exit(1)

    be("zygote", work)
