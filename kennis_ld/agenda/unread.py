"""Says what a document seems to be in which no table can be read, and proposes the settings by which it could be.

In: its rows. Out: an error with what was seen and what is missing, and lines for publication.toml that a person checks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby, islice, pairwise

from kennis_ld.agenda.colours import called, own_colour
from kennis_ld.agenda.headers import Header, Headings, plain_line
from kennis_ld.agenda.layouts import fields, long, titles, turned
from kennis_ld.agenda.layouts.cards import fields_of, names_beside
from kennis_ld.agenda.layouts.marks import LONGEST_MARK, MARKS
from kennis_ld.agenda.legends import meanings_of, with_names
from kennis_ld.agenda.list_patterns import list_lines
from kennis_ld.agenda.numbers import are_counts
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.status_settings import Table, settings_of_tables
from kennis_ld.agenda.text import one_line
from kennis_ld.agenda.top import MOST_SEEN
from kennis_ld.agenda.unread_columns import (
    is_full,
    lines_of_columns,
    looks_like,
    missing_columns,
    quoted,
    table_lines,
)
from kennis_ld.agenda.wording import fold
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Kind, SourceRow, Status

_LEAST_MARKS = 0.6  # share of filled cells under the organisations of a matrix that are marks
_MOST_TEXTS = 2  # in one field of a card


class Unread:
    """A document in which no table can be read.

    Args:
        row_colours: whether the colour of a row is a status; None where nobody said so.
    """

    def __init__(
        self,
        rows: Iterable[SourceRow],
        known: Headings,
        privacy: Privacy,
        *,
        statuses: Sequence[Status] = (),
        row_colours: bool | None = None,
        language: str = "nl",
    ) -> None:
        self._statuses = statuses
        self._row_colours = row_colours
        self._language = language
        self._rows: list[SourceRow] = []
        self._joined: list[SourceRow] = []  # headers over two rows
        for row in islice(rows, MOST_SEEN):
            if self._rows and known.divides(self._rows[-1], row):
                self._rows[-1] = known.joined(self._rows[-1], row)
                self._joined.append(self._rows[-1])
            else:
                self._rows.append(row)
        self._known = known
        self._privacy = privacy

    def error(self, document: str) -> UnreadableInput:
        """Returns the error for the document: what was seen, what is missing and what to write in the settings."""
        proposal = self.settings()
        remedy = (
            f"Write in publication.toml, and check which heading is which:\n{proposal}\n"
            f"These headings are known: {', '.join(self._known.all())}."
            if proposal
            else "Check that it is the right document, and that its projects stand in a table."
        )
        header = self._header()
        if document.casefold().endswith(".pdf") and not any(row.in_table for row in self._rows):
            borders = "Give the table borders and make the PDF again, or use the document that it was made of."
            return UnreadableInput(
                "There is no table in this PDF: there are no lines between its cells.",
                where=document,
                remedy=f"{borders} {remedy}" if proposal else borders,
            )
        if header is None:
            return UnreadableInput(
                "There is no table whose header names a project and its parties; no row with three cells was found.",
                where=document,
                remedy=remedy,
            )
        kinds = self._kinds(header)
        found = ", ".join(f"{heading} = {kind}" for heading, kind in kinds.items() if kind) or "none of them"
        return UnreadableInput(
            "There is no table whose header names a project and its parties. The row that looks most like a header "
            f"({header.place}) has: {' | '.join(kinds)}. Known: {found}. Missing: {', '.join(missing_columns(kinds))}.",
            where=document,
            remedy=remedy,
        )

    def settings(self) -> str:
        """Returns lines for publication.toml; nothing where the document needs none, or looks like no agenda."""
        tables = self._tables()
        long_lines = self._long(is_read=bool(tables))
        if tables and not long_lines:
            lines = settings_of_tables(
                tables, self._privacy, self._statuses, language=self._language, row_colours=self._row_colours
            )
            return "\n".join(lines).strip()
        for proposed in (long_lines, self._matrix(), self._titles(), self._cards(), self._list()):
            if proposed:
                return "\n".join(proposed)
        header = self._header()
        return "\n".join(lines_of_columns(self._kinds(header), self._cells(header), self._privacy)) if header else ""

    def _tables(self) -> Sequence[Table]:
        """Returns the headers that are known, each with the rows below it."""
        tables: list[tuple[Header, list[SourceRow]]] = []
        before: SourceRow | None = None
        for row in self._rows:
            header, rows = tables[-1] if tables else (None, [])
            is_below = not rows
            found = self._known.again(header, row, below=is_below) if header else self._known.first(before, row)
            if header and not found and row in self._joined:
                found = self._known.header(row, needs_number=False, needs_parties=False)
            if found:
                tables[len(tables) - is_below :] = [(found, [])]
            else:
                rows.append(row)
            before = row
        return tables

    def _header(self) -> SourceRow | None:
        """Returns the row of three cells or more that looks most like a header."""
        wide = [row for row in self._rows if sum(bool(cell.strip()) for cell in row.cells) > 2]
        return max(wide, key=lambda row: (self._known.known(row), row.kind is Kind.HEADER), default=None)

    def _kinds(self, row: SourceRow) -> Mapping[str, str]:
        """Returns what is known of the headings in a row, without persons."""
        return {one_line(self._privacy.cell(cell)): self._known.kind(cell) for cell in row.cells if cell.strip()}

    def _below(self, header: SourceRow) -> Sequence[SourceRow]:
        return self._rows[self._rows.index(header) + 1 :]

    def _cells(self, header: SourceRow) -> Mapping[str, Sequence[str]]:
        """Returns what stands below each heading of a row, as `_kinds` calls it."""
        fitting = [
            row for row in self._below(header) if len(row.cells) == len(header.cells) and is_full(row, header.cells)
        ]
        return {
            one_line(self._privacy.cell(heading)): [row.cells[at] for row in fitting]
            for at, heading in enumerate(header.cells)
            if heading.strip()
        }

    def _long(self, *, is_read: bool) -> Sequence[str]:
        """Returns lines for long tables: two of them, or one in which a project has several rows, read or not."""
        kinds = long.kinds_of(self._privacy.words.participations)
        tables = [list(rows) for is_edge, rows in groupby(self._rows, lambda row: len(row.cells) < 2) if not is_edge]
        for header, *rows in tables:
            headings = [one_line(self._privacy.cell(cell)) for cell in header.cells]
            found = {kinds.get(fold(heading), ""): heading for heading in reversed(headings)}
            found.pop("", None)
            columns = {
                heading: [plain_line(row.cells[at]) for row in rows if at < len(row.cells)]
                for at, heading in enumerate(headings)
            }
            role_columns = 0  # in a matrix there are several
            others = {plain_line(row.cells[0]) for table in tables if table[0] is not header for row in table[1:]}
            for heading, cells in columns.items():
                if len(cells) > 1 and all(map(self._privacy.words.role.fullmatch, cells)):
                    found.setdefault("role", heading)
                    role_columns += 1
                elif len(cells) > 1 and others.issuperset(cells):
                    found.setdefault("project", heading)
            of_project = {"number", "title", "description", "theme"}
            for heading in headings:
                if heading not in found.values() and self._known.kind(heading) not in of_project:
                    found.setdefault("organisation", heading)
            is_one = (
                role_columns == 1
                and self._known.names_title(map(self._known.kind, headings))
                and _goes_on(columns, found)
            )
            needed = long.NEEDED[1:] if is_one else long.NEEDED
            if (is_one or (not is_read and len(tables) > 1)) and found.keys() >= set(needed):
                own = {kind: [found[kind]] for kind in needed if kinds.get(fold(found[kind])) != kind}
                named = {} if is_one else self._projects(tables, set(columns[found["project"]]))
                return ['layout = "long"', *table_lines({"columns": named, "participations": own})]
        return []

    def _projects(self, tables: Sequence[Sequence[SourceRow]], keys: Collection[str]) -> Mapping[str, Sequence[str]]:
        """Returns what the columns of the table of projects are, where no table has titles: keys, and the next one."""
        if any(self._known.names_title(map(self._known.kind, header.cells)) for header, *_ in tables):
            return {}
        for header, *rows in tables:
            if rows and {plain_line(row.cells[0]) for row in rows}.issuperset(keys):
                first, *others = (one_line(self._privacy.cell(cell)) for cell in header.cells)
                titles = [heading for heading in others if heading and not self._known.kind(heading)][:1]
                numbers = {} if self._known.kind(first) == "number" else {"number": [first]}
                return {**numbers, "title": titles or ["…"]}
        return {}

    def _matrix(self) -> Sequence[str]:
        header, words = self._header(), self._privacy.words
        if header is None or not self._known.names_title(map(self._known.kind, header.cells)):
            return []
        under = {at for at, cell in enumerate(header.cells) if cell.strip() and not self._known.kind(cell)}
        rows = [
            {at: sign for at in under if (sign := self._sign(row, at))}
            for row in self._below(header)
            if len(row.cells) == len(header.cells)
        ]
        rows = [row for row in rows if not are_counts(row.values())]
        sums = {at for at in under if are_counts([row[at] for row in rows if at in row])}
        cells = Counter(sign for row in rows for at, sign in row.items() if at not in sums)
        marks = {cell: count for cell, count in cells.items() if len(cell) <= LONGEST_MARK and " " not in cell}
        known = {fold(mark) for mark in MARKS}
        repeated = sum(count for cell, count in marks.items() if count > 1 or fold(cell) in known)
        if len(under) < 2 or not cells or repeated < _LEAST_MARKS * cells.total():
            return []
        told = {sign for row in self._rows for sign, _ in meanings_of(row, with_names(marks, words), words)}
        unknown = [f'{quoted(mark)} = "partner"' for mark in marks if fold(mark) not in known | told]
        headings = [one_line(self._privacy.cell(header.cells[at])) for at in sorted(sums)]
        left_out = {"columns": {"left_out": headings}} if sums else {}
        return ['layout = "matrix"', *(["[marks]", *unknown] if unknown else []), *table_lines(left_out)]

    def _sign(self, row: SourceRow, at: int) -> str:
        """Returns what stands in a cell of a matrix: a text, or the name of its colour."""
        return plain_line(row.cells[at]) or called(own_colour(row, at, None), self._language, self._privacy.words)

    def _titles(self) -> Sequence[str]:
        header = self._header()
        if header is None or not titles.is_header(header, self._known):
            return []
        below = [row for row in self._below(header) if row.in_table]
        titled = sum(titles.is_line(above) and not titles.is_line(row) for above, row in pairwise(below))
        wide = sum(not titles.is_line(row) for row in below)
        if titled < 2 or 2 * titled <= wide:
            return []
        kinds = {**self._kinds(header), "": "title"}  # above each row
        return ['layout = "titles"', *lines_of_columns(kinds, self._cells(header), self._privacy)]

    def _cards(self) -> Sequence[str]:
        def kind(name: str) -> str:
            return self._known.kind(name) or looks_like(name, self._privacy.words)

        turned_rows = list(turned.as_cards(self._rows, self._known, kind))
        names = fields.names_in(turned_rows, kind)
        made = [row for row in fields.as_cards(turned_rows, names, self._known) if isinstance(row, SourceRow)]
        rows = [row for row in made if len(row.cells) > 1]
        beside = names_beside(rows)
        cells: dict[str, list[str]] = {}
        most = 0  # texts in one field
        for row in rows:
            for name, start, end in fields_of(row, beside):
                texts = list(filter(None, map(str.strip, row.cells[start:end])))
                cells.setdefault(self._privacy.cell(name), []).append(" ".join(texts))
                most = max(most, len(texts))
        cells.pop("", None)
        numbered = Counter(re.sub(r"\s*[0-9]\S*$", "", field) for field in cells)
        repeated = [field for field, texts in cells.items() if len(texts) > 1]
        if len(repeated) < 2 or most > _MOST_TEXTS:
            return []
        names = [field for field, count in numbered.items() if count > 1 and field not in repeated and field]
        kinds = {field: self._known.kind(field) for field in [*names, *repeated]}
        cells = {field: cells.get(field, []) for field in kinds}
        lines = sum(len(row.cells) == 1 for row in made)
        if lines >= max(map(len, cells.values())) and not names and not self._known.names_title(kinds.values()):
            kinds |= {"": "title"}  # the heading above a card
        return ['layout = "cards"', *lines_of_columns(kinds, cells, self._privacy)]

    def _list(self) -> Sequence[str]:
        if any(len(row.cells) > 1 for row in self._rows):
            return []
        return list_lines([plain_line(row.cells[0]) for row in self._rows if row.cells], self._privacy.words)


def _goes_on(columns: Mapping[str, Sequence[str]], found: Mapping[str, str]) -> bool:
    """Whether a project has several rows: what stands beside the participations is there again, or empty."""
    cells = {
        heading: cells
        for heading, cells in columns.items()
        if heading not in {found["role"], found.get("organisation")}
    }
    return bool(cells) and all(len(set(filter(None, texts))) < len(texts) for texts in cells.values())
