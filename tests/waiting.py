"""Waits for what comes true in another process or thread."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 30.0
"""Seconds to wait for what comes at once on a machine that is not busy; another number is for a bound of the site."""


def eventually(holds: Callable[[], bool], *, seconds: float = PATIENCE) -> bool:
    """Whether something comes true before the deadline; what takes long is looked at less often, for looking costs."""
    start = time.monotonic()
    while not holds():
        waited = time.monotonic() - start
        if waited > seconds:
            return False
        time.sleep(min(max(0.005, waited / 10), 0.1, max(0.0, seconds - waited)))
    return True
