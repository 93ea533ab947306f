"""ldes-client of others (npm) on the stream of changes: it copies all, follows a new release, and sees what left."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from werkzeug.serving import BaseWSGIServer, make_server

from kennis_ld.engine.store import StoreEngine, load_store
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings
from kennis_ld.release import feed, manifest
from kennis_ld.release.build import build
from kennis_ld.release.release import Release
from kennis_ld.web.app import create_app
from kennis_ld.web.store import store_files
from tests.publications import DOCUMENT, SETTINGS, write
from tests.release.test_rollback import TRIAL, WITHDRAWN
from tests.waiting import eventually
from tests.web.city import site_of

CLIENT = Path(__file__).parent / "node_modules" / ".bin" / "ldes-client"
ACTIVITY = "https://www.w3.org/ns/activitystreams#"
NEW, GONE = {"agenda.txt": TRIAL}, {"agenda.txt": DOCUMENT, "decisions.csv": WITHDRAWN}

pytestmark = pytest.mark.skipif(
    not CLIENT.is_file() or shutil.which("node") is None, reason="needs ldes-client: npm ci --prefix tests/clients"
)


class Served:
    """A site on a port of this machine that publishes when it is told to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.server: BaseWSGIServer = make_server("127.0.0.1", 0, Flask(__name__), threaded=True)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.release = self.publish({})

    def publish(self, changes: Mapping[str, str]) -> Path:
        """Builds a release, takes it into service and returns its folder."""
        base = SETTINGS.replace("https://data.zandwijk.example", self.url)
        city = settings.publication(write(self._folder / "city", {**changes, "publication.toml": base}))
        release = build(city, definitions(), releases=self._folder / "releases", version="0").release
        assert release is not None
        facts = manifest.read(release)
        engine = StoreEngine(load_store(store_files(release, facts)))
        self.server.app = create_app(site_of(Release.of(release, facts), engine))
        self.release = release
        return release


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The site, with its first release."""
    site = Served(tmp_path)
    thread = threading.Thread(target=site.server.serve_forever)
    thread.start()
    yield site
    site.server.shutdown()
    thread.join()
    site.server.server_close()


def there(lines: str) -> set[str]:
    """The things that are there after the members that a client wrote down, in their order."""
    found: dict[str, bool] = {}
    whole = lines[: lines.rfind("\n") + 1].encode()
    members: dict[str, dict[str, set[str]]] = {}
    for quad in ox.parse(whole, format=ox.RdfFormat.TRIG):
        values = members.setdefault(quad.subject.value, {})
        values.setdefault(quad.predicate.value.rpartition("#")[2], set()).add(quad.object.value)
    for _, values in sorted(members.items(), key=lambda item: min(item[1].get("published", {""}))):
        for thing in values.get("object", ()):
            found[thing] = f"{ACTIVITY}Delete" not in values["type"]
    return {thing for thing, is_there in found.items() if is_there}


def things(release: Path) -> set[str]:
    """The things that a release speaks of, but for those that it says are no longer."""
    every, gone = set(), set()
    for quad in ox.parse((release / "agenda.nq").read_bytes(), format=ox.RdfFormat.N_QUADS):
        if quad.graph_name == ox.DefaultGraph():
            every.add(quad.subject.value)
            if quad.predicate.value.endswith("#deprecated"):
                gone.add(quad.subject.value)
    return every - gone


def test_ldes_client_follows(served: Served, tmp_path: Path) -> None:
    """It copies all there is, and without being started again what a release brings and what the next one withdraws."""
    output = tmp_path / "members.nq"
    options = ["--follow", "--poll-interval", "100", "--ordered", "ascending"]
    with output.open("w") as file, subprocess.Popen([CLIENT, f"{served.url}/ldes", *options], stdout=file) as client:
        try:
            for changes in (None, NEW, GONE):
                expected = things(served.publish(changes) if changes else served.release)
                assert eventually(lambda expected=expected: expected == there(output.read_text()), seconds=30)
        finally:
            client.kill()


def test_ldes_client_copies_the_last_version(served: Served) -> None:
    """Whoever comes later gets each thing once, as itself, and of what is said of it all that the release says."""
    release = served.publish(NEW)
    ran = subprocess.run(
        [CLIENT, f"{served.url}/ldes", "--materialize", "--last-version-only"],
        capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    copied = {line for line in ran.stdout.decode().splitlines() if ACTIVITY not in line and "adms#status" not in line}
    copy = {str(quad.triple) for quad in ox.parse("\n".join(copied).encode(), format=ox.RdfFormat.TRIG)}
    said = ox.parse((release / "agenda.nq").read_bytes(), format=ox.RdfFormat.N_QUADS)
    assert {str(quad.triple) for quad in said if quad.graph_name == ox.DefaultGraph()} == copy


def test_ldes_client_copies_what_was_not_taken_away(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stops at a page that is gone (410), which a client of LDES 1.0 must not; so nothing leads it there."""
    monkeypatch.setattr(feed, "MOST_MEMBERS", 40)
    served: Served = request.getfixturevalue("served")
    (transaction,) = (served.release.parent / feed.FOLDER).iterdir()
    (transaction / "2.nt").unlink()
    left = "".join(page.read_text() for page in transaction.glob("*.nt"))
    ran = subprocess.run(
        [CLIENT, f"{served.url}/ldes", "--ordered", "ascending"], capture_output=True, timeout=60, check=True, text=True
    )
    about = re.compile(f"<{ACTIVITY}object> <([^>]*)>")
    assert {*about.findall(left)} == {*about.findall(ran.stdout)}
    assert len(about.findall(left)) > 40
