"""The made-up city behind its gateway."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kennis_ld.release.release import Release
from tests.server.served import Served, serving
from tests.web.city import write_release


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release folder, written once: a release never changes."""
    return write_release(tmp_path_factory.mktemp("releases"))


@pytest.fixture
def served(release: Release, tmp_path: Path) -> Iterator[Served]:
    """A gateway of the test's own, behind a proxy at 10.0.0.1."""
    with serving(release, tmp_path, proxies=("10.0.0.0/8",)) as served:
        yield served
