"""Cells of many cities as officers write them: how often they are read as a person reads them, and exactly how.

Each city in `tests/agenda/cells/` has a register and cells with habits of its own. The grammar grew with those in
`developed.txt`; those in `held_out.txt` and `fresh.txt` were written before it was tried on them, and what they showed
was mended after.

A file of what was read before holds all that is read, so that no change of the grammar goes unseen. Not every line of
it is right. `python -m pytest tests/golden/test_cells.py --update-golden` writes what the code gives now; review the
difference like code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from bench.persons import REGISTER, drawn
from kennis_ld.agenda.names import candidates
from kennis_ld.agenda.parties import parties
from kennis_ld.agenda.persons import masked_cell, masked_text
from kennis_ld.agenda.register import Register, folded
from kennis_ld.agenda.wording import Words
from kennis_ld.model import (
    Ambiguous,
    Contact,
    Group,
    Known,
    Mention,
    Nobody,
    OpenList,
    Organisation,
    Party,
    Remark,
    Role,
    Unread,
)
from kennis_ld.publication.language import default_words
from tests.conftest import ROOT
from tests.release.test_golden import compare

CELLS = ROOT / "tests" / "agenda" / "cells"
SETS = ("developed.txt", "held_out.txt", "fresh.txt")
COLUMNS = {"L": Role.LEAD, "P": Role.PARTNER, "-": None}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a city, the role of its column, and who leads and takes part: by key, or by an unknown name."""

    city: Path
    text: str
    column: Role | None
    expected: frozenset[tuple[Role, str]]


@cache
def register(city: Path) -> Register:
    """The organisations of a city: key, name, other names, what it is a unit of."""
    rows = [line.split(",") for line in (city / "register.csv").read_text(encoding="utf-8").splitlines()]
    organisations = []
    for key, name, more, whole in rows:
        abbreviations = tuple(filter(None, more.split("|")))
        organisations.append(Organisation(key, name, abbreviations=abbreviations, parents=(whole,) if whole else ()))
    return Register(organisations, [], default_words())


@cache
def cells(name: str) -> Sequence[Cell]:
    """The cells of one set, of all cities."""
    found = []
    for city in sorted(CELLS.iterdir()):
        for line in (city / name).read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                continue
            column, rest = line.split(" | ", 1)
            text, leads, partners = (part.strip() for part in rest.rsplit("|", 2))
            expected = {
                (role, folded(quoted) or key)
                for role, names in ((Role.LEAD, leads), (Role.PARTNER, partners))
                for quoted, key in re.findall(r'"([^"]+)"|(\S+)', names)
            }
            found.append(Cell(city, text.replace("⏎", "\n"), COLUMNS[column], frozenset(expected)))
    return found


@cache
def read(cell: Cell) -> Sequence[Party]:
    """All that is read in a cell."""
    return parties(cell.text, role=cell.column, lexicon=register(cell.city), words=default_words())


def named(cell: Cell) -> frozenset[tuple[Role, str]]:
    """Who leads and takes part, as it is read."""
    return frozenset(
        (party.role.main, "/".join(candidates(party.resolution)) or folded(party.name))
        for party in read(cell)
        if isinstance(party, Mention)
    )


def wrong(name: str) -> str:
    """The cells that are read otherwise than a person does, for who mends the grammar."""
    differ = ((cell, named(cell) ^ cell.expected) for cell in cells(name))
    return "\n".join(f"{cell.text!r}: {sorted(map(str, difference))}" for cell, difference in differ if difference)


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("role", [Role.LEAD, Role.PARTNER])
def test_precision_and_recall(name: str, role: Role) -> None:
    """Of the leads and of the partners at least 98 in 100 that are read are right, and as many are read."""
    expected = {(at, one) for at, cell in enumerate(cells(name)) for one in cell.expected if one[0] == role}
    found = {(at, one) for at, cell in enumerate(cells(name)) for one in named(cell) if one[0] == role}
    assert len(expected) > 100
    right = len(expected & found)
    assert right / len(found) >= 0.98, wrong(name)
    assert right / len(expected) >= 0.98, wrong(name)


def said(party: Party) -> str:
    """All that is known of a party: a mention with its role, whom it means and how that is known, and its doubts."""
    match party:
        case Mention(text, role, start, end, doubt, name, resolution, wrapped):
            match resolution:
                case Known(organisation, way):
                    whom = f"{organisation} ({way.value})"
                case Ambiguous(_):
                    whom = f"one of {' '.join(candidates(resolution))}"
                case _:
                    whom = f"“{name}”" + (" on two lines" if wrapped else "")
            period = f" {start or ''}–{end or ''}" if start or end else ""
            return f"{role.key} {whom}{period}{f' ?{doubt}' if doubt else ''}: {text}"
        case Group(text, role, is_open):
            return f"{role.key} {'open ' if is_open else ''}group: {text}"
        case OpenList(text, role):
            return f"{role.key} open list: {text}"
        case Nobody(text, role):
            return f"{role.key} nobody: {text}"
        case Remark(text, unit_of=whole, may_be=role):
            return "remark" + (f" unit of {whole}" if whole else "") + (f" may be {role}" if role else "") + f": {text}"
        case Contact():
            return "contact person"
        case Unread(text):
            return f"unread: {text}"


def reading(cell: Cell) -> Iterator[str]:
    """A line for the cell and one for each party; those that a person reads otherwise say so."""
    column = cell.column.notation if cell.column else "-"
    as_person = "" if named(cell) == cell.expected else "   (a person reads otherwise)"
    yield f"{cell.city.name} {column} | {cell.text!r}{as_person}"
    yield from (f"    {said(party)!r}" for party in read(cell))


def test_cells_are_read_as_before(request: pytest.FixtureRequest) -> None:
    """Every party, remark, doubt and period in a thousand cells is read as before, and in the same way."""
    found = [line for name in SETS for cell in cells(name) for line in reading(cell)]
    compare("cells.txt", found, update=request.config.getoption("--update-golden"))


def test_persons_are_masked_as_before(words: Words, request: pytest.FixtureRequest) -> None:
    """In cells and running text with contact persons exactly what is of a person is masked."""
    found = []
    for given in drawn(500, 11):
        mask = masked_text if given.running else masked_cell
        found.append(f"{given.text!r} -> {mask(given.text, words=words, lexicon=REGISTER)!r}")
    compare("persons.txt", found, update=request.config.getoption("--update-golden"))
