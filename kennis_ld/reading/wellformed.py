"""Makes text of cells one kind of text: composed letters, one kind of line end, nothing that cannot be published.

In: text as a reader found it. Out: the same words, or an error with the place. What the words mean is decided in
`kennis_ld.agenda`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, Place, SourceRow
from kennis_ld.reading import limits
from kennis_ld.reading.looks import without_marks

# Controls that no text should hold and that XML 1.0, section 2.2, cannot write; U+FFFD stands for a letter that an
# earlier program could not read.
UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd-\uffff]")
# 'Ã©' is what 'é' looks like when UTF-8 was taken for Windows-1252 in an earlier life of the text.
_GARBLED = re.compile(r"(?:Ã[\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\x80-\xbf™œ“”˜¦¢\u009d]|Â[\xa0-\xbf]|â‚¬)")

# Characters of no width and those that turn the direction of reading; a joiner within an emoji is none of them.
_INVISIBLE = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


# Beside a blank, as editors of web pages put them in empty lines, a sign without width says nothing.
_NO_WIDTH = re.compile(r"(?<!\S)[\u200b\u2060\ufeff]+|[\u200b\u2060\ufeff]+(?!\S)")

# Fonts of signs (Symbol, Wingdings) have their bullets among the characters for private use.
_BULLET = re.compile(r"(?m)^[\uf020-\uf0ff][^\S\n]+")

SOFT_HYPHEN = "\u00ad"
"""Says where a word may be broken at the end of a line, and is no part of the word."""

_NAMED_WORDS = 8


def text(raw: str) -> str:
    """Returns the text of a cell with composed letters (NFC) and one kind of line end, without blanks around it."""
    return unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n")).strip()


def checked(rows: Iterable[SourceRow | Finding], document: str) -> Iterator[SourceRow | Finding]:
    """Yields rows and findings within the bounds that hold for a document of any kind, without what is no letter.

    Soft hyphens and raised digits that refer to a note are taken out, and said.

    Raises:
        UnreadableInput: a cell holds a character that cannot be published or is too long, or there are too many rows.
    """
    count = 0
    soft: dict[str, None] = {}
    for row in rows:
        count += 1
        if count > limits.ROWS:
            continue  # counted to the end, so that the message can say how many there are
        if isinstance(row, Finding):
            yield replace(row, words=UNWANTED.sub(" ", row.words).replace(SOFT_HYPHEN, ""))
            continue
        broken = (word for cell in row.cells if SOFT_HYPHEN in cell for word in cell.split() if SOFT_HYPHEN in word)
        soft |= dict.fromkeys(word.replace(SOFT_HYPHEN, "") for word in broken)
        row, marks = _bare(row)
        for at, cell in enumerate(row.cells):
            if len(cell) > limits.CELL or UNWANTED.search(cell):
                _check(cell, _cell_place(row, at))
        yield row
        if struck := _struck(row):
            yield Finding("struck-out", row.place, words=struck)
        if marks:
            yield Finding("note-mark", row.place, words=", ".join(marks))
        if garbled := next((cell for cell in row.cells if _GARBLED.search(cell)), None):
            yield Finding("garbled-letters", row.place, words=_around(garbled, _GARBLED))
        if odd := next((cell for cell in row.cells if _INVISIBLE.search(cell)), None):
            signs = sorted({f"U+{ord(sign):04X}" for cell in row.cells for sign in _INVISIBLE.findall(cell)})
            words = _INVISIBLE.sub("", _around(odd, _INVISIBLE)).strip()
            yield Finding("invisible-characters", row.place, words=words, values={"characters": ", ".join(signs)})
    if soft:
        named = ", ".join(list(soft)[:_NAMED_WORDS])
        yield Finding("soft-hyphen", Place(document), words=named, values={"count": str(len(soft))})
    if count > limits.ROWS:
        raise UnreadableInput(
            f"The document has {count} rows; kennis-ld reads at most {limits.ROWS}.",
            where=document,
            remedy="Check that it is the right document, or divide it over several editions.",
        )


def _bare(row: SourceRow) -> tuple[SourceRow, list[str]]:
    """Returns a row without soft hyphens and marks of notes, with a dash for each bullet, and those marks."""
    marks: list[str] = []

    def bare(cells: tuple[str, ...]) -> tuple[str, ...]:
        plain = (_NO_WIDTH.sub("", cell.replace(SOFT_HYPHEN, "")) for cell in cells)
        found = [without_marks(_BULLET.sub("- ", cell)) for cell in plain]
        marks.extend(mark for _, taken in found for mark in taken)
        return tuple(text for text, _ in found)

    return replace(row, cells=bare(row.cells), kept=row.kept and bare(row.kept)), list(dict.fromkeys(marks))


def _struck(row: SourceRow) -> str:
    """Returns the words of a row that are struck through."""
    if row.kept is None:
        return ""
    found: list[str] = []
    for cell, kept in zip(row.cells, row.kept, strict=True):
        before, after = cell.split(), kept.split()
        blocks = SequenceMatcher(None, before, after, autojunk=False).get_opcodes() if cell != kept else ()
        found += [" ".join(before[start:end]) for kind, start, end, *_ in blocks if kind != "equal"]
    return " | ".join(filter(None, found))


def garbled(cell: str) -> str:
    """Returns words of a text whose letters were converted twice, as where an é became two signs; or nothing."""
    return _around(cell, _GARBLED) if _GARBLED.search(cell) else ""


def _cell_place(row: SourceRow, at: int) -> str:
    """Returns where a cell stands; where columns have no letters, which cell of the row it is."""
    return str(row.cell_place(at)) + (f", cell {at + 1}" if row.in_table and at >= len(row.columns) else "")


def _check(cell: str, where: str) -> None:
    if len(cell) > limits.CELL:
        raise UnreadableInput(
            f"The cell has more than {limits.CELL} characters.",
            where=where,
            remedy="Shorten the text, or check that the quotation marks in the file are closed.",
        )
    if unwanted := UNWANTED.search(cell):
        code = ord(unwanted[0])
        what = (
            "the sign for a letter that got lost (U+FFFD)" if code == 0xFFFD else f"the control character U+{code:04X}"
        )
        raise UnreadableInput(
            f"The text holds {what}, after {cell[max(0, unwanted.start() - 20) : unwanted.start()]!r}.",
            where=where,
            remedy="Correct the text there, or extract it from the document again.",
        )


def _around(cell: str, what: re.Pattern[str]) -> str:
    match = what.search(cell)
    return cell[max(0, match.start() - 20) : match.end() + 20] if match else cell[:40]
