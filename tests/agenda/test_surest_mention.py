"""Several mentions of one organisation in one role: what each of them says is kept, whichever is the surest."""

from __future__ import annotations

from datetime import date

import pytest

from kennis_ld.agenda.register import Register
from kennis_ld.agenda.resolution import Resolver
from kennis_ld.model import Certainty, Entry, Participation, Place

FROM, UNTIL = date(2023, 1, 1), date(2025, 1, 1)


def only_part(cell: str, register: Register) -> Participation:
    """The one participation that a cell comes to."""
    entry = Entry("1a", "Sloten", "", ((None, cell),), (), Place("a.txt", 1, 1), ())
    (part,) = Resolver(register).resolve(entry, project="sloten", themes=())[0].participations
    return part


@pytest.mark.parametrize(
    "cell",
    [
        "T: GL (na 1/1/23), Gem (tot 1/1/25)",
        "T: GL (tot 1/1/25), Gem (na 1/1/23)",
        "T: GL? (na 1/1/23), Gem (tot 1/1/25)",
        "T: GL (tot 1/1/25), Gem? (na 1/1/23)",
        "T: GL, GL (na 1/1/23), Gem? (tot 1/1/25)",
    ],
)
def test_dates_of_all_mentions(cell: str, register: Register) -> None:
    """A start or an end that one mention gives is that of the participation, be that mention the surest or not."""
    part = only_part(cell, register)
    assert (FROM, UNTIL, Certainty.STATED) == (part.start, part.end, part.certainty)


def test_the_first_date_counts(register: Register) -> None:
    """Of two starts or two ends the one that stands first in the cell counts."""
    part = only_part("T: GL? (na 1/1/23), GL (na 1/1/24), Gem (tot 1/1/25), Gem (tot 1/1/26)", register)
    assert (FROM, UNTIL) == (part.start, part.end)
