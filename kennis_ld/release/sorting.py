"""Sorts lines that may not fit in memory: sorted runs on disk, merged. Equal lines come out once.

Most things are said in one run alone. So a run has its lines in blocks, one a subject, and a block that no other run
has goes through as it is.
"""

from __future__ import annotations

import itertools
import os
import tempfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO

BYTES_IN_MEMORY = 64_000_000
"""How much of all runs together is held while they are merged."""

_BETWEEN = b"\n\n"
"""What stands between two blocks; a line of N-Quads is never empty."""


def written_run(blocks: Iterable[str], *, folder: Path) -> Path:
    """Writes a sorted run and returns its file.

    Args:
        blocks: the lines about each subject, each once, with their line ends; both sorted by their UTF-8 bytes.
    """
    number, name = tempfile.mkstemp(prefix=".run-", dir=folder)
    with os.fdopen(number, "wb") as file:
        file.writelines(f"{block}\n".encode() for block in blocks)
    return Path(name)


def merged(runs: Sequence[Path], *, in_memory: int = BYTES_IN_MEMORY) -> Iterator[bytes]:
    """Yields the lines about each subject, of all runs together, sorted by their UTF-8 bytes; takes the runs away.

    Args:
        runs: files of `written_run`.
        in_memory: how many bytes are held at once, about.
    """
    try:
        with ExitStack() as stack:
            files = [stack.enter_context(run.open("rb")) for run in runs]
            size = in_memory // len(files) + 1 if files else 0
            held = [(file, found) for file in files if (found := _read(file, size))]
            while held:
                # Nothing that was not read yet is about the last subject of what was, or about one before it.
                bound = min(_subject(found[-1]) for _, found in held)
                ready: list[bytes] = []
                left = []
                for file, found in held:
                    end = bisect_right(found, bound, key=_subject)
                    ready += found[:end]
                    if rest := found[end:] or _read(file, size):
                        left.append((file, rest))
                held = left
                ready.sort()
                for _, parts in itertools.groupby(ready, key=_subject):
                    yield _joined([*parts])
    finally:
        for run in runs:
            run.unlink(missing_ok=True)


def _read(file: IO[bytes], size: int) -> list[bytes]:
    """Returns the next blocks of a run, about as many bytes as are asked for, without the end of their last line."""
    text = file.read(size)
    if text and not text.endswith(_BETWEEN):
        text += file.readline()
    if text and not text.endswith(_BETWEEN):
        text = b"".join([text, *itertools.takewhile(lambda line: line != b"\n", file)])
    return text.rstrip(b"\n").split(_BETWEEN) if text else []


def _joined(parts: Sequence[bytes]) -> bytes:
    if len(parts) == 1:
        return parts[0] + b"\n"
    return b"".join(line + b"\n" for line in sorted({line for part in parts for line in part.split(b"\n")}))


def _subject(block: bytes) -> bytes:
    return block[: block.index(b" ")]
