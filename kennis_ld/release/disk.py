"""Writes files and folders through to the disk, so that nothing is half there after a power failure."""

from __future__ import annotations

import os
from pathlib import Path


def flush(path: Path) -> None:
    """Writes a file, or the names in a folder, through to the disk (fsync(2)).

    Raises:
        OSError: the disk is full or fails, or the path cannot be opened.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
