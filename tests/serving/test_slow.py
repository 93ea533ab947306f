"""Clients that go away, read or send as slowly as can be, or come a thousand at once: nobody else notices."""

from __future__ import annotations

import resource
import selectors
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.processes import is_alive
from tests.serving.serving import ENDLESS, Site, serving
from tests.waiting import eventually

_numbers = iter(range(1, 60_000))

DOUBLED = " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(20))
LONG = f"SELECT ?a20 {{ BIND('abcd' AS ?a0) {DOUBLED} }}"
"""A light query with an answer of 4 MiB: more than the buffers between a server and a client take."""

CHUNKED = (
    "POST /sparql HTTP/1.1\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n{}\r\n63\r\nASK"
)


@pytest.fixture(scope="module", autouse=True)
def descriptors() -> Iterator[None]:
    """Lets the tests and the site have more connections than the usual soft limit allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, releases: Path, descriptors: None) -> Iterator[Site]:
    """A site whose queries may take long enough that it is not the time which ends them here."""
    options = ("--trusted-proxy", "127.0.0.1", "--query-seconds", "20")
    with serving(tmp_path_factory.mktemp("patient"), releases, *options, is_forked=True) as site:
        assert eventually(site.is_whole)
        yield site


def header(client: int | None = None) -> str:
    """Returns the headers of a client; by default one that no test has been."""
    number = next(_numbers) if client is None else client
    return f"Host: localhost\r\nX-Forwarded-For: 198.19.{number // 256}.{number % 256}\r\n"


def get(query: str, more: str) -> bytes:
    return f"GET /sparql?query={quote(query)} HTTP/1.1\r\n{more}\r\n".encode()


def post(query: str, more: str) -> bytes:
    kind = "Content-Type: application/sparql-query\r\n"
    return f"POST /sparql HTTP/1.1\r\n{kind}Content-Length: {len(query)}\r\n{more}\r\n{query}".encode()


def computed(worker: int) -> int:
    """Returns how many clock ticks a process has computed; none where it is gone."""
    try:
        fields = Path(f"/proc/{worker}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def at_work(site: Site, ticks: Mapping[int, int]) -> list[int]:
    """Returns the workers that have computed since, also those that were not there yet.

    Five hundredths of a second: after a tenth a heavy query computes behind all else that this machine does.
    """
    return [each for each in site.kinds()["query worker"] if computed(each) > ticks.get(each, 0) + 5]


def has_begun(site: Site, ticks: Mapping[int, int], found: list[int]) -> bool:
    found[:] = at_work(site, ticks)
    return bool(found)


def are_gone(processes: Sequence[int]) -> bool:
    return not any(map(is_alive, processes))


@pytest.mark.parametrize("reset", [False, True], ids=["closed", "reset"])
@pytest.mark.parametrize("request_of", [get, post], ids=["GET", "POST"])
def test_case_21_a_query_ends_with_its_asker(site: Site, request_of: Callable[[str, str], bytes], reset: bool) -> None:
    """Who goes away during an endless query ends it: its worker is killed within a second, and nothing stays taken."""
    client = next(_numbers)
    # One more than a client may have at once.
    for _ in range(3):
        ticks = {each: computed(each) for each in site.kinds()["query worker"]}
        with site.connect() as connection:
            connection.sendall(request_of(f"{ENDLESS} # {next(_numbers)}", header(client)))
            busy: list[int] = []
            assert eventually(partial(has_begun, site, ticks, busy))
            if reset:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        assert eventually(partial(are_gone, busy), seconds=1)
    with site.connect() as connection:
        connection.sendall(request_of(f"ASK {{}} # {client}", header(client)))
        assert connection.recv(12).endswith(b"200")


@contextmanager
def read_byte_by_byte(sockets: Sequence[socket.socket]) -> Iterator[Sequence[bytearray]]:
    """Reads a byte of each, twenty times in a second; gives what came so far."""
    read = [bytearray() for _ in sockets]
    over = threading.Event()

    def trickle() -> None:
        while not over.wait(0.05):
            for each, so_far in zip(sockets, read, strict=True):
                try:
                    so_far += each.recv(1)
                except OSError:
                    continue

    thread = threading.Thread(target=trickle)
    thread.start()
    try:
        yield read
    finally:
        over.set()
        thread.join()


def test_case_22_a_hundred_who_read_byte_by_byte(site: Site) -> None:
    """A hundred clients that take their long answers by the byte keep no worker and no page from anybody."""
    with ExitStack() as open_sockets:
        slow = []
        for _ in range(100):
            each = open_sockets.enter_context(socket.socket())
            each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            each.connect(("127.0.0.1", site.port))
            each.sendall(get(f"{LONG} # {next(_numbers)}", header()))
            each.setblocking(False)
            slow.append(each)
        with read_byte_by_byte(slow) as read:
            assert eventually(lambda: all(len(each) > 12 for each in read))
            statuses = Counter(bytes(each[9:12]) for each in read)
            assert {b"200", b"429", b"503"} >= set(statuses)
            assert statuses[b"200"] > 20
            # Those that were turned away may still be leaving the queue.
            assert eventually(site.answers)
            start = time.monotonic()
            for _ in range(10):
                assert site.answers()
            assert time.monotonic() - start < 10
    assert eventually(site.answers)


def test_slow_bodies_in_chunks(site: Site) -> None:
    """A hundred clients that stop in the middle of a body whose length they do not tell keep nothing from anybody."""
    with ExitStack() as open_sockets:
        for _ in range(100):
            open_sockets.enter_context(site.connect()).sendall(CHUNKED.format(header()).encode())
        start = time.monotonic()
        for _ in range(10):
            assert site.answers()
        assert time.monotonic() - start < 10
    assert eventually(site.answers)


def test_case_24_a_thousand_at_once(site: Site) -> None:
    """Of 1,000 good queries at the same time each is answered, or told when to come back; none hangs, none is reset."""
    with ExitStack() as open_sockets:
        sockets = [open_sockets.enter_context(site.connect()) for _ in range(1000)]
        chosen = open_sockets.enter_context(selectors.DefaultSelector())
        for each in sockets:
            query = f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }} # {next(_numbers)}"
            each.sendall(get(query, f"{header()}Connection: close\r\n"))
            chosen.register(each, selectors.EVENT_READ, bytearray())
        end = time.monotonic() + 30
        answers = []
        while chosen.get_map() and time.monotonic() < end:
            for key, _ in chosen.select(1):
                part = key.fileobj.recv(65_536)  # type: ignore[union-attr]
                key.data.extend(part)
                if not part:
                    answers.append(bytes(key.data))
                    chosen.unregister(key.fileobj)
    assert 1000 == len(answers)
    statuses = Counter(each[9:12] for each in answers)
    assert {b"200", b"429", b"503"} >= set(statuses)
    assert statuses[b"200"] > 100
    assert all(b'"bindings"' in each for each in answers if each[9:12] == b"200")
    assert all(b"\r\nretry-after: " in each.lower() for each in answers if each[9:12] != b"200")
    assert eventually(site.answers)


def test_case_21_who_leaves_at_once_leaves_nothing(site: Site) -> None:
    """A client that leaves a hundred endless queries before they are begun may ask on, and nothing is computed."""
    number = next(_numbers)
    for _ in range(100):
        with site.connect() as client:
            client.sendall(get(ENDLESS, header(number)))

    def may_ask() -> bool:
        with site.connect() as client:
            client.sendall(get(f"ASK {{}} # {time.monotonic_ns()}", header(number)))
            return client.recv(15) == b"HTTP/1.1 200 OK"

    assert eventually(may_ask)
    assert site.answers()
