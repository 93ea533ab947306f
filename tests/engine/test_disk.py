"""The store on disk: a cache that is whole or not there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kennis_ld.engine.disk import build_store, disk_engine, open_store
from kennis_ld.engine.memory import DataFile, memory_engine
from kennis_ld.errors import DamagedRelease
from tests.engine.conftest import ask

EVERYTHING = ask("SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } ORDER BY ?s ?p ?o ?g")


def test_disk_and_memory_answer_alike(quads: Path, tmp_path: Path) -> None:
    """The same files give the same answer, byte for byte."""
    engine = disk_engine([DataFile(quads)], tmp_path / "cache")
    assert engine.answer(EVERYTHING) == memory_engine([quads]).answer(EVERYTHING)


@pytest.mark.parametrize("damage", ["none", "absent", "empty", "no store", "CURRENT", "mark"])
def test_a_cache_that_is_not_whole_is_built_again(quads: Path, tmp_path: Path, damage: str) -> None:
    """Missing, empty or damaged, the folder is built again; it never gives an empty store (case 96)."""
    folder = tmp_path / "cache"
    build_store([DataFile(quads)], folder)
    match damage:
        case "absent":
            shutil.rmtree(folder)
        case "empty":
            shutil.rmtree(folder)
            folder.mkdir()
        case "no store":
            shutil.rmtree(folder / "store")
            (folder / "store").mkdir()
        case "CURRENT":
            (folder / "store" / "CURRENT").unlink()
        case "mark":
            (folder / "built-from").unlink()
    assert b'"800"' in disk_engine([DataFile(quads)], folder).answer(ask("SELECT (COUNT(*) AS ?n) {?s ?p ?o}")).body
    assert len(open_store(folder)) == 803
    assert [each.name for each in tmp_path.iterdir()] == ["cache"]


def test_other_files_give_another_store(quads: Path, tmp_path: Path) -> None:
    """A cache of one release is not taken for that of another."""
    other = tmp_path / "other.nq"
    other.write_text('<http://example.org/a> <http://example.org/b> "c" .\n')
    for file, count in ((quads, 803), (other, 1), (quads, 803)):
        build_store([DataFile(file)], tmp_path / "cache")
        assert len(open_store(tmp_path / "cache")) == count


def test_opening_never_makes_a_store(tmp_path: Path) -> None:
    """To open a folder without a store is an error, and leaves the folder as it is."""
    (tmp_path / "empty").mkdir()
    for name in ("absent", "empty"):
        with pytest.raises(DamagedRelease):
            open_store(tmp_path / name)
    assert [each.name for each in tmp_path.rglob("*")] == ["empty"]


def test_a_build_that_fails_leaves_the_old_store(quads: Path, tmp_path: Path) -> None:
    """Files that cannot be loaded do not cost the store that was there."""
    build_store([DataFile(quads)], tmp_path / "cache")
    (tmp_path / "broken.nq").write_text("<a> <b>")
    with pytest.raises(DamagedRelease):
        build_store([DataFile(tmp_path / "broken.nq")], tmp_path / "cache")
    assert len(open_store(tmp_path / "cache")) == 803
