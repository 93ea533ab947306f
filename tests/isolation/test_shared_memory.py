"""Numbers that processes share."""

from __future__ import annotations

import contextlib
from pathlib import Path

from kennis_ld.isolation.shared_memory import SharedNumbers


def test_closed_numbers_hold_no_descriptor() -> None:
    """What a process uses no more leaves it no descriptor; a site makes some for each release."""
    before = _open_files()
    numbers = SharedNumbers(2)
    made = _open_files() - before
    numbers.close()
    assert made
    assert not made & _open_files()


def _open_files() -> set[tuple[str, int]]:
    """Returns the descriptors of this process for memory that is shared, each with the number of its file."""
    # Others are not looked at: what earlier tests left may be collected, and its numbers used again, at any time.
    found = set[tuple[str, int]]()
    for each in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            if "kennis-ld" in str(each.readlink()):
                found.add((each.name, each.stat().st_ino))
    return found
