"""The zygote of one release: a process of one thread that holds the store, and forks, ends and reaps all that need it.

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
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

import pyoxigraph as ox

from kennis_ld.engine.budget import Budget
from kennis_ld.errors import KennisError, WrongSetting
from kennis_ld.isolation import sandbox, worker
from kennis_ld.isolation.control import Cause, Channel, News, Order, channel
from kennis_ld.isolation.sandbox import all_processors, call_this_process, demote, promote
from kennis_ld.isolation.shared_memory import SharedNumbers
from kennis_ld.serving.wakeup import Wakeup

logger = logging.getLogger(__name__)

LOOK = 0.5
"""Seconds between two looks at the heartbeats."""

MOST_MISSED = 10
"""Looks without a heartbeat after which a process is taken for stopped, and ended."""

_FAILED_STARTS = 5
_PAUSE = 0.5  # seconds before a web process is started again that could not even start
_GROWTH = 64 * 1024 * 1024  # bytes that a worker must have grown before its death is put down to memory

Work = Callable[[int, Channel, SharedNumbers], object]
"""Is a web process, in its place, until it ends; it beats in the place of the numbers."""


@dataclass(slots=True)
class _WebProcess:
    """A web process."""

    place: int  # which one it is, from 0
    channel: Channel  # the connection to it
    is_ready: bool = False  # it answers requests
    beats: float = 0.0  # heartbeats at the last look
    missed: int = 0  # looks without a heartbeat
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
        store: ox.Store,
        budget: Budget,
        *,
        web_processes: int,
        work: Work,
        drain: float,
        let_go: Callable[[], object] = lambda: None,
        count: Callable[[str], object] = lambda _: None,
    ) -> None:
        """Makes it; nothing is forked yet.

        Args:
            store: the data.
            budget: what one query may use.
            web_processes: how many there are to be.
            work: what a web process does.
            drain: seconds that web processes get to finish when the lifeline ends.
            let_go: called when the lifeline ends; closes what this process need not hold any more.
            count: counts an event; see `kennis_ld.server.metrics`.
        """
        self._store = store
        self._budget = budget
        self._number = web_processes
        self._work = work
        self._drain = drain
        self._let_go = let_go
        self._count = count
        self._web: dict[int, _WebProcess] = {}
        self._workers: dict[int, _Worker] = {}
        self._heartbeats = SharedNumbers(web_processes)
        self._next_look = 0.0
        self._not_before = 0.0
        self._failures = 0
        _, self._size = sandbox.memory_now()
        self._processors = all_processors()

    def run(self, lifeline: socket.socket, *, ready: Callable[[], object], beat: Callable[[], object]) -> None:
        """Works until the lifeline has ended, and all children.

        Args:
            lifeline: ends when this family is to end.
            ready: called once, when all web processes answer.
            beat: called now and then, as long as this process is not stopped.

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
                found = self._wakeup.wait([*channels, *([lifeline.fileno()] if end is None else [])], LOOK)
                if lifeline.fileno() in found and end is None:
                    end = time.monotonic() + self._drain
                    self._let_go()
                for descriptor in found & channels.keys():
                    self._hear(channels[descriptor])
                self._reap()
                self._look()
                beat()
                if not is_ready and sum(each.is_ready for each in self._web.values()) == self._number:
                    is_ready = True
                    ready()
        for child in (*self._web, *self._workers):
            self._kill(child)

    # Web processes

    def _fill(self) -> None:
        """Starts the web processes that are missing.

        Raises:
            WrongSetting: none can start.
        """
        if self._failures >= _FAILED_STARTS and not any(each.is_ready for each in self._web.values()):
            raise WrongSetting(
                f"No web process can start; {self._failures} have ended before they could answer.",
                remedy="Look in the log above for the reason: too little memory (ulimit -v), or too few processes.",
            )
        if time.monotonic() < self._not_before:
            return
        for place in set(range(self._number)) - {each.place for each in self._web.values()}:
            ours, theirs = channel()
            try:
                child = os.fork()
            except OSError as error:
                logger.error("No web process can be started now: %s", error.strerror)
                self._has_failed()
                ours.socket.close()
                theirs.socket.close()
                return
            if not child:
                self._be_web_process(place, theirs, ours)
            theirs.socket.close()
            self._web[child] = _WebProcess(place, ours, beats=self._heartbeats.numbers[place])

    def _has_failed(self) -> None:
        self._failures += 1
        self._not_before = time.monotonic() + _PAUSE

    def _be_web_process(self, place: int, theirs: Channel, ours: Channel) -> NoReturn:
        status = 1
        try:
            call_this_process("kennis web")
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            ours.socket.close()
            for other in self._web.values():
                other.channel.socket.close()
            self._work(place, theirs, self._heartbeats)
            status = 0
        except BaseException:
            logger.exception("A web process could not go on.")
        finally:
            # The last lines of the log have to go out; but never back into the code of the parent.
            with contextlib.suppress(BaseException):
                logging.shutdown()
            os._exit(status)

    def _hear(self, pid: int) -> None:
        web = self._web[pid]
        said = web.channel.hear()
        match said:
            case Order.READY, _, _, _:
                web.is_ready = True
                self._failures = 0
            case Order.FORK, _, _, _:
                self._fork(pid, web.channel)
            case Order.END, child, _, _ if child in self._workers and self._workers[child].web_process == pid:
                self._workers[child].is_ended = True
                self._kill(child)
            case Order.DEMOTE, child, _, _ if child in self._workers and self._workers[child].web_process == pid:
                demote(child, self._processors)
            case None:
                # It has ended; what it leaves is seen to when it is reaped.
                web.is_gone = True

    def _look(self) -> None:
        """Ends web processes that are stopped: alive, but without a heartbeat."""
        if time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + LOOK * 0.9
        for pid, web in self._web.items():
            beats = self._heartbeats.numbers[web.place]
            web.missed = web.missed + 1 if web.is_ready and beats == web.beats else 0
            web.beats = beats
            if web.missed >= MOST_MISSED:
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
                worker.work(theirs, self._store, self._budget)
            self._workers[child] = _Worker(pid)
            web.tell(News.WORKER, child, descriptor=ours.fileno())

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
                cause = cause_of_death(code, sandbox.most_resident(usage) - self._size)
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
            self._has_failed()
        elif code:
            self._count("web_process_restarts")
            logger.error("A web process ended unasked (%s) and was started again.", code)


