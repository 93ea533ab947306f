"""Small queries, one after the other on one connection, are answered by a worker itself, and nobody can tell.

Whether a connection is lent shows in one way only: two processes have it open.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.operations.serving import ENDLESS, Got, Site, serving
from tests.waiting import eventually

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="descriptors are looked at in /proc")

JSON = "application/sparql-results+json"
_SAMPLE = re.compile(rb'kennis_ld_responses_total\{route="sparql",method="GET",status="200"\} ([0-9]+)')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, releases: Path) -> Iterator[Site]:
    """A site of its own, for what it counts is looked at."""
    options = ("--trusted-proxy", "127.0.0.1", "--query-seconds", "2", "--client-seconds", "0")
    with serving(tmp_path_factory.mktemp("lending"), releases, *options) as site:
        yield site


def small(number: int) -> str:
    """Returns a small query that nobody has asked before, and whose answer says which one it was."""
    return f'SELECT ?n {{ BIND("{number}-{time.monotonic_ns()}" AS ?n) }}'


class Client:
    """A client with one connection, on which it asks one thing after the other."""

    def __init__(self, site: Site, **headers: str) -> None:
        self.site = site
        self.headers = {"Accept": JSON, **headers}
        self.connection = site.connect()
        self.reader = self.connection.makefile("rb")

    def request(self, query: str, *, method: str = "GET", more: str = "", **headers: str) -> bytes:
        """Returns a request."""
        lines = [f"{method} /sparql?query={quote(query, safe='')}{more} HTTP/1.1", f"Host: 127.0.0.1:{self.site.port}"]
        lines += [f"{name}: {value}" for name, value in {**self.headers, **headers}.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def ask(self, query: str, *, method: str = "GET", more: str = "", **headers: str) -> Got:
        """Asks, and returns the response."""
        self.connection.sendall(self.request(query, method=method, more=more, **headers))
        return self.read(method)

    def read(self, method: str = "GET") -> Got:
        """Returns the next response on the connection."""
        response = http.client.HTTPResponse(self.connection, method=method)
        response.fp.close()
        # One reader for the whole connection, so that nothing of the next response is lost.
        response.fp = self.reader
        self.reader.close = lambda: None  # type: ignore[method-assign]
        response.begin()
        return Got(response.status, response.headers, response.read())

    def holders(self) -> list[int]:
        """Returns the processes that have the other end of the connection open."""
        here, there = self.connection.getsockname()[1], self.site.port
        inodes = set()
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
            fields = line.split()
            if (int(fields[1].partition(":")[2], 16), int(fields[2].partition(":")[2], 16)) == (there, here):
                inodes.add(f"socket:[{fields[9]}]")
        found = []
        for process in self.site.descendants():
            with contextlib.suppress(OSError):
                links = [str(each.readlink()) for each in Path(f"/proc/{process}/fd").iterdir()]
                if inodes & set(links):
                    found.append(process)
        return found

    def ask_until_lent(self) -> list[int]:
        """Asks small queries until the connection is lent; returns who has it."""
        end = time.monotonic() + 10
        while time.monotonic() < end:
            for number in range(20):
                assert self.is_answered(number)
            if len(holders := self.holders()) == 2:
                return holders
        raise AssertionError("it was never lent")

    def is_answered(self, number: int) -> bool:
        """Whether a small query gets its own answer."""
        query = small(number)
        got = self.ask(query)
        return got.status == 200 and json.loads(got.body)["results"]["bindings"][0]["n"]["value"] in query

    def close(self) -> None:
        """Leaves."""
        self.connection.close()


@pytest.fixture
def client(site: Site) -> Iterator[Client]:
    """A client of the site."""
    assert eventually(lambda: site.is_whole() and site.answers(), seconds=15)
    client = Client(site)
    yield client
    client.close()


def worker_of(site: Site, holders: list[int]) -> int:
    """Returns which of two processes is a worker."""
    (worker,) = set(holders) & set(site.kinds()["query worker"])
    return worker


def test_an_answer_of_a_worker_is_like_any_other(client: Client) -> None:
    """Status, headers and body are the same as those of a web process, byte for byte, but for the time of day."""
    seen = {}
    for number in range(200):
        query = f"SELECT ?s ?p {{ ?s ?p ?o }} LIMIT {number % 7} # {number} {time.monotonic_ns()}"
        seen[query] = client.ask(query, **{"X-Forwarded-For": f"10.0.{number % 9}.1"})
    assert len(client.holders()) == 2
    for query, got in list(seen.items())[::9]:
        other = client.site.ask(query, headers={"Accept": JSON, "Accept-Encoding": "identity"})
        mine, theirs = (
            [(name.lower(), value) for name, value in each.headers.items() if name.lower() != "date"]
            for each in (got, other)
        )
        assert (200, other.body, theirs) == (got.status, got.body, mine)


def counted(site: Site) -> int:
    """Returns how many GET requests for the endpoint were answered with 200, in all processes."""
    found = _SAMPLE.search(site.get("/metrics").body)
    return int(found[1]) if found else 0


def test_all_is_counted_and_logged(client: Client) -> None:
    """Each answer is in the metrics and in the log once, with the network of who is said to have asked."""
    before, lines = counted(client.site), len(client.site.lines())
    for number in range(500):
        client.ask(small(number), **{"X-Forwarded-For": "192.0.2.7"})
    assert eventually(lambda: counted(client.site) - before == 500)

    def logged() -> int:
        return sum(each.get("client") == "192.0.2.0/24" for each in client.site.lines()[lines:])

    assert eventually(lambda: logged() == 500)


@pytest.mark.parametrize(
    ("query", "status"),
    [("SELECT ?s {", 400), ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", 403), (ENDLESS, 503)],
    ids=["malformed", "service", "endless"],
)
def test_what_is_no_small_query_is_answered_as_ever(client: Client, query: str, status: int) -> None:
    """It gets its own problem, once, and the connection goes on."""
    client.ask_until_lent()
    got = client.ask(f"{query} # {time.monotonic_ns()}")
    assert status == got.status
    assert "application/problem+json" == got.headers["Content-Type"].partition(";")[0]
    assert client.is_answered(1)


def test_other_requests_on_a_lent_connection(client: Client) -> None:
    """HEAD, another form, another header, a conditional request, a page: each is answered, in its turn."""
    client.ask_until_lent()
    query = small(1)
    tag = client.ask(query).headers["ETag"]
    client.ask_until_lent()
    assert (304, b"") == ((got := client.ask(query, **{"If-None-Match": tag})).status, got.body)
    client.ask_until_lent()
    assert (200, b"") == ((got := client.ask(small(2), method="HEAD")).status, got.body)
    client.ask_until_lent()
    assert client.ask(small(3), Accept="text/csv").body.startswith(b"n\r\n")
    client.ask_until_lent()
    assert client.ask(small(4), more="&format=csv").body.startswith(b"n\r\n")
    client.ask_until_lent()
    assert b"<html" in client.ask(small(5), Accept="text/html").body


def test_requests_that_do_not_wait_for_answers(client: Client) -> None:
    """Several at once, and one in pieces, get their answers, each its own, in their order."""
    client.ask_until_lent()
    queries = [small(number) for number in range(5)]
    client.connection.sendall(b"".join(map(client.request, queries)))
    answers = [json.loads(client.read().body)["results"]["bindings"][0]["n"]["value"] for _ in queries]
    assert all(answer in query for answer, query in zip(answers, queries, strict=True))
    client.ask_until_lent()
    whole = client.request(query := small(9))
    client.connection.sendall(whole[:40])
    assert eventually(lambda: len(client.holders()) == 1)
    client.connection.sendall(whole[40:])
    assert json.loads(client.read().body)["results"]["bindings"][0]["n"]["value"] in query


def test_the_same_again_is_kept_again(client: Client) -> None:
    """A worker does not answer the same query twice: whoever can keep the answer does it."""
    client.ask_until_lent()
    query = small(1)
    first, second, third = (client.ask(query).body for _ in range(3))
    assert first == second == third


def test_others_notice_nothing_of_a_query_that_is_not_small(site: Site, client: Client) -> None:
    """Whose connection is at the same worker gets all answers, and soon."""
    others = [Client(site) for _ in range(4)]
    over, wrong, slowest = threading.Event(), [], [0.0]

    def go_on(other: Client) -> None:
        number = 0
        while not over.is_set():
            number += 1
            start = time.monotonic()
            if not other.is_answered(number):
                wrong.append(number)
            slowest[0] = max(slowest[0], time.monotonic() - start)

    threads = [threading.Thread(target=go_on, args=(other,)) for other in others]
    for thread in threads:
        thread.start()
    for _ in range(2):
        client.ask_until_lent()
        assert 503 == client.ask(f"{ENDLESS} # {time.monotonic_ns()}").status
    over.set()
    for thread in threads:
        thread.join()
    for other in others:
        other.close()
    assert [] == wrong
    # Much less than the time that the endless query has.
    assert slowest[0] < 1.5


def test_a_worker_that_is_killed(site: Site) -> None:
    """Nobody gets the answer to another question, and nobody waits: at most, a connection is closed."""
    over = threading.Event()
    good, closed, wrong = [0], [0], [0]

    def go_on() -> None:
        client, number = Client(site), 0
        while not over.is_set():
            number += 1
            try:
                good[0] += client.is_answered(number)
            except (OSError, http.client.HTTPException, ValueError):
                closed[0] += 1
                client.close()
                client = Client(site)
            except (KeyError, IndexError):
                wrong[0] += 1
        client.close()

    clients = [threading.Thread(target=go_on) for _ in range(4)]
    for each in clients:
        each.start()
    end, killed = time.monotonic() + 4, 0
    while time.monotonic() < end:
        workers = site.kinds()["query worker"]
        for worker in workers[:2]:
            with contextlib.suppress(OSError):
                os.kill(worker, signal.SIGKILL)
                killed += 1
        over.wait(0.1)
    over.set()
    for each in clients:
        each.join(20)
    assert not any(each.is_alive() for each in clients)
    assert killed > 10
    assert 0 == wrong[0]
    assert good[0] > 100
    # Only where it dies between taking the request and sending the answer, which is a matter of microseconds.
    assert closed[0] <= killed // 4


def test_a_connection_comes_back(client: Client) -> None:
    """A worker has it for a moment only, also where nothing is asked on it."""
    client.ask_until_lent()
    assert eventually(lambda: len(client.holders()) == 1)
    assert client.is_answered(1)


def test_a_client_that_leaves(site: Site) -> None:
    """Nothing stays open."""
    client = Client(site)
    client.ask_until_lent()
    client.connection.shutdown(socket.SHUT_WR)
    assert b"" == client.connection.recv(1)
    assert eventually(lambda: not client.holders())
    client.close()
