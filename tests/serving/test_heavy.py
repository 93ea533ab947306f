"""Hostile clients, however many, leave workers for the small queries of others."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from kennis_ld.engine.interface import Budget
from kennis_ld.isolation.pool import places_for_heavy_queries
from tests.processes import children
from tests.w3c.served import Site, running
from tests.waiting import eventually

BUDGET = Budget(seconds=4.0)
SHORT = Budget(seconds=2.0)
"""For what is seen when queries have used all of their time."""

LONG = Budget(seconds=30.0)
"""For what is seen while one computes."""

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture
def site(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Site]:
    """A running site whose queries have four seconds, or what the test says."""
    with running(tmp_path, budget=getattr(request, "param", BUDGET)) as site:
        yield site


def ask(site: Site, query: str, client: str) -> tuple[int, str, str]:
    """Asks as a client; returns status, type of the problem and Retry-After."""
    request = urllib.request.Request(
        f"{site.endpoint}?{urllib.parse.urlencode({'query': query})}",
        headers={"Accept": "application/sparql-results+json", "X-Forwarded-For": client},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, "", ""
    except urllib.error.HTTPError as error:
        with error:
            problem = json.load(error)["type"].rpartition("#")[2]
            return error.code, problem, error.headers.get("Retry-After", "")


def family(process: int) -> list[int]:
    """Returns a process and all its descendants."""
    return [process, *(each for child in children(process) for each in family(child))]


def is_last(thread: int) -> bool:
    """Whether everything else goes before a thread: for a while, or where the system lets nobody return, for good."""
    return os.sched_getscheduler(thread) == os.SCHED_IDLE or os.getpriority(os.PRIO_PROCESS, thread) == 19


def behind(site: Site) -> dict[int, set[int]]:
    """Returns the threads of a site that everything else goes before, by their processes."""
    found: dict[int, set[int]] = {}
    for process in family(site.process):
        # A process may end while it is looked at.
        with contextlib.suppress(OSError):
            threads = {int(each.name) for each in Path(f"/proc/{process}/task").iterdir()}
            if last := {thread for thread in threads if is_last(thread)}:
                found[process] = last
    return found


def processors_of(thread: int) -> int:
    """Returns on how many processors a thread may run; none where it has ended."""
    with contextlib.suppress(OSError):
        return len(os.sched_getaffinity(thread))
    return 0


@pytest.mark.skipif(sys.platform != "linux", reason="what Linux schedules")
@pytest.mark.parametrize("site", [LONG], indirect=True, ids=["long"])
def test_a_heavy_query_falls_behind(site: Site) -> None:
    """Everything goes before it, on all processors but one; and in one session, or it would be first in its own."""
    fewer = max(1, len(os.sched_getaffinity(0)) - 1)

    def is_behind() -> bool:
        found = behind(site)
        threads = [each for threads in found.values() for each in threads]
        return 1 == len(found) and {fewer} == {processors_of(each) for each in threads}

    with socket.create_connection(("127.0.0.1", site.port)) as hostile:
        target = f"/sparql?{urllib.parse.urlencode({'query': ENDLESS})}"
        hostile.sendall(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n\r\n".encode())
        assert eventually(is_behind)
        assert {os.getsid(site.process)} == {os.getsid(each) for each in family(site.process)}
    # Its asker has left, so it is over.
    assert eventually(lambda: not behind(site))


def test_others_are_answered_while_many_are_hostile(site: Site) -> None:
    """With more hostile clients than workers, small queries of others are answered long before those are over."""
    places = places_for_heavy_queries()
    seen: list[tuple[int, str, str]] = []

    def attack(number: int) -> None:
        seen.append(ask(site, ENDLESS, f"10.9.{number}.1"))

    assert 200 == ask(site, "ASK {}", "10.1.1.1")[0]
    hostile = [threading.Thread(target=attack, args=(number,)) for number in range(places * 2)]
    start = time.monotonic()
    for thread in hostile:
        thread.start()
    answers = [ask(site, f"ASK {{}} # {number}", "10.1.1.1")[0] for number in range(30)]
    assert {200} == set(answers)
    assert time.monotonic() - start < BUDGET.seconds
    for thread in hostile:
        thread.join()
    # Who found all places for heavy queries taken hears so at once, and when to come back.
    assert {(503, "query-budget-exceeded", ""), (503, "service-busy", "5")} == set(seen)


@pytest.mark.parametrize("site", [SHORT], indirect=True, ids=["short"])
def test_two_clients_can_have_two_heavy_queries_each(site: Site) -> None:
    """There is a place for each of the heavy queries that two clients may have at once."""
    seen: list[tuple[int, str, str]] = []

    def attack(number: int) -> None:
        seen.append(ask(site, f"{ENDLESS} # {number}", f"10.9.{number % 2}.1"))

    hostile = [threading.Thread(target=attack, args=(number,)) for number in range(4)]
    for thread in hostile:
        thread.start()
    for thread in hostile:
        thread.join()
    assert [(503, "query-budget-exceeded", "")] * 4 == seen
