"""HTTP/1.1 on one connection: requests in, responses out, and bounds on what a client may."""

from __future__ import annotations

import asyncio
import random
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kennis_ld.server.protocol import IDLE_SECONDS, MOST_BODY, MOST_HEADERS, REQUEST_SECONDS, Connection
from tests.server.wire import Echo, Wire, get

H2C = ("Upgrade: h2c", "Connection: Upgrade, HTTP2-Settings", "HTTP2-Settings: AA")
KINDS = {
    "get": (get("/a?b=c"), b"GET /a?b=c "),
    "post": (get("/sparql", method="POST", body=b"ASK {}"), b"POST /sparql ASK {}"),
    "query": (get("/sparql", method="QUERY", body=b"ASK {}"), b"QUERY /sparql ASK {}"),
    "chunks": (
        get("/sparql", "Transfer-Encoding: chunked", method="POST") + b"4\r\nASK \r\n2\r\n{}\r\n0\r\n\r\n",
        b"POST /sparql ASK {}",
    ),
    "upgrade": (
        get("/sparql", *H2C, method="POST", body=b"ASK {}"),
        b"POST /sparql ASK {}",
    ),
    "upgrade in chunks": (
        get("/sparql", "Connection: Upgrade", "Upgrade: websocket", "Transfer-Encoding: chunked", method="POST")
        + b"6\r\nASK {}\r\n0\r\n\r\n",
        b"POST /sparql ASK {}",
    ),
    "upgrade without a body": (get("/", "Connection: Upgrade", "Upgrade: h2c"), b"GET / "),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_split_at_every_byte(kind: str) -> None:
    """Whichever two pieces a request arrives in, it is the same, with one answer; an Upgrade is ignored (D1)."""
    data, expected = KINDS[kind]
    for at in range(len(data) + 1):
        wire = Wire(Echo())
        wire.send(data[:at])
        wire.send(data[at:])
        assert [(200, expected)] == [(each.status, each.body) for each in wire.got()], at
        assert "" == wire.transport.end


@given(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=12), st.integers(0, 2**32), st.booleans())
def test_pipelined_requests_in_any_pieces(kinds: list[str], seed: int, later: bool) -> None:
    """Requests in one stream are answered in order, however it is cut, and also when answers take their time."""
    stream = b"".join(KINDS[kind][0] for kind in kinds)
    chance = random.Random(seed)
    echo = Echo(keeps=later)
    wire, answered = Wire(echo), 0
    while stream:
        size = chance.choice((1, 2, 5, 40, 300))
        wire.send(stream[:size])
        stream = stream[size:]
        if later and len(echo.exchanges) > answered and chance.random() < 0.5:
            echo.reply(echo.exchanges[answered])
            answered += 1
    while later and answered < len(echo.exchanges):
        echo.reply(echo.exchanges[answered])
        answered += 1
    assert [KINDS[kind][1] for kind in kinds] == [each.body for each in wire.got()]


def test_one_after_the_other() -> None:
    """The next request of a connection is begun when the one before is answered, not earlier."""
    echo = Echo(keeps=True)
    wire = Wire(echo)
    wire.send(get("/1") + get("/2"))
    assert [b"/1"] == [each.target for each in echo.exchanges]
    echo.reply(echo.exchanges[0])
    assert [b"/1", b"/2"] == [each.target for each in echo.exchanges]


def test_a_client_that_asks_too_much_is_read_no_further() -> None:
    """With many requests that wait on one connection nothing more is read, until they are answered."""
    echo = Echo(keeps=True)
    wire = Wire(echo)
    wire.send(get("/x") * 40)
    assert not wire.transport.is_reading_now
    for number in range(40):
        echo.reply(echo.exchanges[number])
    assert wire.transport.is_reading_now
    assert 40 == len(wire.got())


def test_connection_is_kept_or_not() -> None:
    """HTTP/1.1 goes on unless the client says close; HTTP/1.0 ends with its answer."""
    for request, end in (
        (get(), ""),
        (get("/", "Connection: close"), "close"),
        (get(version="1.0"), "close"),
    ):
        wire = Wire(Echo())
        wire.send(request)
        (got,) = wire.got()
        assert (end, "close" if end else None) == (wire.transport.end, got.headers.get("connection"))


