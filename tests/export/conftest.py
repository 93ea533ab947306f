"""The twin of the made-up city Voorbeeldstad, written once, and nginx in front of it."""

from __future__ import annotations

import contextlib
import http.client
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from kennis_ld.export import twin
from kennis_ld.web.app import create_app
from tests.ports import free_port, listens
from tests.waiting import eventually
from tests.web.city import BASE, CountingEngine, site_of, write_release


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application that the twin is made of; one project was withdrawn, one replaced."""
    release = write_release(tmp_path_factory.mktemp("releases"))
    # Not all: nine hundred measurements, partitions, participations and so on have pages made in the same way.
    (release.folder / "void.ttl").write_bytes(b"")
    statements = release.folder / "agenda.nq"
    kept = re.compile(rf"<{re.escape(BASE)}/id/(?:project|organisatie|thema|editie|agenda|besluit)/")
    lines = statements.read_text("utf-8").splitlines(keepends=True)
    statements.write_text("".join(line for line in lines if kept.match(line)), "utf-8")
    return create_app(site_of(release, CountingEngine(release)))


@pytest.fixture(scope="session")
def exported(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The twin."""
    folder = tmp_path_factory.mktemp("export") / "site"
    for path in (folder.parent, *folder.parent.parents[:2]):
        path.chmod(0o755)
    twin.export(app, app.extensions["kennis_ld"], folder, progress=lambda what, done, total: None)
    return folder


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answers; names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Nginx:
    """A running nginx."""

    port: int

    def get(self, path: str, headers: Mapping[str, str]) -> Answer:
        """Returns the answer to a request."""
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request("GET", path, headers=dict(headers))
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())


@pytest.fixture(scope="session")
def nginx(exported: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """Debian's nginx with the rules that were made, on a port of this machine."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("needs nginx: apt-get install nginx-light")
    folder = tmp_path_factory.mktemp("nginx")
    port = free_port()
    rules = (exported / twin.NGINX).read_text(encoding="utf-8").replace("listen 80;", f"listen 127.0.0.1:{port};")
    rules = re.sub("server_name [^;]+;", "server_name _;", rules)
    (folder / "rules.conf").write_text(rules, encoding="utf-8")
    temporary = "".join(f"{kind}_temp_path {folder / kind};\n" for kind in _TEMPORARY)
    (folder / "nginx.conf").write_text(
        f"{'user root;' if Path('/root').owner() == Path(folder).owner() else ''}\n"
        f"daemon off; worker_processes 1; pid {folder / 'pid'}; error_log {folder / 'error.log'};\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{temporary}include {folder / 'rules.conf'};\n}}\n",
        encoding="utf-8",
    )
    command = [program, "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        try:
            assert eventually(lambda: process.poll() is not None or listens(port), seconds=10)
            assert process.poll() is None, process.stderr.read() if process.stderr else b""
            yield Nginx(port)
        finally:
            process.terminate()
            process.wait(10)


_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
