"""The history of a folder of releases: one line of JSON for each change of the current release.

It stands beside the releases, in `changes.jsonl`, and is no part of any of them. A line is written and flushed before
the link is moved, so no change is without its line. A line too many, of a change that was stopped in between, is put
right by a line of the next change, `found`: it says where the link really was.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

FILE = "changes.jsonl"
FOUND = "found"
"""Who made a change that has no line of its own: the link was moved by hand, or a change was stopped."""


@dataclass(frozen=True, slots=True)
class Switch:
    """One change of the current release, by `kennis_ld.release.publish.switch`.

    Attributes:
        when: moment in UTC, as ISO 8601 writes it; the order of the lines counts, not the clock.
        before: name of the release before; empty where there was none.
        after: name of the release after.
        by: the command that made it, or FOUND.
        version: version of kennis-ld.
    """

    when: str
    before: str
    after: str
    by: str
    version: str


def record(releases: Path, *, before: str, after: str, by: str, version: str, when: datetime) -> None:
    """Writes down a change that is about to be made; to be called with the lock on the folder.

    Raises:
        OSError: it cannot be written; then nothing is.
    """
    known = switches(releases)
    last = known[-1].after if known else ""
    moment = when.isoformat(timespec="milliseconds")
    new = [Switch(moment, before, after, by, version)]
    if last != before:
        new.insert(0, Switch(moment, last, before, FOUND, version))
    _append(releases / FILE, "".join(json.dumps(asdict(switch)) + "\n" for switch in new).encode())


def switches(releases: Path) -> Sequence[Switch]:
    """Returns the changes of the current release, the oldest first."""
    try:
        text = (releases / FILE).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return []
    # What stands behind the last end of a line was never written whole, so its change was never made.
    return [switch for line in text[: text.rfind(b"\n") + 1].splitlines() if (switch := _switch(line))]


def _switch(line: bytes) -> Switch | None:
    """Returns the change that a line tells; None where a person has left something else there."""
    try:
        return Switch(**json.loads(line))
    except (TypeError, ValueError):
        return None


def _append(file: Path, lines: bytes) -> None:
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        whole = file.read_bytes().rfind(b"\n") + 1
        os.ftruncate(descriptor, whole)
        try:
            done = 0
            while done < len(lines):
                done += os.pwrite(descriptor, lines[done:], whole + done)
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, whole)
            raise
    finally:
        os.close(descriptor)
