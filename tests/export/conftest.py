"""The static site of the made-up city Voorbeeldstad, written once, and the servers of Debian in front of it."""

from __future__ import annotations

import contextlib
import http.client
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask

from kennis_ld.export import static_site
from kennis_ld.release import feed, manifest
from kennis_ld.release.release import Release
from kennis_ld.web.app import create_app
from tests.ports import free_port, listens
from tests.waiting import eventually
from tests.web.city import BASE, CountingEngine, site_of, write_release


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application that it is made of; one project was withdrawn, one replaced, a page of the feed taken."""
    release = write_release(tmp_path_factory.mktemp("releases"))
    # Not all: nine hundred measurements, partitions, participations and so on have pages made in the same way.
    for name in ("void.ttl", "report.ttl"):
        _leave_one_of_each_kind(release.folder / name)
    statements = release.folder / "agenda.nq"
    kept = re.compile(rf"<{re.escape(BASE)}/id/(?:project|organisatie|thema|editie|agenda|besluit)/")
    lines = statements.read_text("utf-8").splitlines(keepends=True)
    statements.write_text("".join(line for line in lines if kept.match(line)), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feed, "MOST_MEMBERS", 10)
        feed.write(release.folder.parent, before="", after=release.digest, when=datetime(2030, 1, 2, tzinfo=UTC))
    (release.folder.parent / feed.FOLDER / "000001" / "2.nt").unlink()
    release = Release.of(release.folder, manifest.read(release.folder))
    return create_app(site_of(release, CountingEngine(release)))


def _leave_one_of_each_kind(path: Path) -> None:
    """Leaves of a file in Turtle what is said of one thing of each concept."""
    said = [*ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)]
    kept = {str(each.subject).removeprefix(f"<{BASE}/id/").partition("/")[0]: each.subject for each in said}
    lines = "".join(f"{each} .\n" for each in said if each.subject in kept.values())
    path.write_text(lines, "utf-8")


@pytest.fixture(scope="session")
def exported(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static site."""
    folder = tmp_path_factory.mktemp("export") / "site"
    for path in (folder.parent, *folder.parent.parents[:2]):
        path.chmod(0o755)
    static_site.export(app, app.extensions["kennis_ld"], folder, progress=lambda what, done, total: None)
    return folder


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answers; names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Server:
    """A running server of files."""

    name: str
    port: int

    def get(self, path: str, headers: Mapping[str, str]) -> Answer:
        """Returns the answer to a request."""
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request("GET", path, headers=dict(headers))
            with connection.getresponse() as answer:
                headers = {name.lower(): value for name, value in answer.getheaders()}
                return Answer(answer.status, headers, answer.read())


@pytest.fixture(scope="session", params=["nginx", "apache2"])
def server(request: pytest.FixtureRequest, exported: Path) -> Iterator[Server]:
    """Debian's nginx, and its Apache, each with the rules that were made, on a port of this machine."""
    name: str = request.param
    program = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if program is None:
        pytest.skip(f"needs {name}: apt-get install {PACKAGES[name]}")
    port = free_port()
    # Not in a folder of pytest: Apache reads files as somebody else, whom pytest keeps out.
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        options = (_nginx if name == "nginx" else _apache)(exported, folder, port)
        process = stack.enter_context(subprocess.Popen([program, *options], stderr=subprocess.PIPE))
        try:
            assert eventually(lambda: process.poll() is not None or listens(port), seconds=10)
            assert process.poll() is None, process.stderr.read() if process.stderr else b""
            yield Server(name, port)
        finally:
            process.terminate()
            process.wait(10)


PACKAGES = {"nginx": "nginx-light", "apache2": "apache2-bin"}
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
_AS_OTHER = "User www-data\nGroup www-data\n"
_MODULES = ("mpm_event", "authz_core", "mime", "setenvif", "rewrite", "headers", "dir")


def _is_root(folder: Path) -> bool:
    return Path("/root").owner() == folder.owner()


def _nginx(exported: Path, folder: Path, port: int) -> list[str]:
    """Writes what nginx needs; returns its options."""
    rules = (
        (exported / static_site.NGINX).read_text(encoding="utf-8").replace("listen 80;", f"listen 127.0.0.1:{port};")
    )
    rules = re.sub("server_name [^;]+;", "server_name _;", rules)
    (folder / "rules.conf").write_text(rules, encoding="utf-8")
    temporary = "".join(f"{kind}_temp_path {folder / kind};\n" for kind in _TEMPORARY)
    (folder / "nginx.conf").write_text(
        f"{'user root;' if _is_root(folder) else ''}\n"
        f"daemon off; worker_processes 1; pid {folder / 'pid'}; error_log {folder / 'error.log'};\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{temporary}include {folder / 'rules.conf'};\n}}\n",
        encoding="utf-8",
    )
    return ["-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]


def _apache(exported: Path, folder: Path, port: int) -> list[str]:
    """Writes what Apache needs: what the documentation says, and no more; returns its options."""
    loaded = "".join(f"LoadModule {each}_module /usr/lib/apache2/modules/mod_{each}.so\n" for each in _MODULES)
    www = shutil.copytree(exported / "www", folder / "www")
    (folder / "apache.conf").write_text(
        f"{loaded}ServerRoot {folder}\nServerName localhost\nListen 127.0.0.1:{port}\nTypesConfig /dev/null\n"
        f"PidFile {folder / 'pid'}\nErrorLog {folder / 'error.log'}\nDefaultRuntimeDir {folder}\n"
        f"StartServers 1\n{_AS_OTHER if _is_root(folder) else ''}"
        f"DocumentRoot {www}\n<Directory {www}>\nAllowOverride All\nRequire all granted\n</Directory>\n",
        encoding="utf-8",
    )
    return ["-D", "FOREGROUND", "-f", str(folder / "apache.conf")]
