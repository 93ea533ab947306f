"""Where the releases of a publication go."""

from __future__ import annotations

from pathlib import Path

import pytest

from kennis_ld.publication import settings
from kennis_ld.release.folders import releases_folder
from tests.publications import write


def test_releases_go_beside_the_publication_unless_it_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chosen folder wins; then releases/ in the publication; then the user's data folder where there are none yet."""
    publication = settings.publication(write(tmp_path / "city"))
    assert tmp_path / "x" == releases_folder(publication, tmp_path / "x")
    assert tmp_path / "city" / "releases" == releases_folder(publication, None)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert tmp_path / "home" / "kennis-ld" / "zandwijk" / "releases" == releases_folder(publication, None)
    (tmp_path / "city" / "releases").mkdir()
    assert tmp_path / "city" / "releases" == releases_folder(publication, None)
