"""Reads a table in CSV or TSV: cells divided by commas, semicolons, tabs or bars, quoted where they hold one.

In: a text file. Out: one `SourceRow` for every record, with its lines. Which character divides is seen from the first
records: the one that gives them all the same number of cells. Quotation marks are read strictly, because one that is
never closed swallows the rest of the file. A table of Markdown is one with bars; its marks are no part of the words.
"""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, Kind, Place, SourceRow
from kennis_ld.reading import wellformed
from kennis_ld.reading.blocks import web_pages
from kennis_ld.reading.encoding import encoding
from kennis_ld.reading.text import lines

DELIMITERS = ",;\t|"
"""What may stand between two cells."""

_SAMPLE = 200
_MARKDOWN = (".md", ".markdown")
_EXCEL = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_RULE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?)?\s*")
_HEADING = re.compile(r"\s*#{1,6}\s+(?P<words>.*?)[\s#]*")
_STRUCK = re.compile(r"(?<!\\)~~(?=\S)(.{1,1000}?)(?<=\S)~~")
_NOTE = re.compile(r"(?<!\\)\[\^([^\[\]\s]+)\]")  # [^1]
_MARKS = (
    (re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)"), r"\1"),  # [text](link)
    (re.compile(r"<(https?://[^<>\s]+)>"), r"\1"),
    (re.compile(r"(?<!\\)(\*\*|`+)(?=\S)(.{1,1000}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w\\])(__|_|\*)(?=\S)(.{1,1000}?)(?<=[^\s\\])\1(?!\w)"), r"\2"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
"""Marks of Markdown within a line, and what is left of them; of a word such as `a_b_c` they are a part."""

_LINK = re.compile(r"(?<!!)\[[^\[\]]*\]\(((?:[^()\s]|\([^()\s]*\))*)")
_STARTS_A_ROW = re.compile(r"\s*\"?[A-Za-z]{0,3}[0-9]{1,4}[a-z]{0,2}[.)]?\"?\s*")


def rows(file: BinaryIO, document: str) -> Iterator[SourceRow | Finding]:
    """Yields the rows of a delimited text, streaming.

    Raises:
        UnreadableInput: it is in no encoding that can be told, no character divides it evenly, or a quotation mark is
            out of place.
    """
    codec, guessed = encoding(file, document)
    if guessed:
        yield guessed
    first = next(lines(file, codec, document), "")
    stated = _EXCEL.fullmatch(first.strip("\r\n"))
    sample = list(itertools.islice(lines(file, codec, document), _SAMPLE))
    divider = stated[1] if stated else delimiter(sample, two=True)
    is_named = document.casefold().endswith(_MARKDOWN)
    if (divider == "|" and any(map(_RULE.fullmatch, sample))) or (is_named and any(map(_HEADING.fullmatch, sample))):
        yield from _markdown(lines(file, codec, document), document)
        return
    if not divider:
        raise UnreadableInput(
            "No comma, semicolon, tab or bar divides the lines into cells evenly.",
            where=document,
            remedy='Save the table again as "CSV UTF-8" from the spreadsheet.',
        )
    records = _Records(lines(file, codec, document), skip=1 if stated else 0)
    reader = csv.reader(records, delimiter=divider, strict=True)
    width = 0
    while True:
        records.begin()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _no_csv(error, document, records) from error
        if cells is None:
            return
        place = Place(document, records.start, records.number)
        texts = tuple(wellformed.text(cell) for cell in cells)
        if not any(texts):
            continue
        width = width or len(texts)
        yield SourceRow(texts, place, Kind.ROW if len(texts) > 1 else Kind.TEXT)
        if swallowed := _swallowed(records.record[1:], divider, width):
            yield Finding("row-in-quotes", place, words=swallowed.strip('"'))


def _markdown(source: Iterator[str], document: str) -> Iterator[SourceRow | Finding]:
    """Yields the rows, headings and other lines of a text with tables of Markdown; "\\|" is a bar within a cell."""
    for number, line in enumerate(source, start=1):
        place = Place(document, number, number)
        if not line.strip() or _RULE.fullmatch(line):
            continue
        found = _HEADING.fullmatch(line)
        is_row = not found and re.search(r"(?<!\\)\|", line)
        bare = line.strip().removeprefix("|").removesuffix("|")
        if is_row and (notes := _NOTE.findall(bare)):
            yield Finding("note-mark", place, words=", ".join(notes))
            bare = _NOTE.sub("", bare)
        cells = re.split(r"(?<!\\)\|", bare) if is_row else [found["words"] if found else line]
        shown, kept = (tuple(map(_plain, texts)) for texts in (cells, [_STRUCK.sub("", cell) for cell in cells]))
        kind = Kind.ROW if is_row else Kind.HEADING if found else Kind.TEXT
        links = tuple(web_pages(_LINK.findall(cell)) for cell in cells)
        yield SourceRow(shown, place, kind, kept=None if kept == shown else kept, links=links if any(links) else ())


def _plain(marked: str) -> str:
    """Returns what a text says without the marks of Markdown."""
    text = _STRUCK.sub(r"\1", marked)
    for mark, left in _MARKS:
        text = mark.sub(left, text)
    return wellformed.text(text)


def delimiter(sample: Sequence[str], *, two: bool = False) -> str:
    """Returns the character that divides most of these lines in the same number of cells, or nothing.

    Args:
        two: whether it may divide them in two; then it must do so with every line.
    """
    found: list[tuple[float, int, str]] = []
    for candidate in DELIMITERS:
        counts = Counter(_widths(sample, candidate))
        wide = {width: number for width, number in counts.items() if width > 2 or (two and counts.keys() == {2})}
        if wide:
            width = max(wide, key=lambda key: (wide[key], key))
            found.append((wide[width] / counts.total(), width, candidate))
    return max(found)[2] if found else ""


def is_quoted(sample: Sequence[str]) -> bool:
    """Whether lines divided by tabs have cells in quotation marks as a spreadsheet writes them.

    A spreadsheet puts a cell in quotation marks where it holds a comma, a line break or a quotation mark; a text that
    somebody typed in quotation marks is not that.
    """
    text = "".join(f"{line}\n" for line in sample)
    if '"' not in text or "\t" not in text:
        return False
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True))
    except csv.Error:
        return False
    if len(rows) == len(sample) and len({len(row) for row in rows} - {0, 1}) > 1:
        return False
    if any("\t" in cell for row in rows for cell in row):  # a quotation mark that is closed in another cell
        return False
    quoted = (cell for row in rows for cell in row if any(sign in cell for sign in ',"\n'))
    return any('"' + cell.replace('"', '""') + '"' in text for cell in quoted)


