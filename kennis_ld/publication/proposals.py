"""Proposes what people can add to the tables of a publication, in the form of these tables.

In: what the documents name and the tables do not know. Out: tables with the rows to add or to put in the place of an
existing one, in the form that a spreadsheet opens right, to be corrected by people and taken over by
`kennis_ld.publication.adoption`. A name that looks like one of the register becomes a doubtful spelling of that
organisation, one of people in general ("inwoners") a group, any other one an organisation of its own; nothing is
decided.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kennis_ld.agenda.register import Register, folded
from kennis_ld.agenda.resolution import PROVISIONAL
from kennis_ld.agenda.similarity import abbreviates, is_several, nearest, stands_for, words
from kennis_ld.agenda.themes import heading_text
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Identity, Organisation, Theme, Unknown
from kennis_ld.publication import table_words, tables
from kennis_ld.publication.csv_file import CsvFile, safe
from kennis_ld.publication.publication import TABLES, Publication

KEYS: Mapping[str, Sequence[str]] = {
    "register": ("key",),
    "groups": ("key",),
    "themes": ("key",),
    "identities": ("edition", "theme", "number"),
}
"""The tables that rows are proposed for, and the columns that tell their rows apart."""


def row_key(table: str, row: Mapping[str, str]) -> Sequence[str]:
    """Returns the columns that tell a row from others; an entry without a number is known by its title."""
    return (*KEYS[table], "title") if table == "identities" and not row.get("number") else KEYS[table]


LEAST_LIKENESS = 0.8
"""Share of equal characters from which a name is proposed as a spelling; 'Bibliotheek', 'De bibliotheek' have 0.88."""

_HEADING = re.compile(
    r"\s*(?:[^\W\d_]{3,}\s+){0,2}(?P<number>[0-9]{1,3}|[IVX]{1,4}|[A-Z])\s*(?:[.):]|\s[–-])\s+(?P<label>\S.*)"
)
"""A heading with its number: '3. Lucht', 'Thema 3: Lucht', 'Strategische doelstelling 3 – Lucht'."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """What the documents name and the tables of the publication do not know yet.

    Attributes:
        organisations: a provisional organisation for each unknown name.
        themes: a provisional theme for each unknown heading.
        projects: what may be decided about entries that nobody decided about yet; the key of the project is empty
            where several are as likely.
    """

    organisations: tuple[Organisation, ...] = ()
    themes: tuple[Theme, ...] = ()
    projects: tuple[Identity, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """What was written.

    Attributes:
        files: the tables with proposals, and how many rows each has.
        left_out: names and headings that no row was made of, because a spreadsheet would run them as a formula.
    """

    files: Mapping[Path, int]
    left_out: Sequence[str]


def proposed_file(table: str) -> str:
    """Returns the name of the file with proposals for a table: `register.proposed.csv`."""
    return TABLES[table].replace(".csv", ".proposed.csv")


def write_proposals(folder: Path, publication: Publication, gaps: Gaps) -> Proposed:
    """Writes a table with proposals for each table that lacks something; a table that lacks nothing gets none.

    Raises:
        UnreadableInput: the folder cannot be written, or has proposals that people may be at work on.
    """
    groups = [item for item in gaps.organisations if publication.words.names_group(item.name)]
    names = [item for item in gaps.organisations if item not in groups]
    rows = {
        "register": list(_register_rows(publication, names)),
        "groups": list(_group_rows(publication, groups)),
        "themes": list(_theme_rows(gaps.themes)),
        "identities": [_project_row(item) for item in gaps.projects],
    }
    left_out = [item.name for item in gaps.organisations if not _harmless(item.name)]
    left_out += [theme.label for theme in gaps.themes if not _harmless(_heading(theme.label)[1])]
    files: dict[Path, int] = {}
    for table, found in rows.items():
        if found:
            columns = tables.header(publication.table(table), table) or tables.BY_NAME[table].columns
            files[write_rows(folder, publication, table, found, columns=columns)] = len(found)
    return Proposed(files, left_out)


def write_rows(
    folder: Path, publication: Publication, table: str, rows: Sequence[Mapping[str, str]], *, columns: Sequence[str]
) -> Path:
    """Writes proposals for one table, with these columns only: adopting them leaves the other cells as they are.

    Raises:
        UnreadableInput: the folder cannot be written, or has proposals that people may be at work on.
    """
    sheet, path = CsvFile.for_spreadsheet(columns, publication.language), folder / proposed_file(table)
    for row in rows:
        sheet = sheet.with_row(row, key=row_key(table, row))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_bytes() if path.exists() else None
        draft = path.with_name(f".{path.name}.new")
        sheet.save(draft)
        if before is None or before == draft.read_bytes():
            return draft.replace(path)
        draft.unlink()
    except OSError as error:
        raise UnreadableInput(
            f"Proposals cannot be written here: {error.strerror or error}.",
            where=str(path),
            remedy="Name another folder.",
        ) from error
    raise UnreadableInput(
        "There are proposals already, and somebody may have corrected them.",
        where=str(path),
        remedy="Take them over with kennis-ld adopt, remove the file, or name another folder.",
    )


def _register_rows(publication: Publication, unknown: Sequence[Organisation]) -> Iterator[Mapping[str, str]]:
    """Yields rows with a new name first, in the order of the register, then those of new organisations.

    A name of the first letters of one organisation, of the register or new, is proposed as its abbreviation.
    """
    path, groups = publication.table("register"), publication.table("groups")
    and_ = publication.words.and_
    register = Register(tables.organisations(path), tables.groups(groups), publication.words)
    rows = {row["key"]: row for _, row in tables.rows(path, tables.REGISTER)}
    taken = set(rows)
    # An ambiguous name is known too well; a row more would not help.
    given = [item for item in unknown if _harmless(item.name) and isinstance(register.resolve(item.name), Unknown)]
    parts = {words(name) for name in (*(item.name for item in given), *(known for known, _ in register.names()))}
    # Once the parts are known these are read apart.
    given = [item for item in given if not is_several(item.name, parts, and_)]

    def is_short(short: str, name: str) -> bool:
        rests = (name.removeprefix(f"{short} "), name.removesuffix(f" {short}"))
        # Of "GGD Vechtland Hogeschool Linge" the rest is another organisation, or the name is one of a unit.
        of_another = any(rest != name and " " in rest and publication.words.names_body(rest) for rest in rests)
        return stands_for(short, name, and_) and not of_another

    full = {row["name"]: key for key, row in rows.items()}
    names: dict[str, dict[str, list[str]]] = {}
    new: list[Organisation] = []
    # The longest first: a short form may be that of another new name.
    for item in sorted(given, key=lambda item: -len(item.name)):
        for column, known in (
            ("doubtful_spellings", _looks_like(item.name, register)),
            ("abbreviations", _only(item.name, full, abbreviates)),
            ("doubtful_spellings", _only(item.name, full, is_short)),
        ):
            if known:
                names.setdefault(known, {}).setdefault(column, []).append(item.name)
                break
        else:
            new.append(item)
            full[item.name] = item.key

    def with_names(row: Mapping[str, str], more: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
        return {**row, **{column: "|".join(filter(None, (row.get(column, ""), *more[column]))) for column in more}}

    for key, row in rows.items():
        if key in names:
            yield with_names(row, names[key])
    for item in sorted(new, key=given.index):
        row = {"key": _free(item.key, taken), "name": item.name, "kind": table_words.kind_in(item.name)}
        yield with_names(row, names.get(item.key, {}))


def _group_rows(publication: Publication, unknown: Sequence[Organisation]) -> Iterator[Mapping[str, str]]:
    taken = {group.key for group in tables.groups(publication.table("groups"))}
    for item in unknown:
        if _harmless(item.name):
            yield {"key": _free(item.key, taken), "name": item.name, "open": table_words.others("answers", "no")[0]}


def _looks_like(name: str, register: Register) -> str | None:
    """Returns the key of the one organisation that a name is nearly spelled as; None where there is none."""
    if "|" in name:  # it would be two spellings
        return None
    for known in nearest(name, register.names()):
        keys = register.organisations(known)
        if _likeness(folded(name), folded(known)) >= LEAST_LIKENESS and len(keys) == 1:
            return keys[0]
    return None


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def _only(name: str, full: Mapping[str, str], is_short: Callable[[str, str], bool]) -> str | None:
    """Returns the key of the one organisation that a name may be a short form of; None where there is none."""
    keys = {key for known, key in full.items() if is_short(name, known)}
    return next(iter(keys)) if len(keys) == 1 and "|" not in name else None


def _theme_rows(unknown: Sequence[Theme]) -> Iterator[Mapping[str, str]]:
    for theme in unknown:
        number, label = _heading(theme.label)
        if _harmless(label):
            whole = label if heading_text(label) == heading_text(theme.label) else theme.label.strip()
            yield {
                "key": theme.key,
                "number": number,
                "headings": "" if "|" in whole else whole,
                "label": label,
                "broader": theme.broader,
            }


def _project_row(item: Identity) -> Mapping[str, str]:
    return {name: cell for name, cell in asdict(item).items() if name != "title" or _harmless(cell)}


def _heading(text: str) -> tuple[str, str]:
    """Returns number and text of a heading: '3. Lucht' and 'Thema 3: Lucht' are '3' and 'Lucht'."""
    found = _HEADING.fullmatch(text)
    return (found["number"], found["label"]) if found else ("", text.strip())


def _harmless(cell: str) -> bool:
    return safe(cell) == cell


def _free(provisional: str, taken: set[str]) -> str:
    """Takes a key that says no longer that it is provisional, with a number behind it where it is taken."""
    key = provisional.removeprefix(f"{PROVISIONAL}-")
    counted = (f"{key[:76].rstrip('-')}-{count}" for count in itertools.count(2))
    free = next(other for other in itertools.chain([key], counted) if other not in taken)
    taken.add(free)
    return free
