"""Reads the tables of a publication that people edit in a spreadsheet: register, groups, themes and identities.

In: CSV files with a header (comma or semicolon, UTF-8 with or without byte order mark). Out: typed values. Several
values in one cell are divided by `|`. A column that is not known, a missing key or a double one is an error with its
line: a table that people edit by hand is read strictly, so that a slip is seen at once.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from kennis_ld.errors import UnreadableInput
from kennis_ld.iri import is_key
from kennis_ld.model import GroupName, Identifier, Identity, Organisation, Theme
from kennis_ld.reading.wellformed import SOFT_HYPHEN
from kennis_ld.vocabulary import SCHEMA_CLASSES

IDENTIFIER_IRIS: Mapping[str, str] = {
    "ror": "https://ror.org/",
    "wikidata": "http://www.wikidata.org/entity/",
    "tooi": "https://identifier.overheid.nl/tooi/id/",
}
"""Registers that a column of the register table may name, and where their IRIs begin."""

REGISTER_COLUMNS = (
    "key",
    "name",
    "name_en",
    "kind",
    "parent",
    "abbreviations",
    "spellings",
    "doubtful_spellings",
    *IDENTIFIER_IRIS,
    "homepage",
    "project",
    "evidence",
    "note",
    "note_en",
)
GROUP_COLUMNS = ("key", "name", "spellings", "open", "note")
THEME_COLUMNS = (
    "key",
    "number",
    "headings",
    "label",
    "label_en",
    "definition",
    "definition_en",
    "broader",
)
IDENTITY_COLUMNS = ("project", "edition", "theme", "number", "title")


def organisations(path: Path) -> tuple[Organisation, ...]:
    """Returns the organisations of a register table, in its order.

    Raises:
        UnreadableInput: the table cannot be read, or a row says something that cannot be.
    """
    found: list[Organisation] = []
    for place, row in _keyed_rows(path, REGISTER_COLUMNS, required=("key", "name")):
        kind = row["kind"] or "Organization"
        if kind not in SCHEMA_CLASSES:
            raise _wrong(
                place, f"{kind!r} is no kind of organisation.", f"Choose one of: {', '.join(sorted(SCHEMA_CLASSES))}."
            )
        if row["homepage"] and not row["homepage"].startswith(("http://", "https://")):
            raise _wrong(
                place, f"{row['homepage']!r} is no web address.", "Write it with http:// or https:// in front."
            )
        found.append(
            Organisation(
                key=row["key"],
                name=row["name"],
                name_en=row["name_en"],
                kind=kind,
                parents=_several(row["parent"]),
                abbreviations=_several(row["abbreviations"]),
                spellings=_several(row["spellings"]),
                doubtful_spellings=_several(row["doubtful_spellings"]),
                identifiers=tuple(_identifiers(place, row)),
                homepage=row["homepage"],
                evidence=row["evidence"],
                project=row["project"],
                note=row["note"],
                note_en=row["note_en"],
            )
        )
    _check_parents(path, found)
    return tuple(found)


def groups(path: Path) -> tuple[GroupName, ...]:
    """Returns the groups of a group table.

    Raises:
        UnreadableInput: the table cannot be read, or a row says something that cannot be.
    """
    return tuple(
        GroupName(row["key"], row["name"], _several(row["spellings"]), _yes(place, row["open"]))
        for place, row in _keyed_rows(path, GROUP_COLUMNS, required=("key", "name"))
    )


def themes(path: Path) -> tuple[Theme, ...]:
    """Returns the themes of a theme table, in its order.

    Raises:
        UnreadableInput: the table cannot be read, or a row says something that cannot be.
    """
    found = tuple(
        Theme(
            key=row["key"],
            headings=_several(row["headings"]) or (row["label"],),
            label=row["label"],
            label_en=row["label_en"],
            definition=row["definition"],
            definition_en=row["definition_en"],
            broader=row["broader"],
            notation=row["number"],
        )
        for _, row in _keyed_rows(path, THEME_COLUMNS, required=("key", "label"))
    )
    keys = {theme.key for theme in found}
    for theme in found:
        if theme.broader and theme.broader not in keys:
            raise _wrong(
                path.name, f"theme {theme.key!r} stands under {theme.broader!r}, which is no theme.", "Correct it."
            )
    return found


def identities(path: Path) -> tuple[Identity, ...]:
    """Returns what was decided about which entry is which project.

    Raises:
        UnreadableInput: the table cannot be read, or two rows decide about the same entry.
    """
    found: list[Identity] = []
    seen: dict[tuple[str, str, str], str] = {}
    for place, row in _rows(path, IDENTITY_COLUMNS, required=("project", "edition")):
        _check_key(place, row["project"])
        if not row["number"] and not row["title"]:
            raise _wrong(place, "columns 'number' and 'title' are both empty.", "Fill in one of them.")
        entry = (row["edition"], row["theme"], row["number"] or row["title"])
        if entry in seen:
            raise _wrong(
                place, f"entry {' '.join(entry)} was already decided at {seen[entry]}.", "Keep one of the two rows."
            )
        seen[entry] = place
        found.append(Identity(row["project"], row["edition"], row["theme"], row["number"], row["title"]))
    return tuple(found)


def checked_rows(
    path: Path, columns: Sequence[str], *, required: Collection[str]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yields place and cells of each row of any table that people edit by hand, read as strictly as the others.

    Raises:
        UnreadableInput: the table cannot be read, or a required cell is empty.
    """
    return _rows(path, columns, required=required)


