"""A folder of releases that cannot be written: a clear error, and nothing in the folder is another."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings
from kennis_ld.release.build import build
from tests.publications import DOCUMENT, write

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(
    shutil.which("bwrap") is None, reason="needs bwrap (Debian package bubblewrap): permissions do not bind root"
)

REASONS = {"read-only": "Read-only file system", "without rights": "Permission denied"}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the city, and beside it the two releases that were built before its document changed again."""
    folder = tmp_path_factory.mktemp("kept")
    for words in ("hard regent", "giet", "stormt"):
        publication = settings.publication(
            write(folder / "city", {"agenda.txt": DOCUMENT.replace("hard regent", words)})
        )
        if words != "stormt":
            build(publication, definitions(), releases=folder / "releases", version="0")
    return folder


def run(command: str, city: Path, releases: Path, *, closed: Path, how: str) -> subprocess.CompletedProcess[str]:
    """Runs a command for which a folder cannot be written, by a user whom permissions bind."""
    as_anybody = ["bwrap", "--dev-bind", "/", "/", "--unshare-user", "--cap-drop", "ALL", "--die-with-parent"]
    read_only = ["--ro-bind", str(closed), str(closed)] if how == "read-only" else []
    arguments = [command, str(city), "--releases", str(releases)]
    if how == "without rights":
        closed.chmod(0o555)
    try:
        ran = subprocess.run(
            [*as_anybody, *read_only, "--chdir", str(ROOT), sys.executable, "-m", "kennis_ld.cli", *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        closed.chmod(0o755)
    if ran.stderr.startswith("bwrap: "):
        pytest.skip(f"this system lets nobody make namespaces: {ran.stderr.strip()}")
    return ran


def contents(folder: Path) -> Mapping[str, tuple[int, int, bytes]]:
    """Returns all that is in a folder, with its mode, the moment of its last change, and its bytes."""
    found = {}
    for path in (folder, *folder.rglob("*")):
        facts = path.lstat()
        data = bytes(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else b""
        found[str(path.relative_to(folder))] = facts.st_mode, facts.st_mtime_ns, data
    return found


def remark(releases: Path, how: str) -> str:
    return f"✖ {releases}: Releases cannot be written here: {REASONS[how]}. Choose another folder with --releases.\n"


@pytest.mark.parametrize("how", REASONS)
@pytest.mark.parametrize("command", ["build", "rollback"])
def test_case_92_releases_that_cannot_be_changed(kept: Path, tmp_path: Path, command: str, how: str) -> None:
    """A build and a rollback say what is wrong, where and what to do with exit code 2, and change nothing."""
    releases = tmp_path / "releases"
    shutil.copytree(kept / "releases", releases, symlinks=True)
    before = contents(releases)
    ran = run(command, kept / "city", releases, closed=releases, how=how)
    assert (2, "", remark(releases, how)) == (ran.returncode, ran.stdout, ran.stderr)
    assert before == contents(releases)
    assert len(before) > 20


@pytest.mark.parametrize("how", REASONS)
def test_case_92_releases_that_cannot_be_begun(kept: Path, tmp_path: Path, how: str) -> None:
    """Where no folder can be made a first build says so in the same way, and leaves no beginning of one."""
    parent = tmp_path / "parent"
    parent.mkdir()
    ran = run("build", kept / "city", parent / "releases", closed=parent, how=how)
    assert (2, "", remark(parent / "releases", how)) == (ran.returncode, ran.stdout, ran.stderr)
    assert [] == list(parent.iterdir())


def test_case_91_a_disk_without_room(kept: Path, tmp_path: Path) -> None:
    """Where a file cannot be written to its end the build says so, and the release of before stays as it is."""
    releases = tmp_path / "releases"
    shutil.copytree(kept / "releases", releases, symlinks=True)
    before = contents(releases)
    command = [sys.executable, "-m", "kennis_ld.cli", "build", str(kept / "city"), "--releases", str(releases)]
    ran = subprocess.run(
        ["prlimit", "--fsize=20000", *command], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    said = f"✖ {releases}: Releases cannot be written here: File too large."
    assert (2, f"{said} Make room, or choose another folder with --releases.\n") == (ran.returncode, ran.stderr)
    # The folder itself has had a guest.
    del before["."]
    assert before == {name: found for name, found in contents(releases).items() if name != "."}
