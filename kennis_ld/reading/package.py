"""Reads a document that is a zip: sees by its parts what it is, and lists what it carries that is never opened.

In: an open file. Out: the rows of the Word file or spreadsheet in it, and findings. Macros, embedded files and links to
other files are named and left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, Place, SourceRow
from kennis_ld.reading import kinds, limits
from kennis_ld.reading.archive import Archive
from kennis_ld.reading.docx import rows as docx_rows
from kennis_ld.reading.ods import rows as ods_rows
from kennis_ld.reading.xlsx import rows as xlsx_rows
from kennis_ld.reading.xmlstream import parts

_ODS = re.compile(r"application/(?:x-)?vnd\.oasis\.opendocument\.spreadsheet(?:-template)?")
_ROOTS = {"{w}document": "docx", "{s}workbook": "xlsx"}
_CARRIED = ("vbaproject", "embeddings/", "activex/", "externallinks/", "basic/", "scripts/", "object ")
_SAVE = f"Save the table as one of: {', '.join(kinds.NAMES)}."


def rows(file: BinaryIO, document: str) -> Iterator[SourceRow | Finding]:
    """Yields the rows of a document that is a zip.

    Raises:
        UnreadableInput: it is neither a Word file nor a spreadsheet, it is damaged, or it goes beyond a bound.
    """
    archive = Archive(file, document)
    kind_of_document, main = _kind(archive)
    if kind_of_document == "docx":
        archive.bound(limits.EXPANDED_BYTES)
    if other := kinds.mismatch(document, kind_of_document):
        yield other
    carried = [name for name in archive.names if any(part in name.casefold() for part in _CARRIED)]
    # More than a link to click on: a template, picture or frame that Word would fetch.
    carried += [path for kind, path, outside in archive.relations(main).values() if outside and kind != "hyperlink"]
    if carried:
        yield Finding("carried-along", Place(document), words=", ".join(dict.fromkeys(carried)))
    if kind_of_document == "docx":
        yield from docx_rows(archive, main)
    elif kind_of_document == "xlsx":
        yield from xlsx_rows(archive, main)
    else:
        yield from ods_rows(archive)


def _kind(archive: Archive) -> tuple[str, str]:
    """Returns the kind of the document and the name of its main part, wherever in the zip that stands."""
    if "mimetype" in archive:
        stated = b"".join(archive.chunks("mimetype"))[:200].decode("ascii", "replace").strip()
        if _ODS.fullmatch(stated):
            return "ods", ""
        raise UnreadableInput(f"The document is a zip of the kind {stated!r}.", where=archive.document, remedy=_SAVE)
    main = next((path for kind, path, _ in archive.relations("").values() if kind == "officeDocument"), "")
    root = _root(archive, main) if main.casefold().endswith(".xml") and main in archive else ""
    if root in _ROOTS:
        return _ROOTS[root], main
    raise UnreadableInput(
        "The document is a zip, but no Word file or spreadsheet.", where=archive.document, remedy=_SAVE
    )


def _root(archive: Archive, part: str) -> str:
    """Returns the name of the outermost element of a part."""
    for _, element in parts(archive.chunks(part), (), where=f"{archive.document}: {part}"):
        return element.tag
    return ""