def cause_of_death(code: int, growth: int) -> Cause:
    """Returns why a worker ended.

    Args:
        code: its exit code, negative for a signal.
        growth: bytes of memory that it had more than its parent, by what the kernel counted.
    """
    if code == worker.RETIRED:
        return Cause.RETIRED
    if code == -signal.SIGALRM:
        return Cause.TIME
    if growth > _GROWTH and code != -signal.SIGSEGV:
        return Cause.MEMORY
    return Cause.KILLED if code in {-signal.SIGKILL, -signal.SIGTERM} else Cause.ENGINE


def tell(lifeline: socket.socket, **event: str) -> None:
    """Tells the supervisor something."""
    with contextlib.suppress(OSError):
        lifeline.sendall(json.dumps(event).encode() + b"\n")


def be_zygote(lifeline: socket.socket, make: Callable[[], Zygote], *, beat: Callable[[], object]) -> NoReturn:
    """Is a zygote until its end; to be called in a process that was just forked.

    Args:
        lifeline: to the supervisor.
        make: loads and checks the release, and returns its zygote.
        beat: called now and then.
    """
    status = 1
    try:
        call_this_process("kennis zygote")
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        make().run(lifeline, ready=lambda: tell(lifeline, event="ready"), beat=beat)
        status = 0
    except KennisError as error:
        tell(lifeline, event="refused", what=error.what, where=error.where, remedy=error.remedy)
    except BaseException:
        logger.exception("The zygote could not go on.")
    finally:
        with contextlib.suppress(BaseException):
            logging.shutdown()
        # At once: to take a large store apart, piece by piece, takes seconds of a processor.
        os._exit(status)
