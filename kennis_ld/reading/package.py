"""Reads a document that is a zip: sees by its parts what it is, and lists what it carries that is never opened.

In: an open file. Out: the rows of the Word file or spreadsheet in it, and findings. Macros, embedded files and links to
other files are named and left alone.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import BinaryIO

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, Place, SourceRow
from kennis_ld.reading import kinds
from kennis_ld.reading.archive import Archive
from kennis_ld.reading.registry import READERS, Reader, in_zip
from kennis_ld.reading.xmlstream import parts

_CARRIED = ("vbaproject", "embeddings/", "activex/", "externallinks/", "basic/", "scripts/", "object ")
_MODULES = {each.kind: importlib.import_module(each.module) for each in READERS if each.in_zip}
"""What reads each kind of zip; loaded before the process that reads can open no file any more."""


def rows(file: BinaryIO, document: str) -> Iterator[SourceRow | Finding]:
    """Yields the rows of a document that is a zip.

    Raises:
        UnreadableInput: it is neither a Word file nor a spreadsheet, it is damaged, or it goes beyond a bound.
    """
    archive = Archive(file, document)
    found, main = _kind(archive)
    if other := kinds.mismatch(document, found.kind):
        yield other
    carried = [name for name in archive.names if any(part in name.casefold() for part in _CARRIED)]
    # More than a link to click on: a template, picture or frame that Word would fetch.
    carried += [path for kind, path, outside in archive.relations(main).values() if outside and kind != "hyperlink"]
    if carried:
        yield Finding("carried-along", Place(document), words=", ".join(dict.fromkeys(carried)))
    yield from _MODULES[found.kind].rows(archive, main)


def _kind(archive: Archive) -> tuple[Reader, str]:
    """Returns the reader of the document and the name of its main part, wherever in the zip that stands."""
    if "mimetype" in archive:
        stated = b"".join(archive.chunks("mimetype"))[:200].decode("ascii", "replace").strip()
        if found := in_zip(stated):
            return found, ""
        raise UnreadableInput(
            f"The document is a zip of the kind {stated!r}.", where=archive.document, remedy=kinds.SAVE
        )
    main = next((path for kind, path, _ in archive.relations("").values() if kind == "officeDocument"), "")
    root = _root(archive, main) if main.casefold().endswith(".xml") and main in archive else ""
    if found := in_zip(root):
        return found, main
    raise UnreadableInput(
        "The document is a zip, but no Word file or spreadsheet.", where=archive.document, remedy=kinds.SAVE
    )


def _root(archive: Archive, part: str) -> str:
    """Returns the name of the outermost element of a part."""
    for _, element in parts(archive.chunks(part), (), where=f"{archive.document}: {part}"):
        return element.tag
    return ""
