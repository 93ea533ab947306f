"""Reads a document in a process of its own, which is killed when it takes too long or too much.

In: an open document and the kind of reader. Out: its rows and findings, streaming. The bytes of a document may make a
parser loop, swell or crash; none of that reaches the program that asked: it gets rows, or an error with a remedy.
"""

from __future__ import annotations

import json
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import IO, BinaryIO

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, SourceRow
from kennis_ld.reading import frames, limits

# The path of modules is that of this process: the same packages, wherever and however they were installed.
_START = """
import json, sys
given = json.loads(sys.argv[1])
sys.path[:] = given.pop()
from kennis_ld.reading.child import main
main(*given)
"""
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "TZ": "UTC"}
_LARGEST_FRAME = 6 * limits.ROW
_PIECE = 65_536


def rows(
    file: BinaryIO, *, kind: str, document: str, seconds: int = limits.SECONDS, memory: int = limits.MEMORY
) -> Iterator[SourceRow | Finding]:
    """Yields the rows of a document and what is to be said about it.

    Args:
        file: the document, open; it must have a file descriptor.
        kind: a kind of `kennis_ld.reading.registry`, or `zip`.
        seconds: bound on the processor time of the reader, and on the time that this process waits for it.
        memory: bytes that the reader may take on top of what it starts with.

    Raises:
        UnreadableInput: the document cannot be read within the bounds.
    """
    file.seek(0)
    arguments = json.dumps([kind, document, seconds, memory, sys.path])
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-S", "-B", "-c", _START, arguments],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_ENVIRONMENT,
        close_fds=True,
    )
    assert process.stdout is not None  # noqa: S101
    try:
        yield from _received(process.stdout, process, document, seconds)
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def _received(
    pipe: IO[bytes], process: subprocess.Popen[bytes], document: str, seconds: float
) -> Iterator[SourceRow | Finding]:
    pieces = _Pieces(pipe, seconds, document)
    count = sent = 0
    while head := pieces.take(frames.HEAD.size):
        (length,) = frames.HEAD.unpack(head)
        sent += length
        if length > _LARGEST_FRAME or sent > limits.SENT_BYTES:
            raise _too_much(f"The text of the document is more than {limits.SENT_BYTES // 1024 // 1024} MB.", document)
        body = pieces.take(length)
        if len(body) < length:
            break
        value = frames.unpacked(body)
        match value:
            case UnreadableInput():
                raise UnreadableInput(value.what, where=value.where or document, remedy=value.remedy)
            case int():
                if value != count:
                    break
                return
            case _:
                count += 1
                yield value
    raise _death(process.wait(), document)


class _Pieces:
    """Bytes from a pipe, waited for no longer than a number of seconds in all."""

    def __init__(self, pipe: IO[bytes], seconds: float, document: str) -> None:
        self._descriptor = pipe.fileno()
        self._pipe = pipe
        self._left = float(seconds)
        self._document = document
        self._held = bytearray()

    def take(self, size: int) -> bytes:
        """Returns so many bytes; none when the stream ended, even in the middle."""
        while len(self._held) < size:
            # Only waiting counts: whoever asked may take a long time over a row before it wants the next.
            started = time.monotonic()
            ready, _, _ = select.select([self._descriptor], [], [], max(self._left, 0))
            self._left -= time.monotonic() - started
            if not ready:
                raise _too_slow(self._document)
            piece = self._pipe.read1(_PIECE)  # type: ignore[attr-defined]
            if not piece:
                return b""
            self._held += piece
        taken = bytes(self._held[:size])
        del self._held[:size]
        return taken


def _death(code: int, document: str) -> UnreadableInput:
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return _too_slow(document)
    return _too_much(f"The document made its reader stop (code {code}).", document)


def _too_slow(document: str) -> UnreadableInput:
    return _too_much("Reading the document takes more time than it may take.", document)


def _too_much(what: str, document: str) -> UnreadableInput:
    return UnreadableInput(
        what,
        where=document,
        remedy="Check that it is the right document. Save it again from its own program, with the table only.",
    )
