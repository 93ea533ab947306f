"""The matrix: a project is a row, an organisation a column, and a mark where they meet says what it does there.

In: rows, and what each mark says. Out: the same rows with one cell of parties in the place of the marks. A mark that
nobody knows is a finding, and so is a legend in the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kennis_ld.agenda import lookalikes
from kennis_ld.agenda.headers import Headings, plain_line
from kennis_ld.agenda.numbers import is_number
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.text import one_line
from kennis_ld.agenda.top import row_words
from kennis_ld.agenda.wording import fold
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Continuation, Finding, Kind, SourceRow

MARKS: Mapping[str, str] = {
    **dict.fromkeys(("●", "⚫", "■", "★", "T", "L"), "lead"),
    **dict.fromkeys(("○", "◯", "□", "x", "✓", "✔", "v", "P"), "partner"),
    "?": "partner?",
    **dict.fromkeys(("-", "–", "—", ".", "0"), ""),
}
"""What marks say where the publication does not: a word for a role, with "?" behind it in doubt, or nothing."""

_BETWEEN = re.compile(r"\s*[/,;+&]\s*|\s+")
_NOTE = re.compile(r"(?<=.)[*†‡§⁰¹²³⁴-⁹]+$")
_REMARK = re.compile(r"(?P<mark>.*?)\s*(?P<remark>\([^()]*\))")


@dataclass(frozen=True, slots=True)
class _Header:
    """The header of a matrix: which columns are organisations, and what they are called."""

    row: SourceRow
    names: Mapping[int, str]

    @property
    def others(self) -> Sequence[int]:
        """The columns that are no organisations."""
        return [at for at in range(len(self.row.cells)) if at not in self.names]


def rows(
    given: Iterable[SourceRow | Finding], marks: Mapping[str, str], *, known: Headings, privacy: Privacy, document: str
) -> Iterator[SourceRow | Finding]:
    """Yields the rows of a matrix as those of a table with a column of parties.

    Raises:
        UnreadableInput: no table has a header with a column of projects and columns of organisations.
    """
    folded = {**{word: word for word in privacy.words.roles}, **{fold(mark): said for mark, said in marks.items()}}
    header: _Header | None = None
    edge = True
    for row in given:
        if isinstance(row, SourceRow) and len(row.cells) == 1 and header and _explains(one_line(row.cells[0]), folded):
            yield Finding("looks-like-legend", row.place, words=row_words(row, privacy))
        elif isinstance(row, Finding) or not row.in_table or len(row.cells) < 2:
            edge = edge or (isinstance(row, SourceRow) and row.kind is Kind.EDGE)
            yield row
        elif (edge or header is None or row.cells == header.row.cells) and (found := _header(row, known, privacy)):
            header, edge = found, False
            yield _made(row, header, known.heading("parties"))
        elif header is None:
            yield row
        else:
            edge = False
            yield from _row(row.to_width(len(header.row.cells)), header, folded, privacy)
    if header is None:
        raise UnreadableInput(
            "There is no matrix: no row names a column of projects and, beside it, organisations.",
            where=document,
            remedy="Name the column of projects under [columns] title in publication.toml, or take another layout.",
        )


def _header(row: SourceRow, known: Headings, privacy: Privacy) -> _Header | None:
    kinds = [known.kind(cell) for cell in row.cells]
    names = {
        at: one_line(cell)
        for at, (cell, kind) in enumerate(zip(row.cells, kinds, strict=True))
        if not kind and cell.strip() and not privacy.is_contact_column(cell)
    }
    return _Header(row, names) if known.names_title(kinds) and names else None


def _row(row: SourceRow, header: _Header, marks: Mapping[str, str], privacy: Privacy) -> Iterator[SourceRow | Finding]:
    filled = [cell for cell in row.cells if cell.strip()]
    if len(row.cells) != len(header.row.cells):
        yield Finding("row-of-other-table", row.place, words=row_words(row, privacy))
        return
    if len(filled) == 1 and _explains(one_line(filled[0]), marks):
        yield Finding("looks-like-legend", row.place, words=row_words(row, privacy))
        return
    if filled and lookalikes.is_total(one_line(filled[0])):
        yield Finding("looks-like-total", row.place, words=row_words(row, privacy))
        return
    parties: dict[str, list[str]] = {}
    for at, name in header.names.items():
        cell = plain_line(row.cells[at])
        if (note := _NOTE.search(cell)) and fold(cell) not in marks:  # a mark of a note at a mark
            yield Finding("note-mark", row.cell_place(at), words=f"{name} ({note[0]})")
            cell = cell[: note.start()]
        for role, party in _parties(cell, name, marks):
            if role is None:
                values = {"column": name}
                words = privacy.cell(row.cells[at].strip())
                yield Finding("unknown-mark", row.cell_place(at), words=words, values=values)
            else:
                parties.setdefault(role, []).append(party)
    yield _made(row, header, "\n".join(f"{role}: {'; '.join(names)}" for role, names in parties.items()))


def _parties(cell: str, name: str, marks: Mapping[str, str]) -> Iterator[tuple[str | None, str]]:
    """Yields role and party for each mark in a cell; no role for what is no mark."""
    if not cell:
        return
    found = _REMARK.fullmatch(cell)
    remark = f" {found['remark']}" if found else ""
    given = [fold(mark) for mark in _BETWEEN.split(found["mark"] if found else cell) if mark]
    told = [_said(mark, marks) for mark in given]
    if not told or None in told:
        yield None, name
        return
    for said in dict.fromkeys(filter(None, told)):
        yield said.removesuffix("?"), f"{name}{'?' if said.endswith('?') else ''}{remark}"


def _said(mark: str, marks: Mapping[str, str]) -> str | None:
    """Returns what a mark says; a question mark behind it makes it doubtful. None for what is no mark."""
    if mark in marks:
        return marks[mark]
    said = marks.get(mark.removesuffix("?"), "")
    return f"{said.removesuffix('?')}?" if said else None


def _explains(text: str, marks: Mapping[str, str]) -> bool:
    """Whether a text begins with a mark and says what it means: "● trekt, ○ doet mee"."""
    first, _, rest = text.partition(" ")
    return bool(rest) and fold(first.rstrip(":=")) in marks and not is_number(first)


def _made(row: SourceRow, header: _Header, parties: str) -> SourceRow:
    others = header.others
    cells = (*(row.cells[at] for at in others), parties)
    goes_on = (*(row.how(at) for at in others), Continuation.NONE)
    columns = (*(row.columns[at] for at in others if at < len(row.columns)), "") if row.columns else ()
    return replace(row, cells=cells, kept=None, goes_on=goes_on if any(goes_on) else (), columns=columns)
