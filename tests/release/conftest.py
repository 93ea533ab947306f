"""Builds releases of the made-up city."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings
from kennis_ld.release.build import Built, build
from tests.publications import write

Builder = Callable[..., Built]


def build_city(
    folder: Path,
    changes: Mapping[str, str] | None = None,
    *,
    name: str = "city",
    releases: Path | None = None,
    gives_up: bool = False,
) -> Built:
    """Builds the made-up city with changed files; in one folder, the same folder of releases each time."""
    publication = settings.publication(write(folder / name, changes))
    kept = releases or folder / "releases"
    return build(publication, definitions(), releases=kept, version="0", gives_up=gives_up)


@pytest.fixture
def built(tmp_path: Path) -> Builder:
    """Builds the made-up city in the folder of the test."""
    return partial(build_city, tmp_path)
