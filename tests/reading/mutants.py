"""The agendas that are damaged, the real one and the made-up one, and what is known of a damaged one.

What is done to their rows stands in `mutants_rows`, to the text in `mutants_text`, and to the parts of an office
document or a web page in `mutants_parts`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import docx

from kennis_ld.agenda.register import Register
from kennis_ld.model import Theme
from kennis_ld.publication import settings, tables
from tests.reading.careful import Row

DATA = Path(__file__).resolve().parents[2] / "data"
Rows = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class City:
    """An agenda, and what its publication says about it; the first row of several cells is the header."""

    name: str
    rows: Rows
    themes: Sequence[Theme]
    columns: Mapping[str, Sequence[str]]
    register: Register


@dataclass(frozen=True, slots=True)
class Mutant:
    """A document with something wrong in it, and what a careful person sees in it.

    Attributes:
        city: whose agenda it is.
        kind: what was changed.
        form: what kind of document it is, as the key of a writer.
        name: file name.
        content: the document.
        rows: the rows as a person sees them; None when the change left no rows to speak of.
        texts: the words of the document, where there are no rows to speak of.
        same: the change says nothing: the reading must be that of the rows, and may not be refused.
        alike: the reading is that of the document before the change, or none.
        before: the document before the change, where that matters.
        need: codes of findings that must be there.
        doubtful: a reading of other words is allowed when this finding says so.
    """

    city: City
    kind: str
    form: str
    name: str
    content: bytes
    rows: Sequence[Row] | None = None
    texts: Sequence[str] = ()
    same: bool = False
    alike: bool = False
    before: bytes = b""
    need: frozenset[str] = frozenset()
    doubtful: str = ""


def cities() -> list[City]:
    """Returns the real agenda and both editions of the made-up one, their tables read without the program."""
    found = []
    for name in ("leiden", "zandwijk"):
        publication = settings.publication(DATA / name)
        themes = tables.themes(publication.table("themes"))
        register = Register(
            tables.organisations(publication.table("register")), tables.groups(publication.table("groups"))
        )
        for edition in publication.editions:
            rows = _word_rows(edition.document) if edition.document.suffix == ".docx" else _lines(edition.document)
            found.append(City(f"{name} {edition.key}", rows, themes, publication.columns, register))
    return found


def cut(chance: Random, city: City, most: int) -> Rows:
    """Returns the header and a stretch of the agenda, with the heading that stands above it."""
    header = next(at for at, row in enumerate(city.rows) if len(row) > 1)
    rows = city.rows[header + 1 :]
    size = chance.randint(min(4, most), most)
    if size >= len(rows):
        return list(city.rows)
    start = chance.randrange(len(rows) - size)
    headings = [row for row in rows[:start] if len(row) == 1]
    above = headings[-1:] if len(rows[start]) > 1 else []
    return [city.rows[header], *above, *rows[start : start + size]]


def _lines(path: Path) -> Rows:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [tuple(cell.strip() for cell in line.split("\t")) for line in lines if line.strip(" -\t|")]


def _word_rows(path: Path) -> Rows:
    rows: Rows = []
    header: tuple[str, ...] = ()
    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, docx.text.paragraph.Paragraph):
            rows += [(block.text.strip(),)] if block.text.strip() else []
            continue
        for row in block.rows:
            merged = len({id(cell._tc) for cell in row.cells}) == 1
            cells = tuple("\n\n".join(p.text for p in cell.paragraphs).strip() for cell in row.cells)
            header = header or (() if merged else cells)
            if merged or cells != header or cells not in rows:
                rows.append(cells[:1] if merged else cells)
    return rows
