"""Where the releases of a publication are kept, and which there are."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from kennis_ld.errors import UnreadableInput
from kennis_ld.publication.bundled import INSTALLED
from kennis_ld.publication.publication import Publication
from kennis_ld.release.feed import FOLDER


def releases_folder(publication: Publication, chosen: str | Path | None) -> Path:
    """Returns where the releases of a publication go.

    That is the chosen folder, else `releases/` in the publication. Where there is none yet and it cannot be made, or
    the publication belongs to the installed package, it is a folder in the user's data folder.
    """
    if chosen:
        return Path(chosen)
    beside = publication.folder / "releases"
    is_installed = publication.folder.resolve().is_relative_to(INSTALLED)
    # Releases that are there count, also for who may not add one: a build elsewhere would forget what they promised.
    if not is_installed and (beside.exists() or os.access(publication.folder, os.W_OK)):
        return beside
    return Path(platformdirs.user_data_dir("kennis-ld", appauthor=False)) / publication.agenda.key / "releases"


def kept(releases: Path) -> list[Path]:
    """Returns the folders of the releases that are kept, sound or damaged, by name."""
    if not releases.is_dir():
        return []
    return sorted(
        path
        for path in releases.iterdir()
        if path.is_dir() and not path.is_symlink() and not path.name.startswith(".") and path.name != FOLDER
    )


def named(releases: Path, start: str) -> Path:
    """Returns the folder of the one release whose name begins so.

    Raises:
        UnreadableInput: there is none, or there are several.
    """
    found = [path for path in kept(releases) if path.name.startswith(start)]
    if len(found) != 1:
        what = f"There are {len(found)} releases whose names begin so" if found else "There is no such release"
        raise UnreadableInput(
            f"{what}: {start!r}.", where=str(releases), remedy="`kennis-ld releases` lists the names."
        )
    return found[0]
