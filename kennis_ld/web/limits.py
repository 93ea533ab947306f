"""What one client may ask of the query service, so that no client has all of it.

| bound | beyond it |
|---|---|
| two heavy queries at once: those that are not done in `LIGHT` | the third is stopped; for a second no new one |
| a place for heavy queries, of which all clients have some together | the same, and 503: the service is busy |
| so many seconds of computing in a minute, twice that at a stretch | no query until enough time has passed |
| so many malformed queries in a minute | the same |

How many light queries a client asks does not matter: what counts is what they cost. All web processes share one table,
of a fixed size, in the folder of the query service; the heavy queries are locks on bytes of that file, which the kernel
takes away from a process that dies.
"""

from __future__ import annotations

import fcntl
import hashlib
import math
import mmap
import secrets
import time
from collections import Counter
from functools import lru_cache
from pathlib import Path
from threading import Lock

from kennis_ld.errors import EngineUnavailable
from kennis_ld.web.clients import Client, ClientLimits
from kennis_ld.web.problems import Problem

_FILE = "clients"
_PLACES = 32_768
_PLACE = 6
"""Numbers of one place: seconds of computing and errors, each with the moment they were true, an end of silence, and
whose place it is: of two clients with the same place it is that of the last, so that neither pays for the other."""

_BYTES = 8
_SPENT, _ERRORS, _SILENT, _WHOSE = 0, 2, 4, 5
_MINUTE = 60.0
_SILENCE = 1.0
_LATER = 5
"""Seconds after which a place for heavy queries may be free again: half of what a query has."""

_SHARED = 2**60
"""Where the places that all clients share begin, behind those of every client."""

_AT_ONCE = 64
"""Queries of one client in one web process, running or waiting."""


class Limits:
    """Knows what each client is doing, over all web processes."""

    def __init__(
        self, limits: ClientLimits, *, at_once: int, heavy: int | None = None, folder: Path | None = None
    ) -> None:
        """Opens the table.

        Args:
            limits: what one client may have.
            at_once: queries that this process may have at once, running or waiting.
            heavy: heavy queries that all clients together may have at once; None for any number.
            folder: where the processes share the table; None where there is one process.
        """
        self.limits = limits
        self._most = at_once
        self._heavy = heavy
        self._lock = Lock()
        self._running: Counter[str] = Counter()
        self._held: set[int] = set()
        size = _PLACES * _PLACE * _BYTES
        if folder is None:
            self._file = None
            self._map = mmap.mmap(-1, size)
        else:
            # Open as long as the process lives: its locks go when the file is closed.
            self._file = (folder / _FILE).open("a+b", buffering=0)
            self._file.truncate(size)
            self._map = mmap.mmap(self._file.fileno(), size)
        self._table = memoryview(self._map).cast("d")
        # Nobody outside knows the name of the folder, so nobody can choose an address that shares a place with another.
        self._secret = hashlib.blake2b(str(folder).encode()).digest() if folder else secrets.token_bytes(64)

    def enter(self, client: Client) -> Turn:
        """Lets a query in.

        Raises:
            Problem: the client has had enough for now.
            EngineUnavailable: this process has as many queries as it can have.
        """
        number = _number(client.key, self._secret)
        self._check(number)
        with self._lock:
            if self._running[client.key] >= _AT_ONCE:
                raise _too_many(_SILENCE)
            if self._running.total() >= self._most:
                raise EngineUnavailable("Too many queries are waiting.", retry_after=1)
            self._running[client.key] += 1
        return Turn(self, client, number)

    def leave(self, client: Client) -> None:
        """Forgets a query that is over."""
        with self._lock:
            self._running[client.key] -= 1
            if not self._running[client.key]:
                del self._running[client.key]

    def charge(self, client: Client, seconds: float) -> bool:
        """Counts what a query has cost that had no turn; returns whether its client may ask another one."""
        number = _number(client.key, self._secret)
        self.spend(number, seconds, errors=False)
        try:
            self._check(number)
        except Problem:
            return False
        return True

    def spend(self, number: int, seconds: float, errors: bool) -> None:
        """Counts what a query has cost."""
        place = self._place(number)
        now = time.monotonic()
        with self._lock:
            self._count(place + _SPENT, now, seconds, self.limits.seconds)
            if errors:
                self._count(place + _ERRORS, now, 1, self.limits.errors)

    def _count(self, at: int, now: float, cost: float, per_minute: float) -> None:
        self._table[at] = self._left(at, now, per_minute) + cost
        self._table[at + 1] = now

    def hold(self, number: int) -> int | None:
        """Takes one of the places for heavy queries of a client; None where they are all taken."""
        # A file may be that long without holding anything.
        return self._hold(number % 2**48 * 64, self.limits.heavy)

    def hold_shared(self) -> int | None:
        """Takes one of the places for heavy queries that all clients share; None where they are all taken."""
        return self._hold(_SHARED, _SHARED if self._heavy is None else self._heavy)

    def _hold(self, first: int, places: int) -> int | None:
        for place in range(first, first + places):
            with self._lock:
                if place in self._held:
                    continue
                if self._file is not None:
                    try:
                        fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
                    except OSError:
                        continue
                self._held.add(place)
                return place
        return None

    def release(self, place: int) -> None:
        """Gives back what `hold` took."""
        with self._lock:
            self._held.discard(place)
            if self._file is not None:
                fcntl.lockf(self._file, fcntl.LOCK_UN, 1, place)

    def silence(self, number: int) -> None:
        """Lets a client ask nothing for a moment."""
        self._table[self._place(number) + _SILENT] = time.monotonic() + _SILENCE

    def _place(self, number: int) -> int:
        """Returns where the place of a client begins, with nothing in it that another has left."""
        place = number % _PLACES * _PLACE
        # As many bits as a number of the table can hold exactly.
        whose = float(number >> 11)
        if self._table[place + _WHOSE] != whose:
            for at in range(_PLACE - 1):
                self._table[place + at] = 0.0
            self._table[place + _WHOSE] = whose
        return place

    def _left(self, at: int, now: float, per_minute: float) -> float:
        return max(0.0, self._table[at] - (now - self._table[at + 1]) * per_minute / _MINUTE)

    def _check(self, number: int) -> None:
        """Refuses a client that has had enough for now."""
        place, now = self._place(number), time.monotonic()
        self._allow(place + _SPENT, now, per_minute=self.limits.seconds, most=2 * self.limits.seconds)
        self._allow(place + _ERRORS, now, per_minute=self.limits.errors, most=self.limits.errors)
        if self._table[place + _SILENT] > now:
            raise _too_many(self._table[place + _SILENT] - now)

    def _allow(self, at: int, now: float, *, per_minute: float, most: float) -> None:
        over = self._left(at, now, per_minute) - most
        if per_minute and over >= 0:
            raise _too_many((over + 1) * _MINUTE / per_minute)


