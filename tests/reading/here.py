"""Reads documents in this process: the same readers as in the process of their own, without the time that takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO
from unittest import mock

from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.rows import entries
from kennis_ld.model import Entry, Finding, SourceRow, Theme
from kennis_ld.publication.language import default_columns, default_words
from kennis_ld.reading import kinds, sandbox
from kennis_ld.reading.child import reader_of
from kennis_ld.reading.wellformed import checked

PRIVACY = Privacy(default_words(), Register([], []))
THEMES = (Theme("water", ("Water",), "Water"), Theme("zand", ("Zand",), "Zand"))


def in_this_process() -> AbstractContextManager[object]:
    """Has all that reads documents read them here, for as long as it is entered."""

    def rows(file: BinaryIO, *, kind: str, document: str) -> Iterator[SourceRow | Finding]:
        return checked(reader_of(kind)(file, document), document)

    return mock.patch.object(sandbox, "rows", rows)


def rows(path: Path) -> list[SourceRow | Finding]:
    """The rows of a Word file, spreadsheet, PDF or page, and what is said about them."""
    with path.open("rb") as file:
        read = reader_of(kinds.kind_of(file, path.name))
        file.seek(0)
        return list(checked(read(file, path.name), path.name))


def read(path: Path, columns: Mapping[str, Sequence[str]] = default_columns()) -> list[Entry | Finding]:
    """The entries of a document and what is said about them."""
    return list(entries(rows(path), columns=columns, themes=THEMES, document=path.name, privacy=PRIVACY))


def shown(found: Sequence[Entry | Finding]) -> list[tuple[str, ...]]:
    """Entries as number, title, description and parties."""
    return [
        (item.number, item.title, item.description, *(text for _, text in item.parties))
        for item in found
        if isinstance(item, Entry)
    ]


def said(found: Sequence[Entry | Finding]) -> list[tuple[str, str]]:
    """Findings as code and words."""
    return [(item.code, item.words) for item in found if isinstance(item, Finding)]
