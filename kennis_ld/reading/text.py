"""Reads the text of a table that was taken out of a PDF or word processor: one row a line, cells divided by tabs.

In: a text file in UTF-8. Out: one `SourceRow` for every line that says something, in order, with its line and, where
form feeds divide the text into pages, its page. Rules of dashes between cells are dropped; nothing else is. What a row
means is decided in `kennis_ld.agenda.rows`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Place, SourceRow

LONGEST_LINE = 1_048_576
"""Characters in a line; a longer one is no row of a table and is refused before it fills the memory."""

_RULE = re.compile(r"[\s|+:=_–—-]*")
# Controls that no text should hold and that XML 1.0, section 2.2, cannot write.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")


def rows(path: Path) -> Iterator[SourceRow]:
    """Yields the rows of a text document, streaming: one line is in memory at a time.

    Raises:
        UnreadableInput: the file is missing, is no UTF-8, or holds a control character or an endless line.
    """
    pages = _has_pages(path)
    page = 1
    for number, line in enumerate(_lines(path), start=1):
        page += line.count("\f")
        text = line.replace("\f", "")
        if not text.strip() or _RULE.fullmatch(text):
            continue
        on_page = page if pages else None
        place = Place(path.name, number, number, on_page, on_page)
        cells = tuple(cell.strip() for cell in text.split("\t"))
        yield SourceRow(cells, place, in_table=len(cells) > 1)


def _has_pages(path: Path) -> bool:
    return any("\f" in line for line in _lines(path))


def _lines(path: Path) -> Iterator[str]:
    number = 0
    try:
        with path.open(encoding="utf-8-sig", newline=None) as file:
            while line := file.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    raise UnreadableInput(
                        f"The line is longer than {LONGEST_LINE} characters.",
                        where=f"{path.name}:{number}",
                        remedy="Check that the file is the text of a table, with one row on a line.",
                    )
                if control := _CONTROL.search(line):
                    raise UnreadableInput(
                        f"The line holds the control character U+{ord(control[0]):04X}.",
                        where=f"{path.name}:{number}:{control.start() + 1}",
                        remedy="Take it out, or extract the text from the document again.",
                    )
                yield unicodedata.normalize("NFC", line.rstrip("\n"))
    except UnicodeDecodeError as error:
        raise UnreadableInput(
            f"The text after line {number} is not UTF-8 (byte {error.object[error.start]:#04x}).",
            where=path.name,
            remedy='Save the file again as "UTF-8".',
        ) from error
    except OSError as error:
        raise UnreadableInput(
            f"The document cannot be opened: {error.strerror or error}.",
            where=str(path),
            remedy="Put the document there, or correct its name in publication.toml.",
        ) from error
