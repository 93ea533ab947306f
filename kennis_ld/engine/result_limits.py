"""Keeps an answer within its bounds: counts its rows and bytes, and sees what XML cannot write.

The engine writes an answer much faster than Python can walk over its rows, so the rows are counted in what was written.
"""

from __future__ import annotations

import re

from kennis_ld.errors import ResultTooLarge

# What XML 1.0 (section 2.2) cannot write, in UTF-8; the engine writes it all the same, and the document is no XML.
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_JSON_STRING = re.compile(rb'"(?>(?:[^"\\]|\\.)*)"', re.DOTALL)
_CSV_STRING = re.compile(rb'"(?>(?:[^"]|"")*)"')


class BoundedBody:
    """A file to write an answer to, that takes so many bytes and no more; any number where that is None."""

    def __init__(self, most: int | None) -> None:
        self.body = bytearray()  # what was written
        self._most = most

    def write(self, chunk: bytes) -> int:
        """Takes a piece of the answer.

        Raises:
            ResultTooLarge: the answer has more bytes than it may have.
        """
        self.body += chunk
        if self._most is not None and len(self.body) > self._most:
            raise ResultTooLarge(limit=self._most, unit="bytes")
        return len(chunk)

    def flush(self) -> None:
        """Does nothing: there is nothing behind this file."""


def check_rows(body: bytes | bytearray, form: str, most: int | None) -> None:
    """Checks the rows of what was written of an answer, any number where `most` is None.

    Raises:
        ResultTooLarge: there are more.
    """
    if most is not None and has_more_rows(body, form, most):
        raise ResultTooLarge(limit=most, unit="rows")


def has_more_rows(body: bytes | bytearray, form: str, limit: int) -> bool:
    """Whether solutions that pyoxigraph wrote, perhaps not to the end, are more than `limit`."""
    match form:
        case "xml":
            # Every "<" of the data is escaped, so a tag is a tag.
            return body.count(b"<result>") > limit
        case "tsv":
            # Line ends of the data are escaped; the first line is the head.
            return body.count(b"\n") - 1 > limit
        case "csv":
            # Text between quotes can hold line ends, so an exact count is needed only where the rough one is too high.
            return body.count(b"\r\n") - 1 > limit and _CSV_STRING.sub(b"", body).count(b"\r\n") - 1 > limit
        case _:
            # Outside strings, `,{` stands between two rows and nowhere else; the last row has none after it.
            return body.count(b",{") + 1 > limit and _rows_of_json(body) > limit


def _rows_of_json(body: bytes | bytearray) -> int:
    marks = _JSON_STRING.sub(b"", body)
    rows = marks.find(b":[{")
    return 0 if rows < 0 else marks.count(b",{") + 1


def sound_xml(body: bytes) -> bytes | None:
    """Returns a document that pyoxigraph wrote as XML that says the same; None where XML cannot say it.

    A carriage return in the data is written as it is, and every XML parser would read it as a line feed (XML 1.0,
    section 2.11). There is none in the mark-up.
    """
    return None if _NOT_XML.search(body) else body.replace(b"\r", b"&#13;")
