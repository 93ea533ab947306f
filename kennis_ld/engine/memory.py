"""Holds the data of a release in memory: the usual engine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kennis_ld.engine.budget import Budget
from kennis_ld.engine.store import StoreEngine
from kennis_ld.errors import DamagedRelease

_FORMATS = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".ttl": ox.RdfFormat.TURTLE,
}
_REMEDY = "Build the release again, or go back to an earlier one."


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of a release that goes into the store.

    Attributes:
        path: N-Quads (`.nq`), N-Triples (`.nt`) or Turtle (`.ttl`) without relative IRIs.
        graph: IRI of the named graph for its triples; None for the default graph. N-Quads name their own graphs.
        sha256: what the manifest says of its bytes; None to trust them.
    """

    path: Path
    graph: str | None = None
    sha256: str | None = None


def data_files(files: Iterable[DataFile | Path]) -> tuple[DataFile, ...]:
    """Returns the files as `DataFile`; the triples of a bare path go into the default graph."""
    return tuple(file if isinstance(file, DataFile) else DataFile(file) for file in files)


def load_store(files: Iterable[DataFile | Path], *, store: ox.Store | None = None) -> ox.Store:
    """Returns a store with the statements of the files.

    Args:
        files: the files, or their paths.
        store: where they go; None for a new store in memory.

    Raises:
        DamagedRelease: a file is missing, not as the manifest says, or not in its format; or the files hold nothing at
            all, for an empty store would answer every query with nothing, and that is a lie.
    """
    store = ox.Store() if store is None else store
    for file in data_files(files):
        _load(store, file)
    if not len(store):
        raise DamagedRelease("The files of the release hold no statements.", remedy=_REMEDY)
    return store


def memory_engine(files: Iterable[DataFile | Path], *, budget: Budget | None = None) -> StoreEngine:
    """Returns an engine in this process on the files of a release."""
    return StoreEngine(load_store(files), budget=budget)


def _load(store: ox.Store, file: DataFile) -> None:
    where = file.path.name
    form = _FORMATS.get(file.path.suffix)
    if form is None:
        raise DamagedRelease("This kind of file cannot be loaded.", where=where, remedy="Give .nq, .nt or .ttl files.")
    graph = ox.NamedNode(file.graph) if file.graph else None
    try:
        with file.path.open("rb") as content:
            if file.sha256 and hashlib.file_digest(content, "sha256").hexdigest() != file.sha256:
                raise DamagedRelease(
                    "The file is not the one that the manifest describes.", where=where, remedy=_REMEDY
                )
            content.seek(0)
            store.bulk_load(content, form, to_graph=graph)
    except OSError as error:
        raise DamagedRelease("The file cannot be read.", where=where, remedy=_REMEDY) from error
    except SyntaxError as error:
        raise DamagedRelease("The file is not in its format.", where=where, remedy=_REMEDY) from error
