"""One running site for all tests of a process of the suite, and releases to serve."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kennis_ld.release import publish
from tests.serving.serving import DURATION, Site, release, serving
from tests.waiting import eventually


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases of the city that differ in one word; the first is the current one."""
    folder = tmp_path_factory.mktemp("built")
    first = release(folder / "city", folder / "releases")
    release(folder / "city", folder / "releases", "giet")
    publish.switch(folder / "releases", first.name, by="test", version="0")
    return folder / "releases"


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, releases: Path) -> Iterator[Site]:
    """A site that believes what 127.0.0.1 says about who asks, and stops a query after `DURATION` seconds."""
    options = ("--trusted-proxy", "127.0.0.1", "--query-seconds", str(DURATION))
    with serving(tmp_path_factory.mktemp("served"), releases, *options) as site:
        yield site


@pytest.fixture
def site(shared: Site) -> Site:
    """The site, whole: an earlier test may have killed a part of it."""
    assert eventually(lambda: shared.is_whole() and shared.answers())
    return shared
