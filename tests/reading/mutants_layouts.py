"""Made-up agendas in each layout, damaged: every word of every cell comes out, is named, or the document is refused.

Used by `bench/mutations.py` for thousands and by `test_mutations` for a sample. The judge knows the words that it wrote
and nothing of the program. Each organisation and project has words of its own, so that a word that is lost is noticed.
"""

from __future__ import annotations

import csv
import html
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

from kennis_ld.agenda.columns import extra_column
from kennis_ld.agenda.extras import ExtraReader
from kennis_ld.agenda.layouts.layout import Layout, Name, as_table
from kennis_ld.agenda.layouts.listed import Pattern
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.rows import entries
from kennis_ld.errors import KennisError
from kennis_ld.model import Entry, Extra, Finding
from kennis_ld.publication.language import default_columns, default_words
from tests.reading.campaign import Outcome, in_this_process

Table = list[list[str]]
PRIVACY = Privacy(default_words(), Register([], []))
COLUMNS = {
    **default_columns(),
    **{extra_column(kind): (kind.value.capitalize(),) for kind in (Extra.STATUS, Extra.PERIOD, Extra.REMARK)},
}
_MARKS = ("●", "○", "x", "?", "T", "P", "-", "")
_COLOURS = ("#92d050", "#ffc000", "#ff0000")
_SYLLABLES = ("wol", "kar", "dus", "men", "tor", "vik", "lap", "zun", "gra", "hof", "pel", "rif")
_WORD = re.compile(r"[^\W_]{2,}")


def made_name(chance: Random) -> str:
    """Returns a word that stands nowhere else."""
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(3, 4))).capitalize()


def matrix(chance: Random) -> list[Table]:
    names = [made_name(chance) for _ in range(chance.randint(2, 6))]
    rows = [
        [str(at), made_name(chance), *(chance.choice(_MARKS) for _ in names)] for at in range(1, chance.randint(3, 9))
    ]
    legend = [["● trekt, ○ doet mee"]] if chance.random() < 0.5 else []
    return [[["nr", "Project", *names], *rows, *legend]]


def cards(chance: Random) -> list[Table]:
    def card(number: int) -> Table:
        fields = [
            ["Trekker", made_name(chance)],
            ["Partners", f"{made_name(chance)}; {made_name(chance)}"],
            ["Remark", made_name(chance)],
        ]
        chance.shuffle(fields)
        return [[f"Project {number}", made_name(chance)], *fields]

    return [card(number) for number in range(1, chance.randint(3, 7))]


def listed(chance: Random) -> list[Table]:
    lines = [f"AC {at} {made_name(chance)} (i.s.m. {made_name(chance)})" for at in range(1, chance.randint(4, 9))]
    return [[[line]] for line in ["AP 9 " + made_name(chance), *lines]]


def long(chance: Random) -> list[Table]:
    projects = [[f"p{at}", made_name(chance)] for at in range(1, chance.randint(3, 7))]
    parts = [[chance.choice(projects)[0], made_name(chance), chance.choice(("trekker", "partner"))] for _ in range(9)]
    return [[["id", "titel"], *projects], [["project_id", "organisatie", "rol"], *parts]]


def extra(chance: Random) -> list[Table]:
    def row(number: int) -> list[str]:
        period = chance.choice(("2026-2028", "na de zomer", "Q3 2026 – Q2 2028", ""))
        return [
            str(number),
            made_name(chance),
            made_name(chance),
            period,
            chance.choice(("loopt", *_COLOURS)),
            made_name(chance),
        ]

    header = ["nr", "Project", "Trekker", "Period", "Status", chance.choice(("Remark", "Bijzaak"))]
    return [[header, *map(row, range(1, chance.randint(3, 8)))]]


def drop_a_cell(chance: Random, tables: list[Table]) -> None:
    row = chance.choice(chance.choice(tables))
    del row[chance.randrange(len(row))]


def empty_a_cell(chance: Random, tables: list[Table]) -> None:
    row = chance.choice(chance.choice(tables))
    row[chance.randrange(len(row))] = ""


def another_text(chance: Random, tables: list[Table]) -> None:
    row = chance.choice(chance.choice(tables))
    row[chance.randrange(len(row))] = f"{made_name(chance)} {made_name(chance)}"


def swap_cells(chance: Random, tables: list[Table]) -> None:
    row, other = (chance.choice(chance.choice(tables)) for _ in range(2))
    at, to = chance.randrange(len(row)), chance.randrange(len(other))
    row[at], other[to] = other[to], row[at]


def double_a_row(chance: Random, tables: list[Table]) -> None:
    table = chance.choice(tables)
    row = chance.choice(table)
    table.insert(chance.randrange(len(table)), list(row))


def row_of_a_stranger(chance: Random, tables: list[Table]) -> None:
    table = chance.choice(tables)
    table.insert(chance.randrange(len(table) + 1), [made_name(chance) for _ in range(chance.randint(1, 4))])


def drop_a_row(chance: Random, tables: list[Table]) -> None:
    table = chance.choice(tables)
    del table[chance.randrange(len(table))]


def join_tables(chance: Random, tables: list[Table]) -> None:
    if len(tables) > 1:
        tables[0] += tables.pop(1)