class Turn:
    """One query of one client, from its coming to its going."""

    def __init__(self, limits: Limits, client: Client, number: int) -> None:
        self._limits = limits
        self._client = client
        self._number = number
        self._places: list[int] = []
        self._since: float | None = None
        self._seconds: float | None = None
        self.errors = False

    def started(self) -> None:
        """From now on it costs."""
        self._since = time.monotonic()

    def took(self, seconds: float) -> None:
        """This is what it has cost."""
        self._seconds = seconds

    def lingers(self) -> None:
        """Takes a place for heavy queries.

        Raises:
            Problem: the client has no such place left.
        """
        if self._limits.limits.heavy and not self._places:
            self._take(self._limits.hold(self._number), _too_many(_SILENCE))

    def occupies(self) -> None:
        """Takes a place for heavy queries that all clients share.

        Raises:
            EngineUnavailable: there is no such place left.
        """
        self._take(self._limits.hold_shared(), EngineUnavailable("All heavy places are taken.", retry_after=_LATER))

    def _take(self, place: int | None, otherwise: Exception) -> None:
        if place is None:
            self._limits.silence(self._number)
            raise otherwise
        self._places.append(place)

    def end(self) -> None:
        """Counts what it has cost and gives back what it held."""
        for place in self._places:
            self._limits.release(place)
        seconds = self._seconds
        if seconds is None:
            # It did not come to its end.
            seconds = 0.0 if self._since is None else time.monotonic() - self._since
        if seconds or self.errors:
            self._limits.spend(self._number, seconds, self.errors)
        self._limits.leave(self._client)


@lru_cache(maxsize=4096)
def _number(key: str, secret: bytes) -> int:
    """Returns by what a client is known in the table."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8, key=secret).digest(), "big")


def _too_many(seconds: float) -> Problem:
    wait = max(1, math.ceil(seconds))
    return Problem("too-many-requests", headers={"Retry-After": str(wait)}, retryAfter=wait)
