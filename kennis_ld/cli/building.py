"""Checks and builds for the commands, with a progress bar on stderr."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from kennis_ld.cli import progress
from kennis_ld.errors import KennisError
from kennis_ld.pipeline import checking
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication.publication import Publication
from kennis_ld.release import build as release_build
from kennis_ld.release import publish
from kennis_ld.release.folders import releases_folder

VIOLATIONS = 1
"""Exit code where a violation stops a release."""


def checked(publication: Publication) -> checking.Checked:
    """Returns what a publication amounts to; see `checking.check`."""
    with collecting_less(), progress.shown() as told:
        return checking.check(publication, definitions(), version=version("kennis-ld"), progress=told)


def built(publication: Publication, releases: Path | None, *, gives_up: bool = False) -> release_build.Built:
    """Builds a release where the releases of a publication go; see `kennis_ld.release.build.build`."""
    folder = releases_folder(publication, releases)
    with collecting_less(), progress.shown() as told:
        return release_build.build(
            publication, definitions(), releases=folder, version=version("kennis-ld"), gives_up=gives_up, progress=told
        )


def rehearsed(publication: Publication, releases: Path | None) -> release_build.Rehearsed:
    """Returns what would come of a build; see `kennis_ld.release.build.rehearse`."""
    folder = releases_folder(publication, releases)
    with collecting_less(), progress.shown() as told:
        return release_build.rehearse(
            publication, definitions(), releases=folder, version=version("kennis-ld"), progress=told
        )


@contextlib.contextmanager
def collecting_less() -> Iterator[None]:
    """Lets Python look for cycles less often: statements make none, and there are so many that looking takes long."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def current_release(publication: Publication, releases: Path | None) -> Path:
    """Returns the current release; builds one first where there is none."""
    folder = publish.current(releases_folder(publication, releases))
    if folder is None:
        folder = built(publication, releases).release
    if folder is None:
        raise KennisError(
            "There is no release, and violations stop a build.", remedy=f"Run: kennis-ld check {publication.folder}"
        )
    return folder