TWO_FILES = "two files"
"""The layout of long tables, each in a file of its own."""

LAYOUTS: Mapping[str, tuple[Callable[[Random], list[Table]], Layout]] = {
    "matrix": (matrix, Layout(Name.MATRIX)),
    "cards": (cards, Layout(Name.CARDS)),
    "list": (
        listed,
        Layout(
            Name.LIST,
            patterns=[Pattern.of("AC {number} {title} (i.s.m. {partners})"), Pattern.of("AP {number} {theme}")],
            lead="Stad",
        ),
    ),
    "long": (long, Layout(Name.LONG)),
    "extra": (extra, Layout()),
    TWO_FILES: (long, Layout(Name.LONG)),
}
"""How each layout is made up, and the setting by which it is read."""

DAMAGES = (
    *(drop_a_cell, empty_a_cell, another_text, swap_cells, double_a_row, row_of_a_stranger, drop_a_row, join_tables),
)


def one(seed: str, form: str) -> tuple[str, Outcome]:
    """Returns what was changed in a made-up agenda of this seed, and what became of it."""
    chance = Random(f"{seed} {form}")
    make, layout = LAYOUTS[form]
    tables = make(chance)
    damages = chance.sample(DAMAGES, chance.randint(1, 2))
    for damage in damages:
        if any(tables) and all(row for table in tables for row in table):
            damage(chance, tables)
            tables = [[row for row in table if row] for table in tables if table]
            tables = [table for table in tables if table]
    kind = " + ".join(sorted(damage.__name__ for damage in damages))
    return kind, _judged(form, chance, tables, layout)


def _web_page(folder: Path, tables: Sequence[Table]) -> Path:
    path = folder / "a.html"
    path.write_text(page(tables), encoding="utf-8")
    return path


def _files(folder: Path, chance: Random, tables: Sequence[Table]) -> list[Path]:
    """Writes each table in a file of its own, as spreadsheets save them."""
    paths = []
    for at, table in enumerate(tables):
        paths.append(folder / f"{at}.csv")
        encoding = chance.choice(("utf-8", "utf-8-sig", "cp1252", "utf-16"))
        width = max(map(len, table))
        with paths[-1].open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file, delimiter=chance.choice(";,\t"))
            writer.writerows([*row, *[""] * (width - len(row))] for row in table)
    return paths


def page(tables: Sequence[Table]) -> str:
    """Returns tables as a web page."""

    def cell(text: str) -> str:
        return f'<td bgcolor="{text}">' if text in _COLOURS else f"<td>{html.escape(text)}"

    def table(rows: Table) -> str:
        if all(len(row) == 1 for row in rows):
            return "".join(f"<p>{html.escape(row[0])}</p>" for row in rows)
        return f"<table>{''.join('<tr>' + ''.join(map(cell, row)) for row in rows)}</table>"

    return f"<!DOCTYPE html><meta charset=utf-8>{''.join(map(table, tables))}"


def _judged(form: str, chance: Random, tables: Sequence[Table], layout: Layout) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        paths = _files(Path(folder), chance, tables) if form == TWO_FILES else [_web_page(Path(folder), tables)]
        document = paths[0].name
        try:
            rows = in_this_process(*paths)
            table = as_table(rows, layout, columns=COLUMNS, privacy=PRIVACY, document=document)
            found = list(entries(table, columns=COLUMNS, themes=(), document=document, privacy=PRIVACY))
        except KennisError as error:
            whole = error.what and error.where and error.remedy
            return Outcome("refused", str(error)) if whole else Outcome("LOST", f"an error without a way on: {error!r}")
        except Exception as error:  # any other is what the campaign looks for
            return Outcome("LOST", f"ended by {error!r}")
    told = {word for item in found for text in texts_of(item) for word in words_of(text)}
    known = {word for names in COLUMNS.values() for name in names for word in words_of(name)}
    lost = [word for table in tables for row in table for cell in row for word in words_of(cell)]
    missing = sorted({word for word in lost if word not in told | known | SAYS_NOTHING})
    if missing:
        return Outcome("LOST", f"words are lost: {missing[:8]}")
    said = {item.code for item in found if isinstance(item, Finding)} - {"unknown-theme", "number-left-out"}
    return Outcome("named" if said else "published")


SAYS_NOTHING = {"ac", "ap", "organisatie", "rol", "titel", "id", "project_id", "trekt", "doet", "mee", "bijzaak"}
"""Words of patterns and of headings that the layouts know."""


def words_of(text: str) -> Iterator[str]:
    """Yields the words of a text, in small letters."""
    yield from (word.casefold() for word in _WORD.findall(text) if text not in _COLOURS)


def texts_of(item: Entry | Finding) -> Iterator[str]:
    """Yields the texts of what was read."""
    if isinstance(item, Finding):
        yield from (item.words, *item.values.values())
        return
    yield from (item.number, item.title, item.description, *item.section)
    yield from (text for _, text in item.parties)
    reader = ExtraReader(default_words(), (), "nl", ())
    facts, findings = reader.facts(item)
    yield from facts.remarks
    yield from (finding.words for finding in findings)
