"""The examples in deploy/: nginx in front of a running site, the confinement of a container, the units of systemd."""

from __future__ import annotations

import json
import re
import shutil
import socket
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cache
from http.client import HTTPMessage, HTTPResponse
from pathlib import Path

import pytest

from kennis_ld.cli import main
from kennis_ld.engine.interface import Budget
from kennis_ld.web.problems import STATUS
from tests.ports import free_port, free_ports, listens
from tests.publications import write
from tests.w3c.served import Site, running
from tests.waiting import eventually

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skips a test where a program is missing."""
    missing = [program for program in programs if shutil.which(program) is None]
    return pytest.mark.skipif(bool(missing), reason=f"needs {', '.join(missing)} (Debian packages)")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running site."""
    with running(tmp_path_factory.mktemp("site")) as site:
        yield site


@contextmanager
def proxy(site: Site, folder: Path) -> Iterator[tuple[int, int]]:
    """Runs nginx with the example, on other ports and with a certificate of its own; gives its ports."""
    plain, secure = free_ports(2)
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"),
            *("-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")),
        ],
        check=True,
        capture_output=True,
    )
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    text = re.sub(r"\n\s*listen \[::\][^\n]*", "", text)
    changes = {
        "listen 80 ": f"listen 127.0.0.1:{plain} ",
        "listen 443 ": f"listen 127.0.0.1:{secure} ",
        "site:8000": site.url.removeprefix("http://"),
        "/etc/nginx/certificates": str(folder),
        "/run/nginx.pid": str(folder / "pid"),
        "/dev/stdout": str(folder / "access.log"),
        "error_log stderr": f"error_log {folder / 'error.log'}",
        # On a busy machine the first of many connections would be over when the last has begun.
        "client_body_timeout 10s;": "client_body_timeout 60s;",
        "    server_tokens off;": "    server_tokens off;\n"
        + "\n".join(
            f"    {kind}_temp_path {folder / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        ),
    }
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    folder.chmod(0o755)
    with subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]) as process:
        try:
            assert eventually(lambda: process.poll() is not None or listens(secure))
            assert process.poll() is None
            yield plain, secure
        finally:
            process.terminate()
            process.wait(10)


@cache
def trusting() -> ssl.SSLContext:
    """TLS that believes any certificate."""
    found = ssl.create_default_context()
    found.check_hostname, found.verify_mode = False, ssl.CERT_NONE
    return found


def fetch(port: int, target: str, data: bytes | None = None, **headers: str) -> tuple[int, HTTPMessage, bytes]:
    """Asks over TLS, without following anything."""
    request = urllib.request.Request(f"https://127.0.0.1:{port}{target}", data, headers)
    try:
        with urllib.request.urlopen(request, timeout=20, context=trusting()) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


