"""Counts requests over all web processes together, exactly, and also of processes that have died.

The counts stand in a file in memory that the processes share. Each process has a row of its own in it, so none waits
for another; the answer to /metrics is the sum of the rows. A new process takes over the row of one that died.
"""

from __future__ import annotations

import fcntl
import mmap
import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock

from kennis_ld.engine.pool import LANES
from kennis_ld.web.problems import STATUS

ROWS = 128
"""More than there can be web processes, the old ones included that still end while the new ones start."""

ROUTES = ("resources", "ontology", "catalogue", "sparql", "pages", "operations", "static", "none", "other")
METHODS = ("GET", "HEAD", "POST", "OPTIONS", "-")
STATUSES = tuple(sorted({200, 204, 206, 301, 303, 304, 307, 308, *STATUS.values(), 0}))
OUTCOMES = (
    "answered",
    "malformed",
    "refused",
    "too-large",
    "over-budget",
    "unavailable",
    "throttled",
    "left",
    "failed",
)
SECONDS = (0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10.0)
"""Upper bounds of the steps in which the time of a request is counted; what is over the last has a step of its own."""

_ROUTE, _METHOD, _STATUS = ({each: at for at, each in enumerate(known)} for known in (ROUTES, METHODS, STATUSES))
_FILE = "requests"
_BYTES = 8


class Counters:
    """The counts of one site; every request adds to the row of its own process.

    Attributes:
        folder: where the processes share their counts; None where there is one process.
        started: when the site was started, in seconds since 1970.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._lock = Lock()
        self._steps = len(SECONDS) + 1
        self._width = len(ROUTES) * (len(METHODS) * len(STATUSES) + self._steps + 1) + len(OUTCOMES)
        size = ROWS * self._width * _BYTES
        if folder is None:
            self._map, row = mmap.mmap(-1, size), 0
            self.started = time.time()
        else:
            # Open as long as the process lives: the lock on its row goes when the file is closed.
            self._file = (folder / _FILE).open("a+b", buffering=0)
            self._file.truncate(size)
            self._map, row = mmap.mmap(self._file.fileno(), size), self._free_row()
            self.started = (folder / LANES).stat().st_mtime
        self._all = memoryview(self._map).cast("d")
        self._row = self._all[row * self._width : (row + 1) * self._width]

    def _free_row(self) -> int:
        for row in range(ROWS):
            try:
                fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, row)
            except OSError:
                continue
            return row
        raise RuntimeError(f"there are more than {ROWS} web processes")

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Counts a request and its time."""
        kind = _ROUTE.get(route, len(ROUTES) - 1)
        how = _METHOD.get(method, len(METHODS) - 1)
        code = _STATUS.get(status, 0)
        step = bisect_left(SECONDS, seconds)
        times = self._times(kind)
        with self._lock:
            self._row[(kind * len(METHODS) + how) * len(STATUSES) + code] += 1
            self._row[times + step] += 1
            self._row[times + self._steps] += seconds

    def query(self, outcome: str) -> None:
        """Counts what came of a query of a visitor, one of OUTCOMES."""
        with self._lock:
            self._row[self._width - len(OUTCOMES) + OUTCOMES.index(outcome)] += 1

    def _times(self, kind: int) -> int:
        return len(ROUTES) * len(METHODS) * len(STATUSES) + kind * (self._steps + 1)

    def _sum(self, column: int) -> float:
        return sum(self._all[row * self._width + column] for row in range(ROWS))

    def requests(self) -> Iterator[tuple[str, str, int, int]]:
        """Yields route, method, status and how many requests, for all processes; only where there were any."""
        column = 0
        for route in ROUTES:
            for method in METHODS:
                for status in STATUSES:
                    if number := int(self._sum(column)):
                        yield route, method, status, number
                    column += 1

    def times(self) -> Iterator[tuple[str, Sequence[int], float]]:
        """Yields for each route that was asked how many requests took at most each of SECONDS, and all their time."""
        for kind, route in enumerate(ROUTES):
            start = self._times(kind)
            steps = [int(self._sum(start + step)) for step in range(self._steps)]
            if any(steps):
                yield route, [sum(steps[: step + 1]) for step in range(self._steps)], self._sum(start + self._steps)

    def outcomes(self) -> Iterator[tuple[str, int]]:
        """Yields what came of queries, and how many."""
        for at, outcome in enumerate(OUTCOMES):
            yield outcome, int(self._sum(self._width - len(OUTCOMES) + at))
