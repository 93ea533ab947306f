"""Publishing is atomic: killed at any moment, the current release is the old one or the new one, whole."""

from __future__ import annotations

import random
import signal
import sys
from pathlib import Path

import pytest

from kennis_ld.release import history, manifest, publish
from tests.isolation.forked import in_a_child
from tests.publications import DOCUMENT
from tests.release.conftest import Builder

KILLS = 25
"""Points at which a publish is killed here; `bench/kill_publish.py` does a thousand."""


PUBLISH = """
import os, signal, sys
from pathlib import Path
from kennis_ld.release import publish
import shutil
releases, source, stop = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
calls = 0
def counted(real):
    def call(*arguments, **named):
        global calls
        calls += 1
        if calls == stop:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **named)
    return call
for owner, name in ((os, "open"), (os, "fsync"), (os, "rename"), (os, "replace"), (os, "symlink"), (os, "mkdir"),
                    (os, "close"), (os, "unlink"), (os, "chmod"), (os, "pwrite"), (os, "ftruncate")):
    setattr(owner, name, counted(getattr(owner, name)))
with publish.staging(releases) as folder:
    for path in source.iterdir():
        shutil.copyfile(path, folder / path.name)
    publish.publish(folder, releases, version="0")
print(calls)
"""


def run(releases: Path, source: Path, stop: int) -> int:
    """Publishes in a process of its own; returns how many system calls that took, or the signal that ended it."""

    def calls() -> object:
        sys.argv[1:] = [str(releases), str(source), str(stop)]
        known: dict[str, object] = {}
        exec(PUBLISH, known)  # noqa: S102
        return known["calls"]

    found = in_a_child(calls)
    assert isinstance(found, int)
    return found


@pytest.fixture
def two(built: Builder, tmp_path: Path) -> tuple[Path, Path, Path]:
    """A folder in which the first release is current, that release, and the files of a second one elsewhere."""
    first = built().release
    second = built({"agenda.txt": DOCUMENT.replace("hard regent", "giet")}, releases=tmp_path / "other").release
    assert first is not None
    assert second is not None
    return first.parent, first, second


def test_kill_at_any_moment_leaves_old_or_new(two: tuple[Path, Path, Path]) -> None:
    """SIGKILL before any of the system calls of a publish leaves a current release that is whole."""
    releases, first, second = two
    total = run(releases, second, 0)
    assert total > KILLS
    seen = set()
    for stop in sorted(random.Random(7).sample(range(1, total + 1), KILLS)):
        publish.switch(releases, first.name, by="test", version="0")
        assert -signal.SIGKILL == run(releases, second, stop)
        current = publish.current(releases)
        assert current is not None
        manifest.verified(current)
        assert current.name in {first.name, second.name}
        seen.add(current.name)
        # No change is without its line; a line too many is put right by the next.
        assert current.name in [change.after for change in history.switches(releases)][-2:]
    assert first.name in seen


def test_switch_goes_back_to_an_earlier_release(two: tuple[Path, Path, Path]) -> None:
    """Rollback is one switch of the link, and it refuses a release that is not there."""
    releases, first, second = two
    run(releases, second, 0)
    assert second.name == (releases / "current").readlink().name
    publish.switch(releases, first.name, by="test", version="0")
    assert first == publish.current(releases)
    with pytest.raises(Exception, match="no readable manifest"):
        publish.switch(releases, "0" * 32, by="test", version="0")
    assert first == publish.current(releases)
