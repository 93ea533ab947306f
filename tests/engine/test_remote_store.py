"""Updates to an engine elsewhere, tried on a server that checks who asks and fails when told to."""

from __future__ import annotations

import threading
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.parse import parse_qs
from urllib.request import urlopen

import pyoxigraph as ox
import pytest

from kennis_ld.engine.remote import RemoteStore, batched
from kennis_ld.errors import KennisError

KNOWN = b64encode(b"somebody:secret").decode()


class Updates:
    """A server that runs updates on a store."""

    def __init__(self) -> None:
        store = self.store = ox.Store()

        class Endpoint(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                match self.path.strip("/"):
                    case "basic" if self.headers["Authorization"] != f"Basic {KNOWN}":
                        self._send(401)
                    case "update" | "basic":
                        store.update(parse_qs(body)["update"][0])
                        self._send(204)
                    case "bearer":
                        self._send(401, 'Bearer realm="store"')
                    case "digest":
                        self._send(401, 'Digest realm="SPARQL", nonce="one", qop="auth", algorithm="MD5"')
                    case status:
                        self._send(int(status))

            def _send(self, status: int, wanted: str = 'Basic realm="store"') -> None:
                self.send_response(status)
                if status == 401:
                    self.send_header("WWW-Authenticate", wanted)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture(scope="module")
def updates() -> Iterator[Updates]:
    running = Updates()
    with running.server:
        thread = threading.Thread(target=running.server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    "value", ["één \"woord\" en 'nog' een", "regel\neen\ttab", "een \\ en \\u0041 en \\\\U", "é\U0001f600"]
)
def test_statements_arrive_as_they_are(updates: Updates, value: str) -> None:
    """Whatever stands in a literal, the engine holds that very literal."""
    quad = ox.Triple(ox.NamedNode("http://x/a"), ox.NamedNode("http://x/b"), ox.Literal(value, language="nl"))
    updates.store.clear()
    RemoteStore(f"{updates.url}/update").insert("http://x/g", [f"{quad} ."])
    assert [each.triple for each in updates.store] == [quad]


def test_who_asks_is_told_in_the_way_that_the_engine_knows(updates: Updates) -> None:
    """An engine that wants Basic gets Basic, also for the requests after the first."""
    updates.store.clear()
    store = RemoteStore(f"{updates.url}/basic", user="somebody", password="secret")  # noqa: S106
    for name in "ab":
        store.insert("http://x/g", [f"<http://x/{name}> <http://x/p> 1 ."])
    assert len(updates.store) == 2


def test_a_way_to_log_in_that_is_not_known_is_a_refusal(updates: Updates) -> None:
    """An engine that wants a token refuses whoever has a password, in words."""
    with pytest.raises(KennisError, match="wants a user name"):
        RemoteStore(f"{updates.url}/bearer", user="somebody", password="secret").update("DROP ALL")  # noqa: S106


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("basic", "wants a user name"),
        ("400", "refuses"),
        ("404", "refuses"),
        ("500", "refuses"),
        ("405", "answers 405"),
        ("503", "answers 503"),
    ],
)
def test_a_refusal_says_what_and_where(updates: Updates, path: str, what: str) -> None:
    """Each way in which an engine refuses gives an error with its address and what to do."""
    with pytest.raises(KennisError, match=what) as refused:
        RemoteStore(f"{updates.url}/{path}").update("DROP ALL")
    assert refused.value.where == f"{updates.url}/{path}"
    assert refused.value.remedy


def test_a_refusal_is_of_one_store_alone(updates: Updates) -> None:
    """Who was refused with Digest changes nothing about how another address answers in the same program."""
    with pytest.raises(KennisError, match="wants a user name"):
        RemoteStore(f"{updates.url}/digest", user="somebody", password="wrong").update("DROP ALL")  # noqa: S106
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{updates.url}/401", data=b"")
    with refused.value:
        assert refused.value.msg == "Unauthorized"


def test_nobody_there_is_said() -> None:
    """An address at which nothing listens."""
    with pytest.raises(KennisError, match="does not answer"):
        RemoteStore("http://127.0.0.1:1/update").update("DROP ALL")


def test_requests_have_a_bounded_size() -> None:
    """Statements are cut by number and by length; none is lost, and their order stays."""
    short = [f"s{number}" for number in range(2500)]
    assert [1000, 1000, 500] == [len(part) for part in batched(short)]
    assert short == [each for part in batched(short) for each in part]
    assert [2, 2, 1] == [len(part) for part in batched(["x" * 80_000] * 5)]
    assert [] == list(batched([]))
