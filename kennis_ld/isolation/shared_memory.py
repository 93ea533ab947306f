"""Numbers that all processes of a site share, and locks that the kernel takes away from a process that dies.

Made before the processes are forked: a file without a name, in memory.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import sys
import tempfile

_BYTES = 8


class SharedNumbers:
    """A row of floating point numbers, all 0 at first.

    A lock belongs to a process, not to a thread (fcntl(2)): use each in one thread.
    """

    def __init__(self, length: int) -> None:
        """Makes so many numbers."""
        if sys.platform == "linux":
            self._file = os.memfd_create("kennis-ld")
        else:
            with tempfile.TemporaryFile() as file:
                self._file = os.dup(file.fileno())
        os.ftruncate(self._file, length * _BYTES)
        self.numbers = memoryview(mmap.mmap(self._file, length * _BYTES)).cast("d")

    def lock(self, place: int) -> None:
        """Locks a place, which need not be one of a number, as soon as no other process has it."""
        fcntl.lockf(self._file, fcntl.LOCK_EX, 1, place)

    def take(self, place: int) -> bool:
        """Locks a place until it is given back or this process ends; False where another process has it."""
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except OSError:
            return False
        return True

    def give_back(self, place: int) -> None:
        """Unlocks a place."""
        fcntl.lockf(self._file, fcntl.LOCK_UN, 1, place)
