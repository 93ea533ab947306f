"""Which workers are at a question, for who has connections to several: a byte of shared memory for each worker.

A byte is found by the number of the process, so two workers may share one; then a free one is taken for a busy one, and
somebody asks in the queue instead. In the byte stands the mark of the question, so that who waits knows whether it is
another question which the worker is at.
"""

from __future__ import annotations

import mmap
from pathlib import Path

FILE = "busy"
"""Name of the file, in the folder of a warden, that the processes share."""

MARKS = range(1, 256)
"""The marks of questions; two at the same time seldom have the same."""

_SIZE = 4096


class Busy:
    """The bytes of all workers of a warden."""

    def __init__(self, file: Path) -> None:
        """Opens the bytes; where there are none, nobody is busy.

        Args:
            file: what `create` made.
        """
        try:
            with file.open("r+b") as shared:
                self._bytes = mmap.mmap(shared.fileno(), _SIZE)
        except (OSError, ValueError):
            self._bytes = mmap.mmap(-1, _SIZE)

    @classmethod
    def create(cls, file: Path) -> Busy:
        """Returns new bytes, on which nobody is busy."""
        file.write_bytes(bytes(_SIZE))
        return cls(file)

    def begin(self, worker: int, mark: int) -> None:
        """Notes that a worker has begun with the question of a mark."""
        self._bytes[worker % _SIZE] = mark

    def has_other(self, worker: int, mark: int) -> bool:
        """Whether a worker is at another question than the one of a mark."""
        return self._bytes[worker % _SIZE] not in {0, mark}

    def end(self, worker: int) -> None:
        """Notes that a worker is free, or is no more."""
        self._bytes[worker % _SIZE] = 0

    def end_all(self) -> None:
        """Notes that there is no worker yet."""
        self._bytes[:] = bytes(_SIZE)

    def close(self) -> None:
        """Closes the bytes for this process."""
        self._bytes.close()

    def __contains__(self, worker: object) -> bool:
        """Whether a worker is at a question."""
        return isinstance(worker, int) and self._bytes[worker % _SIZE] != 0
