"""The log: a line of JSON for each request and for each thing worth telling, on standard error.

A line of a request holds no address, no path and no text of the request: only values of fixed lists, the time it took,
the release it was answered from, and the network of the client. So no client can write in the log, or be found in it.

Nobody waits for the log. In a web process lines go out through a thread; the supervisor and the zygotes, which have no
threads, write a line where there is room for it. What cannot go out is dropped, and counted.
"""

from __future__ import annotations

import functools
import json
import logging
import os
import select
import threading
import time
import traceback
from collections import deque
from datetime import UTC, datetime
from typing import Any

ANSWERING = "kennis_ld.web"  # name of the logger for what goes wrong while a request is answered
_MOST_WAITING, _PAUSE = 20_000, 0.2  # lines; seconds between two times that they go out
_LAST = 1.0  # seconds that the last lines get to go out at the end of a process
_STANDARD_ERROR = 2
_ROOM, _CUT = 3840, 500
# Written by hand, for there are very many: each value is one of a fixed list, a number, or a network.
_LINE = (
    '{"time": "%s.%03d+00:00", "route": "%s", "method": "%s", "status": %d, "ms": %.2f, "release": "%s", '
    '"client": "%s"}\n'
)


class LogWriter:
    """Writes lines to standard error, one after the other."""

    def __init__(self, *, in_thread: bool, descriptor: int = _STANDARD_ERROR) -> None:
        """Lets lines go out through a thread, or else each where there is room for it at once."""
        self._descriptor = descriptor
        self._waiting: deque[str] = deque(maxlen=_MOST_WAITING)
        self._dropped = 0
        self._is_torn = False
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="log", daemon=True) if in_thread else None
        if self._thread is not None:
            self._thread.start()

    def put(self, line: str) -> None:
        """Lets a line go out, with its end; where too many wait, the oldest is dropped."""
        if len(self._waiting) == _MOST_WAITING:
            self._dropped += 1
        self._waiting.append(line)
        if self._thread is None:
            poll = select.poll()
            poll.register(self._descriptor, select.POLLOUT)
            # A pipe takes 4096 bytes at once when it takes anything (pipe(7)); there may be a line about dropped ones.
            self._waiting[-1] = line if len(line) < _ROOM else _json(time.time(), level="error", message=line[:_CUT])
            while self._waiting and poll.poll(0):
                self._send(1)

    def request(self, route: str, method: str, status: int, seconds: float, release: str, client: str) -> None:
        """Lets the line of a request go out."""
        second, rest = divmod(time.time(), 1)
        self.put(
            _LINE % (_second(int(second)), int(rest * 1000), route, method, status, seconds * 1000, release, client)
        )

    def finish(self) -> None:
        """Lets what waits go out, as far as that is quickly done."""
        self._end.set()
        if self._thread is not None:
            self._thread.join(_LAST)
            # What is said after this goes out directly.
            self._thread = self._thread if self._thread.is_alive() else None

    def _run(self) -> None:
        while not self._end.wait(_PAUSE):
            self._send()
        self._send()

    def _send(self, most: int = _MOST_WAITING) -> None:
        lines = [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]
        dropped, self._dropped = self._dropped, 0
        if dropped:
            lines.append(_json(time.time(), level="warning", message=f"{dropped} lines were dropped"))
        data = "".join(lines).encode()
        if self._is_torn:
            data = b"\n" + data
        done = 0
        try:
            while done < len(data):
                done += os.write(self._descriptor, data[done:])
        except OSError:
            # A full disk or a closed pipe is no reason to serve no more.
            self._is_torn = self._is_torn if not done else not data[:done].endswith(b"\n")
            return
        self._is_torn = False


@functools.lru_cache(maxsize=4)
def _second(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _json(moment: float, **values: Any) -> str:
    when = datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds")
    return json.dumps({"time": when, **values}, ensure_ascii=True) + "\n"


class _Handler(logging.Handler):
    """Gives what is logged to a writer, as a line of JSON."""

    def __init__(self, writer: LogWriter) -> None:
        super().__init__()
        self._writer = writer

    def emit(self, record: logging.LogRecord) -> None:
        values = {"level": record.levelname.lower(), "logger": record.name, "message": record.getMessage()}
        if record.exc_info:
            values["error"] = _error(record)
        self._writer.put(_json(record.created, **values))

    def close(self) -> None:
        super().close()
        self._writer.finish()


def _error(record: logging.LogRecord) -> str:
    """Returns where an error came from; what it says only where it cannot say what a visitor said."""
    kind, error, trace = record.exc_info or (None, None, None)
    if record.name != ANSWERING or kind is None:
        return logging.Formatter().formatException((kind, error, trace))  # type: ignore[arg-type]
    return "".join([*traceback.format_tb(trace), kind.__name__])


def log_as_json(writer: LogWriter) -> None:
    """Makes everything that is logged in this process a line of JSON."""
    root = logging.getLogger()
    # Not `force`: it would let the handler of the parent wait for a thread that was not forked along.
    root.handlers[:] = [_Handler(writer)]
    root.setLevel(logging.INFO)
