"""`kennis-ld releases` and `kennis-ld rollback`: which releases there are, and the way back."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kennis_ld.cli.service_options import service_options
from kennis_ld.release import history, publish
from tests.cli.conftest import City, Run, invoked
from tests.publications import DOCUMENT, write


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A folder with the city and its releases, and the names of the first and of the second, the current one."""
    folder = tmp_path_factory.mktemp("two")
    names = []
    for text in (DOCUMENT, DOCUMENT.replace("hard regent", "giet")):
        city = write(folder / "city", {"agenda.txt": text})
        result = invoked("build", city, "--releases", folder / "releases", "--format", "json")
        names.append(json.loads(result.stdout)["release"])
    return folder, names[0], names[1]


MOMENT = datetime(2030, 1, 2, tzinfo=UTC)


@pytest.fixture
def two(built_once: tuple[Path, str, str], tmp_path: Path) -> tuple[Path, Path, str, str]:
    """The city and its releases, in the folder of the test, and the names of the first and of the second."""
    folder, first, second = built_once
    shutil.copytree(folder, tmp_path, symlinks=True, dirs_exist_ok=True)
    return tmp_path / "city", tmp_path / "releases", first, second


def test_releases_lists_the_current_one_first(run: Run, two: tuple[Path, Path, str, str]) -> None:
    """The list goes back from the current release; for machines it says the same as JSON."""
    folder, kept, first, second = two
    lines = run("releases", folder, "--releases", kept).stdout.splitlines()
    assert [f"* {second}  3 projects", f"  {first}  3 projects"] == [line.partition(",")[0] for line in lines]
    listed = json.loads(run("releases", folder, "--releases", kept, "--format", "json").stdout)
    assert [(second, True, first), (first, False, None)] == [
        (each["release"], each["current"], each["previous"]) for each in listed
    ]


def test_no_releases_is_said(run: Run, city: City, tmp_path: Path) -> None:
    """Where there are no releases stdout is empty and stderr says what to do."""
    folder = city()
    result = run("releases", folder, "--releases", tmp_path / "none")
    assert (0, "", True) == (result.exit_code, result.stdout, f"kennis-ld build {folder}" in result.stderr)


def test_case_103_rollback_leaves_a_line(run: Run, two: tuple[Path, Path, str, str]) -> None:
    """Going back, and forth by the start of a name, switches the link and writes each change down."""
    folder, kept, first, second = two
    assert f"{kept / first}\n" == run("rollback", folder, "--releases", kept).stdout
    assert kept / first == publish.current(kept)
    result = run("rollback", folder, second[:6], "--releases", kept, "--format", "json")
    assert {"release": second, "before": first} == json.loads(result.stdout)
    assert [
        ("", first, "build"),
        (first, second, "build"),
        (second, first, "rollback"),
        (first, second, "rollback"),
    ] == [(change.before, change.after, change.by) for change in history.switches(kept)]
    again = run("rollback", folder, second, "--releases", kept)
    assert (0, True, 4) == (again.exit_code, "already" in again.stderr, len(history.switches(kept)))


def test_case_93_rollback_waits_for_nobody(run: Run, two: tuple[Path, Path, str, str]) -> None:
    """While a build or another rollback holds the lock, rollback changes nothing and says why."""
    folder, kept, _, second = two
    with publish.locked(kept):
        result = run("rollback", folder, "--releases", kept)
    assert (2, True) == (result.exit_code, "Another build or rollback" in result.stderr)
    assert kept / second == publish.current(kept)


def test_rollback_from_a_release_that_is_gone(run: Run, two: tuple[Path, Path, str, str]) -> None:
    """The way back works where it is needed most: the current release has vanished."""
    folder, kept, first, second = two
    shutil.rmtree(kept / second)
    assert 0 == run("rollback", folder, "--releases", kept).exit_code
    assert kept / first == publish.current(kept)


