"""Takes over what people made of the proposals: into the tables of the publication, with who decided, when and why.

A row goes in the place of the row with the same key, or to the end; all else in the tables stays byte for byte.
Nothing is written before the new tables were read without a fault, and a row that contradicts what is known is refused
with both values. The URI that an unknown name had in a release gets a decision that says what took its place, so that
the next release can be built. `adopted.csv` keeps who decided what; `kennis_ld.publication.undoing` takes it back.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kennis_ld.agenda.editions import theme_key
from kennis_ld.agenda.identity import Identities
from kennis_ld.agenda.numbers import number_key
from kennis_ld.agenda.register import Register, folded
from kennis_ld.agenda.themes import theme_of_heading
from kennis_ld.errors import UnreadableInput
from kennis_ld.graph.formats import subjects_among
from kennis_ld.model import Identity, Known, Theme
from kennis_ld.publication import tables, undoing, workbook
from kennis_ld.publication.csv_file import CsvFile, TableRow
from kennis_ld.publication.decisions import DECISIONS, REPLACED, WITHDRAWN
from kennis_ld.publication.proposals import KEYS, Gaps, proposed_file, row_key
from kennis_ld.publication.publication import TABLES, WORKBOOK_ENDS, Publication

LOG = "adopted.csv"
"""The table of the publication that keeps every row that was taken over."""

LOG_COLUMNS = ("date", "decided_by", "why", "table", "row", "name")

_READERS: Mapping[str, Callable[[Path], object]] = {
    "register": tables.organisations,
    "groups": tables.groups,
    "themes": tables.themes,
    "identities": lambda path: Identities(tables.identities(path)),
}
_NAMED = {name: table.required for name, table in tables.BY_NAME.items()} | {"identities": ("project", "title")}
"""The columns that the log names a row by; another row with the same key may not have another such name."""

_OF_THEMES = ("theme", "broader")
"""The columns in which a row names a theme by its key."""

_PROJECT = ("project", "edition")
"""The columns that tell the row of a project when its entry stands elsewhere now."""


@dataclass(frozen=True, slots=True)
class Decided:
    """Who decided that the rows are right, when and why; `by` is an office rather than a person, for it is kept."""

    by: str
    why: str
    on: date


@dataclass(frozen=True, slots=True)
class Replacement:
    """A row of a table that a row of the proposals took the place of.

    Attributes:
        table: file name of the table.
        changes: what a cell said and says now, by column.
    """

    table: str
    row: str
    changes: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Adopted:
    """What was taken over.

    Attributes:
        rows: how many rows in which table.
        replacements: the rows that were there and say something else now.
        replaced: the URIs that something else took the place of; empty where they go and nothing does.
    """

    rows: Mapping[str, int]
    replacements: Sequence[Replacement]
    replaced: Mapping[str, str]


def adopt(
    publication: Publication, folder: Path, gaps: Gaps, *, decided: Decided, releases: Collection[Path]
) -> Adopted:
    """Takes over the proposals in a folder; their files are renamed to `….adopted.…`.

    Args:
        publication: whose tables are to change.
        gaps: what the tables do not know yet.
        releases: folders of the releases that hold all that was published.

    Raises:
        UnreadableInput: there are no proposals, or a row says something that cannot be or contradicts what is known;
            nothing was changed then.
    """
    files = {table: path for table in KEYS if (path := _proposed(folder, table))}
    if not files:
        raise UnreadableInput(
            "There are no proposals in this folder.",
            where=str(folder),
            remedy=f"Run first: kennis-ld check {publication.folder} --proposals {folder}",
        )
    targets = {name: _writable(publication, name) for name in (*files, "decisions")}
    given = {table: _given(path, table) for table, path in files.items()}
    keys = _given_keys(gaps.themes, [row.cells for row in given.get("themes", ())])
    given = {table: [replace(row, cells=_followed(row.cells, keys)) for row in rows] for table, rows in given.items()}
    undecided = [replace(item, theme=keys.get(item.theme, item.theme)) for item in gaps.projects]
    for table, rows in given.items():
        _check_once(table, rows)
    _check_entries(publication, given.get("identities", ()), undecided)
    before = {table: _sheet(publication, targets[table], tables.BY_NAME[table].columns) for table in given}
    replacements = [found for table, rows in given.items() for found in _replacements(table, before[table], rows)]
    merged = {table: _merged(table, before[table], rows) for table, rows in given.items()}
    with tempfile.TemporaryDirectory() as place:
        for table, sheet in merged.items():
            draft = Path(place, TABLES[table])
            sheet.save(draft)
            _check(draft, table, files[table], given[table])
        replaced = _replaced(publication, gaps, Path(place), releases)
    changed = {targets[table]: sheet for table, sheet in merged.items()}
    changed[publication.folder / LOG] = _log(publication, given, decided)
    if replaced:
        changed[targets["decisions"]] = _decisions(publication, targets["decisions"], replaced, decided)
    moved = {path: _done(path) for path in files.values()}
    with undoing.kept(publication.folder, changed, moved):
        for path, sheet in changed.items():
            sheet.save(path)
        for path, adopted in moved.items():
            path.replace(adopted)
    return Adopted({TABLES[table]: len(rows) for table, rows in given.items()}, replacements, replaced)


def _done(path: Path) -> Path:
    """Returns the name for proposals that were taken over; none that a file has already."""
    names = itertools.chain([""], (f"-{count}" for count in itertools.count(2)))
    new = (path.with_name(path.name.replace(".proposed.", f".adopted{name}.")) for name in names)
    return next(each for each in new if not each.exists())


def _proposed(folder: Path, table: str) -> Path | None:
    """Returns the file with proposals for a table: the CSV file, or the workbook that it was saved as.

    Raises:
        UnreadableInput: both are there, and nobody can know in which one the corrections are.
    """
    csv_path = folder / proposed_file(table)
    there = [path for path in (csv_path, *(csv_path.with_suffix(end) for end in WORKBOOK_ENDS)) if path.exists()]
    if len(there) > 1:
        raise UnreadableInput(
            f"The proposals are there twice: {there[0].name} and {there[1].name}.",
            where=str(folder),
            remedy="Keep the file with your corrections, and remove the other.",
        )
    return there[0] if there else None


def _writable(publication: Publication, table: str) -> Path:
    path = publication.table(table)
    if path.exists() and workbook.is_workbook(path):
        raise UnreadableInput(
            "This table is a workbook, which kennis-ld reads and does not write.",
            where=str(path),
            remedy="Copy the rows of the proposals into it yourself, or save the table as CSV.",
        )
    return path


def _given(path: Path, table: str) -> Sequence[TableRow]:
    """Returns the rows of a table with proposals; only the columns that it has."""
    checked = list(tables.rows(path, tables.BY_NAME[table]))
    columns = tables.header(path, table)
    return [TableRow(place, {name: row[name] for name in columns}) for place, row in checked]


def _given_keys(proposed: Sequence[Theme], rows: Iterable[Mapping[str, str]]) -> Mapping[str, str]:
    """Returns the keys that rows give to themes, by the key that each was proposed with; its heading tells which."""
    given = [
        Theme(row["key"], tuple((row.get("headings") or row["label"]).split("|")), label=row["label"]) for row in rows
    ]
    found = {theme.key: theme_of_heading(theme.headings[0], given) for theme in proposed}
    return {key: theme.key for key, theme in found.items() if theme}


def _followed(cells: Mapping[str, str], keys: Mapping[str, str]) -> Mapping[str, str]:
    """Returns the cells of a row with the given key of every theme that they name by its proposed one."""
    return {name: keys.get(cell, cell) if name in _OF_THEMES else cell for name, cell in cells.items()}


def _key(table: str, cells: Mapping[str, str]) -> tuple[str, ...]:
    names = row_key(table, cells)
    cells = {**cells, "number": number_key(cells.get("number", "")), "title": folded(cells.get("title", ""))}
    return tuple(cells.get(name, "") for name in names)


def _check_once(table: str, rows: Sequence[TableRow]) -> None:
    """Refuses two rows for one thing: a spreadsheet that makes 1.1 of 1.10 is seen by it."""
    seen: dict[tuple[str, ...], TableRow] = {}
    for row in rows:
        other = seen.setdefault(_key(table, row.cells), row)
        if other is not row:
            both = " / ".join(", ".join(filter(None, item.cells.values())) for item in (other, row))
            raise UnreadableInput(
                f"Two rows are about the same thing, {_words(_key(table, row.cells))}: {both}.",
                where=str(row.place),
                remedy=f"Correct one of them; the other stands at {other.place}.",
            )


def _check_entries(publication: Publication, rows: Sequence[TableRow], undecided: Sequence[Identity]) -> None:
    """Refuses a row about an entry that no document has, or that has another title there or another project already."""
    path = publication.table("identities")
    decided = tables.identities(path)
    known = {_entry(item.edition, item.theme, item.number, item.title): item for item in (*undecided, *decided)}
    settled = {_entry(item.edition, item.theme, item.number, item.title): item for item in decided}
    for row in rows:
        edition, theme, number, title = (row.cells.get(name, "") for name in ("edition", "theme", "number", "title"))
        at = _entry(edition, theme, number, title)
        if at not in known:
            meant = next((item for item in undecided if item.edition == edition and _same(item.title, title)), None)
            said = f" “{title}” has number {meant.number} there, not {number}." if meant and title else ""
            raise UnreadableInput(
                f"No document has an entry {_words((edition, theme, number))}.{said}",
                where=str(row.place),
                remedy="Type edition, theme and number as they were proposed; a spreadsheet makes 1.1 of 1.10.",
            )
        if title and known[at].title and not _same(known[at].title, title):
            raise UnreadableInput(
                f"Entry {_words(at)} is called “{known[at].title}” in the document, and “{title}” here.",
                where=str(row.place),
                remedy="Check the number: a spreadsheet makes 1.1 of 1.10. A title is corrected in the document.",
            )
        if at in settled and settled[at].project != row.cells["project"]:
            raise UnreadableInput(
                f"Entry {_words(at)} is project {settled[at].project!r} already, and {row.cells['project']!r} here.",
                where=str(row.place),
                remedy=f"Remove this row, or change {path.name} itself: the address of the project would change.",
            )


def _entry(edition: str, theme: str, number: str, title: str) -> tuple[str, str, str]:
    """Returns what an entry is known by: its number under a theme, or its title where it has no number."""
    return edition, theme, number_key(number) or folded(title)


def _words(key: Iterable[str]) -> str:
    return " ".join(filter(None, key))


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _replacements(table: str, before: CsvFile, rows: Sequence[TableRow]) -> list[Replacement]:
    """Returns which rows will say something else.

    Raises:
        UnreadableInput: a row has the key of a row that has another name: these are two things.
    """
    found = []
    name = _NAMED[table][1]
    for row, old, _ in _with_old(table, before, rows):
        if not old:
            continue
        if table != "identities" and folded(old.get(name, "")) != folded(row.cells.get(name, "")):
            raise UnreadableInput(
                f"Key {row.cells['key']!r} is that of “{old.get(name, '')}” in {TABLES[table]}, and of "
                f"“{row.cells.get(name, '')}” here.",
                where=str(row.place),
                remedy="Give the new row a key of its own. A name is corrected in the table itself.",
            )
        changes = {
            column: (old.get(column, ""), cell) for column, cell in row.cells.items() if old.get(column, "") != cell
        }
        if changes:
            found.append(Replacement(TABLES[table], _words(_key(table, row.cells)), changes))
    return found


def _merged(table: str, before: CsvFile, rows: Sequence[TableRow]) -> CsvFile:
    for row, old, names in _with_old(table, before, rows):
        key = {} if names == _PROJECT else {name: old[name] for name in names if name in old}  # as it is written there
        before = before.with_row({**old, **row.cells, **key}, key=names)
    return before


def _with_old(
    table: str, before: CsvFile, rows: Sequence[TableRow]
) -> Iterator[tuple[TableRow, Mapping[str, str], Sequence[str]]]:
    """Yields with each row the one whose place it takes, empty where there is none, and the columns that tell it.

    A project has one row of an edition: where its theme or number is another one now, that row stands there still.
    """
    known = {_key(table, row): row for row in before.rows}
    moved = {_titled(row): row for row in before.rows} if table == "identities" else {}
    for row in rows:
        old = known.get(_key(table, row.cells))
        if old is None and _titled(row.cells) in moved:
            yield row, moved[_titled(row.cells)], _PROJECT
        else:
            yield row, old or {}, row_key(table, row.cells)


def _titled(cells: Mapping[str, str]) -> tuple[str, ...]:
    return (*(cells.get(name, "") for name in _PROJECT), folded(cells.get("title", "")))


def _check(draft: Path, table: str, file: Path, rows: Sequence[TableRow]) -> None:
    """Reads a new table before it takes the place of the old one; what is wrong with it stands in the proposals."""
    try:
        _READERS[table](draft)
    except UnreadableInput as error:
        lines = {str(draft.with_name(str(row.place))): _key(table, row.cells) for row in CsvFile.read(draft).filled}
        places = [str(row.place) for row in rows if _key(table, row.cells) == lines.get(error.where)]
        raise UnreadableInput(error.what, where=(*places, str(file))[0], remedy=error.remedy) from error


def _replaced(publication: Publication, gaps: Gaps, place: Path, releases: Collection[Path]) -> Mapping[str, str]:
    """Returns which published things have another key now, as `organisatie/voorlopig-x`: `organisatie/x`.

    What became a group has none: a group is no organisation.
    """
    if not releases:
        return {}

    def table(name: str) -> Path:
        draft = place / TABLES[name]
        return draft if draft.exists() else publication.table(name)

    register = Register(tables.organisations(table("register")), tables.groups(table("groups")), publication.words)
    known = tables.themes(table("themes"))
    moved: dict[str, str] = {}
    for item in gaps.organisations:
        resolution = register.resolve(item.name)
        if isinstance(resolution, Known):
            moved[f"organisatie/{item.key}"] = f"organisatie/{resolution.organisation}"
        elif register.is_group(item.name):
            moved[f"organisatie/{item.key}"] = ""
    for theme in gaps.themes:
        if theme_of_heading(theme.label, known) and theme_key(theme.label, known) != theme.key:
            moved[f"thema/{theme.key}"] = f"thema/{theme_key(theme.label, known)}"
    published = set[str]()
    for release in releases:
        with (release / "agenda.nq").open("rb") as lines:
            published |= subjects_among(lines, (f"{publication.iris.things}{name}" for name in moved))
    return {old: new for old, new in moved.items() if f"{publication.iris.things}{old}" in published}


def _log(publication: Publication, given: Mapping[str, Sequence[TableRow]], decided: Decided) -> CsvFile:
    sheet = _sheet(publication, publication.folder / LOG, LOG_COLUMNS)
    for table, rows in given.items():
        for row in rows:
            key, name = (row.cells.get(column, "") for column in _NAMED[table])
            cells = (decided.on.isoformat(), decided.by, decided.why, TABLES[table], key, name)
            sheet = sheet.with_row(dict(zip(LOG_COLUMNS, cells, strict=True)), key=LOG_COLUMNS)
    return sheet


def _decisions(publication: Publication, path: Path, replaced: Mapping[str, str], decided: Decided) -> CsvFile:
    sheet = _sheet(publication, path, DECISIONS.columns)
    for old, new in replaced.items():
        cells = (old, REPLACED if new else WITHDRAWN, new, decided.why, decided.by, decided.on.isoformat())
        sheet = sheet.with_row(dict(zip(DECISIONS.columns, cells, strict=True)), key=("uri",))
    return sheet


def _sheet(publication: Publication, path: Path, columns: Sequence[str]) -> CsvFile:
    return CsvFile.read(path) if path.exists() else CsvFile.for_spreadsheet(columns, publication.language)
