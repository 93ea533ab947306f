"""Sorts lines that may not fit in memory: sorted runs on disk, merged. Equal lines come out once."""

from __future__ import annotations

import itertools
import os
import tempfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

BYTES_IN_MEMORY = 64_000_000
"""How much of all runs together is held while they are merged."""


def written_run(lines: Iterable[str], *, folder: Path) -> Path:
    """Writes a sorted run and returns its file; all lines are held in memory.

    Args:
        lines: in any order, without line ends.
        folder: where the file is put.
    """
    # As a list: sorting is many times faster where parts of it are sorted already.
    found = [f"{line}\n".encode() for line in lines]
    found.sort()
    number, name = tempfile.mkstemp(prefix=".run-", dir=folder)
    with os.fdopen(number, "wb") as file:
        file.writelines(_once(found))
    return Path(name)


def merged(runs: Sequence[Path], *, in_memory: int = BYTES_IN_MEMORY) -> Iterator[bytes]:
    """Yields the lines of all runs sorted by their UTF-8 bytes, each once, with a line end; takes the runs away.

    Args:
        runs: files of `written_run`.
        in_memory: how many bytes are held at once, about.
    """
    try:
        with ExitStack() as stack:
            files = [stack.enter_context(run.open("rb")) for run in runs]
            size = in_memory // len(files) + 1 if files else 0
            held = [(file, lines) for file in files if (lines := file.readlines(size))]
            while held:
                # No line that was not read yet comes before the last of a block.
                bound = min(lines[-1] for _, lines in held)
                ready: list[bytes] = []
                left = []
                for file, lines in held:
                    end = bisect_right(lines, bound)
                    ready += lines[:end]
                    if rest := lines[end:] or file.readlines(size):
                        left.append((file, rest))
                held = left
                ready.sort()
                yield from _once(ready)
    finally:
        for run in runs:
            run.unlink(missing_ok=True)


def _once(lines: Iterable[bytes]) -> Iterator[bytes]:
    return (line for line, _ in itertools.groupby(lines))
