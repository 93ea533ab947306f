"""Counts requests, queries and events over all processes of a site together, exactly, also of those that have died.

Each process has a row of its own in shared memory, so none waits for another; /metrics gives the sum of the rows, as
Prometheus text (exposition format 0.0.4). A new process takes over the row of one that died.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import accumulate, product

from kennis_ld.isolation.messages import Cause
from kennis_ld.isolation.shared_memory import SharedNumbers
from kennis_ld.web.problems import STATUS

ROWS = 256  # more than there can be processes that count, those that end while others start included
ROUTES = (
    "resources",
    "ontology",
    "catalogue",
    "sparql",
    "questions",
    "pages",
    "operations",
    "reconcile",
    "changes",
    "visitors",
    "static",
    "none",
    "other",
)
METHODS = ("GET", "HEAD", "POST", "QUERY", "OPTIONS", "-")
STATUSES = tuple(sorted({200, 204, 206, 301, 303, 304, 307, 308, *STATUS.values(), 0}))
OUTCOMES = (
    "answered", "malformed", "refused", "too-large", "over-budget", "unavailable", "throttled", "left", "failed"
)  # fmt: skip
# What can happen to processes and connections, in words; the deaths of workers are one metric, by cause.
EVENTS: Mapping[str, str] = {
    **{f"worker_deaths_{cause.name.lower()}": "" for cause in Cause if cause is not Cause.RETIRED},
    "zygote_restarts": "Times the process that holds the store died and was started again.",
    "web_process_restarts": "Times a web process died and was started again.",
    "releases_taken_up": "Releases that were taken up while serving.",
    "releases_refused": "Releases that could not be taken up; the one before went on.",
    "connections_refused": "Connections that were closed at once because there were too many.",
    "services_answered": "Answers of other servers that queries asked with SERVICE.",
    "services_failed": "Times another server gave a query no answer that it could use.",
}
# Upper bounds of the steps in which the time of a request is counted; what is over the last has a step of its own.
SECONDS = (0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10.0)
_STEPS = (*SECONDS, "+Inf")
_COLUMNS: Mapping[tuple[object, ...], int] = {
    key: column
    for column, key in enumerate(
        [
            *product(["responses"], ROUTES, METHODS, STATUSES),
            *product(["seconds"], ROUTES, [*_STEPS, "sum"]),
            *product(["queries"], OUTCOMES),
            *product(["events"], EVENTS),
        ]
    )
}
_WIDTH = len(_COLUMNS)


class Metrics:
    """The counts of one site; made before its processes are forked, each of which counts in one thread."""

    def __init__(self) -> None:
        self._shared = SharedNumbers(ROWS * _WIDTH)
        self._started = time.time()
        self._row = self._shared.numbers[:_WIDTH]

    def join(self) -> None:
        """Takes a row for this process; to be called in each one that was forked."""
        for row in range(ROWS):
            if self._shared.take(row):
                self._row = self._shared.numbers[row * _WIDTH : (row + 1) * _WIDTH]
                return
        raise RuntimeError(f"there are more than {ROWS} processes")

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Counts a request and its time."""
        responses, times = _columns(route, method, status)
        self._row[responses] += 1
        self._row[times + bisect_left(SECONDS, seconds)] += 1
        self._row[times + len(_STEPS)] += seconds

    def query(self, outcome: str) -> None:
        """Counts what came of a query of a visitor, one of OUTCOMES."""
        self._row[_COLUMNS["queries", outcome]] += 1

    def event(self, name: str) -> None:
        """Counts one of EVENTS."""
        self._row[_COLUMNS["events", name]] += 1

    def text(self, release: str) -> str:
        """Returns all counts as Prometheus text, with the digest of the release that is served."""
        sums = {key: sum(self._shared.numbers[column::_WIDTH].tolist()) for key, column in _COLUMNS.items()}
        return "\n".join(self._lines(sums, release)) + "\n"

    def _lines(self, sums: Mapping[tuple[object, ...], float], release: str) -> Iterator[str]:
        yield from _head("responses_total", "counter", "Responses, by kind of route, method and status.")
        for route, method, status in product(ROUTES, METHODS, STATUSES):
            if number := sums["responses", route, method, status]:
                labels = f'route="{route}",method="{method}",status="{status or "other"}"'
                yield f"kennis_ld_responses_total{{{labels}}} {number:.0f}"
        yield from _head("response_seconds", "histogram", "Time from request to answer, by kind of route.")
        for route in ROUTES:
            numbers = list(accumulate(sums["seconds", route, step] for step in _STEPS))
            if not numbers[-1]:
                continue
            for number, bound in zip(numbers, _STEPS, strict=True):
                yield f'kennis_ld_response_seconds_bucket{{route="{route}",le="{bound}"}} {number:.0f}'
            yield f'kennis_ld_response_seconds_sum{{route="{route}"}} {sums["seconds", route, "sum"]:.6f}'
            yield f'kennis_ld_response_seconds_count{{route="{route}"}} {numbers[-1]:.0f}'
        yield from _head("queries_total", "counter", "Queries of visitors, by what came of them.")
        for outcome in OUTCOMES:
            yield f'kennis_ld_queries_total{{outcome="{outcome}"}} {sums["queries", outcome]:.0f}'
        yield from _head("worker_deaths_total", "counter", "Query workers that died, by cause.")
        for name, what in EVENTS.items():
            happened = f"{sums['events', name]:.0f}"
            if what:
                yield from _head(f"{name}_total", "counter", what)
                yield f"kennis_ld_{name}_total {happened}"
            else:
                yield f'kennis_ld_worker_deaths_total{{cause="{name.rpartition("_")[2]}"}} {happened}'
        yield from _head("release_info", "gauge", "The release that is served.")
        yield f'kennis_ld_release_info{{digest="{release}"}} 1'
        yield from _head("start_time_seconds", "gauge", "When this site was started, in seconds since 1970.")
        yield f"kennis_ld_start_time_seconds {self._started:.0f}"


@lru_cache(maxsize=256)
def _columns(route: str, method: str, status: int) -> tuple[int, int]:
    """Returns the column of such responses, and the first of those of their times; what is not known is another."""
    kind = route if route in ROUTES else "other"
    key = "responses", kind, method if method in METHODS else "-", status if status in STATUSES else 0
    return _COLUMNS[key], _COLUMNS["seconds", kind, _STEPS[0]]


def _head(name: str, kind: str, what: str) -> Iterator[str]:
    yield f"# HELP kennis_ld_{name} {what}"
    yield f"# TYPE kennis_ld_{name} {kind}"
