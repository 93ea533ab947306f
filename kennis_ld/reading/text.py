"""Reads the text of a table that was taken out of a PDF or word processor: one row a line, cells divided by tabs.

In: a text file. Out: one `SourceRow` for every line that says something, in order, with its line and, where form feeds
divide the text into pages, its page. Rules of dashes between cells are dropped; nothing else is. What a row means is
decided in `kennis_ld.agenda.rows`.
"""

from __future__ import annotations

import contextlib
import io
import re
import unicodedata
from collections.abc import Generator, Iterator
from typing import BinaryIO

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, Kind, Place, SourceRow
from kennis_ld.reading import limits
from kennis_ld.reading.encoding import encoding
from kennis_ld.reading.wellformed import UNWANTED

_RULE = re.compile(r"[\s|+:=_–—-]*")


def rows(file: BinaryIO, document: str) -> Iterator[SourceRow | Finding]:
    """Yields the rows of a text document, streaming: one line is in memory at a time.

    Raises:
        UnreadableInput: it is in no encoding that can be told, or holds a control character or an endless line.
    """
    codec, guessed = encoding(file, document)
    if guessed:
        yield guessed
    with contextlib.closing(lines(file, codec, document)) as first_look:
        pages = any("\f" in line for line in first_look)
    page = 1
    for number, line in enumerate(lines(file, codec, document), start=1):
        page += line.count("\f")
        text = line.replace("\f", "")
        if not text.strip() or _RULE.fullmatch(text):
            continue
        on_page = page if pages else None
        place = Place(document, number, number, on_page, on_page)
        cells = tuple(cell.strip() for cell in text.split("\t"))
        yield SourceRow(cells, place, Kind.ROW if len(cells) > 1 else Kind.TEXT)


def lines(file: BinaryIO, codec: str, document: str) -> Generator[str, None, None]:
    """Yields the lines of a text without their ends, whatever ends them; composed letters (NFC).

    Raises:
        UnreadableInput: a line is too long or holds a control character.
    """
    file.seek(0)
    reader = io.TextIOWrapper(file, encoding=codec, newline=None)
    number = 0
    try:
        while line := reader.readline(limits.CELL + 1):
            number += 1
            if len(line) > limits.CELL:
                raise UnreadableInput(
                    f"The line is longer than {limits.CELL} characters.",
                    where=f"{document}:{number}",
                    remedy="Check that the file is the text of a table, with one row on a line.",
                )
            if control := UNWANTED.search(line.replace("\f", " ")):
                raise UnreadableInput(
                    f"The line holds the character U+{ord(control[0]):04X}.",
                    where=f"{document}:{number}:{control.start() + 1}",
                    remedy="Take it out, or extract the text from the document again.",
                )
            yield unicodedata.normalize("NFC", line.rstrip("\n"))
    finally:
        with contextlib.suppress(ValueError):  # whoever stopped reading half-way may have closed the file by now
            reader.detach()
