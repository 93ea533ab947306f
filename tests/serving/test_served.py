"""A running site, asked by an ordinary client over a real socket."""

from __future__ import annotations

import os
import platform
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from kennis_ld.cli import main
from kennis_ld.errors import WrongSetting
from kennis_ld.serving.processes import VARIABLE, tell_allocator
from kennis_ld.serving.service import Service, usual_web_processes
from kennis_ld.serving.supervisor import listen
from tests.serving.serving import Site


def test_no_second_server_on_a_port(site: Site) -> None:
    """A port is never shared with another server, which would then get some of the requests."""
    with pytest.raises(WrongSetting, match=f"port {site.port}"):
        listen("127.0.0.1", site.port)


def test_from_thing_to_turtle(site: Site) -> None:
    """A client that follows the 303 of a thing comes to Turtle about that very IRI."""
    got = site.get("/id/project/schone-sloten", headers={"Accept": "text/turtle"})
    assert 303 == got.status
    place = got.headers["Location"].removeprefix("https://data.zandwijk.example")
    document = site.get(place, headers={"Accept": "text/turtle"})
    assert (200, "Accept, Accept-Encoding") == (document.status, document.headers["Vary"])
    assert b"<https://data.zandwijk.example/id/project/schone-sloten> a" in document.body


def test_head_says_what_get_sends(site: Site) -> None:
    """HEAD has the length of GET and no body, for a page, a query and a file."""
    dump = site.get("/download/current/agenda.nq").headers["Location"]
    for path in ("/doc/project/schone-sloten.rdf", "/sparql?query=ASK%7B%7D", dump):
        head, got = site.get(path, method="HEAD"), site.get(path)
        assert (200, b"") == (head.status, head.body)
        assert str(len(got.body)) == head.headers["Content-Length"] == got.headers["Content-Length"]


def test_query_in_pieces(site: Site) -> None:
    """A body without a length is read to its end, and no further than the bound."""
    direct = {"Content-Type": "application/sparql-query"}
    got = site.get("/sparql", method="POST", body=iter([b"ASK ", b"{}"]), headers=direct)
    assert (200, True) == (got.status, b"true" in got.body)
    assert 413 == site.get("/sparql", method="POST", body=iter([b"#" * 10_000] * 14), headers=direct).status


def test_bytes_in_the_address(site: Site) -> None:
    """Raw UTF-8 in an address is read as UTF-8; what is none is refused."""
    with site.connect() as connection:
        query = "ASK{}#é".encode()
        connection.sendall(b"GET /sparql?query=" + query + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert connection.recv(12) in {b"HTTP/1.1 200", b"HTTP/1.1 400"}
    assert 400 == site.get("/sparql?query=ASK%7B%7D%23%ff").status


def test_wrong_host_and_long_address(site: Site) -> None:
    """Requests that are refused before any route are refused here too."""
    assert 400 == site.get("/", headers={"Host": "evil.example"}).status
    assert 414 == site.get("/" + "a" * 9000).status
    assert 204 == site.get("/sparql", method="OPTIONS").status
    assert 405 == site.get("/sparql", method="TRACE").status


def test_an_offer_to_upgrade_is_ignored(site: Site) -> None:
    """A POST with an offer to speak HTTP/2, as Java's client sends it, gets one answer, and goes on (D1)."""
    with site.connect() as connection:
        for _ in range(2):
            connection.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                b"Content-Type: application/sparql-query\r\nContent-Length: 6\r\nAccept: text/csv\r\n"
                b"HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA\r\nUpgrade: h2c\r\n\r\nASK {}"
            )
            answer = connection.recv(65_536)
            assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
            assert answer.endswith((b"true\r\n", b"true"))
            assert 1 == answer.count(b"HTTP/1.1")


def test_a_client_that_says_no_more_gets_its_answer(site: Site) -> None:
    """A client that closes its half of the connection gets the answers to what it asked (F7)."""
    for path in (b"/projecten?half", b"/sparql?query=ASK%7B%7D%23half", b"/healthz"):
        with site.connect() as connection:
            connection.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
            connection.shutdown(socket.SHUT_WR)
            answer = b"".join(iter(lambda: connection.recv(65_536), b""))
            assert answer.startswith(b"HTTP/1.1 200 OK\r\n"), path


def test_who_forks_has_one_thread(site: Site) -> None:
    """Supervisor and zygote have no threads, so no Python warns of forking beside them (D16)."""
    kinds = site.kinds()
    for each in (site.process.pid, *kinds["zygote"]):
        assert 1 == len(list(Path(f"/proc/{each}/task").iterdir()))
    assert "DeprecationWarning" not in site.log.read_text(encoding="utf-8")


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="Another allocator has nothing to be told.")
def test_the_allocator_of_every_process_is_told(site: Site) -> None:
    """A site that is started as any command keeps small pieces of memory at hand, in each of its processes."""
    told = {
        f"/proc/{each}/environ": b"glibc.malloc.tcache_count=127" for each in (site.process.pid, *site.descendants())
    }
    assert {name for name, setting in told.items() if setting in Path(name).read_bytes()} == set(told)


@pytest.mark.parametrize("said", ["glibc.malloc.tcache_count=7", "glibc.rtld.nns=5:glibc.malloc.arena_max=4"])
def test_what_the_administrator_says_to_the_allocator_stays(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has settings already gets no others, and the program does not begin again."""
    monkeypatch.setenv(VARIABLE, said)
    monkeypatch.setattr(os, "execv", pytest.fail)
    tell_allocator()
    assert said == os.environ[VARIABLE]


def test_as_many_web_processes_as_processors() -> None:
    """There is a web process for each processor, at least two, and --help says so (D17)."""
    processors = len(os.sched_getaffinity(0))
    assert max(2, processors) == usual_web_processes() == Service().web_processes
    assert "as many as processors, at least 2" in " ".join(CliRunner().invoke(main, ["serve", "--help"]).stdout.split())
