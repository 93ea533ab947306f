"""Says what kind of document a file is, by its content; its name is only compared with that.

In: an open file and its name. Out: the kind, or an error that says what to save it as.
"""

from __future__ import annotations

from typing import BinaryIO

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, Place
from kennis_ld.reading import limits, registry

SAVE = f"Save the table as one of: {', '.join(reader.kind for reader in registry.READERS)}."
"""What to do with a document of a kind that is not read."""

_START = 1_048_576
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_ELSEWHERE = {
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"II*\x00": "a picture (scan)",
    b"MM\x00*": "a picture (scan)",
    b"\x1f\x8b": "a compressed file (gzip)",
    b"7z\xbc\xaf": "a compressed file (7z)",
    b"Rar!": "a compressed file (RAR)",
    b"SQLite format 3": "a database",
}


def kind_of(file: BinaryIO, document: str) -> str:
    """Returns a kind of the registry, `zip` or `text`; what is in a zip is seen when it is opened.

    Raises:
        UnreadableInput: the file is empty, or of a kind that cannot be read.
    """
    file.seek(0)
    start = file.read(_START)
    if not start.strip(b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise _wrong("The document is empty.", document, "Check that it is the right file.")
    if start.startswith(_OLD_OFFICE):
        if _PASSWORD in start or _PASSWORD in file.read(limits.FILE_BYTES):
            raise _wrong(
                "The document is protected with a password.", document, "Open it, take the password off, save it again."
            )
        raise _wrong(
            "The document is of the kind that Office wrote before 2007 (.doc, .xls).",
            document,
            "Open it and save it as .docx or .xlsx.",
        )
    for magic, what in _ELSEWHERE.items():
        if start.startswith(magic):
            raise _wrong(f"The document is {what}.", document, SAVE)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"
    for each in registry.READERS:
        if each.is_it and each.is_it(start):
            return each.kind
    if registry.markup(start).startswith(b"<?xml"):
        raise _wrong("The document is XML, but no web page.", document, SAVE)
    return "text"


def mismatch(document: str, kind: str) -> Finding | None:
    """Returns a finding when the name of a document says that it is of another kind than it is."""
    end = document.rpartition(".")[2].casefold()
    if end in registry.reader(kind).ends:
        return None
    return Finding("kind-differs", Place(document), words=document, values={"kind": kind})


def _wrong(what: str, document: str, remedy: str) -> UnreadableInput:
    return UnreadableInput(what, where=document, remedy=remedy)
