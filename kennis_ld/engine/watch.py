"""The query that a worker is at, as its two threads see it: one evaluates it, the other one watches.

A query that is not light is told of, has to let others go first, and ends when its asker leaves. What bounds every
query is not here: the kernel sees to that (`kennis_ld.engine.limits`), also where nobody watches.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import threading
import time
from collections.abc import Callable

from kennis_ld.engine import limits, wire
from kennis_ld.engine.budget import LIGHT
from kennis_ld.engine.busy import Busy
from kennis_ld.engine.priority import PATIENCE, SHORT, Priority

LOOK = 0.05
"""Most seconds between two looks at the query."""

LEFT = 4
"""Exit status of a worker whose asker left."""

NOT_SMALL = 5
"""Exit status of a worker that answered clients by itself, until one asked something that is not small."""

_SOON = 0.03
"""Seconds after which an asker is told that the work has begun; a small answer is there much sooner."""

_GRACE = 0.2
"""Seconds later than in time that the kernel ends a query which everything else goes before: who watches is faster."""


class WatchedQuery:
    """One query after the other; `begin` and `end` are for the thread that evaluates, `look` is for the other one."""

    def __init__(self, busy: Busy, *, polite: bool, returns: bool) -> None:
        """Makes it; to be called in the thread that evaluates.

        Args:
            busy: where the worker says that it is at a question.
            polite: whether a query that takes long lets others go first.
            returns: whether it can stand in front again after that; see `kennis_ld.engine.priority`.
        """
        self._busy = busy
        self._polite = polite
        self._worker = os.getpid()
        self._warden = os.getppid()
        self._clock = time.pthread_getcpuclockid(threading.get_ident())
        self._priority = Priority(threading.get_native_id(), returns=returns)
        self._lock = threading.Lock()
        self._asker: socket.socket | None = None
        self._is_told = self._is_heavy = self._is_away = False
        self._since = self._computed = self._deadline = 0.0
        self._leave: Callable[[], object] | None = None

    @property
    def was_last(self) -> bool:
        """Whether this worker is to take no other query: its place was given away, or its priority is lost."""
        return self._is_away

    def begin(self, asker: socket.socket, mark: int, deadline: float) -> None:
        """Notes who asks, by which mark, and when the time for it is over."""
        self._busy.begin(self._worker, mark)
        self._since, self._computed = time.monotonic(), time.thread_time()
        self._deadline = deadline
        self._is_told = self._is_heavy = False
        self._asker = asker

    def end(self) -> float:
        """Returns how long it took; nothing more is told of it."""
        with self._lock:
            since, self._since, asker, self._asker = self._since, 0.0, self._asker, None
            if asker is not None:
                if self._is_told:
                    limits.outlive_client(asker)
                self._priority.come_back()
        self._busy.end(self._worker)
        return time.monotonic() - since if since else 0.0

    def begin_loans(self) -> None:
        """Notes that clients are answered on their own connections from now on, until `end`."""
        self._busy.begin_loans(self._worker)

    def begin_small(self, leave: Callable[[], object]) -> None:
        """Notes that a small query is evaluated.

        Args:
            leave: called in the other thread, before the process ends because the query is not small.
        """
        self._computed = time.thread_time()
        self._leave = leave

    def end_small(self) -> None:
        """Notes that it was small."""
        with self._lock:
            self._leave = None

    def answers(self, number: int) -> None:
        """Notes on which connection this process is about to answer; 0 for none."""
        self._busy.answers(self._worker, number)

    def look(self) -> None:
        """Looks at the query, and does what has become due.

        What counts is the time that it computed: on a busy machine a light query may take long.
        """
        with self._lock:
            if self._leave is not None and self._has_computed() > SHORT:
                # Others wait behind it who asked something small.
                with contextlib.suppress(OSError):
                    self._leave()
                os._exit(NOT_SMALL)
            if self._asker is None:
                return
            if self._is_away:
                self._end_in_time(self._asker)
            elif self._polite:
                self._let_others_go_first(self._asker)
            if time.monotonic() - self._since > _SOON:
                self._tell(self._asker)

    def _has_computed(self) -> float:
        return time.clock_gettime(self._clock) - self._computed

    def _let_others_go_first(self, asker: socket.socket) -> None:
        place = self._priority
        if self._is_heavy:
            # Before others are told: who found no place has left by now, and dies faster than who is last.
            self._go_away(asker)
        elif place.returns and place.is_first and self._has_computed() > SHORT:
            place.be_last()
        elif place.is_last and time.monotonic() - self._since > PATIENCE:
            place.be_behind()

    def _go_away(self, asker: socket.socket) -> None:
        """Leaves a processor and the place of this worker to others."""
        self._is_away = True
        # From now on this thread ends the query, which has a priority to end with.
        limits.arm(max(0.0, self._deadline - time.monotonic()) + _GRACE)
        limits.outlive_client(asker)
        self._priority.be_last()
        self._priority.leave_a_processor()
        self._busy.begin_last(self._worker)
        os.kill(self._warden, signal.SIGCHLD)

    def _end_in_time(self, asker: socket.socket) -> None:
        is_left = limits.is_left(asker)
        if is_left or time.monotonic() >= self._deadline:
            self._priority.come_back()
            if is_left:
                os._exit(LEFT)
            os.kill(self._worker, signal.SIGALRM)

    def _tell(self, asker: socket.socket) -> None:
        """Tells the asker how far it is."""
        is_heavy = not self._is_heavy and self._has_computed() > LIGHT
        self._is_heavy |= is_heavy
        if not self._is_told:
            # Not sooner: who has just sent a question may still be about to tell so, and would end us by that.
            limits.die_with_client(asker)
            if limits.is_left(asker):
                os._exit(LEFT)
        with contextlib.suppress(OSError):
            asker.sendall((b"" if self._is_told else wire.BEGUN) + (wire.HEAVY if is_heavy else b""))
        self._is_told = True

    def seconds_to_look(self) -> float:
        """Returns after how many seconds there is something to look at."""
        with self._lock:
            if self._asker is None or not self._is_away:
                return LOOK
            return min(LOOK, max(0.001, self._deadline - time.monotonic()))
