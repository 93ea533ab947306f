"""Whether the one who asked is still there, so that nothing goes on for nobody."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator

from kennis_ld.errors import AskerLeft


class Departure:
    """The departure of one client during one request; it may happen in any thread.

    Attributes:
        has_happened: whether the client has left.
    """

    def __init__(self) -> None:
        self.has_happened = False
        self._lock = threading.Lock()
        self._stop: Callable[[], None] | None = None

    def happens(self) -> None:
        """Stops what is done for the client."""
        with self._lock:
            self.has_happened = True
            stop = self._stop
        if stop is not None:
            stop()

    @contextlib.contextmanager
    def stops(self, stop: Callable[[], None]) -> Iterator[None]:
        """Lets something be stopped as long as it goes on; it may be stopped when it has just ended.

        Raises:
            AskerLeft: the client has left already.
        """
        with self._lock:
            if self.has_happened:
                raise AskerLeft
            self._stop = stop
        try:
            yield
        finally:
            with self._lock:
                self._stop = None
