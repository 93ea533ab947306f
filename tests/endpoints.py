"""A SPARQL endpoint of somebody else, on loopback: it answers from a store, or in the ways in which others go wrong."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph as ox

_JSON = "application/sparql-results+json"
_HEAD = '{"head":{"vars":["s","o"]},"results":{"bindings":[%s]}}'
_ROW = '{"s":{"type":"uri","value":"http://example.org/a"},"o":%s}'
SAID = {
    "blank": _HEAD % (_ROW % '{"type":"bnode","value":"b0"}'),
    "triple": _HEAD % (_ROW % '{"type":"triple","value":{}}'),
    "direction": _HEAD % (_ROW % '{"type":"literal","value":"a","xml:lang":"ar","its:dir":"rtl"}'),
    "wrong-iri": _HEAD % '{"s":{"type":"uri","value":"no iri"}}',
    "wrong-language": _HEAD % (_ROW % '{"type":"literal","value":"a","xml:lang":"e n"}'),
    "half": _HEAD % (_ROW % r'{"type":"literal","value":"\ud800"}'),
    "other-variable": _HEAD % '{"z":{"type":"literal","value":"a"}}',
    "no-solutions": '{"head":{},"boolean":true}',
    "list": "[1]",
    "deep": "[" * 100_000,
    "broken": '{"head":{"vars":["s"]},"results":{"bindings":[',
}
"""What it answers by the address /name."""


@dataclass
class Endpoint:
    """A running endpoint.

    Attributes:
        url: where it is; `/sparql` answers from its store.
        asked: the queries that it was sent; `paths` and `agents` say where, and by which User-Agent.
        connections: how many connections there were.
        entered: is set when somebody asks `/slow`.
    """

    url: str
    store: ox.Store
    asked: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    connections: int = 0
    entered: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)


@contextmanager
def endpoint(statements: str) -> Iterator[Endpoint]:
    """Runs an endpoint with statements in N-Triples."""
    store = ox.Store()
    store.load(statements.encode(), format=ox.RdfFormat.N_TRIPLES)
    here = Endpoint("", store)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            here.connections += 1

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"])).decode()
            is_form = "urlencoded" in self.headers["Content-Type"]
            query = parse_qs(content, strict_parsing=True)["query"][0] if is_form else content
            here.asked.append(query)
            here.paths.append(self.path)
            here.agents.add(self.headers["User-Agent"])
            self._say(self.path.partition("?")[0].strip("/"), query)

        def do_GET(self) -> None:
            here.asked.append(self.path)
            self._send(200, _JSON, b"{}")

        def _say(self, name: str, query: str) -> None:
            if name == "sparql":
                found = store.query(query)
                self._send(200, _JSON, found.serialize(format=ox.QueryResultsFormat.JSON) or b"")
            elif name in SAID:
                self._send(200, _JSON, SAID[name].encode())
            elif name == "html":
                self._send(200, "text/html", b"<p>Please log in")
            elif name == "elsewhere":
                self.send_response(307)
                self.send_header("Location", f"{here.url}/sparql")
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif name in {"slow", "drip"}:
                here.entered.set()
                self._drip(name == "drip")
            else:
                self._send(int(name), "text/plain", b"/etc/secret is the path")

        def _drip(self, is_begun: bool) -> None:
            """Says nothing, or a little at a time, until it is released or the other side is gone."""
            self.close_connection = True
            self.send_response(200)
            self.send_header("Content-Type", _JSON)
            self.end_headers()
            try:
                while not here.released.wait(0.05):
                    self.wfile.write(b" " if is_begun else b"")
            except OSError:
                pass

        def _send(self, status: int, media_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        here.url = f"http://127.0.0.1:{running.server_address[1]}"
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield here
        finally:
            here.released.set()
            running.shutdown()
            thread.join()
