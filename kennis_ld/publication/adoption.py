"""Takes over what people made of the proposals: into the tables of the publication, with who decided, when and why.

A row goes in the place of the row with the same key, or to the end; all else in the tables stays byte for byte. Nothing
is written before the new tables were read without a fault. The URI that an unknown name had in a release gets a
decision that says what took its place, so that the next release can be built. `adopted.csv` keeps who decided what.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kennis_ld.agenda.editions import theme_key
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.rows import theme_of_heading
from kennis_ld.errors import UnreadableInput
from kennis_ld.iri import Iris
from kennis_ld.model import Known
from kennis_ld.publication import tables
from kennis_ld.publication.csv_file import CsvFile
from kennis_ld.publication.decisions import DECISION_COLUMNS, REPLACED
from kennis_ld.publication.gaps import Gaps
from kennis_ld.publication.proposals import COLUMNS, KEYS, proposed_file, row_key
from kennis_ld.publication.publication import TABLES, Publication

LOG = "adopted.csv"
"""The table of the publication that keeps every row that was taken over."""

LOG_COLUMNS = ("date", "decided_by", "why", "table", "row", "name")

_READERS: Mapping[str, Callable[[Path], Sequence[object]]] = {
    "register": tables.organisations,
    "themes": tables.themes,
    "identities": tables.identities,
}
_REQUIRED = {"register": ("key", "name"), "themes": ("key", "label"), "identities": ("project", "edition")}
_NAMED = {"register": ("key", "name"), "themes": ("key", "label"), "identities": ("project", "title")}
"""The columns that the log names a row by."""


@dataclass(frozen=True, slots=True)
class Decided:
    """Who decided that the rows are right, when and why; `by` is an office rather than a person, for it is kept."""

    by: str
    why: str
    on: date


@dataclass(frozen=True, slots=True)
class Adopted:
    """What was taken over: how many rows in which table, and the URIs that something else took the place of."""

    rows: Mapping[str, int]
    replaced: Mapping[str, str]


def adopt(
    publication: Publication, folder: Path, gaps: Gaps, *, decided: Decided, releases: Collection[Path]
) -> Adopted:
    """Takes over the proposals in a folder; their files are renamed to `….adopted.csv`.

    Args:
        publication: whose tables are to change.
        folder: where the proposals are.
        gaps: what the tables do not know yet.
        decided: who decided.
        releases: folders of the releases that hold all that was published.

    Raises:
        UnreadableInput: there are no proposals, or a row says something that cannot be; nothing was changed then.
    """
    files = {table: folder / proposed_file(table) for table in KEYS if (folder / proposed_file(table)).exists()}
    if not files:
        raise UnreadableInput(
            "There are no proposals in this folder.",
            where=str(folder),
            remedy=f"Run first: kennis-ld check --proposals {folder}",
        )
    given = {table: list(_given(path, table)) for table, path in files.items()}
    merged = {table: _merged(publication, table, rows) for table, rows in given.items()}
    with tempfile.TemporaryDirectory() as place:
        for table, sheet in merged.items():
            draft = Path(place, TABLES[table])
            sheet.save(draft)
            _check(draft, table, files[table])
        replaced = _replaced(publication, gaps, Path(place), releases)
    _log(publication, given, decided)
    if replaced:
        _decide(publication, replaced, decided)
    for table, sheet in merged.items():
        sheet.save(publication.table(table))
    for path in files.values():
        path.replace(path.with_name(path.name.replace(".proposed.", ".adopted.")))
    return Adopted({TABLES[table]: len(rows) for table, rows in given.items()}, replaced)


def _given(path: Path, table: str) -> Iterator[Mapping[str, str]]:
    """Yields the rows of a table with proposals; only the columns that it has."""
    checked = tables.checked_rows(path, COLUMNS[table], required=_REQUIRED[table])
    rows = [row for _, row in checked]
    columns = CsvFile.read(path).columns
    for row in rows:
        yield {name: row[name] for name in columns}


def _merged(publication: Publication, table: str, rows: Sequence[Mapping[str, str]]) -> CsvFile:
    path = publication.table(table)
    sheet = CsvFile.read(path) if path.exists() else CsvFile.read(publication.table("register")).empty(COLUMNS[table])
    before = {tuple(row.get(name, "") for name in row_key(table, row)): row for row in sheet.rows}
    for row in rows:
        key = row_key(table, row)
        known = before.get(tuple(row.get(name, "") for name in key), {})
        sheet = sheet.with_row({**known, **row}, key=key)
    return sheet


def _check(draft: Path, table: str, given: Path) -> None:
    """Reads a new table before it takes the place of the old one; what is wrong with it stands in the proposals."""
    try:
        _READERS[table](draft)
    except UnreadableInput as error:
        raise UnreadableInput(error.what, where=str(given), remedy=error.remedy) from error


def _replaced(publication: Publication, gaps: Gaps, place: Path, releases: Collection[Path]) -> Mapping[str, str]:
    """Returns which published things have another key now, as `organisatie/voorlopig-x`: `organisatie/x`."""
    if not releases:
        return {}

    def table(name: str) -> Path:
        draft = place / TABLES[name]
        return draft if draft.exists() else publication.table(name)

    groups, themes = publication.table("groups"), table("themes")
    register = Register(tables.organisations(table("register")), tables.groups(groups) if groups.exists() else ())
    known = tables.themes(themes) if themes.exists() else ()
    moved: dict[str, str] = {}
    for item in gaps.organisations:
        resolution = register.resolve(item.name)
        if isinstance(resolution, Known):
            moved[f"organisatie/{item.key}"] = f"organisatie/{resolution.organisation}"
    for theme in gaps.themes:
        if theme_of_heading(theme.label, known) and theme_key(theme.label, known) != theme.key:
            moved[f"thema/{theme.key}"] = f"thema/{theme_key(theme.label, known)}"
    published = {name for release in releases for name in _published(release / "agenda.nq", moved, publication.iris)}
    return {old: new for old, new in moved.items() if old in published}


def _published(release: Path, names: Iterable[str], iris: Iris) -> set[str]:
    """Returns the names of those things that a release says something about."""
    wanted = {f"<{iris.base}/id/{name}>".encode(): name for name in names}
    with release.open("rb") as lines:
        return {wanted[subject] for line in lines if (subject := line.partition(b" ")[0]) in wanted}


def _log(publication: Publication, given: Mapping[str, Sequence[Mapping[str, str]]], decided: Decided) -> None:
    sheet = _table(publication, publication.folder / LOG, LOG_COLUMNS)
    for table, rows in given.items():
        for row in rows:
            key, name = (row.get(column, "") for column in _NAMED[table])
            cells = (decided.on.isoformat(), decided.by, decided.why, TABLES[table], key, name)
            sheet = sheet.with_row(dict(zip(LOG_COLUMNS, cells, strict=True)), key=LOG_COLUMNS)
    sheet.save(publication.folder / LOG)


def _decide(publication: Publication, replaced: Mapping[str, str], decided: Decided) -> None:
    path = publication.table("decisions")
    sheet = _table(publication, path, DECISION_COLUMNS)
    for old, new in replaced.items():
        cells = (old, REPLACED, new, decided.why, decided.by, decided.on.isoformat())
        sheet = sheet.with_row(dict(zip(DECISION_COLUMNS, cells, strict=True)), key=("uri",))
    sheet.save(path)


def _table(publication: Publication, path: Path, columns: Sequence[str]) -> CsvFile:
    return CsvFile.read(path) if path.exists() else CsvFile.read(publication.table("register")).empty(columns)