@needs("nginx", "openssl")
def test_nginx_in_front(site: Site, tmp_path: Path) -> None:
    """Through the example the site answers over TLS with all its headers, and is told who asks."""
    with proxy(site, tmp_path) as (_, secure):
        status, headers, body = fetch(secure, "/")
        assert 200 == status
        assert b"Zandwijk" in body
        assert "max-age=31536000" in headers["Strict-Transport-Security"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        status, headers, body = fetch(secure, "/sparql?query=ASK%7B%7D", Accept="application/sparql-results+json")
        assert (200, True) == (status, json.loads(body)["boolean"])
        # A client that says it is somebody else is believed by nobody: the malformed queries are all its own.
        answers = [
            fetch(secure, f"/sparql?query=no{n}", **{"X-Forwarded-For": f"10.1.1.{n}", "Accept": "*/*"})[0]
            for n in range(40)
        ]
        assert {400, 429} == set(answers)
    assert "127.0.0.1" not in (tmp_path / "access.log").read_text()


@needs("nginx", "openssl")
def test_nginx_sends_plain_requests_to_tls(site: Site, tmp_path: Path) -> None:
    """Who comes without TLS is sent to the same address with it."""
    with proxy(site, tmp_path) as (plain, _), socket.create_connection(("127.0.0.1", plain), timeout=5) as connection:
        connection.sendall(b"GET /projecten?q=1 HTTP/1.1\r\nHost: data.example.org\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(4096), b"")).decode()
    assert answer.startswith("HTTP/1.1 301")
    assert "Location: https://data.example.org/projecten?q=1" in answer
    assert "Access-Control-Allow-Origin: *" in answer


def described(status: int, headers: HTTPMessage, body: bytes) -> tuple[int, str, str]:
    """Status, last part of the type, and media type of a problem, which has all its members and is open to any page."""
    problem = json.loads(body)
    assert {"type", "status", "title", "detail", "remedy"} == set(problem)
    assert status == problem["status"]
    assert ["*"] == headers.get_all("Access-Control-Allow-Origin")
    assert ["no-store"] == headers.get_all("Cache-Control")
    assert "max-age=31536000" in headers["Strict-Transport-Security"]
    return status, problem["type"].rpartition("#")[2], headers["Content-Type"]


REFUSED = [
    ("/" + "a" * 17_000, {}, None, (414, "address-too-long")),
    ("/", {"Cookie": "a" * 17_000}, None, (431, "header-too-long")),
    ("/sparql", {"Content-Type": "application/sparql-query"}, b"#" * 140_000, (413, "body-too-large")),
]


@needs("nginx", "openssl")
def test_what_nginx_refuses_looks_like_what_the_site_refuses(site: Site, tmp_path: Path) -> None:
    """What never reaches the site gets a problem too, which any page may read; so does a site that is gone."""
    with proxy(site, tmp_path) as (_, secure):
        for target, sent, data, expected in REFUSED:
            assert (*expected, "application/problem+json") == described(*fetch(secure, target, data, **sent))
        with trusting().wrap_socket(socket.create_connection(("127.0.0.1", secure), timeout=20)) as nobody:
            nobody.sendall(b"GET / HTTP/1.1\r\n\r\n")
            told = HTTPResponse(nobody)
            told.begin()
            answer = (told.status, told.headers, told.read())
        assert (400, "invalid-request", "application/problem+json") == described(*answer)
        # The site's own answers have their headers once.
        status, headers, _ = fetch(secure, "/nergens", Accept="*/*")
        assert (404, ["*"]) == (status, headers.get_all("Access-Control-Allow-Origin"))
        assert ["no-store"] == headers.get_all("Cache-Control")
    gone = replace(site, port=free_port())
    with proxy(gone, tmp_path) as (_, secure):
        answer = fetch(secure, "/")
        assert (503, "service-busy", "application/problem+json") == described(*answer)
        assert ["5"] == answer[1].get_all("Retry-After")


@needs("nginx", "openssl")
def test_nginx_bounds_the_connections_of_one_client(site: Site, tmp_path: Path) -> None:
    """Who has as many requests under way as one client may have hears 429, and when to try again."""
    request = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n"
    with proxy(site, tmp_path) as (_, secure), ExitStack() as open_connections:
        for _ in range(64):
            connection = socket.create_connection(("127.0.0.1", secure), timeout=20)
            connection = open_connections.enter_context(trusting().wrap_socket(connection))
            connection.sendall(request)
        answers = (fetch(secure, "/healthz") for _ in range(1000))
        answer = next(each for each in answers if each[0] != 200)
        assert (429, "too-many-requests", "application/problem+json") == described(*answer)
        assert ["5"] == answer[1].get_all("Retry-After")


def test_the_problems_of_nginx_are_those_of_the_site() -> None:
    """Each problem that the example can tell is one of the site, with the same status."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    told = re.findall(r"^ +(\d+|default) +.*/def/problems#([a-z-]+)\"", text, re.MULTILINE)
    assert len(told) > 5
    assert {} == {name: status for status, name in told if STATUS.get(name) != int(status.replace("default", "400"))}


@pytest.mark.parametrize("name", ["compose.yaml", "kennis-ld.service"])
def test_the_time_to_stop_is_enough(name: str) -> None:
    """Who stops the site waits for longer than a query may take and its processes need to end."""
    found = re.findall(r"(?:TimeoutStopSec=|stop_grace_period: )(\d+)", (DEPLOY / name).read_text(encoding="utf-8"))
    assert [True] == [int(seconds) > Budget().seconds + 3 for seconds in found]


INSIDE = """
import json, os, pathlib, signal, socket, subprocess, sys, time, urllib.error, urllib.request
command = [sys.executable, "-m", "kennis_ld.cli", "serve", sys.argv[1], "--releases", sys.argv[2], "--port", "8321"]
command += ["--query-seconds", "1"]
site = subprocess.Popen(command, stderr=subprocess.DEVNULL)
def ask(target):
    request = urllib.request.Request("http://127.0.0.1:8321" + target, headers={"Accept": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
deadline = time.monotonic() + 60
while ask("/readyz") != 200 and time.monotonic() < deadline:
    time.sleep(0.05)
seen = {"user": os.getuid(), "ready": ask("/readyz"), "query": ask("/sparql?query=ASK%7B%7D")}
seen["hostile"] = ask("/sparql?query=SELECT(COUNT(*)AS%20?n)%7B?a?b?c.?d?e?f.?g?h?i.?j?k?l%7D")
seen["after"] = ask("/sparql?query=ASK%7B?s?p?o%7D")
status = pathlib.Path("/proc/self/status").read_text()
seen["capabilities"] = int(status.split("CapEff:")[1].split()[0], 16)
try:
    pathlib.Path(sys.argv[3], "written").write_text("x")
    seen["root"] = "written"
except OSError:
    seen["root"] = "read-only"
try:
    socket.create_connection(("192.0.2.1", 80), timeout=2)
    seen["outside"] = "reached"
except OSError:
    seen["outside"] = "unreachable"
site.send_signal(signal.SIGTERM)
seen["end"] = site.wait(15)
print(json.dumps(seen))
"""


@needs("bwrap")
def test_the_site_needs_no_more_than_a_container_gives(tmp_path: Path) -> None:
    """With a read-only root, no capabilities, no network and nobody's rights the site does all it does (case 112)."""
    publication = write(tmp_path / "city")
    releases = tmp_path / "releases"
    releases.mkdir(mode=0o777)
    releases.chmod(0o777)
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    command = [
        *("bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--bind", str(releases), str(releases)),
        *("--tmpfs", "/dev/shm", "--setenv", "TMPDIR", "/dev/shm", "--setenv", "PYTHONDONTWRITEBYTECODE", "1"),  # noqa: S108
        *("--unshare-all", "--die-with-parent", "--cap-drop", "ALL", "--uid", "65534", "--gid", "65534"),
        *("--chdir", str(ROOT), sys.executable, "-c", INSIDE, str(publication), str(releases), str(tmp_path)),
    ]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if "Operation not permitted" in ran.stderr or "No permissions" in ran.stderr:
        pytest.skip("this system lets nobody make namespaces")
    assert 0 == ran.returncode, ran.stderr
    assert {
        "user": 65534,
        "ready": 200,
        "query": 200,
        "hostile": 503,
        "after": 200,
        "capabilities": 0,
        "root": "read-only",
        "outside": "unreachable",
        "end": 0,
    } == json.loads(ran.stdout)


@needs("systemd-analyze")
def test_the_units_are_sound(tmp_path: Path) -> None:
    """Systemd finds nothing wrong with the units."""
    for unit in DEPLOY.glob("*.service"):
        text = unit.read_text(encoding="utf-8").replace("/opt/kennis-ld/.venv/bin/kennis-ld", sys.executable)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    units = sorted(map(str, tmp_path.glob("*.service")))
    ran = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (0, "") == (ran.returncode, ran.stderr)


@pytest.mark.parametrize("name", ["Containerfile", "compose.yaml", "kennis-ld.service", "kennis-ld-build.service"])
def test_every_option_exists(name: str) -> None:
    """The commands in the examples are commands with options that kennis-ld has."""
    text = (DEPLOY / name).read_text(encoding="utf-8").replace("\\\n", " ")
    found = 0
    for line in text.splitlines():
        words = re.findall(r"[\w./-]+", line)
        command = next((word for word in words if word in main.commands), None)
        if command is None or "--releases" not in words or line.lstrip().startswith("#"):
            continue
        known = {option for parameter in main.commands[command].params for option in parameter.opts}
        options = [word for word in words if word.startswith("--")]
        assert set(options) <= known
        found += len(options)
    assert found


def test_what_the_image_copies_is_there() -> None:
    """Every file that the image is made of is in the project."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    copied = [source for line in re.findall(r"^COPY (?!--)(.*)$", text, re.MULTILINE) for source in line.split()[:-1]]
    assert copied
    for source in copied:
        assert (ROOT / source).exists(), source
