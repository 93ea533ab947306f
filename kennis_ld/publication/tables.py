"""Reads the tables of a publication that people edit in a spreadsheet: register, groups, themes and identities.

In: CSV as any spreadsheet saves it (`kennis_ld.publication.csv_file`), or an XLSX or ODS workbook. Out: typed values.
Several values in one cell are divided by `|`. A column that is not known, a missing key or a double one is an error
with its line: a table that people edit by hand is read strictly, so that a slip is seen at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kennis_ld.errors import UnreadableInput
from kennis_ld.iri import is_key, is_web_address
from kennis_ld.model import Finding, GroupName, Identifier, Identity, Organisation, Place, Theme
from kennis_ld.publication import table_words, workbook
from kennis_ld.publication.csv_file import CsvFile, TableRow
from kennis_ld.publication.identifiers import ADDRESSES, IDENTIFIER_IRIS, fits, ror_adds_up
from kennis_ld.publication.publication import WORKBOOK_ENDS
from kennis_ld.reading.wellformed import SOFT_HYPHEN, garbled
from kennis_ld.vocabulary import SCHEMA_CLASSES


@dataclass(frozen=True, slots=True)
class Table:
    """What a table may hold.

    Attributes:
        name: key of `kennis_ld.publication.publication.TABLES`; a workbook has a sheet of that name.
        required: those that may not be empty.
    """

    name: str
    columns: Sequence[str]
    required: Sequence[str]


REGISTER = Table(
    "register",
    (
        "key", "name", "name_en", "kind", "parent", "abbreviations", "spellings", "doubtful_spellings",
        *IDENTIFIER_IRIS, ADDRESSES, "homepage", "project", "evidence", "evidence_en", "note", "note_en",
    ),
    required=("key", "name"),
)  # fmt: skip
GROUPS = Table("groups", ("key", "name", "spellings", "open", "note"), required=("key", "name"))
THEMES = Table(
    "themes",
    ("key", "number", "headings", "label", "label_en", "definition", "definition_en", "broader"),
    required=("key", "label"),
)
IDENTITIES = Table("identities", ("project", "edition", "theme", "number", "title"), required=("project", "edition"))

BY_NAME: Mapping[str, Table] = {table.name: table for table in (REGISTER, GROUPS, THEMES, IDENTITIES)}
"""The tables that rows are proposed for."""


def organisations(path: Path) -> tuple[Organisation, ...]:
    """Returns the organisations of a register table, in its order.

    Raises:
        UnreadableInput: the table cannot be read, or a row says something that cannot be.
    """
    found: list[Organisation] = []
    for place, row in _keyed_rows(path, REGISTER):
        kind = _kind(place, row["kind"] or "Organization")
        if row["homepage"]:
            _check_address(place, row["homepage"])
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
                evidence_en=row["evidence_en"],
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
        for place, row in _keyed_rows(path, GROUPS)
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
        for _, row in _keyed_rows(path, THEMES)
    )
    _check_broader(path, found)
    return found


def identities(path: Path) -> tuple[Identity, ...]:
    """Returns what was decided about which entry is which project.

    Raises:
        UnreadableInput: the table cannot be read, or two rows decide about the same entry.
    """
    found: list[Identity] = []
    seen: dict[tuple[str, str, str], tuple[Place, str]] = {}
    for place, row in rows(path, IDENTITIES):
        _check_key(place, row["project"])
        if not row["number"] and not row["title"]:
            raise wrong(place, "columns 'number' and 'title' are both empty.", "Fill in one of them.")
        entry = (row["edition"], row["theme"], row["number"] or row["title"])
        if entry in seen:
            before, title = seen[entry]
            if title != row["title"]:
                what = f"entry {' '.join(entry)} stands here twice: at {before} as {title!r}, here as {row['title']!r}."
                raise wrong(place, what, "A spreadsheet may have made 1.1 of 1.10: type the number again, as a text.")
            raise wrong(place, f"entry {' '.join(entry)} was already decided at {before}.", "Keep one of the two rows.")
        seen[entry] = place, row["title"]
        found.append(Identity(row["project"], row["edition"], row["theme"], row["number"], row["title"]))
    return tuple(found)


def rows(path: Path, table: Table) -> Iterator[tuple[Place, Mapping[str, str]]]:
    """Yields place, with the path of the table, and cells of each row that says something; an absent column is empty.

    Raises:
        UnreadableInput: the table cannot be read, has a column that it may not have, or a required cell is empty.
    """
    found = _table(path, table.name)
    if found is None:
        return
    names, lines, _ = found
    sheet = lines[0].place.sheet if lines else ""
    _check_header(path, names, table, where=str(Place(str(path), sheet=sheet)) if sheet else f"{path}:1")
    for item in lines:
        place = replace(item.place, document=str(path))
        if item.beyond:
            remedy = "Give the column a heading or remove the text; in CSV, quote a cell with a comma."
            raise wrong(place, "a text stands in no column that has a heading.", remedy)
        row = {column: item.cells.get(column, "").replace(SOFT_HYPHEN, "") for column in table.columns}
        if any(row.values()):
            for column in table.required:
                if not row[column]:
                    raise wrong(place, f"column {column!r} is empty.", "Fill it in.")
            yield place, row


def header(path: Path, sheet: str) -> Sequence[str]:
    """Returns the columns that a table has, by the names that kennis-ld has for them.

    Raises:
        UnreadableInput: the table cannot be read.
    """
    found = _table(path, sheet)
    return found[0] if found else ()


def remarks(path: Path, sheet: str) -> Iterator[Finding]:
    """Yields what is to be said about how a table was saved: a guessed encoding, and letters converted twice.

    Raises:
        UnreadableInput: the table cannot be read.
    """
    _, rows, guessed = _table(path, sheet) or ((), (), None)
    if guessed:
        yield guessed
    for row in rows:
        words = next((words for cell in row.cells.values() if (words := garbled(cell))), "")
        if words:
            yield Finding("garbled-table", row.place, words=words)


def _keyed_rows(path: Path, table: Table) -> Iterator[tuple[Place, Mapping[str, str]]]:
    seen: dict[str, Place] = {}
    for place, row in rows(path, table):
        key = row["key"]
        _check_key(place, key)
        if key in seen:
            what = f"key {key!r} stands there twice; first at {seen[key]}."
            raise wrong(place, what, "Give each row a key of its own.")
        seen[key] = place
        yield place, row


def _table(path: Path, sheet: str) -> tuple[Sequence[str], Sequence[TableRow], Finding | None] | None:
    """Returns header, rows and what was guessed of a table; None for none, since only the register must be there."""
    if sheet != REGISTER.name and not path.exists():
        return None
    if workbook.is_workbook(path):
        found = workbook.table(path, sheet)
        return found and (*found, None)
    file = CsvFile.read(path)
    return file.columns, tuple(file.filled), file.guessed


def _check_header(path: Path, given: Sequence[str], table: Table, *, where: str) -> None:
    names = [name for name in given if name]
    unknown = [name for name in names if name not in table.columns]
    missing = [name for name in table.required if name not in names]
    if (unknown or missing) and workbook.is_workbook(path) and path.suffix.casefold() not in WORKBOOK_ENDS:
        raise wrong(
            path,
            "this is a Word or Excel file under another name, and not the table that belongs here.",
            'Open the right table in a spreadsheet and save it as "CSV UTF-8" under this name.',
        )
    said = [f"unknown column {name!r}" for name in unknown] + [f"no column {name!r}" for name in missing]
    said += ["a double column"] if len(set(names)) != len(names) else []
    if said:
        called = {name: " / ".join((name, *table_words.others("columns", name)[:1])) for name in table.columns}
        raise wrong(where, f"{said[0]} in the header.", f"The columns are: {', '.join(called.values())}.")


def _check_key(place: Place, key: str) -> None:
    if not is_key(key):
        raise wrong(place, f"{key!r} is no key.", "Use lower-case letters, digits and single hyphens, 80 at most.")


def _check_address(place: Place, address: str) -> None:
    if not is_web_address(address):
        remedy = "Write one address, with http:// or https:// in front and without blanks."
        raise wrong(place, f"{address!r} is no web address.", remedy)


def _check_parents(path: Path, found: Sequence[Organisation]) -> None:
    parents = {organisation.key: organisation.parents for organisation in found}
    for key in parents:
        above, queue = set[str](), list(parents[key])
        while queue:
            parent = queue.pop()
            if parent not in parents:
                raise wrong(path, f"{key!r} is a unit of {parent!r}, which has no row.", "Add a row for it.")
            if parent == key:
                raise wrong(path, f"{key!r} is, by its parents, a unit of itself.", "Correct column 'parent'.")
            if parent not in above:
                above.add(parent)
                queue += parents[parent]


def _identifiers(place: Place, row: Mapping[str, str]) -> Iterator[Identifier]:
    for register in (*IDENTIFIER_IRIS, ADDRESSES):
        value = row[register]
        if not value:
            continue
        if value.startswith("?"):
            raise wrong(
                place,
                f"the identifier of {register} is still a question: {value!r}.",
                "Keep the one that is right and take the question mark away, or empty the cell.",
            )
        if not row["evidence"] + row["evidence_en"]:
            raise wrong(place, f"the identifier of {register} has no evidence.", "Say in 'evidence' where it was read.")
        yield from _addresses(place, row) if register == ADDRESSES else [_identifier(place, register, row)]


def _identifier(place: Place, register: str, row: Mapping[str, str]) -> Identifier:
    value, start = row[register], IDENTIFIER_IRIS[register]
    iri = value if value.startswith("http") else start + value
    if not iri.startswith(start) or not fits(register, iri.removeprefix(start)):
        raise wrong(place, f"{value!r} is no identifier of {register}.", f"It should begin with {start}.")
    if register == "ror" and not ror_adds_up(iri.removeprefix(start)):
        raise wrong(
            place,
            f"{value!r} is no identifier of ror: its last two digits do not fit the rest.",
            "Copy the address of the organisation from ror.org.",
        )
    return Identifier(register, iri.removeprefix(start), iri)


def _addresses(place: Place, row: Mapping[str, str]) -> Iterator[Identifier]:
    for address in dict.fromkeys(_several(row[ADDRESSES])):
        _check_address(place, address)
        yield Identifier(ADDRESSES, address, address)


def _kind(place: Place, text: str) -> str:
    kind = text if text in SCHEMA_CLASSES else table_words.called("kinds", text)
    if kind not in SCHEMA_CLASSES:
        known = (", ".join([name, *table_words.others("kinds", name)]) for name in sorted(SCHEMA_CLASSES))
        remedy = f"Leave it empty, or choose one of: {'; '.join(known)}."
        raise wrong(place, f"{text!r} is no kind of organisation.", remedy)
    return kind


def _check_broader(path: Path, found: Sequence[Theme]) -> None:
    """Refuses a theme under one that does not exist, and themes that stand under each other in a circle."""
    broader = {theme.key: theme.broader for theme in found}
    for key in broader:
        above, passed = broader[key], [key]
        while above:
            if above not in broader:
                raise wrong(path, f"theme {passed[-1]!r} stands under {above!r}, which is no theme.", "Correct it.")
            if above in passed:
                circle = " → ".join([*passed, above])
                raise wrong(path, f"themes stand under each other in a circle: {circle}.", "Empty one 'broader'.")
            passed.append(above)
            above = broader[above]


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _yes(place: Place, cell: str) -> bool:
    answer = table_words.called("answers", cell) if cell else "no"
    if answer:
        return answer == "yes"
    raise wrong(place, f"column 'open' says {cell!r}.", "Write ja or nee.")


def wrong(place: Place | Path | str, what: str, remedy: str) -> UnreadableInput:
    """Returns the error about a row or a table: what is wrong at a place, and what to do."""
    return UnreadableInput(what[0].upper() + what[1:], where=str(place), remedy=remedy)
