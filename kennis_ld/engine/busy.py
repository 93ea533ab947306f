"""Which workers are at a question, for who has connections to several: three bytes of shared memory for each worker.

A byte is found by the number of the process, so two workers may share one; then a free one is taken for a busy one, and
somebody asks in the queue instead. In the byte stands the mark of the question, so that who waits knows whether it is
another question which the worker is at. The second byte says that the worker takes no question after this one, so that
another worker is made in time; where two share it, one too many. The third one is for a worker that answers clients by
itself (`kennis_ld.engine.loan`): on which connection it is just about to.
"""

from __future__ import annotations

import mmap
from pathlib import Path

FILE = "busy"
"""Name of the file, in the folder of a warden, that the processes share."""

MARKS = range(1, 255)
"""The marks of questions; two at the same time seldom have the same."""

_LENT = 255
"""The mark of a worker that answers clients by itself."""

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
                self._bytes = mmap.mmap(shared.fileno(), 3 * _SIZE)
        except (OSError, ValueError):
            self._bytes = mmap.mmap(-1, 3 * _SIZE)

    @classmethod
    def create(cls, file: Path) -> Busy:
        """Returns new bytes, on which nobody is busy."""
        file.write_bytes(bytes(3 * _SIZE))
        return cls(file)

    def begin(self, worker: int, mark: int) -> None:
        """Notes that a worker has begun with the question of a mark."""
        self._bytes[worker % _SIZE] = mark

    def has_other(self, worker: int, mark: int) -> bool:
        """Whether a worker is at another question than the one of a mark."""
        return self._bytes[worker % _SIZE] not in {0, mark}

    def end(self, worker: int) -> None:
        """Notes that a worker is free."""
        self._bytes[worker % _SIZE] = 0

    def begin_loans(self, worker: int) -> None:
        """Notes that a worker answers clients by itself, and nobody else; `end` ends it."""
        self._bytes[worker % _SIZE] = _LENT
        self._bytes[2 * _SIZE + worker % _SIZE] = 0

    def loans(self) -> int:
        """Returns how many workers answer clients by themselves."""
        return self._bytes[:_SIZE].count(_LENT)

    def answers(self, worker: int, number: int) -> None:
        """Notes on which connection a worker is about to answer; 0 for none."""
        self._bytes[2 * _SIZE + worker % _SIZE] = number

    def is_answering(self, worker: int) -> int:
        """Returns the number of the connection on which a worker was about to answer; 0 for none."""
        return self._bytes[2 * _SIZE + worker % _SIZE]

    def begin_last(self, worker: int) -> None:
        """Notes that a worker will take no question after the one that it is at."""
        self._bytes[_SIZE + worker % _SIZE] = 1

    def is_at_last(self, worker: int) -> bool:
        """Whether a worker will take no other question."""
        return self._bytes[_SIZE + worker % _SIZE] != 0

    def forget(self, worker: int) -> None:
        """Notes that a worker is no more."""
        self._bytes[worker % _SIZE] = self._bytes[_SIZE + worker % _SIZE] = 0

    def end_all(self) -> None:
        """Notes that there is no worker yet."""
        self._bytes[:] = bytes(3 * _SIZE)

    def close(self) -> None:
        """Closes the bytes for this process."""
        self._bytes.close()

    def __contains__(self, worker: object) -> bool:
        """Whether a worker is at a question."""
        return isinstance(worker, int) and self._bytes[worker % _SIZE] != 0
