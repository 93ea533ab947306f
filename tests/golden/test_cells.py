"""Cells of many cities, whole: all that is read in each, against a file of what was read before.

`tests/agenda/test_evaluation.py` says how often a cell is read as a person reads it; this says what exactly is read, so
that no change of the grammar goes unseen. Not every line of the files is right. `python -m pytest
tests/golden/test_cells.py --update-golden` writes what the code gives now; review the difference like code.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bench.persons import REGISTER, drawn
from kennis_ld.agenda.names import candidates
from kennis_ld.agenda.persons import masked_cell, masked_text
from kennis_ld.agenda.wording import Words
from kennis_ld.model import Ambiguous, Contact, Group, Known, Mention, Nobody, OpenList, Party, Remark, Unread
from tests.agenda.test_evaluation import Cell, cells, named, read
from tests.release.test_golden import compare

SETS = ("developed.txt", "held_out.txt", "fresh.txt")


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
