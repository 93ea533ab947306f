"""Counts what happens to the processes behind the queries, where every web process can read the counts."""

from __future__ import annotations

import contextlib
import json
import threading
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

_FILE = "events.json"

Counts = Mapping[tuple[str, ...], int]
"""How often each event happened; its first part is its name, the others say to what."""


class Events:
    """Counts events; rare ones, for each is written to a file."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, ...]] = Counter()
        self._folder: Path | None = None
        self._lock = threading.Lock()

    def keep_in(self, folder: Path) -> None:
        """Keeps the counts in a file in this folder from now on."""
        self._folder = folder

    def count(self, name: str, *parts: str) -> None:
        """Counts an event."""
        with self._lock:
            self._counts[name, *parts] += 1
            if self._folder is not None:
                text = json.dumps([[*key, number] for key, number in sorted(self._counts.items())])
                # To count is not worth failing for: the folder may just have been removed, or the disk be full.
                with contextlib.suppress(OSError):
                    new = self._folder / f"{_FILE}.new"
                    new.write_text(text, encoding="utf-8")
                    new.replace(self._folder / _FILE)


def read(folder: Path) -> Counts:
    """Returns the counts in a folder; nothing where there are none."""
    try:
        rows = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    except OSError:
        return {}
    return {tuple(parts): number for *parts, number in rows}
