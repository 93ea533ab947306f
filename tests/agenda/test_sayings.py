"""Several mentions of one organisation in one role: what each of them says is kept, whichever is the surest."""

from __future__ import annotations

import pytest

from kennis_ld.model import Certainty, Participation
from kennis_ld.publication.settings import publication
from tests.pipeline import read
from tests.publications import write

FROM, UNTIL = "2023-01-01", "2025-01-01"
CELLS = [
    "T: GZ (na 1/1/23), de gemeente (tot 1/1/25)",
    "T: GZ (tot 1/1/25), de gemeente (na 1/1/23)",
    "T: GZ? (na 1/1/23), de gemeente (tot 1/1/25)",
    "T: GZ (tot 1/1/25), de gemeente? (na 1/1/23)",
    "T: GZ, GZ (na 1/1/23), de gemeente? (tot 1/1/25)",
    # Of two starts or two ends the one that stands first counts.
    "T: GZ? (na 1/1/23), GZ (na 1/1/24), de gemeente (tot 1/1/25), de gemeente (tot 1/1/26)",
]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Participation, ...]]:
    """The participations of each cell."""
    rows = [f"{at}\tProject {at}\tEen project.\t{cell}" for at, cell in enumerate(CELLS, start=1)]
    text = "\n".join(["nr\tProject\tBeschrijving\tPartijen", "1. Water", *rows])
    found = read(publication(write(tmp_path_factory.mktemp("city"), {"agenda.txt": text})))
    return {item.entry.parties[0][1]: item.participations for item in found.entries["2030"]}


@pytest.mark.parametrize("cell", CELLS)
def test_dates_of_all_mentions(cell: str, parts: dict[str, tuple[Participation, ...]]) -> None:
    """A start or an end that one mention gives is that of the participation, be that mention the surest or not."""
    (part,) = parts[cell]
    assert (FROM, UNTIL, Certainty.STATED) == (part.start, part.end, part.certainty)
