"""Text files with something wrong in them: characters, lines, delimiters, quotation marks, encodings, bytes.

In: rows with or without a change. Out: the file, and the rows that a person would see in it, taken from the changed
text itself by a small reading of our own.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from tests.reading.careful import Row
from tests.reading.mutants import Rows


@dataclass(frozen=True, slots=True)
class Form:
    """How a table is written as text: what divides its cells, and in which encoding; text has no quotation marks."""

    name: str
    delimiter: str
    encoding: str
    quoted: bool = True


FORMS: Mapping[str, Form] = {
    form.name: form
    for form in (
        Form("tekst.txt", "\t", "utf-8", quoted=False),
        Form("bom.txt", "\t", "utf-8-sig", quoted=False),
        Form("windows.txt", "\t", "cp1252", quoted=False),
        Form("utf16.txt", "\t", "utf-16", quoted=False),
        Form("komma.csv", ",", "utf-8"),
        Form("puntkomma.csv", ";", "utf-8-sig"),
        Form("windows.csv", ";", "cp1252"),
        Form("utf16.csv", "\t", "utf-16"),
        Form("utf16le.csv", "|", "utf-16-le"),
        Form("utf16be.csv", "\t", "utf-16-be"),
        Form("tab.tsv", "\t", "utf-8"),
        Form("streep.csv", "|", "utf-8"),
        Form("komma.txt", ",", "utf-8"),
    )
}


def written(rows: Rows, form: Form) -> str:
    """Returns the rows as text."""
    if not form.quoted:
        return "".join(form.delimiter.join(row) + "\n" for row in rows)
    out = io.StringIO()
    width = max(map(len, rows), default=0)
    writer = csv.writer(out, delimiter=form.delimiter, lineterminator="\r\n")
    writer.writerows([*row, *[""] * (width - len(row))] for row in rows)
    return out.getvalue()


def seen(text: str, form: Form) -> list[Row] | None:
    """Returns the rows that a person sees in a text; None where its quotation marks make no sense."""
    records: list[tuple[str, ...]] | None
    if form.quoted:
        records = _records(text, form.delimiter)
    else:
        lines = re.split(r"\r\n|\r|\n", text.replace("\f", ""))
        records = [tuple(line.split("\t")) for line in lines if line.strip(" \t|+:=_–—-")]
    if records is None:
        return None
    widths = [len(record) for record in records if len(record) > 1] or [0]
    width = max(sorted(set(widths)), key=widths.count)
    return [Row(record, line=len(record) == 1, ragged=len(record) != width) for record in records]


def swallowed(text: str, form: Form) -> bool:
    """Whether a cell in quotation marks holds a line that looks like a row of its own."""
    if not form.quoted:
        return False
    start = re.compile(r"\n\s*\"?[A-Za-z]{0,3}[0-9]{1,4}[a-z]{0,2}[.)]?\"?\s*" + re.escape(form.delimiter))
    width = max((len(record) for record in _records(text, form.delimiter) or ()), default=0)
    for record in _records(text, form.delimiter) or ():
        for cell in record:
            for match in start.finditer(cell):
                line = cell[match.start() + 1 :].partition("\n")[0]
                if line.count(form.delimiter) + 1 >= width > 1:
                    return True
    return False


def _records(text: str, delimiter: str) -> list[tuple[str, ...]] | None:
    """Reads CSV as RFC 4180 has it; None where a quotation mark is not closed, or is followed by a letter."""
    records: list[tuple[str, ...]] = []
    record: list[str] = []
    cell: list[str] = []
    state = "start"
    for char in [*re.sub(r"\r\n|\r", "\n", text), "\n"]:
        if state == "quoted":
            if char == '"':
                state = "quote"
            else:
                cell.append(char)
        elif state == "quote" and char == '"':
            cell.append(char)
            state = "quoted"
        elif char == delimiter or char == "\n":
            record.append("".join(cell))
            cell, state = [], "start"
            if char == "\n":
                if any(text.strip() for text in record):
                    records.append(tuple(record))
                record = []
        elif state == "quote":
            return None
        elif state == "start" and char == '"':
            state = "quoted"
        else:
            cell.append(char)
            state = "plain"
    return records if state == "start" and not cell and not record else None


# What can go wrong in a text.

Change = Callable[[Random, str, Form], str]


def _at(chance: Random, text: str, what: str) -> int:
    places = [match.start() for match in re.finditer(re.escape(what), text)]
    return chance.choice(places) if places else 0


def drop_a_delimiter(chance: Random, text: str, form: Form) -> str:
    at = _at(chance, text, form.delimiter)
    return text[:at] + text[at + 1 :]


def double_a_delimiter(chance: Random, text: str, form: Form) -> str:
    at = _at(chance, text, form.delimiter)
    return text[:at] + form.delimiter + text[at:]


def other_delimiter(chance: Random, text: str, form: Form) -> str:
    at = _at(chance, text, form.delimiter)
    return text[:at] + chance.choice(",;\t| ") + text[at + 1 :]


def blanks_for_a_tab(chance: Random, text: str, form: Form) -> str:
    at = _at(chance, text, form.delimiter)
    return text[:at] + " " * chance.randint(1, 8) + text[at + 1 :]


def join_lines(chance: Random, text: str, form: Form) -> str:
    at = _at(chance, text, "\n")
    return text[:at].removesuffix("\r") + chance.choice(("", " ")) + text[at + 1 :]


def break_a_line(chance: Random, text: str, form: Form) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(("\n", "\r\n", "\r")) + text[at:]


def break_behind_a_delimiter(chance: Random, text: str, form: Form) -> str:
    at = _at(chance, text, form.delimiter) + chance.randint(0, 1)
    return text[:at] + "\n" + text[at:]


def stray_quotes(chance: Random, text: str, form: Form) -> str:
    for _ in range(chance.randint(1, 3)):
        at = chance.choice((chance.randint(0, len(text)), _at(chance, text, form.delimiter) + 1))
        text = text[:at] + '"' + text[at:]
    return text


def quotes_over_rows(chance: Random, text: str, form: Form) -> str:
    """A quotation mark at the start of one cell, and one at the end of a cell of another row."""
    starts = [match.end() for match in re.finditer(re.escape(form.delimiter) + r"(?!\")", text)]
    ends = [match.start() for match in re.finditer(r"(?<!\")(?:\r?\n|" + re.escape(form.delimiter) + ")", text)]
    if not starts or not ends:
        return text
    start = chance.choice(starts)
    later = [end for end in ends if end > start][:12]
    if not later:
        return text
    end = chance.choice(later)
    return text[:start] + '"' + text[start:end] + '"' + text[end:]


def drop_quotes(chance: Random, text: str, form: Form) -> str:
    at = _at(chance, text, '"')
    return text[:at] + text[at + 1 :]


def line_ends(chance: Random, text: str, form: Form) -> str:
    end = chance.choice(("\n", "\r\n", "\r"))
    return text.replace("\r\n", "\n").replace("\n", end)


def mixed_line_ends(chance: Random, text: str, form: Form) -> str:
    return re.sub(r"\r?\n", lambda _: chance.choice(("\n", "\r\n", "\r")), text)


def odd_line_ends(chance: Random, text: str, form: Form) -> str:
    at = _at(chance, text, "\n")
    return text[:at] + chance.choice("\x0b\x85\u2028\u2029\x1e\f") + text[at + 1 :]


def cut_off(chance: Random, text: str, form: Form) -> str:
    return text[: chance.randint(1, len(text))]


def cut_out(chance: Random, text: str, form: Form) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + text[at + chance.randint(1, 400) :]


def paste_twice(chance: Random, text: str, form: Form) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + text[max(0, at - chance.randint(1, 400)) :]


def odd_sign(chance: Random, text: str, form: Form) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice("\x00\x01\x1a\ufeff\u200b\u202e\u00a0\ufffd\x7f\ud7ff\ue000") + text[at:]


def empty_lines(chance: Random, text: str, form: Form) -> str:
    at = _at(chance, text, "\n")
    if not form.quoted:
        return text[: at + 1] + chance.choice(("\n\n", "---\t---\n", " \t \n")) + text[at + 1 :]
    rows = text.split("\r\n")
    at = chance.randrange(len(rows))
    whole = "\r\n".join(rows[:at])
    return (
        text
        if whole.count('"') % 2
        else "\r\n".join([*rows[:at], chance.choice(("", " ", form.delimiter * 3)), *rows[at:]])
    )


TEXT_CHANGES: Mapping[str, Change] = {
    change.__name__: change
    for change in (
        *(drop_a_delimiter, double_a_delimiter, other_delimiter, blanks_for_a_tab, join_lines, break_a_line),
        *(break_behind_a_delimiter, stray_quotes, quotes_over_rows, drop_quotes, line_ends, mixed_line_ends),
        *(odd_line_ends, cut_off, cut_out, paste_twice, odd_sign, empty_lines),
    )
}
"""What can go wrong in a text."""

SAYS_NOTHING = frozenset({"line_ends", "mixed_line_ends", "empty_lines"})
"""Changes after which the text says the same as before, unless a cell holds lines."""

RIGHT_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")
"""Encodings in which the text must come out right."""

OTHER_ENCODINGS = ("utf-32", "utf-32-le", "mac-roman", "cp850", "cp437", "iso-8859-15", "cp1250", "utf-8 and cp1252")
"""Encodings in which it must come out right, be doubted or be refused."""


def encoded(text: str, encoding: str, chance: Random) -> bytes:
    """Returns the text in an encoding, or in two encodings at once."""
    if encoding != "utf-8 and cp1252":
        return text.encode(encoding)
    lines = text.splitlines(keepends=True)
    at = chance.randint(0, len(lines))
    return "".join(lines[:at]).encode() + "".join(lines[at:]).encode("cp1252")


# What can go wrong in the bytes.


def flip_a_bit(chance: Random, content: bytes) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :]


def flip_a_byte(chance: Random, content: bytes) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]


def drop_a_byte(chance: Random, content: bytes) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + content[at + 1 :]


def insert_a_byte(chance: Random, content: bytes) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes([chance.randrange(256)]) + content[at:]


def cut_the_file(chance: Random, content: bytes) -> bytes:
    return content[: chance.randrange(1, len(content))]


def zero_a_stretch(chance: Random, content: bytes) -> bytes:
    at, size = chance.randrange(len(content)), chance.randint(1, 512)
    return content[:at] + b"\x00" * len(content[at : at + size]) + content[at + size :]


def append_bytes(chance: Random, content: bytes) -> bytes:
    return content + chance.choice((b"\x00", b"\x1a", b"\r\n\r\n", b"\n", chance.randbytes(20)))


BYTE_CHANGES: Mapping[str, Callable[[Random, bytes], bytes]] = {
    change.__name__: change
    for change in (flip_a_bit, flip_a_byte, drop_a_byte, insert_a_byte, cut_the_file, zero_a_stretch, append_bytes)
}
"""What can go wrong in the bytes of any file."""


def understood(content: bytes, encoding: str) -> Sequence[str]:
    """Returns the text in the encoding it was written in; nothing where the bytes are no longer in it."""
    try:
        return [content.decode(encoding).removeprefix("\ufeff")]
    except UnicodeDecodeError:
        return []
