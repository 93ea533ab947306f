"""Chooses the reader for a document. A new kind of document is a new module and a line in `READERS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import SourceRow
from kennis_ld.reading import text

READERS: Mapping[str, Callable[[Path], Iterator[SourceRow]]] = {".txt": text.rows}
"""Reader of each kind of document, by the end of its name."""


def rows(path: Path) -> Iterator[SourceRow]:
    """Yields the rows of a document of any kind that has a reader.

    Raises:
        UnreadableInput: there is no reader for this kind, or the reader cannot read the file.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableInput(
            f"kennis-ld has no reader for documents that end in {path.suffix or 'nothing'!r}.",
            where=str(path),
            remedy=f"Save the document as one of: {', '.join(sorted(READERS))}.",
        )
    return reader(path)
