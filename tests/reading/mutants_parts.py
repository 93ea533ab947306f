"""Office documents and web pages written by hand, with a feature or damage in their parts.

In: rows. Out: a document, the rows that a person would see in it, and the findings that must be there. Written by hand,
so that nothing comes between the feature and the file.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from random import Random
from xml.etree import ElementTree

from tests.reading.careful import Row
from tests.reading.mutants import Rows
from tests.reading.mutants_odt import ODT_FEATURES, odt_file, odt_inside
from tests.reading.mutants_pages import PAGE_FEATURES, page_file, page_inside
from tests.reading.mutants_sheets import ODS_FEATURES, SHEET_FEATURES, ods_file, ods_inside, sheet_file, sheet_inside
from tests.reading.mutants_tables import Feature, Table, table, zipped
from tests.reading.mutants_word import WORD_FEATURES, word_file, word_inside

FEATURES: Mapping[str, tuple[Callable[[str], str], Callable[[str, Table], bytes], Mapping[str, Feature]]] = {
    "hand.docx": (word_inside, word_file, WORD_FEATURES),
    "hand.xlsx": (sheet_inside, sheet_file, SHEET_FEATURES),
    "gedeeld.xlsx": (sheet_inside, sheet_file, SHEET_FEATURES),
    "hand.ods": (ods_inside, ods_file, ODS_FEATURES),
    "hand.odt": (odt_inside, odt_file, ODT_FEATURES),
    "hand.html": (page_inside, page_file, PAGE_FEATURES),
}
"""How each kind is written by hand: the inside of a cell, the document, and what can be in it."""


def plain(rows: Rows, form: str) -> bytes:
    """Returns the rows as a document without any feature."""
    inside, write, _ = FEATURES[form]
    return write(form, table(rows, inside))


def with_feature(rows: Rows, form: str, name: str, chance: Random) -> tuple[bytes, list[Row], frozenset[str]]:
    """Returns a document with a feature in one of its cells, what a person sees, and the findings that must be."""
    inside, write, features = FEATURES[form]
    given = table(rows, inside)
    header = next((at for at, row in enumerate(rows) if len(row) > 1), 0)
    body = [at for at, row in enumerate(rows) if at > header and len(row) > 1] or [0]
    at = chance.choice(body)
    features[name](chance, given, at, chance.randrange(len(given.cells[at])))
    return write(form, given), [*given.rows, *given.seen], frozenset(given.need)


def part_changed(content: bytes, chance: Random) -> tuple[str, bytes]:
    """Returns the zip with one of its parts dropped, emptied, renamed, given the content of another, or cut off."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name, other = chance.choice(sorted(parts)), chance.choice(sorted(parts))
    what = chance.choice(("dropped", "emptied", "renamed", "of another", "cut off", "beside"))
    match what:
        case "dropped":
            del parts[name]
        case "emptied":
            parts[name] = b""
        case "renamed":
            parts[name.upper() if chance.random() < 0.5 else f"{name}.bak"] = parts.pop(name)
        case "of another":
            parts[name] = parts[other]
        case "cut off":
            parts[name] = parts[name][: chance.randint(0, len(parts[name]))]
        case _:
            parts["docProps/app.xml"] = b"<a/>"
    return f"part {what}", zipped(parts)


_SHOWN = {"t", "v", "p"}
"""Elements that hold the text of a cell."""


def markup_changed(content: bytes, chance: Random) -> tuple[bytes, Sequence[str]]:
    """Returns the zip with one letter of its table changed, and all text in that table; none when it is no XML now."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    main = next(name for name in parts if name.endswith(("document.xml", "sheet1.xml", "content.xml")))
    text = parts[main].decode()
    tags = [match.span() for match in re.finditer("<[^>]*>", text)]
    start, end = chance.choice(tags)
    at = chance.choice((chance.randrange(len(text)), chance.randrange(start, end)))
    letter = chance.choice(("", chr(chance.randrange(32, 127)), text[at] * 2))
    changed = text[:at] + letter + text[at + 1 :]
    parts[main] = changed.encode()
    try:
        root = ElementTree.fromstring(changed)  # noqa: S314 - we wrote it ourselves
    except ElementTree.ParseError:
        return zipped(parts), []
    shown = (element for element in root.iter() if element.tag.rpartition("}")[2] in _SHOWN)
    if main == "content.xml":
        return zipped(parts), [
            " ".join(" ".join(element.itertext()) for element in shown if element.tag.endswith("}p"))
        ]
    return zipped(parts), [" ".join(element.text or "" for element in shown)]
