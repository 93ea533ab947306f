"""A damaged current release is no dead end: there is a way on, and what was published stays published."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kennis_ld.errors import DamagedRelease, Refused
from kennis_ld.release import manifest, publish
from kennis_ld.release.published import published
from tests.publications import DOCUMENT
from tests.release.conftest import Builder, build_city

MORE = DOCUMENT + "2b\tDuinwacht\tVrijwilligers tellen elke week de planten op drie plekken in het duin.\tT: GZ P: ZU\n"
CHANGED = MORE.replace("bij storm", "bij harde wind")
WITHOUT_NEW = DOCUMENT.replace("bij storm", "bij harde wind")
WITHOUT_OLD = MORE.replace("2a\tStuifplan", "2a\tAnder plan met zand")


def flip(path: Path) -> None:
    """Changes one bit in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def not_utf8(release: Path) -> None:
    (release / "agenda.nq").write_bytes(b"<\xff\xfe> <urn:p> <urn:o> .\n")


HARMLESS: dict[str, Callable[[Path], object]] = {
    "seal flipped": lambda release: flip(release / "manifest.json.sha256"),
    "seal gone": lambda release: (release / "manifest.json.sha256").unlink(),
    "another form flipped": lambda release: flip(release / "agenda.ttl"),
    "another form gone": lambda release: (release / "agenda.csv").unlink(),
    "link gone": lambda release: (release.parent / "current").unlink(),
}
"""Damage after which it is still known what was published."""

GRAVE: dict[str, Callable[[Path], object]] = {
    "manifest flipped": lambda release: flip(release / "manifest.json"),
    "manifest gone": lambda release: (release / "manifest.json").unlink(),
    "statements flipped": lambda release: flip(release / "agenda.nq"),
    "statements not UTF-8": not_utf8,
    "statements gone": lambda release: (release / "agenda.nq").unlink(),
    "folder gone": shutil.rmtree,
    "folder and link gone": lambda release: (shutil.rmtree(release), (release.parent / "current").unlink()),
}
"""Damage after which nobody can know what that release published."""


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The first release, and the second, which is the current one and has a project more."""
    folder = tmp_path_factory.mktemp("two")
    first, second = build_city(folder).release, build_city(folder, {"agenda.txt": MORE}).release
    assert first is not None
    assert second is not None
    return first, second


@pytest.fixture
def two(built_once: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    """A copy of the two releases, for the test to damage."""
    first, second = built_once
    releases = shutil.copytree(first.parent, tmp_path / "releases", symlinks=True)
    return releases / first.name, releases / second.name


@pytest.mark.parametrize("damage", [*HARMLESS, *GRAVE])
def test_same_input_builds_the_same_release_again(built: Builder, two: tuple[Path, Path], damage: str) -> None:
    """What was damaged is built again from the same input, whatever was damaged; it follows what it followed."""
    first, second = two
    (HARMLESS | GRAVE)[damage](second)
    assert second == built({"agenda.txt": MORE}).release == publish.current(second.parent)
    assert first.name == manifest.verified(second).previous


@pytest.mark.parametrize("damage", HARMLESS)
def test_what_is_still_known_is_kept(built: Builder, two: tuple[Path, Path], damage: str) -> None:
    """Where the statements can be trusted, another release is built, and a vanishing URI is refused as always."""
    HARMLESS[damage](two[1])
    with pytest.raises(Refused, match="project/duinwacht"):
        built({"agenda.txt": WITHOUT_NEW})
    release = built({"agenda.txt": CHANGED}).release
    assert release is not None
    assert two[1].name == manifest.verified(release).previous


@pytest.mark.parametrize("damage", GRAVE)
def test_what_nobody_can_know_is_refused(built: Builder, two: tuple[Path, Path], damage: str) -> None:
    """Where nobody knows what was published, another release is refused, with what can be done; nothing changes."""
    first, second = two
    GRAVE[damage](second)
    before = sorted(path.name for path in first.parent.iterdir())
    with pytest.raises(Refused, match=second.name) as error:
        built({"agenda.txt": CHANGED})
    assert first.name in error.value.what
    assert "--despite-damage" in error.value.remedy
    assert before == sorted(path.name for path in first.parent.iterdir())


@pytest.mark.parametrize("damage", GRAVE)
def test_giving_up_gives_up_no_more_than_it_must(built: Builder, two: tuple[Path, Path], damage: str) -> None:
    """Who gives up the URIs of a damaged release keeps those of the one before it."""
    first, second = two
    GRAVE[damage](second)
    with pytest.raises(Refused, match="project/stuifplan"):
        built({"agenda.txt": WITHOUT_OLD}, gives_up=True)
    release = built({"agenda.txt": WITHOUT_NEW}, gives_up=True).release
    assert release is not None
    assert first.name == manifest.verified(release).previous
    assert release == publish.current(first.parent)
    assert published(first.parent).is_known


def test_damage_to_the_only_release(built: Builder) -> None:
    """Of a damaged first release nothing is known; it can be built again, or given up."""
    only = built().release
    assert only is not None
    (only / "agenda.nq").unlink()
    with pytest.raises(Refused, match="No other one is sound"):
        built({"agenda.txt": CHANGED})
    assert built({"agenda.txt": CHANGED}, gives_up=True).release == publish.current(only.parent)


def test_link_and_history_gone_leave_the_newest_release(built: Builder, two: tuple[Path, Path]) -> None:
    """Without link and history the release that no other one follows is what was published last."""
    first, second = two
    (first.parent / "current").unlink()
    (first.parent / "changes.jsonl").unlink()
    assert second.name == published(first.parent).name == published(first.parent).last


def test_folder_in_the_place_of_the_link(built: Builder, two: tuple[Path, Path]) -> None:
    """A copy that followed the link is said, and never taken for "no release yet"."""
    link = two[0].parent / "current"
    link.unlink()
    shutil.copytree(two[1], link)
    with pytest.raises(DamagedRelease, match="a copy may have followed the link"):
        publish.current(link.parent)
    with pytest.raises(DamagedRelease, match="a copy may have followed the link"):
        built({"agenda.txt": CHANGED})


def test_manifest_that_is_no_object(built: Builder) -> None:
    """A manifest with a seal that fits and nothing in it is damage, not a crash."""
    release = built().release
    assert release is not None
    for text in (b"[]", b"7", b"{}", b'{"layout": 1, "files": []}', b"\xff"):
        (release / "manifest.json").write_bytes(text)
        (release / "manifest.json.sha256").write_bytes(manifest.seal(text))
        with pytest.raises(DamagedRelease):
            manifest.verified(release)
