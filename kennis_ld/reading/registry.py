"""The readers that there are: one line for each kind of document. A new kind is a module, a line here and its tests.

A module of a reader has `rows(source, document)` and yields rows with their place (`kennis_ld.model.SourceRow`) and
findings. It is imported in the process that reads, so that no program that only asks pays for its libraries.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reader:
    """How one kind of document is known, and what reads it.

    Attributes:
        kind: its name, which is also how a person is told to save a document.
        module: full name of the module that reads it.
        ends: how the names of its files end, without the dot; they are only compared with what it is.
        is_it: whether a file is of this kind, by its first bytes; None for a text, or what is told by what is in a zip.
        in_zip: for a kind that is a zip: what its `mimetype` says, or the outermost element of its main part.
        loads: modules that a library of the reader would import later, when no file can be opened any more.
    """

    kind: str
    module: str
    ends: Sequence[str]
    is_it: Callable[[bytes], bool] | None = None
    in_zip: str = ""
    loads: Sequence[str] = ()


def _is_pdf(start: bytes) -> bool:
    return b"%PDF-" in start[:1_024]


def markup(start: bytes) -> bytes:
    """Returns the first bytes of markup in small letters, without what an encoding puts before and between them."""
    return start.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()


def _is_html(start: bytes) -> bool:
    folded = markup(start)
    return folded.startswith(b"<") and (b"<table" in folded or folded.startswith((b"<!doctype html", b"<html")))


_HERE = "kennis_ld.reading"
_LATE = ("cryptography.hazmat.backends.openssl.backend",)  # for a PDF that restricts editing

READERS: Sequence[Reader] = (
    Reader("txt", f"{_HERE}.text", ("txt", "text")),
    Reader("csv", f"{_HERE}.delimited", ("csv", "tsv", "tab", "md", "markdown")),
    Reader("xlsx", f"{_HERE}.xlsx", ("xlsx", "xlsm"), in_zip="{s}workbook"),
    Reader("ods", f"{_HERE}.ods", ("ods",), in_zip=r"application/(x-)?vnd.oasis.opendocument.spreadsheet(-template)?"),
    Reader("odt", f"{_HERE}.odt", ("odt",), in_zip=r"application/(x-)?vnd.oasis.opendocument.text(-template|-web)?"),
    Reader("docx", f"{_HERE}.docx", ("docx", "docm"), in_zip="{w}document"),
    Reader("pdf", f"{_HERE}.pdf", ("pdf",), _is_pdf, loads=_LATE),
    Reader("html", f"{_HERE}.markup", ("html", "htm", "xhtml"), _is_html),
)
"""Every kind that is read; a text that is of no other kind is read as text or CSV."""


def reader(kind: str) -> Reader:
    """Returns the reader of a kind."""
    return next(each for each in READERS if each.kind == kind)


def in_zip(what: str) -> Reader | None:
    """Returns the reader of a zip by what its `mimetype` says, or by the outermost element of its main part."""
    return next((each for each in READERS if each.in_zip and _fits(each.in_zip, what)), None)


def _fits(pattern: str, what: str) -> bool:
    return pattern == what or (pattern[0] != "{" and re.fullmatch(pattern, what) is not None)
