"""Makes a staged release the current one, so that a reader sees the old release or the new one, whole, at any moment.

The order is: every file written and flushed to disk, the folder renamed to its name, the link `current` replaced by a
rename. Each of the two renames is atomic (POSIX rename), so a process or a machine that stops anywhere in between
leaves a state that is either the old one or the new one. What a stopped build leaves behind is swept by the next.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from kennis_ld.errors import DamagedRelease, KennisError, UnreadableInput
from kennis_ld.release import feed, history, manifest
from kennis_ld.release.disk import flush

CURRENT = "current"
_LOCK = ".lock"
_STAGING = ".staging-"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""What the system says where there is no room for a file, or none for so long a one."""


@contextlib.contextmanager
def locked(releases: Path) -> Iterator[None]:
    """Holds the publish lock: nobody else builds, or changes the current release, meanwhile.

    Raises:
        UnreadableInput: the folder of releases cannot be written.
        KennisError: another command is at work in it.
    """
    try:
        releases.mkdir(parents=True, exist_ok=True)
        lock = (releases / _LOCK).open("a")
        if not os.access(releases, os.W_OK | os.X_OK):
            # The lock was there already, and open to us, where nothing else is.
            lock.close()
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise _cannot_write(releases, error) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise KennisError(
                "Another build or rollback is at work in this folder.",
                where=str(releases),
                remedy="Wait until it is done.",
            ) from error
        yield


@contextlib.contextmanager
def staging(releases: Path) -> Iterator[Path]:
    """Gives an empty folder to write a release in, and holds the publish lock; the folder is gone at the end.

    Raises:
        UnreadableInput: the folder of releases cannot be written.
        KennisError: another command is at work in it.
    """
    with locked(releases):
        for orphan in releases.glob(f"{_STAGING}*"):  # of a build that was stopped; we hold the lock
            shutil.rmtree(orphan, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=_STAGING, dir=releases))
        folder.chmod(0o755)
        try:
            yield folder
        except OSError as error:
            if error.errno in _FULL:
                raise _cannot_write(releases, error) from error
            raise
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _cannot_write(releases: Path, error: OSError) -> UnreadableInput:
    return UnreadableInput(
        f"Releases cannot be written here: {error.strerror or error}.",
        where=str(releases),
        remedy="Make room, or choose another folder with --releases."
        if error.errno in _FULL
        else "Choose another folder with --releases.",
    )


def publish(staged: Path, releases: Path, *, version: str) -> Path:
    """Makes the staged folder a release and the current one; returns the folder of the release.

    A release of the same name is the same release: it is kept where it is sound, and replaced where it is damaged.

    Raises:
        DamagedRelease: the staged files are not what the manifest says.
        OSError: the disk is full or cannot be written; the current release stays.
    """
    name = manifest.read(staged).release
    release = releases / name
    for path in sorted(staged.iterdir()):
        path.chmod(0o644)
        flush(path)
    flush(staged)
    if release.exists() and not _sound(release):
        damaged = Path(tempfile.mkdtemp(prefix=_STAGING, dir=releases)) / name
        release.rename(damaged)
    if not release.exists():
        staged.rename(release)
        flush(releases)
    switch(releases, name, by="build", version=version)
    return release


def switch(releases: Path, name: str, *, by: str, version: str) -> None:
    """Makes a release the current one; to be called with the lock (`locked`, `staging`).

    The history keeps which command did so, and its version.

    Raises:
        DamagedRelease: the release is not there or not sound.
        OSError: the disk is full or cannot be written; the current release stays.
    """
    # Its own name: a link to a release is one too, by another name.
    name = manifest.verified(releases / name).release
    before = target(releases)
    if before == name:
        return
    moment = datetime.now(UTC)
    feed.write(releases, before=before, after=name, when=moment)
    history.record(releases, before=before, after=name, by=by, version=version, when=moment)
    link = releases / f".{CURRENT}-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(name)
    link.replace(releases / CURRENT)
    flush(releases)


def target(releases: Path) -> str:
    """Returns the name of the release that the link `current` points to, sound or not; empty where there is none.

    Raises:
        DamagedRelease: something else stands in the place of the link.
    """
    link = releases / CURRENT
    if link.exists() and not link.is_symlink():
        raise DamagedRelease(
            "This is not the link that says which release is the current one; a copy may have followed the link.",
            where=str(link),
            remedy="Take it away, then run kennis-ld rollback with the name of a release, or kennis-ld build.",
        )
    return link.readlink().name if link.is_symlink() else ""


def current(releases: Path) -> Path | None:
    """Returns the folder of the current release; None where there is none.

    Raises:
        DamagedRelease: the link `current` leads nowhere, or something else stands in its place.
    """
    if not target(releases):
        return None
    folder = (releases / CURRENT).resolve()
    if not folder.is_dir():
        raise DamagedRelease(f"The current release {folder.name} is gone.", where=str(releases), remedy=manifest.WAY_ON)
    return folder


def _sound(folder: Path) -> bool:
    try:
        manifest.verified(folder)
    except DamagedRelease:
        return False
    return True
