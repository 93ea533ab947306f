"""Keeps what an adoption changes, so that the last ones can be taken back one after another.

In: the files that are about to change. Out: a folder `adopted/` in the publication with one folder an adoption: the
files as they were, and a list of what they became. Nothing is taken back where a file was changed since.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kennis_ld.errors import UnreadableInput

FOLDER = "adopted"
_LIST = "changes.json"


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: files as they were before, and files that were not there before."""

    restored: Sequence[Path]
    removed: Sequence[Path]


@contextlib.contextmanager
def kept(folder: Path, changing: Iterable[Path], moved: Mapping[Path, Path]) -> Iterator[None]:
    """Keeps the files of a publication as they are, and then what the block within made of them.

    Where the block fails, or is stopped, the files are put back as they were.

    Args:
        moved: the files that it renames, and to what.
    """
    last = max((int(path.name) for path in (folder / FOLDER).glob("[0-9][0-9][0-9][0-9]")), default=0)
    store = folder / FOLDER / f"{last + 1:04}"
    before = {path: path.name if path.exists() else "" for path in changing}
    store.mkdir(parents=True)
    try:
        for path in before:
            if path.exists():
                shutil.copyfile(path, store / path.name)
    except BaseException:
        shutil.rmtree(store, ignore_errors=True)
        raise
    try:
        yield
        changes = {
            "files": {path.name: {"before": name, "sha256": _digest(path)} for path, name in before.items()},
            "proposals": {os.path.relpath(new, folder): os.path.relpath(old, folder) for old, new in moved.items()},
        }
        (store / _LIST).write_text(json.dumps(changes, indent=1, ensure_ascii=False), encoding="utf-8")
    except BaseException:
        _put_back(store, before, moved)
        raise


def undo(folder: Path) -> Undone:
    """Takes the last adoption of a publication back; its proposals have their names again.

    Raises:
        UnreadableInput: there is no adoption, or a table was changed since; nothing was changed then.
    """
    stores = _stores(folder)
    if not stores:
        raise UnreadableInput(
            "Nothing was adopted in this publication that can be taken back.",
            where=str(folder),
            remedy="Correct the tables themselves.",
        )
    store = stores[-1]
    changes: Mapping[str, Any] = json.loads((store / _LIST).read_text(encoding="utf-8"))
    for name, change in changes["files"].items():
        path = folder / name
        if not path.exists() or _digest(path) != change["sha256"]:
            raise UnreadableInput(
                "This table was changed since the adoption.",
                where=str(path),
                remedy=f"Correct the table itself; as it was before, it stands in {store}.",
            )
    files = {folder / name: str(change["before"]) for name, change in changes["files"].items()}
    _put_back(store, files, {folder / old: folder / new for new, old in changes["proposals"].items()})
    return Undone([path for path, name in files.items() if name], [path for path, name in files.items() if not name])


def _stores(folder: Path) -> Sequence[Path]:
    return sorted(path.parent for path in (folder / FOLDER).glob(f"*/{_LIST}"))


def _put_back(store: Path, before: Mapping[Path, str], moved: Mapping[Path, Path]) -> None:
    """Puts the kept files in their places by renaming them: a full disk has no room for a copy."""
    for path, name in before.items():
        if name:
            (store / name).replace(path)
        else:
            path.unlink(missing_ok=True)
    for old, new in moved.items():
        if new.exists() and not old.exists():
            new.replace(old)
    shutil.rmtree(store)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
