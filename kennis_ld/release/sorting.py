"""Sorts lines that may not fit in memory: sorted runs on disk, merged. Equal lines come out once."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

LINES_IN_MEMORY = 1_000_000
"""Lines of one sorted run, about 250 MB of statements."""


def sorted_lines(lines: Iterable[str], *, folder: Path, in_memory: int = LINES_IN_MEMORY) -> Iterator[bytes]:
    """Yields the lines sorted by their UTF-8 bytes, each once, with a line end.

    Args:
        lines: in any order, without line ends.
        folder: where runs may be put when the lines are more than `in_memory`; they are taken away at the end.
        in_memory: how many lines are held at once.
    """
    source = iter(lines)
    runs: list[Path] = []
    try:
        # As a list: sorting is many times faster where parts of it are sorted already.
        while chunk := [f"{line}\n".encode() for line in itertools.islice(source, in_memory)]:
            chunk.sort()
            if not runs and len(chunk) < in_memory:
                yield from _once(chunk)
                return
            run = folder / f".run-{len(runs)}"
            with run.open("wb") as file:
                file.writelines(_once(chunk))
            runs.append(run)
        yield from _merged(runs)
    finally:
        for run in runs:
            run.unlink(missing_ok=True)


def _merged(runs: Iterable[Path]) -> Iterator[bytes]:
    files = [run.open("rb") for run in runs]
    try:
        yield from _once(heapq.merge(*files))
    finally:
        for file in files:
            file.close()


def _once(lines: Iterable[bytes]) -> Iterator[bytes]:
    return (line for line, _ in itertools.groupby(lines))
