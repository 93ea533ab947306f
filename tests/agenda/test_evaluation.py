"""How well cells as officers write them are read: precision and recall over cells with the parties that a person reads.

Each city in `cells/` has a register and cells with habits of its own. The grammar grew with those in `developed.txt`;
those in `held_out.txt` and `fresh.txt` were written before it was tried on them, and what they showed was mended after.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from kennis_ld.agenda.names import candidates
from kennis_ld.agenda.parties import parties
from kennis_ld.agenda.register import Register, folded
from kennis_ld.model import Mention, Organisation, Party, Role
from kennis_ld.publication.language import default_words

CELLS = Path(__file__).parent / "cells"
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


@pytest.mark.parametrize("name", ["developed.txt", "held_out.txt", "fresh.txt"])
@pytest.mark.parametrize("role", [Role.LEAD, Role.PARTNER])
def test_precision_and_recall(name: str, role: Role) -> None:
    """Of the leads and of the partners at least 98 in 100 that are read are right, and as many are read."""
    expected = {(at, one) for at, cell in enumerate(cells(name)) for one in cell.expected if one[0] == role}
    found = {(at, one) for at, cell in enumerate(cells(name)) for one in named(cell) if one[0] == role}
    assert len(expected) > 100
    right = len(expected & found)
    assert right / len(found) >= 0.98, wrong(name)
    assert right / len(expected) >= 0.98, wrong(name)
