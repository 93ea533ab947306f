#!/usr/bin/env bash
# SPARQLWrapper 2.0.0 (PyPI): after one store refused a password by Digest, the 401 of any other address has lost its words, in the whole program.
#
# Credentials are set on one wrapper, so one expects them to be of that one alone. With DIGEST it makes an opener and installs it for all of
# urllib (urllib.request.install_opener: that of each urlopen from then on), which rdflib asks with too. Its handler counts
# refusals, and after one wrong password the count stays at its bound: whatever answers 401 later is "digest auth failed" with an empty body, and
# the answer that it came in is left open. Nothing is said. With BASIC nothing changes, and install_opener(build_opener()) undoes it.
# Seen, of another address: before "Unauthorized" and its words, after a refusal by BASIC the same, by DIGEST "digest auth failed" and nothing.
# kennis-ld undoes it after each update (kennis_ld/engine/remote.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check SPARQLWrapper==2.0.0
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.request import build_opener, install_opener, urlopen

from SPARQLWrapper import BASIC, DIGEST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import Unauthorized


class Refusing(BaseHTTPRequestHandler):
    """Refuses everybody: a store in the way it is asked for, any other address with a word of its own."""

    def do_GET(self):
        words = b"Ask the office."
        self.send_response(401)
        if self.path.startswith("/digest"):
            self.send_header("WWW-Authenticate", 'Digest realm="SPARQL", nonce="one", qop="auth", algorithm="MD5"')
        if self.path.startswith("/basic"):
            self.send_header("WWW-Authenticate", 'Basic realm="SPARQL"')
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)

    def log_message(self, *_):
        pass


def another(address):
    """Returns what a plain request to another address hears."""
    try:
        urlopen(f"{address}/another")
    except HTTPError as error:
        return error.msg, error.read().decode()


def refused(address, way):
    store = SPARQLWrapper(f"{address}/{way.lower()}")
    store.setHTTPAuth(way)
    store.setCredentials("dba", "wrong")
    store.setQuery("ASK {}")
    try:
        store.query()
    except Unauthorized:
        return True


with ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as server:
    threading.Thread(target=server.serve_forever).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    heard = {"before": another(address)}
    for way in (BASIC, DIGEST):
        assert refused(address, way)
        heard[way] = another(address)
    install_opener(build_opener())
    heard["undone"] = another(address)
    server.shutdown()
print(heard)
usual = ("Unauthorized", "Ask the office.")
assert {"before": usual, BASIC: usual, DIGEST: ("digest auth failed", ""), "undone": usual} == heard
PYTHON
