"""Waits for what comes true in another process or thread."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 30.0
"""Seconds to wait for what comes at once on a machine that is not busy; another number is for a bound of the site."""


def eventually(holds: Callable[[], bool], *, seconds: float = PATIENCE) -> bool:
    """Whether something comes true before the deadline."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True
