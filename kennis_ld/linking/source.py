"""Tells which kind of file it is, and yields its organisations as candidates; every kind is read as a stream."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from kennis_ld.errors import UnreadableInput, remedy_for
from kennis_ld.graph.formats import FORMATS
from kennis_ld.linking import rdf, ror, table
from kennis_ld.linking.candidate import Candidate

MOST_BYTES = 4 * 1024 * 1024 * 1024
"""Bytes that the records in a zip may grow to: ten times a dump of ROR."""

_RELEASE = "agenda.nq"
_ZIP = b"PK\x03\x04"
_GZIP = b"\x1f\x8b"
_ENDS = {".csv", ".tsv", ".tab", ".txt"}
_DAMAGES = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError)


def candidates(path: Path, *, wanted: Callable[[str], bool], known: Collection[str]) -> Iterator[Candidate]:
    """Yields the organisations of a file.

    Args:
        path: a dump of ROR (JSON, or the zip that ROR publishes), RDF, a table, or a folder of a release.
        wanted: whether a name is, or looks like, one that is asked for.
        known: IRIs of identities that the register has already.

    Raises:
        UnreadableInput: it cannot be read, or is of another kind.
    """
    file = path / _RELEASE if path.is_dir() else path
    try:
        with file.open("rb") as opened:
            head = opened.read(1024)
        yield from _read(file, head, wanted=wanted, known=known)
    except OSError as error:
        raise UnreadableInput(
            f"The file cannot be opened: {error.strerror or error}.",
            where=str(file),
            remedy=remedy_for(
                error, "Name a dump of ROR, RDF of another city, a table with name and identifier, or a release."
            ),
        ) from error
    except UnicodeDecodeError as error:
        raise UnreadableInput(
            "The file is not written in UTF-8.", where=str(file), remedy="Save it in UTF-8, or download it again."
        ) from error


def _read(path: Path, head: bytes, *, wanted: Callable[[str], bool], known: Collection[str]) -> Iterator[Candidate]:
    end = path.suffix.casefold()
    if head.startswith(_ZIP):
        yield from _zipped(path)
    elif end.removeprefix(".") in FORMATS:
        yield from rdf.candidates(path, end.removeprefix("."), wanted=wanted, known=known)
    elif head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"[", b"{")):
        with path.open(encoding="utf-8-sig") as text:
            yield from ror.candidates(text, str(path))
    elif end in _ENDS and not head.startswith(_GZIP):
        yield from table.candidates(path)
    else:
        raise _of_another_kind(path)


def _of_another_kind(path: Path) -> UnreadableInput:
    return UnreadableInput(
        "This is no kind of file to link with.",
        where=str(path),
        remedy="Give ROR as .json or .zip, RDF as .nq, .nt, .ttl, .rdf or .jsonld, a table as .csv; "
        "save a spreadsheet as .csv first.",
    )


def _zipped(path: Path) -> Iterator[Candidate]:
    """Yields the records of the one dump in a zip; where it is there in two schemas, of the newer."""
    try:
        with zipfile.ZipFile(path) as archive:
            dumps = [each for each in archive.infolist() if each.filename.casefold().endswith(".json")]
            dumps.sort(key=lambda each: ("schema_v2" in each.filename, each.filename))
            if not dumps:
                raise _of_another_kind(path)
            if dumps[-1].file_size > MOST_BYTES:
                raise UnreadableInput(
                    f"The dump in this zip has {dumps[-1].file_size} bytes; at most {MOST_BYTES} are read.",
                    where=str(path),
                    remedy="Check that it is the right file.",
                )
            with archive.open(dumps[-1]) as member:
                yield from ror.candidates(io.TextIOWrapper(member, "utf-8-sig"), f"{path}/{dumps[-1].filename}")
    except _DAMAGES as error:
        raise UnreadableInput(f"The zip is damaged: {error}.", where=str(path), remedy="Download it again.") from error
