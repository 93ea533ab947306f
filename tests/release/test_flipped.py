"""Whatever is wrong with a file of a release is found before anything of it is served."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kennis_ld.errors import DamagedRelease
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings
from kennis_ld.release import manifest
from kennis_ld.release.build import build
from kennis_ld.release.manifest import MANIFEST, SEAL
from tests.publications import write

OFFSETS = 25
"""Places in each file, next to its first and its last byte."""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release, built once."""
    folder = tmp_path_factory.mktemp("flipped")
    made = build(settings.publication(write(folder / "city")), definitions(), releases=folder / "releases", version="0")
    assert made.release is not None
    return made.release


@pytest.fixture
def release(published: Path, tmp_path: Path) -> Path:
    """A copy of it, which is whole."""
    folder = tmp_path / "releases" / published.name
    shutil.copytree(published, folder)
    manifest.verified(folder)
    return folder


def names(folder: Path) -> list[str]:
    """The names of all files of a release, manifest and seal included."""
    found = sorted(each.name for each in folder.iterdir())
    assert {MANIFEST, SEAL, "agenda.nq"} < set(found)
    return found


def is_refused(folder: Path) -> bool:
    """Whether a release is found to be damaged."""
    try:
        manifest.verified(folder)
    except DamagedRelease:
        return True
    return False


def test_one_flipped_bit_is_found_in_every_file_at_every_place(release: Path) -> None:
    """In each file, at its ends and at many places between, any one bit that changes is found (cases 94, 97)."""
    chance = random.Random(94)
    unseen = []
    for name in names(release):
        path = release / name
        whole = path.read_bytes()
        places = {0, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(OFFSETS))}
        # The seal is short enough for every bit of every byte.
        flips = [(place, chance.randrange(8)) for place in sorted(places)]
        flips = [(place, bit) for place in range(len(whole)) for bit in range(8)] if name == SEAL else flips
        for place, bit in flips:
            changed = bytearray(whole)
            changed[place] ^= 1 << bit
            path.write_bytes(changed)
            if not is_refused(release):
                unseen.append((name, place, bit))
        path.write_bytes(whole)
    assert [] == unseen
    manifest.verified(release)


def damages(folder: Path, name: str) -> Iterator[str]:
    """Damages a file of a release in one way after the other, and mends it each time."""
    path, aside = folder / name, folder.parent / "aside"
    whole = path.read_bytes()
    path.rename(aside)
    yield "missing"
    path.symlink_to(aside)
    yield "a link to what it was"
    path.unlink()
    path.mkdir()
    yield "a folder"
    path.rmdir()
    aside.rename(path)
    other = path.rename(folder / f"{name}.old")
    yield "renamed"
    other.rename(path)
    for content, what in (
        (b"", "empty"),
        (whole[:-1], "shorter"),
        (whole + b"\n", "longer"),
        (whole[::-1], "reversed"),
    ):
        path.write_bytes(content)
        yield what
    path.write_bytes(whole)


def test_every_file_is_there_and_is_itself(release: Path) -> None:
    """Each file missing, linked, renamed, empty, cut off or added to is found (cases 94, 95)."""
    unseen = [(name, damage) for name in names(release) for damage in damages(release, name) if not is_refused(release)]
    assert [] == unseen
    manifest.verified(release)


@pytest.mark.parametrize("name", ["extra", ".hidden", "agenda.nq.bak", "manifest.json.new"])
def test_nothing_else_is_there(release: Path, name: str) -> None:
    """A file, a folder or a link too many is found, whatever it is called (case 95)."""
    extra = release / name
    extra.write_text("x")
    assert is_refused(release)
    extra.unlink()
    extra.mkdir()
    assert is_refused(release)
    extra.rmdir()
    extra.symlink_to("agenda.nq")
    assert is_refused(release)


def test_a_manifest_that_was_changed_with_its_seal_is_found(release: Path) -> None:
    """Whoever edits the manifest and seals it anew gives it content with another name (case 97)."""
    text = (release / MANIFEST).read_text(encoding="utf-8")
    values = json.loads(text)
    for change in (
        {"title": "Iets anders"},
        {"counts": {**values["counts"], "projects": 2}},
        {"base_uri": "https://elders.example"},
        {"release": "0" * 32},
        {"files": {name: facts for name, facts in values["files"].items() if name != "agenda.csv"}},
    ):
        facts = {**values, **change}
        facts["files"] = {name: manifest.FileFacts(**each) for name, each in facts["files"].items()}
        manifest.Manifest(**facts).write(release)
        assert is_refused(release), change
