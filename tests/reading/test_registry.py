"""A new kind of document is a module, a line in the registry and its tests, and nothing else."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, Kind, Place, SourceRow
from kennis_ld.model.document import text
from kennis_ld.reading import kinds, registry
from kennis_ld.reading.registry import READERS, Reader
from tests.reading.campaign import in_this_process


def rows(file: BinaryIO, document: str) -> Iterator[SourceRow | Finding]:
    """Reads a made-up kind: `%LIJST` and then a text a line."""
    for number, line in enumerate(file.read().decode().splitlines()[1:], start=2):
        yield text(line, Place(document, number, number))


NEW = Reader("lijst", __name__, ("lijst",), lambda start: start.startswith(b"%LIJST"))


def test_a_line_is_all_that_a_new_kind_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its line a document of a new kind is known by its content, and read by its module."""
    path = tmp_path / "a.lijst"
    path.write_text("%LIJST\nSloten\n")
    monkeypatch.setattr(registry, "READERS", (*READERS, NEW))
    assert [SourceRow(("Sloten",), Place("a.lijst", 2, 2), Kind.TEXT)] == list(in_this_process(path))


def test_name_that_differs_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line says how the files of the kind are called as well."""
    path = tmp_path / "a.txt"
    path.write_text("%LIJST\n")
    monkeypatch.setattr(registry, "READERS", (*READERS, NEW))
    assert [Finding("kind-differs", Place("a.txt"), words="a.txt", values={"kind": "lijst"})] == list(
        in_this_process(path)
    )


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.kind)
def test_each_line_leads_to_a_reader(reader: Reader) -> None:
    """Each module that the registry names reads rows; no two kinds have a name or an end of a name in common."""
    assert callable(importlib.import_module(reader.module).rows)
    others = [each for each in READERS if each is not reader]
    assert reader.kind not in {each.kind for each in others}
    assert not set(reader.ends) & {end for each in others for end in each.ends}


def test_what_is_not_read_is_told_what_is(tmp_path: Path) -> None:
    """The error for a picture names every kind of the registry."""
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG\r\n")
    with path.open("rb") as file, pytest.raises(UnreadableInput) as error:
        kinds.kind_of(file, path.name)
    assert f"Save the table as one of: {', '.join(reader.kind for reader in READERS)}." == error.value.remedy