def _widths(sample: Sequence[str], candidate: str) -> Iterator[int]:
    """Yields the number of cells of each row, up to the first that is no CSV; the reading itself then says so."""
    with contextlib.suppress(csv.Error):
        for cells in csv.reader([f"{line}\n" for line in sample], delimiter=candidate):
            if any(cell.strip() for cell in cells):
                yield len(cells)


class _Records:
    """The lines of a text, and which of them the record at hand was read from."""

    def __init__(self, source: Iterator[str], *, skip: int) -> None:
        self._source = itertools.islice(source, skip, None)
        self.number = skip
        self.start = skip + 1
        self.record: list[str] = []

    def begin(self) -> None:
        """Says that the next line starts a record."""
        self.start = self.number + 1
        self.record = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._source)
        self.number += 1
        self.record.append(line)
        return f"{line}\n"


def _swallowed(more: Sequence[str], divider: str, width: int) -> str:
    """Returns the lines within a quoted cell where one of them looks like a row of its own; else nothing."""
    divided = (line.split(divider) for line in more)
    if any(len(pieces) >= width > 1 and _STARTS_A_ROW.fullmatch(pieces[0]) for pieces in divided):
        return "\n".join(more)
    return ""


def _no_csv(error: csv.Error, document: str, records: _Records) -> UnreadableInput:
    what = {
        "unexpected end of data": "a quotation mark that is opened here is never closed",
        "line contains NUL": "the line holds a NUL",
    }.get(str(error), str(error))
    if "field larger than" in what:
        what = f"a cell has more than {csv.field_size_limit()} characters"
    return UnreadableInput(
        f"This is no CSV: {what} (lines {records.start} to {records.number}).",
        where=f"{document}:{records.start}",
        remedy="Check the quotation marks from this line on: one before and one after the cell, doubled within it.",
    )
