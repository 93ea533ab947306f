"""The process that reads one document and can be killed: no network, no other files, bounded memory and time.

Started by `kennis_ld.reading.sandbox` with the document as standard input; rows leave by standard output as frames. The
bounds are set after the libraries are loaded and before the first byte of the document is read.
"""

from __future__ import annotations

import codecs
import importlib
import os
import resource
import sys
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import BinaryIO

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, SourceRow
from kennis_ld.reading import frames, registry
from kennis_ld.reading.wellformed import checked

_CODECS = ("cp437", "ascii", "latin-1", "cp1252", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
"""Python loads an encoding when it is first used, and by then no file can be opened."""

_RECURSION = 2_000
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "ctypes.")


def main(kind: str, document: str, seconds: int, memory: int) -> None:
    """Reads the document on standard input and writes its rows to standard output."""
    rows = reader_of(kind)
    source, out = sys.stdin.buffer, sys.stdout.buffer
    sys.excepthook = _last_words
    sys.setrecursionlimit(_RECURSION)
    for codec in _CODECS:
        codecs.lookup(codec)
    _confine(seconds, memory)
    count = 0
    try:
        for value in checked(rows(source, document), document):
            out.write(frames.packed(value))
            count += 1
        out.write(frames.packed(count))
    except UnreadableInput as error:
        out.write(frames.packed(error))
    out.flush()


def reader_of(kind: str) -> Callable[[BinaryIO, str], Iterator[SourceRow | Finding]]:
    """Returns what reads a kind of document, with all that it needs loaded."""
    if kind == "zip":
        return importlib.import_module("kennis_ld.reading.package").rows  # type: ignore[no-any-return]
    reader = registry.reader(kind)
    for each in reader.loads:
        importlib.import_module(each)
    return importlib.import_module(reader.module).rows  # type: ignore[no-any-return]


def _confine(seconds: int, memory: int) -> None:
    """Sets the bounds of this process; they cannot be widened again."""
    with open("/proc/self/statm", encoding="ascii") as sizes:  # noqa: PTH123
        now = int(sizes.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    for what, bound in (
        (resource.RLIMIT_AS, now + memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 3),  # what is open stays open; nothing new can be: no file and no connection
    ):
        resource.setrlimit(what, (bound, bound))
    sys.addaudithook(_refuse)


def _refuse(event: str, _: object) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"a reader does no {event}")


def _last_words(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Says, of an exception that nobody expected, what it was and where, without the words of the document."""
    while trace and trace.tb_next:
        trace = trace.tb_next
    at = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else ""  # noqa: PTH119
    remedy = "Open the document in its own program and save it again, or save it as another kind."
    what = (
        "more memory than reading may take"
        if kind is MemoryError
        else f"something it cannot handle: {kind.__name__} at {at}"
    )
    sys.stdout.buffer.write(frames.packed(UnreadableInput(f"The reader came upon {what}.", remedy=remedy)))
    sys.stdout.buffer.flush()
