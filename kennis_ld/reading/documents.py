"""Reads a document of any kind: decides by its content what it is, and has it read where that can do no harm.

Text and CSV are read here, line by line. Everything that needs a parser for markup or binary data is read in a process
that can be killed (`kennis_ld.reading.sandbox`). A new kind of document is a new module and a line in
`kennis_ld.reading.registry`. What each reader makes of what it finds: `docs/documents.md`.
"""

from __future__ import annotations

import glob
import hashlib
import itertools
import stat
from collections.abc import Iterator, Sequence
from io import BufferedReader
from pathlib import Path

from kennis_ld.errors import UnreadableInput, remedy_for
from kennis_ld.model import Finding, Place, SourceRow
from kennis_ld.model.document import edge
from kennis_ld.reading import delimited, kinds, limits, registry, sandbox, text
from kennis_ld.reading.encoding import encoding
from kennis_ld.reading.wellformed import checked

_SAMPLE = 200


def rows(path: Path) -> Iterator[SourceRow | Finding]:
    """Yields the rows of a document of any kind that has a reader, and what is to be said about it.

    Raises:
        UnreadableInput: there is no reader for this kind, the reader cannot read the file, or the file changed
            meanwhile.
    """
    try:
        _check_file(path)
        with path.open("rb") as file:
            kind = kinds.kind_of(file, path.name)
            _check_size(path, limits.TEXT_BYTES if kind == "text" else limits.FILE_BYTES)
            digest = _digest(file)
    except OSError as error:
        raise cannot_be_opened(path, error) from error
    return _read(path, kind, digest)


def rows_of(paths: Sequence[Path]) -> Iterator[SourceRow | Finding]:
    """Yields the rows of several documents, the edge of a table between them.

    Raises:
        UnreadableInput: as for `rows`, of any of them.
    """
    for at, path in enumerate(paths):
        if at:
            yield edge(Place(path.name))
        yield from rows(path)


def _read(path: Path, kind: str, before: str) -> Iterator[SourceRow | Finding]:
    with path.open("rb") as file:
        if kind == "text":
            yield from _text(file, path.name)
        else:
            if kind != "zip" and (other := kinds.mismatch(path.name, kind)):
                yield other
            yield from sandbox.rows(file, kind=kind, document=path.name)
        try:
            with path.open("rb") as again:
                same = _digest(file) == before == _digest(again)
        except OSError:
            same = False
    if not same:
        raise UnreadableInput(
            "The document changed while it was read.",
            where=path.name,
            remedy="Close it in other programs and start again.",
        )


def _text(file: BufferedReader, document: str) -> Iterator[SourceRow | Finding]:
    """Reads text by its name: cells divided by tabs, or CSV; text without a single tab may be CSV with a wrong name."""
    named = document.rpartition(".")[2].casefold()
    codec, _ = encoding(file, document)
    sample = list(itertools.islice(text.lines(file, codec, document), _SAMPLE))
    comma = not any("\t" in line for line in sample) and delimited.delimiter(sample)
    kind = "csv" if named in registry.reader("csv").ends or comma else "txt"
    if other := kinds.mismatch(document, kind):
        yield other
    # Excel's "Unicode text" is CSV with tabs, and called .txt.
    reader = delimited if kind == "csv" or delimited.is_quoted(sample) else text
    yield from checked(reader.rows(file, document), document)


def _check_file(path: Path) -> None:
    if not stat.S_ISREG(path.stat().st_mode):
        raise UnreadableInput(
            "This is no file.", where=str(path), remedy="Name the document itself in publication.toml."
        )


def _check_size(path: Path, most: int) -> None:
    if (size := path.stat().st_size) > most:
        raise UnreadableInput(
            f"The document has {size} bytes; at most {most} are read of this kind.",
            where=str(path),
            remedy="Check that it is the right document; take large pictures out.",
        )


def _digest(file: BufferedReader) -> str:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def cannot_be_opened(path: Path, error: OSError) -> UnreadableInput:
    """Returns why a document cannot be opened, and what to do about it."""
    remedy = remedy_for(error, "Put the document there, or correct its name in publication.toml.")
    if isinstance(error, FileNotFoundError) and (whole := sorted(path.parent.glob(f"{glob.escape(path.name)}.*"))):
        # Windows does not show what a name ends in.
        remedy = f"Write its whole name in publication.toml: {whole[0].name}."
    return UnreadableInput(f"The document cannot be opened: {error.strerror or error}.", where=str(path), remedy=remedy)
