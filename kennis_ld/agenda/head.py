"""The header of a table together with the rows that it was read from, so that it is known where it stands again."""

from __future__ import annotations

from dataclasses import dataclass

from kennis_ld.agenda.headers import Header, Headings
from kennis_ld.model import SourceRow


@dataclass(frozen=True, slots=True)
class Head:
    """The header of a table, and the one or two rows that it was read from."""

    header: Header
    rows: tuple[SourceRow, ...]

    @classmethod
    def of(cls, above: SourceRow | None, row: SourceRow, known: Headings) -> Head | None:
        """Returns the first header of a document that a row is, alone or with the row above it; None for neither."""
        if found := known.header(row, needs_number=False):
            return cls(found, (row,))
        both = known.over_two_rows(above, row, needs_number=False)
        return cls(both, (above, row)) if above and both else None

    def again(self, row: SourceRow, known: Headings, *, below: bool) -> Head | None:
        """Returns the header that a row is, alone or with the row above it; None for a row that is none.

        Args:
            below: whether the row stands right below this header, and may be its second half.
        """
        if any(row.cells == part.cells for part in self.rows):
            return self
        needs_number = self.header.has_numbers or self.header.is_numbered_title
        found = known.header(row, needs_number=needs_number)
        if not below:
            return Head(found, (row,)) if found else None
        found = found or known.over_two_rows(self.rows[0], row, needs_number=needs_number)
        return Head(found, (*self.rows, row)) if found else None
