"""The parent of the web processes: a process that has loaded all they need, and forks them.

Started as a program of its own (`python -m kennis_ld.web.parent`) by the owner of the site, which it takes its orders
from (`kennis_ld.web.processes`). It has nothing of the owner in it: no thread that could hold a lock while it forks.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import logging
import os
import resource
import select
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from threading import Event, Thread
from typing import NoReturn

from kennis_ld.web import server
from kennis_ld.web.follow import FollowedSites
from kennis_ld.web.journal import log_as_json
from kennis_ld.web.processes import DRAIN, ENDED, READY, REPLACED, Orders, Owner

_LOOK = 0.2
_LINGER = 1.0
"""Seconds that a replaced web process goes on, so that those that replace it are warm."""

_LAST_WORD = 0.5
"""Seconds in which who was taken in last asks something."""

_SHORT_LIFE = 0.5
_PAUSE = 0.5
"""What cannot even start must not keep the machine busy."""

_CONNECTIONS = 65_536
_PLACES_OF_MEMORY, _LONG_PIECE = -8, -3
"""M_ARENA_MAX and M_MMAP_THRESHOLD of mallopt(3)."""

_LONG = 256 * 1024
"""Bytes of a piece of memory that goes back to the system when it is not needed any more. Said once, it stays; else the
allocator learns from each long answer to keep longer pieces, between which others lie that live on."""

_OBJECTS = (2_000, 5, 2)
"""How many objects more there are before rings of them are looked for that nobody needs, and how often with older ones:
after some hundreds of pages, for with each may go what it had read and written."""


def main() -> int:
    """Runs the web processes until told to stop; returns the exit status."""
    log_as_json()
    _allow_connections()
    _share_memory()
    owner, orders, listeners = Owner.of_this_process()
    children = Children(lambda place: _serve(orders, owner, listeners, place), orders.workers)
    with _Signals() as signals:
        while not signals.stop:
            for _ in range(children.fill()):
                owner.tell(ENDED)
            select.select([owner.fileno(), signals.fileno()], [], [], children.pause)
            if owner.said(0) == b"":
                # The owner was killed and cannot tell anybody to stop.
                children.kill()
                return 1
            signals.clear()
    children.end(DRAIN)
    return 0


class Children:
    """The web processes, each replaced when it ends."""

    def __init__(self, work: Callable[[int], object], number: int) -> None:
        """Makes a family; `fill` starts it.

        Args:
            work: what a child does in a place, counted from 0, and then it ends.
            number: how many there are to be.
        """
        self._work = work
        self._number = number
        self._born: dict[int, tuple[int, float]] = {}
        self._not_before = 0.0

    @property
    def pause(self) -> float | None:
        """Seconds after which there is something to fill; None where that is when a child ends."""
        return None if len(self._born) == self._number else max(0.0, self._not_before - time.monotonic())

    def fill(self) -> int:
        """Starts what is missing; returns how many have ended since the last time."""
        now = time.monotonic()
        ended = self._reap()
        if any(now - born < _SHORT_LIFE for _, born in ended):
            self._not_before = now + _PAUSE
        for place in set(range(self._number)) - {taken for taken, _ in self._born.values()}:
            if now < self._not_before:
                break
            try:
                child = os.fork()
            except OSError:
                logging.getLogger(__name__).exception("No web process can be started now.")
                self._not_before = now + _PAUSE
                break
            if not child:
                self._live(place)
            self._born[child] = place, now
        return len(ended)

    def _live(self, place: int) -> NoReturn:
        status = 1
        try:
            # What the parent does at these signals is not for its children.
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
                signal.signal(number, signal.SIG_DFL)
            self._work(place)
            status = 0
        except BaseException:
            logging.getLogger(__name__).exception("A web process could not go on.")
        finally:
            # The last lines of the log have to go out; but never back into the code of the parent.
            with contextlib.suppress(BaseException):
                logging.shutdown()
            os._exit(status)

    def _reap(self) -> list[tuple[int, float]]:
        """Returns the places of those that have ended, and when they were born."""
        return [self._born.pop(child) for child in list(self._born) if os.waitpid(child, os.WNOHANG)[0]]

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Sends all a signal."""
        for child in self._born:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, number)

    def end(self, seconds: float) -> None:
        """Returns when all have ended, of themselves in so many seconds, or killed."""
        self.kill(signal.SIGTERM)
        end = time.monotonic() + seconds
        pause = Event()
        while self._born and time.monotonic() < end:
            self._reap()
            pause.wait(0.01)
        self.kill()


class _Signals:
    """Wakes the parent when a child has ended or when it is to stop.

    Attributes:
        stop: whether it is to stop.
    """

    def __init__(self) -> None:
        self.stop = False
        self._ours, self._theirs = socket.socketpair()

    def __enter__(self) -> _Signals:
        for end in (self._ours, self._theirs):
            end.setblocking(False)
        signal.set_wakeup_fd(self._theirs.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._is_told)
        return self

    def __exit__(self, *error: object) -> None:
        signal.set_wakeup_fd(-1)
        self._ours.close()
        self._theirs.close()

    def _is_told(self, *_: object) -> None:
        self.stop = True

    def fileno(self) -> int:
        """Returns the descriptor on which there is something to read after a signal."""
        return self._ours.fileno()

    def clear(self) -> None:
        """Forgets the signals that have come."""
        with contextlib.suppress(BlockingIOError):
            while self._ours.recv(4096):
                pass


def _allow_connections() -> None:
    """Takes as many connections as the system lets this process have; mostly it gives fewer unless asked."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _CONNECTIONS if most == resource.RLIM_INFINITY else min(most, _CONNECTIONS)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _share_memory() -> None:
    """Lets all threads take memory from the same places, and gives long pieces back, so that nobody keeps the most."""
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError):
            # glibc; other libraries have no such places.
            allocator = ctypes.CDLL(None)
            allocator.mallopt(_PLACES_OF_MEMORY, 1)
            allocator.mallopt(_LONG_PIECE, _LONG)


def _serve(orders: Orders, owner: Owner, listeners: Sequence[socket.socket], place: int) -> None:
    """Is the web process of a place until it is told to stop."""
    log_as_json()
    application, sites = server.following_application(
        orders.service, orders.releases, orders.settings, prefix=orders.prefix
    )
    leaving = Event()
    Thread(target=_follow, args=(sites, owner, leaving), name="follow", daemon=True).start()

    gc.collect()
    gc.freeze()
    # Now that nothing is old, the rule that spares what is old (a quarter of it must be new) spares nothing.
    gc.collect()
    gc.set_threshold(*_OBJECTS)
    owner.tell(READY)
    listener = listeners[place]
    others = {each for each in listeners if each.fileno() != listener.fileno()}
    server.run(application, listener, others=[*others], leaving=leaving, drain=DRAIN)


def _follow(sites: FollowedSites, owner: Owner, leaving: Event) -> None:
    """Looks for the next release, and ends the process in order when it was replaced, and at once without an owner."""
    pause = Event()
    while (said := owner.said(0)) is None:
        sites.look()
        pause.wait(_LOOK)
    if said == REPLACED:
        pause.wait(_LINGER)
        # Who was taken in by then must not find the connection closed before having asked.
        leaving.set()
        pause.wait(_LAST_WORD)
        os.kill(os.getpid(), signal.SIGTERM)
        pause.wait(DRAIN)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