def test_drained_connections_end_with_their_next_answer() -> None:
    """Where a process is to end, the answer says that the connection does."""
    wire = Wire(Echo())
    wire.connection.drain()
    wire.send(get())
    assert ["close"] == [each.headers["connection"] for each in wire.got()]
    assert "close" == wire.transport.end


def test_a_request_that_waits_to_be_read_is_seen() -> None:
    """A drained connection is not ended before what its client sent: the loop may look at its clock before it reads."""

    async def seen() -> list[bool]:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            loop, connections = asyncio.get_running_loop(), set[Connection]()
            _, connection = await loop.connect_accepted_socket(lambda: Connection(Echo(), connections, most=1), ours)
            before = connection.has_unread
            theirs.sendall(get())
            sent = connection.has_unread
            await loop.run_in_executor(None, theirs.recv, 65_536)
            connection.abort()
            return [before, sent]

    assert [False, True] == asyncio.run(seen())


def test_expect_continue() -> None:
    """Who waits for 100-continue gets it, and its answer when the body has come."""
    wire = Wire(Echo())
    head, body = get("/", "Expect: 100-continue", method="POST", body=b"ASK {}").split(b"\r\n\r\n")
    wire.send(head + b"\r\n\r\n")
    assert [100] == [each.status for each in wire.got()]
    wire.send(body)
    assert [100, 200] == [each.status for each in wire.got()]


@pytest.mark.parametrize("header", ["Expect: 100-continue", "X: y"])
def test_a_body_that_is_announced_too_large(header: str) -> None:
    """Who announces too much is refused before it sends anything, whether it waits for leave or not."""
    echo = Echo()
    wire = Wire(echo)
    wire.send(get("/", header, f"Content-Length: {MOST_BODY + 1}", method="POST"))
    assert (["body-too-large"], [400]) == (echo.refused, [each.status for each in wire.got()])


@pytest.mark.parametrize(
    ("target", "method", "host", "path"),
    [
        ("http://a.example/b?c=d", "GET", "a.example", b"/b?c=d"),
        ("HTTPS://a.example:81", "GET", "a.example:81", b"/"),
        ("http://a.example?c=http://d/", "GET", "a.example", b"/?c=http://d/"),
        ("/b?c=http://d/", "GET", "localhost", b"/b?c=http://d/"),
        ("*", "OPTIONS", "localhost", b"/"),
    ],
)
def test_the_host_in_a_target_counts(target: str, method: str, host: str, path: bytes) -> None:
    """A target that names the host is the path there, whatever the header says (RFC 9112, section 3.2.2)."""
    echo = Echo()
    Wire(echo).send(get(target, method=method))
    (request,) = echo.exchanges
    assert (host, path) == (request.headers[b"host"], request.target)


REFUSED = {
    "no request": (b"\x16\x03\x01 hello\r\n\r\n", "invalid-request"),
    "a control character": (get("/", "User-Agent: a\x1bb"), "invalid-request"),
    "two lengths": (get("/", "Content-Length: 1", "Content-Length: 2", method="POST") + b"ab", "invalid-request"),
    "length and chunks": (
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "invalid-request",
    ),
    "a wrong chunk": (get("/", "Transfer-Encoding: chunked", method="POST") + b"zz\r\n", "invalid-request"),
    "a long header": (get("/", f"X: {'x' * MOST_HEADERS}"), "header-too-long"),
    "many headers": (get("/", *(f"X-{n}: {n}" for n in range(9000))), "header-too-long"),
    "a long target": (get("/" + "a" * MOST_HEADERS), "header-too-long"),
    "a long body": (get("/", method="POST", body=b"x" * (MOST_BODY + 1)), "body-too-large"),
    "long chunks": (
        get("/", "Transfer-Encoding: chunked", method="POST") + (b"2000\r\n" + b"x" * 0x2000 + b"\r\n") * 17,
        "body-too-large",
    ),
    "no path": (get("*"), "invalid-request"),
    "a tunnel": (b"CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", "method-not-allowed"),
}  # fmt: skip


