"""Long tables: one of projects, and one with a row for each participation, joined by the number of the project.

In: rows of both tables, in any order: two sheets of a workbook, or two tables of a document; or one table in which a
project has a row for each participation. Out: the table of projects with one more column, of parties. Where a third
table has the same column of organisations as the participations and another one with names, those names count. A
participation of no project is a finding, and so is a word for a role that nobody knows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kennis_ld.agenda.headers import Headings, plain_line
from kennis_ld.agenda.numbers import number_key
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.role_words import role_at
from kennis_ld.agenda.top import row_words
from kennis_ld.agenda.unread_columns import unnamed_cell
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, Kind, SourceRow

_NUMBER = ("id", "project_id", "projectid", "sleutel", "key")
NEEDED = ("project", "organisation", "role")
"""The columns that a table of participations must have."""


def kinds_of(*columns: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    """Returns what stands in a column of participations by its heading, folded; of two that say it the last counts."""
    return {plain_line(name).casefold(): kind for each in columns for kind, names in each.items() for name in names}


@dataclass(slots=True)
class _Table:
    """One table: its header, and the rows below it."""

    header: SourceRow
    rows: list[SourceRow] = field(default_factory=list)


def rows(
    given: Iterable[SourceRow | Finding],
    own: Mapping[str, Sequence[str]],
    *,
    known: Headings,
    privacy: Privacy,
    document: str,
) -> Iterator[SourceRow | Finding]:
    """Yields the projects of a document as the rows of a table with a column of parties.

    What the publication's `own` headings say of a column counts before what the languages say.

    Raises:
        UnreadableInput: there is no table of projects, or none of participations.
    """
    kinds = kinds_of(privacy.words.participations, own)
    projects: _Table | None = None
    participations: _Table | None = None
    table: _Table | None = None
    beside: list[SourceRow] = []
    others: list[_Table] = []
    merged: list[Finding] = []
    for row in given:
        if isinstance(row, Finding):
            merged += [row] if row.code == "merged-cells" else []
            yield from () if row in merged else (row,)
        elif row.kind is Kind.EDGE:
            table = None
        elif len(row.cells) < 2:
            if row.cells[:1] == (row.place.sheet,):
                continue  # the name of a sheet
            beside.append(row)
        elif table and table not in others:
            table.rows.append(row)
        elif participations is None and set(NEEDED) <= set(_kinds(row, kinds)):
            table = participations = _Table(row)
        elif projects is None and known.names_title(map(known.kind, row.cells)):
            table = projects = _Table(row)
        elif table:
            table.rows.append(row)
        else:
            table = _Table(row)
            others.append(table)
    is_one = projects is None
    if participations and is_one and known.names_title(map(known.kind, participations.header.cells)):
        width = len(participations.header.cells)
        whole = [row.to_width(width) for row in participations.rows]
        for row in (row for row in whole if len(row.cells) != width):
            yield Finding("row-of-other-table", row.place, words=row_words(row, privacy))
        participations.rows = [row for row in whole if len(row.cells) == width]
        projects, participations = _divided(participations, kinds, known)
    else:
        yield from merged  # in one table they hold for all rows of a project
    if projects is None or participations is None:
        found = [table.header for table in (projects, participations, *others) if table]
        seen = "; ".join(row_words(row, privacy) for row in found[:5])
        raise _missing(projects, seen, document)
    named = _Named(participations.header, others, kinds, privacy)
    joined = _Joined(participations, kinds, named, privacy)
    at = 0 if is_one else _number_at(projects.header, known, document)
    width = len(projects.header.cells)
    heads = list(projects.header.cells)
    if not is_one:
        heads[at] = known.heading("number")
    apart = (row for table in others if table is not named.table for row in (table.header, *table.rows))
    for row in [*apart, *beside]:
        yield Finding("text-outside-table", row.place, words=row_words(row, privacy))
    yield _with(projects.header, heads, known.heading("parties"))
    for row in (row.to_width(width) for row in projects.rows):
        if len(row.cells) == width and any(row.cells) and not row.cells[at].strip():
            yield Finding("row-without-number", row.place, words=row_words(row, privacy))
            continue
        yield _with(row, row.cells, joined.parties(row.cells[at]) if len(row.cells) == width else "")
    yield from joined.findings()
    yield from named.findings()


def _divided(table: _Table, kinds: Mapping[str, str], known: Headings) -> tuple[_Table, _Table]:
    """Returns projects and participations of one table, each with what joins them in front: the number, else the title.

    What is said of a project may stand in its first row only; what differs in its other rows is put behind it.
    """
    heads = table.header.cells
    places: dict[str, int] = {}
    for at, kind in enumerate(_kinds(table.header, kinds)):
        if kind in {"organisation", "role"} or (kind in {"start", "end"} and not known.kind(heads[at])):
            places.setdefault(kind, at)
    named = {known.kind(head): at for at, head in reversed(list(enumerate(heads))) if at not in places.values()}
    key = named.get("number", next(at for kind, at in named.items() if known.names_title([kind])))
    own = [key, *(at for at in range(len(heads)) if at not in {key, *places.values()})]
    projects: dict[str, SourceRow] = {}
    participations: list[SourceRow] = []
    name = ""
    for row in table.rows:
        name = row.cells[key].strip() or name
        participations.append(_only(row, [key, *places.values()], name))
        given = _only(row, own, name)
        projects[number_key(name)] = _with_more(projects.get(number_key(name)), given)
    project = next(name for name, kind in kinds.items() if kind == "project")
    header = _only(table.header, [key, *places.values()], project)
    return _Table(_only(table.header, own, heads[key]), list(projects.values())), _Table(header, participations)


def _only(row: SourceRow, places: Sequence[int], first: str) -> SourceRow:
    """Returns some cells of a row, with a text in the place of the first one."""
    return replace(row.of(places, (first, *(row.cells[at] for at in places[1:]))), goes_on=())


def _with_more(row: SourceRow | None, other: SourceRow) -> SourceRow:
    """Returns the first row of a project with what another one says beside it; both begin with what joins them."""
    if row is None:
        return other
    cells = zip(row.cells[1:], other.cells[1:], strict=True)
    more = (one if two in one.split("\n") else f"{one}\n{two}".strip() for one, two in cells)
    return replace(row, cells=(row.cells[0], *more))


class _Named:
    """The table of organisations that says what the participations mean with a code or abbreviation, if there is one.

    Attributes:
        table: that table; None where there is none.
    """

    def __init__(self, header: SourceRow, tables: Sequence[_Table], kinds: Mapping[str, str], privacy: Privacy) -> None:
        self.table: _Table | None = None
        self._privacy = privacy
        self._columns: Sequence[int] = ()
        self._rows: dict[str, SourceRow] = {}
        self._used: set[SourceRow] = set()
        codes = {plain_line(header.cells[at]) for at in _of_organisations(header, kinds)}
        for table in tables:
            code = next((at for at, head in enumerate(table.header.cells) if plain_line(head) in codes), None)
            name = next((at for at in _of_organisations(table.header, kinds) if at != code), None)
            if code is not None and name is not None:
                self.table, self._columns = table, (code, name)
                rows = (row for row in table.rows if len(row.cells) > max(code, name) and row.cells[name].strip())
                self._rows = {plain_line(row.cells[code]): row for row in rows}
                return

    def called(self, organisation: str) -> str:
        """Returns the name of an organisation; what is no code stays."""
        row = self._rows.get(organisation)
        if row is None:
            return organisation
        self._used.add(row)
        return plain_line(row.cells[self._columns[1]])

    def findings(self) -> Iterator[Finding]:
        """Yields what the table says beside the names that were asked for."""
        for row in self.table.rows if self.table else ():
            if row in self._used and self.table:
                yield from _unread(row, self.table.header, self._columns, self._privacy)
            else:
                yield Finding("text-outside-table", row.place, words=row_words(row, self._privacy))


class _Joined:
    """The participations by the number of their project."""

    def __init__(self, table: _Table, kinds: Mapping[str, str], named: _Named, privacy: Privacy) -> None:
        self._named = named
        self._privacy = privacy
        self._header = table.header
        self._columns = {kind: at for at, kind in reversed(list(enumerate(_kinds(table.header, kinds)))) if kind}
        self._by_project: dict[str, list[SourceRow]] = {}
        self._used: set[str] = set()
        for row in table.rows:
            self._by_project.setdefault(number_key(self._cell(row, "project")), []).append(row)

    def parties(self, number: str) -> str:
        """Returns the cell of parties of a project."""
        key = number_key(plain_line(number))
        self._used.add(key)
        parties: dict[str, list[str]] = {}
        for row in self._by_project.get(key, []):
            role = self._cell(row, "role")
            if self._is_role(role):
                name = self._named.called(self._cell(row, "organisation"))
                parties.setdefault(role.rstrip(":"), []).append(f"{name}{self._period(row)}")
        return "\n".join(f"{role}: {'; '.join(names)}" for role, names in parties.items())

    def findings(self) -> Iterator[Finding]:
        """Yields what is to be said about participations, after all projects had theirs."""
        for key, rows in self._by_project.items():
            for row in rows:
                words = row_words(row, self._privacy)
                if key not in self._used:
                    yield Finding("participation-without-project", row.place, words=words)
                elif not self._is_role(role := self._cell(row, "role")):
                    yield Finding("participation-without-role", row.place, words=words, values={"role": role})
                yield from _unread(row, self._header, self._columns.values(), self._privacy)

    def _is_role(self, role: str) -> bool:
        return role_at(f"{role.rstrip(':')}: x", 0, self._privacy.words) is not None

    def _period(self, row: SourceRow) -> str:
        start, end = _day(self._cell(row, "start")), _day(self._cell(row, "end"))
        return (f" (vanaf {start})" if start else "") + (f" (tot {end})" if end else "")

    def _cell(self, row: SourceRow, column: str) -> str:
        at = self._columns.get(column, len(row.cells))
        return plain_line(row.cells[at]) if at < len(row.cells) else ""


def _unread(row: SourceRow, header: SourceRow, taken: Collection[int], privacy: Privacy) -> Iterator[Finding]:
    """Yields what is to be said about the cells of a row in columns that are not taken."""
    for at, cell in enumerate(row.cells):
        if cell.strip() and at not in taken:
            name = header.cells[at] if at < len(header.cells) else ""
            yield unnamed_cell(cell.strip(), name, at + 1, place=row.cell_place(at), privacy=privacy)


def _of_organisations(header: SourceRow, kinds: Mapping[str, str]) -> Sequence[int]:
    return [at for at, kind in enumerate(_kinds(header, kinds)) if kind == "organisation"]


def _kinds(row: SourceRow, kinds: Mapping[str, str]) -> Sequence[str]:
    return [kinds.get(plain_line(cell).casefold(), "") for cell in row.cells]


def _number_at(header: SourceRow, known: Headings, document: str) -> int:
    """Returns the column by which the projects are joined.

    Raises:
        UnreadableInput: there is none.
    """
    names = [plain_line(cell).casefold() for cell in header.cells]
    for at, name in enumerate(names):
        if known.kind(header.cells[at]) == "number" or name in _NUMBER:
            return at
    raise UnreadableInput(
        f"The table of projects has no column of numbers to join it by; its columns are: {' | '.join(names)}.",
        where=document,
        remedy="Name that column under [columns] number in publication.toml.",
    )


def _with(row: SourceRow, cells: Sequence[str], parties: str) -> SourceRow:
    return replace(row, cells=(*cells, parties), kept=None)


def _day(text: str) -> str:
    """Returns a day as a cell of parties has it: 2026-02-01 becomes 1-2-2026; anything else stays."""
    parts = text.split("-")
    if len(parts) == 3 and len(parts[0]) == 4 and all(part.isdigit() for part in parts):
        return f"{int(parts[2])}-{int(parts[1])}-{parts[0]}"
    return text


def _missing(projects: _Table | None, seen: str, document: str) -> UnreadableInput:
    if projects is None:
        return UnreadableInput(
            f"There is no table of projects: none has a column of titles. The headers are: {seen}.",
            where=document,
            remedy="Name the column of titles under [columns] title in publication.toml.",
        )
    return UnreadableInput(
        "There is no table of participations: none has columns of projects, organisations and roles. "
        f"The headers are: {seen}.",
        where=document,
        remedy="Name these columns under [participations] project, organisation and role in publication.toml.",
    )
