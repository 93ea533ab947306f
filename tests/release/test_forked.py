"""Work that is done aside, in a process of its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from kennis_ld.errors import KennisError
from kennis_ld.pipeline import assembly
from kennis_ld.pipeline import forked as module
from kennis_ld.pipeline.forked import WORTH_A_PROCESS, aside, forked
from tests.release.conftest import Builder


def test_result_comes_back_from_another_process() -> None:
    """A function that runs aside has what its maker has, and its result comes back."""
    known = {"here": os.getpid()}
    with forked(lambda: (known["here"], os.getpid())) as aside:
        here, there = aside()
    assert os.getpid() == here
    assert here != there


def test_error_comes_back_as_it_was_raised(tmp_path: Path) -> None:
    """An error of the system that a function meets aside is met by who asks for the result."""
    with (
        forked((tmp_path / "absent").read_bytes) as aside,
        pytest.raises(FileNotFoundError, match="absent"),
    ):
        aside()


def test_killed_process_is_a_clear_error() -> None:
    """Where the system ends the process, as for lack of memory, an error says so."""
    with (
        forked(lambda: os.kill(os.getpid(), signal.SIGKILL)) as aside,
        pytest.raises(KennisError, match="ended before it was done"),
    ):
        aside()


def test_a_process_that_ends_within_its_answer_is_the_same_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system ends the process while it hands over its result, no error of the system is told."""
    monkeypatch.setattr(module, "_run", lambda function, sender: os.write(sender.fileno(), b"\0\0\1\0half"))
    with forked(os.getpid) as aside, pytest.raises(KennisError, match="ended before it was done"):
        aside()


def test_nothing_is_left_of_a_process_that_is_not_waited_for() -> None:
    """At the end of the block the process is gone, whatever it was doing."""
    others = set(multiprocessing.active_children())
    with forked(signal.pause):
        assert others < set(multiprocessing.active_children())
    assert others == set(multiprocessing.active_children())


def test_little_is_done_here(tmp_path: Path) -> None:
    """To fork a process takes longer than to write a small city; from a megabyte on it pays."""
    files = [tmp_path / "a", tmp_path / "b"]
    for path in files:
        path.write_bytes(b" " * (WORTH_A_PROCESS // 2 - 1))
    with aside(os.getpid, files) as here:
        assert os.getpid() == here()
    with aside(os.getpid, [*files, files[0]]) as there:
        assert os.getpid() != there()


def test_release_is_the_same_whatever_is_done_aside(
    built: Builder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A release does not depend on how many entries are mapped at once, nor on the process in which."""
    whole = built().release
    assert whole is not None
    monkeypatch.setattr(assembly, "ENTRIES_IN_A_BATCH", 1)
    monkeypatch.setattr(module, "WORTH_A_PROCESS", 0)
    parted = built(releases=tmp_path / "parted").release
    assert parted is not None
    assert whole.name == parted.name
    assert sorted(path.name for path in whole.iterdir()) == sorted(path.name for path in parted.iterdir())
