"""Tables that lie on their side: a field in each row, a project in each column. Each project becomes a card.

In: the rows of a document. Out: the same, with cards of two columns in the place of such tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby

from kennis_ld.agenda.columns import party_columns
from kennis_ld.agenda.headers import Headings, plain_line
from kennis_ld.model import Finding, SourceRow
from kennis_ld.model.document import edge

_FEWEST = 3
"""Columns of such a table: one of fields, and two projects."""

Rows = Iterable[SourceRow | Finding]


def as_cards(rows: Rows, known: Headings, kind: Callable[[str], str]) -> Iterator[SourceRow | Finding]:
    """Yields rows with a card for each project of a table on its side; `kind` says what the name of a field means."""
    given = list(rows)
    widths = accumulate(given, lambda before, row: before if isinstance(row, Finding) else len(row.cells), initial=0)
    next(widths)
    for width, items in groupby(zip(widths, given, strict=True), key=lambda pair: pair[0]):
        found = [row for _, row in items]
        table = [row for row in found if isinstance(row, SourceRow)]
        used = max((at for row in table for at, cell in enumerate(row.cells, 1) if cell.strip()), default=0)
        if min(width, used) < _FEWEST or not (names := _names(table, used, known, kind)):
            yield from found
            continue
        yield from (item for item in found if isinstance(item, Finding))
        for at in range(1, used):
            for name, row in zip(names, table, strict=True):
                fills = (row.fill(0), row.fill(at)) if row.fills else ()
                place = row.cell_place(at)
                yield replace(row, cells=(name, row.cells[at]), place=place, fills=fills)
            yield edge(table[-1].place)


def _names(table: Sequence[SourceRow], used: int, known: Headings, kind: Callable[[str], str]) -> Sequence[str]:
    """Returns the names of the fields of a table on its side, in which every used column has a title; none for another.

    Where titles stand over the other rows they may be nameless.
    """
    first, *others = (plain_line(row.cells[0]) for row in table)
    names = [first or known.heading("title"), *others]
    kinds = list(map(kind, names))
    titles = next((row.cells[1:used] for row, kind in zip(table, kinds, strict=True) if known.names_title([kind])), ())
    is_turned = titles and all(map(str.strip, titles)) and set(kinds) & set(party_columns(kinds))
    return names if is_turned and not any(map(kind, table[0].cells[1:])) else ()
