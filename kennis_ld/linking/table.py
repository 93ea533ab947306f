"""Reads a table with a name and an identifier in each row, streaming: CSV as spreadsheets of any country save it."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from kennis_ld.errors import UnreadableInput
from kennis_ld.linking import knowledge
from kennis_ld.linking.candidate import Candidate, Kind
from kennis_ld.publication.csv_file import DIVIDERS
from kennis_ld.publication.identifiers import IDENTIFIER_IRIS, identity
from kennis_ld.reading import limits
from kennis_ld.reading.encoding import encoding


def candidates(path: Path) -> Iterator[Candidate]:
    """Yields the organisation of each row that has a name and at least one address of an identity.

    A cell may hold several names or addresses, divided by `|`.

    Raises:
        UnreadableInput: the file cannot be read as a table, or has no column for names or for identifiers.
    """
    with path.open("rb") as file:
        codec, _ = encoding(file, str(path))
    with path.open(encoding=codec, newline="") as text:
        header = text.readline(limits.ROW).removeprefix("\ufeff")
        divider = max(DIVIDERS, key=lambda each: sum(bool(knowledge.column(name)) for name in _cells(header, each)))
        columns = [(name.strip(), knowledge.column(name)) for name in _cells(header, divider)]
        known = {column for _, column in columns}
        if not {"name", "identifier"} <= known:
            raise UnreadableInput(
                "The table has no column for names, or none for identifiers.",
                where=f"{path}:1",
                remedy="Call them name and identifier in its first row, or naam and uri.",
            )
        reader = csv.reader(text, delimiter=divider, strict=True)
        try:
            for cells in reader:
                if found := _candidate(columns, cells, f"{path.name}:{reader.line_num + 1}"):
                    yield found
        except csv.Error as error:
            raise UnreadableInput(
                f"This is no CSV: {error}.",
                where=f"{path}:{reader.line_num + 1}",
                remedy="Check the quotation marks.",
            ) from error


def _cells(line: str, divider: str) -> Sequence[str]:
    return next(csv.reader([line], delimiter=divider), [])


def _candidate(columns: Sequence[tuple[str, str]], cells: Sequence[str], where: str) -> Candidate | None:
    found: defaultdict[str, list[str]] = defaultdict(list)
    identities: dict[str, str] = {}
    for (heading, column), cell in zip(columns, cells, strict=False):
        parts = [part.strip() for part in cell.split("|") if part.strip()]
        found[column] += parts
        if column == "identifier":
            identities |= dict(filter(None, map(identity, parts)))
            start = IDENTIFIER_IRIS["tooi"] if heading.casefold() == "tooi" else ""
            identities |= dict(filter(None, (identity(start + part) for part in parts if start and "//" not in part)))
    if not found["name"] or not identities:
        return None
    return Candidate(
        names=tuple(dict.fromkeys((*found["name"], *found["other_names"]))),
        identities=identities,
        where=where,
        abbreviations=tuple(found["abbreviations"]),
        site=next(iter(found["site"]), ""),
        town=next(iter(found["town"]), ""),
        country=tuple(found["country"]),
        kind=Kind.PLACE if any(map(knowledge.is_place_type, found["kind"])) else Kind.UNSAID,
    )
