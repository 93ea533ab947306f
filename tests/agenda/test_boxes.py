"""Boxes to tick in the cells of a form."""

from __future__ import annotations

from kennis_ld.agenda.boxes import ticked
from kennis_ld.model import Finding, SourceRow
from tests.agenda.source import rows


def read(*lines: str) -> tuple[list[tuple[str, ...]], list[str]]:
    """The cells of the rows, and the words that findings have."""
    found = list(ticked(rows(*lines)))
    cells = [row.cells for row in found if isinstance(row, SourceRow)]
    return cells, [item.words for item in found if isinstance(item, Finding)]


def test_what_is_ticked_is_read() -> None:
    """Of all there is to choose from only what is ticked stays, and the rest is said."""
    assert ([("Fase", "uitvoering")], ["plan, klaar"]) == read("Fase|☐ plan ☒ uitvoering ☐ klaar")
    assert ([("Partners", "Met:\nGD\nHD")], ["UD"]) == read("Partners|Met: ☑ GD ☐ UD ☒ HD")
    assert ([("Fase", "")], ["plan, klaar"]) == read("Fase|☐ plan ☐ klaar")


def test_all_ticked_is_no_finding() -> None:
    """Where nothing is left open there is nothing to say."""
    assert ([("Fase", "plan\nklaar")], []) == read("Fase|☑ plan ☑ klaar")


def test_a_box_without_words_is_a_mark() -> None:
    """In a matrix a box alone is a mark."""
    assert ([("Sloten", "☒", "☐")], []) == read("Sloten|☒|☐")
