"""The site on its production server, over a real socket."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from kennis_ld.web.server import listen

from kennis_ld.errors import WrongSetting
from tests.web.city import DIGEST

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Starts the server and waits until it says that it takes connections."""
    folder = tmp_path_factory.mktemp("served") / "releases"
    command = [sys.executable, "-m", "tests.web.run_server", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline())
        process.terminate()
        assert 0 == process.wait(20)


def fetch(
    port: int, path: str, *, method: str = "GET", body: bytes | Iterator[bytes] | None = None, **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    """Returns a response and its body; `Content_Type` stands for Content-Type."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def test_no_second_server_on_a_port(port: int) -> None:
    """A port is never shared with another server, which would then get some of the requests."""
    with pytest.raises(WrongSetting, match=f"port {port}"):
        listen("127.0.0.1", port)


def test_from_thing_to_turtle(port: int) -> None:
    """A client that follows the 303 of a thing comes to Turtle about that very IRI, on this server."""
    response, _ = fetch(port, "/id/project/schone-sloot", Accept="text/turtle")
    assert 303 == response.status
    response, body = fetch(port, response.headers["Location"], Accept="text/turtle")
    assert (200, "Accept, Accept-Encoding") == (response.status, response.headers["Vary"])
    assert f"<http://127.0.0.1:{port}/id/project/schone-sloot> a".encode() in body


def test_head_says_what_get_sends(port: int) -> None:
    """HEAD has the length of GET and no body, for a page, a query and a file."""
    for path in ("/doc/project/schone-sloot.rdf", "/sparql?query=ASK%7B%7D", f"/download/{DIGEST}/agenda.nq"):
        head, nothing = fetch(port, path, method="HEAD")
        get, body = fetch(port, path)
        assert (200, b"") == (head.status, nothing)
        assert str(len(body)) == head.headers["Content-Length"] == get.headers["Content-Length"]


def test_query_in_pieces(port: int) -> None:
    """A body without a length is read to its end, and no further than the bound."""
    kind = {"Content_Type": "application/sparql-query"}
    response, body = fetch(port, "/sparql", method="POST", body=iter([b"ASK ", b"{}"]), **kind)
    assert (200, True) == (response.status, b"true" in body)
    response, _ = fetch(port, "/sparql", method="POST", body=iter([b"#" * 10_000] * 40), **kind)
    assert 413 == response.status


def test_bytes_in_the_address(port: int) -> None:
    """Raw UTF-8 in an address is read as UTF-8; what is none is refused."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        query = "ASK{}#é".encode()
        connection.sendall(b"GET /sparql?query=" + query + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert connection.recv(12) in {b"HTTP/1.1 200", b"HTTP/1.1 400"}
    response, _ = fetch(port, "/sparql?query=ASK%7B%7D%23%ff")
    assert 400 == response.status


def test_wrong_host_and_long_address(port: int) -> None:
    """Requests that are refused before any route are refused here too."""
    assert 400 == fetch(port, "/", Host="evil.example")[0].status
    assert 414 == fetch(port, "/" + "a" * 9000)[0].status
    assert 204 == fetch(port, "/sparql", method="OPTIONS")[0].status
    assert 405 == fetch(port, "/sparql", method="TRACE")[0].status
