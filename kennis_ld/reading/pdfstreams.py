"""Keeps the compressed streams of a PDF within bounds: the library unpacks each of them whole, whatever comes out.

Importing nothing and changing one name: pdfminer calls `zlib.decompress` for every stream, and gets this instead.
"""

from __future__ import annotations

import zlib
from typing import Any

import pdfminer.pdftypes

from kennis_ld.errors import UnreadableInput
from kennis_ld.reading import limits

_REMEDY = "Make the PDF again from the original document, or use that document itself."


class Streams:
    """Unpacks streams, counts what comes out, and remembers why it refused: the library forgets errors.

    Attributes:
        failure: the first refusal; None while all is well.
    """

    error = zlib.error
    decompressobj = staticmethod(zlib.decompressobj)

    def __init__(self, document: str) -> None:
        self.failure: UnreadableInput | None = None
        self._document = document
        self._left = limits.EXPANDED_BYTES
        library: Any = pdfminer.pdftypes
        library.zlib = self

    def next_page(self) -> None:
        """Starts counting anew."""
        self._left = limits.EXPANDED_BYTES

    def decompress(self, data: bytes) -> bytes:
        """Returns what is in a stream.

        Raises:
            UnreadableInput: it is too large, or damaged, so that text would be lost.
        """
        unpacker = zlib.decompressobj()
        try:
            content = unpacker.decompress(data, self._left + 1)
        except zlib.error as error:
            raise self._refused("A stream in the PDF is damaged.") from error
        self._left -= len(content)
        if self._left < 0:
            raise self._refused(
                f"A page of the PDF has an expanded size over {limits.EXPANDED_BYTES // 1024 // 1024} MB."
            )
        if not unpacker.eof:
            raise self._refused("A stream in the PDF is cut off.")
        return content

    def _refused(self, what: str) -> UnreadableInput:
        refused = UnreadableInput(what, where=self._document, remedy=_REMEDY)
        self.failure = self.failure or refused
        return refused