@pytest.mark.parametrize(("name", "what"), [("zz", "no such release"), ("", "no release before")])
def test_rollback_that_cannot_be(run: Run, two: tuple[Path, Path, str, str], name: str, what: str) -> None:
    """A name that is not there, and a first release, are refused with what to do; nothing changes."""
    folder, kept, first, _ = two
    run("rollback", folder, "--releases", kept)
    result = run("rollback", folder, *([name] if name else []), "--releases", kept)
    assert (2, True, True) == (result.exit_code, what in result.stderr, "kennis-ld releases" in result.stderr)
    assert kept / first == publish.current(kept)


def test_case_92_rollback_to_a_damaged_release(run: Run, two: tuple[Path, Path, str, str]) -> None:
    """A release that is not what its manifest says never becomes the current one."""
    folder, kept, first, second = two
    (kept / first / "agenda.nq").write_bytes(b"")
    assert 2 == run("rollback", folder, "--releases", kept).exit_code
    assert kept / second == publish.current(kept)


def test_damaged_release_behind_a_rollback_is_said(run: Run, two: tuple[Path, Path, str, str]) -> None:
    """A build says which damaged release it passed over; stdout has the release only."""
    folder, kept, _, second = two
    run("rollback", folder, "--releases", kept)
    (kept / second / "agenda.nq").write_bytes(b"")
    (folder / "agenda.txt").write_text(DOCUMENT.replace("hard regent", "stormt"), encoding="utf-8")
    result = run("build", folder, "--releases", kept)
    assert (0, f"{publish.current(kept)}\n") == (result.exit_code, result.stdout)
    assert f"Release {second} is damaged and was passed over" in result.stderr


def test_diff_across_a_rollback_tells_the_decision(run: Run, city: City, tmp_path: Path) -> None:
    """What was withdrawn behind a rollback is gone by that decision, from whatever release one looks."""
    kept = tmp_path / "releases"
    trial = DOCUMENT + "2b\tDuinwacht\tVrijwilligers tellen elke week de planten in het duin.\tT: GZ P: ZU\n"
    decision = "project/duinwacht,withdrawn,,De proef stopte.,Bureau,2030-02-01\n"
    decisions = f"uri,decision,replaced_by,reason,decided_by,date\n{decision}"
    names = []
    for files in ({"agenda.txt": DOCUMENT}, {"agenda.txt": trial}, {"decisions.csv": decisions}):
        result = run("build", city(files), "--releases", kept, "--format", "json")
        names.append(json.loads(result.stdout)["release"])
    run("rollback", tmp_path / "city", names[0], "--releases", kept)
    changed = city({"agenda.txt": DOCUMENT.replace("hard regent", "giet"), "decisions.csv": decisions})
    assert 0 == run("build", changed, "--releases", kept).exit_code
    found = json.loads(run("diff", names[1], "current", "--releases", kept, "--format", "json").stdout)
    assert [("project/duinwacht", "De proef stopte.")] == [(item["project"], item["reason"]) for item in found["gone"]]


def test_history_of_an_unfinished_change(tmp_path: Path) -> None:
    """A line that was torn is cut off, and one of a change that did not happen is put right by the next."""
    history.record(tmp_path, before="", after="a", by="build", version="1", when=MOMENT)
    history.record(tmp_path, before="a", after="b", by="build", version="1", when=MOMENT)
    with (tmp_path / history.FILE).open("ab") as file:
        file.write(b'{"when": "2030')
    # The change to b was stopped before the link was moved.
    history.record(tmp_path, before="a", after="c", by="build", version="1", when=MOMENT)
    assert [("", "a", "build"), ("a", "b", "build"), ("b", "a", "found"), ("a", "c", "build")] == [
        (change.before, change.after, change.by) for change in history.switches(tmp_path)
    ]


def test_every_option_of_serve_has_a_variable(run: Run) -> None:
    """The help of serve names a default and an environment variable for each option of a running site."""
    text = " ".join(run("serve", "--help").stdout.split())
    assert callable(service_options)
    for name in ("HOST", "PORT", "QUERY_BYTES", "QUERY_SECONDS", "TRUSTED_PROXY", "CLIENT_HEAVY"):
        assert f"KENNIS_LD_{name}" in text.replace(" ", "")
    assert 2 == run("serve", "--query-bytes", "65537").exit_code
    assert 2 == run("serve", "--trusted-proxy", "example.org").exit_code
