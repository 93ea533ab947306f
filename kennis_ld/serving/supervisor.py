"""The supervisor of a site: owns the listening sockets, follows the link `current`, and has a zygote for each release.

It has no store and no threads. Taking up a release is starting the next family (a zygote, its web processes, their
workers) on the same sockets; when that answers, the family before gets no lifeline any more, finishes what it has, and
ends. A zygote that dies is missed by nobody at first: its web processes go on until another family answers.

A family is a process group, so what is left of it, stopped or not, can be found and ended when its time is over.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import logging
import math
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kennis_ld.errors import KennisError, WrongSetting
from kennis_ld.release import publish
from kennis_ld.serving.processes import MOST_MISSED, Wakeup
from kennis_ld.serving.zygote import LOOK, Zygote, be_zygote

logger = logging.getLogger(__name__)

_BACKLOG = 4096  # connections that wait to be taken by a web process
_AGAIN = 30.0  # seconds until a release that could not be taken up is tried again: the machine may have been busy
_DELAYS = (0.0, 0.1, 0.5, 1.0, 2.0, 5.0)  # seconds before a zygote is started again, by how often that has failed
_MOST_FAMILIES = 3  # families at the same time: each has a store
_END = 2.0  # seconds more than its web processes have, in which a family has to end
_CHILD_SUBREAPER = 36
_ENDING = {signal.SIGTERM, signal.SIGINT}


@dataclass(slots=True, eq=False)
class _Family:
    """A zygote and its descendants."""

    release: str  # name of the release that it serves
    zygote: int  # process id, and that of the group of all its descendants
    lifeline: socket.socket  # when it is closed, the family ends
    end: float = math.inf  # when that takes too long
    missed: int = 0  # looks since the zygote said that it answers
    is_ready: bool = False  # it answers
    is_alive: bool = True  # the zygote is there
    is_gone: bool = False  # no process of it is left
    refusal: KennisError | None = None  # why it could not start
    told: bytearray = field(default_factory=bytearray)  # what the zygote has said, up to the end of a line

    @property
    def is_let_go(self) -> bool:
        """Whether its lifeline is closed: it finishes what it has, and ends."""
        return self.lifeline.fileno() < 0


class Supervisor:
    """Keeps one release served after the other."""

    def __init__(
        self,
        releases: Path,
        make: Callable[[Path, socket.socket], Zygote],
        *,
        drain: float,
        ready: Callable[[], object],
        count: Callable[[str], object],
    ) -> None:
        """Makes it; nothing runs yet.

        `make` loads a release, in a process of its own; the socket is the lifeline, for the family to watch. When that
        ends, its web processes get `drain` seconds to finish. `ready` is called once, when the first family answers.
        """
        self._releases = releases
        self._make = make
        self._drain = drain
        self._ready = ready
        self._count = count
        self._families: list[_Family] = []
        self._current: _Family | None = None
        self._next: _Family | None = None
        self._refused: tuple[str, int] | None = None  # the link to what could not be taken up
        self._again = 0.0  # when that is tried again
        self._failures = 0  # starts that failed, one after the other
        self._not_before = 0.0
        self._next_look = 0.0

    def run(self, release: str) -> None:
        """Serves a release, and each that becomes the current one after it, until SIGTERM or SIGINT.

        Raises:
            KennisError: the first release cannot be served, or nothing can be served any more.
            WrongSetting: this system cannot isolate queries.
        """
        if not hasattr(os, "fork"):
            raise WrongSetting(
                "This system cannot run queries in processes that are forked.",
                remedy="Serve on Linux, in a container, or in the Windows Subsystem for Linux.",
            )
        if sys.platform == "linux":
            # What its descendants leave behind becomes its own, so that nothing is left.
            ctypes.CDLL(None).prctl(_CHILD_SUBREAPER, 1, 0, 0, 0)
        with Wakeup(signal.SIGCHLD, *_ENDING) as wakeup:
            try:
                self._start(release)
                while not wakeup.signals & _ENDING:
                    talking = [each for each in self._families if each.is_alive and not each.is_let_go]
                    lifelines = {each.lifeline.fileno(): each for each in talking}
                    for descriptor in wakeup.wait(lifelines, LOOK):
                        self._hear(lifelines[descriptor])
                    self._reap()
                    if time.monotonic() >= self._next_look:
                        self._next_look = time.monotonic() + LOOK * 0.9
                        self._look()
                        self._follow()
            finally:
                self._end(wakeup)

    # Families

    def _start(self, release: str) -> None:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        try:
            zygote = os.fork()
        except OSError as error:
            ours.close()
            theirs.close()
            raise WrongSetting(
                f"No process can be started: {error.strerror}.",
                remedy="Let this user have more processes (ulimit -u), or the machine more memory.",
            ) from error
        if not zygote:
            ours.close()
            for each in self._families:
                each.lifeline.close()
            be_zygote(theirs, lambda: self._make(self._releases / release, theirs))
        os.setpgid(zygote, zygote)
        theirs.close()
        self._next = _Family(release, zygote, ours)
        self._families.append(self._next)

    def _hear(self, family: _Family) -> None:
        """Reads what a zygote tells."""
        try:
            said = family.lifeline.recv(65536)
        except OSError:
            return
        family.told += said
        while b"\n" in family.told:
            line, _, family.told = family.told.partition(b"\n")
            event = json.loads(line)
            if event["event"] == "ready":
                family.missed = 0
                if not family.is_ready:
                    self._answers(family)
            else:
                family.refusal = KennisError(event["what"], where=event["where"], remedy=event["remedy"])

    def _answers(self, family: _Family) -> None:
        """Lets a family that answers take the place of those before."""
        before, self._current, self._next = self._current, family, None
        family.is_ready = True
        self._failures = 0
        if before is None:
            self._ready()
        elif before.release != family.release:
            self._count("releases_taken_up")
            logger.info("Release %s is served from now on.", family.release)
        for each in tuple(self._families):
            if each is not family:
                self._let_go(each)

    def _let_go(self, family: _Family) -> None:
        """Lets a family finish what it has, and end."""
        family.lifeline.close()
        family.end = min(family.end, time.monotonic() + (self._drain + _END if family.is_ready else 0))

    def _reap(self) -> None:
        with contextlib.suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                for family in self._families:
                    if family.zygote == ended[0]:
                        self._hear(family)
                        self._zygote_ended(family, os.waitstatus_to_exitcode(ended[1]))
        for family in tuple(self._families):
            try:
                os.killpg(family.zygote, 0)
            except ProcessLookupError:
                # Noted, for another group may have that number later.
                family.is_gone = True
            if family.is_gone and family.is_let_go:
                self._families.remove(family)

    def _zygote_ended(self, family: _Family, code: int) -> None:
        family.is_alive = False
        if family is self._current and not family.is_let_go:
            # Its web processes go on until others answer.
            self._count("zygote_restarts")
            logger.error("The zygote ended unasked (%s); another one is started while its web processes go on.", code)
        elif family is self._next:
            self._next = None
            self._let_go(family)
            unexplained = KennisError(
                f"The release could not be served: its zygote ended ({code}) before it could answer.",
                where=family.release,
                remedy="Look in the log above for the reason; too little memory is the most frequent one.",
            )
            self._could_not_start(family.release, family.refusal or unexplained, is_explained=bool(family.refusal))

    def _could_not_start(self, release: str, refusal: KennisError, *, is_explained: bool) -> None:
        self._failures += 1
        self._not_before = time.monotonic() + _DELAYS[min(self._failures, len(_DELAYS) - 1)]
        current = self._current
        if current is None or (current.is_gone and self._failures >= len(_DELAYS)):
            raise refusal
        # A zygote that was killed once need not have its release to thank for it.
        if release != current.release and (is_explained or self._failures > 1):
            self._refused, self._again = self._link(), time.monotonic() + _AGAIN
            self._count("releases_refused")
        logger.error("Release %s is not taken up, %s goes on: %s", release, current.release, refusal)

    def _look(self) -> None:
        """Ends what has had its time, and a zygote that is silent; one that is stopped at its start is woken."""
        for family in self._families:
            family.missed += 1
            if time.monotonic() > family.end and not family.is_gone:
                with contextlib.suppress(OSError):
                    os.killpg(family.zygote, signal.SIGKILL)
            elif not family.is_alive or family.is_let_go:
                continue
            elif not family.is_ready:
                os.kill(family.zygote, signal.SIGCONT)
            elif family.missed > MOST_MISSED:
                logger.error("The zygote does not answer, and is replaced.")
                os.kill(family.zygote, signal.SIGKILL)

    # The link `current`

    def _link(self) -> tuple[str, int] | None:
        link = self._releases / publish.CURRENT
        try:
            return link.readlink().name, link.lstat().st_mtime_ns
        except OSError:
            # No link, for a moment or for good: what is served goes on.
            return None

    def _follow(self) -> None:
        """Starts the next family where there is another current release, or the zygote of this one is gone."""
        current, now, link = self._current, time.monotonic(), self._link()
        if current is None or now < self._not_before:
            return
        wanted = link[0] if link is not None else current.release
        if link == self._refused and now < self._again:
            wanted = current.release
        if self._next is not None:
            if wanted != self._next.release:
                # The link was moved again meanwhile.
                unwanted, self._next = self._next, None
                self._let_go(unwanted)
        elif len(self._families) < _MOST_FAMILIES and (wanted != current.release or not current.is_alive):
            try:
                self._start(wanted)
            except WrongSetting as refusal:
                self._could_not_start(wanted, refusal, is_explained=False)

    # The end

    def _end(self, wakeup: Wakeup) -> None:
        """Lets all families finish what they have; what is left after their time, or at a second signal, is killed."""
        wakeup.signals.clear()
        self._current = self._next = None
        for family in self._families:
            self._let_go(family)
        self._reap()
        while self._families:
            if wakeup.signals & _ENDING:
                for family in self._families:
                    family.end = 0.0
            self._look()
            wakeup.wait((), LOOK)
            self._reap()


def listen(host: str, port: int, number: int = 1) -> list[socket.socket]:
    """Returns sockets that listen at one address; all the same one where the system does not spread connections.

    Raises:
        WrongSetting: there is another server at that address, or there is no such address here.
    """
    try:
        first = _listener(host, port, shared=False)
        if number == 1 or sys.platform != "linux":
            return [first] * number
        # Nobody else listens there, so from now on several of ours may.
        with first:
            port = first.getsockname()[1]
        return [_listener(host, port, shared=True) for _ in range(number)]
    except OSError as error:
        reason = str(error.strerror or error).partition(" (while")[0]  # Python says behind it what it was doing
        raise WrongSetting(
            f"No server can be started at {host} port {port}: {reason}.",
            remedy="Stop the other server, or choose another --port or --host.",
        ) from error


def _listener(host: str, port: int, *, shared: bool) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    both = host == "::" and socket.has_dualstack_ipv6()
    listener = socket.create_server(
        (host, port), family=family, backlog=_BACKLOG, reuse_port=shared, dualstack_ipv6=both
    )
    listener.setblocking(False)
    return listener
