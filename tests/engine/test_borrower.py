"""A worker with the connection of a client: what it answers, what it gives back, and that it keeps nothing."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kennis_ld.engine import loan, wire
from kennis_ld.engine.loan import Said, Terms
from kennis_ld.engine.supervisor import Supervisor
from tests.engine.conftest import GOOD, LANES
from tests.engine.processes import children, descriptors
from tests.engine.test_loan import PROXIED, request
from tests.waiting import eventually

TERMS = replace(PROXIED, default_graphs=(), most_body=loan.MOST_BODY)
LONG = 'SELECT ("' + "x" * 9_000 + '" AS ?text) { VALUES ?n { 1 2 3 4 5 6 } }'


@pytest.fixture
def service(quads: Path) -> Iterator[Supervisor]:
    """A service with one worker."""
    with Supervisor([quads], lanes=(replace(LANES[0], workers=1),)) as running:
        yield running


class Line:
    """A connection to a worker, as a web process has one."""

    def __init__(self, service: Supervisor) -> None:
        self._socket = service.engine().connect().socket
        self._socket.settimeout(5)
        self._socket.sendall(wire.LOANS)
        self._buffer = bytearray()
        self._said: list[tuple[Said, bytes]] = []
        assert Said.READY == self.next()[0]

    def next(self) -> tuple[Said, bytes]:
        """Returns what the worker says next."""
        while not self._said:
            came = self._socket.recv(65536)
            if not came:
                raise EOFError
            self._buffer += came
            self._said += loan.read(self._buffer)
        return self._said.pop(0)

    def lend(self, client: socket.socket, *, part: int | None = None) -> None:
        """Lends a connection, or says a part of what there is to say."""
        socket.send_fds(self._socket, [loan.lent(1, TERMS)[:part]], [client.fileno()])

    def close(self) -> None:
        """Leaves."""
        self._socket.close()


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """A client, and the other end of its connection, which takes little at once."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(5)
        client.connect(server.getsockname())
        other, _ = server.accept()
        with other:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
            other.setblocking(False)
            yield client, other


def heard(line: Line, terms: Terms = TERMS) -> tuple[list[loan.Answered], list[bytes]]:
    """Returns what was answered, and what came back, until the worker has given everything back."""
    answered, back = [], []
    while True:
        said, content = line.next()
        match said:
            case Said.ANSWERED:
                answered += loan.read_answered(content)
            case Said.RETURNED:
                back.append(content)
            case _:
                return answered, back


def test_it_answers_and_tells(service: Supervisor, pair: tuple[socket.socket, socket.socket]) -> None:
    """The client gets the answer, and the web process hears what was asked and who is said to have asked it."""
    client, other = pair
    line = Line(service)
    line.lend(other)
    client.sendall(request(TERMS, 'SELECT ("a" AS ?b) {}', "10.0.0.1"))
    answer = client.recv(65536)
    assert answer.startswith(TERMS.head)
    assert answer.endswith(b'"results":{"bindings":[{"b":{"type":"literal","value":"a"}}]}}')
    ((only,), back) = heard(line)
    assert (1, b"10.0.0.1", []) == (only.number, only.forwarded, back)
    assert 0 < only.seconds <= only.took < 1
    line.close()


def test_what_a_client_does_not_take_goes_back(service: Supervisor, pair: tuple[socket.socket, socket.socket]) -> None:
    """A client that reads slowly holds no worker: the web process gets the rest of the answer, to the last byte."""
    client, other = pair
    line = Line(service)
    line.lend(other)
    client.sendall(request(TERMS, LONG, "10.0.0.1"))
    (_, back) = heard(line)
    (returned,) = back
    assert 1 == returned[0]
    unsent = returned[1:]
    assert unsent.endswith(b"]}}")
    # All that was sent is on its way; the end of the connection ends it.
    other.close()
    sent = b"".join(iter(lambda: client.recv(65536), b""))
    body = (sent + unsent).partition(b"\r\n\r\n")[2]
    assert f"Content-Length: {len(body)}\r\n".encode() in sent
    line.close()


@pytest.mark.parametrize("query", ["SELECT", "CONSTRUCT {} {}", "SELECT * { SERVICE <http://a.example/> {} }"])
def test_what_it_does_not_answer_stays_where_it_is(
    service: Supervisor, pair: tuple[socket.socket, socket.socket], query: str
) -> None:
    """The request is still on the connection when that comes back."""
    client, other = pair
    line = Line(service)
    line.lend(other)
    sent = request(TERMS, query, "10.0.0.1")
    client.sendall(sent)
    assert ([], [b"\x01"]) == heard(line)
    assert sent == other.recv(65536)
    line.close()


def test_a_web_process_that_says_half_of_it(service: Supervisor, pair: tuple[socket.socket, socket.socket]) -> None:
    """The worker keeps no descriptor of a loan that was never made, and goes on as ever."""
    service.engine().answer(GOOD)
    (worker,) = children(service.warden)
    before = descriptors(worker)
    for _ in range(40):
        line = Line(service)
        line.lend(pair[1], part=20)
        line.close()
    assert eventually(lambda: descriptors(worker) == before)
    assert [worker] == children(service.warden)
    service.engine().answer(GOOD)
