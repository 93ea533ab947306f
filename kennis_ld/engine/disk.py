"""Holds the data of a release on disk, for more data than memory has room for.

The folder is a cache of the files of a release and never the truth: it is built aside, moved into place whole, and
only ever opened for reading. A store is never opened in a folder that may be missing or empty, for pyoxigraph would
make a valid store without statements of it (safety facts, section 2.4).
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from kennis_ld.engine.budget import Budget
from kennis_ld.engine.memory import DataFile, load_store
from kennis_ld.engine.store import StoreEngine
from kennis_ld.errors import DamagedRelease

_MARK = "built-from"
"""Name of the file, beside the store, that says from which files it was built."""


def open_store(folder: Path) -> ox.Store:
    """Returns the store of a folder that `build_store` made; for reading only.

    Raises:
        DamagedRelease: there is no store, it is damaged, or it is empty.
    """
    try:
        store = ox.Store.read_only(str(folder / "store"))
        is_empty = not len(store)
    except (OSError, RuntimeError) as error:
        # A block with another checksum than it should have is a RuntimeError, wherever it is met.
        raise _damaged(folder) from error
    if is_empty:
        raise _damaged(folder)
    return store


def build_store(files: Sequence[DataFile], folder: Path) -> None:
    """Makes a folder with a store of the files, unless there already is one of the same files.

    Killed at any moment, the folder is the old one, the new one, or none.

    Raises:
        DamagedRelease: a file cannot be loaded.
    """
    mark = _mark(files)
    if _is_built(folder, mark):
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as place:
        aside = Path(place) / "new"
        aside.mkdir()
        store = ox.Store(str(aside / "store"))
        load_store(files, store=store)
        store.flush()
        store.optimize()
        del store
        (aside / _MARK).write_text(mark, encoding="utf-8")
        # Who still reads the old store keeps its open files, so moving it away disturbs nobody.
        if folder.exists():
            folder.rename(Path(place) / "old")
        aside.rename(folder)


def disk_engine(files: Sequence[DataFile], folder: Path, *, budget: Budget | None = None) -> StoreEngine:
    """Returns an engine in this process on a store on disk, built first where it is not there.

    A folder that cannot be opened is built again, once.
    """
    build_store(files, folder)
    try:
        store = open_store(folder)
    except DamagedRelease:
        shutil.rmtree(folder)
        build_store(files, folder)
        store = open_store(folder)
    return StoreEngine(store, budget=budget)


def _is_built(folder: Path, mark: str) -> bool:
    try:
        return (folder / _MARK).read_text(encoding="utf-8") == mark and any((folder / "store").iterdir())
    except OSError:
        return False


def _mark(files: Sequence[DataFile]) -> str:
    """Returns what tells these files from others: their digests and their graphs."""
    whole = hashlib.sha256()
    for file in files:
        try:
            with file.path.open("rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()
        except OSError as error:
            raise DamagedRelease("The file cannot be read.", where=file.path.name) from error
        whole.update(f"{file.path.suffix} {digest} {file.graph}\n".encode())
    return f"{whole.hexdigest()} {ox.__version__}\n"


def _damaged(folder: Path) -> DamagedRelease:
    return DamagedRelease(
        "The store on disk is missing, damaged or empty.",
        where=folder.name,
        remedy="Remove the folder; it is built again.",
    )
