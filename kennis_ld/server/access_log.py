"""The log: a line of JSON for each request and for each thing worth telling, on standard error.

A line of a request holds no address, no path and no text of the request: only values of fixed lists, the time it took,
the release it was answered from, and the network of the client. So no client can write in the log, or be found in it.

Nobody waits for the log: a line goes out when there is room for it. What cannot go out is dropped, and counted.
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
_MOST_WAITING = 1000  # pieces that find no room
# Bytes of lines in one piece. A pipe takes 4096 together or not at all, whoever else writes to it (pipe(7)), and there
# may be a line about dropped ones.
_PIECE = 3840
_LAST = 1.0  # seconds that the last lines get to go out at the end of a process
_STANDARD_ERROR = 2
_LONGEST_MESSAGE, _LONGEST_ERROR = 500, 2500  # characters


class LogWriter:
    """Writes lines to standard error, in pieces of whole lines that those of other processes do not come between."""

    def __init__(self, *, gathers: bool = False, descriptor: int = _STANDARD_ERROR) -> None:
        """Makes it; one that gathers lets lines wait until there are enough for a piece, or somebody calls `send`."""
        self._descriptor = descriptor
        self._gathers = gathers
        self._lines: list[str] = []  # of the next piece, in ASCII, so that a character is a byte
        self._pieces: deque[str] = deque()
        self._size = self._dropped = 0
        self._torn = b""  # ends a line that a full disk took in part
        self._lock = threading.Lock()
        self._room = select.poll()
        self._room.register(descriptor, select.POLLOUT)

    def put(self, line: str) -> None:
        """Lets a line go out, with its end; where too many wait, the oldest are dropped."""
        if len(line) > _PIECE:
            line = _json(time.time(), level="error", message=line[:_LONGEST_MESSAGE])
        with self._lock:
            if self._size + len(line) > _PIECE:
                self._end_piece()
                self._send(0.0)
            self._lines.append(line)
            self._size += len(line)
            if not self._gathers:
                self._send(0.0)

    def request(self, route: str, method: str, status: int, seconds: float, release: str, client: str) -> None:
        """Lets the line of a request go out."""
        when = _time(time.time_ns() // 1_000_000)
        # Written by hand, for there are very many: each value is one of a fixed list, a number, or a network.
        self.put(
            f'{{"time": "{when}", "route": "{route}", "method": "{method}", "status": {status}, '
            f'"ms": {seconds * 1000:.2f}, "release": "{release}", "client": "{client}"}}\n'
        )

    def send(self, patience: float = 0.0) -> None:
        """Lets what waits go out, as far as there is room within so many seconds."""
        with self._lock:
            self._send(patience)

    def _send(self, patience: float) -> None:
        end = time.monotonic() + patience
        while (self._pieces or self._lines) and self._room.poll(max(0.0, end - time.monotonic()) * 1000):
            if not self._pieces:
                self._end_piece()
            self._send_piece(self._pieces.popleft())
        while len(self._pieces) > _MOST_WAITING:
            self._dropped += self._pieces.popleft().count("\n")

    def _end_piece(self) -> None:
        self._pieces.append("".join(self._lines))
        self._lines.clear()
        self._size = 0

    def _send_piece(self, lines: str) -> None:
        message = f"{self._dropped} lines were dropped"
        told = _json(time.time(), level="warning", message=message) if self._dropped else ""
        piece = self._torn + (told + lines).encode()
        try:
            done = os.write(self._descriptor, piece)
        except OSError:
            # A full disk or a closed pipe is no reason to serve no more.
            done = 0
        if done == len(piece):
            self._dropped, self._torn = 0, b""
        else:
            self._dropped += lines.count("\n")
            self._torn = b"\n" if done else self._torn


@functools.lru_cache(maxsize=4)
def _time(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds")


def _json(moment: float, **values: Any) -> str:
    return json.dumps({"time": _time(int(moment * 1000)), **values}, ensure_ascii=True) + "\n"


class _Handler(logging.Handler):
    """Gives what is logged to a writer, as a line of JSON."""

    def __init__(self, writer: LogWriter) -> None:
        super().__init__()
        self._writer = writer

    def emit(self, record: logging.LogRecord) -> None:
        values = {"level": record.levelname.lower(), "logger": record.name, "message": record.getMessage()}
        if record.exc_info:
            values["error"] = _error(record)[-_LONGEST_ERROR:]
        self._writer.put(_json(record.created, **values))

    def flush(self) -> None:
        self._writer.send(_LAST)


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
