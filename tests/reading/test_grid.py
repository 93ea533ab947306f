"""Cells on the columns of their table: borders that do not meet, rows that end early, merged cells."""

from __future__ import annotations

from kennis_ld.model import Finding, Place, SourceRow
from kennis_ld.reading.grid import Cell, Grid

HERE = Place("a.docx", 1, 1)
HEADER = [Cell("Nr"), Cell("Project", 2), Cell("Doel")]


def laid(widths: list[float], *rows: list[Cell]) -> list[tuple[str, ...] | str]:
    grid = Grid(widths)
    found = [item for row in rows for item in grid.row(row, HERE)]
    return [item.cells if isinstance(item, SourceRow) else f"{item.code}: {item.words}" for item in found]


def test_dragged_border() -> None:
    """A cell belongs to the column of the header that it overlaps most, and is not called merged."""
    row = [Cell("1"), Cell("Sloten"), Cell("Meten", 2)]
    assert [("Nr", "Project", "", "Doel"), ("1", "Sloten", "", "Meten")] == laid([10, 40, 5, 60], HEADER, row)


def test_cell_over_two_columns_is_merged() -> None:
    """A cell that covers two columns of the header counts for the first and is said."""
    row = [Cell("1"), Cell("Sloten", 3)]
    assert [("1", "Sloten", "", ""), "merged-cells: Sloten"] == laid([10, 40, 5, 60], HEADER, row)[1:]


def test_row_that_ends_early() -> None:
    """A row with fewer cells than the table says so, and does not invent any."""
    grid = Grid()
    rows = [*grid.row([Cell("Nr"), Cell("Project"), Cell("Doel")], HERE), *grid.row([Cell("1"), Cell("Sloten")], HERE)]
    assert [False, True] == [row.ends_early for row in rows if isinstance(row, SourceRow)]


def test_header_of_two_rows_keeps_its_columns() -> None:
    """Cells under one cell of the row above stay beside one another."""
    above = [Cell("Nr"), Cell("Project"), Cell("Wie", 2)]
    below = [Cell("", covered=True), Cell("", covered=True), Cell("Trekker"), Cell("Partners")]
    found = laid([], above, below)
    assert [("Nr", "Project", "Wie", ""), ("", "", "Trekker", "Partners")] == [
        it for it in found if isinstance(it, tuple)
    ]


def test_struck_cells_are_kept_apart() -> None:
    """What is kept of a row stands in the same columns as its texts; a row without struck text has nothing apart."""
    grid = Grid()
    (row,) = grid.row([Cell("1", kept=""), Cell("Sloten", kept="Sloten")], HERE)
    assert not isinstance(row, Finding)
    assert (("1", "Sloten"), ("", "Sloten")) == (row.cells, row.kept)
    (plain,) = grid.row([Cell("1", kept="1"), Cell("Sloten")], HERE)
    assert not isinstance(plain, Finding)
    assert plain.kept is None