@pytest.mark.parametrize("size", [1, 100, 4096, 1_000_000])
@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_reason(what: str, size: int) -> None:
    """In one piece or in many, it gets one answer that says why, and nothing more is read (F7)."""
    data, problem = REFUSED[what]
    if size == 1 and len(data) > 10_000:
        size = 50
    echo = Echo()
    wire = Wire(echo)
    for at in range(0, len(data), size):
        wire.send(data[at : at + size])
    wire.send(get())
    assert ([problem], 1) == (echo.refused, len(wire.got()))
    assert "eof" == wire.transport.end
    assert "close" == wire.got()[0].headers["connection"]
    assert [] == echo.exchanges


def test_a_chunk_is_no_place_for_endless_words() -> None:
    """What stands beside the size of a chunk counts as a header does."""
    echo = Echo()
    wire = Wire(echo)
    wire.send(get("/", "Transfer-Encoding: chunked", method="POST") + b"1;x=")
    for _ in range(MOST_HEADERS // 1000 + 1):
        wire.send(b"x" * 1000)
    assert ["header-too-long"] == echo.refused


def test_as_much_as_may_be() -> None:
    """Headers and bodies up to their bounds are read."""
    wire = Wire(Echo())
    wire.send(get("/", f"X: {'x' * (MOST_HEADERS - 200)}"))
    wire.send(get("/", method="POST", body=b"x" * MOST_BODY))
    assert [200, 200] == [each.status for each in wire.got()]


@pytest.mark.parametrize("waits", [1, 3])
def test_what_came_before_is_answered_first(waits: int) -> None:
    """Requests before one that cannot be read get their answers, then that one is refused."""
    echo = Echo(keeps=True)
    wire = Wire(echo)
    wire.send(get() * waits + b"nonsense\r\n\r\n")
    for number in range(waits):
        echo.reply(echo.exchanges[number])
    assert [200] * waits + [400] == [each.status for each in wire.got()]
    assert "eof" == wire.transport.end


def test_a_client_that_says_no_more_gets_its_answers() -> None:
    """A client that closes its half after two requests gets both answers, and then the end (F7)."""
    echo = Echo(keeps=True)
    wire = Wire(echo)
    wire.send(get("/1") + get("/2"))
    assert wire.connection.eof_received()
    echo.reply(echo.exchanges[0])
    assert "" == wire.transport.end
    echo.reply(echo.exchanges[1])
    assert ([200, 200], "close") == ([each.status for each in wire.got()], wire.transport.end)


def test_half_a_request_is_none() -> None:
    """A client that closes its half in the middle of a request gets nothing, and its connection ends."""
    echo = Echo()
    wire = Wire(echo)
    wire.send(get("/", method="POST", body=b"ASK {}")[:-1])
    assert not wire.connection.eof_received()
    assert [] == echo.exchanges


def test_who_answers_hears_that_the_client_left() -> None:
    """When a connection is lost, whoever is at the answer is told, and what waited is not begun."""
    echo = Echo(keeps=True)
    wire = Wire(echo)
    wire.send(get("/1") + get("/2"))
    left = []
    (exchange,) = echo.exchanges
    exchange.left = lambda: left.append(1)
    wire.transport.end = "close"
    wire.connection.connection_lost(None)
    assert ([1], True) == (left, exchange.is_gone)
    echo.reply(exchange)
    assert 1 == len(echo.exchanges)


def test_too_many_connections() -> None:
    """A connection more than there may be is closed at once, and counted (F11); when one ends there is room again."""
    echo, connections = Echo(), set()  # type: ignore[var-annotated]
    wires = [Wire(echo, connections, most=2) for _ in range(3)]
    assert (["", "", "abort"], 1) == ([each.transport.end for each in wires], echo.full)
    wires[2].connection.connection_lost(None)
    wires[0].connection.connection_lost(None)
    wire = Wire(echo, connections, most=2)
    wire.send(get())
    assert [200] == [each.status for each in wire.got()]


@pytest.mark.parametrize(
    ("sent", "seconds"),
    [
        (b"", IDLE_SECONDS),
        (get(), IDLE_SECONDS),
        (get()[:20], REQUEST_SECONDS),
        (get("/", method="POST", body=b"x")[:-1], REQUEST_SECONDS),
    ],
    ids=["nothing", "a request", "half a head", "half a body"],
)  # fmt: skip
def test_a_slow_client_has_so_much_time(sent: bytes, seconds: float) -> None:
    """A connection ends when its client has had its time, and not before."""
    wire = Wire(Echo())
    wire.send(sent)
    since = wire.connection._since
    wire.connection.look(since + seconds - 1)
    assert "" == wire.transport.end
    wire.connection.look(since + seconds + 1)
    assert "close" == wire.transport.end


def test_byte_by_byte_wins_no_time() -> None:
    """The time of a request counts from its first byte, however often another one comes."""
    wire = Wire(Echo())
    data = get("/", f"X: {'x' * 100}")
    wire.send(data[:1])
    since = wire.connection._since
    for byte in data[1:-5]:
        wire.send(bytes([byte]))
    assert since == wire.connection._since


def test_empty_lines_win_no_time() -> None:
    """A client that sends nothing but empty lines is as idle as one that sends nothing."""
    wire = Wire(Echo())
    since = wire.connection._since
    for _ in range(3):
        wire.send(b"\r\n")
    assert since == wire.connection._since


def test_who_takes_nothing_is_cut_off() -> None:
    """A client that takes no byte of its answer for a minute is cut off; one that takes a little is not."""
    wire = Wire(Echo())
    wire.send(get())
    since = wire.connection._since
    wire.transport.unsent = 1000
    wire.connection.look(since)
    wire.transport.unsent = 999
    wire.connection.look(since + IDLE_SECONDS - 1)
    wire.connection.look(since + IDLE_SECONDS + 1)
    assert "" == wire.transport.end
    wire.connection.look(since + 2 * IDLE_SECONDS)
    assert "abort" == wire.transport.end


def test_who_is_computed_for_is_not_cut_off() -> None:
    """While an answer is on its way, a connection is not idle."""
    echo = Echo(keeps=True)
    wire = Wire(echo)
    wire.send(get())
    wire.connection.look(wire.connection._since + 1000)
    assert "" == wire.transport.end


def test_an_answer_in_parts() -> None:
    """Parts go out in chunks to HTTP/1.1, and up to the end of the connection to HTTP/1.0, which has no chunks."""
    for version in ("1.1", "1.0"):
        echo = Echo(keeps=True)
        wire = Wire(echo)
        wire.send(get("/", "Connection: keep-alive", version=version))
        (exchange,) = echo.exchanges
        exchange.begin(b"HTTP/1.1 200 OK\r\n", is_chunked=True)
        for part in (b"abc", b"", b"defg"):
            with pytest.raises(StopIteration):
                exchange.write(part).send(None)
        exchange.finish()
        (got,) = wire.got()
        assert b"abcdefg" == got.body
        assert ("chunked" if version == "1.1" else None) == got.headers.get("transfer-encoding")
        assert ("" if version == "1.1" else "close") == wire.transport.end


def test_an_answer_that_breaks_off_is_noticed() -> None:
    """Where not all parts could be sent, the connection is cut, so that nobody takes it for the whole."""
    echo = Echo(keeps=True)
    wire = Wire(echo)
    wire.send(get())
    echo.exchanges[0].begin(b"HTTP/1.1 200 OK\r\n", is_chunked=True)
    echo.exchanges[0].finish(is_whole=False)
    assert "abort" == wire.transport.end


def test_headers_are_one_each() -> None:
    """Headers of the same name are one, with commas, and names have no case."""
    echo = Echo()
    wire = Wire(echo)
    wire.send(get("/", "ACCEPT: a", "accept: b"))
    assert {b"host": "localhost", b"accept": "a, b"} == echo.exchanges[0].headers
