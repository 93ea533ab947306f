"""Tells the allocator of glibc how to deal with memory; another library has nothing to be told.

It listens only when a program begins, so a program that serves begins again, in its own place, where it was not told.
"""

from __future__ import annotations

import os
import platform
import sys

VARIABLE = "GLIBC_TUNABLES"
_SETTINGS = (
    "glibc.malloc.tcache_count=127",  # small pieces of a size that a thread has at hand: a query takes and gives many
    "glibc.malloc.arena_max=1",  # all threads take memory from one place, or each keeps some of its own
    "glibc.malloc.mmap_threshold=262144",  # bytes of a piece that goes back to the system when it is given back
)


def tell() -> None:
    """Starts this program again where its allocator has not been told; what an administrator has told it stays."""
    said = os.environ.get(VARIABLE, "")
    if "glibc.malloc." not in said and platform.libc_ver()[0] == "glibc":
        os.environ[VARIABLE] = ":".join(filter(None, [said, *_SETTINGS]))
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - no shell is wanted
