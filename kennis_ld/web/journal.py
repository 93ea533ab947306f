"""The log: a line of JSON for each request and for each thing worth telling, on standard error.

A line of a request holds no address, no path and no text of the request: only values of fixed lists, the time it took,
the release it was answered from, and the network of the client. So no client can write in the log, or be found in it.

Nobody waits for the log: lines go out through a thread, and where they cannot, the oldest are dropped and counted.
"""

from __future__ import annotations

import json
import logging
import os
import threading
import time
from collections import deque
from datetime import UTC, datetime
from typing import Any

_MOST_WAITING = 20_000
_PAUSE = 0.2
_STANDARD_ERROR = 2


class Journal:
    """Writes the lines of requests."""

    def __init__(self, descriptor: int = _STANDARD_ERROR) -> None:
        self._descriptor = descriptor
        self._waiting: deque[tuple[float, str, str, int, float, str, str]] = deque(maxlen=_MOST_WAITING)
        self._dropped = 0
        threading.Thread(target=self._write, name="journal", daemon=True).start()

    def tell(self, route: str, method: str, status: int, seconds: float, release: str, client: str) -> None:
        """Puts down a request."""
        if len(self._waiting) == _MOST_WAITING:
            self._dropped += 1
        self._waiting.append((time.time(), route, method, status, seconds, release, client))

    def _write(self) -> None:
        pause = threading.Event()
        while True:
            pause.wait(_PAUSE)
            lines = [_line(*self._waiting.popleft()) for _ in range(len(self._waiting))]
            dropped, self._dropped = self._dropped, 0
            if dropped:
                lines.append(_json(time.time(), level="warning", message=f"{dropped} lines were dropped"))
            if lines:
                _send(self._descriptor, "".join(lines).encode())


def _send(descriptor: int, data: bytes) -> None:
    while data:
        try:
            data = data[os.write(descriptor, data) :]
        except OSError:
            # A full disk or a closed pipe is no reason to serve no more.
            return


def _line(moment: float, route: str, method: str, status: int, seconds: float, release: str, client: str) -> str:
    return _json(
        moment,
        route=route,
        method=method,
        status=status,
        ms=round(seconds * 1000, 2),
        release=release,
        client=client,
    )


def _json(moment: float, **values: Any) -> str:
    when = datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds")
    return json.dumps({"time": when, **values}, ensure_ascii=True) + "\n"


class _Formatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        values: dict[str, Any] = {
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            values["error"] = self.formatException(record.exc_info)
        return _json(record.created, **values).rstrip("\n")


def log_as_json() -> None:
    """Makes everything that is logged in this process a line of JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Formatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
