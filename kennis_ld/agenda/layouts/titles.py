"""Titles above their rows: the title of a project stands across the table, and what is known of it in the row below.

In: rows. Out: an ordinary table, with a column of titles in front. Of several such lines below one another the last is
the title, the others are headings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kennis_ld.agenda.columns import party_columns
from kennis_ld.agenda.headers import Headings, plain_line
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.top import row_words
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, SourceRow
from kennis_ld.model.document import heading


def rows(
    given: Iterable[SourceRow | Finding], *, known: Headings, privacy: Privacy, document: str
) -> Iterator[SourceRow | Finding]:
    """Yields the rows of a table with the title of each project in front.

    Raises:
        UnreadableInput: no row names columns of parties.
    """
    seen: list[SourceRow] = []
    above: SourceRow | None = None  # a line that is the title of the next row, or a heading
    started = False
    for row in given:
        title, above = above, None
        if isinstance(row, Finding):
            above = title
            yield row
        elif not row.in_table or is_line(row):
            yield from _as_heading(title)
            yield from () if row.in_table else (row,)
            above = row if row.in_table else None
        elif is_header(row, known):
            started = True
            yield from _as_heading(title)
            yield _with(row, known.heading("title"))
        else:
            seen += [] if started else [row]
            place = title.place.through(row.place) if title else row.place
            yield _with(replace(row, place=place), _text(title))
    yield from _as_heading(above)
    if not started:
        lines = "; ".join(row_words(row, privacy) for row in seen[:3])
        raise UnreadableInput(
            f"There is no table whose header names parties. The first rows are: {lines}.",
            where=document,
            remedy="Name the columns under [columns] leads and partners in publication.toml, or take another layout.",
        )


def is_header(row: SourceRow, known: Headings) -> bool:
    """Whether a row names columns of parties, and none of titles."""
    kinds = set(map(known.kind, row.cells))
    return bool(kinds & set(party_columns(kinds))) and not known.names_title(kinds)


def is_line(row: SourceRow) -> bool:
    """Whether a row is one text across the table."""
    return [*filter(str.strip, row.cells)] == [row.cells[0]]


def _with(row: SourceRow, title: str) -> SourceRow:
    """Returns a row with a cell in front of it."""
    with_title = row.of(range(-1, len(row.cells)), (title, *row.cells))
    return replace(with_title, kept=row.kept and (title, *row.kept))


def _as_heading(title: SourceRow | None) -> Iterator[SourceRow]:
    """Yields a line below which no row stands as a heading."""
    if title:
        yield heading(_text(title), title.place)


def _text(title: SourceRow | None) -> str:
    return next((plain_line(cell) for cell in title.cells if cell.strip()), "") if title else ""
