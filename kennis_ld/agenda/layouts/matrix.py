"""The matrix: a project is a row, an organisation a column, and a mark where they meet says what it does there.

In: rows, and what each mark says. Out: the same rows with one cell of parties in the place of the marks. A mark means
what the settings say, else what a legend in the document says, else what it usually means; one that nobody knows is a
finding. A mark may be a colour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kennis_ld.agenda.colours import described, own_colour
from kennis_ld.agenda.headers import Headings, plain_line
from kennis_ld.agenda.layouts.marks import LONGEST_MARK, NOTE, Marks
from kennis_ld.agenda.legends import with_names
from kennis_ld.agenda.numbers import are_counts
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.text import one_line
from kennis_ld.agenda.top import row_words
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, Kind, SourceRow

_BETWEEN = re.compile(r"\s*[/,;+&]\s*|\s+")
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
    given: Iterable[SourceRow | Finding], own: Mapping[str, str], *, known: Headings, privacy: Privacy, document: str
) -> Iterator[SourceRow | Finding]:
    """Yields the rows of a matrix as those of a table with a column of parties.

    Raises:
        UnreadableInput: no table has a header with a column of projects and columns of organisations.
    """
    given = _with_whole_headers(given, known)
    marks = Marks(own, _used(given, known, privacy), privacy)
    marks.learn(row for row in given if isinstance(row, SourceRow))
    header: _Header | None = None
    marked: set[str] = set()
    headings: dict[str, SourceRow] = {}
    edge = True
    for row in given:
        if isinstance(row, SourceRow) and (explained := marks.explained(row)):
            yield explained
        elif isinstance(row, Finding) or len(row.cells) < 2:
            edge = edge or (isinstance(row, SourceRow) and row.kind is Kind.EDGE)
            yield row
        elif (edge or header is None or row.cells == header.row.cells) and (found := _header(row, known, privacy)):
            header = found
            headings = {**dict.fromkeys(header.names.values(), row), **headings}
            yield _made(row, header, known.heading("parties"))
        elif header is None:
            yield row
        else:
            edge = False
            row = row.to_width(len(header.row.cells))
            fits = len(row.cells) == len(header.row.cells)
            filled = [at for at in header.names if fits and _mark(row, at, header)]
            marked |= {header.names[at] for at in filled if marks.said(_mark(row, at, header)) != ""}
            yield from _row(row, header, marks, privacy)
    for name in sorted(headings.keys() - marked):
        yield Finding("heading-without-entries", headings[name].place, words=privacy.cell(name))
    if header is None:
        raise UnreadableInput(
            "There is no matrix: no row names a column of projects and, beside it, organisations.",
            where=document,
            remedy="Name the column of projects under [columns] title in publication.toml, or take another layout.",
        )


def _with_whole_headers(given: Iterable[SourceRow | Finding], known: Headings) -> Sequence[SourceRow | Finding]:
    """Returns rows, of which a header over two rows ("Onderwijs" over two schools) is one."""
    made: list[SourceRow | Finding] = []
    above: SourceRow | None = None
    for row in given:
        if isinstance(row, Finding) or above is None or not known.divides(above, row):
            made.append(row)
        else:
            row = known.joined(above, row)
            made[made.index(above)] = row
        above = above if isinstance(row, Finding) else row
    return made


def _header(row: SourceRow, known: Headings, privacy: Privacy) -> _Header | None:
    kinds = [known.kind(cell) for cell in row.cells]
    names = {
        at: one_line(cell)
        for at, (cell, kind) in enumerate(zip(row.cells, kinds, strict=True))
        if not kind and cell.strip() and not privacy.is_contact_column(cell)
    }
    return _Header(row, names) if known.names_title(kinds) and names else None


def _used(given: Iterable[SourceRow | Finding], known: Headings, privacy: Privacy) -> frozenset[str]:
    """Returns the marks that stand in the document, folded: what its short cells under organisations say."""
    header: _Header | None = None
    found: set[str] = set()
    for row in (row for row in given if isinstance(row, SourceRow)):
        if again := _header(row, known, privacy):
            header = again
        elif header:
            for at in header.names:
                if at < len(row.cells) and len(mark := _mark(row, at, header)) <= LONGEST_MARK:
                    found.update(filter(None, _BETWEEN.split(mark)))
    return with_names(found, privacy.words)


def _mark(row: SourceRow, at: int, header: _Header) -> str:
    """Returns what stands in a cell under an organisation: a text, or the colour of the cell."""
    beside = next(iter(header.others), None)
    return plain_line(row.cells[at]) or own_colour(row, at, beside)


def _row(row: SourceRow, header: _Header, marks: Marks, privacy: Privacy) -> Iterator[SourceRow | Finding]:
    if len(row.cells) != len(header.row.cells):
        yield Finding("row-of-other-table", row.place, words=row_words(row, privacy))
        return
    first = next(filter(None, map(one_line, row.cells)), "")
    if first and (privacy.words.rows["total"].match(first) or _counts(row, header, marks)):
        yield Finding("looks-like-total", row.place, words=row_words(row, privacy))
        return
    parties: dict[str, list[str]] = {}
    for at, name in header.names.items():
        cell = _mark(row, at, header)
        if (note := NOTE.search(cell)) and marks.said(cell) is None:  # a mark of a note at a mark
            if meaning := marks.note(note[0]):
                cell = f"{cell[: note.start()]} ({meaning})"
            else:
                yield Finding("note-mark", row.cell_place(at), words=f"{name} ({note[0]})")
                cell = cell[: note.start()]
        for role, party in _parties(cell, name, marks):
            if role is None:
                values = {"column": name}
                words = privacy.cell(row.cells[at].strip()) or described(cell, privacy.words)
                yield Finding("unknown-mark", row.cell_place(at), words=words, values=values)
            else:
                parties.setdefault(role, []).append(party)
    yield _made(row, header, "\n".join(f"{role}: {'; '.join(names)}" for role, names in parties.items()))


def _counts(row: SourceRow, header: _Header, marks: Marks) -> bool:
    """Whether a row says for each organisation how many marks it has: numbers that are not all marks themselves."""
    cells = [mark for at in header.names if (mark := _mark(row, at, header))]
    return are_counts(cells) and None in map(marks.said, cells)


def _parties(cell: str, name: str, marks: Marks) -> Iterator[tuple[str | None, str]]:
    """Yields role and party for each mark in a cell; no role for what is no mark."""
    if not cell:
        return
    found = _REMARK.fullmatch(cell)
    remark = f" {found['remark']}" if found else ""
    told = [marks.said(mark) for mark in _BETWEEN.split(found["mark"] if found else cell) if mark]
    if not told or None in told:
        yield None, name
        return
    for said in dict.fromkeys(filter(None, told)):
        yield said.removesuffix("?"), f"{name}{'?' if said.endswith('?') else ''}{remark}"


def _made(row: SourceRow, header: _Header, parties: str) -> SourceRow:
    others = header.others
    return row.of((*others, -1), (*(row.cells[at] for at in others), parties))