def _keyed_rows(
    path: Path, columns: Sequence[str], *, required: Collection[str]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    seen: dict[str, str] = {}
    for place, row in _rows(path, columns, required=required):
        key = row["key"]
        _check_key(place, key)
        if key in seen:
            raise _wrong(
                place, f"key {key!r} stands there twice; first at {seen[key]}.", "Give each row a key of its own."
            )
        seen[key] = place
        yield place, row


def _rows(path: Path, columns: Sequence[str], *, required: Collection[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yields place and cells of each row that is not empty; a column that is absent gives empty cells."""
    try:
        text = path.read_text(encoding="utf-8-sig").replace(SOFT_HYPHEN, "")
    except UnicodeDecodeError as error:
        raise UnreadableInput("The table is not UTF-8.", where=str(path), remedy='Save it as "CSV UTF-8".') from error
    except OSError as error:
        raise UnreadableInput(
            f"The table cannot be opened: {error.strerror or error}.",
            where=str(path),
            remedy="Put it there, or correct its name in publication.toml.",
        ) from error
    header_line = text.partition("\n")[0]
    delimiter = ";" if header_line.count(";") > header_line.count(",") else ","
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_header(path, header, columns, required)
        for cells in reader:
            place = f"{path.name}:{reader.line_num}"
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(header):
                raise _wrong(
                    place, f"the row has {len(cells)} cells, the header {len(header)}.", "Quote a cell with a comma."
                )
            given = dict(zip(header, (cell.strip() for cell in cells), strict=False))
            row = {column: given.get(column, "") for column in columns}
            for column in required:
                if not row[column]:
                    raise _wrong(place, f"column {column!r} is empty.", "Fill it in.")
            yield place, row
    except csv.Error as error:
        raise _wrong(
            f"{path.name}:{reader.line_num}", f"this is no CSV: {error}.", "Check the quotation marks."
        ) from error


def _check_header(path: Path, header: Sequence[str], columns: Sequence[str], required: Collection[str]) -> None:
    unknown = [name for name in header if name not in columns]
    missing = [name for name in required if name not in header]
    if unknown or missing or len(set(header)) != len(header):
        what = (
            f"unknown column {unknown[0]!r}"
            if unknown
            else f"no column {missing[0]!r}"
            if missing
            else "a double column"
        )
        raise _wrong(f"{path.name}:1", f"{what} in the header.", f"The columns are: {', '.join(columns)}.")


def _check_key(place: str, key: str) -> None:
    if not is_key(key):
        raise _wrong(place, f"{key!r} is no key.", "Use lower-case letters, digits and single hyphens, 80 at most.")


def _check_parents(path: Path, found: Sequence[Organisation]) -> None:
    parents = {organisation.key: organisation.parents for organisation in found}
    for key in parents:
        above, queue = set[str](), list(parents[key])
        while queue:
            parent = queue.pop()
            if parent not in parents:
                raise _wrong(path.name, f"{key!r} is a unit of {parent!r}, which has no row.", "Add a row for it.")
            if parent == key:
                raise _wrong(path.name, f"{key!r} is, by its parents, a unit of itself.", "Correct column 'parent'.")
            if parent not in above:
                above.add(parent)
                queue += parents[parent]


def _identifiers(place: str, row: Mapping[str, str]) -> Iterator[Identifier]:
    for register, start in IDENTIFIER_IRIS.items():
        value = row[register]
        if not value:
            continue
        iri = value if value.startswith("http") else start + value
        if not iri.startswith(start) or len(iri.split()) != 1 or set(iri) & set('<>"{}|\\^`'):
            raise _wrong(place, f"{value!r} is no identifier of {register}.", f"It should begin with {start}.")
        if not row["evidence"]:
            raise _wrong(
                place, f"the identifier of {register} has no evidence.", "Say in 'evidence' where it was read."
            )
        yield Identifier(register, iri.removeprefix(start), iri, row["evidence"])


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _yes(place: str, cell: str) -> bool:
    if cell.casefold() in {"", "nee", "no"}:
        return False
    if cell.casefold() in {"ja", "yes"}:
        return True
    raise _wrong(place, f"column 'open' says {cell!r}.", "Write ja or nee.")


def _wrong(place: str, what: str, remedy: str) -> UnreadableInput:
    return UnreadableInput(what[0].upper() + what[1:], where=place, remedy=remedy)
