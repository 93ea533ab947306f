"""Builds releases of the made-up city."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings
from kennis_ld.release.build import Built, build
from tests.publications import write

Builder = Callable[..., Built]


@pytest.fixture
def built(tmp_path: Path) -> Builder:
    """Builds the made-up city with changed files; the same folder of releases each time."""

    def make(
        changes: Mapping[str, str] | None = None,
        *,
        name: str = "city",
        releases: Path | None = None,
        gives_up: bool = False,
    ) -> Built:
        publication = settings.publication(write(tmp_path / name, changes))
        kept = releases or tmp_path / "releases"
        return build(publication, definitions(), releases=kept, version="0", gives_up=gives_up)

    return make
